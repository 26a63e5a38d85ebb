import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { appendEvent } from './events.ts';
import { fulfilItem, reopenItems } from './fulfil-items.ts';
import type { CaseEvent, CaseTables } from './office-case.ts';

export type Move = {
  readonly submissionId: string;
  readonly channel: string;
  readonly fromCaseId: string;
  readonly toCaseId: string;
  /** What the submission answered when it came. */
  readonly itemIds: readonly string[];
};
type Row = Pick<CaseTables['office_case'], 'id' | 'number' | 'state' | 'assignee_id'>;

/** Locks both cases of a move, always in the same order so that two moves cannot wait for each other; false when one is not there. */
export async function lockBothCases(tx: Tx, caseIds: readonly [string, string]): Promise<boolean> {
  const ids = [...caseIds].sort();
  return (await lockRows(tx, ids)).length === ids.length;
}

const lockRows = (tx: Tx, ids: readonly string[]): Promise<Row[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['id', 'number', 'state', 'assignee_id'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();

/**
 * Notes on both cases that a submission went from one to the other, and takes its unconfirmed account number along. The case it
 * comes to opens again if it was ended; the one it leaves is closed with its doubts when nothing remains there (`emptied`).
 * What it answered is missing again in the case it leaves, and is there again when it comes back. Both cases are locked before
 * (`lockBothCases`).
 */
export async function noteMove(tx: Tx, actor: Actor, move: Move, emptied: boolean): Promise<void> {
  const rows = await lockRows(tx, [move.fromCaseId, move.toCaseId]);
  const from = rows.find((row) => row.id === move.fromCaseId);
  const to = rows.find((row) => row.id === move.toCaseId);
  if (from === undefined || to === undefined) throw new Error('A move between cases that are not locked.');
  await tx
    .tables<CaseTables>()
    .updateTable('bank_confirmation')
    .set({ case_id: to.id })
    .where('submission_id', '=', move.submissionId)
    .execute();
  await note(tx, actor, from, event('submission-left', move, to), emptied ? await close(tx, actor, from) : {});
  await note(tx, actor, to, event('submission-joined', move, from), await awake(tx, to));
  const { submissionId } = move;
  if (!emptied) await reopenItems(tx, actor, { caseId: from.id, submissionId });
  for (const itemId of move.itemIds) await fulfilItem(tx, actor, { caseId: to.id, submissionId }, itemId);
}

const event = (kind: 'submission-left' | 'submission-joined', move: Move, other: Row): CaseEvent => ({
  kind,
  detail: { submissionId: move.submissionId, channel: move.channel, caseId: other.id, number: other.number },
});

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
  return { state: row.assignee_id === null ? 'new' : 'working', closed_at: null };
}
