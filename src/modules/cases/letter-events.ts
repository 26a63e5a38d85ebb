import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { CaseEvent } from './case-event.ts';
import type { LetterEventKind } from './event-details.ts';
import { appendEvent } from './events.ts';

type LetterEvent = Extract<CaseEvent, { kind: LetterEventKind }>;

/** Notes in the timeline and the audit log of a case what happened to a letter of it, in the transaction in which it happened. */
export async function noteLetter(tx: Tx, actor: Actor, caseId: string, event: LetterEvent): Promise<void> {
  await appendEvent(tx, actor, caseId, event);
  await recordAudit(tx, actor, {
    action: `case.${event.kind}`,
    subjectType: 'notice',
    subjectId: event.detail.noticeId,
    caseId,
  });
}

/** Notes by which way the letters of a case are to come, and whether the person wants to be reminded of appointments. */
export async function noteDelivery(
  tx: Tx,
  actor: Actor,
  caseId: string,
  detail: { readonly way: 'portal' | 'post'; readonly reminders: boolean; readonly revoked?: true },
): Promise<void> {
  await appendEvent(tx, actor, caseId, { kind: 'delivery-chosen', detail });
  await recordAudit(tx, actor, {
    action: 'case.delivery-chosen',
    subjectType: 'case',
    subjectId: caseId,
    caseId,
    detail,
  });
}
