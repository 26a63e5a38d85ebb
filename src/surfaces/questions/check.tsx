import {
  type Answers,
  type Field,
  formatAnswer,
  formatError,
  hasBankDetails,
  outstanding,
  prune,
  type Question,
  type Row,
  reachable,
  validateAnswers,
} from '../../modules/forms/index.ts';
import { Alert, BackLink, type Content, DescriptionList, type DescriptionRow } from '../../ui/index.ts';
import { inDraft, type OpenDraft, questionOfPath } from './open-draft.ts';
import { type DraftVisit, draftPath, questionPath } from './visit.ts';

/** Every answer before it is sent, with a link to change it; what is missing is named. */
export async function checkPage(visit: DraftVisit): Promise<Response> {
  const { open, known } = await inDraft(visit, 'read', async (tx, found) => ({
    open: found,
    known: await visit.desk.known?.(tx, found),
  }));
  if (open.draft.submittedAt !== null) return visit.c.redirect(draftPath(visit, 'gesendet'), 303);
  if (open.newer !== undefined) return visit.c.redirect(draftPath(visit, 'neu'), 303);
  return checkView(visit, open, 200, await known?.());
}

export type ToMend = { readonly question: Question; readonly text: string };

/** What stands against sending: missing answers, and answers that are no longer right. */
export function toMend(visit: DraftVisit, open: OpenDraft): ToMend[] {
  const checked = validateAnswers(open.form, prune(open.form, open.answers), { today: visit.today, complete: true });
  if (checked.ok) return [];
  return Object.entries(checked.errors).flatMap(([path, error]) => {
    const question = questionOfPath(open, path);
    return question === undefined ? [] : [{ question, text: formatError(error, visit.language) }];
  });
}

/** The check page; how it ends (what sending means) is up to the desk. `known`: what the office has already. */
export async function checkView(
  visit: DraftVisit,
  open: OpenDraft,
  status: 200 | 422,
  known?: Content,
): Promise<Response> {
  const { t, language } = visit;
  const mend = toMend(visit, open);
  const later = outstanding(open.form, open.answers);
  const way = reachable(open.form, open.answers);
  const last = way.at(-1);
  const confirm = hasBankDetails(open.form, open.answers);
  return visit.desk.show(
    {
      title: t('portal:check.title'),
      status,
      path: draftPath(visit, 'pruefen'),
      back:
        last === undefined ? undefined : (
          <BackLink href={questionPath(visit, last.key)}>{t('portal:form.back')}</BackLink>
        ),
    },
    <>
      <p class="td-muted">{open.form.title[language]}</p>
      <h1>{t('portal:check.title')}</h1>
      {mend.length === 0 ? <p class="td-lead">{t('portal:check.lead')}</p> : <Mend visit={visit} mend={mend} />}
      {open.form.sections.map((section) => {
        const questions = way.filter((question) => question.section === section.key);
        return questions.length === 0 ? null : (
          <section class="td-flow">
            <h2>{section.title[language]}</h2>
            <DescriptionList rows={questions.flatMap((question) => rowsOf(visit, open, question))} />
          </section>
        );
      })}
      {known}
      {later.length === 0 ? null : (
        <Alert tone="info" title={t('portal:check.laterTitle')}>
          <p>{t('portal:check.laterText')}</p>
          <ul>
            {later.map(({ field }) => (
              <li>{field.label[language]}</li>
            ))}
          </ul>
        </Alert>
      )}
      {confirm ? (
        <Alert tone="info" title={t('portal:concern.confirmTitle')}>
          <p>{t('portal:concern.confirmText')}</p>
        </Alert>
      ) : null}
      {await visit.desk.sending(open, mend.length === 0)}
    </>,
  );
}

const changeLink = (visit: DraftVisit, question: Question): string => `${questionPath(visit, question.key)}?pruefen=1`;

/** What is missing, each with its way there; it takes the focus, so that a screen reader starts here. */
const Mend = ({ visit, mend }: { visit: DraftVisit; mend: readonly ToMend[] }) => (
  <div role="alert" tabindex={-1} autofocus>
    <Alert tone="warning" title={visit.t('portal:check.missing', { count: mend.length })}>
      <ul class="td-error-summary__list">
        {mend.map(({ question, text }) => (
          <li>
            <a href={changeLink(visit, question)}>{text}</a>
          </li>
        ))}
      </ul>
    </Alert>
  </div>
);

function rowsOf(visit: DraftVisit, open: OpenDraft, question: Question): DescriptionRow[] {
  const { t, language } = visit;
  const href = changeLink(visit, question);
  return question.fields.map((field) => ({
    key: field.label[language],
    value: <AnswerValue visit={visit} open={open} field={field} />,
    change: {
      href,
      text: t('portal:check.change'),
      label: t('portal:check.changeLabel', { label: field.label[language] }),
    },
  }));
}

const AnswerValue = ({ visit, open, field }: { visit: DraftVisit; open: OpenDraft; field: Field }): Content => {
  const { language } = visit;
  const value: Answers[string] | undefined = open.answers[field.key];
  if (field.kind === 'table' && Array.isArray(value)) {
    return (
      <ol>
        {(value as readonly Row[]).map((row) => (
          <li>
            {field.columns.map((column) =>
              row[column.key] === undefined ? null : (
                <div>
                  {column.label[language]}: {formatAnswer(column, row[column.key], language)}
                </div>
              ),
            )}
          </li>
        ))}
      </ol>
    );
  }
  const names = new Map(open.files.map((file) => [file.id, file.name]));
  return <Lines text={formatAnswer(field, value, language, names)} />;
};

/** A text with its line breaks. */
export const Lines = ({ text }: { text: string }) => (
  <>
    {text.split('\n').map((line, at) => (
      <>
        {at > 0 ? <br /> : null}
        {line}
      </>
    ))}
  </>
);
