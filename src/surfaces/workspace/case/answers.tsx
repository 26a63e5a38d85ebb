import type { TimelineEvent } from '../../../modules/cases/index.ts';
import { formatDateTime } from '../../../ui/index.ts';
import { frozenSections } from '../../receipt-paper.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import type { CaseSubmission } from './load.ts';
import { VerbMarks } from './verb-marks.tsx';

type Item = ReturnType<typeof frozenSections>[number]['items'][number];

const Answer = ({ item }: { item: Item }) => (
  <div class="tw-answer">
    <dt>{item.label}</dt>
    <dd>
      {item.rows === undefined || item.rows.length === 0
        ? item.text
        : item.rows.map((row) => (
            <div class="tw-answer__row">
              <strong>{row.title}</strong>
              {row.items.map((each) => (
                <span>
                  {each.label}: {each.text}
                </span>
              ))}
            </div>
          ))}
    </dd>
  </div>
);

type Shown = {
  readonly visit: StaffVisit;
  readonly caseId: string;
  readonly events: readonly TimelineEvent[];
};

/** Where somebody put a submission here from another case: that, and the way back. */
function BackToItsCase({ visit, caseId, events, each }: Shown & { each: CaseSubmission }) {
  const { t } = visit;
  const last = events.findLast(
    (event) => event.kind === 'submission-joined' && event.detail.submissionId === each.submission.id,
  );
  if (last?.kind !== 'submission-joined') return null;
  const { number, caseId: from } = last.detail;
  return (
    <form action={paths.moveSubmission(caseId)} method="post" class="tw-choice">
      <VerbMarks visit={visit} />
      <input type="hidden" name="eingang" value={each.submission.id} />
      <input type="hidden" name="ziel" value={from} />
      <span class="tw-sub">{t('workspace:joins.from', { number })}</span>
      <button type="submit" class="td-link-button">
        {t('workspace:joins.back', { number })}
      </button>
    </form>
  );
}

/** One submission as the person saw it when they sent it; never translated, never computed again. */
function OneSubmission(props: Shown & { each: CaseSubmission; open: boolean }) {
  const { visit, each, open } = props;
  const { t, language } = visit;
  const { submission } = each;
  const sections = frozenSections(submission.frozen);
  return (
    <details class="tw-submission" open={open}>
      <summary>
        <span class="tw-submission__title">
          {formatDateTime(submission.receivedAt, language, t)} · {t(`workspace:channel.${submission.channel}`)}
        </span>
      </summary>
      <p class="tw-sub">
        <a href={paths.receipt(each.number)}>{t('workspace:case.answers.receipt', { number: each.number })}</a>
      </p>
      <BackToItsCase {...props} />
      {sections.length === 0 ? <p class="td-muted">{t('workspace:case.answers.none')}</p> : null}
      {sections.map((section) => (
        <section lang={submission.language}>
          <h3>{section.title}</h3>
          <dl class="tw-answers">
            {section.items.map((item) => (
              <Answer item={item} />
            ))}
          </dl>
        </section>
      ))}
    </details>
  );
}

/** All submissions of a case, the newest open. */
export const Answers = ({
  visit,
  submissions,
  ...rest
}: Shown & { readonly submissions: readonly CaseSubmission[] }) => (
  <section class="tw-panel" aria-labelledby="answers">
    <WithHelp visit={visit} of="case-answers">
      <h2 id="answers">{visit.t('workspace:case.answers.title')}</h2>
    </WithHelp>
    {submissions.toReversed().map((each, index) => (
      <OneSubmission visit={visit} {...rest} each={each} open={index === 0 || submissions.length <= 2} />
    ))}
  </section>
);
