import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { fieldWritten } from '../together/index.ts';
import type { CaseEvent } from './case-event.ts';
import { isWritten } from './findable-events.ts';
import { asJson, type CaseTables } from './tables.ts';

/** What of a case is overwritten, so that two people can want different things: each has versions. */
export type CaseField = 'assignee' | 'team' | 'person' | 'state';

const writes: Readonly<Partial<Record<CaseEvent['kind'], readonly CaseField[]>>> = {
  assigned: ['assignee'],
  team: ['team', 'assignee'],
  'person-confirmed': ['person'],
  decided: ['state'],
  closed: ['state'],
  reopened: ['state'],
};

/**
 * Appends to the timeline of a case, in the transaction of the change itself: open pages of the case hear of it, and fields that were
 * overwritten count one version more. What has words of its own can be found soon after. Gives the id of the entry.
 */
export async function appendEvent(tx: Tx, actor: Actor, caseId: string, event: CaseEvent): Promise<string> {
  const row: CaseTables['case_event'] = {
    id: tx.newId(),
    case_id: caseId,
    at: tx.now,
    actor_kind: actor.kind,
    actor_id: actorId(actor),
    actor_name: actorName(actor),
    kind: event.kind,
    detail: asJson(event.detail),
  };
  await tx.insertInto('case_event', [row]);
  for (const field of writes[event.kind] ?? []) await fieldWritten(tx, actor, caseId, field);
  tx.touch(caseId);
  if (isWritten(event.kind)) await tx.enqueue('make-findable', { jobcenterId: tx.jobcenterId, eventId: row.id });
  return row.id;
}
