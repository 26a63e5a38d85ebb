import { type CaseCheck, caseChecks, standingChecks, suitDay } from '../../../../modules/cases/index.ts';
import { type Answers, outstanding } from '../../../../modules/forms/index.ts';
import { formatDate, Icon } from '../../../../ui/index.ts';
import { WithHelp } from '../../help/help.tsx';
import { applications } from '../../today/lines.tsx';
import { Deadline } from '../../words.tsx';
import { papersOf } from '../papers.tsx';
import { AddLink } from '../plans/add-link.tsx';
import { Rows } from '../plans/rows.tsx';
import { verbPath, viewPath } from '../view.ts';
import type { Block, BlockProps } from './block.ts';

/** Evidence that a form asked for and that did not come with it, as long as the form is still the same one. */
async function notAttached({ visit, data }: BlockProps): Promise<string[]> {
  const { catalogue } = visit.services;
  const lists = await Promise.all(
    data.submissions.map(async ({ submission }) => {
      const form = await catalogue.find(visit.jobcenter.id, submission.concern);
      if (form === undefined || form.version !== submission.formVersion) return [];
      return outstanding(form, submission.answers as Answers).map(({ field }) => field.label[visit.language]);
    }),
  );
  return [...new Set(lists.flat())];
}

/** What is complete and what is not, in one sentence each. */
async function Completeness(props: BlockProps) {
  const { visit, data } = props;
  const { t } = visit;
  const open = data.items.filter((item) => item.fulfilledAt === null && item.withdrawnAt === null);
  const unreadable = papersOf(data).filter((each) => each.unreadableAt !== null && each.erasedAt === null).length;
  const later = await notAttached(props);
  const lines = [
    ...(data.case.personId === null ? [t('checks:person')] : []),
    ...(open.length > 0 ? [t('checks:missing', { count: open.length })] : []),
    ...(unreadable > 0 ? [t('checks:unreadable', { count: unreadable })] : []),
    ...(data.bank?.confirmedAt === null ? [t('checks:account')] : []),
    ...later.map((what) => t('checks:promised', { what })),
  ];
  if (lines.length === 0)
    return (
      <p>
        <Icon name="success" small /> {t('checks:complete')}
      </p>
    );
  return <Rows of={lines} row={(line) => <li>{line}</li>} />;
}

const Deadlines = ({ visit, data }: BlockProps) => {
  const { t, language } = visit;
  const { dueOn, closedAt, openedAt, state, concern } = data.case;
  const waits = state === 'new' || state === 'working' || state === 'waiting';
  return (
    <ul class="tw-open">
      <li>
        <span>{t('checks:answer')}</span>
        <Deadline visit={visit} day={dueOn} ended={closedAt !== null || !waits} />
      </li>
      {waits && applications.includes(concern) ? (
        <li>
          <span>{t('checks:suit')}</span>
          <span>{formatDate(suitDay(openedAt), language)}</span>
        </li>
      ) : null}
    </ul>
  );
};

const One = ({ visit, data, view, each, before }: BlockProps & { each: CaseCheck; before: readonly CaseCheck[] }) => {
  const { t, language } = visit;
  const paper = papersOf(data).find(({ id }) => id === each.documentId);
  return (
    <li>
      <span class="tw-why">
        <strong>{each.what}</strong>
        <span>{t(`checks:result.${each.result}`)}</span>
        <span class="tw-sub">
          {t('checks:rests', { source: each.source })}
          {paper === undefined ? null : (
            <>
              {' · '}
              <a href={`${viewPath(data.case.id, view, { document: paper.id, page: 1, zoom: 0 })}#papers`}>
                {paper.name}
              </a>
            </>
          )}
        </span>
        <span class="tw-sub">{t('checks:by', { name: each.madeByName, date: formatDate(each.madeAt, language) })}</span>
        {before.map((earlier) => (
          <span class="tw-sub">
            {t('checks:before', {
              date: formatDate(earlier.madeAt, language),
              result: t(`checks:result.${earlier.result}`),
            })}
          </span>
        ))}
      </span>
      <a
        href={verbPath(data.case.id, view, 'pruefung', each.id)}
        aria-label={t('checks:againLabel', { what: each.what })}
      >
        {t('checks:again')}
      </a>
    </li>
  );
};

/** The checks whose place one has taken, the last first. */
function before(all: readonly CaseCheck[], check: CaseCheck): CaseCheck[] {
  const earlier = all.find(({ id }) => id === check.replaces);
  return earlier === undefined ? [] : [earlier, ...before(all, earlier)];
}

/** How it was decided last, with the reasons and what was weighed (§§ 35 SGB X, 39 SGB I). */
const Decision = ({ visit, data, view }: BlockProps) => {
  const { t, language } = visit;
  const last = data.events.findLast((event) => event.kind === 'decided');
  if (last?.kind !== 'decided')
    return (
      <p>
        {t('checks:undecided')}{' '}
        <AddLink visit={visit} caseId={data.case.id} view={view} verb="entscheidung" text={t('checks:decide')} />
      </p>
    );
  const { result, reasons, discretion } = last.detail;
  return (
    <>
      <p>
        <strong>{t(`workspace:result.${result}`)}</strong>{' '}
        <span class="tw-sub">{t('checks:by', { name: last.actorName, date: formatDate(last.at, language) })}</span>
      </p>
      <p>{reasons}</p>
      {discretion === undefined ? null : <p>{t('checks:weighed', { text: discretion })}</p>}
    </>
  );
};

/** The administrative view of a case: is everything there, what was checked and by what, what must be when, how it was decided. */
export const checks: Block = {
  name: 'checks',
  title: 'checks:title',
  column: 'work',
  possible: () => true,
  render: async (props, tx) => {
    const { visit, data, view } = props;
    const { t } = visit;
    const all = await caseChecks(tx, data.case.id);
    return (
      <section class="tw-panel" aria-labelledby="checks">
        <WithHelp visit={visit} of="case-checks">
          <h2 id="checks">{t('checks:title')}</h2>
        </WithHelp>
        <h3>{t('checks:completeness')}</h3>
        {await Completeness(props)}
        <h3>{t('checks:checked')}</h3>
        {all.length === 0 ? <p class="td-muted">{t('checks:none')}</p> : null}
        <Rows of={standingChecks(all)} row={(each) => <One {...props} each={each} before={before(all, each)} />} />
        <p class="tw-links">
          <AddLink visit={visit} caseId={data.case.id} view={view} verb="pruefung" text={t('checks:add')} />
        </p>
        <h3>{t('checks:deadlines')}</h3>
        <Deadlines {...props} />
        <h3>{t('checks:decision')}</h3>
        <Decision {...props} />
      </section>
    );
  },
};
