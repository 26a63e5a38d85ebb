import type { Tx } from '../../platform/database/index.ts';
import type { Beginning, PostTables, ScanPage } from './batch.ts';
import { pageColumns } from './batch.ts';
import { describeLetter, doubtsOf } from './describe-letter.ts';
import { type PageStore, readPagesOf } from './page-store.ts';
import { splitBatch } from './split-batch.ts';

/** What describing letters needs to know of the office. */
export type Office = { readonly store: PageStore; readonly ownName: string; readonly today: string };

/** All pages of a batch in order. */
export const pagesOfBatch = (tx: Tx, batchId: string): Promise<ScanPage[]> =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_page')
    .select(pageColumns)
    .where('batch_id', '=', batchId)
    .orderBy('page')
    .execute();

/** Makes letters of the pages that were read; gives how many there are now more. Repeatable: pages that have a letter keep it. */
export async function makeLetters(tx: Tx, office: Office, batchId: string): Promise<number> {
  await lockBatch(tx, batchId);
  const runs = splitBatch(await pagesOfBatch(tx, batchId));
  for (const run of runs) await addLetter(tx, office, batchId, run.begins, run.pages);
  return runs.length;
}

/** Changes of one batch's letters go one after the other. */
export const lockBatch = (tx: Tx, batchId: string) =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select('id')
    .where('id', '=', batchId)
    .forUpdate()
    .executeTakeFirst();

/** A new letter of these pages, in their order. */
export async function addLetter(
  tx: Tx,
  office: Office,
  batchId: string,
  begins: Beginning,
  pages: readonly ScanPage[],
): Promise<string> {
  const id = tx.newId();
  const suggestion = describeLetter(await readPagesOf(tx, office.store, batchId, pages), office);
  await tx
    .tables<PostTables>()
    .insertInto('scan_letter')
    .values({
      id,
      batch_id: batchId,
      position: pages[0]?.page ?? 0,
      begins,
      state: 'open',
      version: 1,
      suggestion: JSON.stringify(suggestion),
      doubts: doubtsOf(pages, suggestion),
      aside_reason: null,
      aside_at: null,
      submission_id: null,
      receipt_number: null,
      case_id: null,
      notice_id: null,
      filed_at: null,
      filed_by: null,
    })
    .execute();
  await placePages(tx, batchId, id, pages);
  return id;
}

/** Puts pages into a letter, in the order given. */
export async function placePages(
  tx: Tx,
  batchId: string,
  letterId: string,
  pages: readonly Pick<ScanPage, 'page'>[],
): Promise<void> {
  for (const [place, { page }] of pages.entries())
    await tx
      .tables<PostTables>()
      .updateTable('scan_page')
      .set({ letter_id: letterId, place })
      .where('batch_id', '=', batchId)
      .where('page', '=', page)
      .execute();
}

/** Looks at a letter anew after its pages changed. */
export async function describeAgain(
  tx: Tx,
  office: Office,
  batchId: string,
  letterId: string,
  pages: readonly ScanPage[],
): Promise<void> {
  const suggestion = describeLetter(await readPagesOf(tx, office.store, batchId, pages), office);
  await tx
    .tables<PostTables>()
    .updateTable('scan_letter')
    .set((eb) => ({
      suggestion: JSON.stringify(suggestion),
      doubts: doubtsOf(pages, suggestion),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', letterId)
    .execute();
}
