import type { Tx } from '../../platform/database/index.ts';
import type { CaseTables } from './tables.ts';

/**
 * Of the given cases, those nobody has been told to look at: person or team unknown, and no doubt was ever raised. The sorting
 * job leaves none behind, so these are cases it did not come to.
 */
export async function unsortedCases(tx: Tx, caseIds: readonly string[]): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set();
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('office_case as c')
    .select('c.id')
    .where('c.id', 'in', [...new Set(caseIds)])
    .where((eb) => eb.or([eb('c.person_id', 'is', null), eb('c.team_id', 'is', null)]))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('clearing_item as i').select('i.id').whereRef('i.case_id', '=', 'c.id'))),
    )
    .execute();
  return new Set(rows.map((row) => row.id));
}
