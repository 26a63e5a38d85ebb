import { addDays, type Day, dayInGermany } from '../../kernel/dates.ts';
import { freeDay, type HolidayPlace } from '../../kernel/holidays.ts';
import { placeOf } from '../../modules/settings/index.ts';
import { Alert, Button, fieldId, formatDate, Icon } from '../../ui/index.ts';
import { type FormInput, one } from '../request.ts';
import type { StaffVisit } from './visit.ts';

/** A question about what was sent: it is done when it is sent again, with the button `send`, or another day is written into `field`. */
export type Question = {
  readonly text: string;
  readonly more: string;
  readonly send: string;
  readonly change: string;
  readonly field: string;
  /** The day that is asked about. */
  readonly day: Day;
};

/** What is set on a day: each is asked about in its own words. */
type Set = 'appointment' | 'followUp' | 'promise' | 'plan' | 'item';

export const holidayPlace = async (visit: StaffVisit): Promise<HolidayPlace> =>
  placeOf(await visit.services.profile(visit.jobcenter.id));

/**
 * Asks once whether a day is meant that is a Sunday or a holiday where the Jobcenter is; sent again it is taken. It is never refused. Of today nobody
 * is asked: who works on it knows what day it is. `field` is the name of the field of the day.
 */
export async function freeDayQuestion(
  visit: StaffVisit,
  day: Day,
  set: Set,
  field: string,
): Promise<Question | undefined> {
  const free = freeDay(day, await holidayPlace(visit));
  const today = dayInGermany(visit.services.clock.now());
  if (free === undefined || day === today || one(visit.input, 'freeDay') === day) return undefined;
  return {
    text: visit.t(`workspace:freeDay.ask.${set}.${free}`, { date: formatDate(day, visit.language) }),
    more: visit.t('workspace:freeDay.more'),
    send: visit.t(`workspace:freeDay.send.${free}`),
    change: visit.t('workspace:freeDay.change'),
    field,
    day,
  };
}

type Told = {
  readonly input: FormInput;
  readonly question?: Question | undefined;
  /** The day that stands there already: it was asked about when it was set. */
  readonly now?: Day;
};

/** The day of which who types was asked: the form carries it unseen, and then it is meant so. */
export const ToldDay = ({ input, question, now = '' }: Told) => (
  <input type="hidden" name="freeDay" value={question?.day ?? (one(input, 'freeDay') || now)} />
);

/** The question at the top of the form that was sent, with both answers in it; it takes the focus. */
export const QuestionNote = ({ question }: { question: Question | undefined }) =>
  question === undefined ? null : (
    <div class="tw-question" id="question" tabindex={-1} autofocus>
      <Alert tone="info" title={question.text}>
        <p>{question.more}</p>
        <div class="td-toolbar">
          <Button>{question.send}</Button>
          <a href={`#${fieldId(question.field)}`}>{question.change}</a>
        </div>
      </Alert>
    </div>
  );

/** The day is a Sunday, or a holiday where the Jobcenter is: meant so, and said to everybody who looks. */
export const FreeDayHint = ({ visit, place, day }: { visit: StaffVisit; place: HolidayPlace; day: Day }) => {
  const free = freeDay(day, place);
  return free === undefined ? null : (
    <span class="tw-warn">
      <Icon name="warning" small />
      {visit.t(`workspace:freeDay.${free}`)}
    </span>
  );
};

/** The day that a form begins with: so many days ahead, or the next one that nobody would be asked about. */
export const usualDay = (visit: StaffVisit, place: HolidayPlace, days: number): Day =>
  unasked(addDays(dayInGermany(visit.services.clock.now()), days), place, 1);

/** The next day, or with -1 the last one before, that nobody would be asked about. */
export function unasked(from: Day, place: HolidayPlace, step: 1 | -1): Day {
  let day = from;
  while (freeDay(day, place) !== undefined) day = addDays(day, step);
  return day;
}
