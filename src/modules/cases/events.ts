import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { asJson, type CaseEvent, type CaseTables } from './office-case.ts';

/** Appends to the timeline of a case, in the transaction of the change itself. */
export async function appendEvent(tx: Tx, actor: Actor, caseId: string, event: CaseEvent): Promise<void> {
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
}
