import type { Tx } from '../../platform/database/index.ts';
import type { CaseTables } from './tables.ts';

/** Whose cases: one by its id, all of a person, all of a household. */
export type CasesOf = { readonly of: 'case' | 'person' | 'household'; readonly id: string };

type EndedCase = { readonly id: string; readonly fileId: string | null };

/**
 * When the last of some cases was closed, and which they are, each with its file; `closedAt` is null as long as one is open, and undefined where there
 * is none.
 */
export async function endOfCases(
  tx: Tx,
  { of, id }: CasesOf,
): Promise<{ readonly closedAt: Date | null | undefined; readonly cases: readonly EndedCase[] }> {
  const column = ({ case: 'id', person: 'person_id', household: 'household_id' } as const)[of];
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['id', 'closed_at as closedAt', 'file_id as fileId'])
    .orderBy('file_id')
    .where(column, '=', id)
    .execute();
  const ends = rows.map((row) => row.closedAt);
  const last = ends.includes(null) ? null : ends.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
  return { closedAt: rows.length === 0 ? undefined : last, cases: rows };
}
