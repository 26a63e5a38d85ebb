/**
 * How well a text fits what was asked, the best first: it is about it (all words in what it is called, whose it is, or how it begins), the words
 * stand close together in it (or the one word again and again), or it only names them.
 */
export const fits = ['about', 'close', 'named'] as const;
export type Fit = (typeof fits)[number];

/** Words at the beginning that say what a text is about: a letter has its sender, its reader and its subject there, a note its point. */
const OPENING = { paper: 40, other: 10 } as const;
/** A word that stands so often in a text is not there in passing. */
const OFTEN = 3;
/** Behind this word, some twenty pages into a paper, nobody looks for what stands together. */
const MOST = 5_000;

/** Terms that say that two words stand together; they are many, and kept shorter than others (`hashTerms`). */
export const BESIDE = 'beside:';
/** Terms that are no words. A word never has a colon. */
export const fitTerm = {
  about: (term: string): string => `about:${term}`,
  often: (term: string): string => `often:${term}`,
  beside: (one: string, other: string): string => BESIDE + [one, other].sort().join(' '),
} as const;

/** Words of a text in their order, each with its parts: the words themselves, or numbers that stand for them. */
type Words<T> = readonly (readonly T[])[];

/** What is about a text, what stands in it often, and what stands together, of its words and those of its head. */
export function fitOf<T>(head: Words<T>, text: Words<T>, isPaper: boolean) {
  const opening = text.slice(0, isPaper ? OPENING.paper : OPENING.other);
  return {
    about: [...new Set([...head, ...opening].flat())],
    often: oftenIn(text),
    beside: [...together(head), ...together(text.slice(0, MOST))],
  };
}

/** The same as terms. */
export function fitTerms(head: Words<string>, text: Words<string>, isPaper: boolean): string[] {
  const fit = fitOf(head, text, isPaper);
  return [
    ...fit.about.map(fitTerm.about),
    ...fit.often.map(fitTerm.often),
    ...new Set(fit.beside.filter((pair) => pair.every(isWord)).map(([one, other]) => fitTerm.beside(one, other))),
  ];
}

function oftenIn<T>(text: Words<T>): T[] {
  const counts = new Map<T, number>();
  for (const words of text) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= OFTEN).map(([word]) => word);
}

/** Two words beside each other (those that say nothing are none), also by the parts of one of them; and the parts of a compound, which may be asked for as words. */
function together<T>(words: Words<T>): [T, T][] {
  const pairs: [T, T][] = [];
  const pair = (one: T | undefined, other: T | undefined): void => {
    if (one !== undefined && other !== undefined && one !== other) pairs.push([one, other]);
  };
  for (const [at, own] of words.entries()) {
    const next = words[at + 1] ?? [];
    for (const other of next) pair(own[0], other);
    for (const part of own.slice(1)) pair(part, next[0]);
    for (const [i, part] of own.entries()) for (const other of own.slice(i + 1)) pair(part, other);
  }
  return pairs;
}

/** Figures stand beside each other by the hundred in statements, and nobody looks for two of them: they are in no pair. */
const isWord = (term: string): boolean => !/\d/.test(term);

/** What a text of each fit has, the best first. Whoever has what stands before is not among those behind. */
export function wantedFor(
  terms: readonly string[],
): readonly { readonly fit: Fit; readonly terms: readonly string[] }[] {
  const pairs = terms.slice(1).map((term, at): [string, string] => [terms[at] ?? '', term]);
  const together = pairs.length > 0 && terms.every(isWord);
  return [
    { fit: 'about', terms: terms.map(fitTerm.about) },
    ...(terms.length === 1 ? [{ fit: 'close', terms: terms.map(fitTerm.often) } as const] : []),
    ...(together
      ? [{ fit: 'close', terms: [...terms, ...pairs.map(([one, other]) => fitTerm.beside(one, other))] } as const]
      : []),
    { fit: 'named', terms },
  ];
}
