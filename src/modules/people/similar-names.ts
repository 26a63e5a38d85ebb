import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { beginningsOf, meantBy, soundOf } from './name-sounds.ts';
import type { FoundPerson, PeopleTables } from './people.ts';
import { peopleByIds } from './people.ts';
import { rangeOf } from './search-name.ts';
import { sharing, threes } from './shared-threes.ts';
import { spellingsOf } from './spellings.ts';

/** Below this two names have little in common; Schmitt and Schmid have 0.5, Meier and Maier 0.4. */
const ALIKE = 0.38;
/**
 * Sounds are fewer than letters, so more of them must be the same: of 163 common names some eighteen pairs more are alike by it, all of them alike to the ear
 * (Kühn and Kuhn, Maier and Meier); by 0.38 it would be hundreds.
 */
const SOUNDS_ALIKE = 0.5;

/** So much of a family name's sound somebody shares, where the given name is compared as well. */
const A_THIRD = 1 / 3;
/** So many that sound most alike are looked at letter by letter. */
const LOOKED_AT = 1_000;
const SHOWN = 10;

/** Columns of a name, as `searchable` writes them. */
type NameColumns = { readonly search: RawBuilder<string>; readonly sound: RawBuilder<string> };
/** How names of a table are narrowed to those that may be alike, and compared. */
export type AlikeNames = {
  readonly near: RawBuilder<boolean>;
  /** What is compared of a name, letter by letter. */
  readonly name: RawBuilder<string>;
  readonly sounding: RawBuilder<number>;
  readonly spellings: readonly string[];
};

/** Names that begin as a form does and share so much of the sound of its family name: whoever may be called Anna need share nothing of Sobczak. */
function nearTo({ search, sound }: NameColumns, forms: readonly string[], part: number): RawBuilder<unknown>[] {
  const families = Map.groupBy(forms, (form) => soundOf(form).split(',')[0] ?? '');
  const begins = new Map<string, string[]>(); // families by how they may begin: each range is gone through once
  for (const [family, ways] of families) {
    if (threes(family).length === 0) continue; // a given name alone, or letters without a sound
    const all = ways.map(beginningsOf);
    const key = JSON.stringify([all.flatMap((each) => each.sounds), all.flatMap((each) => each.letters)].map(distinct));
    begins.set(key, [...(begins.get(key) ?? []), family]);
  }
  return [...begins].map(([key, alike]) => {
    const [sounds = [], letters = []] = JSON.parse(key) as string[][];
    const ranges = [...sounds.map((each) => range(sound, ` ${each}`)), ...letters.map((each) => range(search, each))];
    const shares = alike.map((family) => sharing(sound, family, part));
    return sql`((${sql.join(ranges, sql` or `)}) and (${sql.join(shares, sql` or `)}))`;
  });
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].toSorted();

function range(column: RawBuilder<string>, beginning: string): RawBuilder<unknown> {
  const { from, below } = rangeOf(beginning);
  return sql`(${column} ~>=~ ${from} and ${column} ~<~ ${below})`;
}

/**
 * Names written alike or sounding alike; undefined where the text is no name. No index serves likeness under row-level security, so the names that begin
 * alike (by their sound, or with letters that hide it) are gone through, and what is dear is done with ever fewer of them: whoever shares too few threes
 * of the family name's sound is left out, of the others the sounds are compared, and of those that sound most alike the letters. Without a given name the
 * family names alone are compared; with one, the same given name stands for some of the family name.
 */
export function alikeNames({ search, sound }: NameColumns, text: string): AlikeNames | undefined {
  if ([...text.trim()].length < 3 || /\d/.test(text)) return undefined;
  const spellings = spellingsOf(text);
  if (spellings.length === 0) return undefined;
  const forms = [...new Set(spellings.flatMap(meantBy))];
  const alone = spellings.every((name) => name.endsWith(', '));
  const theirSound = alone ? sql<string>`split_part(${sound}, ',', 1)` : sound;
  const near = nearTo({ search, sound }, forms, alone ? ALIKE : A_THIRD);
  if (near.length === 0) return undefined;
  const mine = new Map(forms.map(soundOf).map((each) => [threes(each).toSorted().join(), each]));
  return {
    near: sql`(${sql.join(near, sql` or `)})`,
    name: alone ? sql`split_part(${search}, ',', 1)` : search,
    sounding: most(theirSound, [...mine.values()]),
    spellings: alone ? spellings.map((name) => name.slice(0, -2)) : spellings,
  };
}

const most = (of: RawBuilder<string>, names: readonly string[]): RawBuilder<number> =>
  sql`greatest(${sql.join(names.map((name) => sql`similarity(${of}, ${name}::text)`))})`;

/** Those that are near, each with what is compared of its name and how much it sounds alike. */
export type NearName = { readonly id: string; readonly name: string; readonly sounding: number };

/** The most alike of those that are near, by their ids, the most alike first, at most ten. */
export async function mostAlike<Tables, Of extends keyof Tables>(
  tx: Tx,
  { spellings }: AlikeNames,
  near: SelectQueryBuilder<Tables, Of, NearName>,
): Promise<string[]> {
  const db = tx.tables<PeopleTables>();
  const measured = db
    .selectFrom(near.orderBy(sql`sounding`, 'desc').limit(LOOKED_AT).as('near'))
    .select(['near.id', 'near.sounding', most(sql`near.name`, spellings).as('written')])
    .offset(0) // or each measure is taken once for the condition and once more for the order
    .as('measured');
  const rows = await db
    .selectFrom(measured)
    .select('measured.id')
    .where((eb) => eb.or([eb('measured.written', '>=', ALIKE), eb('measured.sounding', '>=', SOUNDS_ALIKE)]))
    .orderBy(sql`measured.written + measured.sounding`, 'desc')
    .orderBy('measured.id')
    .limit(SHOWN)
    .execute();
  return rows.map(({ id }) => id);
}

/** People whose names are written alike, the most alike first, at most ten: for when nobody has the name as it was typed. */
export async function similarPeople(tx: Tx, text: string): Promise<FoundPerson[]> {
  const alike = alikeNames({ search: sql`person.search`, sound: sql`person.sound` }, text);
  if (alike === undefined) return [];
  const near = tx
    .tables<PeopleTables>()
    .selectFrom('person')
    .select(['person.id', alike.name.as('name'), alike.sounding.as('sounding')])
    .where(alike.near);
  const ids = await mostAlike(tx, alike, near);
  return (await peopleByIds(tx, ids)).toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
