import { type DocumentFacts, type RetentionClass, retentionClassOf } from '../modules/files/index.ts';
import { formVersion } from '../modules/forms/index.ts';
import { findSubmission, submissionDocuments, submissionOfDocument } from '../modules/intake/index.ts';
import { letterOfDocument } from '../modules/notices/index.ts';
import type { Tx } from '../platform/database/index.ts';

/** Concerns whose papers tell of somebody's health, whatever kind they are. */
const healthConcerns: readonly string[] = ['krankmeldung'];

/** Where a paper lies now, and what is said of it. */
export type PlacedPaper = {
  readonly documentId: string;
  readonly concern: string;
  readonly part: string;
  readonly facts: Pick<DocumentFacts, 'retention' | 'kind'>;
};

/**
 * The class by which a paper is kept. It tells of health when its case is about that, or when it was handed in at a question about health;
 * not so letters that the office wrote, and not what lies in the part about benefits: it proves what was paid, as long as that can be asked
 * back (§ 45 (3) sentence 4 SGB X).
 */
export async function retentionOfPaper(
  tx: Tx,
  { documentId, concern, part, facts }: PlacedPaper,
): Promise<RetentionClass> {
  const health =
    part !== 'benefits' &&
    (await letterOfDocument(tx, documentId)) === undefined &&
    (healthConcerns.includes(concern) || (await askedAboutHealth(tx, documentId)));
  return retentionClassOf({ ...facts, part, health });
}

/** Whether the question with which it came is about health (§ 67 (12) SGB X), in the form as it was. */
async function askedAboutHealth(tx: Tx, documentId: string): Promise<boolean> {
  const submissionId = await submissionOfDocument(tx, documentId);
  const submission = submissionId === undefined ? undefined : await findSubmission(tx, submissionId);
  if (submission === undefined) return false;
  const placed = (await submissionDocuments(tx, submission.id)).find((each) => each.documentId === documentId);
  const form = await formVersion(tx, submission.concern, submission.formVersion ?? 0);
  const asked = form?.questions.flatMap(({ fields }) => fields).find(({ key }) => key === placed?.field);
  return asked?.privacy.category === 'health';
}
