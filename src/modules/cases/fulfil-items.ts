import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { CaseState } from './office-case.ts';
import { openRequiredItems } from './required-items.ts';
import type { CaseTables } from './tables.ts';
import { change } from './verbs.ts';

/** A submission that lies in a case. */
export type Answer = { readonly caseId: string; readonly submissionId: string };

/** Notes that an open item of the case came with this submission; false when it is not open there. */
export async function fulfilItem(tx: Tx, actor: Actor, answer: Answer, itemId: string): Promise<boolean> {
  const state = await lockState(tx, answer.caseId);
  const item = await tx
    .tables<CaseTables>()
    .updateTable('required_item')
    .set({ fulfilled_at: tx.now, fulfilled_by: answer.submissionId })
    .where('id', '=', itemId)
    .where('case_id', '=', answer.caseId)
    .where('fulfilled_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning(['id', 'what'])
    .executeTakeFirst();
  if (state === undefined || item === undefined) return false;
  const complete = (await openRequiredItems(tx, answer.caseId)).length === 0;
  const detail = { itemId: item.id, what: item.what, submissionId: answer.submissionId };
  const event = { kind: 'item-fulfilled', detail } as const;
  await change(
    tx,
    { actor, caseId: answer.caseId },
    event,
    state === 'waiting' && complete ? { state: 'working' } : {},
  );
  return true;
}

/**
 * Takes back that this submission answered what was asked for: it was put there by mistake. What it answered is missing again; with
 * `only`, as far as it is among these items.
 */
export async function reopenItems(tx: Tx, actor: Actor, answer: Answer, only?: readonly string[]): Promise<void> {
  if (only?.length === 0) return;
  const state = await lockState(tx, answer.caseId);
  let answered = tx
    .tables<CaseTables>()
    .updateTable('required_item')
    .set({ fulfilled_at: null, fulfilled_by: null })
    .where('case_id', '=', answer.caseId)
    .where('fulfilled_by', '=', answer.submissionId);
  if (only !== undefined) answered = answered.where('id', 'in', [...only]);
  const items = await answered.returning(['id', 'what']).execute();
  const waits = state === 'new' || state === 'working';
  for (const { id, what } of items) {
    const detail = { itemId: id, what, submissionId: answer.submissionId };
    const event = { kind: 'item-reopened', detail } as const;
    await change(tx, { actor, caseId: answer.caseId }, event, waits ? { state: 'waiting' } : {});
  }
}

async function lockState(tx: Tx, caseId: string): Promise<CaseState | undefined> {
  const row = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select('state')
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  return row?.state;
}
