import { comparable } from '../../../kernel/text.ts';

/** A word as it is compared, without the signs around it. */
const plain = (text: string): string => comparable(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** From so many letters on, the end of a word may differ: `Miete` finds `Mieten`, and so does the other way round. */
const stemFrom = 5;
const endings = 3;

/**
 * The words that somebody means who searched for `text`, by their place in the list: those that hold a word of it, or begin as it does
 * and end otherwise. A search that goes by stems finds no more than this shows on the page.
 */
export function hitsIn(words: readonly { readonly text: string }[], text: string): ReadonlySet<number> {
  const wanted = text
    .split(/\s+/)
    .map(plain)
    .filter((each) => each.length > 1);
  const hits = new Set<number>();
  words.forEach((word, index) => {
    const found = plain(word.text);
    if (wanted.some((each) => found.includes(each) || sameStem(found, each))) hits.add(index);
  });
  return hits;
}

function sameStem(found: string, wanted: string): boolean {
  if (wanted.length < stemFrom || found.length < stemFrom - 1) return false;
  const stem = wanted.slice(0, Math.max(stemFrom - 1, wanted.length - 2));
  return found.startsWith(stem) && Math.abs(found.length - wanted.length) <= endings;
}
