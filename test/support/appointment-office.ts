// An office that makes appointments: two clerks of one team, and one of another.
import assert from 'node:assert/strict';
import { addDays, type Day, dayInGermany, instantInGermany } from '../../src/kernel/dates.ts';
import {
  type Appointment,
  appointmentLines,
  appointmentMatters,
  appointmentsOf,
  makeAppointment,
  type NewAppointment,
} from '../../src/modules/appointments/index.ts';
import { readerOf, timeline } from '../../src/modules/cases/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import { act, type CaseOffice, openCaseOffice, type TestClerk } from './case-office.ts';

export type AppointmentOffice = CaseOffice & {
  readonly today: Day;
  /** The other team, of Eva; Ada and Bea are of the one of benefits. */
  readonly housing: string;
  readonly ada: TestClerk;
  readonly bea: TestClerk;
  readonly eva: TestClerk;
  /** An appointment with Ada, so many days from now. */
  readonly wanted: (days: number, time: string, more?: Partial<NewAppointment>) => NewAppointment;
  readonly made: (caseId: string, days: number, time: string, more?: Partial<NewAppointment>) => Promise<Appointment>;
  /** What the timeline of a case says of appointments. */
  readonly acts: (caseId: string) => Promise<string[]>;
  /** Appointments of somebody's day, `days` from now. */
  readonly dayOf: (who: TestClerk, days: number) => Promise<string[]>;
  /** What somebody is asked about appointments, `days` from now. */
  readonly mattersOf: (who: TestClerk, days?: number) => Promise<string[]>;
};

/** The person at the portal. */
export const client = { kind: 'client', receiptId: 'R' } as const;

export async function openAppointmentOffice(): Promise<AppointmentOffice> {
  const office = await openCaseOffice();
  const { now, benefits, inTenant, hire } = office;
  const today = dayInGermany(now);
  const other = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
  assert.ok(other.kind === 'added');
  const [ada, bea, eva] = [await hire('Ada', [benefits]), await hire('Bea', [benefits]), await hire('Eva', [other.id])];
  const wanted: AppointmentOffice['wanted'] = (days, time, more = {}) => ({
    whom: 'stated',
    topic: 'work',
    staffId: ada.id,
    startsAt: instantInGermany(addDays(today, days), time),
    minutes: 30,
    way: 'office',
    place: 'Zimmer 204',
    bring: 'Lebenslauf',
    note: '',
    ...more,
  });
  const made: AppointmentOffice['made'] = async (caseId, days, time, more = {}) => {
    assert.deepEqual(await inTenant((tx) => makeAppointment(tx, act(ada, caseId), wanted(days, time, more))), {
      kind: 'done',
    });
    const all = await inTenant((tx) => appointmentsOf(tx, caseId));
    const found = all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
    assert.ok(found);
    return found;
  };
  const acts = async (caseId: string): Promise<string[]> =>
    (await inTenant((tx) => timeline(tx, caseId))).flatMap((event) =>
      event.kind === 'appointment' || event.kind === 'appointment-office' ? [event.detail.act] : [],
    );
  const dayOf = async (who: TestClerk, days: number): Promise<string[]> => {
    const span = {
      from: instantInGermany(addDays(today, days), '00:00'),
      until: instantInGermany(addDays(today, days + 1), '00:00'),
    };
    return (await inTenant((tx) => appointmentLines(tx, readerOf(who), span, undefined, 50))).lines.map(({ id }) => id);
  };
  const mattersOf = async (who: TestClerk, days = 0): Promise<string[]> =>
    (await inTenant((tx) => appointmentMatters(tx, readerOf(who), undefined, 50), days)).lines.map(({ id }) => id);
  return { ...office, today, housing: other.id, ada, bea, eva, wanted, made, acts, dayOf, mattersOf };
}
