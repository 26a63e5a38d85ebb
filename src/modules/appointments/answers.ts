import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { note, noteInside, type StaffAct } from './act.ts';
import { type Appointment, isForClient } from './appointment.ts';
import { findAppointment } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/**
 * The person cannot come, and says so over the light access of the receipt. It calls nothing off: somebody of the office looks, and calls
 * or moves it. `unchanged`: it was said already and nobody has answered. `over`: the appointment has begun or ended.
 */
export async function cannotCome(
  tx: Tx,
  actor: Actor & { readonly kind: 'client' },
  caseId: string,
  id: string,
  said: { readonly words: string; readonly otherTimes: string },
): Promise<{ readonly kind: 'done' | 'unchanged' | 'over' | 'not-found' }> {
  const act = { actor, caseId, reader: { role: 'program', id: 'client', teamIds: [] } } as const;
  const found = await lockCase(tx, act);
  const appointment = found === undefined ? undefined : await findAppointment(tx, caseId, id);
  if (found === undefined || appointment === undefined || !isForClient(appointment, found.person_id))
    return { kind: 'not-found' };
  if (appointment.endedAt !== null || appointment.startsAt <= tx.now) return { kind: 'over' };
  if (appointment.answer !== null) return { kind: 'unchanged' };
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

/** Ends what the person said as something to do, together with what was done about it. */
export async function seeAnswers(tx: Tx, act: Pick<StaffAct, 'staffId'>, appointment: Appointment): Promise<void> {
  if (appointment.answer === null) return;
  await tx
    .tables<AppointmentTables>()
    .updateTable('appointment_answer')
    .set({ seen_at: tx.now, seen_by: act.staffId })
    .where('id', '=', appointment.answer.id)
    .execute();
}

/** Somebody has spoken with the person, and the appointment stays as it is. */
export async function settleAnswer(
  tx: Tx,
  act: StaffAct,
  id: string,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' }> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const appointment = await findAppointment(tx, act.caseId, id);
  if (appointment === undefined) return { kind: 'not-found' };
  if (appointment.answer === null) return { kind: 'unchanged' };
  await seeAnswers(tx, act, appointment);
  await noteInside(tx, act, 'seen', appointment, '');
  return { kind: 'done' };
}
