import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { legibility } from './compare/compare-pages.ts';
import { tokensOf } from './compare/token.ts';
import { keptWords } from './reading-store.ts';
import type { DocumentVault } from './vault.ts';

/**
 * Of a page with less than this share of surely read letters nobody can make out the amounts. Sharp photos have more than 0.8, and those with a
 * stamp or handwriting over half of them more than 0.5.
 */
const HARDLY = 0.45;
/** A picture with fewer letters than this is no page of text: a photo of a door, a signature. */
const FEWEST_LETTERS = 40;

/** True for a page of writing that was photographed or scanned so badly that hardly anything could be read. */
export function isHardlyLegible({ source, blank, words }: Omit<PageReading, 'picture'>): boolean {
  if (source !== 'ocr' || blank) return false;
  const tokens = tokensOf(words);
  return tokens.reduce((sum, { plain }) => sum + plain.length, 0) >= FEWEST_LETTERS && legibility(tokens) < HARDLY;
}

/** Of so many files, and so many pages of each, it is told: a page that is shown before sending waits for no long scan. */
const [MOST_FILES, MOST_PAGES] = [8, 6];

/** The files of which one of the first pages could hardly be read; what was not read yet is not among them. */
export async function hardlyLegible<T extends { readonly id: string }>(
  tx: Tx,
  vault: DocumentVault,
  files: readonly T[],
): Promise<T[]> {
  const found: T[] = [];
  for (const file of files.slice(0, MOST_FILES))
    for await (const page of keptWords(tx, vault, file.id)) {
      if (isHardlyLegible(page)) found.push(file);
      if (page.page >= MOST_PAGES || isHardlyLegible(page)) break;
    }
  return found;
}
