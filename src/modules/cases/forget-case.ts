import type { Tx } from '../../platform/database/index.ts';
import { openFollowUps } from './day/follow-up.ts';
import { openPromises } from './promises.ts';
import type { CaseTables } from './tables.ts';

/** Whether somebody of the office means to come back to a closed case: a follow-up that was kept, or a promise, for a time that is not over. */
export const isAwaited = async (tx: Tx, caseId: string, today: string): Promise<boolean> =>
  (await openFollowUps(tx, caseId)).some((each) => each.dueOn >= today) ||
  (await openPromises(tx, caseId)).some((each) => each.dueAt >= tx.now);

/** The newest other case of the same file, of a person or of a household, of one team where that is said; undefined where there is none. */
export async function anotherCase(
  tx: Tx,
  than: string,
  of: { readonly file?: string; readonly person?: string; readonly household?: string; readonly team?: string | null },
): Promise<string | undefined> {
  let query = tx.tables<CaseTables>().selectFrom('office_case').select('id').where('id', '!=', than);
  if (of.file !== undefined) query = query.where('file_id', '=', of.file);
  if (of.person !== undefined) query = query.where('person_id', '=', of.person);
  if (of.household !== undefined) query = query.where('household_id', '=', of.household);
  if (of.team !== undefined) query = query.where('team_id', of.team === null ? 'is' : '=', of.team);
  return (await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst())?.id;
}

/** Of some people and households those that have a case. */
export async function havingCases(
  tx: Tx,
  of: { readonly personIds: readonly string[]; readonly householdIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const [column, ids] of [
    ['person_id', of.personIds],
    ['household_id', of.householdIds],
  ] as const) {
    if (ids.length === 0) continue;
    const query = tx.tables<CaseTables>().selectFrom('office_case').select(column).distinct();
    for (const row of await query.where(column, 'in', [...ids]).execute()) found.add(String(row[column]));
  }
  return found;
}

/** The ids of the entries of a timeline. */
export const eventIds = async (tx: Tx, caseId: string): Promise<string[]> =>
  (await tx.tables<CaseTables>().selectFrom('case_event').select('id').where('case_id', '=', caseId).execute()).map(
    (row) => row.id,
  );

/** Account numbers that were to be confirmed in a case, or came with one of its submissions. */
export const bankConfirmationsOf = async (
  tx: Tx,
  caseId: string,
  submissionIds: readonly string[],
): Promise<string[]> => (await bankConfirmations(tx, caseId, submissionIds).execute()).map((row) => row.id);

const bankConfirmations = (tx: Tx, caseId: string, submissionIds: readonly string[]) =>
  tx
    .tables<CaseTables>()
    .selectFrom('bank_confirmation')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('case_id', '=', caseId),
        ...(submissionIds.length === 0 ? [] : [eb('submission_id', 'in', [...submissionIds])]),
      ]),
    );

/**
 * Deletes what this module keeps inside a case whose deletion was confirmed: what was promised, asked for, checked, doubted, and put on somebody's
 * table. The timeline and the case itself go last (`forgetCaseItself`). Gives the ids of what is gone.
 */
export async function forgetCaseWork(
  tx: Tx,
  caseId: string,
  submissionIds: readonly string[],
  documentIds: readonly string[],
): Promise<string[]> {
  const db = tx.tables<CaseTables>();
  const gone: { id: string }[] = [];
  gone.push(
    ...(await db
      .deleteFrom('bank_confirmation')
      .where('id', 'in', bankConfirmations(tx, caseId, submissionIds))
      .returning('id')
      .execute()),
  );
  if (documentIds.length > 0)
    // a check in another case that rested on a paper of this one stays, without it
    await db
      .updateTable('case_check')
      .set({ document_id: null })
      .where('case_id', '!=', caseId)
      .where('document_id', 'in', [...documentIds])
      .execute();
  for (const table of ['promise', 'follow_up', 'case_check', 'clearing_item', 'return_code', 'required_item'] as const)
    gone.push(...(await db.deleteFrom(table).where('case_id', '=', caseId).returning('id').execute()));
  return gone.map((row) => row.id);
}

/** Deletes the timeline and the case, and says in the line that stays that it is gone. Everything that refers to it must be gone. */
export async function forgetCaseItself(tx: Tx, caseId: string): Promise<void> {
  await tx.raw('select app.forget_events($1, $2)', [caseId, tx.now]);
  await tx.tables<CaseTables>().deleteFrom('office_case').where('id', '=', caseId).execute();
}
