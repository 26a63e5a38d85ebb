import { type Document, documentsByIds } from '../../modules/documents/index.ts';
import {
  type Answers,
  type DocumentsAnswer,
  type Draft,
  draftDocuments,
  type FormDefinition,
  findField,
  formVersion,
  missing,
  type Question,
} from '../../modules/forms/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type DraftVisit, draftPath, questionPath } from './visit.ts';

export type DraftFile = Document & { readonly field: string };

/** A draft with its form as it was when it was begun, and the newer version if there is one. */
export type OpenDraft = {
  readonly draft: Draft;
  readonly form: FormDefinition;
  readonly newer: FormDefinition | undefined;
  /** The answers; documents stand in them as they lie in the draft. */
  readonly answers: Answers;
  readonly files: readonly DraftFile[];
};

/** Opens the draft of this visit in a transaction; `lock` for changes. Throws what the desk has for one that is not there. */
export async function inDraft<T>(
  visit: DraftVisit,
  lock: 'read' | 'change',
  work: (tx: Tx, open: OpenDraft) => Promise<T>,
): Promise<T> {
  const forms = await visit.services.catalogue.all(visit.jobcenter.id);
  return visit.services.database.tenant(visit.jobcenter.id, async (tx) => {
    const draft = await visit.desk.find(tx, lock === 'change');
    if (draft === undefined) throw visit.desk.absent('draft');
    const open = await readDraft(tx, draft, forms);
    if (open === undefined) throw visit.desk.absent('page');
    return work(tx, open);
  });
}

/** A draft with its form and files; undefined when its form is no longer known. */
export async function readDraft(
  tx: Tx,
  draft: Draft,
  forms: ReadonlyMap<string, FormDefinition>,
): Promise<OpenDraft | undefined> {
  const current = forms.get(draft.concern);
  const form = current?.version === draft.version ? current : await formVersion(tx, draft.concern, draft.version);
  if (form === undefined) return undefined;
  const files = await draftFiles(tx, draft.id);
  const newer = current !== undefined && current.version > draft.version ? current : undefined;
  return { draft, form, newer, answers: withFiles(form, draft.answers, files), files };
}

/** Files of a draft in the order they came. */
export async function draftFiles(tx: Tx, draftId: string): Promise<DraftFile[]> {
  const entries = await draftDocuments(tx, draftId);
  const fields = new Map(entries.map((entry) => [entry.documentId, entry.field]));
  const documents = await documentsByIds(
    tx,
    entries.map((entry) => entry.documentId),
  );
  return documents.map((document) => ({ ...document, field: fields.get(document.id) ?? '' }));
}

/** The answers with the documents that lie in the draft now; what was said about "later" and "already here" stays. */
export function withFiles(form: FormDefinition, answers: Answers, files: readonly DraftFile[]): Answers {
  const own = form.questions.flatMap((question) => question.fields).filter((field) => field.kind === 'documents');
  const result: Record<string, Answers[string]> = { ...answers };
  for (const { key } of own) {
    const documents = files.filter((file) => file.field === key).map((file) => file.id);
    const said = answers[key] as DocumentsAnswer | undefined;
    const later = said?.later === true;
    const here = said?.here === true;
    if (documents.length > 0 || later || here) result[key] = { documents, later, ...(here && { here }) };
    else delete result[key];
  }
  return result;
}

/** The question that asks what an error path such as `household.0.birthDate` names. */
export const questionOfPath = (open: Pick<OpenDraft, 'form'>, path: string): Question | undefined =>
  findField(open.form, path.split('.')[0] ?? '')?.question;

/** The first question without an answer, or the check page. */
export function placeToGoOn(open: OpenDraft, visit: Pick<DraftVisit, 'desk'>): string {
  const first = missing(open.form, open.answers)[0]?.question;
  return first === undefined ? draftPath(visit, 'pruefen') : questionPath(visit, first.key);
}
