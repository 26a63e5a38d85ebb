import type { Token } from './token.ts';

/** A letter or digit and how far it reaches along its line, in pixels. */
export type Letter = {
  readonly char: string;
  readonly from: number;
  readonly to: number;
  readonly upper: boolean;
  /** A text layer says it: nobody had to recognise it. */
  readonly exact: boolean;
};

/** A text layer is as sure as this; no recogniser is. */
export const EXACT = 0.995;

/** Parts of both sides that do not agree, as ranges of letters; one of them may be empty. */
export type Difference = { readonly a: readonly [number, number]; readonly b: readonly [number, number] };

const narrow = /[.,:;'!|iIlj1()[\]-]/;
const broad = /[mwMW%@]/;
const breadth = (char: string): number =>
  narrow.test(char) ? 0.55 : broad.test(char) ? 1.5 : /\p{Lu}/u.test(char) ? 1.2 : 1;

/** The letters and digits of words that stand side by side, each with its place, as far as word boxes tell. */
export function lettersOf(tokens: readonly Token[]): Letter[] {
  return tokens.flatMap((token) => {
    const chars = [...token.text.normalize('NFKC')]; // some programs write one sign for fi
    const whole = chars.reduce((sum, char) => sum + breadth(char), 0);
    let at = token.x;
    return chars.flatMap((char) => {
      const from = at;
      at += (breadth(char) / whole) * token.width;
      return /[\p{L}\p{N}]/u.test(char)
        ? [{ char: char.toLowerCase(), from, to: at, upper: /\p{Lu}/u.test(char), exact: token.sure >= EXACT }]
        : [];
    });
  });
}

/** Pairs that recognition takes for each other although a reader would not; digits are never like digits. */
const alike = new Set(
  [
    'o0',
    'l1',
    'i1',
    'il',
    'ij',
    'jl',
    's5',
    'b8',
    'z2',
    'g9',
    'q9',
    'uü',
    'oö',
    'aä',
    'd0',
    'ß8',
    'bß',
    'cg',
    'vu',
    't1',
    'tl',
    'ft',
    'ec',
    'ií',
    'yv',
    'fl',
    'fi',
    'aà',
    'eé',
    'mn',
  ].flatMap((pair) => [pair, [...pair].reverse().join('')]),
);
/** Of these only the small ones look alike: nobody takes Nina for Mina. */
const onlySmall = new Set(['mn', 'nm', 'tl', 'lt', 'ec', 'ce', 'fl', 'lf', 'ft', 'tf']);

function same(one: Letter | undefined, other: Letter | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.char === other.char) return true;
  const both = one.char + other.char;
  if ((one.exact && other.exact) || !alike.has(both)) return false;
  return !(one.upper && other.upper && onlySmall.has(both));
}

/** Where two rows of letters part, by the fewest changes that make one the other. */
export function differences(a: readonly Letter[], b: readonly Letter[]): Difference[] {
  const width = b.length + 1;
  const cost = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => cost[i * width + j] ?? 0;
  for (let i = 0; i <= a.length; i++)
    for (let j = 0; j <= b.length; j++)
      cost[i * width + j] =
        i === 0 || j === 0
          ? i + j
          : Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same(a[i - 1], b[j - 1]) ? 0 : 1));
  const found: { a: [number, number]; b: [number, number] }[] = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 || j > 0) {
    if (i > 0 && j > 0 && same(a[i - 1], b[j - 1]) && at(i, j) === at(i - 1, j - 1)) {
      i -= 1;
      j -= 1;
      continue;
    }
    const [ei, ej] = [i, j];
    if (i > 0 && j > 0 && at(i, j) === at(i - 1, j - 1) + 1) {
      i -= 1;
      j -= 1;
    } else if (i > 0 && at(i, j) === at(i - 1, j) + 1) i -= 1;
    else j -= 1;
    const before = found.at(-1);
    if (before !== undefined && before.a[0] === ei && before.b[0] === ej) {
      before.a[0] = i;
      before.b[0] = j;
    } else found.push({ a: [i, ei], b: [j, ej] });
  }
  return found.reverse();
}
