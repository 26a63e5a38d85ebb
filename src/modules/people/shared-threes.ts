import { type RawBuilder, sql } from 'kysely';

/** The threes of letters of a text's words, as PostgreSQL has them (pg_trgm), each as it stands in a text with a blank on both sides of each word. */
export const threes = (text: string): string[] => [
  ...new Set(
    text.split(/[ ,]+/).flatMap((word) => {
      const letters = [...` ${word} `];
      const begins = letters.slice(0, 2).join(''); // of two blanks before a word one stands there
      return word === '' ? [] : [begins, ...letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''))];
    }),
  ),
];

/**
 * Texts in a column of sounds that have a part of the threes of a sound: soon asked of many, before their likeness is. Likeness counts what is shared
 * among all threes of both, so whoever has less than this part of these is never as alike as this.
 */
export function sharing(column: RawBuilder<string>, sound: string, part: number): RawBuilder<boolean> {
  const all = threes(sound);
  if (all.length === 0) return sql`false`; // letters without a sound share nothing
  const least = Math.ceil(part * all.length);
  const has = all.map((three) => sql`${column} like ${`%${three}%`}`);
  // Whoever has so many has one of all but so many less one; the first ones, which most names have, need not be asked for.
  const one = sql.join(has.slice(Math.max(0, least - 1)), sql` or `);
  const count = sql.join(
    has.map((each) => sql`(${each})::int`),
    sql` + `,
  );
  return sql`((${one}) and ${count} >= ${least})`;
}
