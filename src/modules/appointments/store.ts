import type { Tx } from '../../platform/database/index.ts';
import type { Answer, Appointment } from './appointment.ts';
import type { AppointmentTables } from './tables.ts';

export const columns = [
  'appointment.id',
  'appointment.case_id as caseId',
  'appointment.person_id as personId',
  'appointment.person_name as personName',
  'appointment.staff_id as staffId',
  'appointment.taken_from as takenFrom',
  'appointment.starts_at as startsAt',
  'appointment.minutes',
  'appointment.way',
  'appointment.place',
  'appointment.topic',
  'appointment.topic_name as topicName',
  'appointment.bring',
  'appointment.note',
  'appointment.moves',
  'appointment.calendar_revision as calendarRevision',
  'appointment.calendar_loaded as calendarLoaded',
  'appointment.made_at as madeAt',
  'appointment.changed_at as changedAt',
  'appointment.ended_at as endedAt',
  'appointment.ended_as as endedAs',
  'appointment.ended_words as endedWords',
] as const;

export const appointments = (tx: Tx) => tx.tables<AppointmentTables>().selectFrom('appointment').select(columns);

/** Puts beside each appointment what the person said about it and nobody has answered. */
export async function withAnswers(
  tx: Tx,
  rows: readonly Omit<Appointment, 'answer'>[],
): Promise<readonly Appointment[]> {
  if (rows.length === 0) return [];
  const answers = await tx
    .tables<AppointmentTables>()
    .selectFrom('appointment_answer')
    .select(['id', 'appointment_id as of', 'words', 'other_times as otherTimes', 'comes', 'said_at as saidAt'])
    .where(
      'appointment_id',
      'in',
      rows.map((row) => row.id),
    )
    .where('seen_at', 'is', null)
    .where('replaced_at', 'is', null)
    .execute();
  const answerOf = (id: string): Answer | null => {
    const found = answers.find((each) => each.of === id);
    if (found === undefined) return null;
    const { of: _, ...answer } = found;
    return answer;
  };
  return rows.map((row) => ({ ...row, answer: answerOf(row.id) }));
}

/** An appointment by its id, for work of the house itself. */
export async function appointmentById(tx: Tx, id: string): Promise<Appointment | undefined> {
  return (await withAnswers(tx, await appointments(tx).where('id', '=', id).execute()))[0];
}

/** One appointment of a case. */
export async function findAppointment(tx: Tx, caseId: string, id: string): Promise<Appointment | undefined> {
  const rows = await appointments(tx).where('id', '=', id).where('case_id', '=', caseId).execute();
  return (await withAnswers(tx, rows))[0];
}
