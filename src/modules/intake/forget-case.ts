import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { forgetMailsOf } from './mail-message.ts';
import type { IntakeTables } from './submission.ts';

/** What came into a case: its submissions, and the papers that came with them, wherever somebody filed one of those. */
export type CameIn = { readonly submissionIds: readonly string[]; readonly documentIds: readonly string[] };

export async function cameIn(tx: Tx, caseId: string): Promise<CameIn> {
  const db = tx.tables<IntakeTables>();
  const submissions = await db.selectFrom('submission').select('id').where('case_id', '=', caseId).execute();
  const submissionIds = submissions.map((row) => row.id);
  if (submissionIds.length === 0) return { submissionIds, documentIds: [] };
  const papers = await db
    .selectFrom('submission_document')
    .select('document_id')
    .where('submission_id', 'in', submissionIds)
    .execute();
  return { submissionIds, documentIds: papers.map((row) => row.document_id) };
}

/**
 * Deletes the submissions of a case whose deletion was confirmed, with answers, names and receipts. Of a receipt its number and a digest of the
 * signed text stay, so that whoever holds it can have it checked. Papers of other submissions that were filed here count as lying where they came
 * in: gives each of them with that case.
 */
export async function forgetSubmissions(
  tx: Tx,
  caseId: string,
  submissionIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, string>> {
  const db = tx.tables<IntakeTables>();
  const filed = await db
    .selectFrom('submission_document as d')
    .innerJoin('submission as s', 's.id', 'd.submission_id')
    .select(['d.document_id as documentId', 's.case_id as caseId'])
    .where('d.filed_in', '=', caseId)
    .execute();
  await db.updateTable('submission_document').set({ filed_in: null }).where('filed_in', '=', caseId).execute();
  if (submissionIds.length > 0) {
    await forgetMailsOf(tx, submissionIds);
    await db
      .deleteFrom('own_answer')
      .where('submission_id', 'in', [...submissionIds])
      .execute();
    await db
      .deleteFrom('command')
      .where('result_id', 'in', [...submissionIds])
      .execute();
  }
  await tx.raw('select app.forget_submissions($1, $2)', [caseId, today]);
  return new Map(filed.filter((row) => row.caseId !== caseId).map((row) => [row.documentId, row.caseId]));
}

/** What stays of a receipt whose submission was deleted. `sha256`: of the compact JWS that its person holds. */
export type KeptReceipt = {
  readonly number: string;
  readonly issuedOn: Day;
  readonly sha256: Buffer;
  readonly forgottenOn: Day;
};

/** A receipt of which only its digest is left, by its number in its written form. */
export const findKeptReceipt = (tx: Tx, number: string): Promise<KeptReceipt | undefined> =>
  tx
    .tables<IntakeTables>()
    .selectFrom('receipt_kept')
    .select(['number', 'issued_on as issuedOn', 'sha256', 'forgotten_on as forgottenOn'])
    .where('number', '=', number)
    .executeTakeFirst();
