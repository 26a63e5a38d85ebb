import { searchName } from './search-name.ts';

/**
 * How the same sounds are written in German, English, Polish, Turkish and Ukrainian, and in what each of them makes of Arabic and Cyrillic names. Of names as
 * `searchName` folds them, so without accents; in this order, and the blank is the beginning of a name. Polish rz after these consonants is sh; elsewhere
 * it stays, or Schwarz would be Schwaz.
 */
export const written: readonly (readonly [string, string])[] = [
  ...([
    ['schtsch', 's'],
    ['shch', 's'],
    ['szcz', 's'],
    ['dsch', 'j'],
    ['dzh', 'j'],
    ['tsch', 'c'],
    ['tch', 'c'],
  ] as const),
  ...([
    ['sch', 's'],
    ['sh', 's'],
    ['sz', 's'],
    ['zh', 's'],
    [' rz', ' s'],
  ] as const),
  ...([
    ['prz', 'ps'],
    ['krz', 'ks'],
    ['trz', 'ts'],
    ['brz', 'bs'],
    ['grz', 'gs'],
    ['drz', 'ts'],
  ] as const),
  ...([
    ['cz', 'c'],
    ['ch', 'c'],
    ['kh', 'h'],
    ['ck', 'k'],
    ['dj', 'j'],
    ['tz', 's'],
    ['ts', 's'],
    ['x', 'ks'],
  ] as const),
  ...([
    ['ph', 'f'],
    ['th', 't'],
    ['dh', 't'],
    ['gh', 'g'],
    ['ei', 'ej'],
    ['ai', 'aj'],
  ] as const),
  ...([
    ['ee', 'i'],
    ['ie', 'i'],
    ['ue', 'u'],
    ['oe', 'u'],
    ['ou', 'u'],
    ['ae', 'a'],
  ] as const),
  ...([
    ['є', 'ia'],
    ['ю', 'iu'],
    ['я', 'ia'],
  ] as const),
];
/** Then single letters: three vowels, as Arabic has them; w, f and v; d and t; s and z; and Cyrillic ones. What has no counterpart is dropped. */
export const letters = {
  from: 'eowfzyjdqабвгґдеэёзжийіїыклмнопрстуфхцчшщьъ',
  to: 'auvvsiitkabvhgtaaassiiiiiklmnuprstuvhscss',
} as const;
/** Two letters at the beginning of a name that sound unlike the first of them; of any other beginning the first letter tells how it sounds. */
const otherwise: Readonly<Record<string, readonly string[]>> = {
  d: ['dj', 'ds', 'dz'],
  e: ['ee'],
  k: ['kh'],
  p: ['ph'],
  r: ['rz'],
  t: ['tc', 'ts', 'tz'],
};

/**
 * What a folded name sounds like: the same text for each way to write it. It is kept beside names, so a change here needs a migration that makes the old ones
 * anew. A blank stands on both sides of each word: three letters at its edge can be looked for as a part.
 */
export function soundOf(folded: string): string {
  const latin = written.reduce((name, [from, to]) => name.replaceAll(from, to), ` ${folded.replace(',', ' ,')} `);
  const plain = [...latin].map((letter) => {
    const at = letters.from.indexOf(letter);
    return at < 0 ? letter : (letters.to[at] ?? '');
  });
  return plain.join('').replace(/(.)\1+/gu, '$1');
}

/** A name as it is kept for searching: in letters and in sounds. Whatever writes one of them writes both. */
export function searchable(familyName: string, givenName: string): { readonly search: string; readonly sound: string } {
  const search = searchName(familyName, givenName);
  return { search, sound: soundOf(search) };
}

/** A folded name as it may be meant: what Germans write ch is sh, ch or kh elsewhere, and ee is a long e or, in English, an i. */
export const meantBy = (folded: string): string[] => [
  ...new Set([
    folded,
    folded.replaceAll(/(?<!s)ch/g, 'kh'),
    folded.replaceAll('kh', 'ch'),
    folded.replaceAll('ee', 'e'),
  ]),
];

/** How a folded name may begin: in sounds, as `soundOf` gives them, and in letters, where these hide another sound. */
export function beginningsOf(folded: string): {
  readonly sounds: readonly string[];
  readonly letters: readonly string[];
} {
  const [letter = ''] = folded;
  const [, first = ''] = soundOf(folded);
  const sounds = [first, [...soundOf(letter)][1] ?? ''].filter((sound) => sound.trim() !== '');
  return { sounds: [...new Set(sounds)], letters: otherwise[letter] ?? [] };
}
