import { type Expression, sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseEvent, CaseEventKind } from './case-event.ts';
import type { CaseTables } from './tables.ts';

/** An entry of a timeline with words of its own: what the search finds of a case. */
export type WrittenEvent = {
  readonly id: string;
  readonly kind: 'note' | 'message' | 'promise' | 'request' | 'decision' | 'fact' | 'appointment';
  readonly caseId: string;
  /** The topic of a note, otherwise the concern. */
  readonly topic: string;
  /** The concern of the case, by which a note is found too. */
  readonly concern: string;
  /** Id of who wrote it; `client` for people, whatever receipt they held. */
  readonly author: string;
  readonly authorName: string;
  readonly at: Date;
  readonly text: string;
};

const kinds: Partial<Record<CaseEventKind, WrittenEvent['kind']>> = {
  note: 'note',
  'message-in': 'message',
  'message-out': 'message',
  promised: 'promise',
  'item-requested': 'request',
  'item-reopened': 'request',
  decided: 'decision',
  plan: 'note',
  'letter-disputed': 'note',
  'letter-returned': 'note',
  'letter-left': 'note',
  'fact-said': 'fact',
  'fact-confirmed': 'fact',
  checked: 'note',
  appointment: 'appointment',
  'appointment-office': 'appointment',
};
/** Of an appointment not its entries are found, but the appointment, once (module `appointments`). */
const appointmentKinds = ['appointment', 'appointment-office'] as const satisfies readonly CaseEventKind[];
const written = (Object.keys(kinds) as CaseEventKind[]).filter((kind) => kinds[kind] !== 'appointment');

/** Whether an event has words that people look for. */
export const isWritten = (kind: CaseEventKind): boolean => kind in kinds;

function textOf(event: CaseEvent): string {
  switch (event.kind) {
    case 'note':
      return [event.detail.text, event.detail.employer ?? ''].join('\n').trim();
    case 'message-in':
    case 'message-out':
      return event.detail.text;
    case 'promised':
      return event.detail.what;
    case 'item-requested':
      return [event.detail.what, event.detail.why ?? ''].join('\n');
    case 'item-reopened': // with words of its own only where somebody wrote why
      return event.detail.why === undefined ? '' : [event.detail.what, event.detail.why].join('\n');
    case 'fact-said':
    case 'fact-confirmed':
      return [event.detail.text, event.detail.person].join('\n');
    case 'decided':
      return [event.detail.reasons, event.detail.discretion ?? ''].join('\n').trim();
    case 'checked':
      return [event.detail.what, event.detail.source].join('\n');
    case 'plan':
      return [event.detail.text ?? '', event.detail.more ?? ''].join('\n').trim();
    case 'appointment': {
      const { reason = '', otherTimes = '' } = event.detail;
      return [reason, otherTimes].filter((line) => line !== '').join(' · ');
    }
    case 'appointment-office':
      return event.detail.text ?? '';
    case 'letter-disputed':
    case 'letter-returned':
    case 'letter-left':
      return event.detail.text ?? '';
    default:
      return '';
  }
}

function topicOf(event: CaseEvent): string | undefined {
  switch (event.kind) {
    case 'note':
    case 'fact-said':
    case 'appointment':
    case 'appointment-office':
      return event.detail.topic;
    default:
      return undefined;
  }
}

const events = (tx: Tx) =>
  tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .innerJoin('office_case', 'office_case.id', 'case_event.case_id')
    .select([
      'case_event.id',
      'case_event.case_id as caseId',
      'case_event.kind',
      'case_event.detail',
      'case_event.at',
      'case_event.actor_kind as actorKind',
      'case_event.actor_id as actorId',
      'case_event.actor_name as authorName',
      'office_case.concern',
    ]);

/** Written entries of timelines by their ids; others, and those of appointments, are left out. Whether somebody may see them is for the caller to ask. */
export async function writtenEvents(tx: Tx, ids: readonly string[]): Promise<WrittenEvent[]> {
  if (ids.length === 0) return [];
  const rows = await events(tx)
    .where('case_event.id', 'in', [...ids])
    .execute();
  return rows.flatMap(({ kind, detail, actorKind, actorId, ...row }) => {
    const found = kinds[kind];
    if (found === undefined || found === 'appointment') return [];
    const event = { kind, detail } as unknown as CaseEvent; // written by appendEvent: the detail fits the kind
    const topic = topicOf(event) ?? row.concern;
    const author = actorKind === 'client' ? 'client' : actorId;
    const text = textOf(event);
    return text === '' ? [] : [{ ...row, kind: found, topic, author, text }];
  });
}

/** An entry of a timeline about an appointment: who wrote it, and what they said, which may be nothing. */
export type AppointmentEntry = Pick<WrittenEvent, 'id' | 'author' | 'authorName' | 'text'> & {
  readonly appointmentId: string;
};

/** What the timelines of their cases say about some appointments, the oldest first. */
export async function entriesOfAppointments(
  tx: Tx,
  of: readonly { readonly id: string; readonly caseId: string }[],
): Promise<AppointmentEntry[]> {
  if (of.length === 0) return [];
  const rows = await events(tx)
    .where('case_event.case_id', 'in', [...new Set(of.map((each) => each.caseId))])
    .where('case_event.kind', 'in', [...appointmentKinds])
    .orderBy('case_event.id')
    .execute();
  const ids = new Set(of.map((each) => each.id));
  return rows.flatMap(({ id, kind, detail, actorKind, actorId, authorName }) => {
    const event = { kind, detail } as unknown as CaseEvent; // as above
    if (event.kind !== 'appointment' && event.kind !== 'appointment-office') return [];
    const { appointmentId } = event.detail;
    const author = actorKind === 'client' ? 'client' : actorId;
    return ids.has(appointmentId) ? [{ id, appointmentId, author, authorName, text: textOf(event) }] : [];
  });
}

/** The appointments that some entries of timelines are about. */
export async function appointmentsOfEntries(tx: Tx, entryIds: readonly string[]): Promise<string[]> {
  if (entryIds.length === 0) return [];
  const rows = await events(tx)
    .where('case_event.id', 'in', [...entryIds])
    .where('case_event.kind', 'in', [...appointmentKinds])
    .execute();
  return [...new Set(rows.map(({ detail }) => (detail as unknown as { appointmentId: string }).appointmentId))];
}

/** Entries of these kinds may stand without words of anybody; then there is nothing to find. */
const hasWords = sql<boolean>`case when kind = 'item-reopened' then detail ->> 'why' is not null
  when kind in ('letter-disputed', 'letter-returned', 'letter-left') then coalesce(detail ->> 'text', '') <> '' else true end`;

/** Ids of written entries in their order, `size` after the given one: for walks over all of them. */
export async function writtenAfter(tx: Tx, after: string, size: number): Promise<string[]> {
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .select('id')
    .where('id', '>', after)
    .where('kind', 'in', written)
    .where(hasWords)
    .orderBy('id')
    .limit(size)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * The case with an id, where the reader may open it, as a query: it becomes a condition of somebody else's, for each of their rows.
 * `limit` keeps it one question a row.
 */
export const openableCase = (tx: Tx, reader: CaseReader) => (caseId: Expression<string>) =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select('office_case.id')
    .where('office_case.id', '=', caseId)
    .where(visibleTo(reader))
    .limit(1);
