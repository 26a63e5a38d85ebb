import { dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { casesByIds, entriesOfAppointments } from '../cases/index.ts';
import type { Findable } from '../search/index.ts';
import type { Appointment } from './appointment.ts';
import { appointments, withAnswers } from './store.ts';

/** An appointment as the search shows it: with who made it, and the entries of the timeline that are about it. */
export type FindableAppointment = Findable & {
  readonly appointment: Appointment;
  readonly authorName: string;
  readonly entryIds: readonly string[];
};

/**
 * Appointments as they are found: once each, by when and where they are now, with whom, what is to be brought, and by all that was said about them in their
 * case. Whether somebody may see the case is for the caller to ask.
 */
export async function findableAppointments(tx: Tx, ids: readonly string[]): Promise<FindableAppointment[]> {
  if (ids.length === 0) return [];
  const rows = await appointments(tx)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  const found = await withAnswers(tx, rows);
  const entries = await entriesOfAppointments(tx, found);
  const cases = await casesByIds(
    tx,
    found.map((each) => each.caseId),
  );
  return found.map((appointment) => {
    const { id, caseId, topic, changedAt } = appointment;
    const own = entries.filter((entry) => entry.appointmentId === id);
    const concern = cases.find((each) => each.id === caseId)?.concern;
    const author = own[0]?.author ?? appointment.staffId;
    return {
      id,
      kind: 'appointment',
      caseId,
      topic,
      ...(concern === undefined ? {} : { concern }),
      author,
      alsoBy: [...new Set(own.map((entry) => entry.author))].filter((each) => each !== author),
      at: changedAt,
      text: textOf(appointment, own),
      appointment,
      authorName: own[0]?.authorName ?? '',
      entryIds: own.map((entry) => entry.id),
    };
  });
}

/** The day is found in any way in which days are written. */
function textOf(appointment: Appointment, entries: readonly { readonly text: string }[]): string {
  const { startsAt, personName, place, bring, note, endedWords } = appointment;
  const day = dayInGermany(startsAt).split('-').reverse().join('.');
  const said = [personName, place, bring, note, ...entries.map((entry) => entry.text), endedWords ?? ''];
  return [...new Set([day, ...said])].filter((line) => line !== '').join(' · ');
}

/** Ids of appointments in their order, `size` after the given one: for walks over all of them. */
export async function appointmentsAfter(tx: Tx, after: string, size: number): Promise<string[]> {
  const rows = await appointments(tx).where('id', '>', after).orderBy('id').limit(size).execute();
  return rows.map((row) => row.id);
}
