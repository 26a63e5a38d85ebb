import type { HolidayPlace } from '../../../kernel/holidays.ts';
import { followUpTopics, waitsFor } from '../../../modules/cases/index.ts';
import { fieldId, formatDate, Select, TextArea, TextField } from '../../../ui/index.ts';
import { one } from '../../request.ts';
import { ToldDay, usualDay } from '../free-day.tsx';
import type { StaffVisit } from '../visit.ts';
import type { CaseData } from './load.ts';
import type { CaseView } from './view.ts';

/** Days until a case comes back, unless somebody says otherwise. */
const usualDays = 7;
/** The choice that stands for the team of the case. */
export const forTeam = 'team';

type Props = {
  readonly visit: StaffVisit;
  readonly data: CaseData;
  readonly view: CaseView;
  readonly place: HolidayPlace;
};

const fieldOf =
  (visit: StaffVisit, view: CaseView) =>
  (name: string, otherwise = '') => ({
    t: visit.t,
    name,
    label: visit.t(`myday:followUp.${name}`),
    value: one(view.input, name) || otherwise,
    error: view.problems.find((problem) => problem.id === fieldId(name))?.text,
  });

/** Why a case should come back, when, about what, for whom, and for what it waits. */
export const FollowUpFields = ({ visit, data, view, place }: Props) => {
  const { t, language, staff } = visit;
  const field = fieldOf(visit, view);
  const usual = formatDate(usualDay(visit, place, usualDays), language);
  const others = data.colleagues.filter((each) => each.id !== staff.id);
  const mine = data.colleagues.length > others.length || data.case.assigneeId === staff.id;
  const people = [
    ...(mine ? [{ value: staff.id, label: t('myday:followUp.me') }] : []),
    { value: forTeam, label: t('myday:followUp.team') },
    ...others.map((each) => ({ value: each.id, label: each.name })),
  ];
  return (
    <>
      <ToldDay input={view.input} question={view.question} />
      <TextArea {...field('followReason')} hint={t('myday:followUp.reasonHint')} rows={2} maxLength={500} />
      <div class="tw-fields">
        <TextField {...field('followDay', usual)} width="s" maxLength={20} />
        <Select
          {...field('followTopic', 'other')}
          options={followUpTopics.map((value) => ({ value, label: t(`myday:topic.${value}`) }))}
        />
        <Select {...field('followFor', mine ? staff.id : forTeam)} options={people} />
        <Select
          {...field('followWaits', 'us')}
          options={waitsFor.map((value) => ({ value, label: t(`myday:waitsFor.${value}`) }))}
        />
      </div>
    </>
  );
};

/** Which follow-up gets another day, which day, and why. */
export const MoveFollowUpFields = ({ visit, data, view, place }: Props) => {
  const { followUps } = data;
  const field = fieldOf(visit, view);
  if (followUps.length === 0) return <p>{visit.t('myday:followUp.none')}</p>;
  const usual = formatDate(usualDay(visit, place, usualDays), visit.language);
  const options = followUps.map((each) => ({
    value: each.id,
    label: `${formatDate(each.dueOn, visit.language)}: ${each.reason}`,
  }));
  return (
    <>
      <ToldDay input={view.input} question={view.question} />
      <Select {...field('followUp', followUps[0]?.id ?? '')} options={options} />
      <TextField {...field('followDay', usual)} width="s" maxLength={20} />
      <TextArea {...field('followWhy')} rows={2} maxLength={500} />
    </>
  );
};
