import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockBothCases, noteMove } from '../cases/index.ts';
import { moveFindables } from '../search/index.ts';
import { arrivalsOfSubmissions } from './arrivals.ts';
import { findSubmission } from './queries.ts';
import type { IntakeTables } from './submission.ts';

/**
 * Puts a submission into another case, because a person decided that it belongs there; undone by moving it back. What came in
 * stays as it is, only its place changes, and both cases say so. A case that is empty afterwards is closed. A paper of it that somebody
 * filed elsewhere alone stays there. Whether the actor may see both cases is for the caller to ask (`findCase`). `merges`: everything
 * of one case goes into the other.
 */
export async function moveSubmission(
  tx: Tx,
  actor: Actor,
  move: { readonly submissionId: string; readonly toCaseId: string; readonly merges?: boolean },
): Promise<'moved' | 'not-found' | 'unchanged'> {
  const before = await findSubmission(tx, move.submissionId);
  if (before === undefined) return 'not-found';
  if (before.caseId === move.toCaseId) return 'unchanged';
  if (!(await lockBothCases(tx, [before.caseId, move.toCaseId]))) return 'not-found';
  const { numUpdatedRows } = await tx
    .tables<IntakeTables>()
    .updateTable('submission')
    .set({ case_id: move.toCaseId })
    .where('id', '=', before.id)
    .where('case_id', '=', before.caseId) // somebody else may have moved it while we waited for the locks
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return 'unchanged';
  const { id: submissionId, channel, caseId: fromCaseId } = before;
  const papers = (await arrivalsOfSubmissions(tx, [submissionId])).filter((each) => !each.alone);
  const moved = {
    submissionId,
    channel,
    fromCaseId,
    toCaseId: move.toCaseId,
    itemIds: [...new Set(papers.flatMap(({ requiredItemId: id }) => (id === null ? [] : [id])))],
    documentIds: papers.map(({ documentId }) => documentId),
    merges: move.merges ?? false,
  };
  await noteMove(tx, actor, moved, await leavesEmpty(tx, fromCaseId));
  await moveFindables(tx, [submissionId, ...moved.documentIds], move.toCaseId);
  await tx.enqueue('sort-submission', { jobcenterId: tx.jobcenterId, submissionId });
  return 'moved';
}

/** True when neither a submission nor a single paper lies in the case any more. */
export async function leavesEmpty(tx: Tx, caseId: string): Promise<boolean> {
  const db = tx.tables<IntakeTables>();
  const submission = await db.selectFrom('submission').select('id').where('case_id', '=', caseId).limit(1).execute();
  if (submission.length > 0) return false;
  const papers = await db
    .selectFrom('submission_document')
    .select('document_id')
    .where('filed_in', '=', caseId)
    .limit(1)
    .execute();
  return papers.length === 0;
}
