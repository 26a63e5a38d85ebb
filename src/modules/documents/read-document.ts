import { deriveKey } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { type PageFailure, type PageReading, readPages } from '../../platform/reading/index.ts';
import type { Keyring } from '../settings/index.ts';
import { marksOf } from './marks.ts';
import { type DocumentReading, keepReading, READING_METHOD, readingOf } from './reading-store.ts';
import { findDocument } from './store.ts';
import type { DocumentVault } from './vault.ts';

/** Pages of one document that are read; the rest can be looked at, and is said not to have been read. */
const MOST_PAGES = 300;

type Services = { readonly database: Database; readonly vault: DocumentVault; readonly keyring: Keyring };

/**
 * Reads a document in a process of its own and keeps what it found; `announce` runs in the transaction that keeps it. A document
 * that was read by the present method is not read again. Gives the reading, or undefined for a document that is gone.
 */
export async function readDocument(
  { database, vault, keyring }: Services,
  jobcenterId: string,
  documentId: string,
  announce: (
    tx: Parameters<Parameters<Database['tenant']>[1]>[0],
    reading: Pick<DocumentReading, 'state'>,
  ) => Promise<void>,
): Promise<DocumentReading['state'] | undefined> {
  const found = await database.tenant(jobcenterId, async (tx) => {
    const document = await findDocument(tx, documentId);
    if (document === undefined || document.erasedAt !== null) return undefined;
    const earlier = await readingOf(tx, documentId);
    if (earlier?.method === READING_METHOD) {
      await announce(tx, earlier);
      return { state: earlier.state };
    }
    return { document, bytes: await vault.read(tx, documentId) };
  });
  if (found === undefined || 'state' in found) return found?.state;
  if (found.bytes === undefined) return undefined;
  const pages: PageReading[] = [];
  const failures: PageFailure[] = [];
  for await (const page of readPages(found.bytes, found.document.mediaType, { to: MOST_PAGES }))
    if ('failed' in page) failures.push(page);
    else pages.push(page);
  const { codes } = await keyring.of(jobcenterId);
  const marks = marksOf(deriveKey(codes, 'marks of pages'), pages);
  const cut = found.document.pages > MOST_PAGES;
  const state = pages.length === 0 ? 'unreadable' : failures.length > 0 || cut ? 'partly' : 'read';
  const problem = failures[0]?.failed ?? (cut ? 'too-many-pages' : null);
  const last = Math.max(0, ...pages.map((page) => page.page), ...failures.map((page) => page.page));
  await database.tenant(jobcenterId, async (tx) => {
    const document = await findDocument(tx, documentId);
    if (document === undefined || document.erasedAt !== null) return; // erased while it was read
    const reading = { documentId, state, pages: last, problem } as const;
    await keepReading(tx, vault, reading, pages, marks);
    await announce(tx, reading);
  });
  return state;
}
