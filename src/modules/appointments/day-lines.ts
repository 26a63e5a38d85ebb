import { sql } from 'kysely';
import { dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  type CaseReader,
  caseOfNobody,
  caseOfPeople,
  caseOfTeam,
  type DayCursor,
  type DayPage,
  type LineCase,
  lineCases,
  openableCase,
  pageOf,
  peopleOf,
} from '../cases/index.ts';
import { staffOfTeam } from '../identity/index.ts';
import type { Appointment } from './appointment.ts';
import { appointments, withAnswers } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/** An appointment in a list of a day, with its case. */
export type AppointmentLine = DayCursor & LineCase & { readonly appointment: Appointment };

/**
 * Open appointments of a reader's work, only in cases they may see: their own and those of people they stand in for; those in cases that are
 * theirs, whoever holds them; and those in cases of their teams that nobody works on and whose holder is of another team. So none is lost
 * when a case changes hands.
 */
async function ofWork(tx: Tx, reader: CaseReader) {
  const people = peopleOf(reader);
  const teams: { id: string; insiders: string[] }[] = [];
  for (const id of reader.teamIds) teams.push({ id, insiders: (await staffOfTeam(tx, id)).map((each) => each.id) });
  return appointments(tx)
    .where('appointment.ended_at', 'is', null)
    .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('appointment.case_id')) as never))
    .where(({ eb, or, and, exists, ref }) =>
      or([
        eb('appointment.staff_id', 'in', people),
        exists(caseOfPeople(tx, people)(ref('appointment.case_id')) as never),
        ...teams.map(({ id, insiders }) =>
          and([
            eb('appointment.staff_id', 'not in', [...insiders, reader.id]),
            exists(caseOfNobody(tx, id)(ref('appointment.case_id')) as never),
          ]),
        ),
      ]),
    );
}

/** Behind the last line of a page that is sorted by when appointments begin. */
const behind = ({ at, id }: DayCursor) =>
  sql<boolean>`(appointment.starts_at, appointment.id) > (${at}::timestamptz, ${id}::uuid)`;

type Found = Omit<Appointment, 'answer'>;

/** Puts the cases beside them; the reader may see each of them. */
async function asLines(tx: Tx, reader: CaseReader, rows: readonly Found[]): Promise<AppointmentLine[]> {
  const cases = await lineCases(
    tx,
    reader,
    rows.map((row) => row.caseId),
  );
  return (await withAnswers(tx, rows)).flatMap((appointment) => {
    const of = cases.get(appointment.caseId);
    return of === undefined ? [] : [{ ...of, id: appointment.id, at: appointment.startsAt, appointment }];
  });
}

/** Appointments of a reader's work that begin in a span of time, by their time, in keyset pages. */
export async function appointmentLines(
  tx: Tx,
  reader: CaseReader,
  span: { readonly from: Date; readonly until: Date },
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<AppointmentLine>> {
  let query = (await ofWork(tx, reader))
    .where('appointment.starts_at', '>=', span.from)
    .where('appointment.starts_at', '<', span.until)
    .orderBy('appointment.starts_at')
    .orderBy('appointment.id')
    .limit(size + 1);
  if (after !== undefined) query = query.where(behind(after));
  return pageOf([await asLines(tx, reader, await query.execute())], size);
}

/**
 * What is to be done about appointments of a reader's work, the oldest first: the person said that they cannot come, or come after all, and nobody has read it;
 * or its day has passed, and nobody has said how it went. Sorted by when the appointment begins.
 */
export async function appointmentMatters(
  tx: Tx,
  reader: CaseReader,
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<AppointmentLine>> {
  const today = instantInGermany(dayInGermany(tx.now), '00:00');
  let query = (await ofWork(tx, reader))
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('appointment.starts_at', '<', today),
        exists(
          selectFrom('appointment_answer')
            .select('appointment_answer.id')
            .whereRef('appointment_answer.appointment_id', '=', 'appointment.id')
            .where('appointment_answer.seen_at', 'is', null)
            .where('appointment_answer.replaced_at', 'is', null),
        ),
      ]),
    )
    .orderBy('appointment.starts_at')
    .orderBy('appointment.id')
    .limit(size + 1);
  if (after !== undefined) query = query.where(behind(after));
  return pageOf([await asLines(tx, reader, await query.execute())], size);
}

/** Open appointments of people who are away or gone, also those of which nobody said how they went, the earliest first, in keyset pages; in cases the reader may see. */
export async function appointmentsOfAbsent(
  tx: Tx,
  reader: CaseReader,
  of: { readonly staffIds: readonly string[] },
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<AppointmentLine>> {
  if (of.staffIds.length === 0) return { lines: [], next: undefined };
  let query = appointments(tx)
    .where('appointment.ended_at', 'is', null)
    .where('appointment.staff_id', 'in', [...of.staffIds])
    .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('appointment.case_id')) as never))
    .orderBy('appointment.starts_at')
    .orderBy('appointment.id')
    .limit(size + 1);
  if (after !== undefined) query = query.where(behind(after));
  return pageOf([await asLines(tx, reader, await query.execute())], size);
}

/**
 * How many open appointments begin in a span of time in the cases of a team (null: of none) that the reader may see. For the board of the team: nobody is
 * counted by name.
 */
export async function countAppointments(
  tx: Tx,
  reader: CaseReader,
  teamId: string | null,
  span: { readonly from: Date; readonly until: Date },
): Promise<number> {
  const { n } = await tx
    .tables<AppointmentTables>()
    .selectFrom('appointment')
    .select(sql<number>`count(*)`.as('n'))
    .where('ended_at', 'is', null)
    .where('starts_at', '>=', span.from)
    .where('starts_at', '<', span.until)
    .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('appointment.case_id')) as never))
    .where(({ exists, ref }) => exists(caseOfTeam(tx, teamId)(ref('appointment.case_id')) as never))
    .executeTakeFirstOrThrow();
  return Number(n);
}
