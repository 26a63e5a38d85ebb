import type { Tx } from '../../platform/database/index.ts';
import { type DocumentTables, eraseDocument, keysOf } from './store.ts';

/** Forgets the keys of documents that are still there, with all that was read in them; gives the names of their bytes, to be removed after the commit. */
export async function eraseDocuments(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const blobs: string[] = [];
  for (const id of ids) {
    const stored = await keysOf(tx, id);
    if (stored !== undefined) blobs.push(stored.blob);
    await eraseDocument(tx, id, { forgetName: true });
  }
  return blobs;
}

/** Deletes the rows of erased documents, to which nothing refers any more. */
export async function forgetDocuments(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .tables<DocumentTables>()
    .deleteFrom('document')
    .where('id', 'in', [...ids])
    .where('erased_at', 'is not', null)
    .execute();
}
