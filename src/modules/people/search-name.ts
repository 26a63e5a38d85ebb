import { comparable } from '../../kernel/text.ts';

/** A name without hyphens and points, single-spaced. */
const plain = (text: string): string =>
  comparable(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A name as it is stored for searching: `von der heide, annegret`. */
export const searchName = (familyName: string, givenName: string): string =>
  `${plain(familyName)}, ${plain(givenName)}`;

/** Texts from `from` on and before `below`, by code points: everything that begins alike. */
export type NameRange = { readonly from: string; readonly below: string };

/**
 * Where names lie that somebody may mean by one line: the beginning of a family name (of one word or several), `Muster, Mi`, `Mika Muster` and
 * `Muster Mika`, wherever the family name ends (`Nour al Mithali`); of a long line only the first and the last words are tried as the family name. Ranges
 * instead of LIKE, because only leakproof operators use an index under row-level security.
 */
export function nameRanges(text: string): NameRange[] {
  const [family = '', ...given] = text.split(',');
  if (given.length > 0) return asRanges([searchName(family, given.join(' '))]);
  const words = plain(text).split(' ');
  const ends = [1, 2, 3, words.length - 3, words.length - 2, words.length - 1];
  const splits = new Set(ends.filter((end) => end > 0 && end < words.length));
  const ordered = [...splits].flatMap((end): string[] => {
    const [before, after] = [words.slice(0, end).join(' '), words.slice(end).join(' ')];
    return [searchName(after, before), searchName(before, after)];
  });
  return asRanges([plain(text), ...ordered]);
}

const asRanges = (beginnings: readonly string[]): NameRange[] =>
  beginnings.filter((from) => /[\p{L}\p{N}]/u.test(from)).map(rangeOf);

/** Where everything lies that begins with a text. */
export const rangeOf = (from: string): NameRange => ({ from, below: after(from) });

/** The first text behind all that begin with this one: its last character raised by one. */
function after(beginning: string): string {
  const chars = [...beginning];
  const last = chars.pop()?.codePointAt(0) ?? 0;
  const raised = last === 0xd7ff ? 0xe000 : last + 1; // surrogates are no characters
  return raised > 0x10ffff ? after(chars.join('')) : chars.join('') + String.fromCodePoint(raised);
}
