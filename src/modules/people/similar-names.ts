import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { beginningsLike, meantBy, soundIn, soundOf } from './name-sounds.ts';
import type { FoundPerson } from './people.ts';
import { found } from './people.ts';
import { nameRanges, searchName } from './search-name.ts';

/** How the same sounds are written: in German passports, in international ones, and by ear. The left one becomes the right one. */
const habits: readonly (readonly (readonly [RegExp, string])[])[] = [
  [
    [/tsch/g, 'ch'],
    [/schtsch/g, 'shch'],
    [/sch/g, 'sh'],
    [/w/g, 'v'],
    [/(?<![a-z])j/g, 'y'],
  ],
  [
    [/shch/g, 'schtsch'],
    [/(?<!s)ch/g, 'tsch'],
    [/sh/g, 'sch'],
    [/v/g, 'w'],
    [/zh/g, 'sch'],
    [/(?<![a-z])y/g, 'j'],
  ],
  [
    [/(?<![a-z])k/g, 'c'],
    [/(?<![a-z])z/g, 's'],
    [/ph/g, 'f'],
    [/(?<![a-z])y/g, 'i'],
  ],
  [
    [/(?<![a-z])c(?!h)/g, 'k'],
    [/(?<![a-z])s(?!c|h)/g, 'z'],
    [/(?<![a-z])f/g, 'v'],
    [/(?<![a-z])i/g, 'y'],
  ],
];

/** A name in the spellings in which it may have been written down, the one that was typed first; folded, with its comma. */
export const spellingsOf = (text: string): string[] => [...new Set(typedAs(text).flatMap(waysToWrite))];

/** A name as it was typed, in each order in which family name and given name may stand; folded, with its comma. */
function typedAs(text: string): string[] {
  const [family = '', ...given] = text.split(',');
  const words = text.trim().split(/\s+/);
  const typed =
    given.length > 0
      ? [searchName(family, given.join(' '))]
      : [
          searchName(words.at(-1) ?? '', words.slice(0, -1).join(' ')),
          searchName(words[0] ?? '', words.slice(1).join(' ')),
        ];
  return [...new Set(typed)].filter((name) => /\p{L}/u.test(name));
}

/** A folded word in the spellings in which it may have been written down, the one that was typed first. */
export const waysToWrite = (word: string): string[] => [
  ...new Set([word, ...habits.map((habit) => habit.reduce((all, [from, to]) => all.replace(from, to), word))]),
];

/** Below this two names have little in common; Schmitt and Schmid have 0.5, Meier and Maier 0.4. */
const ALIKE = 0.38;
/**
 * Sounds are fewer than letters, so more of them must be the same: of 163 common names some eighteen pairs more are alike by it, all of them alike to the ear
 * (Kühn and Kuhn, Maier and Meier); by 0.38 it would be hundreds.
 */
const SOUNDS_ALIKE = 0.5;

/** A condition on a column of folded names, and an order in which the most alike come first. */
type Alike = { readonly fits: RawBuilder<boolean>; readonly mostFirst: RawBuilder<unknown> };

/**
 * Names written alike or sounding alike, in a column that holds them as `searchName` folds them; undefined where the text is no name. Only names that begin
 * alike (in one of the spellings, or by their sound) are looked at, because no index serves likeness under row-level security; of 100,000 people those
 * are some thousands. Without a given name the family names alone are compared. Sounds are made when somebody asks: nothing is kept of them.
 */
export function alikeNames(column: RawBuilder<string>, text: string): Alike | undefined {
  if ([...text.trim()].length < 3 || /\d/.test(text)) return undefined;
  const spellings = spellingsOf(text);
  const meant = [...new Set(typedAs(text).flatMap(meantBy))];
  const begins = [...spellings.map((name) => [...name][0] ?? ''), ...meant.flatMap(beginningsLike)];
  const initials = [...new Set(begins)].flatMap((letters) => nameRanges(letters));
  if (initials.length === 0) return undefined;
  const alone = spellings.every((name) => name.endsWith(', '));
  const theirs = alone ? sql<string>`split_part(${column}, ',', 1)` : column;
  const mine = (names: readonly string[]): readonly string[] =>
    alone ? names.map((name) => name.slice(0, -2)) : names;
  const most = (of: RawBuilder<string>, names: readonly string[]): RawBuilder<number> =>
    sql`greatest(${sql.join(names.map((name) => sql`similarity(${of}, ${name}::text)`))})`;
  const likeness = most(theirs, mine(spellings));
  const sounding = most(soundIn(theirs), [...new Set(mine(meant).map(soundOf))]);
  const near = initials.map(({ from, below }) => sql`(${column} ~>=~ ${from} and ${column} ~<~ ${below})`);
  return {
    fits: sql<boolean>`((${sql.join(near, sql` or `)}) and (${likeness} >= ${ALIKE} or ${sounding} >= ${SOUNDS_ALIKE}))`,
    mostFirst: sql`${likeness} + ${sounding} desc`,
  };
}

/** People whose names are written alike, the most alike first, at most ten: for when nobody has the name as it was typed. */
export async function similarPeople(tx: Tx, text: string): Promise<FoundPerson[]> {
  const alike = alikeNames(sql`p.search`, text);
  return alike === undefined ? [] : found(tx).where(alike.fits).orderBy(alike.mostFirst).limit(10).execute();
}
