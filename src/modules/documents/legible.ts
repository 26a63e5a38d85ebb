import type { PageReading } from '../../platform/reading/index.ts';
import { legibility } from './compare/lay-over.ts';
import { tokensOf } from './compare/token.ts';

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
