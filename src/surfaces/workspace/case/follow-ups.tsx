import type { HolidayPlace } from '../../../kernel/holidays.ts';
import type { FollowUp } from '../../../modules/cases/index.ts';
import { FreeDayHint } from '../free-day.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { ago, Deadline } from '../words.tsx';
import type { CaseData } from './load.ts';
import { VerbMarks } from './verb-marks.tsx';
import { type CaseView, firstField, viewPath } from './view.ts';

/** Says that what a follow-up reminded of is done; `from` leads back to the list. */
export const FinishForm = (props: {
  visit: StaffVisit;
  followUp: { readonly id: string; readonly caseId: string; readonly reason: string };
  from?: 'heute';
}) => {
  const { visit, followUp, from } = props;
  return (
    <form action={paths.followUpDone(followUp.caseId, followUp.id)} method="post">
      <VerbMarks visit={visit} />
      {from === undefined ? null : <input type="hidden" name="von" value={from} />}
      <button
        type="submit"
        class="td-link-button"
        aria-label={visit.t('myday:followUp.doneLabel', { reason: followUp.reason })}
      >
        {visit.t('myday:followUp.done')}
      </button>
    </form>
  );
};

type Props = {
  readonly visit: StaffVisit;
  readonly data: CaseData;
  readonly view: CaseView;
  readonly place: HolidayPlace;
};

function Line({ visit, data, view, place, each }: Props & { each: FollowUp }) {
  const { t } = visit;
  const name = (id: string | null): string =>
    data.staff.find((staff) => staff.id === id)?.name ?? t('myday:followUp.somebodyGone');
  const forWhom = each.staffId === null ? t('myday:followUp.team') : name(each.staffId);
  return (
    <li>
      <span class="tw-why">
        <strong>{each.reason}</strong>
        <Deadline visit={visit} day={each.dueOn} />
        <FreeDayHint visit={visit} place={place} day={each.dueOn} />
        <span class="tw-sub">
          {t('myday:followUp.about', { topic: t(`myday:topic.${each.topic}`), forWhom })}
          {each.waitsFor === 'us' ? null : <> · {t(`myday:waits.${each.waitsFor}`)}</>}
        </span>
        <span class="tw-sub">
          {t('myday:followUp.made', { name: name(each.madeBy), age: ago(visit, each.madeAt) })}
          {each.moves === 0 ? null : <> · {t('myday:followUp.moves', { count: each.moves })}</>}
        </span>
      </span>
      <div class="tw-acts">
        <FinishForm visit={visit} followUp={each} />
        <a
          href={`${viewPath(data.case.id, view, { verb: 'verschiebung' })}&folge=${each.id}#${firstField.verschiebung}`}
          aria-label={t('myday:followUp.moveLabel', { reason: each.reason })}
        >
          {t('myday:followUp.move')}
        </a>
      </div>
    </li>
  );
}

/** When the case is to be seen again, by whom and why; nothing where nobody asked for it. */
export const FollowUps = (props: Props) =>
  props.data.followUps.length === 0 ? null : (
    <section class="tw-panel" aria-labelledby="follow-ups">
      <h2 id="follow-ups">{props.visit.t('myday:followUp.title')}</h2>
      <ul class="tw-open">
        {props.data.followUps.map((each) => (
          <Line {...props} each={each} />
        ))}
      </ul>
    </section>
  );
