import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** A file (E-Akte). Without a household as long as nobody knows whose it is. */
export type OfficeFile = { readonly id: string; readonly householdId: string | null; readonly openedAt: Date };

const files = (tx: Tx) =>
  tx.tables<FileTables>().selectFrom('file').select(['id', 'household_id as householdId', 'opened_at as openedAt']);

/** A file by its id. Whether the reader may see it is told by its cases. */
export const fileById = (tx: Tx, id: string): Promise<OfficeFile | undefined> =>
  files(tx).where('id', '=', id).executeTakeFirst();

/** The file of a household; opened where there is none yet. Two at once get the same. */
export async function fileOfHousehold(tx: Tx, householdId: string): Promise<string> {
  const found = () => files(tx).where('household_id', '=', householdId).executeTakeFirst();
  const known = await found();
  if (known !== undefined) return known.id;
  const id = tx.newId();
  await tx
    .tables<FileTables>()
    .insertInto('file')
    .values({ id, household_id: householdId, opened_at: tx.now })
    .onConflict((c) => c.doNothing())
    .execute();
  const opened = await found();
  if (opened === undefined) throw new Error('A file that was opened is not there.');
  return opened.id;
}

/** Locks a file: a hold and a deletion of the same file wait for each other, and the later one sees the earlier. */
export async function lockFile(tx: Tx, id: string): Promise<void> {
  await tx.tables<FileTables>().selectFrom('file').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Opens a file for a case of which nobody knows whose it is. */
export async function openNamelessFile(tx: Tx): Promise<string> {
  const id = tx.newId();
  await tx.insertInto<FileTables['file']>('file', [{ id, household_id: null, opened_at: tx.now }]);
  return id;
}

/** A nameless file whose last case went into another one: what holds it (a legal hold, copies that were made) goes along. */
export async function joinFile(tx: Tx, from: string, to: string): Promise<void> {
  const db = tx.tables<FileTables>();
  const file = await files(tx).where('id', '=', from).executeTakeFirst();
  if (file === undefined || file.householdId !== null || from === to) return;
  await db.updateTable('legal_hold').set({ file_id: to }).where('file_id', '=', from).execute();
  await db.updateTable('file_export').set({ file_id: to }).where('file_id', '=', from).execute();
  await db.deleteFrom('file').where('id', '=', from).execute();
}
