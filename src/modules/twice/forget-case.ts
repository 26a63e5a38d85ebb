import type { Tx } from '../../platform/database/index.ts';
import type { TwiceTables } from './store.ts';

/** Forgets what was found twice with something of a case whose deletion was confirmed, what was decided about it, and that it was looked at. */
export async function forgetPairs(tx: Tx, caseId: string, subjectIds: readonly string[]): Promise<void> {
  await tx.raw('select app.forget_pairs($1)', [caseId]);
  if (subjectIds.length === 0) return;
  await tx
    .tables<TwiceTables>()
    .deleteFrom('twice_check')
    .where('subject_id', 'in', [...subjectIds])
    .execute();
}
