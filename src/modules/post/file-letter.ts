import type { Actor } from '../../kernel/actor.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, findCase, fulfilItem } from '../cases/index.ts';
import type { LetterKind, PreparedDocument } from '../documents/index.ts';
import type { FormDefinition, FrozenAnswers } from '../forms/index.ts';
import { findSubmission, moveSubmission, type Received, receive } from '../intake/index.ts';
import type { StatedPerson } from '../people/index.ts';
import type { Jobcenter, JobcenterKeys } from '../settings/index.ts';
import type { PostTables, ScanLetter } from './batch.ts';
import { lockLetter } from './letters.ts';

/** What a person decided about a letter. */
export type Filing = {
  readonly letterId: string;
  /** The letter as it was seen; when it changed since, nothing is filed. */
  readonly version: number;
  readonly kind: LetterKind;
  readonly form: FormDefinition;
  readonly teamId: string | null;
  readonly person: StatedPerson;
  readonly identified?: { readonly personId: string; readonly householdId: string | null };
  readonly supplement?: { readonly caseId: string; readonly itemId?: string };
  /** The day it reached the office (§ 16 SGB I, § 130 BGB): the day of the stamp. */
  readonly receivedOn: string;
  readonly document: PreparedDocument;
  readonly frozen: FrozenAnswers;
  readonly receiptByLetter: boolean;
};

export type FilingAct = {
  readonly actor: Actor & { readonly kind: 'staff' };
  readonly reader: CaseReader;
  readonly jobcenter: Pick<Jobcenter, 'id' | 'name'>;
  readonly keys: Pick<JobcenterKeys, 'receipts' | 'codes'>;
};

export type Filed =
  | { readonly kind: 'filed'; readonly letter: ScanLetter; readonly receiptNumber: string; readonly caseId: string }
  | { readonly kind: 'already'; readonly letter: ScanLetter }
  | { readonly kind: 'changed' }
  | { readonly kind: 'case-not-found' }
  | { readonly kind: 'not-found' };

/**
 * Files a letter as a person confirmed it: a submission by post, with its receipt, in one transaction with the letter's state.
 * The letter's document is durable before. Pressing twice, or a kill in between, files once.
 */
export async function fileLetter(tx: Tx, act: FilingAct, filing: Filing): Promise<Filed> {
  const letter = await lockLetter(tx, act.reader, filing.letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (letter.state === 'filed' || letter.state === 'returned') return { kind: 'already', letter };
  if (letter.version !== filing.version || letter.submissionId !== null) return { kind: 'changed' };
  const { supplement } = filing;
  if (supplement !== undefined && !(await mayAdd(tx, act.reader, letter, supplement.caseId)))
    return { kind: 'case-not-found' };
  const received = await receive(tx, act.actor, {
    jobcenter: act.jobcenter,
    keys: act.keys,
    form: filing.form,
    language: 'de',
    channel: 'post',
    receivedAt: instantOf(filing.receivedOn, tx.now),
    person: filing.person,
    answers: {},
    frozen: filing.frozen,
    documents: [{ document: filing.document, field: filing.kind, recorded: false }],
    command: { key: `scan-letter ${letter.id}`, requestHash: requestHash(filing) },
    ...(supplement === undefined ? {} : { supplement }),
    ...(filing.identified === undefined ? {} : { identified: filing.identified }),
    teamId: filing.teamId,
  });
  const done = caseOf(received);
  if (done === undefined) return { kind: 'changed' };
  await markFiled(tx, act.actor, letter, done);
  if (filing.receiptByLetter) await queuePrint(tx, act.actor, done, filing.teamId);
  return { kind: 'filed', letter, receiptNumber: done.receiptNumber, caseId: done.caseId };
}

type Done = { readonly submissionId: string; readonly receiptNumber: string; readonly caseId: string };

/** With the lock on the letter a repeated command cannot happen: the first one left it filed. */
const caseOf = (received: Received): Done | undefined =>
  received.kind === 'received'
    ? {
        submissionId: received.receipt.submissionId,
        receiptNumber: received.receipt.number,
        caseId: received.caseId,
      }
    : undefined;

/** A case the reader sees, or the one whose code is printed on the paper itself. */
async function mayAdd(tx: Tx, reader: CaseReader, letter: ScanLetter, caseId: string): Promise<boolean> {
  return letter.suggestion.returns?.caseId === caseId || (await findCase(tx, reader, caseId)) !== undefined;
}

/** A day in the past counts from its noon; today counts from now. */
const instantOf = (day: string, now: Date): Date => (day >= dayInGermany(now) ? now : instantInGermany(day, '12:00'));

const requestHash = (filing: Filing): Buffer =>
  sha256(
    canonicalJson({
      letter: filing.letterId,
      person: filing.person,
      concern: filing.form.key,
      case: filing.supplement?.caseId ?? null,
      receivedOn: filing.receivedOn,
    }),
  );

async function markFiled(tx: Tx, actor: FilingAct['actor'], letter: ScanLetter, done: Done): Promise<void> {
  await tx
    .tables<PostTables>()
    .updateTable('scan_letter')
    .set({
      state: 'filed',
      aside_reason: null,
      submission_id: done.submissionId,
      receipt_number: done.receiptNumber,
      case_id: done.caseId,
      filed_at: tx.now,
      filed_by: actor.id,
    })
    .where('id', '=', letter.id)
    .execute();
  await recordAudit(tx, actor, {
    action: 'scan-letter.filed',
    subjectType: 'scan-batch',
    subjectId: letter.batchId,
    caseId: done.caseId,
    detail: { letter: letter.position },
  });
}

async function queuePrint(tx: Tx, actor: FilingAct['actor'], done: Done, teamId: string | null): Promise<void> {
  await tx
    .tables<PostTables>()
    .insertInto('receipt_print')
    .values({
      id: tx.newId(),
      receipt_number: done.receiptNumber,
      submission_id: done.submissionId,
      team_id: teamId,
      asked_at: tx.now,
      asked_by: actor.id,
      printed_at: null,
      printed_by: null,
    })
    .onConflict((c) => c.doNothing())
    .execute();
}

/**
 * Files a letter that was taken up again after it had been filed: what came in and its receipt stay as they are, the submission
 * moves to the case that is right (or stays), and answers the item that was chosen there. Gives where it lies then.
 */
export async function correctFiling(
  tx: Tx,
  act: FilingAct,
  wanted: { readonly letterId: string; readonly version: number; readonly to: Filing['supplement'] },
): Promise<Filed> {
  const letter = await lockLetter(tx, act.reader, wanted.letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (letter.state === 'filed' || letter.state === 'returned') return { kind: 'already', letter };
  const { submissionId, receiptNumber, caseId } = letter;
  if (letter.version !== wanted.version || submissionId === null || receiptNumber === null || caseId === null)
    return { kind: 'changed' };
  const lies = (await findSubmission(tx, submissionId))?.caseId ?? caseId;
  const target = wanted.to?.caseId ?? lies;
  if (target !== lies) {
    if (!(await mayAdd(tx, act.reader, letter, target))) return { kind: 'case-not-found' };
    const moved = await moveSubmission(tx, act.actor, { submissionId, toCaseId: target });
    if (moved === 'not-found') return { kind: 'case-not-found' };
  }
  if (wanted.to?.itemId !== undefined)
    await fulfilItem(tx, act.actor, { caseId: target, submissionId }, wanted.to.itemId);
  await markFiled(tx, act.actor, letter, { submissionId, receiptNumber, caseId: target });
  return { kind: 'filed', letter, receiptNumber, caseId: target };
}
