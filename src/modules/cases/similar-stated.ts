import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { type Alike, alikeNames, mostAlike } from '../people/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseTables } from './tables.ts';

/**
 * Cases of whom nobody has confirmed yet, with a stated name written alike, and a stated day of birth where one is given: somebody who calls about the
 * application of yesterday is found although their name was heard wrongly.
 */
export async function similarStated(
  tx: Tx,
  reader: CaseReader,
  text: string,
  birthDate?: string,
): Promise<Alike<InboxRow>> {
  const alike = alikeNames({ search: sql`office_case.person_search`, sound: sql`office_case.person_sound` }, text);
  if (alike === undefined) return { found: [], more: false };
  const all = tx.tables<CaseTables>().selectFrom('office_case').where(visibleTo(reader));
  const cases = birthDate === undefined ? all : all.where('birth_date', '=', birthDate);
  const { found: ids, more } = await mostAlike(tx, alike, ({ where, name, sounding }) =>
    cases
      .select(['office_case.id', name.as('name'), sounding.as('sounding')])
      .where('person_id', 'is', null)
      .where(where),
  );
  if (ids.length === 0) return { found: [], more };
  const rows = await cases.select(rowColumns).where('id', 'in', ids).execute();
  return { found: rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), more };
}
