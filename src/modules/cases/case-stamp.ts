import type { Tx } from '../../platform/database/index.ts';

/**
 * A short text that is another one after every entry in the timeline of the cases, for pages that ask whether they are still what the
 * cases are: the newest entry, whose id sorts last. Empty where there is no such case; says nothing about anybody.
 */
export async function caseStamp(tx: Tx, ...caseIds: readonly string[]): Promise<string> {
  const [last] = await tx.raw<{ id: string }>(
    `select e.id from unnest($2::uuid[]) c (id)
     cross join lateral (
       select id from app.case_event where jobcenter_id = $1 and case_id = c.id order by id desc limit 1
     ) e order by e.id desc limit 1`,
    [tx.jobcenterId, caseIds],
  );
  return last?.id ?? '';
}
