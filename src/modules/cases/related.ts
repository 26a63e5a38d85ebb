import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseState } from './office-case.ts';
import type { CaseTables } from './tables.ts';

/** A case of the same people, and what says so: `confirmed` by a person at the office, or `stated` by the same name and day of birth. */
export type RelatedCase = {
  readonly id: string;
  readonly number: string;
  readonly concern: string;
  readonly state: CaseState;
  readonly personId: string | null;
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly samePerson: boolean;
  readonly by: 'confirmed' | 'stated';
};

const columns = [
  'id',
  'number',
  'concern',
  'state',
  'person_id as personId',
  'household_id as householdId',
  'person_search as search',
  'birth_date as birthDate',
  'opened_at as openedAt',
  'changed_at as changedAt',
] as const;

/**
 * Cases of the same household, the newest `most` of them and this one: the same confirmed person or household, or the same stated
 * name and day of birth. Two confirmed persons of one name are two persons.
 */
export async function relatedCases(tx: Tx, caseId: string, most = 100): Promise<RelatedCase[]> {
  const cases = () => tx.tables<CaseTables>().selectFrom('office_case').select(columns);
  const own = await cases().where('id', '=', caseId).executeTakeFirst();
  if (own === undefined) return [];
  const newest = () => cases().where('id', '!=', caseId).orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(most);
  const confirmed = [
    ...(own.personId === null ? [] : await newest().where('person_id', '=', own.personId).execute()),
    ...(own.householdId === null ? [] : await newest().where('household_id', '=', own.householdId).execute()),
  ];
  const named = own.birthDate !== null && own.search.replaceAll(/[, ]/g, '') !== '';
  const stated = named
    ? await newest().where('birth_date', '=', own.birthDate).where('person_search', '=', own.search).execute()
    : [];
  const found = new Map<string, RelatedCase>();
  const add = (row: (typeof stated)[number], by: RelatedCase['by']): void => {
    const { householdId: _h, search, birthDate, ...rest } = row;
    const bothConfirmed = own.personId !== null && row.personId !== null;
    const samePerson = bothConfirmed
      ? own.personId === row.personId
      : named && search === own.search && birthDate === own.birthDate;
    if (by === 'stated' && bothConfirmed && !samePerson) return;
    if (!found.has(row.id)) found.set(row.id, { ...rest, samePerson, by });
  };
  for (const row of confirmed) add(row, 'confirmed');
  for (const row of stated) add(row, 'stated');
  const others = [...found.values()].sort((a, b) => b.openedAt.getTime() - a.openedAt.getTime()).slice(0, most);
  const { householdId: _h, search: _s, birthDate: _b, ...self } = own;
  return [{ ...self, samePerson: true, by: 'confirmed' }, ...others];
}

/** Of the given cases, those the reader may see. */
export async function visibleCases(tx: Tx, reader: CaseReader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select('id')
    .where('id', 'in', [...new Set(ids)])
    .where(visibleTo(reader))
    .execute();
  return new Set(rows.map((row) => row.id));
}

/**
 * The other cases of the confirmed person of this one, in the order of their ids; none where nobody has confirmed who it is. Only what a choice of that person
 * needs that holds for all of them: no word of what they are about. Open or closed: a closed one may be opened again.
 */
export async function otherCasesOfPerson(
  tx: Tx,
  caseId: string,
): Promise<readonly { readonly id: string; readonly teamId: string | null; readonly closedAt: Date | null }[]> {
  const cases = () => tx.tables<CaseTables>().selectFrom('office_case');
  const own = await cases().select('person_id as personId').where('id', '=', caseId).executeTakeFirst();
  if (own === undefined || own.personId === null) return [];
  return cases()
    .select(['id', 'team_id as teamId', 'closed_at as closedAt'])
    .where('person_id', '=', own.personId)
    .where('id', '!=', caseId)
    .orderBy('id')
    .execute();
}

/** Cases of the same confirmed person as this one, and this one: what a holder of a receipt may be told about. */
export async function casesOfSamePerson(tx: Tx, caseId: string, most = 50): Promise<RelatedCase[]> {
  return (await relatedCases(tx, caseId, most)).filter(
    (each) => each.id === caseId || (each.by === 'confirmed' && each.samePerson && each.personId !== null),
  );
}
