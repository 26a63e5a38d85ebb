import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { note, noteInside, type StaffAct } from './act.ts';
import { type Appointment, endsAt, isForClient } from './appointment.ts';
import { findAppointment } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/**
 * The person cannot come, and says so over the light access of the receipt. It calls nothing off: somebody of the office looks, and calls
 * or moves it. `unchanged`: just this was said already and nobody has answered; `said-before`: other words were, and these are not kept. `over`: the
 * appointment has ended. As long as it lasts somebody who is late or lost can still say so.
 */
export async function cannotCome(
  tx: Tx,
  actor: Actor & { readonly kind: 'client' },
  caseId: string,
  id: string,
  said: { readonly words: string; readonly otherTimes: string },
): Promise<{ readonly kind: 'done' | 'unchanged' | 'said-before' | 'over' | 'not-found' }> {
  const act = { actor, caseId, reader: { role: 'program', id: 'client', teamIds: [] } } as const;
  const found = await lockCase(tx, act);
  const appointment = found === undefined ? undefined : await findAppointment(tx, caseId, id);
  if (found === undefined || appointment === undefined || !isForClient(appointment, found.person_id))
    return { kind: 'not-found' };
  if (appointment.endedAt !== null || endsAt(appointment) <= tx.now) return { kind: 'over' };
  const before = appointment.answer;
  if (before !== null) {
    const same = before.words === said.words && before.otherTimes === said.otherTimes;
    return { kind: same || (said.words === '' && said.otherTimes === '') ? 'unchanged' : 'said-before' };
  }
  await tx
    .tables<AppointmentTables>()
    .insertInto('appointment_answer')
    .values({
      id: tx.newId(),
      appointment_id: id,
      words: said.words,
      other_times: said.otherTimes,
      said_at: tx.now,
      seen_at: null,
      seen_by: null,
    })
    .execute();
  await note(tx, act, 'cannot-come', appointment, { reason: said.words, otherTimes: said.otherTimes });
  return { kind: 'done' };
}

/** The answer that stood before somebody's eyes when they acted, by its id; undefined where none did. */
export type SeenAnswer = string | undefined;

/** Whether the person said something that who acts has not read: it came after their page was drawn. */
export const saidMeanwhile = ({ answer }: Appointment, seen: SeenAnswer): boolean =>
  answer !== null && answer.id !== seen;

/** Ends what the person said as something to do, together with what was done about it; only what was read. */
export async function seeAnswer(
  tx: Tx,
  act: Pick<StaffAct, 'staffId'>,
  appointment: Appointment,
  seen: SeenAnswer,
): Promise<void> {
  if (appointment.answer === null || saidMeanwhile(appointment, seen)) return;
  await tx
    .tables<AppointmentTables>()
    .updateTable('appointment_answer')
    .set({ seen_at: tx.now, seen_by: act.staffId })
    .where('id', '=', appointment.answer.id)
    .execute();
}

/** Somebody has spoken with the person about what they said (`seen`), and the appointment stays as it is. What came later stays to be done. */
export async function settleAnswer(
  tx: Tx,
  act: StaffAct,
  id: string,
  seen: SeenAnswer,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' }> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const appointment = await findAppointment(tx, act.caseId, id);
  if (appointment === undefined) return { kind: 'not-found' };
  if (appointment.answer === null || saidMeanwhile(appointment, seen)) return { kind: 'unchanged' };
  await seeAnswer(tx, act, appointment, seen);
  await noteInside(tx, act, 'seen', appointment, '');
  return { kind: 'done' };
}
