import type { Tx } from '../../platform/database/index.ts';
import type { CaseTables } from './tables.ts';

/** Whose cases: one by its id, all of a person, all of a household. */
export type CasesOf = { readonly of: 'case' | 'person' | 'household'; readonly id: string };

/**
 * When the last of some cases was closed, and the files they lie in; `closedAt` is null as long as one is open, and undefined where there
 * is none.
 */
export async function endOfCases(
  tx: Tx,
  { of, id }: CasesOf,
): Promise<{ readonly closedAt: Date | null | undefined; readonly fileIds: readonly string[] }> {
  const column = ({ case: 'id', person: 'person_id', household: 'household_id' } as const)[of];
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['closed_at as closedAt', 'file_id as fileId'])
    .where(column, '=', id)
    .execute();
  const ends = rows.map((row) => row.closedAt);
  const last = ends.includes(null) ? null : ends.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
  const fileIds = [...new Set(rows.flatMap((row) => row.fileId ?? []))].sort();
  return { closedAt: rows.length === 0 ? undefined : last, fileIds };
}
