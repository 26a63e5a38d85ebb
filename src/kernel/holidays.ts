import { addDays, type Day } from './dates.ts';

/** The federal states (ISO 3166-2:DE). */
export const federalStates = [
  'BB',
  'BE',
  'BW',
  'BY',
  'HB',
  'HE',
  'HH',
  'MV',
  'NI',
  'NW',
  'RP',
  'SH',
  'SL',
  'SN',
  'ST',
  'TH',
] as const;
export type FederalState = (typeof federalStates)[number];

/** Holidays that the law of a state leaves to single municipalities: in parts of Bavaria, Saxony and Thuringia, and in the city of Augsburg. */
export const localHolidays = ['fronleichnam', 'mariae-himmelfahrt', 'friedensfest'] as const;
export type LocalHoliday = (typeof localHolidays)[number];

/** Where a day is a public holiday or not; without a state only those of all states are known. */
export type HolidayPlace = {
  readonly state?: FederalState | undefined;
  readonly local?: readonly LocalHoliday[] | undefined;
};

/** Days of single states that are a date of the calendar, by the laws of the states on Sundays and holidays as of November 2026. */
const fixed: Readonly<Record<string, readonly FederalState[]>> = {
  '01-06': ['BW', 'BY', 'ST'], // Heilige Drei Könige
  '03-08': ['BE', 'MV'], // Frauentag
  '08-15': ['SL'], // Mariä Himmelfahrt
  '09-20': ['TH'], // Weltkindertag
  '10-31': ['BB', 'HB', 'HH', 'MV', 'NI', 'SH', 'SN', 'ST', 'TH'], // Reformationstag
  '11-01': ['BW', 'BY', 'NW', 'RP', 'SL'], // Allerheiligen
};
const corpusChristi: readonly FederalState[] = ['BW', 'BY', 'HE', 'NW', 'RP', 'SL'];

/**
 * A Saturday, a Sunday, or a public holiday at a place: a period does not end on it (§ 64 (3) SGG, § 26 (3) SGB X, § 193 BGB). A table of our own:
 * fifteen rules against a library of several megabytes for the whole world; Sundays that are holidays besides need no rule.
 */
export const isRestDay = (day: Day, place: HolidayPlace = {}): boolean =>
  isWeekday(day, 0) || isWeekday(day, 6) || isHoliday(day, place);

/**
 * The day until which a period that is set to end on `day` really runs: a Saturday, a Sunday or a public holiday moves it to the next working day
 * (§ 26 (3) SGB X, § 64 (3) SGG). Without a state only holidays of all states move it.
 */
export function effectiveDue(day: Day, place: HolidayPlace = {}): Day {
  let last = day;
  while (isRestDay(last, place)) last = addDays(last, 1);
  return last;
}

/** The first day that is not over yet on `today`, as the end of a period: days right before it on which no period ends have moved to it. */
export function firstDueNotOver(today: Day, place: HolidayPlace = {}): Day {
  let first = today;
  while (isRestDay(addDays(first, -1), place)) first = addDays(first, -1);
  return first;
}

/** A day on which nobody expects the office to be open: a Sunday or a public holiday at a place. A Saturday is a day like others for who agrees on it. */
export const freeDay = (day: Day, place: HolidayPlace = {}): 'sunday' | 'holiday' | undefined => {
  if (isHoliday(day, place)) return 'holiday';
  return isWeekday(day, 0) ? 'sunday' : undefined;
};

const isWeekday = (day: Day, weekday: number): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === weekday;

function isHoliday(day: Day, { state, local = [] }: HolidayPlace): boolean {
  const date = day.slice(5);
  if (['01-01', '05-01', '10-03', '12-25', '12-26'].includes(date)) return true;
  const easter = easterSunday(Number(day.slice(0, 4)));
  const isAfterEaster = (days: number): boolean => addDays(easter, days) === day;
  // Good Friday, Easter Monday, Ascension, Whit Monday.
  if ([-2, 1, 39, 50].some(isAfterEaster)) return true;
  const isCorpusChristi = isAfterEaster(60);
  if (local.includes('fronleichnam') && isCorpusChristi) return true;
  if (local.includes('mariae-himmelfahrt') && date === '08-15') return true;
  if (local.includes('friedensfest') && date === '08-08') return true;
  if (state === undefined) return false;
  if (isCorpusChristi) return corpusChristi.includes(state);
  // Buß- und Bettag: the Wednesday before 23 November, in Saxony alone.
  if (state === 'SN' && isWeekday(day, 3) && date >= '11-16' && date <= '11-22') return true;
  return fixed[date]?.includes(state) ?? false;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`;
}
