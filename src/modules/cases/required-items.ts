import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { RequiredItem } from './office-case.ts';
import type { CaseTables } from './tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

const columns = [
  'id',
  'case_id as caseId',
  'what',
  'why',
  'due_on as dueOn',
  'requested_at as requestedAt',
  'fulfilled_at as fulfilledAt',
  'withdrawn_at as withdrawnAt',
  sql<string | null>`(
    select case_event.detail ->> 'why' from case_event
    where case_event.jobcenter_id = required_item.jobcenter_id and case_event.case_id = required_item.case_id
      and case_event.kind = 'item-reopened' and case_event.detail ->> 'itemId' = required_item.id::text
    order by case_event.id desc limit 1
  )`.as('again'),
] as const;

/** Everything that was ever asked for on a case, oldest first. */
export const requiredItems = (tx: Tx, caseId: string): Promise<RequiredItem[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('required_item')
    .select(columns)
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();

/** What is still missing, the most urgent first. */
export const openRequiredItems = (tx: Tx, caseId: string): Promise<RequiredItem[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('required_item')
    .select(columns)
    .where('case_id', '=', caseId)
    .where('fulfilled_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .execute();

/** Asks the person for something that is missing (§§ 60, 66 SGB I): what, why, by when. They see it at once. */
export async function requireItem(
  tx: Tx,
  act: Act & { readonly staffId: string },
  item: { readonly what: string; readonly why: string; readonly dueOn: Day },
): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const id = tx.newId();
  const row = {
    id,
    case_id: act.caseId,
    what: item.what,
    why: item.why,
    due_on: item.dueOn,
    requested_at: tx.now,
    requested_by: act.staffId,
    fulfilled_at: null,
    fulfilled_by: null,
    withdrawn_at: null,
  };
  await tx.tables<CaseTables>().insertInto('required_item').values(row).execute();
  return change(
    tx,
    act,
    { kind: 'item-requested', detail: { itemId: id, ...item } },
    { state: 'waiting', closed_at: null },
  );
}

/** Takes a request back: it is no longer needed, or came another way. */
export async function withdrawItem(tx: Tx, act: Act, itemId: string): Promise<VerbOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const item = await tx
    .tables<CaseTables>()
    .updateTable('required_item')
    .set({ withdrawn_at: tx.now })
    .where('id', '=', itemId)
    .where('case_id', '=', act.caseId)
    .where('fulfilled_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning(['id', 'what'])
    .executeTakeFirst();
  if (item === undefined) return { kind: 'unchanged' };
  const stillMissing = (await openRequiredItems(tx, act.caseId)).length > 0;
  const state = found.state === 'waiting' && !stillMissing ? 'working' : found.state;
  return change(tx, act, { kind: 'item-withdrawn', detail: { itemId: item.id, what: item.what } }, { state });
}
