import type { Tx } from '../../platform/database/index.ts';
import type { AppointmentTables } from './tables.ts';

/** Appointments of a case: their ids, the people they were with, whether one of them is still to come, and of how many nobody has said what became of them. */
export async function appointmentsToForget(
  tx: Tx,
  caseId: string,
): Promise<{
  readonly appointmentIds: readonly string[];
  readonly personIds: readonly string[];
  readonly coming: boolean;
  readonly open: number;
}> {
  const rows = await tx
    .tables<AppointmentTables>()
    .selectFrom('appointment')
    .select(['id', 'person_id', 'starts_at', 'ended_at'])
    .where('case_id', '=', caseId)
    .execute();
  return {
    appointmentIds: rows.map((row) => row.id),
    personIds: rows.flatMap((row) => row.person_id ?? []),
    open: rows.filter((row) => row.ended_at === null).length,
    coming: rows.some((row) => row.ended_at === null && row.starts_at >= tx.now),
  };
}

/** Deletes the appointments of a case whose deletion was confirmed, with what was answered to them. */
export async function forgetAppointments(tx: Tx, caseId: string): Promise<void> {
  await tx.raw('select app.forget_appointments($1)', [caseId]);
}

/** Whether an appointment is with a person. */
export const hasAppointments = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx
    .tables<AppointmentTables>()
    .selectFrom('appointment')
    .select('id')
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst()) !== undefined;
