import type { Tx } from '../../platform/database/index.ts';
import type { PostTables } from './batch.ts';

type OfCase = { readonly submissionIds: readonly string[]; readonly noticeIds: readonly string[] };

/** Letters of stacks that became part of a case. */
const lettersOf = (tx: Tx, caseId: string, of: OfCase) =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .where((eb) =>
      eb.or([
        eb('scan_letter.case_id', '=', caseId),
        ...(of.submissionIds.length === 0 ? [] : [eb('scan_letter.submission_id', 'in', [...of.submissionIds])]),
        ...(of.noticeIds.length === 0 ? [] : [eb('scan_letter.notice_id', 'in', [...of.noticeIds])]),
      ]),
    );

/** Whether the scanner's file of a stack, which shows the pages of a letter of the case, is still there: it ends by its own days (`eraseDay`). */
export const isInStack = async (tx: Tx, caseId: string, of: OfCase): Promise<boolean> =>
  (await lettersOf(tx, caseId, of)
    .innerJoin('scan_batch', 'scan_batch.id', 'scan_letter.batch_id')
    .select('scan_letter.id')
    .where('scan_batch.document_id', 'is not', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/**
 * Deletes the letters of stacks that became part of a case whose deletion was confirmed: what was read on them, their pages, and receipts that were
 * printed. The scanner's file is gone by then (`isInStack`); a stack of which no letter is left goes as well. Gives the ids of what is gone and the pictures that returns had left.
 */
export async function forgetScanned(
  tx: Tx,
  caseId: string,
  of: OfCase,
): Promise<{ readonly letterIds: readonly string[]; readonly documentIds: readonly string[] }> {
  const db = tx.tables<PostTables>();
  const letters = await lettersOf(tx, caseId, of).select(['id', 'batch_id', 'returned_document_id']).execute();
  const letterIds = letters.map((letter) => letter.id);
  if (letterIds.length > 0) {
    await db.deleteFrom('scan_page').where('letter_id', 'in', letterIds).execute();
    await db.deleteFrom('scan_letter').where('id', 'in', letterIds).execute();
  }
  if (of.submissionIds.length > 0)
    await db
      .deleteFrom('receipt_print')
      .where('submission_id', 'in', [...of.submissionIds])
      .execute();
  for (const batchId of new Set(letters.map((letter) => letter.batch_id))) await forgetEmptyBatch(tx, batchId);
  return { letterIds, documentIds: letters.flatMap((letter) => letter.returned_document_id ?? []) };
}

async function forgetEmptyBatch(tx: Tx, batchId: string): Promise<void> {
  const db = tx.tables<PostTables>();
  const batch = await db.selectFrom('scan_batch').select('document_id').where('id', '=', batchId).executeTakeFirst();
  const left = await db.selectFrom('scan_letter').select('id').where('batch_id', '=', batchId).limit(1).execute();
  if (batch === undefined || batch.document_id !== null || left.length > 0) return;
  await db.deleteFrom('scan_page').where('batch_id', '=', batchId).execute();
  await db.updateTable('scan_batch').set({ grown_from: null }).where('grown_from', '=', batchId).execute();
  await db.deleteFrom('scan_batch').where('id', '=', batchId).execute();
}
