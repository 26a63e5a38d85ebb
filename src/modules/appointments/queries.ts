import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { type Appointment, endsAt, isForClient, lengths } from './appointment.ts';
import { appointments, withAnswers } from './store.ts';

/** Appointments of a case, the earliest first. The caller has asked whether its reader may see the case. */
export const appointmentsOf = async (tx: Tx, caseId: string): Promise<readonly Appointment[]> =>
  withAnswers(tx, await appointments(tx).where('case_id', '=', caseId).orderBy('starts_at').orderBy('id').execute());

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

const mostForClient = 50;

/** What of it the person sees: appointments to come, without those that are with another adult of the household alone. */
export async function appointmentsForClient(
  tx: Tx,
  of: { readonly id: string; readonly personId: string | null },
): Promise<readonly Omit<Appointment, 'note'>[]> {
  const coming = await comingAppointments(tx, [of.id], mostForClient);
  return coming.filter((each) => isForClient(each, of.personId)).map(({ note: _, ...seen }) => seen);
}

/**
 * How many open appointments the same person of the office has at the same time, for a gentle hint: only the number, as the other case
 * may be somebody else's secret.
 */
export async function clashesWith(tx: Tx, each: Appointment): Promise<number> {
  const near = await appointments(tx)
    .where('staff_id', '=', each.staffId)
    .where('ended_at', 'is', null)
    .where('id', '!=', each.id)
    .where('starts_at', '<', endsAt(each))
    .where('starts_at', '>', new Date(each.startsAt.getTime() - lengths.most * 60_000))
    .execute();
  return near.filter((other) => endsAt(other) > each.startsAt).length;
}
