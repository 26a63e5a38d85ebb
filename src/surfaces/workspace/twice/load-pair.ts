import { recordAudit } from '../../../modules/audit/index.ts';
import { type CaseDetail, findCase, type RequiredItem, requiredItems } from '../../../modules/cases/index.ts';
import { type Document, documentsByIds } from '../../../modules/documents/index.ts';
import {
  arrivalsOfDocuments,
  findSubmission,
  receiptOfSubmission,
  type Submission,
} from '../../../modules/intake/index.ts';
import { findPair, type SeenPair, type Side } from '../../../modules/twice/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { StaffVisit } from '../visit.ts';

/** One side of a pair with what is needed to look at it. */
export type SideView = {
  readonly side: Side;
  readonly case: CaseDetail;
  readonly submission: Submission;
  readonly number: string;
  readonly document: Document | undefined;
  /** What it was sent for, where somebody had asked for it in this case. */
  readonly item: RequiredItem | undefined;
};
export type PairView = { readonly pair: SeenPair; readonly sides: readonly [SideView, SideView] };

/** A pair with both sides, read and logged for both cases in one transaction; undefined where the reader may not see both. */
export async function loadPair(tx: Tx, visit: StaffVisit, id: string): Promise<PairView | undefined> {
  const pair = await findPair(tx, visit.reader, id);
  if (pair === undefined) return undefined;
  const earlier = await loadSide(tx, visit, pair.earlier, pair.earlierCase);
  const later = await loadSide(tx, visit, pair.later, pair.laterCase);
  if (earlier === undefined || later === undefined) return undefined;
  for (const caseId of new Set([pair.earlierCase, pair.laterCase]))
    await recordAudit(tx, visit.actor, {
      action: 'case.read',
      subjectType: 'case',
      subjectId: caseId,
      caseId,
      reason: visit.t('twice:readReason'),
      detail: { pair: pair.id },
    });
  return { pair, sides: [earlier, later] };
}

async function loadSide(tx: Tx, visit: StaffVisit, side: Side, caseId: string): Promise<SideView | undefined> {
  const found = await findCase(tx, visit.reader, caseId);
  const submission = await findSubmission(tx, side.submissionId);
  if (found === undefined || submission === undefined) return undefined;
  const receipt = await receiptOfSubmission(tx, submission.id);
  const [document] = side.documentId === null ? [] : await documentsByIds(tx, [side.documentId]);
  const item = document === undefined ? undefined : await itemOf(tx, caseId, document.id);
  return { side, case: found, submission, number: receipt?.number ?? '', document, item };
}

async function itemOf(tx: Tx, caseId: string, documentId: string): Promise<RequiredItem | undefined> {
  const itemId = (await arrivalsOfDocuments(tx, [documentId]))[0]?.requiredItemId ?? null;
  return itemId === null ? undefined : (await requiredItems(tx, caseId)).find(({ id }) => id === itemId);
}
