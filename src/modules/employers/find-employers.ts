import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { sharing, soundOf, waysToWrite } from '../people/index.ts';
import { type Employer, type EmployerKind, searchText } from './employer.ts';
import { employerRows } from './queries.ts';
import type { EmployerTables } from './tables.ts';

/** By what the list is narrowed; what is missing narrows nothing. */
export type EmployerFilter = {
  readonly text?: string;
  readonly kind?: EmployerKind;
  /** Who looks after them. */
  readonly carerId?: string;
};
export type EmployerPage = {
  readonly rows: readonly (Employer & { readonly double: boolean })[];
  readonly next: string | undefined;
};

/** Below this two words have little in common: Beckerei and Baeckerei have 0.54, Bauhof and Bauhaus 0.44. */
const ALIKE = 0.45;
/** So many words of what was typed are looked for. */
const mostWords = 6;

/** As of people: sounds are fewer than letters, so more of them must be the same. */
const SOUNDS_ALIKE = 0.5;

/**
 * Each word as a part of name or place, in the spellings in which it may have been written down, or something written or sounding like it. The whole list
 * of a Jobcenter is looked at: it has some thousands, and no index serves likeness under row-level security.
 */
const asked = (text: string): readonly (readonly string[])[] =>
  searchText({ name: text, place: '' })
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, mostWords)
    .map(waysToWrite);

const part = (word: string) => sql<boolean>`position(${word}::text in employer.search) > 0`;
/** Likeness is asked only of those that share some threes of the word's sound: it is dear. */
function alike(word: string) {
  const sound = soundOf(word).trim();
  const near = sharing(sql`employer.sound`, sound, ALIKE);
  return sql<boolean>`(${near} and (word_similarity(${word}::text, employer.search) >= ${ALIKE}
    or word_similarity(${sound}::text, employer.sound) >= ${SOUNDS_ALIKE}))`;
}

/** `written`: as it was typed, or in another spelling of the same sounds; `alike` also what is only written like it. */
export type Likeness = 'written' | 'alike';

function narrowed(tx: Tx, filter: EmployerFilter, likeness: Likeness = 'alike') {
  let query = employerRows(tx).where('merged_into', 'is', null);
  for (const ways of asked(filter.text ?? '')) {
    const [word = ''] = ways;
    const guessed = word.length < 4 || likeness === 'written' ? [] : [alike(word)];
    query = query.where((eb) => eb.or([...ways.map(part), ...guessed]));
  }
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.carerId !== undefined) query = query.where('carer_id', '=', filter.carerId);
  return query;
}

/** Employers whose name is written like a text, the most alike first; nothing for an empty one. */
export async function findEmployers(
  tx: Tx,
  text: string,
  size: number,
  likeness: Likeness = 'alike',
): Promise<Employer[]> {
  const words = asked(text);
  if (words.length === 0) return [];
  const whole = words.map(([word = '']) => word).join(' ');
  return narrowed(tx, { text }, likeness)
    .orderBy(sql`similarity(employer.search, ${whole}::text) desc`)
    .orderBy('search')
    .orderBy('id')
    .limit(size)
    .execute();
}

/** The list by its names, `size` after the one with an id; marked where another one has the same name at the same place. */
export async function listEmployers(
  tx: Tx,
  filter: EmployerFilter,
  after: string | undefined,
  size: number,
): Promise<EmployerPage> {
  let query = narrowed(tx, filter)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('employer as other')
            .select('other.id')
            .whereRef('other.alike', '=', 'employer.alike')
            .whereRef('other.id', '<>', 'employer.id')
            .where('other.merged_into', 'is', null),
        )
        .as('twice'),
    )
    .orderBy('search')
    .orderBy('id')
    .limit(size + 1);
  if (after !== undefined) {
    const last = await tx
      .tables<EmployerTables>()
      .selectFrom('employer')
      .select(['search', 'id'])
      .where('id', '=', after)
      .executeTakeFirst();
    if (last !== undefined)
      query = query.where((eb) => eb(eb.refTuple('search', 'id'), '>', eb.tuple(last.search, last.id)));
  }
  const found = await query.execute();
  const rows = found.slice(0, size).map(({ twice, ...row }) => ({ ...row, double: twice === true }));
  return { rows, next: found.length > size ? rows.at(-1)?.id : undefined };
}
