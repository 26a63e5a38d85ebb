import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockBothCases, noteMove } from '../cases/index.ts';
import { moveFindables } from '../search/index.ts';
import { type Arrival, arrivalsOfDocuments, arrivalsOfSubmissions } from './arrivals.ts';
import { leavesEmpty } from './move-submission.ts';
import { findSubmission } from './queries.ts';
import type { IntakeTables } from './submission.ts';

/**
 * Puts one paper of a submission into another case, because it alone was filed with the wrong one; undone by moving it back. The
 * submission, its receipt and everything else that came with it stay where they are: what arrived is a fact, only where this paper lies
 * changes. Both cases say so. Whether the actor may see both is for the caller to ask (`findCase`).
 */
export async function movePaper(
  tx: Tx,
  actor: Actor,
  move: { readonly documentId: string; readonly toCaseId: string; readonly merges?: boolean },
): Promise<'moved' | 'not-found' | 'unchanged'> {
  const before = await placeOf(tx, move.documentId);
  if (before === undefined) return 'not-found';
  if (before.caseId === move.toCaseId) return 'unchanged';
  if (!(await lockBothCases(tx, [before.caseId, move.toCaseId]))) return 'not-found';
  // Somebody else may have moved it, or the whole submission, while we waited for the locks.
  if ((await placeOf(tx, move.documentId))?.caseId !== before.caseId) return 'unchanged';
  const submission = await findSubmission(tx, before.submissionId);
  await tx
    .tables<IntakeTables>()
    .updateTable('submission_document')
    .set({ filed_in: submission?.caseId === move.toCaseId ? null : move.toCaseId })
    .where('document_id', '=', move.documentId)
    .execute();
  const moved = {
    submissionId: before.submissionId,
    channel: before.channel,
    fromCaseId: before.caseId,
    toCaseId: move.toCaseId,
    itemIds: before.requiredItemId === null ? [] : [before.requiredItemId],
    documentIds: [move.documentId],
    merges: move.merges ?? false,
    paper: { documentId: move.documentId, answers: await answeredAlone(tx, before) },
  };
  await noteMove(tx, actor, moved, await leavesEmpty(tx, before.caseId));
  await moveFindables(tx, moved.documentIds, move.toCaseId);
  // A paper without words is found by what is known of it, and in another case that is less.
  await tx.enqueue('make-findable', { jobcenterId: tx.jobcenterId, documentId: move.documentId });
  return 'moved';
}

const placeOf = async (tx: Tx, documentId: string): Promise<Arrival | undefined> =>
  (await arrivalsOfDocuments(tx, [documentId]))[0];

/** What this paper answers, as far as no other one of its submission that lies in the same case answers it too. */
async function answeredAlone(tx: Tx, { documentId, submissionId, caseId, requiredItemId }: Arrival): Promise<string[]> {
  if (requiredItemId === null) return [];
  const others = (await arrivalsOfSubmissions(tx, [submissionId])).filter((each) => each.documentId !== documentId);
  return others.some((each) => each.caseId === caseId && each.requiredItemId === requiredItemId)
    ? []
    : [requiredItemId];
}
