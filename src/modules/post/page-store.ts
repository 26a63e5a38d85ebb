import type { Tx } from '../../platform/database/index.ts';
import type { DocumentVault, SeenPage, SeenWord } from '../documents/index.ts';
import type { PostTables, ScanPage } from './batch.ts';
import type { ReadScanPage } from './describe-letter.ts';

/** Where what was made from a batch's pages lies: sealed beside the batch's document; it can be made again. */
export type PageStore = Pick<DocumentVault, 'keepDerived' | 'readDerived'>;

const wordsName = (page: number): string => `scan-${page}.words`;
const pictureName = (page: number): string => `scan-${page}.picture`;

/** Keeps the words and the upright picture of a page. */
export async function keepPage(
  tx: Tx,
  store: PageStore,
  documentId: string,
  page: number,
  seen: SeenPage,
  picture: Uint8Array,
): Promise<void> {
  const words = seen.words.map(({ text, x, y, width, height }) => [text, x, y, width, height]);
  const text = JSON.stringify({ width: seen.width, height: seen.height, words });
  await store.keepDerived(tx, documentId, wordsName(page), Buffer.from(text));
  await store.keepDerived(tx, documentId, pictureName(page), picture);
}

/** The upright picture of a page as reading made it; undefined when there is none. */
export const keptPicture = (tx: Tx, store: PageStore, documentId: string, page: number): Promise<Buffer | undefined> =>
  store.readDerived(tx, documentId, pictureName(page));

/** The words of a page; undefined when it was not read or what was read is gone. */
export async function keptWords(
  tx: Tx,
  store: PageStore,
  documentId: string,
  page: number,
): Promise<SeenPage | undefined> {
  const bytes = await store.readDerived(tx, documentId, wordsName(page));
  if (bytes === undefined) return undefined;
  const kept = JSON.parse(bytes.toString()) as { width: number; height: number; words: [string, ...number[]][] };
  const words = kept.words.map(
    ([text, x = 0, y = 0, width = 0, height = 0]): SeenWord => ({ text, x, y, width, height }),
  );
  return { width: kept.width, height: kept.height, words };
}

/** Pages of a batch with their words. */
export async function readPagesOf(
  tx: Tx,
  store: PageStore,
  batchId: string,
  pages: readonly ScanPage[],
): Promise<ReadScanPage[]> {
  const batch = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select('document_id')
    .where('id', '=', batchId)
    .executeTakeFirst();
  const documentId = batch?.document_id;
  const read: ReadScanPage[] = [];
  for (const page of pages)
    read.push({ page, seen: documentId ? await keptWords(tx, store, documentId, page.page) : undefined });
  return read;
}
