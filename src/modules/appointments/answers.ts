import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { note, noteInside, type StaffAct } from './act.ts';
import { type Answer, type Appointment, endsAt, isForClient, isRefused } from './appointment.ts';
import { findAppointment } from './store.ts';
import type { AppointmentTables } from './tables.ts';

type Client = Actor & { readonly kind: 'client' };

/** An appointment of the case that holds, with what is needed to note something about it; the case is locked. */
async function heldFor(tx: Tx, actor: Client, caseId: string, id: string) {
  const act = { actor, caseId, reader: { role: 'program', id: 'client', teamIds: [] } } as const;
  const found = await lockCase(tx, act);
  const appointment = found === undefined ? undefined : await findAppointment(tx, caseId, id);
  if (found === undefined || appointment === undefined || !isForClient(appointment, found.person_id))
    return { kind: 'not-found' } as const;
  if (appointment.endedAt !== null || endsAt(appointment) <= tx.now) return { kind: 'over' } as const;
  return { kind: 'held', act, appointment } as const;
}

/**
 * The person cannot come, and says so over the light access of the receipt. It calls nothing off: somebody of the office looks, and calls
 * or moves it. `unchanged`: just this was said already and nobody has answered; `said-before`: other words were, and these are not kept. `over`: the
 * appointment has ended. As long as it lasts somebody who is late or lost can still say so.
 */
export async function cannotCome(
  tx: Tx,
  actor: Client,
  caseId: string,
  id: string,
  said: { readonly words: string; readonly otherTimes: string },
): Promise<{ readonly kind: 'done' | 'unchanged' | 'said-before' | 'over' | 'not-found' }> {
  const found = await heldFor(tx, actor, caseId, id);
  if (found.kind !== 'held') return found;
  const before = found.appointment.answer;
  if (before !== null && !before.comes) {
    const same = before.words === said.words && before.otherTimes === said.otherTimes;
    return { kind: same || (said.words === '' && said.otherTimes === '') ? 'unchanged' : 'said-before' };
  }
  await keepAnswer(tx, found.appointment, { ...said, comes: false });
  await note(tx, found.act, 'cannot-come', found.appointment, { reason: said.words, otherTimes: said.otherTimes });
  return { kind: 'done' };
}

/**
 * Who said that they cannot come can come after all, as long as the appointment holds. What they said before stays in the timeline, and this waits for
 * somebody as that did: they may have begun to look for another day. `unchanged`: nothing else is known than that they come.
 */
export async function canCome(
  tx: Tx,
  actor: Client,
  caseId: string,
  id: string,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'over' | 'not-found' }> {
  const found = await heldFor(tx, actor, caseId, id);
  if (found.kind !== 'held') return found;
  if (!isRefused(found.appointment)) return { kind: 'unchanged' };
  await keepAnswer(tx, found.appointment, { words: '', otherTimes: '', comes: true });
  await note(tx, found.act, 'can-come', found.appointment);
  return { kind: 'done' };
}

/** Puts what the person says now in the place of what they said before and nobody has answered. */
async function keepAnswer(
  tx: Tx,
  { id, answer: before }: Appointment,
  said: Pick<Answer, 'words' | 'otherTimes' | 'comes'>,
): Promise<void> {
  const answers = tx.tables<AppointmentTables>();
  if (before !== null)
    await answers.updateTable('appointment_answer').set({ replaced_at: tx.now }).where('id', '=', before.id).execute();
  await answers
    .insertInto('appointment_answer')
    .values({
      id: tx.newId(),
      appointment_id: id,
      words: said.words,
      other_times: said.otherTimes,
      comes: said.comes,
      said_at: tx.now,
      replaced_at: null,
      seen_at: null,
      seen_by: null,
    })
    .execute();
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
