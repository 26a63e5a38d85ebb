import type { Tx } from '../../platform/database/index.ts';
import type { CaseTables } from './tables.ts';

/**
 * A short text that is another one after every entry in the timeline of a case, for pages that ask whether they are still what the
 * case is. Empty where there is no such case; says nothing about anybody.
 */
export async function caseStamp(tx: Tx, caseId: string): Promise<string> {
  const last = await tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .select('id')
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.id ?? '';
}
