import { dayInGermany } from '../../../kernel/dates.ts';
import type { Appointment } from '../../../modules/appointments/index.ts';
import { formatDate, formatTime } from '../../../ui/index.ts';
import type { StaffVisit } from '../visit.ts';

type Words = Pick<StaffVisit, 't' | 'language'>;
type When = Pick<Appointment, 'startsAt' | 'minutes'>;

const endOf = ({ startsAt, minutes }: When): Date => new Date(startsAt.getTime() + minutes * 60_000);

/** `Dienstag, 1.12.2026, 14:00 bis 14:30 Uhr`, on German clocks. */
export const whenWords = ({ t, language }: Words, each: When): string =>
  t('appointments:when', {
    weekday: t(`appointments:weekday.${weekday(each.startsAt)}`),
    date: formatDate(dayInGermany(each.startsAt), language),
    from: formatTime(each.startsAt, language),
    until: formatTime(endOf(each), language),
  });

const weekday = (at: Date): string => String(new Date(`${dayInGermany(at)}T00:00:00Z`).getUTCDay());

/** `14:00 bis 14:30 Uhr`. */
export const hoursWords = ({ t, language }: Words, each: When): string =>
  t('appointments:hours', { from: formatTime(each.startsAt, language), until: formatTime(endOf(each), language) });

/** Where it is: the way, and the room, address or number where one is named. */
export const whereWords = ({ t }: Words, { way, place }: Pick<Appointment, 'way' | 'place'>): string =>
  place === '' ? t(`appointments:way.${way}`) : t(`appointments:where.${way}`, { place });

/** What the person brings, or has at hand where nobody comes to the office: on the phone, or at home. */
export const bringWords = ({ t }: Words, { way, bring }: Pick<Appointment, 'way' | 'bring'>): string =>
  t(`appointments:${way === 'office' ? 'bring' : 'haveReady'}`, { what: bring });

/** With whom of the household. */
export const whomWords = ({ t }: Words, personName: string): string =>
  personName === '' ? t('appointments:household') : personName;
