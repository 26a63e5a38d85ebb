import { addDays, type Day } from '../../kernel/dates.ts';

/** Days between two days. */
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** 0 is Sunday. */
export const weekday = (day: Day): number => new Date(day).getUTCDay();

/** The first day of the month `months` later (or earlier). */
export function monthStart(day: Day, months = 0): Day {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

export const monthEnd = (day: Day): Day => addDays(monthStart(day, 1), -1);

const HOLIDAYS = new Set(['01-01', '05-01', '10-03', '12-24', '12-25', '12-26', '12-31']);

/** Monday to Friday, without the holidays that have a fixed date everywhere in Germany. */
export const isOfficeDay = (day: Day): boolean => weekday(day) > 0 && weekday(day) < 6 && !HOLIDAYS.has(day.slice(5));

/** The instant (ISO 8601, UTC) of a German wall clock time, minutes counted from midnight. */
export function germanInstant(day: Day, minutes: number, seconds = 0): string {
  const summer = day >= lastSunday(`${day.slice(0, 4)}-03-31`) && day < lastSunday(`${day.slice(0, 4)}-10-31`);
  return new Date(
    Date.parse(`${day}T00:00:00Z`) + ((minutes - (summer ? 120 : 60)) * 60 + seconds) * 1000,
  ).toISOString();
}

const lastSunday = (endOfMonth: Day): Day => addDays(endOfMonth, -weekday(endOfMonth));

/** As people write it: 03.11.2026. */
export const germanDay = (day: Day): string => day.split('-').reverse().join('.');

const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');

/** November 2026. */
export const germanMonth = (day: Day): string => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** Cents as 1.234,56. */
export function euro(cents: number): string {
  const [whole = '', rest = ''] = (Math.abs(cents) / 100).toFixed(2).split('.');
  return `${cents < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${rest}`;
}
