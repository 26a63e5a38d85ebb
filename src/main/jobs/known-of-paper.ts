import { casesByIds, requiredItems } from '../../modules/cases/index.ts';
import { findDocument, letterKinds } from '../../modules/documents/index.ts';
import { factsOfDocuments } from '../../modules/files/index.ts';
import { formVersion } from '../../modules/forms/index.ts';
import { findSubmission, submissionDocuments, submissionOfDocument } from '../../modules/intake/index.ts';
import type { Findable } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { translate } from '../../platform/i18n/index.ts';

/**
 * What is known of a paper without reading it: its name, its kind, day and sender as somebody said them, what it was handed in as, by whom, and for
 * which request, and whose case it lies in. A paper that was filed in another case than its submission says nothing of the case it came with: whoever finds it there may
 * not open that one.
 */
export async function knownOfPaper(tx: Tx, documentId: string, { caseId }: Pick<Findable, 'caseId'>): Promise<string> {
  const document = await findDocument(tx, documentId);
  const facts = (await factsOfDocuments(tx, [documentId])).get(documentId);
  const kind = letterKinds.find((each) => each === facts?.kind && each !== 'other');
  return [
    document?.name ?? '',
    kind === undefined ? '' : translate('de')(`post:kind.${kind}`),
    facts?.sender ?? '',
    facts?.datedOn ?? '',
    ...new Set([...(await saidOfPaper(tx, documentId, caseId)), ...(await personOfCase(tx, caseId))]),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Whose case it lies in, by the name that stands there now, in the order in which people are named. */
async function personOfCase(tx: Tx, caseId: string): Promise<string[]> {
  const [found] = await casesByIds(tx, [caseId]);
  return [(found?.personName ?? '').split(', ').toReversed().join(' ')];
}

/** What was said when it was handed in, as long as it lies in the case of its submission. */
async function saidOfPaper(tx: Tx, documentId: string, caseId: string): Promise<string[]> {
  const submissionId = await submissionOfDocument(tx, documentId);
  const submission = submissionId === undefined ? undefined : await findSubmission(tx, submissionId);
  if (submission === undefined || submission.caseId !== caseId) return [];
  const placed = (await submissionDocuments(tx, submission.id)).find((each) => each.documentId === documentId);
  const item = (await requiredItems(tx, caseId)).find(({ id }) => id === placed?.requiredItemId);
  const form = await formVersion(tx, submission.concern, submission.formVersion ?? 0);
  const field = form?.questions.flatMap(({ fields }) => fields).find(({ key }) => key === placed?.field);
  const { givenName, familyName } = submission.person;
  return [`${givenName} ${familyName}`.trim(), field?.label.de ?? '', item?.what ?? ''];
}
