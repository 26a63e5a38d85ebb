/** A day without a time, ISO 8601: `2026-11-23`. */
export type Day = string;

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

/** The day it is in Germany at an instant: deadlines and ages are counted there. */
export const dayInGermany = (at: Date): Day => berlin.format(at);

/** The day `days` later (or earlier). Throws on a day that does not exist. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) throw new RangeError('Not a day.');
  return new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** True for a day that exists in the calendar. */
export function isDay(value: unknown): value is Day {
  // PostgreSQL has no year 0.
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001') return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value;
}

const clockInGermany = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The instant of a day and a time (`14:30`) as clocks in Germany show them; in the hour that a change of clocks leaves out, the one after. */
export function instantInGermany(day: Day, time: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(wanted)) throw new RangeError('Not a day and a time.');
  let at = wanted;
  for (let i = 0; i < 2; i += 1) at += wanted - Date.parse(`${clockInGermany.format(new Date(at)).replace(' ', 'T')}Z`);
  return new Date(at);
}
