import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { note, noteInside, type StaffAct, written } from './act.ts';
import { type SeenAnswer, saidMeanwhile, seeAnswer } from './answers.ts';
import type { Appointment, Wish } from './appointment.ts';
import { type AppointmentOutcome, type Arrangement, type Refusal, wrongWith } from './make-appointment.ts';
import { findAppointment } from './store.ts';
import type { AppointmentTables } from './tables.ts';

type Found = { readonly kind: 'open'; readonly appointment: Appointment } | { readonly kind: 'not-found' | 'ended' };

/** An appointment of the case that has not ended; the case is locked. */
async function openOne(tx: Tx, act: StaffAct, id: string): Promise<Found> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const appointment = await findAppointment(tx, act.caseId, id);
  if (appointment === undefined) return { kind: 'not-found' };
  return appointment.endedAt === null ? { kind: 'open', appointment } : { kind: 'ended' };
}

const isSame = (a: Appointment, b: Arrangement): boolean =>
  a.startsAt.getTime() === b.startsAt.getTime() &&
  a.minutes === b.minutes &&
  a.staffId === b.staffId &&
  a.way === b.way &&
  a.place === b.place &&
  a.bring === b.bring;

/** Whether a calendar would show something else: the room and what to bring are not in it. */
const isOtherEntry = (a: Appointment, b: Arrangement): boolean =>
  a.startsAt.getTime() !== b.startsAt.getTime() || a.minutes !== b.minutes || a.way !== b.way;

/**
 * Gives an appointment another time, place or person of the office, with the reason and who wished it. What the person said about it
 * counts as answered where who moves it has read it (`seen`); else it stays to be done. How it was before stays in the timeline.
 */
export async function moveAppointment(
  tx: Tx,
  act: StaffAct,
  id: string,
  to: Arrangement & { readonly reason: string; readonly wish: Wish; readonly seen?: SeenAnswer },
): Promise<AppointmentOutcome> {
  const found = await openOne(tx, act, id);
  if (found.kind !== 'open') return found;
  const before = found.appointment;
  if (isSame(before, to)) return { kind: 'unchanged' };
  const wrong = await wrongWith(tx, act, to, before);
  if ('kind' in wrong) return wrong;
  const { takenFrom } = wrong;
  const { staffId, startsAt, minutes, way, place, bring, reason, wish } = to;
  await change(tx, id, {
    staff_id: staffId,
    taken_from: takenFrom,
    starts_at: startsAt,
    minutes,
    way,
    place,
    bring,
    moves: before.moves + 1,
    calendar_revision: before.calendarRevision + (isOtherEntry(before, to) ? 1 : 0),
    changed_at: tx.now,
  });
  await seeAnswer(tx, act, before, to.seen);
  await written(tx, act, id);
  const after = { ...before, staffId, takenFrom, startsAt, minutes, way, place, bring };
  await note(tx, act, 'moved', after, { from: before.startsAt, reason, wish });
  return { kind: 'done' };
}

type Ending = { readonly seen?: SeenAnswer } & (
  | { readonly as: 'called-off'; readonly words: string; readonly wish: Wish }
  /** `words`: what was known of why somebody did not come, or a remark; may be empty. */
  | { readonly as: 'held' | 'missed'; readonly words: string }
);

/**
 * Says what became of an appointment: it took place, the person did not come, or it is called off. The first two only after it began
 * (`early`). Of two who end one at once, the second is told; so is who has not read what the person said meanwhile, as it would be read by nobody.
 */
export async function endAppointment(
  tx: Tx,
  act: StaffAct,
  id: string,
  how: Ending,
): Promise<Exclude<AppointmentOutcome, Refusal> | { readonly kind: 'early' | 'said-meanwhile' }> {
  const found = await openOne(tx, act, id);
  if (found.kind !== 'open') return found;
  const { appointment } = found;
  if (how.as !== 'called-off' && appointment.startsAt > tx.now) return { kind: 'early' };
  if (saidMeanwhile(appointment, how.seen)) return { kind: 'said-meanwhile' };
  await change(tx, id, {
    changed_at: tx.now,
    ended_at: tx.now,
    ended_by: act.staffId,
    ended_as: how.as,
    ended_wish: how.as === 'called-off' ? how.wish : null,
    ended_words: how.words === '' ? null : how.words,
    ...(how.as === 'called-off' ? { calendar_revision: appointment.calendarRevision + 1 } : {}),
  });
  await seeAnswer(tx, act, appointment, how.seen);
  await written(tx, act, id);
  if (how.as === 'called-off') await note(tx, act, 'called-off', appointment, { reason: how.words, wish: how.wish });
  else await noteInside(tx, act, how.as, appointment, how.words);
  return { kind: 'done' };
}

const change = (tx: Tx, id: string, set: Partial<AppointmentTables['appointment']>) =>
  tx.tables<AppointmentTables>().updateTable('appointment').set(set).where('id', '=', id).execute();
