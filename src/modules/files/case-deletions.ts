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

/** Lists a case as due; one that is listed already stays as it is. `confirmedBy`: a rule that needs no person. */
export async function listDueCase(tx: Tx, due: DueCase & { readonly confirmedBy?: string }): Promise<void> {
  await tx
    .tables<FileTables>()
    .insertInto('case_deletion')
    .values({
      case_id: due.caseId,
      number: due.number,
      closed_on: due.closedOn,
      due_on: due.dueOn,
      years: due.years,
      source: due.source,
      listed_at: tx.now,
      confirmed_at: due.confirmedBy === undefined ? null : tx.now,
      confirmed_by: due.confirmedBy ?? null,
    })
    .onConflict((c) => c.doNothing())
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

/** Takes a case off the list: it is not due (any more). */
export async function unlistCase(tx: Tx, caseId: string): Promise<void> {
  await tx
    .tables<FileTables>()
    .deleteFrom('case_deletion')
    .where('case_id', '=', caseId)
    .where('deleted_at', 'is', null)
    .execute();
}

const gone = (tx: Tx) => listed(tx).where('deleted_at', 'is not', null);

/** What is left of a deleted case, by its number; undefined where none with it was deleted. */
export const deletedCaseOf = (tx: Tx, number: string): Promise<DeletedCase | undefined> =>
  gone(tx)
    .where('number', '=', number)
    .limit(1)
    .$narrowType<{ confirmedBy: string; deletedAt: Date }>()
    .executeTakeFirst();

/** What was deleted, the newest first. */
export const deletedCases = (tx: Tx, size: number): Promise<DeletedCase[]> =>
  gone(tx)
    .orderBy('deleted_at', 'desc')
    .orderBy('case_id', 'desc')
    .limit(size)
    .$narrowType<{ confirmedBy: string; deletedAt: Date }>()
    .execute();
