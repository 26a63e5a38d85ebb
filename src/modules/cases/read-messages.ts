import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { findCase, type TimelineEvent, timeline } from './case-detail.ts';
import { appendEvent } from './events.ts';

type OfficeMessage = TimelineEvent & { readonly kind: 'message-out' };

/**
 * Messages of the office that still wait for the person, the oldest first. They wait until the person has written back, or has said that they
 * read them: that a page was loaded is no sign that anybody read it, or that nothing is left to do. What came while the page stood open waits on.
 */
export function openMessages(events: readonly TimelineEvent[]): OfficeMessage[] {
  let open: OfficeMessage[] = [];
  for (const event of events) {
    if (event.kind === 'message-out') open = [...open, event];
    if (event.kind !== 'message-in' && event.kind !== 'message-read') continue;
    const { upTo } = event.detail;
    open = upTo === undefined ? [] : open.filter(({ id }) => id > upTo);
  }
  return open;
}

/** The person says that they have read what the office wrote, up to one of its messages. Twice is once. It is no proof that a notice was received. */
export async function clientHasRead(
  tx: Tx,
  actor: Actor,
  caseId: string,
  upTo: string,
): Promise<{ kind: 'done' | 'not-found' }> {
  if ((await findCase(tx, { role: 'program', id: 'client', teamIds: [] }, caseId)) === undefined)
    return { kind: 'not-found' };
  const known = openMessages(await timeline(tx, caseId)).findLast(({ id }) => id <= upTo);
  if (known === undefined) return { kind: 'done' };
  await appendEvent(tx, actor, caseId, { kind: 'message-read', detail: { upTo: known.id } });
  await recordAudit(tx, actor, { action: 'case.message-read', subjectType: 'case', subjectId: caseId, caseId });
  return { kind: 'done' };
}
