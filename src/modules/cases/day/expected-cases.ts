import { addDays, type Day, instantInGermany } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { CaseTables } from '../tables.ts';

/** More open follow-ups or promises than this nobody has before the end of a substitution. */
const most = 1_000;

/**
 * Cases in which an absent person has a follow-up for themselves or made a promise, due until the last day of a substitution or before: whoever stands
 * in for them has to open these.
 */
export async function casesExpecting(tx: Tx, staffId: string, untilDay: Day): Promise<string[]> {
  const db = tx.tables<CaseTables>();
  const followUps = await db
    .selectFrom('follow_up')
    .select('case_id')
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .where('due_on', '<=', untilDay)
    .orderBy('due_on')
    .limit(most)
    .execute();
  const promises = await db
    .selectFrom('promise')
    .select('case_id')
    .where('made_by', '=', staffId)
    .where('kept_at', 'is', null)
    .where('due_at', '<', instantInGermany(addDays(untilDay, 1), '00:00'))
    .orderBy('due_at')
    .limit(most)
    .execute();
  return [...followUps, ...promises].map((row) => row.case_id);
}
