import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** Clockwise, in degrees. */
export type PageTurn = 0 | 90 | 180 | 270;

/** How the pages of a document are turned; those that stand as they came are left out. */
export async function turnsOf(tx: Tx, documentId: string): Promise<Map<number, PageTurn>> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('page_turn')
    .select(['page', 'turn'])
    .where('document_id', '=', documentId)
    .execute();
  return new Map(rows.map((row) => [row.page, row.turn as PageTurn]));
}

/** Turns a page for everybody who reads it; the original stays as it is. */
export async function turnPage(tx: Tx, documentId: string, page: number, turn: PageTurn, by: string): Promise<void> {
  await tx
    .tables<FileTables>()
    .insertInto('page_turn')
    .values({ document_id: documentId, page, turn, changed_at: tx.now, changed_by: by })
    .onConflict((c) =>
      c.columns(['jobcenter_id', 'document_id', 'page'] as never).doUpdateSet((eb) => ({
        turn: eb.ref('excluded.turn'),
        changed_at: eb.ref('excluded.changed_at'),
        changed_by: eb.ref('excluded.changed_by'),
      })),
    )
    .execute();
}
