import { type Day, dayInGermany } from '../../../kernel/dates.ts';
import { peopleByIds } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { FileContents } from '../../file-contents.ts';

/** Somebody for whom an export can be: of the household now, or of one of its cases that the reader may see. */
export type ExportPerson = {
  readonly id: string;
  readonly name: string;
  readonly birthDate: Day;
  /** Under 18: somebody represents them (§§ 1626, 1629 BGB). */
  readonly minor: boolean;
  /** A child of the household, whatever its age, represents no brother or sister. */
  readonly child: boolean;
};

/** The day on which somebody comes of age (§ 2 BGB). */
const ofAge = (birthDate: Day): Day =>
  `${String(Number(birthDate.slice(0, 4)) + 18).padStart(4, '0')}${birthDate.slice(4)}`;

/** The oldest first. */
export async function exportPeople(tx: Tx, { household, cases }: FileContents): Promise<ExportPerson[]> {
  const today = dayInGermany(tx.now);
  const members = household?.members ?? [];
  const former = cases.flatMap(({ personId }) =>
    personId === null || members.some((each) => each.id === personId) ? [] : [personId],
  );
  const people = [...members, ...(await peopleByIds(tx, [...new Set(former)])).map((each) => ({ ...each, role: '' }))];
  return people
    .map(({ id, givenName, familyName, birthDate, role }) => ({
      id,
      name: `${givenName} ${familyName}`,
      birthDate,
      minor: ofAge(birthDate) > today,
      child: role === 'child',
    }))
    .sort((a, b) => (a.birthDate < b.birthDate ? -1 : 1));
}

/** Whom of them this person can represent: nobody where they are under age themselves, or a child of the household. */
export const representable = (people: readonly ExportPerson[], person: ExportPerson | undefined): string[] =>
  person === undefined || person.minor || person.child ? [] : people.flatMap((each) => (each.minor ? [each.id] : []));
