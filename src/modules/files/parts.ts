import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** Parts that every file has: benefits (Leistung), integration (Eingliederung), general (Allgemeines). */
export const shippedParts = ['benefits', 'integration', 'general'] as const;
export type ShippedPart = (typeof shippedParts)[number];

/** A part of files; shipped ones have no name of their own, their words stand in the locales. */
export type FilePart = { readonly key: string; readonly name: string | undefined; readonly closed: boolean };

/** The parts of this Jobcenter in their order: the shipped ones, then its own. `closed` ones as well where asked for. */
export async function fileParts(tx: Tx, closed = false): Promise<FilePart[]> {
  let own = tx
    .tables<FileTables>()
    .selectFrom('file_part')
    .select(['key', 'name', 'closed_at as closedAt'])
    .orderBy('created_at')
    .orderBy('key');
  if (!closed) own = own.where('closed_at', 'is', null);
  const added = (await own.execute()).map(({ key, name, closedAt }) => ({ key, name, closed: closedAt !== null }));
  return [...shippedParts.map((key) => ({ key, name: undefined, closed: false })), ...added];
}

/** Adds a part to all files of this Jobcenter; `exists` when there is or was one of that name, or it is one of `shipped`, the names of those that every file has. */
export async function addPart(
  tx: Tx,
  name: string,
  by: string,
  shipped: readonly string[],
): Promise<'added' | 'exists'> {
  const known = [...shipped, ...(await fileParts(tx, true)).flatMap((part) => part.name ?? [])];
  if (known.some((each) => each.toLowerCase() === name.toLowerCase())) return 'exists';
  const row = { key: tx.newId(), name, created_at: tx.now, created_by: by, closed_at: null };
  await tx.insertInto<FileTables['file_part']>('file_part', [row]);
  return 'added';
}

/** Closes a part of one's own: nothing new is put there, what lies there stays. */
export async function closePart(tx: Tx, key: string): Promise<void> {
  await tx
    .tables<FileTables>()
    .updateTable('file_part')
    .set({ closed_at: tx.now })
    .where('key', '=', key)
    .where('closed_at', 'is', null)
    .execute();
}

/** Where a document lies as long as nobody has put it somewhere: by the team that answers for its concern. */
export const usualPart = (team: string | undefined): ShippedPart =>
  team === 'vermittlung' ? 'integration' : team === 'leistung' || team === 'wohnen' ? 'benefits' : 'general';
