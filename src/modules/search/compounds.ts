import { compoundWords } from './compound-words.ts';
import { foldWord, stem } from './fold.ts';

/** Letters that join the words of a compound: Arbeit-s-amt, Tag-es-mutter, Kinde-r-geld. */
const joints = ['', 's', 'es', 'n', 'en', 'er', 'e'];
const SHORTEST = 3;
/** A head this long is taken for one although nobody knows the word before it: Xyzbescheinigung is a Bescheinigung. */
const SURE_HEAD = 6;

const folded = compoundWords.map(foldWord);
const heads = new Set(folded.map(stem));
/** Words as they stand at the beginning or in the middle: with a joint, or without their last e (Miet-vertrag). */
const modifiers = new Set(
  folded.flatMap((word) => [
    ...joints.map((joint) => word + joint),
    ...(word.endsWith('e') && word.length > SHORTEST ? [word.slice(0, -1)] : []),
  ]),
);
/** What a modifier stands for, as it would be searched. */
const meaning = new Map(
  folded.flatMap((word) =>
    [...joints.map((joint) => word + joint), ...(word.endsWith('e') ? [word.slice(0, -1)] : [])].map(
      (form) => [form, stem(word)] as const,
    ),
  ),
);
for (const word of folded) meaning.set(word, stem(word));

/**
 * The stems of the words a compound is made of, of their own parts, and of every two neighbours of three (Heizkosten in
 * Heizkostenabrechnung); none for a word that is no compound, as far as the list of the house knows. Takes a folded word.
 */
export function partsOf(word: string): string[] {
  if (word.length < 2 * SHORTEST + 1) return [];
  const cuts = split(word, 0);
  if (cuts === undefined) return unknownBefore(word);
  const parts = cuts.map((cut, at) => word.slice(cut, cuts[at + 1]));
  const last = parts.length - 1;
  const plain = (at: number): string => (at < last ? (meaning.get(parts[at] ?? '') ?? '') : stem(parts[at] ?? ''));
  const found = parts.flatMap((part, at) => [
    plain(at),
    ...partsOf(part),
    ...(last > 1 && at < last ? [at + 1 < last ? stem(part + plain(at + 1)) : stem(part + parts[last])] : []),
  ]);
  return [...new Set(found)].filter((each) => each !== '' && each !== stem(word));
}

/** Where the parts of the rest of a word begin, with the fewest parts but not in one; undefined where it cannot be told. */
function split(word: string, from: number): number[] | undefined {
  if (from > 0 && heads.has(stem(word.slice(from)))) return [from];
  let best: number[] | undefined;
  for (let end = word.length - SHORTEST; end >= from + SHORTEST; end--) {
    if (!modifiers.has(word.slice(from, end))) continue;
    const rest = split(word, end);
    if (rest !== undefined && (best === undefined || rest.length + 1 < best.length)) best = [from, ...rest];
  }
  return best;
}

/** The head of a word whose beginning nobody knows, a name perhaps. */
function unknownBefore(word: string): string[] {
  if (heads.has(stem(word))) return [];
  for (let from = SHORTEST; from <= word.length - SURE_HEAD; from++) {
    const head = stem(word.slice(from));
    if (head.length >= SURE_HEAD - 1 && heads.has(head)) return [head, ...partsOf(word.slice(from))];
  }
  return [];
}
