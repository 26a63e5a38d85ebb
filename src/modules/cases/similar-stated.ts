import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { alikeNames, mostAlike } from '../people/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseTables } from './tables.ts';

/**
 * Cases of whom nobody has confirmed yet, with a stated name written alike, the most alike first, at most ten: somebody who calls about the application
 * of yesterday is found although their name was heard wrongly.
 */
export async function similarStated(tx: Tx, reader: CaseReader, text: string): Promise<InboxRow[]> {
  const alike = alikeNames({ search: sql`office_case.person_search`, sound: sql`office_case.person_sound` }, text);
  if (alike === undefined) return [];
  const cases = tx.tables<CaseTables>().selectFrom('office_case').where(visibleTo(reader));
  const ids = await mostAlike(tx, alike, ({ where, name, sounding }) =>
    cases
      .select(['office_case.id', name.as('name'), sounding.as('sounding')])
      .where('person_id', 'is', null)
      .where(where),
  );
  if (ids.length === 0) return [];
  const rows = await cases.select(rowColumns).where('id', 'in', ids).execute();
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
