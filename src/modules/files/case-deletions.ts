import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** A case whose time has come, with the rule by which it has. */
export type DueCase = {
  readonly caseId: string;
  readonly number: string;
  readonly closedOn: Day;
  readonly dueOn: Day;
  readonly years: number;
  /** The law or decision the rule rests on, as it stood when the case was listed. */
  readonly source: string;
};

/** What stays of a case that was deleted. */
export type DeletedCase = DueCase & { readonly confirmedBy: string; readonly deletedAt: Date };

const columns = [
  'case_id as caseId',
  'number',
  'closed_on as closedOn',
  'due_on as dueOn',
  'years',
  'source',
  'confirmed_by as confirmedBy',
  'deleted_at as deletedAt',
] as const;

const listed = (tx: Tx) => tx.tables<FileTables>().selectFrom('case_deletion').select(columns);
const waiting = (tx: Tx) => listed(tx).where('deleted_at', 'is', null);

/** Lists a case as due; a line that nobody has confirmed yet follows the rule that holds now. `confirmedBy`: a rule that needs no person. */
export async function listDueCase(tx: Tx, due: DueCase & { readonly confirmedBy?: string }): Promise<void> {
  const rule = {
    closed_on: due.closedOn,
    due_on: due.dueOn,
    years: due.years,
    source: due.source,
    confirmed_at: due.confirmedBy === undefined ? null : tx.now,
    confirmed_by: due.confirmedBy ?? null,
  };
  await tx
    .tables<FileTables>()
    .insertInto('case_deletion')
    .values({ case_id: due.caseId, number: due.number, listed_at: tx.now, ...rule })
    .onConflict((c) =>
      c
        .columns(['jobcenter_id', 'case_id'] as never)
        .doUpdateSet(rule)
        .where('case_deletion.confirmed_at', 'is', null)
        .where('case_deletion.deleted_at', 'is', null),
    )
    .execute();
}

/** Cases that wait to be confirmed, the longest due first; at most `size` after the given one. */
export function dueCases(
  tx: Tx,
  after: Pick<DueCase, 'dueOn' | 'caseId'> | undefined,
  size: number,
): Promise<DueCase[]> {
  let query = waiting(tx).where('confirmed_at', 'is', null).orderBy('due_on').orderBy('case_id').limit(size);
  if (after !== undefined)
    query = query.where((eb) => eb(eb.refTuple('due_on', 'case_id'), '>', eb.tuple(after.dueOn, after.caseId)));
  return query.execute();
}

/** Cases whose deletion was confirmed and not carried out yet, `size` after the given one. */
export const confirmedCases = (tx: Tx, after: string, size: number): Promise<DueCase[]> =>
  waiting(tx)
    .where('confirmed_at', 'is not', null)
    .where('case_id', '>', after)
    .orderBy('case_id')
    .limit(size)
    .execute();

/** A person confirms that these cases go; gives the ids of those that were waiting. */
export async function confirmCases(tx: Tx, ids: readonly string[], by: string): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .tables<FileTables>()
    .updateTable('case_deletion')
    .set({ confirmed_at: tx.now, confirmed_by: by })
    .where('case_id', 'in', [...ids])
    .where('confirmed_at', 'is', null)
    .where('deleted_at', 'is', null)
    .returning('case_id')
    .execute();
  return rows.map((row) => row.case_id);
}

/** Takes a case off the list: it is not due (any more). Gives who had confirmed its deletion, where somebody had. */
export async function unlistCase(tx: Tx, caseId: string): Promise<string | undefined> {
  const row = await tx
    .tables<FileTables>()
    .deleteFrom('case_deletion')
    .where('case_id', '=', caseId)
    .where('deleted_at', 'is', null)
    .returning('confirmed_by')
    .executeTakeFirst();
  return row?.confirmed_by ?? undefined;
}

/** Notes that a case whose deletion was confirmed could not be deleted; it is tried again every night. */
export async function caseFailed(tx: Tx, caseId: string): Promise<void> {
  await tx
    .tables<FileTables>()
    .updateTable('case_deletion')
    .set({ failed_at: tx.now })
    .where('case_id', '=', caseId)
    .where('deleted_at', 'is', null)
    .execute();
}

/** Cases that could not be deleted, with when that was tried last. */
export const failedCases = (tx: Tx, size: number): Promise<(DueCase & { readonly failedAt: Date })[]> =>
  waiting(tx)
    .select('failed_at as failedAt')
    .where('failed_at', 'is not', null)
    .orderBy('case_id')
    .limit(size)
    .$narrowType<{ failedAt: Date }>()
    .execute();

const gone = (tx: Tx) => listed(tx).where('deleted_at', 'is not', null);

/** What is left of a deleted case, by its number; undefined where none with it was deleted. */
export const deletedCaseOf = (tx: Tx, number: string): Promise<DeletedCase | undefined> =>
  gone(tx)
    .where('number', '=', number)
    .limit(1)
    .$narrowType<{ confirmedBy: string; deletedAt: Date }>()
    .executeTakeFirst();

/** What was deleted, the newest first; at most `size` after the given one. */
export function deletedCases(
  tx: Tx,
  size: number,
  after?: Pick<DeletedCase, 'deletedAt' | 'caseId'>,
): Promise<DeletedCase[]> {
  let query = gone(tx);
  if (after !== undefined)
    query = query.where((eb) => eb(eb.refTuple('deleted_at', 'case_id'), '<', eb.tuple(after.deletedAt, after.caseId)));
  return query
    .orderBy('deleted_at', 'desc')
    .orderBy('case_id', 'desc')
    .limit(size)
    .$narrowType<{ confirmedBy: string; deletedAt: Date }>()
    .execute();
}
