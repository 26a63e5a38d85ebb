import { type RawBuilder, sql } from 'kysely';

/**
 * How the same sounds are written in German, English, Polish, Turkish and Ukrainian, and in what each of them makes of Arabic and Cyrillic names. Of names as
 * `searchName` folds them, so without accents; in this order, and the blank is the beginning of a name. Polish rz after these consonants is sh; elsewhere
 * it stays, or Schwarz would be Schwaz.
 */
const written: readonly (readonly [string, string])[] = [
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
const letters = {
  from: 'eowfzyjdqабвгґдеэёзжийіїыклмнопрстуфхцчшщьъ',
  to: 'auvvsiitkabvhgtaaassiiiiiklmnuprstuvhscss',
} as const;
/** How a name may begin that sounds like another; of other letters only the letter itself. */
const beginnings: Readonly<Record<string, readonly string[]>> = {
  a: ['a', 'e', 'а', 'е', 'э', 'ё'],
  c: ['c', 'tsch', 'tch', 'ч'],
  h: ['h', 'kh', 'ch', 'г', 'х'],
  i: ['i', 'j', 'y', 'dsch', 'dzh', 'dj', 'ee', 'и', 'й', 'і', 'ї', 'є', 'ю', 'я'],
  k: ['k', 'q', 'x', 'к'],
  s: ['s', 'z', 'rz', 'ts', 'tz', 'с', 'з', 'ж', 'ц', 'ш', 'щ'],
  t: ['t', 'd', 'т', 'д'],
  u: ['u', 'o', 'у', 'о'],
  v: ['v', 'w', 'f', 'ph', 'в', 'ф'],
  ...{ b: ['b', 'б'], g: ['g', 'ґ'], l: ['l', 'л'], m: ['m', 'м'], n: ['n', 'н'], p: ['p', 'п'], r: ['r', 'р'] },
};

/** What a folded name sounds like: the same text for each way to write it. */
export function soundOf(folded: string): string {
  const latin = written.reduce((name, [from, to]) => name.replaceAll(from, to), ` ${folded}`);
  const plain = [...latin].map((letter) => {
    const at = letters.from.indexOf(letter);
    return at < 0 ? letter : (letters.to[at] ?? '');
  });
  return plain.join('').replace(/(.)\1+/gu, '$1');
}

/** The same in the database, of a column of folded names. */
export const soundIn = (column: RawBuilder<string>): RawBuilder<string> => {
  const latin = written.reduce((name, [from, to]) => sql`replace(${name}, ${from}, ${to})`, sql`' ' || ${column}`);
  return sql<string>`regexp_replace(translate(${latin}, ${letters.from}, ${letters.to}), '(.)\\1+', '\\1', 'g')`;
};

/** A folded name as it may be meant: what Germans write ch is sh, ch or kh elsewhere. */
export const meantBy = (folded: string): string[] => [
  ...new Set([folded, folded.replaceAll(/(?<!s)ch/g, 'kh'), folded.replaceAll('kh', 'ch')]),
];

/** How names may begin that sound like this one. */
export const beginningsLike = (folded: string): readonly string[] => {
  const first = [...soundOf(folded).trim()][0] ?? '';
  return beginnings[first] ?? (first === '' ? [] : [first]);
};
