import { searchable } from '../people/index.ts';
import type { CaseTables } from './tables.ts';

/** A stated name ("family name, given name") in the columns of its case: as it was said, and as it is found. */
export function statedName(
  personName: string,
): Pick<CaseTables['office_case'], 'person_name' | 'person_search' | 'person_sound'> {
  const [familyName = '', ...givenName] = personName.split(', ');
  const { search, sound } = searchable(familyName, givenName.join(' '));
  return { person_name: personName, person_search: search, person_sound: sound };
}
