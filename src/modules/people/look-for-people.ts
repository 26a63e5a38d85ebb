import type { Tx } from '../../platform/database/index.ts';
import { type FoundPerson, findPeople, mostPeople, type PeopleQuery } from './people.ts';
import { similarPeople } from './similar-names.ts';

/** Whose names are looked for: those as typed; where nobody has it, those written alike; or both, because somebody asked for them. */
export type Spelling = 'as-typed' | 'or-alike' | 'and-alike';
/** `alike`: the name is written alike, and may be somebody else's; nobody may take such a person without having read the name. */
export type PersonHit = FoundPerson & { readonly alike?: true };
/** Who was found, those with the name as it was typed first, and whether more fit; how many it is nobody counts. */
export type FoundPeople = { readonly people: readonly PersonHit[]; readonly more: boolean };

/**
 * Looks for somebody by name, day of birth or file number, wherever staff do: at most 20 who have the name as it was typed, and at most 10 whose names are
 * written alike or sound alike, the most alike first.
 */
export async function lookForPeople(tx: Tx, query: PeopleQuery, spelling: Spelling = 'or-alike'): Promise<FoundPeople> {
  const named = await findPeople(tx, query, mostPeople + 1);
  const exact = { people: named.slice(0, mostPeople), more: named.length > mostPeople };
  if (spelling === 'as-typed' || (spelling === 'or-alike' && named.length > 0)) return exact;
  const alike = await similarPeople(tx, query);
  const people = alike.found.map((person) => ({ ...person, alike: true as const }));
  return { people: [...exact.people, ...people], more: exact.more || alike.more };
}
