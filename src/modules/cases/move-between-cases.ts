import { type Actor, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { stayHeld } from '../files/index.ts';
import type { CaseEvent } from './case-event.ts';
import { movePaperDoubts } from './clearing.ts';
import { appendEvent } from './events.ts';
import { fulfilItem, reopenItems } from './fulfil-items.ts';
import { openRequiredItems } from './required-items.ts';
import { unansweredBy } from './sent-again.ts';
import type { CaseTables } from './tables.ts';

export type Move = {
  readonly submissionId: string;
  readonly channel: string;
  readonly fromCaseId: string;
  readonly toCaseId: string;
  /** What the submission answered when it came. */
  readonly itemIds: readonly string[];
  /** Its papers: a doubt about one of them goes with it. */
  readonly documentIds: readonly string[];
  /** Two cases become one: what was answered in the case that is left is not asked for again. */
  readonly merges: boolean;
  /** This paper alone was moved, its submission stays; `answers`: what no other paper answers in the case it leaves. */
  readonly paper?: { readonly documentId: string; readonly answers: readonly string[] };
};
type Row = Pick<CaseTables['office_case'], 'id' | 'number' | 'state' | 'assignee_id' | 'team_id' | 'file_id'>;

/** Locks both cases of a move, always in the same order so that two moves cannot wait for each other; false when one is not there. */
export async function lockBothCases(tx: Tx, caseIds: readonly [string, string]): Promise<boolean> {
  const ids = [...caseIds].sort();
  return (await lockRows(tx, ids)).length === ids.length;
}

const lockRows = (tx: Tx, ids: readonly string[]): Promise<Row[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['id', 'number', 'state', 'assignee_id', 'team_id', 'file_id'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();

/**
 * Notes on both cases that a submission went from one to the other, and takes its unconfirmed account number and its holds along. The case it
 * comes to opens again if it was ended; the one it leaves is closed with its doubts when nothing remains there (`emptied`).
 * What it answered is missing again in the case it leaves (unless two cases `merge`), and is there again when it comes back,
 * except where somebody said that this is not it. With one
 * `paper` only what that answered alone is missing, and the account number stays. Both cases are locked before (`lockBothCases`).
 */
export async function noteMove(tx: Tx, actor: Actor, move: Move, emptied: boolean): Promise<void> {
  const rows = await lockRows(tx, [move.fromCaseId, move.toCaseId]);
  const from = rows.find((row) => row.id === move.fromCaseId);
  const to = rows.find((row) => row.id === move.toCaseId);
  if (from === undefined || to === undefined) throw new Error('A move between cases that are not locked.');
  if (move.paper === undefined)
    await tx
      .tables<CaseTables>()
      .updateTable('bank_confirmation')
      .set({ case_id: to.id })
      .where('submission_id', '=', move.submissionId)
      .execute();
  await movePaperDoubts(tx, actor, move);
  const places = { from: { id: from.id, fileId: from.file_id }, to: { id: to.id, fileId: to.file_id } };
  await stayHeld(tx, actorName(actor), move.documentIds, { ...places, whole: move.paper === undefined });
  await note(tx, actor, from, event('left', move, to), emptied ? await close(tx, actor, from) : {});
  await note(tx, actor, to, event('joined', move, from), await awake(tx, to));
  const { submissionId } = move;
  if (!emptied && !move.merges) await reopenItems(tx, actor, { caseId: from.id, submissionId }, move.paper?.answers);
  const notThese = await unansweredBy(tx, { caseId: to.id, submissionId });
  for (const itemId of move.itemIds)
    if (!notThese.has(itemId)) await fulfilItem(tx, actor, { caseId: to.id, submissionId }, itemId);
}

function event(way: 'left' | 'joined', move: Move, other: Row): CaseEvent {
  const { submissionId, channel, paper } = move;
  const detail = { submissionId, channel, caseId: other.id, number: other.number };
  return paper === undefined
    ? { kind: `submission-${way}`, detail }
    : { kind: `paper-${way}`, detail: { ...detail, documentId: paper.documentId } };
}

type Changes = { state?: Row['state']; closed_at?: Date | null };

async function note(tx: Tx, actor: Actor, row: Row, what: CaseEvent, changes: Changes): Promise<void> {
  await tx
    .tables<CaseTables>()
    .updateTable('office_case')
    .set({ ...changes, changed_at: tx.now })
    .where('id', '=', row.id)
    .execute();
  await appendEvent(tx, actor, row.id, what);
  await recordAudit(tx, actor, {
    action: `case.${what.kind}`,
    subjectType: 'case',
    subjectId: row.id,
    caseId: row.id,
    detail: what.detail,
  });
}

/** An empty case is nobody's work: it is closed, and what was doubtful about it is no longer asked. */
async function close(tx: Tx, actor: Actor, row: Row): Promise<Changes> {
  await tx
    .tables<CaseTables>()
    .updateTable('clearing_item')
    .set({ resolved_at: tx.now, resolved_by: 'name' in actor ? actor.name : '', outcome: 'moved to another case' })
    .where('case_id', '=', row.id)
    .where('resolved_at', 'is', null)
    .execute();
  return row.state === 'closed' ? {} : { state: 'closed', closed_at: tx.now };
}

/** Somebody has to look at what came; a case that waits for the person keeps waiting. */
async function awake(tx: Tx, row: Row): Promise<Changes> {
  if (row.state !== 'closed' && row.state !== 'decided') return {};
  await appendEvent(tx, { kind: 'system', name: 'intake' }, row.id, {
    kind: 'reopened',
    detail: { reason: 'supplement' },
  });
  if ((await openRequiredItems(tx, row.id)).length > 0) return { state: 'waiting', closed_at: null };
  return { state: row.assignee_id === null ? 'new' : 'working', closed_at: null };
}
