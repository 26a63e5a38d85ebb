import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { nameRanges } from '../people/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseTables } from './tables.ts';

export type CaseQuery = {
  readonly number?: string;
  readonly personIds?: readonly string[];
  /** The day of birth the submission stated. */
  readonly birthDate?: string;
  /** The stated name or its beginning, as people type it. */
  readonly name?: string;
};

const most = 50;

/** Cases by number, confirmed person, stated birth date or stated name; closed ones too, newest first, at most 50. */
export async function searchCases(tx: Tx, reader: CaseReader, query: CaseQuery): Promise<InboxRow[]> {
  let rows = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(rowColumns)
    .where(visibleTo(reader))
    .orderBy('opened_at', 'desc')
    .limit(most);
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
