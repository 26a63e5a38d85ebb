import { eraseDocument } from '../../modules/documents/index.ts';
import {
  type Answers,
  answerQuestion,
  type DocumentsAnswer,
  type DocumentsField,
  type FieldErrors,
  findQuestion,
  formatError,
  missing,
  nextQuestion,
  type Question,
  type RawForm,
  rawAnswer,
  reachable,
  removeDraftDocument,
  saveDraft,
  validateAnswer,
} from '../../modules/forms/index.ts';
import { one } from '../request.ts';
import { rowsShown, textOf } from './field-input.tsx';
import { inDraft, type OpenDraft, placeToGoOn, withFiles } from './open-draft.ts';
import { fromCheck, type Place, questionView } from './question-view.tsx';
import { addFiles, discard, hashesOf, storeFiles } from './uploads.ts';
import { type DraftVisit, draftPath, type PageVisit, questionPath } from './visit.ts';

const noErrors = {};

/** Leads to where the draft stands: what is new, the first question without an answer, or the check page. */
export async function draftStart(visit: DraftVisit): Promise<Response> {
  const target = await inDraft(visit, 'read', async (_tx, open) => {
    if (open.draft.submittedAt !== null) return draftPath(visit, 'gesendet');
    if (open.newer !== undefined) return draftPath(visit, 'neu');
    return placeToGoOn(open, visit);
  });
  return visit.c.redirect(target, 303);
}

/** Where a request for a question goes instead, when it cannot be shown. */
function elsewhere(visit: DraftVisit, open: OpenDraft, question: Question): string | undefined {
  if (open.draft.submittedAt !== null) return draftPath(visit, 'gesendet');
  if (visit.c.req.method === 'GET' && open.newer !== undefined) return draftPath(visit, 'neu');
  return reachable(open.form, open.answers).includes(question) ? undefined : placeToGoOn(open, visit);
}

/** One question a page. */
export async function questionPage(visit: DraftVisit): Promise<Response> {
  const { open, question } = await inDraft(visit, 'read', async (_tx, found) => placeOf(visit, found));
  const other = elsewhere(visit, open, question);
  if (other !== undefined) return visit.c.redirect(other, 303);
  return questionView(
    visit,
    { open, question },
    { raw: rawAnswer(question, open.answers, visit.language), errors: noErrors },
    [],
  );
}

const placeOf = (visit: DraftVisit, open: OpenDraft): Place => ({
  open,
  question: questionOf(visit, open, visit.c.req.param('question') ?? ''),
});

function questionOf(visit: DraftVisit, open: OpenDraft, key: string): Question {
  const question = findQuestion(open.form, key);
  if (question === undefined) throw visit.desk.absent('page');
  return question;
}

/** Takes what was typed, with files and the buttons of the page; nothing typed is lost by any of them. */
export async function answer(visit: DraftVisit): Promise<Response> {
  const start = await inDraft(visit, 'read', async (_tx, found) => placeOf(visit, found));
  const other = elsewhere(visit, start.open, start.question);
  if (other !== undefined)
    return visit.wantsJson
      ? visit.c.json({ error: visit.t('portal:trouble.oldForm.text') }, 409)
      : visit.c.redirect(other, 303);
  const problems = await takeFiles(visit, start);
  if (visit.wantsJson)
    return problems.length === 0
      ? visit.c.json({ name: visit.files.map((file) => file.name).join(', ') })
      : visit.c.json({ error: problems.join(' ') }, 422);
  const action = one(visit.input, 'aktion');
  if (action.startsWith('entfernen ')) await removeFile(visit, action.slice(10));
  const saved = await save(visit, start.question.key);
  return goOn(visit, saved, problems, action);
}

/**
 * Keeps what was typed on a question, with its files, before something else is done with the draft. Gives the page again
 * when a file could not be taken, so that nobody thinks it was.
 */
export async function keepTyped(visit: DraftVisit, key: string): Promise<Response | undefined> {
  const start = await inDraft(visit, 'read', async (_tx, open) => ({ open, question: findQuestion(open.form, key) }));
  if (start.question === undefined || start.open.draft.submittedAt !== null) return undefined;
  const problems = await takeFiles(visit, { open: start.open, question: start.question });
  const saved = await save(visit, key);
  return problems.length === 0 ? undefined : questionView(visit, saved, { raw: saved.raw, errors: noErrors }, problems);
}

type Saved = Place & { readonly raw: RawForm; readonly errors: FieldErrors };

/** Keeps what is right of the typed answers at once, also when something else on the page is wrong. */
async function save(visit: DraftVisit, key: string): Promise<Saved> {
  return inDraft(visit, 'change', async (tx, open) => {
    const question = questionOf(visit, open, key);
    const raw = typedFor(question, visit, open);
    const checked = validateAnswer(question, raw, visit.today);
    const value: Answers = checked.ok ? checked.value : { ...ownAnswers(question, open.answers), ...checked.value };
    const answers = answerQuestion(open.form, open.answers, question, value);
    const { language } = visit.desk;
    await saveDraft(tx, visit.draftId, { answers, ...(language === undefined ? {} : { language }) });
    const files = withFiles(open.form, answers, open.files);
    return { open: { ...open, answers: files }, question, raw, errors: checked.ok ? {} : checked.errors };
  });
}

const ownAnswers = (question: Question, answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => question.fields.some((field) => field.key === key)));

/** The inputs of a question; which files belong to it says the draft, never the form. */
function typedFor(question: Question, visit: PageVisit, { files, answers }: OpenDraft): RawForm {
  const documents = question.fields
    .filter((field) => field.kind === 'documents')
    .flatMap(({ key }) => [
      [key, files.filter((file) => file.field === key).map((file) => file.id)] as const,
      [`${key}.here`, (answers[key] as DocumentsAnswer | undefined)?.here === true ? 'ja' : ''] as const,
    ]);
  return { ...visit.input, ...Object.fromEntries(documents) };
}

/** Stores the files that came along; gives a sentence for each that was not taken. */
async function takeFiles(visit: DraftVisit, { open, question }: Place): Promise<string[]> {
  const problems: string[] = [];
  for (const field of question.fields) {
    if (field.kind !== 'documents') continue;
    const files = visit.files.filter((file) => file.field === `datei.${field.key}`);
    if (files.length === 0) continue;
    const together = visit.wantsJson || one(visit.input, `zusammen.${field.key}`) !== '';
    const stored = await storeFiles(visit, files, { together, known: hashesOf(open.files) });
    problems.push(...stored.problems, ...(await keepFiles(visit, field, stored.prepared)));
  }
  return problems;
}

async function keepFiles(
  visit: DraftVisit,
  field: DocumentsField,
  prepared: Awaited<ReturnType<typeof storeFiles>>['prepared'],
): Promise<string[]> {
  if (prepared.length === 0) return [];
  const left = await inDraft(visit, 'change', async (tx, now) => {
    if (now.draft.submittedAt !== null) return prepared.map((document) => document.name);
    const here = now.files.filter((file) => file.field === field.key).length;
    return addFiles(tx, visit.draftId, field.key, prepared, field.maxDocuments - here);
  });
  if (left.length === 0) return [];
  await discard(visit, prepared.slice(prepared.length - left.length));
  return [visit.t('portal:file.tooMany', { count: field.maxDocuments, names: left.join(', ').slice(0, 200) })];
}

const removeFile = (visit: DraftVisit, documentId: string): Promise<void> =>
  inDraft(visit, 'change', async (tx, open) => {
    if (open.draft.submittedAt !== null || !open.files.some((file) => file.id === documentId)) return;
    await removeDraftDocument(tx, visit.draftId, documentId);
    await eraseDocument(tx, documentId);
  });

/** After saving: the next question, or this page again with what is to be mended. */
function goOn(
  visit: DraftVisit,
  saved: Saved,
  problems: readonly string[],
  action: string,
): Response | Promise<Response> {
  const here = questionPath(visit, saved.question.key);
  const again = `${here}${fromCheck(visit) ? '?pruefen=1' : ''}`;
  const errors = textsOf(saved.errors, visit);
  if (action.startsWith('zeile-'))
    return questionView(
      visit,
      saved,
      { raw: changeRows(saved.question, saved.raw, action), errors: noErrors },
      problems,
    );
  if (action === 'hochladen' || action.startsWith('entfernen ')) {
    const typed = Object.keys(errors).filter((path) => textOf(saved.raw, path) !== '');
    if (problems.length === 0 && typed.length === 0) return visit.c.redirect(again, 303);
    return questionView(
      visit,
      saved,
      { raw: saved.raw, errors: Object.fromEntries(typed.map((path) => [path, errors[path] ?? ''])) },
      problems,
    );
  }
  if (problems.length > 0 || Object.keys(errors).length > 0)
    return questionView(visit, saved, { raw: saved.raw, errors }, problems);
  return visit.c.redirect(nextPlace(visit, saved), 303);
}

function nextPlace(visit: DraftVisit, { open, question }: Place): string {
  if (open.newer !== undefined) return draftPath(visit, 'neu');
  if (fromCheck(visit)) {
    const still = missing(open.form, open.answers)[0]?.question;
    return still === undefined ? draftPath(visit, 'pruefen') : `${questionPath(visit, still.key)}?pruefen=1`;
  }
  const next = nextQuestion(open.form, open.answers, question.key);
  return next === undefined ? draftPath(visit, 'pruefen') : questionPath(visit, next.key);
}

const textsOf = (errors: FieldErrors, visit: PageVisit): Record<string, string> =>
  Object.fromEntries(Object.entries(errors).map(([path, error]) => [path, formatError(error, visit.language)]));

/** One row more, or one less, of a table; the rest stays as it was typed. */
function changeRows(question: Question, raw: RawForm, action: string): RawForm {
  const [verb, key = '', number = ''] = action.split(' ');
  const field = question.fields.find((each) => each.key === key);
  if (field?.kind !== 'table') return raw;
  const rows = rowsShown(field, raw);
  if (verb === 'zeile-dazu')
    return { ...raw, [`zeilen.${key}`]: [...rows, (rows.at(-1) ?? -1) + 1].slice(0, field.maxRows).join(',') };
  const kept = Object.entries(raw).filter(([name]) => !name.startsWith(`${key}.${number}.`));
  return { ...Object.fromEntries(kept), [`zeilen.${key}`]: rows.filter((row) => row !== Number(number)).join(',') };
}
