import type { TimelineEvent } from '../../../modules/cases/index.ts';
import { isLanguage, translate } from '../../../platform/i18n/index.ts';
import { formatDate, formatDateTime } from '../../../ui/index.ts';
import { frozenSections } from '../../receipt-paper.ts';
import { WithHelp } from '../help/help.tsx';
import { paths } from '../paths.ts';
import type { StaffVisit } from '../visit.ts';
import { type AnswerMark, answerMarks, countMarks, earlierOf, labelOf } from './answer-marks.ts';
import type { CaseSubmission } from './load.ts';
import { VerbMarks } from './verb-marks.tsx';

type Item = ReturnType<typeof frozenSections>[number]['items'][number];

/** A form with so many parts and answers gets contents: a main application has thirteen and more than a hundred. */
const long = { parts: 4, answers: 20 };
/** So many changed answers are named above the form; the others are marked in it. */
const mostNamed = 12;

const partId = (submissionId: string, key: string): string => `teil-${submissionId}-${key}`;
const answerId = (submissionId: string, field: string): string => `antwort-${submissionId}-${field}`;

type AnswerProps = {
  readonly visit: StaffVisit;
  readonly submissionId: string;
  readonly item: Item;
  readonly label: string;
  /** What stands where nothing was said, in the language of the form. */
  readonly nothing: string;
  readonly mark: AnswerMark | undefined;
};

/** An answer as it was given; what was left out stands back, what is another one than the last time says what stood there. */
const Answer = ({ visit, submissionId, item, label, nothing, mark }: AnswerProps) => {
  const kind = mark?.before !== undefined ? ' tw-answer--changed' : mark?.left === true ? ' tw-answer--left' : '';
  return (
    <div class={`tw-answer${kind}`} id={answerId(submissionId, item.field)}>
      <dt>{label}</dt>
      <dd>
        {item.rows === undefined || item.rows.length === 0
          ? item.text || nothing
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
      {mark?.before === undefined ? null : (
        <dd class="tw-sub" lang={visit.language}>
          {visit.t('workspace:case.answers.before', { text: mark.before })}
        </dd>
      )}
    </div>
  );
};

type Sections = ReturnType<typeof frozenSections>;
type Marked = {
  readonly visit: StaffVisit;
  readonly each: CaseSubmission;
  readonly earlier: CaseSubmission | undefined;
  readonly sections: Sections;
  readonly marks: ReadonlyMap<string, AnswerMark>;
  /** Fields that need no answer. */
  readonly free: ReadonlySet<string>;
};

/** Which answers are others than the last time, each with the way to it; nothing where there was no last time. */
function Changed({ visit, each, earlier, sections, marks }: Marked) {
  const { t, language } = visit;
  if (earlier === undefined) return null;
  const date = formatDate(earlier.submission.receivedAt, language);
  const changed = sections.flatMap(({ items }) => items).filter(({ field }) => marks.get(field)?.before !== undefined);
  if (changed.length === 0) return <p class="td-muted">{t('workspace:case.answers.same', { date })}</p>;
  return (
    <>
      <p>{t('workspace:case.answers.changedSince', { count: changed.length, date })}</p>
      <ul class="tw-answers__changed" lang={each.submission.language}>
        {changed.slice(0, mostNamed).map((item) => (
          <li>
            <a href={`#${answerId(each.submission.id, item.field)}`}>{item.label}</a>
          </li>
        ))}
      </ul>
      {changed.length <= mostNamed ? null : (
        <p class="td-muted">{t('workspace:case.answers.moreChanged', { count: changed.length - mostNamed })}</p>
      )}
    </>
  );
}

const contentsId = (submissionId: string): string => `inhalt-${submissionId}`;

/** The parts of a long form, each with the way to it, and how much of it was left out or changed. */
const Contents = ({ visit, each, sections, marks, free }: Marked) => {
  const { t } = visit;
  const words = (of: 'left' | 'changed', count: number): readonly string[] =>
    count === 0 ? [] : [t(`workspace:case.answers.${of}`, { count })];
  return (
    <ol
      class="tw-answers__parts"
      id={contentsId(each.submission.id)}
      tabindex={-1}
      aria-label={t('workspace:case.answers.contents')}
    >
      {sections.map((section) => {
        const { left, changed } = countMarks(marks, section.items, free);
        const more = [...words('changed', changed), ...words('left', left)].join(' · ');
        return (
          <li>
            <a href={`#${partId(each.submission.id, section.key)}`} lang={each.submission.language}>
              {section.title}
            </a>
            {more === '' ? null : <span class="tw-sub">{more}</span>}
          </li>
        );
      })}
    </ol>
  );
};

type Shown = {
  readonly visit: StaffVisit;
  readonly caseId: string;
  readonly events: readonly TimelineEvent[];
  /** Fields of each concern that need no answer. */
  readonly free: ReadonlyMap<string, ReadonlySet<string>>;
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
function OneSubmission(props: Shown & { each: CaseSubmission; earlier: CaseSubmission | undefined; open: boolean }) {
  const { visit, each, earlier, open } = props;
  const { t, language } = visit;
  const { submission } = each;
  const sections = frozenSections(submission.frozen);
  const marks = answerMarks(submission, earlier?.submission);
  const marked = {
    visit,
    each,
    earlier,
    sections,
    marks,
    free: props.free.get(submission.concern) ?? new Set<string>(),
  };
  const nothing = translate(isLanguage(submission.language) ? submission.language : language)('fields:notAnswered');
  const isLong = sections.length >= long.parts && marks.size >= long.answers;
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
      {sections.length === 0 ? null : <Changed {...marked} />}
      {isLong ? <Contents {...marked} /> : null}
      {sections.map((section) => (
        <section lang={submission.language}>
          <h3 id={partId(submission.id, section.key)}>{section.title}</h3>
          <dl class="tw-answers">
            {section.items.map((item) => (
              <Answer
                visit={visit}
                submissionId={submission.id}
                item={item}
                label={labelOf(submission, item, section.items)}
                nothing={nothing}
                mark={marks.get(item.field)}
              />
            ))}
          </dl>
          {isLong ? (
            <p class="tw-sub td-no-print" lang={language}>
              <a href={`#${contentsId(submission.id)}`}>{t('workspace:case.answers.toContents')}</a>
            </p>
          ) : null}
        </section>
      ))}
    </details>
  );
}

/** The submission to compare one with. */
function earlierIn(all: readonly CaseSubmission[], index: number): CaseSubmission | undefined {
  const earlier = earlierOf(
    all.map((each) => each.submission),
    index,
  );
  return all.find((each) => each.submission === earlier);
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
    {submissions
      .map((each, index) => (
        <OneSubmission
          visit={visit}
          {...rest}
          each={each}
          earlier={earlierIn(submissions, index)}
          open={index === submissions.length - 1 || submissions.length <= 2}
        />
      ))
      .toReversed()}
  </section>
);
