import { entryUrl } from '../../../platform/env/project.ts';
import type { PageReading } from '../../../platform/reading/index.ts';
import { createPool, type Pool, ThreadUnavailable } from '../../../platform/threads/pool.ts';
import { type Comparison, compareDocuments } from './compare-documents.ts';
import { preparePages } from './prepare.ts';

/** Two papers as they were read. */
export type Papers = { readonly a: readonly PageReading[]; readonly b: readonly PageReading[] };

/** Two papers of a hundred pages each take some seconds. */
const TIMEOUT_MS = 120_000;
const RECYCLE_AFTER = 2_000;

let pool: Pool<Papers, Comparison> | undefined;

/** What the thread does. */
export const compareHere = ({ a, b }: Papers): Promise<Comparison> =>
  compareDocuments(preparePages(a), preparePages(b));

/**
 * Compares two papers in a thread of its own: pixels take tenths of a second, and nobody's page waits for them. What takes too long
 * or fails is not found to be the same. Throws ThreadUnavailable on an overloaded machine: ask again later.
 */
export async function comparePapers(a: readonly PageReading[], b: readonly PageReading[]): Promise<Comparison> {
  pool ??= createPool({
    entry: entryUrl('compare-thread'),
    size: 1,
    timeoutMs: TIMEOUT_MS,
    recycleAfter: RECYCLE_AFTER,
  });
  try {
    return await pool.run({ a, b });
  } catch (error) {
    if (error instanceof ThreadUnavailable) throw error;
    return { score: 0, laid: [], reason: 'unreadable', words: 'they could not be compared', pages: [] };
  }
}

/** Ends the thread; the next comparison starts a new one. */
export async function closeComparing(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.close();
}
