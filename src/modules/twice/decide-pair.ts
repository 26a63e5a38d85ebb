import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, timeline, visibleCases } from '../cases/index.ts';
import { arrivalsOfCases, movePaper, moveSubmission, submissionsOfCase } from '../intake/index.ts';
import type { Decision } from './pair.ts';
import { findPair, type SeenPair } from './queries.ts';
import type { TwiceTables } from './store.ts';

export type DecideOutcome = { readonly kind: 'done' } | { readonly kind: 'unchanged' } | { readonly kind: 'not-found' };
export type Deciding = { readonly actor: Actor; readonly reader: CaseReader };

/**
 * A person says what a pair is, or takes that back with `undone`. Only who may see both cases; nothing is merged or deleted by it.
 * The decision is a new row, in the audit log of both cases; deciding the same again comes to `unchanged`. What a merge had moved
 * goes back with `undone`.
 */
export async function decidePair(
  tx: Tx,
  act: Deciding,
  pairId: string,
  decision: Decision | 'undone',
): Promise<DecideOutcome> {
  const seen = await lockPair(tx, act, pairId);
  if (seen === undefined) return { kind: 'not-found' };
  if ((seen.decided?.decision ?? 'undone') === decision) return { kind: 'unchanged' };
  if (decision !== 'same') await moveBack(tx, act, seen);
  await writeDecision(tx, act, seen, decision);
  return { kind: 'done' };
}

/**
 * Two cases that are one concern become one: everything that came for the later case goes into the earlier one, and the pair is
 * decided to be the same. The emptied case is closed, not deleted; taking the decision back brings everything back.
 */
export async function mergeCases(tx: Tx, act: Deciding, pairId: string): Promise<DecideOutcome> {
  const seen = await lockPair(tx, act, pairId);
  if (seen === undefined || seen.later.documentId !== null) return { kind: 'not-found' };
  if (seen.earlierCase === seen.laterCase) return { kind: 'unchanged' };
  const moved: string[] = [];
  // First what was filed there alone: the emptied case is closed by the last thing that leaves it.
  for (const documentId of await aloneIn(tx, [seen.laterCase]))
    if ((await movePaper(tx, act.actor, { documentId, toCaseId: seen.earlierCase, merges: true })) === 'moved')
      moved.push(documentId);
  for (const { id: submissionId } of await submissionsOfCase(tx, seen.laterCase))
    if ((await moveSubmission(tx, act.actor, { submissionId, toCaseId: seen.earlierCase, merges: true })) === 'moved')
      moved.push(submissionId);
  await writeDecision(tx, act, seen, 'same', { moved, from: seen.laterCase });
  return { kind: 'done' };
}

/** More papers than this no case has. */
const mostPapers = 2_000;

/** Papers that were filed in these cases alone: what they came with lies elsewhere. */
const aloneIn = async (tx: Tx, caseIds: readonly string[]): Promise<string[]> =>
  (await arrivalsOfCases(tx, caseIds, mostPapers)).flatMap(({ alone, documentId }) => (alone ? [documentId] : []));

/** The pair, locked, if the reader may see both of its cases. */
async function lockPair(tx: Tx, act: Deciding, pairId: string): Promise<SeenPair | undefined> {
  const db = tx.tables<TwiceTables>();
  const row = await db.selectFrom('twice_pair').select('id').where('id', '=', pairId).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : findPair(tx, act.reader, pairId);
}

/** Submissions, and papers that were filed alone. */
type Moved = { readonly moved: readonly string[]; readonly from: string };

async function writeDecision(
  tx: Tx,
  act: Deciding,
  pair: SeenPair,
  decision: Decision | 'undone',
  move?: Moved,
): Promise<void> {
  const db = tx.tables<TwiceTables>();
  const row = {
    id: tx.newId(),
    pair_id: pair.id,
    decision,
    at: tx.now,
    actor_kind: act.actor.kind,
    actor_id: actorId(act.actor),
    actor_name: actorName(act.actor),
    moved: [...(move?.moved ?? [])],
    moved_from: move?.from ?? null,
  };
  await db.insertInto('twice_decision').values(row).execute();
  const settled = decision === 'undone' ? null : tx.now;
  await db.updateTable('twice_pair').set({ settled_at: settled }).where('id', '=', pair.id).execute();
  for (const caseId of new Set([pair.earlierCase, pair.laterCase])) {
    tx.touch(caseId);
    await recordAudit(tx, act.actor, {
      action: decision === 'undone' ? 'twice.undone' : 'twice.decided',
      subjectType: 'pair',
      subjectId: pair.id,
      caseId,
      detail: { decision, level: pair.level },
    });
  }
}

/** Brings back what the decision before had moved, as far as nobody moved it elsewhere since. */
async function moveBack(tx: Tx, act: Deciding, pair: SeenPair): Promise<void> {
  const last = await tx
    .tables<TwiceTables>()
    .selectFrom('twice_decision')
    .select(['at', 'moved', 'moved_from'])
    .where('pair_id', '=', pair.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (last?.moved_from == null) return;
  const into = [...(await mergedInto(tx, act, pair, last.moved_from, last.at))];
  const back = { toCaseId: last.moved_from, merges: true };
  const here = new Set<string>();
  for (const caseId of into) for (const { id } of await submissionsOfCase(tx, caseId)) here.add(id);
  const papers = new Set((await arrivalsOfCases(tx, into, mostPapers)).map(({ documentId }) => documentId));
  for (const submissionId of last.moved.filter((id) => here.has(id)))
    await moveSubmission(tx, act.actor, { submissionId, ...back });
  for (const documentId of last.moved.filter((id) => papers.has(id)))
    await movePaper(tx, act.actor, { documentId, ...back });
}

/**
 * The case a merge went into, by the history of the emptied one: the earlier submission itself may have been moved on since. And the
 * case where that lies now, because both may have been merged into a third one. Only what the reader may see.
 */
async function mergedInto(tx: Tx, act: Deciding, pair: SeenPair, from: string, at: Date): Promise<Set<string>> {
  const left = (await timeline(tx, from)).flatMap((event) =>
    event.kind === 'submission-left' && event.at.getTime() === at.getTime() ? [event.detail.caseId] : [],
  );
  return visibleCases(tx, act.reader, [...new Set([pair.earlierCase, ...left])]);
}
