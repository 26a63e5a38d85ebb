import type { Actor } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type TimelineEvent, timeline } from './case-detail.ts';
import { appendEvent } from './events.ts';
import { type Answer, fulfilItem } from './fulfil-items.ts';
import type { CaseTables } from './tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

/** Notes that what came for an open item was in its case already: it stays open until somebody of the office has said whether that does. */
export async function noteSentAgain(tx: Tx, actor: Actor, answer: Answer, itemId: string): Promise<void> {
  const item = await tx
    .tables<CaseTables>()
    .selectFrom('required_item')
    .select(['id', 'what'])
    .where('id', '=', itemId)
    .where('case_id', '=', answer.caseId)
    .where('fulfilled_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (item === undefined) return;
  const detail = { itemId: item.id, what: item.what, submissionId: answer.submissionId };
  await appendEvent(tx, actor, answer.caseId, { kind: 'item-sent-again', detail });
}

/** What came for an item that was there already. */
export type SentAgain = { readonly at: Date; readonly submissionId: string };

/** What waits, of an open item, for the word of the office whether it does, by the history of its case; undefined where nothing does. */
export function sentAgainFor(events: readonly TimelineEvent[], itemId: string): SentAgain | undefined {
  let waits: SentAgain | undefined;
  for (const event of events) {
    switch (event.kind) {
      case 'item-sent-again':
        if (event.detail.itemId === itemId && event.detail.submissionId !== undefined)
          waits = { at: event.at, submissionId: event.detail.submissionId };
        break;
      case 'item-fulfilled':
      case 'item-reopened':
      case 'item-withdrawn':
        if (event.detail.itemId === itemId) waits = undefined;
        break;
      case 'submission-left':
      case 'paper-left':
        if (event.detail.submissionId === waits?.submissionId) waits = undefined;
        break;
    }
  }
  return waits;
}

/** Items of a case which a submission does not answer, by the last word about it: somebody said so, or nobody said yet that it does. */
export async function unansweredBy(tx: Tx, { caseId, submissionId }: Answer): Promise<ReadonlySet<string>> {
  const items = new Set<string>();
  for (const event of await timeline(tx, caseId)) {
    if (event.kind !== 'item-sent-again' && event.kind !== 'item-reopened' && event.kind !== 'item-fulfilled') continue;
    if (event.detail.submissionId !== submissionId) continue;
    if (event.kind === 'item-fulfilled') items.delete(event.detail.itemId);
    else if (event.kind === 'item-sent-again' || event.detail.why !== undefined) items.add(event.detail.itemId);
  }
  return items;
}

/** Somebody of the office says that what was sent again does. */
export async function acceptSentAgain(tx: Tx, act: Act, itemId: string): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const waits = sentAgainFor(await timeline(tx, act.caseId), itemId);
  if (waits === undefined) return { kind: 'unchanged' };
  const { submissionId } = waits;
  return {
    kind: (await fulfilItem(tx, act.actor, { caseId: act.caseId, submissionId }, itemId)) ? 'done' : 'unchanged',
  };
}

/**
 * Somebody of the office says that what came for an item is not what was asked for, or that what was sent again does not do (§§ 60, 65 SGB I): why, and
 * until when it is asked for now. The person sees it at once. Of an item that waits for its person already it comes to `unchanged`.
 */
export async function askAgain(
  tx: Tx,
  act: Act,
  itemId: string,
  now: { readonly why: string; readonly dueOn: Day },
): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const item = await tx
    .tables<CaseTables>()
    .selectFrom('required_item')
    .select(['id', 'what', 'fulfilled_at', 'fulfilled_by'])
    .where('id', '=', itemId)
    .where('case_id', '=', act.caseId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  const waits = sentAgainFor(await timeline(tx, act.caseId), itemId);
  if (item === undefined || (item.fulfilled_at === null && waits === undefined)) return { kind: 'unchanged' };
  await tx
    .tables<CaseTables>()
    .updateTable('required_item')
    .set({ fulfilled_at: null, fulfilled_by: null, due_on: now.dueOn })
    .where('id', '=', item.id)
    .execute();
  const submissionId = item.fulfilled_by ?? waits?.submissionId;
  const detail = { itemId: item.id, what: item.what, ...now, ...(submissionId === undefined ? {} : { submissionId }) };
  return change(tx, act, { kind: 'item-reopened', detail }, { state: 'waiting', closed_at: null });
}
