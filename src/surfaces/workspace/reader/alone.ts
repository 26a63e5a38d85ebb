import { findSubmission, submissionOfDocument } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { ReadablePaper } from '../documents/readable.ts';

/** Whether somebody filed the paper apart from what it came with. */
export async function liesAlone(tx: Tx, { document, case: place }: ReadablePaper): Promise<boolean> {
  const submissionId = await submissionOfDocument(tx, document.id);
  const submission = submissionId === undefined ? undefined : await findSubmission(tx, submissionId);
  return submission !== undefined && submission.caseId !== place.id;
}
