import { dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { fieldId, formatDate, TextField } from '../../ui/index.ts';
import { one } from '../request.ts';
import { type Question, ToldDay } from './free-day.tsx';
import { readDayNear } from './near-day.ts';
import { parseTime } from './parse.ts';
import type { StaffVisit } from './visit.ts';

type Problem = { readonly id: string; readonly text: string };
type Wanted = { readonly what: string; readonly phone?: string; readonly dueAt: Date };

/** What was promised until when, and the number to call. */
export const PromiseFields = (props: {
  readonly visit: StaffVisit;
  readonly problems: readonly Problem[];
  readonly question?: Question | undefined;
  readonly optional?: boolean;
}) => {
  const { visit, problems, question, optional } = props;
  const { t } = visit;
  const field = (name: string, otherwise = '') => ({
    t,
    name,
    label: t(`workspace:promise.${name}`),
    value: one(visit.input, name) || otherwise,
    error: problems.find((problem) => problem.id === fieldId(name))?.text,
  });
  const today = formatDate(dayInGermany(visit.services.clock.now()), visit.language);
  return (
    <>
      <ToldDay input={visit.input} question={question} />
      <TextField {...field('promised')} hint={t('workspace:promise.hint')} maxLength={300} optional={optional} />
      <div class="tw-fields">
        <TextField {...field('promisedDay', today)} width="s" maxLength={20} />
        <TextField {...field('promisedTime', '16:00')} width="xs" maxLength={8} />
        <TextField {...field('promisedPhone')} width="m" maxLength={40} autocomplete="off" optional />
      </div>
    </>
  );
};

/** Reads the fields: nothing promised, a promise, or what is wrong with it. */
export function readPromise(visit: StaffVisit): Wanted | readonly Problem[] | undefined {
  const what = one(visit.input, 'promised').slice(0, 300);
  if (what === '') return undefined;
  const [day, time] = [
    readDayNear(visit, one(visit.input, 'promisedDay')),
    parseTime(one(visit.input, 'promisedTime')),
  ];
  const problem = (name: string, key: string): Problem => ({
    id: fieldId(name),
    text: visit.t(`workspace:promise.${key}`),
  });
  if (day === undefined) return [problem('promisedDay', 'wrongDay')];
  if (time === undefined) return [problem('promisedTime', 'wrongTime')];
  const dueAt = instantInGermany(day, time);
  if (dueAt <= visit.services.clock.now()) return [problem('promisedTime', 'past')];
  const phone = one(visit.input, 'promisedPhone').slice(0, 40);
  return { what, dueAt, ...(phone === '' ? {} : { phone }) };
}

export const isPromise = (read: ReturnType<typeof readPromise>): read is Wanted => read !== undefined && 'what' in read;
