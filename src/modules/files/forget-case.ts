import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/**
 * Forgets that papers were filed in a case that is deleted: the trace of one that lies elsewhere stays without it, and the lines about deleted
 * papers of the case go, also of what came with another one (`elsewhere`: where that one's submission lies).
 */
export async function forgetFilings(tx: Tx, caseId: string, elsewhere: ReadonlyMap<string, string>): Promise<void> {
  await tx.raw('select app.forget_moves($1)', [caseId]);
  const db = tx.tables<FileTables>();
  for (const [documentId, other] of elsewhere)
    await db.updateTable('deletion').set({ case_id: other }).where('document_id', '=', documentId).execute();
  await db.deleteFrom('deletion').where('case_id', '=', caseId).execute();
  await db.deleteFrom('legal_hold').where('case_id', '=', caseId).execute(); // open ones keep the case
}

/** Forgets the last that is known of documents which are about to be no more: also the line that each was deleted. */
export async function forgetDocumentLines(tx: Tx, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return;
  const db = tx.tables<FileTables>();
  for (const table of ['deletion', 'page_turn', 'file_mark', 'file_move', 'legal_hold', 'file_document'] as const)
    await db
      .deleteFrom(table)
      .where('document_id', 'in', [...documentIds])
      .execute();
  await sql`update app.file_export set withheld = withheld - ${[...documentIds]}::text[]
    where jobcenter_id = ${tx.jobcenterId} and withheld ?| ${[...documentIds]}::text[]`.execute(db);
}

/**
 * Closes a file whose last case was deleted: ended holds, and what was said about its exports. Gives the documents that the exports were; open
 * holds keep every case, so there is none.
 */
export async function forgetFile(tx: Tx, fileId: string): Promise<string[]> {
  const db = tx.tables<FileTables>();
  const ofFile = db.selectFrom('file_export').select('id').where('file_id', '=', fileId);
  const pieces = await db
    .deleteFrom('file_export_piece')
    .where('export_id', 'in', ofFile)
    .returning('document_id')
    .execute();
  await db.deleteFrom('file_export').where('file_id', '=', fileId).execute();
  await db.deleteFrom('legal_hold').where('file_id', '=', fileId).execute();
  await db.deleteFrom('file').where('id', '=', fileId).execute();
  return pieces.map((piece) => piece.document_id);
}

/** The file of a household of which no case is left, if it has one. */
export const fileOfEmptyHousehold = async (tx: Tx, householdId: string): Promise<string | undefined> =>
  (
    await tx
      .tables<FileTables>()
      .selectFrom('file')
      .select('id')
      .where('household_id', '=', householdId)
      .forUpdate()
      .executeTakeFirst()
  )?.id;

/** For whom exports of other files were made stays out of them, where that person is forgotten. */
export async function forgetPersonInExports(tx: Tx, personId: string): Promise<void> {
  const db = tx.tables<FileTables>();
  await db
    .updateTable('file_export')
    .set({ for_person: null, for_children: [] })
    .where('for_person', '=', personId)
    .execute();
  await sql`update app.file_export set for_children = array_remove(for_children, ${personId}::uuid)
    where jobcenter_id = ${tx.jobcenterId} and ${personId}::uuid = any (for_children)`.execute(db);
}
