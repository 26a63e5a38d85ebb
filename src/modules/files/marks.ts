import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** A place on a page, as parts of its width and height (0 to 1), on the picture as it was read. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type FileMark = {
  readonly id: string;
  readonly page: number;
  readonly places: readonly Place[];
  readonly note: string;
  /** What it is about: a topic of notes; null where nobody said. */
  readonly topic: string | null;
  readonly madeAt: Date;
  readonly madeBy: string;
};

/** Marks on a document that nobody took away, page by page. */
export async function marksOfDocument(tx: Tx, documentId: string): Promise<FileMark[]> {
  return tx
    .tables<FileTables>()
    .selectFrom('file_mark')
    .select(['id', 'page', 'places', 'note', 'topic', 'made_at as madeAt', 'made_by_name as madeBy'])
    .where('document_id', '=', documentId)
    .where('removed_at', 'is', null)
    .orderBy('page')
    .orderBy('id')
    .execute();
}

/** Marks places on a page, with a note; gives the id. */
export async function addMark(
  tx: Tx,
  by: { readonly id: string; readonly name: string },
  mark: {
    readonly documentId: string;
    readonly page: number;
    readonly places: readonly Place[];
    readonly note: string;
    readonly topic?: string | undefined;
  },
): Promise<string> {
  const id = tx.newId();
  const row = {
    id,
    document_id: mark.documentId,
    page: mark.page,
    places: JSON.stringify(mark.places),
    note: mark.note,
    topic: mark.topic ?? null,
    made_at: tx.now,
    made_by: by.id,
    made_by_name: by.name,
    removed_at: null,
    removed_by: null,
  };
  await tx.insertInto('file_mark', [row]);
  return id;
}

/** Takes a mark away; it is no longer shown. False when there is none. */
export async function removeMark(tx: Tx, documentId: string, id: string, by: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<FileTables>()
    .updateTable('file_mark')
    .set({ removed_at: tx.now, removed_by: by })
    .where('id', '=', id)
    .where('document_id', '=', documentId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
