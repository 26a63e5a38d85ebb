import {
  type Agreement,
  agreements,
  type PlanEntry,
  type PlanReview,
  planEntries,
  planReviews,
  type Side,
  sides,
  standing,
} from '../../../../modules/plans/index.ts';
import { formatDate } from '../../../../ui/index.ts';
import { WithHelp } from '../../help/help.tsx';
import { nameOnCase } from '../../words.tsx';
import { AddLink } from '../plans/add-link.tsx';
import { today } from '../plans/fields.tsx';
import { Rows } from '../plans/rows.tsx';
import { verbPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

type Read = {
  readonly reviews: readonly PlanReview[];
  readonly goals: readonly PlanEntry[];
  readonly agreed: readonly Agreement[];
};

/** When both looked at the plan last, and when they look again. */
const Reviews = ({ visit, data, view, reviews }: BlockProps & Read) => {
  const { t, language } = visit;
  const [last] = reviews;
  const link = <AddLink visit={visit} caseId={data.case.id} view={view} verb="durchsicht" text={t('plans:look')} />;
  if (last === undefined)
    return (
      <p>
        {t('plans:never')} {link}
      </p>
    );
  const past = standing(last.nextOn, today(visit));
  return (
    <>
      <p>
        {t('plans:looked', { date: formatDate(last.heldOn, language) })}{' '}
        <strong>{t(`plans:again.${past}`, { date: formatDate(last.nextOn, language) })}</strong> {link}
      </p>
      <p class="tw-sub">{last.summary}</p>
    </>
  );
};

const Goals = ({ visit, data, view, goals }: BlockProps & Read) => (
  <>
    <h3>{visit.t('plans:goals')}</h3>
    {goals.length === 0 ? <p class="td-muted">{visit.t('plans:noGoals')}</p> : null}
    <Rows
      of={goals}
      row={(goal) => (
        <li>
          <span class="tw-why">
            {goal.words}
            {goal.endedAs === null ? null : <span class="tw-sub">{visit.t(`plans:ended.${goal.endedAs}`)}</span>}
          </span>
          {goal.endedAs === null ? (
            <a
              href={verbPath(data.case.id, view, 'eintragsende', goal.id)}
              aria-label={visit.t('plans:endLabel', { what: goal.words ?? '' })}
            >
              {visit.t('plans:end')}
            </a>
          ) : null}
        </li>
      )}
    />
  </>
);

/** One agreement that is still open, with how it stands in time; never a reproach. */
const Open = ({ visit, data, view, each, goals }: BlockProps & Read & { each: Agreement }) => {
  const { t, language } = visit;
  const goal = goals.find(({ id }) => id === each.goalId)?.words;
  return (
    <li>
      <span class="tw-why">
        <strong>{each.what}</strong>
        <span>
          {t(`plans:standing.${standing(each.dueOn, today(visit))}`, { date: formatDate(each.dueOn, language) })}
        </span>
        {each.who === '' ? null : <span class="tw-sub">{t('plans:byWhom', { who: each.who })}</span>}
        {goal ? <span class="tw-sub">{t('plans:forGoal', { goal })}</span> : null}
      </span>
      <a
        href={verbPath(data.case.id, view, 'vereinbarungsstand', each.id)}
        aria-label={t('plans:stateLabel', { what: each.what })}
      >
        {t('plans:state')}
      </a>
    </li>
  );
};

const sideWords = ({ visit, data }: BlockProps, side: Side): string =>
  side === 'office'
    ? visit.t('plans:does.office')
    : visit.t('plans:does.person', { name: nameOnCase(visit, data.case.personName) });

const Agreed = (props: BlockProps & Read) => {
  const { visit, agreed } = props;
  const { t, language } = visit;
  const ended = agreed.filter((each) => each.endedAt !== null);
  return (
    <>
      {sides.map((side) => {
        const open = agreed.filter((each) => each.side === side && each.endedAt === null);
        return (
          <>
            <h3>{sideWords(props, side)}</h3>
            {open.length === 0 ? <p class="td-muted">{t('plans:nothingOpen')}</p> : null}
            <Rows of={open} row={(each) => <Open {...props} each={each} />} />
          </>
        );
      })}
      {ended.length === 0 ? null : (
        <details>
          <summary>{t('plans:endedAgreements', { count: ended.length })}</summary>
          <Rows
            of={ended.toReversed()}
            row={(each) => (
              <li>
                <span class="tw-why">
                  {each.what}
                  <span class="tw-sub">
                    {t(`plans:side.${each.side}`)} · {t(`plans:endedAs.${each.endedAs}`)}
                    {each.endedAt === null ? null : <> · {formatDate(each.endedAt, language)}</>}
                  </span>
                  {each.endedReason === null ? null : <span class="tw-sub">{each.endedReason}</span>}
                </span>
              </li>
            )}
          />
        </details>
      )}
    </>
  );
};

/** The cooperation plan: goals, and who does what by when, of both sides. */
export const plan: Block = {
  name: 'plan',
  title: 'plans:title',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const { t } = visit;
    const caseId = data.case.id;
    const goals = (await planEntries(tx, caseId)).filter(({ kind }) => kind === 'goal');
    const read: Read = { reviews: await planReviews(tx, caseId), goals, agreed: await agreements(tx, caseId) };
    return (
      <section class="tw-panel tw-plan" aria-labelledby="plan">
        <WithHelp visit={visit} of="case-plan">
          <h2 id="plan">{t('plans:title')}</h2>
        </WithHelp>
        <Reviews {...props} {...read} />
        <Goals {...props} {...read} />
        <Agreed {...props} {...read} />
        <p class="tw-links">
          <AddLink visit={visit} caseId={caseId} view={view} verb="vereinbarung" text={t('plans:add.agreement')} />
          <AddLink visit={visit} caseId={caseId} view={view} verb="ziel" text={t('plans:add.goal')} />
        </p>
      </section>
    );
  },
};
