import type { FoundPerson } from '../../../modules/people/index.ts';
import { formatDate } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

export const nameOf = (person: Pick<FoundPerson, 'familyName' | 'givenName'>): string =>
  `${person.familyName}, ${person.givenName}`;

/** A person as staff tell people apart: name, birth date, file. */
export const personWords = (visit: StaffVisit, person: Omit<FoundPerson, 'id' | 'householdId'>): string =>
  [
    nameOf(person),
    visit.t('workspace:person.born', { date: formatDate(person.birthDate, visit.language) }),
    ...(person.fileNumber === null ? [] : [visit.t('workspace:person.file', { number: person.fileNumber })]),
  ].join(' · ');
