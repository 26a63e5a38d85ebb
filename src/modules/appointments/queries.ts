import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { type Appointment, endsAt, isForClient, lengths } from './appointment.ts';
import { appointments, withAnswers } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/** Appointments of a case, the earliest first. The caller has asked whether its reader may see the case. */
export const appointmentsOf = async (tx: Tx, caseId: string): Promise<readonly Appointment[]> =>
  withAnswers(tx, await appointments(tx).where('case_id', '=', caseId).orderBy('starts_at').orderBy('id').execute());

/** Appointments of a case that have not ended, the earliest first. The caller has asked whether its reader may see the case. */
export const openAppointments = async (tx: Tx, caseId: string): Promise<readonly Appointment[]> =>
  withAnswers(
    tx,
    await appointments(tx)
      .where('case_id', '=', caseId)
      .where('ended_at', 'is', null)
      .orderBy('starts_at')
      .orderBy('id')
      .execute(),
  );

/** Open appointments of the whole house that begin in a span of time, for work of the house itself: ids and times alone. */
export const appointmentsBetween = (
  tx: Tx,
  span: { readonly from: Date; readonly until: Date },
): Promise<{ id: string; startsAt: Date }[]> =>
  tx
    .tables<AppointmentTables>()
    .selectFrom('appointment')
    .select(['id', 'starts_at as startsAt'])
    .where('ended_at', 'is', null)
    .where('starts_at', '>=', span.from)
    .where('starts_at', '<', span.until)
    .orderBy('starts_at')
    .orderBy('id')
    .execute();

/** Appointments of some cases that are still to come, the next first. The caller has asked whether its reader may see the cases. */
export async function comingAppointments(
  tx: Tx,
  caseIds: readonly string[],
  most: number,
): Promise<readonly Appointment[]> {
  if (caseIds.length === 0) return [];
  const rows = await appointments(tx)
    .where('case_id', 'in', [...caseIds])
    .where('ended_at', 'is', null)
    .where('starts_at', '>', new Date(tx.now.getTime() - lengths.most * 60_000))
    .where(sql<boolean>`starts_at + minutes * interval '1 minute' > ${tx.now}`)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(most)
    .execute();
  return withAnswers(tx, rows);
}

/** So many ended appointments a case shows; what was before stands in its timeline. */
const mostEnded = 20;

/** What a case shows: every open appointment, the earliest first, and the newest of those that ended, with how many ended in all. */
export async function appointmentsToShow(
  tx: Tx,
  caseId: string,
): Promise<{ open: readonly Appointment[]; ended: readonly Appointment[]; endedInAll: number }> {
  const all = appointments(tx).where('case_id', '=', caseId);
  const ended = await all
    .select(sql<string>`count(*) over ()`.as('inAll'))
    .where('ended_at', 'is not', null)
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostEnded)
    .execute();
  return {
    open: await openAppointments(tx, caseId),
    ended: ended.map(({ inAll: _, ...each }) => ({ ...each, answer: null })),
    endedInAll: Number(ended[0]?.inAll ?? 0),
  };
}

const mostForClient = 50;

/** What of it the person sees: appointments to come, without those that are with another adult of the household alone. */
export async function appointmentsForClient(
  tx: Tx,
  of: { readonly id: string; readonly personId: string | null },
): Promise<readonly Omit<Appointment, 'note'>[]> {
  const coming = await comingAppointments(tx, [of.id], mostForClient);
  return coming.filter((each) => isForClient(each, of.personId)).map(({ note: _, ...seen }) => seen);
}

/** Appointments that would still be to come and were called off, as far as the person sees them: so that nobody goes in vain. */
export async function calledOffForClient(
  tx: Tx,
  of: { readonly id: string; readonly personId: string | null },
): Promise<readonly Omit<Appointment, 'note'>[]> {
  const rows = await appointments(tx)
    .where('case_id', '=', of.id)
    .where('ended_as', '=', 'called-off')
    .where(sql<boolean>`starts_at + minutes * interval '1 minute' > ${tx.now}`)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(mostForClient)
    .execute();
  return rows
    .filter((each) => isForClient(each, of.personId))
    .map(({ note: _, ...seen }) => ({ ...seen, answer: null }));
}

/**
 * An appointment for somebody's own calendar, to come or called off; and keeps which version of its entry was fetched, so that the portal can say
 * when a saved one says something else.
 */
export async function loadForCalendar(
  tx: Tx,
  of: { readonly id: string; readonly personId: string | null },
  id: string,
): Promise<Omit<Appointment, 'note'> | undefined> {
  const shown = [...(await appointmentsForClient(tx, of)), ...(await calledOffForClient(tx, of))];
  const found = shown.find((each) => each.id === id);
  if (found !== undefined)
    await tx
      .tables<AppointmentTables>()
      .updateTable('appointment')
      .set({ calendar_loaded: found.calendarRevision })
      .where('id', '=', id)
      .where('calendar_revision', '=', found.calendarRevision) // moved at this moment: then this file is out of date already
      .execute();
  return found;
}

/**
 * How many open appointments the same person of the office has at the same time as each of these, for a gentle hint: only the number, as the other
 * case may be somebody else's secret.
 */
export async function clashesOf(tx: Tx, of: readonly Appointment[]): Promise<ReadonlyMap<string, number>> {
  if (of.length === 0) return new Map();
  const near = await appointments(tx)
    .where('staff_id', 'in', [...new Set(of.map((each) => each.staffId))])
    .where('ended_at', 'is', null)
    .where('starts_at', '<', new Date(Math.max(...of.map((each) => endsAt(each).getTime()))))
    .where('starts_at', '>', new Date(Math.min(...of.map((each) => each.startsAt.getTime())) - lengths.most * 60_000))
    .execute();
  const beside = (one: Appointment): number =>
    near.filter(
      (other) =>
        other.id !== one.id &&
        other.staffId === one.staffId &&
        other.startsAt < endsAt(one) &&
        endsAt(other) > one.startsAt,
    ).length;
  return new Map(of.map((each) => [each.id, beside(each)]));
}
