import { type Changes, changedSince, type Question, saveDraft } from '../../modules/forms/index.ts';
import { Alert, Button, Form } from '../../ui/index.ts';
import { inDraft, type OpenDraft, placeToGoOn, withFiles } from './open-draft.ts';
import { type DraftVisit, draftPath, questionPath } from './visit.ts';

const changesOf = (open: OpenDraft): Changes | undefined =>
  open.newer === undefined ? undefined : changedSince(open.form, open.newer, open.answers);

/** The form has a new version: what is new, what changed; the answers are kept. */
export async function newVersionPage(visit: DraftVisit): Promise<Response> {
  const { t } = visit;
  const open = await inDraft(visit, 'read', async (_tx, found) => found);
  const changes = changesOf(open);
  if (changes === undefined || open.draft.submittedAt !== null) return visit.c.redirect(visit.desk.base, 303);
  return visit.desk.show(
    { title: t('portal:newVersion.title') },
    <>
      <h1>{t('portal:newVersion.title')}</h1>
      <Alert tone="info" title={t('portal:newVersion.kept')}>
        <p>{t('portal:newVersion.text')}</p>
      </Alert>
      <Titles visit={visit} heading={t('portal:newVersion.added')} questions={changes.added} />
      <Titles visit={visit} heading={t('portal:newVersion.reworded')} questions={changes.reworded} />
      {changes.dropped.length === 0 ? null : <p>{t('portal:newVersion.dropped', { count: changes.dropped.length })}</p>}
      <Form action={draftPath(visit, 'neu')} csrf={visit.csrf}>
        <Button>{t('portal:newVersion.goOn')}</Button>
      </Form>
    </>,
  );
}

const Titles = ({
  visit,
  heading,
  questions,
}: {
  visit: DraftVisit;
  heading: string;
  questions: readonly Question[];
}) =>
  questions.length === 0 ? null : (
    <>
      <h2>{heading}</h2>
      <ul>
        {questions.map((question) => (
          <li>{question.title[visit.language]}</li>
        ))}
      </ul>
    </>
  );

/** Moves the draft to the new version and leads to the first question that is new. */
export async function acceptNewVersion(visit: DraftVisit): Promise<Response> {
  const target = await inDraft(visit, 'change', async (tx, open) => {
    const changes = changesOf(open);
    if (changes === undefined || open.newer === undefined || open.draft.submittedAt !== null) return visit.desk.base;
    await saveDraft(tx, visit.draftId, { answers: changes.answers, version: open.newer.version });
    const first = changes.added[0];
    const answers = withFiles(open.newer, changes.answers, open.files);
    return first === undefined
      ? placeToGoOn({ ...open, form: open.newer, answers }, visit)
      : questionPath(visit, first.key);
  });
  return visit.c.redirect(target, 303);
}
