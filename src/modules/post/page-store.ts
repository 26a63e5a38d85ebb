import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { type DocumentVault, READING_METHOD, type SeenPage } from '../documents/index.ts';
import type { PostTables, ScanPage } from './batch.ts';
import type { ReadScanPage } from './describe-letter.ts';

/** Where what was made from a batch's pages lies: sealed beside the batch's document; it can be made again. */
export type PageStore = Pick<DocumentVault, 'keepDerived' | 'readDerived'>;

const readingName = (page: number): string => `scan-${page}.reading`;
const pictureName = (page: number): string => `scan-${page}.picture`;

type KeptReading = Omit<PageReading, 'picture'> & { readonly method: number };

/** Keeps a page as it was read: its words with their places, by which method, and its upright picture. */
export async function keepPage(tx: Tx, store: PageStore, documentId: string, reading: PageReading): Promise<void> {
  const { picture, ...rest } = reading;
  const kept: KeptReading = { ...rest, method: READING_METHOD };
  await store.keepDerived(tx, documentId, readingName(reading.page), Buffer.from(JSON.stringify(kept)));
  await store.keepDerived(tx, documentId, pictureName(reading.page), picture);
}

/** The upright picture of a page as reading made it; undefined when there is none. */
export const keptPicture = (tx: Tx, store: PageStore, documentId: string, page: number): Promise<Buffer | undefined> =>
  store.readDerived(tx, documentId, pictureName(page));

async function keptReading(
  tx: Tx,
  store: PageStore,
  documentId: string,
  page: number,
): Promise<KeptReading | undefined> {
  const bytes = await store.readDerived(tx, documentId, readingName(page));
  return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as KeptReading);
}

/** The words of a page; undefined when it was not read or what was read is gone. */
export const keptWords = (tx: Tx, store: PageStore, documentId: string, page: number): Promise<SeenPage | undefined> =>
  keptReading(tx, store, documentId, page);

/** A page as the present method read it; undefined when it was not read, by an older method, or when the copies are gone. */
export async function keptPage(
  tx: Tx,
  store: PageStore,
  documentId: string,
  page: number,
): Promise<PageReading | undefined> {
  const kept = await keptReading(tx, store, documentId, page);
  const picture = kept?.method === READING_METHOD ? await keptPicture(tx, store, documentId, page) : undefined;
  if (kept === undefined || picture === undefined) return undefined;
  const { method: _, ...reading } = kept;
  return { ...reading, picture: new Uint8Array(picture) };
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
