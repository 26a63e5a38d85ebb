import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { beginningsOf, meantBy, soundOf } from './name-sounds.ts';
import { type FoundPerson, namedSo, type PeopleQuery, type PeopleTables, peopleByIds } from './people.ts';
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
/**
 * One part of a name alone must be more alike, because there are more parts than names; and it stands behind whole names that fit as well (Mayer for
 * Meier before Schmidt-Mayer).
 */
const PART_ALIKE = 0.5;
const BEHIND_WHOLE_NAMES = 0.25;
/** So many that sound most alike are looked at letter by letter, and so many of those that do in one part. */
const LOOKED_AT = 1_000;
const PARTS_LOOKED_AT = 100;
const SHOWN = 10;

/** Columns of a name, as `searchable` writes them. */
type NameColumns = { readonly search: RawBuilder<string>; readonly sound: RawBuilder<string> };
/** How names of a table are narrowed to those that may be alike, and compared: as a whole, or in one part of a family name that has several. */
export type NearNames = {
  readonly where: RawBuilder<boolean>;
  /** What is compared of a name, letter by letter. */
  readonly name: RawBuilder<string>;
  readonly sounding: RawBuilder<number>;
};
export type AlikeNames = {
  readonly whole: NearNames;
  readonly part: NearNames;
  readonly spellings: readonly string[];
};

/** A family name of several parts by its sound; as it stands here it stands in the index of those names (migration 0081), which are gone through as a whole. */
export const ofParts = (sound: RawBuilder<string>): RawBuilder<boolean> => sql`${sound} like ' _% _% ,%'`;

type Beginning = { readonly sounds: readonly string[]; readonly letters: readonly string[] };
/** What is asked of names before they are compared: how they, or a part of them, begin (in sounds, or in letters that hide one), and what they share of a sound. */
type Narrowing = {
  /** What of a form's sound is shared. */
  readonly of: (sound: string) => string;
  readonly begin: (beginning: Beginning) => RawBuilder<unknown>[];
  readonly share: (sound: string) => RawBuilder<unknown>;
};

const familyOf = (sound: string): string => sound.split(',')[0] ?? '';

/** Names that share so much of the sound of a family name: whoever may be called Anna need share nothing of Sobczak. */
const asWhole = ({ search, sound }: NameColumns, part: number): Narrowing => ({
  of: familyOf,
  begin: ({ sounds, letters }) => [
    ...sounds.map((each) => range(sound, ` ${each}`)),
    ...letters.map((each) => range(search, each)),
  ],
  share: (family) => sharing(sound, family, part),
});

/** Names that share enough of the sounds of family name and given name. */
const asPart = ({ search, sound }: NameColumns): Narrowing => ({
  of: (form) => form,
  begin: ({ sounds, letters }) => [
    ...sounds.map((each) => sql`${sound} like ${`% ${each}%`}`),
    ...letters.map((each) => sql`' ' || ${search} like ${`% ${each}%`}`),
  ],
  share: (form) => {
    const names = form.split(',').filter((each) => threes(each).length > 0);
    const shares = names.map((each) => sharing(sound, each, ALIKE));
    return sql`(${sql.join(shares, sql` and `)})`;
  },
});

/** Names that begin as a form does and share enough of its sound; undefined where no form has a family name that sounds. */
function nearTo(forms: readonly string[], { of, begin, share }: Narrowing): RawBuilder<boolean> | undefined {
  const heard = Map.groupBy(forms, (form) => of(soundOf(form)));
  const begins = new Map<string, string[]>(); // sounds by how they may begin: each range is gone through once
  for (const [sound, ways] of heard) {
    if (threes(familyOf(sound)).length === 0) continue; // a given name alone, or letters without a sound
    const all = ways.map(beginningsOf);
    const key = JSON.stringify([all.flatMap((each) => each.sounds), all.flatMap((each) => each.letters)].map(distinct));
    begins.set(key, [...(begins.get(key) ?? []), sound]);
  }
  const near = [...begins].map(([key, alike]) => {
    const [sounds = [], letters = []] = JSON.parse(key) as string[][];
    return sql`((${sql.join(begin({ sounds, letters }), sql` or `)}) and (${sql.join(alike.map(share), sql` or `)}))`;
  });
  return near.length === 0 ? undefined : sql`(${sql.join(near, sql` or `)})`;
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
 * family names alone are compared; with one, the same given name stands for some of the family name. Family names of several parts are few: they are gone
 * through for a part that begins alike.
 */
export function alikeNames(columns: NameColumns, text: string): AlikeNames | undefined {
  const { search, sound } = columns;
  if ([...text.trim()].length < 3 || /\d/.test(text)) return undefined;
  const spellings = spellingsOf(text);
  if (spellings.length === 0) return undefined;
  const forms = [...new Set(spellings.flatMap(meantBy))];
  const alone = spellings.every((name) => name.endsWith(', '));
  const theirSound = alone ? sql<string>`split_part(${sound}, ',', 1)` : sound;
  const name = alone ? sql<string>`split_part(${search}, ',', 1)` : search;
  const whole = nearTo(forms, asWhole(columns, alone ? ALIKE : A_THIRD));
  const part = nearTo(forms, asPart(columns));
  if (whole === undefined || part === undefined) return undefined;
  const mine = new Map(forms.map(soundOf).map((each) => [threes(each).toSorted().join(), each]));
  return {
    whole: { where: whole, name, sounding: most(theirSound, [...mine.values()]) },
    part: {
      where: sql`(${ofParts(sound)} and ${part})`,
      name,
      sounding: mostOfPart(theirSound, [...mine.values()]),
    },
    spellings: alone ? spellings.map((each) => each.slice(0, -2)) : spellings,
  };
}

const most = (of: RawBuilder<string>, names: readonly string[]): RawBuilder<number> =>
  sql`greatest(${sql.join(names.map((name) => sql`similarity(${of}, ${name}::text)`))})`;
/** How much the words of a text that follow each other are alike, where they are most alike. */
const mostOfPart = (of: RawBuilder<string>, names: readonly string[]): RawBuilder<number> =>
  sql`greatest(${sql.join(names.map((name) => sql`strict_word_similarity(${name}::text, ${of})`))})`;

/** Those that are near, each with what is compared of its name and how much it sounds alike. */
export type NearName = { readonly id: string; readonly name: string; readonly sounding: number };

/** The most alike, the first ones first, at most ten, and whether there are more. */
export type Alike<Row> = { readonly found: readonly Row[]; readonly more: boolean };

/** The most alike of those that are near, by their ids. `near` takes those of a table. */
export async function mostAlike<Tables, Of extends keyof Tables>(
  tx: Tx,
  { whole, part, spellings }: AlikeNames,
  near: (names: NearNames) => SelectQueryBuilder<Tables, Of, NearName>,
): Promise<Alike<string>> {
  const db = tx.tables<PeopleTables>();
  const measured = (names: NearNames, measure: typeof most, lookedAt: number) =>
    db
      .selectFrom(near(names).orderBy(sql`sounding`, 'desc').limit(lookedAt).as('near'))
      .select(['near.id', 'near.sounding', measure(sql`near.name`, spellings).as('written')])
      .offset(0) // or each measure is taken once for the condition and once more for the order
      .as('measured');
  const wholes = db
    .selectFrom(measured(whole, most, LOOKED_AT))
    .select(['measured.id', sql<number>`measured.written + measured.sounding`.as('fit')])
    .where((eb) => eb.or([eb('measured.written', '>=', ALIKE), eb('measured.sounding', '>=', SOUNDS_ALIKE)]));
  const parts = db
    .selectFrom(measured(part, mostOfPart, PARTS_LOOKED_AT))
    .select(['measured.id', sql<number>`measured.written + measured.sounding - ${BEHIND_WHOLE_NAMES}::real`.as('fit')])
    .where(sql<boolean>`greatest(measured.written, measured.sounding) >= ${PART_ALIKE}`);
  const rows = await db
    .selectFrom(wholes.unionAll(parts).as('alike'))
    .select('alike.id')
    .groupBy('alike.id')
    .orderBy(sql`max(alike.fit)`, 'desc')
    .orderBy('alike.id')
    .limit(SHOWN + 1)
    .execute();
  return { found: rows.slice(0, SHOWN).map(({ id }) => id), more: rows.length > SHOWN };
}

/**
 * People whose names are written alike, without those who have the name as it was typed; of a household, or born on a day, where the question says so.
 */
export async function similarPeople(
  tx: Tx,
  { name: text = '', birthDate, fileNumber }: PeopleQuery,
): Promise<Alike<FoundPerson>> {
  const alike = alikeNames({ search: sql`person.search`, sound: sql`person.sound` }, text);
  if (alike === undefined) return { found: [], more: false };
  let people = tx.tables<PeopleTables>().selectFrom('person');
  const named = namedSo(sql`person.search`, text);
  if (named !== undefined) people = people.where((eb) => eb.not(named));
  if (birthDate) people = people.where('birth_date', '=', birthDate);
  if (fileNumber) people = people.where('person.id', 'in', membersNow(tx, fileNumber));
  const { found: ids, more } = await mostAlike(tx, alike, ({ where, name, sounding }) =>
    people.select(['person.id', name.as('name'), sounding.as('sounding')]).where(where),
  );
  const found = await peopleByIds(tx, ids);
  return { found: found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), more };
}

/** Who belongs to the household with this file now. */
const membersNow = (tx: Tx, fileNumber: string) =>
  tx
    .tables<PeopleTables>()
    .selectFrom('household_member as m')
    .innerJoin('household as h', 'h.id', 'm.household_id')
    .select('m.person_id')
    .where('m.until_day', 'is', null)
    .where('h.file_number', '=', fileNumber);
