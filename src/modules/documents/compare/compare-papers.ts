import { entryUrl } from '../../../platform/env/project.ts';
import type { PageReading } from '../../../platform/reading/index.ts';
import { createPool, type Pool, ThreadUnavailable } from '../../../platform/threads/pool.ts';
import { type Comparison, compareDocuments } from './compare-documents.ts';
import { contest } from './contest.ts';
import { preparePages } from './prepare.ts';

/** Two papers as they were read. */
export type Papers = { readonly a: readonly PageReading[]; readonly b: readonly PageReading[] };

/** Two papers of a hundred pages each take some seconds. */
const TIMEOUT_MS = 120_000;
const RECYCLE_AFTER = 2_000;

/** A page, and two that it may be. */
export type Contested = { readonly mine: PageReading; readonly one: PageReading; readonly other: PageReading };

let pool: Pool<Papers | Contested, Comparison | Winner> | undefined;
type Winner = -1 | 0 | 1;

/** What the thread does. */
export async function compareHere(task: Papers | Contested): Promise<Comparison | Winner> {
  if ('a' in task) return compareDocuments(preparePages(task.a), preparePages(task.b));
  const [mine, one, other] = preparePages([task.mine, task.one, task.other]);
  return mine && one && other ? contest(mine, one, other) : 0;
}

const run = <R extends Comparison | Winner>(task: Papers | Contested): Promise<R> => {
  pool ??= createPool({
    entry: entryUrl('compare-thread'),
    size: 1,
    timeoutMs: TIMEOUT_MS,
    recycleAfter: RECYCLE_AFTER,
  });
  return pool.run(task) as Promise<R>;
};

/**
 * Compares two papers in a thread of its own: pixels take tenths of a second, and nobody's page waits for them. What takes too long
 * or fails is not found to be the same. Throws ThreadUnavailable on an overloaded machine: ask again later.
 */
export async function comparePapers(a: readonly PageReading[], b: readonly PageReading[]): Promise<Comparison> {
  try {
    return await run<Comparison>({ a, b });
  } catch (error) {
    if (error instanceof ThreadUnavailable) throw error;
    return { score: 0, laid: [], reason: 'unreadable', words: 'they could not be compared', pages: [] };
  }
}

/** A page of a paper, by its number in the file. */
export type PageOf = { readonly pages: readonly PageReading[]; readonly page: number };

/** `contest` in the thread. What takes too long or fails cannot be seen. Throws ThreadUnavailable on an overloaded machine. */
export async function contestPages(mine: PageOf, one: PageOf, other: PageOf): Promise<Winner> {
  const [page, first, second] = [mine, one, other].map(({ pages, page }) => pages.find((each) => each.page === page));
  if (page === undefined || first === undefined || second === undefined) return 0;
  try {
    return await run<Winner>({ mine: page, one: first, other: second });
  } catch (error) {
    if (error instanceof ThreadUnavailable) throw error;
    return 0;
  }
}

/** Ends the thread; the next comparison starts a new one. */
export async function closeComparing(): Promise<void> {
  const open = pool;
  pool = undefined;
  await open?.close();
}
