import { addDays, type Day } from '../../kernel/dates.ts';
import { type Answers, dueWithin, type FormDefinition } from '../forms/index.ts';

/** The day by which the office answers: the form's days after arrival, or fewer where the answers make it urgent. */
export const dueOn = (form: FormDefinition, answers: Answers, arrived: Day): Day =>
  addDays(arrived, dueWithin(form, answers).days);
