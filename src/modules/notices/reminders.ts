import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { type HolidayPlace, isRestDay } from '../../kernel/holidays.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  type Appointment,
  appointmentById,
  appointmentsBetween,
  isForClient,
  noteReminder,
} from '../appointments/index.ts';
import { lockCase, type NoReminder } from '../cases/index.ts';
import { deliveryChoice } from './delivery-choice.ts';
import type { NoticeTables, ReminderState } from './tables.ts';

/** German hours between which people are reminded: nobody is woken, and in the evening it is still of use. */
const hours = { from: '09:00', until: '20:00' } as const;
const nobody = { role: 'program', id: 'reminders', teamIds: [] } as const;

function nextWorkingDay(today: Day, place: HolidayPlace): Day {
  let day = addDays(today, 1);
  while (isRestDay(day, place)) day = addDays(day, 1);
  return day;
}

/**
 * Open appointments of which somebody is to be reminded now: on the working day before, or, where nothing ran on that day, on a day after it, but never
 * on the day of the appointment itself. Without those of which it is settled for the time that holds.
 */
export async function dueReminders(tx: Tx, place: HolidayPlace): Promise<string[]> {
  const today = dayInGermany(tx.now);
  if (tx.now < instantInGermany(today, hours.from) || tx.now >= instantInGermany(today, hours.until)) return [];
  const until = instantInGermany(addDays(nextWorkingDay(today, place), 1), '00:00');
  const coming = await appointmentsBetween(tx, { from: instantInGermany(addDays(today, 1), '00:00'), until });
  if (coming.length === 0) return [];
  const settled = await tx
    .tables<NoticeTables>()
    .selectFrom('appointment_reminder')
    .select(['appointment_id as id', 'starts_at as startsAt'])
    .where('state', '!=', 'later')
    .where(
      'appointment_id',
      'in',
      coming.map(({ id }) => id),
    )
    .execute();
  const key = (each: { id: string; startsAt: Date }): string => `${each.id} ${each.startsAt.getTime()}`;
  const done = new Set(settled.map(key));
  return coming.filter((each) => !done.has(key(each))).map(({ id }) => id);
}

/** A reminder that is to be told to the relay, with the address. */
export type Reminder = {
  readonly id: string;
  readonly email: string;
  readonly appointment: Appointment;
  readonly teamId: string | null;
};

/**
 * Takes a reminder, once, before the relay is told anything. Undefined where there is nothing to send: somebody else took it, the appointment has
 * ended or was moved away, or the person is not to be reminded, which is settled by it.
 */
export async function beginReminding(tx: Tx, actor: Actor, appointmentId: string): Promise<Reminder | undefined> {
  const caseId = (await appointmentById(tx, appointmentId))?.caseId;
  const found = caseId === undefined ? undefined : await lockCase(tx, { actor, reader: nobody, caseId });
  const appointment = await appointmentById(tx, appointmentId);
  if (found === undefined || appointment === undefined || appointment.caseId !== found.id) return undefined;
  if (appointment.endedAt !== null || dayInGermany(appointment.startsAt) <= dayInGermany(tx.now)) return undefined;
  const choice = await deliveryChoice(tx, found.id);
  const email = choice?.email ?? null;
  const why: NoReminder | undefined = !isForClient(appointment, found.person_id)
    ? 'not-theirs'
    : email === null
      ? 'by-post'
      : choice?.reminders === false
        ? 'not-wished'
        : undefined;
  const id = await take(tx, appointment, why ?? 'sending');
  if (id === undefined) return undefined;
  if (why !== undefined || email === null) tx.touch(found.id);
  return why !== undefined || email === null ? undefined : { id, email, appointment, teamId: found.team_id };
}

/** The row of a reminder in its new state, or nothing where it was settled or is being sent. */
async function take(tx: Tx, appointment: Appointment, state: ReminderState): Promise<string | undefined> {
  const row = {
    id: tx.newId(),
    appointment_id: appointment.id,
    starts_at: appointment.startsAt,
    state,
    changed_at: tx.now,
  };
  const taken = await tx
    .tables<NoticeTables>()
    .insertInto('appointment_reminder')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['jobcenter_id', 'appointment_id', 'starts_at'] as never)
        .doUpdateSet({ state, changed_at: tx.now })
        .where('appointment_reminder.state', '=', 'later'),
    )
    .returning('id')
    .executeTakeFirst();
  return taken?.id;
}

/** What the relay said. Sent or refused stands in the history of the case; `later` is tried again as long as the day has not come. */
export async function endReminding(
  tx: Tx,
  actor: Actor,
  reminder: Pick<Reminder, 'id' | 'appointment'>,
  outcome: 'sent' | 'later' | 'failed' | 'unsure',
): Promise<void> {
  await settle(tx, actor, { id: reminder.id, appointmentId: reminder.appointment.id, from: 'sending' }, outcome);
}

async function settle(
  tx: Tx,
  actor: Actor,
  of: { readonly id: string; readonly appointmentId: string; readonly from: 'sending' | 'later' },
  outcome: 'sent' | 'later' | 'failed' | 'unsure',
): Promise<void> {
  const caseId = (await appointmentById(tx, of.appointmentId))?.caseId;
  if (caseId === undefined || (await lockCase(tx, { actor, reader: nobody, caseId })) === undefined) return;
  const { numUpdatedRows } = await tx
    .tables<NoticeTables>()
    .updateTable('appointment_reminder')
    .set({ state: outcome, changed_at: tx.now })
    .where('id', '=', of.id)
    .where('state', '=', of.from)
    .executeTakeFirstOrThrow();
  const appointment = await appointmentById(tx, of.appointmentId);
  if (numUpdatedRows === 0n || outcome === 'later' || appointment === undefined) return;
  await noteReminder(tx, actor, appointment, outcome === 'sent' ? undefined : outcome);
}

/** A sending that takes longer has lost its worker: nobody knows whether the e-mail went out. */
const patience = 15 * 60_000;
const most = 500;

/** Settles what a worker that died left behind, and what the relay did not take in time. Repeatable; gives how many. */
export async function sweepReminders(tx: Tx, actor: Actor): Promise<number> {
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('appointment_reminder')
    .select(['id', 'appointment_id as appointmentId', 'state', 'starts_at as startsAt', 'changed_at as changedAt'])
    .where('state', 'in', ['sending', 'later'])
    .where('changed_at', '<=', new Date(tx.now.getTime() - patience))
    .orderBy('changed_at')
    .limit(most)
    .execute();
  let count = 0;
  for (const { id, appointmentId, state, startsAt } of rows) {
    if (state === 'later' && dayInGermany(startsAt) > dayInGermany(tx.now)) continue;
    count += 1;
    if (state === 'sending') await settle(tx, actor, { id, appointmentId, from: 'sending' }, 'unsure');
    else await settle(tx, actor, { id, appointmentId, from: 'later' }, 'failed');
  }
  return count;
}

/** What became of the reminders of some appointments, by their ids: of the time that holds now. */
export async function remindersOf(
  tx: Tx,
  of: readonly Pick<Appointment, 'id' | 'startsAt'>[],
): Promise<ReadonlyMap<string, { readonly state: ReminderState; readonly at: Date }>> {
  if (of.length === 0) return new Map();
  const rows = await tx
    .tables<NoticeTables>()
    .selectFrom('appointment_reminder')
    .select(['appointment_id as id', 'starts_at as startsAt', 'state', 'changed_at as at'])
    .where(
      'appointment_id',
      'in',
      of.map(({ id }) => id),
    )
    .execute();
  const holds = (row: { id: string; startsAt: Date }): boolean =>
    of.some((each) => each.id === row.id && each.startsAt.getTime() === row.startsAt.getTime());
  return new Map(rows.filter(holds).map(({ id, state, at }) => [id, { state, at }]));
}
