import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseTables } from './tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/** What the office owes a person (Zusage): what, until when, and the number to call where it is a call back. */
export type OfficePromise = {
  readonly id: string;
  readonly caseId: string;
  readonly what: string;
  readonly phone: string | null;
  readonly dueAt: Date;
  readonly keptAt: Date | null;
};

/** A promise in the list of those that are due, with the case it belongs to. */
export type DuePromise = OfficePromise & {
  readonly number: string;
  readonly personName: string;
  readonly concern: string;
  readonly assigneeId: string | null;
};

const columns = [
  'promise.id',
  'promise.case_id as caseId',
  'promise.what',
  'promise.phone',
  'promise.due_at as dueAt',
  'promise.kept_at as keptAt',
] as const;

/** Everything that was promised on a case and is not kept yet, the most urgent first. */
export const openPromises = (tx: Tx, caseId: string): Promise<OfficePromise[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('promise')
    .select(columns)
    .where('case_id', '=', caseId)
    .where('kept_at', 'is', null)
    .orderBy('due_at')
    .orderBy('id')
    .execute();

const due = (tx: Tx, reader: CaseReader) =>
  tx
    .tables<CaseTables>()
    .selectFrom('promise')
    .innerJoin('office_case', 'office_case.id', 'promise.case_id')
    .where('promise.kept_at', 'is', null)
    .where((eb) => visibleTo(reader)(eb as never))
    .orderBy('promise.due_at')
    .orderBy('promise.id');

/** Open promises on the cases a reader sees, the most urgent first; at most `most`. */
export const duePromises = (tx: Tx, reader: CaseReader, most: number): Promise<DuePromise[]> =>
  due(tx, reader)
    .select([
      ...columns,
      'office_case.number',
      'office_case.person_name as personName',
      'office_case.concern',
      'office_case.assignee_id as assigneeId',
    ])
    .limit(most)
    .execute();

/** How many open promises are due until an instant, counted up to `most`. */
export const countPromises = async (tx: Tx, reader: CaseReader, until: Date, most: number): Promise<number> =>
  (await due(tx, reader).select('promise.id').where('promise.due_at', '<=', until).limit(most).execute()).length;

/** Promises something to the person, in the open: they see it at once, and the office is reminded before it is due. */
export async function makePromise(
  tx: Tx,
  act: Act & { readonly staffId: string },
  promise: { readonly what: string; readonly phone?: string; readonly dueAt: Date },
): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const { what, phone, dueAt } = promise;
  const row = {
    id: tx.newId(),
    case_id: act.caseId,
    what,
    phone: phone ?? null,
    due_at: dueAt,
    made_at: tx.now,
    made_by: act.staffId,
    kept_at: null,
    kept_by: null,
  };
  await tx.tables<CaseTables>().insertInto('promise').values(row).execute();
  return change(tx, act, { kind: 'promised', detail: { promiseId: row.id, what, dueAt: dueAt.toISOString() } }, {});
}

/** Says that a promise is kept. */
export async function keepPromise(
  tx: Tx,
  act: Act & { readonly staffId: string },
  promiseId: string,
): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const kept = await tx
    .tables<CaseTables>()
    .updateTable('promise')
    .set({ kept_at: tx.now, kept_by: act.staffId })
    .where('id', '=', promiseId)
    .where('case_id', '=', act.caseId)
    .where('kept_at', 'is', null)
    .returning('what')
    .executeTakeFirst();
  if (kept === undefined) return { kind: 'unchanged' };
  return change(tx, act, { kind: 'promise-kept', detail: { promiseId, what: kept.what } }, {});
}
