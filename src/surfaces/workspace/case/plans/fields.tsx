import { addDays, type Day, dayInGermany } from '../../../../kernel/dates.ts';
import { fieldId } from '../../../../ui/index.ts';
import { one } from '../../../request.ts';
import { freeDayQuestion } from '../../free-day.tsx';
import { readDayNear } from '../../near-day.ts';
import type { StaffVisit } from '../../visit.ts';
import { errorOf, type FormProps } from '../verb-sheet.tsx';
import type { Tried } from '../verbs.ts';

/** Nothing is planned further ahead: the case would be forgotten by everybody but the machine. */
const furthestDays = 730;

export const today = (visit: StaffVisit): Day => dayInGermany(visit.services.clock.now());
export const inDays = (visit: StaffVisit, days: number): Day => addDays(today(visit), days);

/** What every field of these forms shares: words, what was typed, what is wrong with it. */
export const planField = ({ visit, view }: FormProps, name: string, otherwise = '') => ({
  t: visit.t,
  name,
  label: visit.t(`plans:field.${name}`),
  value: one(view.input, name) || otherwise,
  error: errorOf(view, name),
});

/** Choices with words of `plans:<group>.<value>`. */
export const choices = (visit: StaffVisit, group: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: visit.t(`plans:${group}.${value}`) }));

export const said = (visit: StaffVisit, name: string, most: number): string =>
  one(visit.input, name).slice(0, most).trim();

type Problem = { readonly id: string; readonly text: string };
export const problem = (visit: StaffVisit, name: string, key: string): Problem => ({
  id: fieldId(name),
  text: visit.t(`plans:problem.${key}`),
});
/** The first field of the form, with what is wrong with it. */
export const wrong = (problems: readonly (Problem | undefined)[]): Tried | undefined => {
  const list = problems.filter((each) => each !== undefined);
  return list.length === 0 ? undefined : { kind: 'wrong', problems: list };
};
/** Refuses a form for one field. */
export const refuse = (visit: StaffVisit, name: string, key: string): Tried => ({
  kind: 'wrong',
  problems: [problem(visit, name, key)],
});

/** A day from today on, at most two years ahead; a problem where it is none. */
export function comingDay(visit: StaffVisit, name: string): Day | Problem {
  const day = readDayNear(visit, one(visit.input, name));
  if (day === undefined) return problem(visit, name, 'day');
  return day < today(visit) || day > inDays(visit, furthestDays) ? problem(visit, name, 'dayAhead') : day;
}

/** Asks whether a coming day is meant, where it is a Sunday or a holiday. */
export async function askedOfDay(visit: StaffVisit, day: Day, name: string): Promise<Tried | undefined> {
  const question = await freeDayQuestion(visit, day, 'plan', name);
  return question === undefined ? undefined : { kind: 'asks', question };
}

/** A day that has come, at most two years ago; a problem where it is none. */
export function pastDay(visit: StaffVisit, name: string): Day | Problem {
  const day = readDayNear(visit, one(visit.input, name));
  if (day === undefined) return problem(visit, name, 'day');
  return day > today(visit) || day < inDays(visit, -furthestDays) ? problem(visit, name, 'dayBefore') : day;
}

export const isProblem = (value: Day | Problem): value is Problem => typeof value !== 'string';

export const staffAct = (visit: StaffVisit, caseId: string) => ({
  actor: visit.actor,
  reader: visit.reader,
  caseId,
  staffId: visit.staff.id,
});

/** What a use case came to, as a verb says it; somebody else may have ended the thing since the form was opened. */
export const told = (visit: StaffVisit, kind: 'done' | 'unchanged' | 'not-found' | 'ended'): Tried =>
  kind === 'ended' ? refuse(visit, 'entry', 'ended') : { kind };
