import type { Tx } from '../../platform/database/index.ts';
import type { PlanTables } from './tables.ts';

/** Deletes the plan of a case whose deletion was confirmed, its proposals and referrals with their course. Gives the ids of what is gone. */
export async function forgetPlan(tx: Tx, caseId: string): Promise<string[]> {
  const db = tx.tables<PlanTables>();
  const proposals = db.selectFrom('proposal').select('id').where('case_id', '=', caseId);
  const referrals = db.selectFrom('referral').select('id').where('case_id', '=', caseId);
  const gone: { id: string }[] = [];
  gone.push(...(await db.deleteFrom('proposal_step').where('proposal_id', 'in', proposals).returning('id').execute()));
  gone.push(...(await db.deleteFrom('referral_news').where('referral_id', 'in', referrals).returning('id').execute()));
  for (const table of ['proposal', 'referral', 'plan_review', 'agreement', 'plan_entry'] as const)
    gone.push(...(await db.deleteFrom(table).where('case_id', '=', caseId).returning('id').execute()));
  return gone.map((row) => row.id);
}
