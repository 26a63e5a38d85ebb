import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { Channel, IntakeTables } from './submission.ts';

/** One document as it reached the office: with which submission, by which way, when; and the case in which it lies now. */
export type Arrival = {
  readonly documentId: string;
  readonly submissionId: string;
  readonly caseId: string;
  /** Somebody filed it there by itself: it stays when its submission goes elsewhere, also where both lie in the same case. */
  readonly alone: boolean;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly requiredItemId: string | null;
};

const arrivals = (tx: Tx) =>
  tx
    .tables<IntakeTables>()
    .selectFrom('submission as s')
    .innerJoin('submission_document as d', 'd.submission_id', 's.id')
    .select(({ fn }) => [
      'd.document_id as documentId',
      's.id as submissionId',
      fn.coalesce('d.filed_in', 's.case_id').as('caseId'),
      sql<boolean>`d.filed_in is not null`.as('alone'),
      's.channel',
      's.received_at as receivedAt',
      'd.required_item_id as requiredItemId',
    ]);

/** Documents that lie in the given cases, the newest first: with what they came with, or filed there alone. */
export async function arrivalsOfCases(tx: Tx, caseIds: readonly string[], most: number): Promise<Arrival[]> {
  if (caseIds.length === 0) return [];
  const newest = () => arrivals(tx).orderBy('s.received_at', 'desc').orderBy('d.document_id', 'desc').limit(most);
  // Two questions, each with its index: one with "or" over both tables would read them whole.
  const together = await newest()
    .where('s.case_id', 'in', [...caseIds])
    .where('d.filed_in', 'is', null)
    .execute();
  const alone = await newest()
    .where('d.filed_in', 'in', [...caseIds])
    .execute();
  return [...together, ...alone].sort(newestFirst).slice(0, most);
}

/** Documents that came with the submissions of the given cases, wherever they were filed since, the newest first: what these people sent. */
export const arrivalsSentTo = async (tx: Tx, caseIds: readonly string[], most: number): Promise<Arrival[]> =>
  caseIds.length === 0
    ? []
    : arrivals(tx)
        .where('s.case_id', 'in', [...caseIds])
        .orderBy('s.received_at', 'desc')
        .orderBy('d.document_id', 'desc')
        .limit(most)
        .execute();

const newestFirst = (a: Arrival, b: Arrival): number =>
  b.receivedAt.getTime() - a.receivedAt.getTime() || (a.documentId < b.documentId ? 1 : -1);

/** How documents came; one that lies in a draft only has not come. */
export const arrivalsOfDocuments = async (tx: Tx, documentIds: readonly string[]): Promise<Arrival[]> =>
  documentIds.length === 0
    ? []
    : arrivals(tx)
        .where('d.document_id', 'in', [...documentIds])
        .orderBy('s.received_at')
        .orderBy('d.document_id')
        .execute();

/** Documents of submissions, in the person's order. */
export const arrivalsOfSubmissions = async (tx: Tx, submissionIds: readonly string[]): Promise<Arrival[]> =>
  submissionIds.length === 0
    ? []
    : arrivals(tx)
        .where('s.id', 'in', [...submissionIds])
        .orderBy('s.id')
        .orderBy('d.position')
        .execute();

/** The cases that submissions belong to now. */
export async function casesOfSubmissions(tx: Tx, submissionIds: readonly string[]): Promise<Map<string, string>> {
  if (submissionIds.length === 0) return new Map();
  const rows = await tx
    .tables<IntakeTables>()
    .selectFrom('submission')
    .select(['id', 'case_id'])
    .where('id', 'in', [...new Set(submissionIds)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.case_id]));
}

/** Submissions in the order of their ids, `size` after the given one: for walks over all of them. */
export async function submissionsAfter(tx: Tx, after: string, until: string, size: number): Promise<string[]> {
  const rows = await tx
    .tables<IntakeTables>()
    .selectFrom('submission')
    .select('id')
    .where('id', '>', after)
    .where('id', '<', until)
    .orderBy('id')
    .limit(size)
    .execute();
  return rows.map((row) => row.id);
}
