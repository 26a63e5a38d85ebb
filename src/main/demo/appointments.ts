import { addDays, type Day, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { isRestDay } from '../../kernel/holidays.ts';
import {
  appointmentsOf,
  canCome,
  cannotCome,
  endAppointment,
  makeAppointment,
  moveAppointment,
  type NewAppointment,
  type StaffAct,
} from '../../modules/appointments/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Random } from './random.ts';

const workingDay = (day: Day): Day => (isRestDay(day) ? workingDay(addDays(day, 1)) : day);

const kinds: readonly Pick<NewAppointment, 'topic' | 'way' | 'place' | 'bring' | 'minutes'>[] = [
  { topic: 'work', way: 'office', place: 'Zimmer 204', bring: 'Lebenslauf und Zeugnisse', minutes: 45 },
  { topic: 'papers', way: 'office', place: 'Zimmer 112', bring: 'Mietvertrag, alle Seiten', minutes: 30 },
  { topic: 'debts', way: 'phone', place: '', bring: '', minutes: 20 },
  { topic: 'family', way: 'home', place: '', bring: '', minutes: 60 },
];

/**
 * Invented appointments of a case: one to come, which the person cannot keep now and then, and one that was. `now` is when the demonstration is filled;
 * the transaction plays earlier.
 */
export async function demoAppointments(
  tx: Tx,
  act: StaffAct,
  { random, now, later }: { readonly random: Random; readonly now: Date; readonly later: (at: Date) => Tx },
): Promise<void> {
  const wanted = (day: Day): NewAppointment => ({
    ...random.pick(kinds),
    whom: 'stated',
    staffId: act.staffId,
    startsAt: instantInGermany(workingDay(day), random.pick(['09:00', '10:30', '13:00', '14:30', '15:15'])),
    note: random.pick(['', '', 'Dolmetscherin ist angefragt.']),
  });
  const before = wanted(dayInGermany(tx.now));
  if (before.startsAt > tx.now && before.startsAt < now && random.chance(0.6)) {
    await makeAppointment(tx, act, before);
    const [past] = await appointmentsOf(tx, act.caseId);
    if (past !== undefined)
      await endAppointment(later(new Date(past.startsAt.getTime() + 3_600_000)), act, past.id, {
        as: random.pick(['held', 'held', 'missed']),
        words: '',
      });
  }
  const coming = wanted(addDays(dayInGermany(now), random.pick([0, 0, 1, 1, 3, 6])));
  await makeAppointment(tx, act, coming);
  const made = (await appointmentsOf(tx, act.caseId)).find((each) => each.endedAt === null);
  if (made === undefined) return;
  const soon = later(new Date(now.getTime() - 120_000));
  if (made.startsAt > soon.now && random.chance(0.25)) {
    const said = { words: random.pick(['Mein Kind ist krank.', '']), otherTimes: random.pick(['Ab 10 Uhr', '']) };
    await cannotCome(soon, { kind: 'client' }, act.caseId, made.id, said);
    // Whoever said no more than that comes after all, where the day is not today.
    if (said.words === '' && said.otherTimes === '')
      await canCome(later(new Date(now.getTime() - 60_000)), { kind: 'client' }, act.caseId, made.id);
  } else if (made.startsAt > soon.now && random.chance(0.2)) {
    const startsAt = new Date(made.startsAt.getTime() + 3_600_000);
    await moveAppointment(soon, act, made.id, { ...made, startsAt, reason: 'Bus fährt später', wish: 'person' });
  }
}
