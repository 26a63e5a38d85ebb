import {
  openClearingItems,
  papersOfDoubt,
  raisePapers,
  settledByHand,
  withdrawPaper,
} from '../../modules/cases/index.ts';
import {
  type ForeignPages,
  foreignPages,
  keepLanguages,
  keptWords,
  languagesOf,
  pageRuns,
} from '../../modules/documents/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import type { JobServices } from './job-services.ts';

const reason = 'foreign-language';
const system = { kind: 'system', name: 'reading' } as const;

/**
 * Tells in which languages a paper of a case is written, once it was read, and puts one that is not in German into the queue: whoever cannot read
 * it asks for a translation without delay (§ 19 (2) SGB X). Read again, an open doubt says what is so now, and lets go of a paper that is German. A
 * paper that was told once as foreign, or that a person settled, does not come back.
 */
export async function tellLanguages(
  tx: Tx,
  { vault }: Pick<JobServices, 'vault'>,
  paper: { readonly documentId: string; readonly caseId: string },
  pages?: readonly Omit<PageReading, 'picture'>[],
): Promise<void> {
  const { documentId, caseId } = paper;
  const read = [...(pages ?? [])];
  if (pages === undefined) for await (const page of keptWords(tx, vault, documentId)) read.push(page);
  const before = (await languagesOf(tx, [documentId])).get(documentId) ?? [];
  const found = withUnread(await foreignPages(read), before, new Set(read.map(({ page }) => page)));
  await keepLanguages(tx, documentId, found);
  const inQueue = (await openClearingItems(tx, caseId))
    .flatMap((item) => papersOfDoubt(item, reason))
    .some((each) => each.documentId === documentId);
  if (found.length === 0) {
    if (inQueue) await withdrawPaper(tx, system, caseId, reason, documentId);
    return;
  }
  if (!inQueue && (before.length > 0 || (await settledByHand(tx, caseId, reason, documentId)))) return;
  const languages = found.map((each) => ({ language: each.language, pages: pageRuns(each.pages) }));
  await raisePapers(tx, caseId, reason, [{ documentId, languages }]);
}

/** What was found, and beside it what was known of pages that could not be read this time. */
function withUnread(
  found: readonly ForeignPages[],
  before: readonly ForeignPages[],
  read: ReadonlySet<number>,
): ForeignPages[] {
  const pagesOf = new Map(found.map(({ language, pages }) => [language, [...pages]]));
  for (const { language, pages } of before) {
    const unread = pages.filter((page) => !read.has(page));
    if (unread.length > 0)
      pagesOf.set(
        language,
        [...(pagesOf.get(language) ?? []), ...unread].sort((a, b) => a - b),
      );
  }
  return [...pagesOf].map(([language, numbers]) => ({ language, pages: numbers }));
}
