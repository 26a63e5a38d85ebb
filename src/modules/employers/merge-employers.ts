import type { Tx } from '../../platform/database/index.ts';
import { type EmployerAct, employerTopic, lockEmployer, noteEmployer } from './keep-employer.ts';
import type { EmployerTables } from './tables.ts';

/** `taken`: one of the two is not in the list any more, because somebody merged it meanwhile. */
export type EmployersMerged = { readonly kind: 'done' | 'not-found' | 'taken' };

/**
 * Says that one employer is really another one of the list. Nothing of either is changed or moved: its proposals, talks and people are shown
 * with the other one, until somebody takes it out again.
 */
export async function mergeEmployers(
  tx: Tx,
  act: EmployerAct,
  { keep, drop }: { readonly keep: string; readonly drop: string },
): Promise<EmployersMerged> {
  if (keep === drop) return { kind: 'not-found' };
  // Always in the same order, so that two who merge the same two cannot wait for each other.
  for (const id of [keep, drop].toSorted()) {
    const found = await lockEmployer(tx, id);
    if (found === undefined) return { kind: 'not-found' };
    if (found.mergedInto !== null) return { kind: 'taken' };
  }
  await tx
    .tables<EmployerTables>()
    .updateTable('employer')
    .set({ merged_into: keep, merged_at: tx.now, merged_by: act.actor.id })
    .where('id', '=', drop)
    .execute();
  tx.touch(employerTopic(keep));
  await noteEmployer(tx, act, 'employer.merged', drop, { into: keep });
  return { kind: 'done' };
}

/** Takes an employer out of the one it was merged into, with all it had. */
export async function separateEmployer(tx: Tx, act: EmployerAct, id: string): Promise<EmployersMerged> {
  const found = await lockEmployer(tx, id);
  if (found === undefined) return { kind: 'not-found' };
  if (found.mergedInto === null) return { kind: 'taken' };
  await tx
    .tables<EmployerTables>()
    .updateTable('employer')
    .set({ merged_into: null, merged_at: null, merged_by: null })
    .where('id', '=', id)
    .execute();
  await noteEmployer(tx, act, 'employer.separated', id, { from: found.mergedInto });
  return { kind: 'done' };
}
