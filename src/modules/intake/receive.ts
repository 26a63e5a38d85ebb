import type { Insertable } from 'kysely';
import { type Actor, actorId } from '../../kernel/actor.ts';
import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import { dayInGermany } from '../../kernel/dates.ts';
import { randomToken, sameBytes, sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { attachSubmission, openCase, requireBankConfirmation } from '../cases/index.ts';
import { haveBytes, haveRead, insertDocuments, type PreparedDocument } from '../documents/index.ts';
import { type Answers, type FormDefinition, hasBankDetails, sealOwnAnswers, signedForm } from '../forms/index.ts';
import type { StatedPerson } from '../people/index.ts';
import { keepFindable } from '../search/index.ts';
import type { Jobcenter, JobcenterKeys } from '../settings/index.ts';
import { arrivalsOfCases } from './arrivals.ts';
import { dueOn } from './due.ts';
import { findableAnswers } from './findable.ts';
import { keepOwnAnswers } from './own-answers.ts';
import { receiptOfSubmission } from './queries.ts';
import { newReceiptNumber } from './receipt-number.ts';
import { signReceipt } from './sign.ts';
import type { Channel, IntakeTables, Receipt, ReceiptPayload } from './submission.ts';

type Command = {
  readonly key: string;
  readonly requestHash: Buffer;
  /** Whose command it is, where somebody else carries it out: a draft that is finished at the counter is sent once all the same. */
  readonly of?: Actor;
};

export type SubmissionInput = {
  readonly jobcenter: Pick<Jobcenter, 'id' | 'name'>;
  readonly keys: Pick<JobcenterKeys, 'receipts' | 'codes'>;
  readonly form: FormDefinition;
  readonly language: string;
  readonly channel: Channel;
  /** When it reached the office; the date that counts. Not later than now. */
  readonly receivedAt: Date;
  readonly person: StatedPerson;
  readonly answers: Answers;
  /** Questions and answers as the person saw them. */
  readonly frozen: Json;
  /** `recorded`: the row exists already (an upload into a draft). Order is the person's order. */
  readonly documents: readonly {
    readonly document: PreparedDocument;
    readonly field: string;
    readonly recorded: boolean;
  }[];
  /** A retry with the same key gets the first answer; another request under the same key is refused. */
  readonly command?: Command;
  /** A supplement to a case, perhaps the answer to a required item. */
  readonly supplement?: { readonly caseId: string; readonly itemId?: string };
  /** Set by staff who identified the person (counter). */
  readonly identified?: { readonly personId: string; readonly householdId: string | null };
  readonly teamId: string | null;
};

export type Received =
  | { readonly kind: 'received'; readonly receipt: Receipt; readonly caseId: string }
  | { readonly kind: 'repeated'; readonly receipt: Receipt }
  | { readonly kind: 'key-reused' };

/** A supplement to a case that is not there: the whole transaction is rolled back. */
export class CaseNotFound extends Error {
  override readonly name = 'CaseNotFound';
  constructor() {
    super('There is no such case.');
  }
}

/**
 * The one verb through which everything reaches the office, whatever way it came. In one transaction: submission, receipt,
 * documents, case, timeline, audit entry and the job that looks for whom it is from. The bytes of the documents are durable
 * before; the receipt may be shown when the transaction has committed.
 */
export async function receive(tx: Tx, actor: Actor, input: SubmissionInput): Promise<Received> {
  const submissionId = tx.newId();
  if (input.command !== undefined) {
    const earlier = await claim(tx, actor, input.command, submissionId);
    if (earlier !== undefined) return earlier;
  }
  const unrecorded = input.documents.filter((d) => !d.recorded).map((d) => d.document);
  await insertDocuments(tx, unrecorded);
  for (const { document } of input.documents.filter((d) => d.recorded)) await haveRead(tx, document.id);
  const caseId = await placeInCase(tx, actor, input, submissionId);
  if (caseId === undefined) throw new CaseNotFound(); // nothing of it may stay, least of all the claimed key
  const { frozen, fields } = sealOwnAnswers(input.frozen, input.answers, () => randomToken(16));
  await insertSubmission(tx, actor, { ...input, frozen }, submissionId, caseId);
  await keepOwnAnswers(tx, submissionId, fields);
  const seen = input.channel === 'counter' && input.identified !== undefined; // with their identity document
  if (!seen && hasBankDetails(input.form, input.answers)) await requireBankConfirmation(tx, caseId, submissionId);
  const receipt = await issueReceipt(tx, { ...input, frozen }, submissionId);
  await recordAudit(tx, actor, {
    action: 'submission.received',
    subjectType: 'submission',
    subjectId: submissionId,
    caseId,
    detail: { channel: input.channel, documents: input.documents.length },
  });
  await tx.enqueue('sort-submission', { jobcenterId: tx.jobcenterId, submissionId });
  return { kind: 'received', receipt, caseId };
}

/** Claims the idempotency key, or gives what came of it before. A key in use by a running request makes this one wait. */
async function claim(tx: Tx, actor: Actor, command: Command, submissionId: string): Promise<Received | undefined> {
  const db = tx.tables<IntakeTables>();
  const row = {
    actor_id: actorId(command.of ?? actor),
    key: command.key,
    request_hash: command.requestHash,
    result_id: submissionId,
    at: tx.now,
  };
  const claimed = await db
    .insertInto('command')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('key')
    .executeTakeFirst();
  return claimed === undefined ? earlierAnswer(tx, command.of ?? actor, command) : undefined;
}

/**
 * What came of a command before: its receipt, or that its key was used for another request. Undefined when the key is unknown.
 * A channel asks this before it refuses a request, so that nobody is told "no" about something that was acknowledged.
 */
export async function earlierAnswer(
  tx: Tx,
  actor: Actor,
  command: NonNullable<SubmissionInput['command']>,
): Promise<Received | undefined> {
  const first = await tx
    .tables<IntakeTables>()
    .selectFrom('command')
    .select(['request_hash', 'result_id'])
    .where('actor_id', '=', actorId(actor))
    .where('key', '=', command.key)
    .executeTakeFirst();
  if (first === undefined) return undefined;
  if (!sameBytes(first.request_hash, command.requestHash)) return { kind: 'key-reused' };
  const receipt = await receiptOfSubmission(tx, first.result_id);
  if (receipt === undefined) throw new Error('A command without its submission.');
  return { kind: 'repeated', receipt };
}

async function placeInCase(
  tx: Tx,
  actor: Actor,
  input: SubmissionInput,
  submissionId: string,
): Promise<string | undefined> {
  const common = { submissionId, channel: input.channel, documents: input.documents.length };
  if (input.supplement !== undefined) {
    const known = await isKnown(tx, actor, input.supplement, input.documents);
    const outcome = await attachSubmission(tx, actor, { ...input.supplement, ...common, known });
    return outcome === 'attached' ? input.supplement.caseId : undefined;
  }
  return openCase(tx, actor, {
    ...common,
    concern: input.form.key,
    personName: [input.person.familyName, input.person.givenName].filter((name) => name !== '').join(', '),
    birthDate: input.person.birthDate ?? null,
    ...(input.identified === undefined ? {} : { personId: input.identified.personId }),
    ...(input.identified?.householdId ? { householdId: input.identified.householdId } : {}),
    teamId: input.teamId,
    dueOn: dueOn(input.form, input.answers, dayInGermany(input.receivedAt)),
  });
}

/** Papers of one case; more than this no case has. */
const mostPapers = 2_000;

/**
 * Whether everything that came for a required item lies in its case already, byte for byte: it was asked for although it was here, or what was here was not it.
 * Which of the two, somebody of the office says. Whoever of the office takes a paper for an item has looked at it.
 */
async function isKnown(
  tx: Tx,
  actor: Actor,
  { caseId, itemId }: NonNullable<SubmissionInput['supplement']>,
  documents: SubmissionInput['documents'],
): Promise<boolean> {
  if (itemId === undefined || actor.kind === 'staff' || documents.length === 0) return false;
  // Of the whole Jobcenter only some could be asked for, and an empty form has the same bytes in very many cases.
  const here = (await arrivalsOfCases(tx, [caseId], mostPapers)).map((each) => each.documentId);
  for (const { document } of documents)
    if (document.bytes === 0 || !(await haveBytes(tx, here, document.sha256))) return false;
  return true;
}

async function insertSubmission(
  tx: Tx,
  actor: Actor,
  input: SubmissionInput,
  id: string,
  caseId: string,
): Promise<void> {
  const row: Insertable<IntakeTables['submission']> = {
    id,
    concern: input.form.key,
    form_version: input.form.version,
    language: input.language,
    channel: input.channel,
    received_at: input.receivedAt,
    recorded_at: tx.now,
    actor_kind: actor.kind,
    actor_id: actorId(actor),
    person: JSON.stringify(input.person),
    answers: JSON.stringify(input.answers),
    frozen: JSON.stringify(input.frozen),
    case_id: caseId,
  };
  await tx.insertInto('submission', [row]);
  const rows = input.documents.map(({ document, field }, position) => ({
    submission_id: id,
    document_id: document.id,
    position,
    field,
    required_item_id: input.supplement?.itemId ?? null,
    filed_in: null,
  }));
  await tx.insertInto<IntakeTables['submission_document']>('submission_document', rows);
  const { person, answers, frozen, receivedAt } = input;
  await keepFindable(
    tx,
    input.keys,
    findableAnswers({ id, caseId, concern: input.form.key, receivedAt, person, answers, frozen }),
  );
}

async function issueReceipt(tx: Tx, input: SubmissionInput, submissionId: string): Promise<Receipt> {
  const payload: ReceiptPayload = {
    number: newReceiptNumber(),
    jobcenter: input.jobcenter.name,
    receivedAt: input.receivedAt.toISOString(),
    recordedAt: tx.now.toISOString(),
    channel: input.channel,
    concern: input.form.key,
    documents: input.documents.map(({ document: d }) => ({
      name: d.name,
      mediaType: d.mediaType,
      pages: d.pages,
      bytes: d.bytes,
      sha256: d.sha256.toString('hex'),
    })),
    answersSha256: sha256(canonicalJson(signedForm(input.frozen))).toString('hex'),
  };
  const text = canonicalJson(payload);
  const signature = signReceipt(input.keys.receipts, text);
  await tx.insertInto<IntakeTables['receipt']>('receipt', [
    { number: payload.number, submission_id: submissionId, issued_at: tx.now, payload: text, signature },
  ]);
  return { number: payload.number, submissionId, issuedAt: tx.now, payload, signature };
}
