import { recordAudit } from '../../../modules/audit/index.ts';
import { looksForPeople } from '../../../modules/cases/index.ts';
import { type FoundPeople, lookForPeople, type PeopleQuery, type Spelling } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { isRefresh } from '../enforce.ts';
import { nameAndDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';

/** In the address, under `namen`: beside the names as they were typed those written alike. */
export const alikeToo = 'aehnlich';

/** Who was looked for, how, and who was found. */
export type LookedUp = FoundPeople & { readonly query: PeopleQuery; readonly spelling: Spelling };

/** What one line of text may mean: a name, a birth date, both, or a file number (it has a digit). */
export function peopleQuery(text: string): PeopleQuery {
  const { name, birthDate } = nameAndDay(text);
  if (birthDate === undefined && /\d/.test(name)) return { fileNumber: name };
  return { ...(name === '' ? {} : { name }), ...(birthDate === undefined ? {} : { birthDate }) };
}

/** Looks for somebody, wherever staff do; who has nobody to look for finds nobody. What is shown of it is recorded by `showPeople`. */
export async function lookUpPeople(
  tx: Tx,
  { reader }: Pick<StaffVisit, 'reader'>,
  query: PeopleQuery,
  spelling: Spelling = 'or-alike',
): Promise<LookedUp> {
  const found = looksForPeople(reader) ? await lookForPeople(tx, query, spelling) : { people: [], more: false };
  return { ...found, query, spelling };
}

/** Looks for somebody to show who was found, and records that in the log of searches; undefined where nothing was typed. */
export async function showPeople(
  tx: Tx,
  visit: StaffVisit,
  query: PeopleQuery,
  namen: string,
): Promise<LookedUp | undefined> {
  if (Object.keys(query).length === 0) return undefined;
  const found = await lookUpPeople(tx, visit, query, namen === alikeToo ? 'and-alike' : 'or-alike');
  const alike = found.people.filter((person) => person.alike).length;
  await recordAudit(tx, visit.actor, {
    action: 'search.read',
    subjectType: 'search',
    subjectId: 'people',
    detail: {
      by: Object.keys(query),
      people: found.people.length,
      ...(alike > 0 ? { alike } : {}),
      ...(isRefresh(visit.c) ? { renewed: true } : {}),
    },
  });
  return found;
}
