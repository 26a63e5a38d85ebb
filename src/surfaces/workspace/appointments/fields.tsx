import { addDays, dayInGermany, instantInGermany } from '../../../kernel/dates.ts';
import type { HolidayPlace } from '../../../kernel/holidays.ts';
import { isId } from '../../../kernel/ids.ts';
import {
  type Appointment,
  type AppointmentOutcome,
  type Arrangement,
  appointmentWays,
  lengths,
  type Wish,
  wishes,
} from '../../../modules/appointments/index.ts';
import {
  type FieldProblem,
  fieldId,
  formatDate,
  formatTime,
  RadioGroup,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { errorOf, type FormProps, wasTyped } from '../case/verb-sheet.tsx';
import type { Tried } from '../case/verbs.ts';
import { freeDayQuestion, ToldDay, usualDay } from '../free-day.tsx';
import { readDayNear } from '../near-day.ts';
import { parseTime } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';

/** No appointment lies further ahead. */
const furthestDays = 730;

/** What every field of these forms shares: words, what was typed, or else what stands there, and what is wrong with it. */
export const field = ({ visit, view }: FormProps, name: string, otherwise = '') => ({
  t: visit.t,
  name,
  label: visit.t(`appointments:field.${name}`),
  value: wasTyped(view) ? one(view.input, name) : one(view.input, name) || otherwise,
  error: errorOf(view, name),
});

export const problem = (visit: StaffVisit, name: string, key: string): FieldProblem => ({
  id: fieldId(name),
  text: visit.t(`appointments:problem.${key}`, { least: lengths.least, most: lengths.most }),
});

export const said = (visit: StaffVisit, name: string, most: number): string =>
  one(visit.input, name).slice(0, most).trim();

export const staffAct = (visit: StaffVisit, caseId: string) => ({
  actor: visit.actor,
  reader: visit.reader,
  caseId,
  staffId: visit.staff.id,
});

/** Who can hold it: the reader, and colleagues who see the case. */
function holders({ visit, data }: FormProps, held: string | undefined) {
  const known = data.staff.filter(
    (each) => each.id !== visit.staff.id && (each.id === held || data.colleagues.some(({ id }) => id === each.id)),
  );
  return [
    { value: visit.staff.id, label: visit.t('appointments:me') },
    ...known.map((each) => ({ value: each.id, label: each.name })),
  ];
}

/** When, how long, with whom of the office, where, and what to bring: what can be changed later too. */
export const ArrangementFields = (given: { props: FormProps; place: HolidayPlace; now?: Appointment }) => {
  const { props, place, now } = given;
  const { visit, view } = props;
  const { t, language } = visit;
  const day = now === undefined ? usualDay(visit, place, 7) : dayInGermany(now.startsAt);
  return (
    <>
      <ToldDay input={view.input} question={view.question} {...(now === undefined ? {} : { now: day })} />
      <div class="tw-fields">
        <TextField {...field(props, 'day', formatDate(day, language))} width="s" maxLength={20} />
        <TextField
          {...field(props, 'time', now === undefined ? '' : formatTime(now.startsAt, language))}
          hint={t('appointments:hint.time')}
          width="xs"
          maxLength={8}
        />
        <TextField
          {...field(props, 'minutes', String(now?.minutes ?? lengths.usual))}
          inputMode="numeric"
          width="xs"
          maxLength={3}
        />
        <Select {...field(props, 'staff', now?.staffId ?? visit.staff.id)} options={holders(props, now?.staffId)} />
        <Select
          {...field(props, 'way', now?.way ?? 'office')}
          options={appointmentWays.map((value) => ({ value, label: t(`appointments:way.${value}`) }))}
        />
      </div>
      <TextField {...field(props, 'place', now?.place)} hint={t('appointments:hint.place')} maxLength={200} optional />
      <TextArea
        {...field(props, 'bring', now?.bring)}
        hint={t('appointments:hint.bring')}
        rows={2}
        maxLength={500}
        optional
      />
    </>
  );
};

/** Asks whether the day is meant, where it is a Sunday or a holiday. */
export async function askedOfDay(visit: StaffVisit, { startsAt }: Arrangement): Promise<Tried | undefined> {
  const question = await freeDayQuestion(visit, dayInGermany(startsAt), 'appointment', 'day');
  return question === undefined ? undefined : { kind: 'asks', question };
}

/** Reads them, or says what is wrong. */
export function readArrangement(visit: StaffVisit): Arrangement | readonly FieldProblem[] {
  const [day, time] = [readDayNear(visit, one(visit.input, 'day')), parseTime(one(visit.input, 'time'))];
  const minutes = Number(one(visit.input, 'minutes').trim() || Number.NaN);
  const way = appointmentWays.find((each) => each === one(visit.input, 'way'));
  const staffId = one(visit.input, 'staff');
  const today = dayInGermany(visit.services.clock.now());
  const far = day !== undefined && (day < today || day > addDays(today, furthestDays));
  const length = Number.isInteger(minutes) && minutes >= lengths.least && minutes <= lengths.most;
  const problems = [
    ...(day === undefined ? [problem(visit, 'day', 'day')] : []),
    ...(far ? [problem(visit, 'day', 'dayRange')] : []),
    ...(time === undefined ? [problem(visit, 'time', 'time')] : []),
    ...(length ? [] : [problem(visit, 'minutes', 'length')]),
    ...(isId(staffId) ? [] : [problem(visit, 'staff', 'staff')]),
    ...(way === undefined ? [problem(visit, 'way', 'way')] : []),
  ];
  if (problems.length > 0 || day === undefined || time === undefined || way === undefined) return problems;
  const startsAt = instantInGermany(day, time);
  return { startsAt, minutes, way, staffId, place: said(visit, 'place', 200), bring: said(visit, 'bring', 500) };
}

export const isArrangement = (read: ReturnType<typeof readArrangement>): read is Arrangement => 'startsAt' in read;

/** Who wished it: asked where something is moved or called off. */
export const WishField = ({ props, optional }: { props: FormProps; optional?: boolean }) => (
  <RadioGroup
    {...field(props, 'wish')}
    optional={optional}
    horizontal
    options={wishes.map((value) => ({ value, label: props.visit.t(`appointments:wish.${value}`) }))}
  />
);
export const readWish = (visit: StaffVisit): Wish | undefined =>
  wishes.find((each) => each === one(visit.input, 'wish'));

/** Where the reason for a refusal is shown. */
const fieldOf = { past: 'time', length: 'minutes', staff: 'staff', whom: 'whom', topic: 'topic' } as const;

/** What a use case came to, as a verb says it; somebody else may have ended it since the form was opened. */
export function told(
  visit: StaffVisit,
  outcome: AppointmentOutcome | { readonly kind: 'early' | 'said-meanwhile' },
): Tried {
  const wrong = (name: string, key: string): Tried => ({ kind: 'wrong', problems: [problem(visit, name, key)] });
  switch (outcome.kind) {
    case 'refused':
      return wrong(fieldOf[outcome.why], outcome.why);
    case 'ended':
      return wrong('entry', 'ended');
    case 'early':
      return wrong('how', 'early');
    case 'said-meanwhile':
      return wrong('how', 'answered');
    default:
      return { kind: outcome.kind };
  }
}
