import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { alikeNames } from '../people/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseTables } from './tables.ts';

/**
 * Cases of whom nobody has confirmed yet, with a stated name written alike, the most alike first, at most ten: somebody who calls about the application
 * of yesterday is found although their name was heard wrongly.
 */
export async function similarStated(tx: Tx, reader: CaseReader, text: string): Promise<InboxRow[]> {
  const alike = alikeNames(sql`office_case.person_search`, text);
  if (alike === undefined) return [];
  return tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(rowColumns)
    .where(visibleTo(reader))
    .where('person_id', 'is', null)
    .where(alike.fits)
    .orderBy(alike.mostFirst)
    .limit(10)
    .execute();
}
