import type { Word } from '../../../platform/reading/index.ts';

/** What weighs how much: a figure tells papers apart, a name does, a common word hardly. */
export type TokenKind = 'figure' | 'name' | 'word';

/** A word as it is compared. */
export type Token = Word & {
  /** Letters and digits only, lower case. */
  readonly plain: string;
  /** `plain` with letters that recognition mixes up made one: for finding the same place, never for telling apart. */
  readonly fold: string;
  readonly kind: TokenKind;
};

/** Letters and digits of a text, lower case, umlauts kept. */
export const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');

const confused: readonly (readonly [RegExp, string])[] = [
  [/[oöqd]/g, '0'],
  [/[il|jtí!]/g, '1'],
  [/[sß]/g, '5'],
  [/[bß]/g, '8'],
  [/[zż]/g, '2'],
  [/[gy]/g, '9'],
  [/[aäe]/g, 'a'],
  [/[uüv]/g, 'u'],
  [/rn/g, 'm'],
];

/** The shape of a text: what recognition often takes for each other falls together. */
export const foldOf = (plain: string): string => confused.reduce((text, [from, to]) => text.replace(from, to), plain);

const months = new Set('januar februar märz april mai juni juli august september oktober november dezember'.split(' '));

/** True for the name of a month, in German. */
export const isMonth = (plain: string): boolean => months.has(plain);

function kindOf(text: string, plain: string): TokenKind {
  const digits = plain.replace(/\D/g, '').length;
  if ((digits >= 2 && digits * 2 >= plain.length) || isMonth(plain)) return 'figure';
  return /^\p{Lu}\p{Ll}+/u.test(text) && plain.length >= 3 ? 'name' : 'word';
}

/** Words that carry something to compare. */
export function tokensOf(words: readonly Word[]): Token[] {
  return words.flatMap((word) => {
    const plain = plainOf(word.text);
    if (plain === '' || word.height < 4) return [];
    return [{ ...word, plain, fold: foldOf(plain), kind: kindOf(word.text, plain) }];
  });
}

/** A table of how often each fold occurs. */
export function countFolds(tokens: readonly Token[]): Map<string, Token[]> {
  const table = new Map<string, Token[]>();
  for (const token of tokens) {
    const known = table.get(token.fold);
    if (known === undefined) table.set(token.fold, [token]);
    else known.push(token);
  }
  return table;
}
