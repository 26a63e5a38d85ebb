import { type Day, dayInGermany } from '../../kernel/dates.ts';
import { parseDay } from './parse.ts';
import type { StaffVisit } from './visit.ts';

const withShortYear = /^(\d{1,2}[./ -]\d{1,2}[./ -])(\d{2})$/;

/**
 * A day as staff type it where a day near today is meant, a deadline or a talk: as `parseDay`, and `6.12.26` as well, in the century that brings it
 * nearest to today. Not for days of birth, which may lie a hundred years back.
 */
export function dayNear(text: string, today: Day): Day | undefined {
  const [, dayAndMonth = '', year = ''] = withShortYear.exec(text.trim()) ?? [];
  if (year === '') return parseDay(text);
  const century = Number(today.slice(0, 2));
  const distance = (day: Day): number => Math.abs(Date.parse(day) - Date.parse(today));
  return [century - 1, century, century + 1]
    .flatMap((each) => parseDay(`${dayAndMonth}${each}${year}`) ?? [])
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** The same, of what stands in a form. */
export const readDayNear = ({ services }: Pick<StaffVisit, 'services'>, text: string): Day | undefined =>
  dayNear(text, dayInGermany(services.clock.now()));
