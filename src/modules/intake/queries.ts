import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { Channel, IntakeTables, Receipt, ReceiptPayload, Submission, SubmissionDocument } from './submission.ts';

const receiptColumns = ['number', 'submission_id', 'issued_at', 'payload', 'signature'] as const;
const asReceipt = (row: IntakeTables['receipt']): Receipt => ({
  number: row.number,
  submissionId: row.submission_id,
  issuedAt: row.issued_at,
  payload: JSON.parse(row.payload) as ReceiptPayload,
  signature: row.signature,
});

/** A receipt by its number (in its written form). */
export async function findReceipt(tx: Tx, number: string): Promise<Receipt | undefined> {
  const row = await tx
    .tables<IntakeTables>()
    .selectFrom('receipt')
    .select(receiptColumns)
    .where('number', '=', number)
    .executeTakeFirst();
  return row === undefined ? undefined : asReceipt(row);
}

export async function receiptOfSubmission(tx: Tx, submissionId: string): Promise<Receipt | undefined> {
  const row = await tx
    .tables<IntakeTables>()
    .selectFrom('receipt')
    .select(receiptColumns)
    .where('submission_id', '=', submissionId)
    .executeTakeFirst();
  return row === undefined ? undefined : asReceipt(row);
}

const submissionColumns = [
  'id',
  'concern',
  'form_version as formVersion',
  'language',
  'channel',
  'received_at as receivedAt',
  'recorded_at as recordedAt',
  'person',
  'answers',
  'frozen',
  'case_id as caseId',
] as const;

export const findSubmission = (tx: Tx, id: string): Promise<Submission | undefined> =>
  tx.tables<IntakeTables>().selectFrom('submission').select(submissionColumns).where('id', '=', id).executeTakeFirst();

/** All submissions of a case, oldest first. */
export const submissionsOfCase = (tx: Tx, caseId: string): Promise<Submission[]> =>
  tx
    .tables<IntakeTables>()
    .selectFrom('submission')
    .select(submissionColumns)
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();

/** The first submission of each of some cases, by the case: how what lies in a list began. */
export async function firstSubmissions(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, Submission>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .tables<IntakeTables>()
    .selectFrom('submission')
    .select(submissionColumns)
    .where('case_id', 'in', [...caseIds])
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.caseId, row])); // the oldest comes last and stays
}

/** Documents of a submission, in the person's order. */
export const submissionDocuments = (tx: Tx, submissionId: string): Promise<SubmissionDocument[]> =>
  tx
    .tables<IntakeTables>()
    .selectFrom('submission_document')
    .select(['document_id as documentId', 'field', 'required_item_id as requiredItemId'])
    .where('submission_id', '=', submissionId)
    .orderBy('position')
    .execute();

/** The case in which a document lies that reached the office; undefined while it lies in a draft only. */
export async function caseOfDocument(tx: Tx, documentId: string): Promise<string | undefined> {
  const row = await tx
    .tables<IntakeTables>()
    .selectFrom('submission_document as d')
    .innerJoin('submission as s', 's.id', 'd.submission_id')
    .select(({ fn }) => fn.coalesce('d.filed_in', 's.case_id').as('caseId'))
    .where('d.document_id', '=', documentId)
    .limit(1)
    .executeTakeFirst();
  return row?.caseId;
}

/** The submission with which a document reached the office; undefined while it lies in a draft only. */
export async function submissionOfDocument(tx: Tx, documentId: string): Promise<string | undefined> {
  const row = await tx
    .tables<IntakeTables>()
    .selectFrom('submission_document')
    .select('submission_id')
    .where('document_id', '=', documentId)
    .limit(1)
    .executeTakeFirst();
  return row?.submission_id;
}

export type SubmissionFilter = {
  readonly concern?: string;
  readonly channel?: Channel;
  readonly receivedFrom?: Date;
  readonly receivedTo?: Date;
};
export type SubmissionCursor = { readonly receivedAt: Date; readonly id: string };
export type SubmissionRow = {
  readonly id: string;
  readonly number: string;
  readonly concern: string;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly caseId: string;
};

/** Submissions, newest first, in keyset pages. */
export async function listSubmissions(
  tx: Tx,
  filter: SubmissionFilter,
  after: SubmissionCursor | undefined,
  size: number,
): Promise<{ rows: SubmissionRow[]; next: SubmissionCursor | undefined }> {
  let query = tx
    .tables<IntakeTables>()
    .selectFrom('submission as s')
    .innerJoin('receipt as r', 'r.submission_id', 's.id')
    .select(['s.id', 'r.number', 's.concern', 's.channel', 's.received_at as receivedAt', 's.case_id as caseId'])
    .orderBy('s.received_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(size + 1);
  if (filter.concern !== undefined) query = query.where('s.concern', '=', filter.concern);
  if (filter.channel !== undefined) query = query.where('s.channel', '=', filter.channel);
  if (filter.receivedFrom !== undefined) query = query.where('s.received_at', '>=', filter.receivedFrom);
  if (filter.receivedTo !== undefined) query = query.where('s.received_at', '<=', filter.receivedTo);
  if (after !== undefined)
    query = query.where(sql<boolean>`(s.received_at, s.id) < (${after.receivedAt}::timestamptz, ${after.id}::uuid)`);
  const rows = await query.execute();
  const last = rows.length > size ? rows[size - 1] : undefined;
  return {
    rows: rows.slice(0, size),
    next: last === undefined ? undefined : { receivedAt: last.receivedAt, id: last.id },
  };
}

/** Keys of the commands an actor has given, for loads that go on where they stopped. */
export async function commandKeys(tx: Tx, actorId: string): Promise<string[]> {
  const rows = await tx
    .tables<IntakeTables>()
    .selectFrom('command')
    .select('key')
    .where('actor_id', '=', actorId)
    .execute();
  return rows.map((row) => row.key);
}
