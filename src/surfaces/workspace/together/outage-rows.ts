import { addDays, type Day, dayInGermany, instantInGermany } from '../../../kernel/dates.ts';
import { type HolidayPlace, isRestDay } from '../../../kernel/holidays.ts';
import { appointmentLines, isRefused } from '../../../modules/appointments/index.ts';
import { type CaseReader, duePromises, followUpLines, type InboxRow, inbox } from '../../../modules/cases/index.ts';
import { allStaff } from '../../../modules/identity/index.ts';
import { firstSubmissions, type Submission } from '../../../modules/intake/index.ts';
import { currentProfile, placeOf } from '../../../modules/settings/index.ts';
import type { OutageRow } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';

const most = 200;
/** The concern by which people ask to be called. */
const callBack = 'rueckruf';

/**
 * What a member of staff needs today although nothing can be looked up: the appointments of today and of the next working day; what was promised until tonight or is late, with the number to
 * call; the follow-ups that have come up; who asked for a call; the own cases that are due. Only what the reader may see.
 */
export async function outageRows(tx: Tx, reader: CaseReader, concern: (key: string) => string): Promise<OutageRow[]> {
  const today = dayInGermany(tx.now);
  const tonight = instantInGermany(addDays(today, 1), '00:00');
  const promises = (await duePromises(tx, reader, most)).filter((each) => each.dueAt < tonight);
  const calls = (await inbox(tx, reader, { concern: callBack }, undefined, most)).rows;
  const due = (await inbox(tx, reader, { assigneeId: reader.id, dueBefore: today }, undefined, most)).rows;
  const followUps = await followUpLines(tx, reader, { until: today, whose: 'mine' }, undefined, most);
  const span = { from: instantInGermany(today, '00:00'), until: await endOfNextWorkingDay(tx, today) };
  const meetings = (await appointmentLines(tx, reader, span, undefined, most)).lines;
  const names = new Map((await allStaff(tx)).map((each) => [each.id, each.name]));
  const asked = await firstSubmissions(tx, [
    ...new Set([...[...calls, ...due].map((row) => row.id), ...[...followUps, ...meetings].map((line) => line.caseId)]),
  ]);
  const basics = (row: InboxRow) => ({
    person: row.personName,
    number: row.number,
    what: concern(row.concern),
    dueOn: row.dueOn,
  });
  return [
    ...meetings.map(({ caseId, personName, number, at, appointment }) => ({
      kind: 'appointment' as const,
      person: appointment.personName || personName,
      number,
      what: appointment.topicName ?? '',
      topic: appointment.topic,
      dueAt: at.toISOString(),
      minutes: appointment.minutes,
      way: appointment.way,
      place: appointment.place,
      ...(appointment.staffId === reader.id ? {} : { holder: names.get(appointment.staffId) ?? '' }),
      ...(isRefused(appointment) && { cannotCome: true as const }),
      ...numberToCall(asked.get(caseId)),
    })),
    ...promises.map(({ personName, number, what, phone, dueAt }) => ({
      kind: 'promise' as const,
      person: personName,
      number,
      what,
      dueAt: dueAt.toISOString(),
      ...(phone === null ? {} : { phone }),
    })),
    ...followUps.map(({ caseId, personName, number, text, at }) => ({
      kind: 'follow-up' as const,
      person: personName,
      number,
      what: text,
      dueOn: dayInGermany(at),
      ...numberToCall(asked.get(caseId)),
    })),
    ...calls.map((row) => ({ kind: 'call' as const, ...basics(row), ...numberToCall(asked.get(row.id)) })),
    ...due
      .filter((row) => row.concern !== callBack)
      .map((row) => ({ kind: 'due' as const, ...basics(row), ...numberToCall(asked.get(row.id)) })),
  ];
}

/** When the next day ends on which the office works: an outage may last over a weekend or a holiday. */
async function endOfNextWorkingDay(tx: Tx, today: Day): Promise<Date> {
  const place: HolidayPlace = placeOf(await currentProfile(tx));
  let day = addDays(today, 1);
  while (isRestDay(day, place)) day = addDays(day, 1);
  return instantInGermany(addDays(day, 1), '00:00');
}

/** The number that somebody has stated where they asked. */
function numberToCall(submission: Submission | undefined): { readonly phone?: string } {
  const phone = (submission?.answers as { phone?: unknown } | undefined)?.phone;
  return typeof phone === 'string' && phone !== '' ? { phone } : {};
}
