import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { noteTopics, peopleOfCase } from '../contacts/index.ts';
import { canHold, note, noteInside, type StaffAct, takesFrom, written } from './act.ts';
import { type Appointment, type AppointmentWay, lengths } from './appointment.ts';
import { findAppointment } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/** What can be changed of an appointment later. */
export type Arrangement = {
  readonly staffId: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly way: AppointmentWay;
  readonly place: string;
  readonly bring: string;
};

export type NewAppointment = Arrangement & {
  /** Somebody of the household by id; `household` for all of them; `stated` for whom the case names, confirmed or not. */
  readonly whom: string;
  /** Key of a topic of the house that is not closed. */
  readonly topic: string;
  readonly note: string;
};

export type Refusal = { readonly kind: 'refused'; readonly why: 'past' | 'length' | 'staff' | 'whom' | 'topic' };
export type AppointmentOutcome = { readonly kind: 'done' | 'unchanged' | 'not-found' | 'ended' } | Refusal;

export const refused = (why: Refusal['why']): Refusal => ({ kind: 'refused', why });

/** What is wrong with an arrangement, or else from whom who holds it then took it over. An appointment at the same hour as another is allowed: people know why. */
export async function wrongWith(
  tx: Tx,
  act: StaffAct,
  wanted: Arrangement,
  before?: Appointment,
): Promise<Refusal | { readonly takenFrom: string | null }> {
  const { startsAt, minutes, staffId } = wanted;
  if (startsAt <= tx.now) return refused('past');
  if (!Number.isInteger(minutes) || minutes < lengths.least || minutes > lengths.most) return refused('length');
  if (await canHold(tx, act, staffId)) return { takenFrom: null };
  const takenFrom = before && staffId === act.staffId ? await takesFrom(tx, act, before, startsAt) : undefined;
  return takenFrom === undefined ? refused('staff') : { takenFrom };
}

/**
 * Makes an appointment in a case. The person sees it at once where they see their case; nothing follows from it in law, as this is no
 * request to report (§ 59 SGB II with § 309 SGB III): such a one is a letter, and a person decides about it.
 */
export async function makeAppointment(tx: Tx, act: StaffAct, wanted: NewAppointment): Promise<AppointmentOutcome> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const wrong = await wrongWith(tx, act, wanted);
  if ('kind' in wrong) return wrong;
  const topic = (await noteTopics(tx)).find((each) => each.key === wanted.topic);
  if (topic === undefined || topic.closed) return refused('topic');
  // Confirmed while the form was open: whom the case names is then that person.
  const whom = wanted.whom === 'stated' ? (found.person_id ?? 'stated') : wanted.whom;
  const filed = { personId: found.person_id, householdId: found.household_id };
  const person = (await peopleOfCase(tx, filed)).find((each) => each.id === whom);
  if (person === undefined && whom !== 'stated' && whom !== 'household') return refused('whom');
  const row: AppointmentTables['appointment'] = {
    id: tx.newId(),
    case_id: act.caseId,
    person_id: person?.id ?? null,
    person_name: person?.name ?? (whom === 'stated' ? found.person_name : ''),
    staff_id: wanted.staffId,
    starts_at: wanted.startsAt,
    minutes: wanted.minutes,
    way: wanted.way,
    place: wanted.place,
    topic: topic.key,
    topic_name: topic.name ?? null,
    bring: wanted.bring,
    note: wanted.note,
    moves: 0,
    calendar_revision: 0,
    calendar_loaded: null,
    came_from: null,
    taken_from: null,
    made_at: tx.now,
    made_by: act.staffId,
    changed_at: tx.now,
    ended_at: null,
    ended_by: null,
    ended_as: null,
    ended_wish: null,
    ended_words: null,
  };
  await tx.tables<AppointmentTables>().insertInto('appointment').values(row).execute();
  await written(tx, act, row.id);
  const made = (await findAppointment(tx, act.caseId, row.id)) as Appointment;
  await note(tx, act, 'made', made);
  if (made.note !== '') await noteInside(tx, act, 'noted', made, made.note);
  return { kind: 'done' };
}
