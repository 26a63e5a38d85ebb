import type { Tx } from '../../platform/database/index.ts';

/** What the examination of the stored bytes needs to know of a document. */
export type StoredDocument = {
  readonly id: string;
  readonly blob: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly erasedAt: Date | null;
};

type Tables = { document: { id: string; blob: string; bytes: number; sha256: Buffer; erased_at: Date | null } };

const columns = ['id', 'blob', 'bytes', 'sha256', 'erased_at as erasedAt'] as const;

/** Documents in the order of their ids, `size` after the given one: for walks over all of them. */
export const documentsAfter = (tx: Tx, after: string | undefined, size: number): Promise<StoredDocument[]> =>
  tx
    .tables<Tables>()
    .selectFrom('document')
    .select(columns)
    .where('id', '>', after ?? '00000000-0000-0000-0000-000000000000')
    .orderBy('id')
    .limit(size)
    .execute();

/** Of the given ids, those of documents that exist and were not erased: their blobs must stay. */
export async function livingDocuments(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .tables<Tables>()
    .selectFrom('document')
    .select('id')
    .where('id', 'in', [...ids])
    .where('erased_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}
