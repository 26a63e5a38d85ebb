import { raisePapers } from '../../modules/cases/index.ts';
import { foreignPages, keepLanguages, keptWords, pageRuns } from '../../modules/documents/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import type { JobServices } from './job-services.ts';

/**
 * Tells in which languages a paper of a case is written, once it was read, and puts one that is not in German into the queue: whoever cannot read
 * it asks for a translation without delay (§ 19 (2) SGB X). Told once: what a person settled does not come back when the paper is read again.
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
  const found = await foreignPages(read);
  const first = await keepLanguages(tx, documentId, found);
  if (!first || found.length === 0) return;
  const languages = found.map((each) => ({ language: each.language, pages: pageRuns(each.pages) }));
  await raisePapers(tx, caseId, 'foreign-language', [{ documentId, languages }]);
}
