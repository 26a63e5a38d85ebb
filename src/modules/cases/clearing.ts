import { type Actor, actorName } from '../../kernel/actor.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { asJson, type CaseState, type CaseTables, type ClearingReason } from './office-case.ts';

export type { ClearingReason } from './office-case.ts';
export type ClearingItem = {
  readonly id: string;
  readonly caseId: string;
  readonly reason: ClearingReason;
  readonly detail: Json;
  readonly raisedAt: Date;
  readonly number: string;
  readonly personName: string;
  readonly concern: string;
  readonly state: CaseState;
};

/** Puts a doubt into the queue of the case's team; the same doubt about the same case stands there once. */
export async function raiseClearing(tx: Tx, caseId: string, reason: ClearingReason, detail: Json): Promise<void> {
  const found = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select('team_id')
    .where('id', '=', caseId)
    .forUpdate() // so that a move to another team takes the doubt along
    .executeTakeFirstOrThrow();
  const row = {
    id: tx.newId(),
    case_id: caseId,
    team_id: found.team_id,
    reason,
    detail: asJson(detail as object),
    raised_at: tx.now,
    resolved_at: null,
    resolved_by: null,
    outcome: null,
  };
  await tx
    .tables<CaseTables>()
    .insertInto('clearing_item')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
  tx.touch(caseId);
}

/** A paper of which pages could not be read, and which they are: runs of pages, of so many. */
export type PartlyRead = {
  readonly documentId: string;
  readonly unread: readonly (readonly [from: number, to: number])[];
  readonly pages: number;
};

/** The papers that a doubt about unread pages is about. */
export const partlyReadOf = (item: Pick<ClearingItem, 'reason' | 'detail'>): readonly PartlyRead[] =>
  item.reason === 'partly-read' ? ((item.detail as { papers?: readonly PartlyRead[] }).papers ?? []) : [];

/** Puts papers of which pages could not be read into the queue of their case: one doubt names all of them, each with its pages. */
export async function raisePartlyRead(tx: Tx, caseId: string, papers: readonly PartlyRead[]): Promise<void> {
  const db = tx.tables<CaseTables>();
  // Locked, so that of two papers that are read at once none is lost.
  await db.selectFrom('office_case').select('id').where('id', '=', caseId).forUpdate().executeTakeFirstOrThrow();
  const open = (await openClearingItems(tx, caseId)).find(({ reason }) => reason === 'partly-read');
  if (open === undefined) return raiseClearing(tx, caseId, 'partly-read', { papers });
  const others = partlyReadOf(open).filter((each) => !papers.some(({ documentId }) => documentId === each.documentId));
  await db
    .updateTable('clearing_item')
    .set({ detail: asJson({ papers: [...others, ...papers] }) })
    .where('id', '=', open.id)
    .execute();
  tx.touch(caseId);
}

/** Takes doubts out of the queue, with what came of them, and logs it; gives how many there were. */
export async function resolveClearing(
  tx: Tx,
  actor: Actor,
  caseId: string,
  reasons: readonly ClearingReason[],
  outcome: string,
): Promise<number> {
  const settled = await tx
    .tables<CaseTables>()
    .updateTable('clearing_item')
    .set({ resolved_at: tx.now, resolved_by: actorName(actor), outcome })
    .where('case_id', '=', caseId)
    .where('reason', 'in', [...reasons])
    .where('resolved_at', 'is', null)
    .returning('id')
    .execute();
  if (settled.length === 0) return 0;
  tx.touch(caseId);
  await recordAudit(tx, actor, {
    action: 'case.doubt-settled',
    subjectType: 'case',
    subjectId: caseId,
    caseId,
    detail: { reasons: [...reasons], count: settled.length },
  });
  return settled.length;
}

const open = (tx: Tx) =>
  tx
    .tables<CaseTables>()
    .selectFrom('clearing_item as i')
    .innerJoin('office_case', 'office_case.id', 'i.case_id')
    .select([
      'i.id',
      'i.case_id as caseId',
      'i.reason',
      'i.detail',
      'i.raised_at as raisedAt',
      'office_case.number',
      'office_case.person_name as personName',
      'office_case.concern',
      'office_case.state',
    ])
    .where('i.resolved_at', 'is', null);

/** Queues a reader sees: `every` for those who see all, otherwise each own team's and `null`, the one without a team. */
const queuesOf = (reader: CaseReader): readonly (string | null)[] | 'every' =>
  reader.role === 'clerk' ? [...new Set(reader.teamIds), null] : 'every';

/**
 * The queue of doubtful things, oldest first, in keyset pages. A clerk's page is merged from one read for each own team, so
 * that nobody walks the doubts of others; cases of other teams that are assigned to the clerk show their doubts themselves.
 */
export async function clearingQueue(
  tx: Tx,
  reader: CaseReader,
  after: { raisedAt: Date; id: string } | undefined,
  size = 50,
): Promise<ClearingItem[]> {
  const visible = open(tx)
    .where((eb) => visibleTo(reader)(eb as never))
    .orderBy('i.raised_at')
    .orderBy('i.id')
    .limit(size);
  const page =
    after === undefined
      ? visible
      : visible.where((eb) => eb(eb.refTuple('i.raised_at', 'i.id'), '>', eb.tuple(after.raisedAt, after.id)));
  const queues = queuesOf(reader);
  if (queues === 'every') return page.execute();
  const items: ClearingItem[] = [];
  for (const team of queues) items.push(...(await page.where('i.team_id', team === null ? 'is' : '=', team).execute()));
  return items.sort(byAge).slice(0, size);
}

const byAge = (a: ClearingItem, b: ClearingItem): number =>
  a.raisedAt.getTime() - b.raisedAt.getTime() || (a.id < b.id ? -1 : 1);

/** How many doubts a reader's queue holds, counted up to `most`: more is "many" to anybody. */
export async function countDoubts(tx: Tx, reader: CaseReader, most: number): Promise<number> {
  const rows = tx
    .tables<CaseTables>()
    .selectFrom('clearing_item')
    .select('id')
    .where('resolved_at', 'is', null)
    .orderBy('raised_at')
    .orderBy('id')
    .limit(most);
  const queues = queuesOf(reader);
  if (queues === 'every') return (await rows.execute()).length;
  let count = 0;
  for (const team of queues)
    if (count < most) count += (await rows.where('team_id', team === null ? 'is' : '=', team).execute()).length;
  return Math.min(count, most);
}

/** Doubts that are open on one case. */
export const openClearingItems = async (tx: Tx, caseId: string): Promise<ClearingItem[]> =>
  open(tx).where('i.case_id', '=', caseId).execute();
