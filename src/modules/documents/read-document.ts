import { deriveKey } from '../../platform/crypto/index.ts';
import type { Database, Tx } from '../../platform/database/index.ts';
import { type PageFailure, type PageReading, readPages } from '../../platform/reading/index.ts';
import type { Keyring } from '../settings/index.ts';
import { marksOf } from './marks.ts';
import { type DocumentReading, isGone, keepReading, READING_METHOD, readingOf } from './reading-store.ts';
import { findDocument } from './store.ts';
import type { DocumentVault } from './vault.ts';

/** Pages of one document that are read; the rest can be looked at, and is said not to have been read. */
export const MOST_PAGES = 300;

type Services = { readonly database: Database; readonly vault: DocumentVault; readonly keyring: Keyring };

/** What the one who has a document read adds to it. */
export type ReadingOptions = {
  /** Runs in the transaction that keeps what was found; without pages where the document had been read before. */
  readonly announce: (
    tx: Tx,
    reading: Pick<DocumentReading, 'state'>,
    pages?: readonly Omit<PageReading, 'picture'>[],
  ) => Promise<void>;
  /** Pages that were read before, somewhere else, by the present method: they are taken as they are and not read again. */
  readonly known?: (tx: Tx) => Promise<readonly PageReading[]>;
};

/**
 * Reads a document in a process of its own and keeps what it found. A document that was read by the present method is not read
 * again, as long as what was read is there. Gives the reading, or undefined for a document that is gone.
 */
export async function readDocument(
  { database, vault, keyring }: Services,
  jobcenterId: string,
  documentId: string,
  { announce, known }: ReadingOptions,
): Promise<DocumentReading['state'] | undefined> {
  const found = await database.tenant(jobcenterId, async (tx) => {
    const document = await findDocument(tx, documentId);
    if (document === undefined || document.erasedAt !== null) return undefined;
    const earlier = await readingOf(tx, documentId);
    if (earlier?.method === READING_METHOD && !(await isGone(tx, vault, earlier))) {
      await announce(tx, earlier);
      return { state: earlier.state };
    }
    const before = (await known?.(tx)) ?? [];
    const runs = unreadRuns(before, document.pages);
    return { document, before, runs, bytes: runs.length === 0 ? Buffer.of() : await vault.read(tx, documentId) };
  });
  if (found === undefined || 'state' in found) return found?.state;
  if (found.bytes === undefined) return undefined;
  const pages: PageReading[] = [...found.before];
  const failures: PageFailure[] = [];
  for (const run of found.runs)
    for await (const page of readPages(found.bytes, found.document.mediaType, run))
      if ('failed' in page) failures.push(page);
      else pages.push(page);
  pages.sort((a, b) => a.page - b.page);
  const { codes } = await keyring.of(jobcenterId);
  const marks = marksOf(deriveKey(codes, 'marks of pages'), pages);
  const cut = pages.filter(({ page }) => page > MOST_PAGES).length < found.document.pages - MOST_PAGES;
  const state = pages.length === 0 ? 'unreadable' : failures.length > 0 || cut ? 'partly' : 'read';
  const problem = failures[0]?.failed ?? (cut ? 'too-many-pages' : null);
  const last = Math.max(0, ...pages.map((page) => page.page), ...failures.map((page) => page.page));
  await database.tenant(jobcenterId, async (tx) => {
    const document = await findDocument(tx, documentId);
    if (document === undefined || document.erasedAt !== null) return; // erased while it was read
    const reading = { documentId, state, pages: last, problem } as const;
    await keepReading(tx, vault, reading, pages, marks);
    await announce(tx, reading, pages);
  });
  return state;
}

/** The pages that still have to be read, in runs; all of the document where nothing is known of it. */
function unreadRuns(known: readonly PageReading[], pages: number): { readonly from?: number; readonly to: number }[] {
  if (known.length === 0) return [{ to: MOST_PAGES }];
  const there = new Set(known.map(({ page }) => page));
  const runs: { from: number; to: number }[] = [];
  for (let page = 1; page <= Math.min(pages, MOST_PAGES); page++) {
    const last = runs.at(-1);
    if (there.has(page)) continue;
    if (last?.to === page - 1) last.to = page;
    else runs.push({ from: page, to: page });
  }
  return runs;
}
