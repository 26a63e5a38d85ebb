import { addDays, type Day } from '../../kernel/dates.ts';
import { type Answers, type FormDefinition, holds } from '../forms/index.ts';

/** The day by which the office answers: the form's days after arrival, or fewer where the answers make it urgent. */
export function dueOn(form: FormDefinition, answers: Answers, arrived: Day): Day {
  const sooner = form.deadline.sooner.filter((rule) => holds(rule.when, answers)).map((rule) => rule.dueDays);
  return addDays(arrived, Math.min(form.deadline.dueDays, ...sooner));
}
