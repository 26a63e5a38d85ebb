import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { nameRanges } from '../people/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseState } from './office-case.ts';
import type { CaseTables } from './tables.ts';

export type CaseQuery = {
  readonly number?: string;
  readonly personIds?: readonly string[];
  /** The day of birth the submission stated. */
  readonly birthDate?: string;
  /** The stated name or its beginning, as people type it. */
  readonly name?: string;
};

/** The file in which somebody's cases lie, as far as a reader may open one of them, and how many of these there are. */
export type OpenableFile = { readonly fileId: string; readonly cases: number };

/**
 * Where a reader finds some people: the file of their household or of their own cases, when the reader may open at least one case in it. Whoever is missing
 * has none that this reader may open.
 */
export async function filesOfPeople(
  tx: Tx,
  reader: CaseReader,
  people: readonly { readonly id: string; readonly householdId: string | null }[],
): Promise<ReadonlyMap<string, OpenableFile>> {
  const households = people.flatMap(({ householdId }) => householdId ?? []);
  if (people.length === 0) return new Map();
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['file_id as fileId', 'person_id as personId', 'household_id as householdId'])
    .select(sql<number>`count(*)::int`.as('cases'))
    .where('file_id', 'is not', null)
    .where((eb) =>
      eb.or([
        eb(
          'person_id',
          'in',
          people.map(({ id }) => id),
        ),
        ...(households.length === 0 ? [] : [eb('household_id', 'in', households)]),
      ]),
    )
    .where(visibleTo(reader))
    .groupBy(['file_id', 'person_id', 'household_id'])
    .execute();
  return new Map(
    people.flatMap(({ id, householdId }) => {
      const home = rows.filter((row) => row.householdId !== null && row.householdId === householdId);
      const own = home.length > 0 ? home : rows.filter((row) => row.personId === id);
      const fileId = own[0]?.fileId;
      if (fileId == null) return [];
      const cases = own.filter((row) => row.fileId === fileId).reduce((sum, row) => sum + row.cases, 0);
      return [[id, { fileId, cases }] as const];
    }),
  );
}

export const mostFoundCases = 50;

/** What waits for its answer stands before what is decided, and that before what is closed. */
const ended: Readonly<Partial<Record<CaseState, number>>> = { decided: 1, closed: 2 };
const step = sql<number>`case office_case.state when 'decided' then 1 when 'closed' then 2 else 0 end`;

/** The order in which cases are found, for lists that are put together of several: open before ended ones, in each the newest first. */
export const asFound = (a: InboxRow, b: InboxRow): number =>
  (ended[a.state] ?? 0) - (ended[b.state] ?? 0) ||
  b.openedAt.getTime() - a.openedAt.getTime() ||
  (a.id < b.id ? 1 : -1);

/** Cases by number, confirmed person, stated birth date or stated name; open before ended ones, in each the newest first, at most 50, or as many as are asked for. */
export async function searchCases(
  tx: Tx,
  reader: CaseReader,
  query: CaseQuery,
  size = mostFoundCases,
): Promise<InboxRow[]> {
  let rows = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(rowColumns)
    .where(visibleTo(reader))
    .orderBy(step)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size);
  if (query.number !== undefined) return rows.where('number', '=', query.number).execute();
  if (query.personIds !== undefined) {
    if (query.personIds.length === 0) return [];
    return rows.where('person_id', 'in', [...query.personIds]).execute();
  }
  const names = nameRanges(query.name ?? '');
  if (query.birthDate === undefined && names.length === 0) return [];
  if (query.birthDate !== undefined) rows = rows.where('birth_date', '=', query.birthDate);
  if (names.length > 0)
    rows = rows.where((eb) =>
      eb.or(
        names.map(
          ({ from, below }) =>
            sql<boolean>`(office_case.person_search ~>=~ ${from} and office_case.person_search ~<~ ${below})`,
        ),
      ),
    );
  return rows.execute();
}
