import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type TimelineEvent, timeline } from './case-detail.ts';
import type { CaseEventKind } from './case-event.ts';
import { appendEvent } from './events.ts';
import { type Act, change, lockCase, type VerbOutcome } from './verbs.ts';

type OfficeMessage = TimelineEvent & { readonly kind: 'message-out' };
type OfficeLetter = TimelineEvent & { readonly kind: 'letter-sent' | 'letter-again' };
type Read = TimelineEvent & { readonly kind: 'message-read' };
const isMessage = (event: TimelineEvent): event is OfficeMessage => event.kind === 'message-out';
const isLetter = (event: TimelineEvent): event is OfficeLetter =>
  event.kind === 'letter-sent' || event.kind === 'letter-again';

/**
 * So long a message waits: two months are more than any period that is set in one, and than the month for an objection (§ 84 SGG). Of whoever
 * was silent for longer the office asks again, by a paper it requires or by letter; the message itself stays where messages stand.
 */
const waitingDays = 60;

/**
 * Messages of the office that still wait for the person at `now`, the oldest first. They wait until the person has written back, has handed
 * something in, or has said that they read them, or until somebody of the office has said that they answered by telephone or at the counter.
 * That a page was loaded is no sign that anybody read it, or that nothing is left to do. What came while the page stood open waits on. What was
 * written before the case was closed is settled with it.
 */
export const openMessages = (events: readonly TimelineEvent[], now: Date): OfficeMessage[] =>
  waiting(events, now, isMessage);

/**
 * Letters of the office of which the person has not shown that they know them, the oldest first; by the same signs and as long as messages. That they
 * opened one is known where letters are, not here.
 */
export const openLetters = (events: readonly TimelineEvent[], now: Date): OfficeLetter[] =>
  waiting(events, now, isLetter);

function waiting<Event extends TimelineEvent>(
  events: readonly TimelineEvent[],
  now: Date,
  waits: (event: TimelineEvent) => event is Event,
): Event[] {
  const since = now.getTime() - waitingDays * 86_400_000;
  let open: Event[] = [];
  for (const event of events) {
    if (waits(event) && event.at.getTime() >= since) open = [...open, event];
    if (event.kind === 'received' || event.kind === 'closed') open = [];
    if (event.kind !== 'message-in' && event.kind !== 'message-read' && event.kind !== 'message-answered') continue;
    const { upTo } = event.detail;
    const settled = event.kind === 'message-read' ? settles(event, open) : () => true;
    open = upTo === undefined ? [] : open.filter((each) => each.id > upTo || !settled(each));
  }
  return open;
}

/** What of the open ones it settles that somebody said they read it: a letter says nothing of the messages beside it, nor of another letter. */
function settles({ detail }: Read, open: readonly TimelineEvent[]): (event: TimelineEvent) => boolean {
  if (detail.what === undefined) return () => true;
  if (detail.what === 'messages') return isMessage;
  const letter = open.filter(isLetter).find(({ id }) => id === detail.upTo);
  return (event) => letter !== undefined && isLetter(event) && event.detail.noticeId === letter.detail.noticeId;
}

/** What of the office answers a person who wrote. A letter that was only begun, a follow-up for oneself or a paper moved away tells them nothing. */
const answers: readonly CaseEventKind[] = [
  'message-out',
  'message-answered',
  'note',
  'letter-sent',
  'appointment',
  'promised',
  'promise-kept',
  'item-requested',
  'item-reopened',
  'item-withdrawn',
  'decided',
  'closed',
];

type ClientMessage = TimelineEvent & { readonly kind: 'message-in' };

/**
 * What the person wrote and nobody of the office has done anything about, the oldest first: no answer, note, letter, appointment, request, decision. Whoever
 * takes the case, or says whose it is, has answered nothing by that.
 */
export function unansweredMessages(events: readonly TimelineEvent[]): ClientMessage[] {
  let open: ClientMessage[] = [];
  for (const event of events) {
    if (event.kind === 'message-in') open = [...open, event];
    else if (event.actorKind === 'staff' && answers.includes(event.kind)) open = [];
  }
  return open;
}

/** The newest message that waits and is not newer than the one with this id: everything up to it is settled at once. */
async function openUpTo(tx: Tx, caseId: string, upTo: string): Promise<OfficeMessage | undefined> {
  return openMessages(await timeline(tx, caseId), tx.now).findLast(({ id }) => id <= upTo);
}

/**
 * The person says that they have read messages of the office up to one of them, or one letter; from a page that did not tell them apart, all up to it.
 * Twice is once. It is no proof that a notice was received.
 */
export async function clientHasRead(
  tx: Tx,
  actor: Actor,
  caseId: string,
  upTo: string,
  what?: 'messages' | 'letter',
): Promise<{ kind: 'done' | 'not-found' }> {
  const act: Act = { actor, caseId, reader: { role: 'program', id: 'client', teamIds: [] } };
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const events = await timeline(tx, caseId);
  const messages = what === 'letter' ? [] : openMessages(events, tx.now);
  const letters = what === 'messages' ? [] : openLetters(events, tx.now);
  const open = [...messages, ...letters].filter(({ id }) => (what === 'letter' ? id === upTo : id <= upTo));
  const known = open.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  if (known === undefined) return { kind: 'done' };
  await appendEvent(tx, actor, caseId, {
    kind: 'message-read',
    detail: { upTo: known.id, ...(what !== undefined && { what }) },
  });
  await recordAudit(tx, actor, { action: 'case.message-read', subjectType: 'case', subjectId: caseId, caseId });
  return { kind: 'done' };
}

/**
 * Somebody of the office says that the person answered by telephone or at the counter, up to one of the messages that they had before them: what
 * another one wrote meanwhile waits on. The person sees it in their history. Twice is once.
 */
export async function noteSpokenAnswer(tx: Tx, act: Act, upTo: string): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const known = await openUpTo(tx, act.caseId, upTo);
  if (known === undefined) return { kind: 'unchanged' };
  return change(tx, act, { kind: 'message-answered', detail: { upTo: known.id } }, {});
}
