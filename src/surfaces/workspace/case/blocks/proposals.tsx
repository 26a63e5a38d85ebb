import { type Employer, employerLabel, employersMeant } from '../../../../modules/employers/index.ts';
import {
  isOver,
  proposals as ofCase,
  type Proposal,
  type ProposalCourse,
  standOf,
} from '../../../../modules/plans/index.ts';
import { formatDate } from '../../../../ui/index.ts';
import { WithHelp } from '../../help/help.tsx';
import { paths } from '../../paths.ts';
import type { StaffVisit } from '../../visit.ts';
import { AddLink } from '../plans/add-link.tsx';
import { Rows } from '../plans/rows.tsx';
import { verbPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

export const stepWords = ({ t }: StaffVisit, { step, side }: ProposalCourse): string =>
  side === null ? t(`plans:step.${step}`) : t(`plans:refusedBy.${side}`);

const One = ({
  visit,
  data,
  view,
  each,
  employer,
}: BlockProps & { each: Proposal; employer: Employer | undefined }) => {
  const { t, language } = visit;
  const stand = standOf(each.course);
  return (
    <li>
      <span class="tw-why">
        <strong>{each.title}</strong>
        <span class="tw-sub">
          {t(`plans:proposalKind.${each.kind}`)}
          {employer !== undefined ? (
            <>
              {' · '}
              <a href={paths.employer(employer.id)}>{employerLabel(employer)}</a>
            </>
          ) : each.provider === '' ? null : (
            <> · {each.provider}</>
          )}
        </span>
        {stand === undefined ? null : <span>{stepWords(visit, stand)}</span>}
        <details>
          <summary>{t('plans:course', { count: each.course.length })}</summary>
          <ol>
            {each.course.map((one) => (
              <li>
                {formatDate(one.onDay, language)}: {stepWords(visit, one)}
                {one.words === '' ? null : <span class="tw-sub">{one.words}</span>}
              </li>
            ))}
          </ol>
        </details>
      </span>
      {employer !== undefined || each.provider === '' ? null : (
        <a
          href={verbPath(data.case.id, view, 'betrieb', each.id)}
          aria-label={t('employers:linkLabel', { what: each.title })}
        >
          {t('employers:link')}
        </a>
      )}
      {isOver(each.course) ? null : (
        <a
          href={verbPath(data.case.id, view, 'verlauf', each.id)}
          aria-label={t('plans:goOnLabel', { what: each.title })}
        >
          {t('plans:goOn')}
        </a>
      )}
    </li>
  );
};

/** Jobs, training and measures that were proposed, how it went, and talks with those who offer them. */
export const proposals: Block = {
  name: 'proposals',
  title: 'plans:proposals',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const list = await ofCase(tx, data.case.id);
    const employers = await employersMeant(
      tx,
      list.flatMap(({ employerId }) => employerId ?? []),
    );
    return (
      <section class="tw-panel" aria-labelledby="proposals">
        <WithHelp visit={visit} of="case-proposals">
          <h2 id="proposals">{visit.t('plans:proposals')}</h2>
        </WithHelp>
        {list.length === 0 ? <p class="td-muted">{visit.t('plans:none.proposals')}</p> : null}
        <Rows
          of={list}
          row={(each) => <One {...props} each={each} employer={employers.get(each.employerId ?? '')} />}
        />
        <p class="tw-links">
          <AddLink
            visit={visit}
            caseId={data.case.id}
            view={view}
            verb="vorschlag"
            text={visit.t('plans:add.proposal')}
          />
        </p>
      </section>
    );
  },
};
