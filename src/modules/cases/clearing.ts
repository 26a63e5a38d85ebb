import { type Actor, actorName } from '../../kernel/actor.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseState, ClearingReason } from './office-case.ts';
import { asJson, type CaseTables } from './tables.ts';

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

/** Runs of pages of one paper. */
type Runs = readonly (readonly [from: number, to: number])[];
/** A paper of which pages could not be read, and which they are: runs of pages, of so many. */
export type PartlyRead = {
  readonly documentId: string;
  readonly unread: Runs;
  readonly pages: number;
  /** What stood in the way at the first of them: `timeout`, `memory`, `broken`, `too-many-pages`. */
  readonly why?: string;
};
/** A paper that is not in German: its languages (ISO 639, `und-Cyrl` where only the script is sure), each with its pages. */
export type ForeignPaper = {
  readonly documentId: string;
  readonly languages: readonly { readonly language: string; readonly pages: Runs }[];
};

/** Doubts that are about papers, and what each says of one. */
type AboutPapers = {
  readonly unreadable: { readonly documentId: string };
  readonly 'partly-read': PartlyRead;
  readonly 'foreign-language': ForeignPaper;
};
export type PaperReason = keyof AboutPapers;
export const paperReasons = ['unreadable', 'partly-read', 'foreign-language'] as const satisfies readonly PaperReason[];

/** The papers that a doubt is about; none for a doubt of another reason. A doubt of before names one unreadable paper outside of the list. */
export function papersOfDoubt<R extends PaperReason>(
  item: Pick<ClearingItem, 'reason' | 'detail'>,
  reason: R,
): readonly AboutPapers[R][] {
  if (item.reason !== reason) return [];
  const { papers = [], documentId } = item.detail as { papers?: AboutPapers[R][]; documentId?: string };
  return documentId === undefined ? papers : [{ documentId } as AboutPapers[R], ...papers];
}

/** Puts papers into the queue of their case: one doubt of a reason names all of them, each once and as it was said last. */
export async function raisePapers<R extends PaperReason>(
  tx: Tx,
  caseId: string,
  reason: R,
  papers: readonly AboutPapers[R][],
): Promise<void> {
  const open = await lockedDoubt(tx, caseId, reason);
  if (open === undefined) return raiseClearing(tx, caseId, reason, { papers } as unknown as Json);
  const others = papersOfDoubt(open, reason).filter(
    (each) => !papers.some(({ documentId }) => documentId === each.documentId),
  );
  const { documentId: _, ...rest } = open.detail as { documentId?: string };
  await rewrite(tx, open, { ...rest, papers: [...others, ...papers] });
}

/** Whether a person has settled what a doubt of this reason said of a paper of the case. */
export async function settledByHand(tx: Tx, caseId: string, reason: PaperReason, documentId: string): Promise<boolean> {
  const settled = await tx
    .tables<CaseTables>()
    .selectFrom('clearing_item')
    .select(['reason', 'detail'])
    .where('case_id', '=', caseId)
    .where('reason', '=', reason)
    .where('resolved_at', 'is not', null)
    .where('outcome', 'not in', [moved, withdrawn])
    .execute();
  return settled.some((item) => papersOfDoubt(item, reason).some((each) => each.documentId === documentId));
}

/** Takes a paper out of the open doubt of a reason, which says of it what is not so; without another paper the doubt is gone. */
export async function withdrawPaper(
  tx: Tx,
  actor: Actor,
  caseId: string,
  reason: PaperReason,
  documentId: string,
): Promise<void> {
  const found = await lockedDoubt(tx, caseId, reason);
  if (found !== undefined) await takeOut(tx, actor, found, reason, [documentId], withdrawn);
}

/** What did not come through with an e-mail; beside papers that cannot be read, and beside what an earlier mail left out. */
export async function raiseNotAccepted(
  tx: Tx,
  caseId: string,
  left: { readonly refused: readonly Json[]; readonly trouble: readonly string[] },
): Promise<void> {
  const open = await lockedDoubt(tx, caseId, 'unreadable');
  if (open === undefined) return raiseClearing(tx, caseId, 'unreadable', left as unknown as Json);
  const before = open.detail as { refused?: readonly Json[]; trouble?: readonly string[] };
  await rewrite(tx, open, {
    ...before,
    refused: [...(before.refused ?? []), ...left.refused],
    trouble: [...new Set([...(before.trouble ?? []), ...left.trouble])],
  });
}

/** Locked by its case, so that of two papers that are read at once none is lost. */
async function lockedDoubt(tx: Tx, caseId: string, reason: PaperReason): Promise<ClearingItem | undefined> {
  const cases = tx.tables<CaseTables>().selectFrom('office_case').select('id').where('id', '=', caseId);
  await cases.forUpdate().executeTakeFirstOrThrow();
  return (await openClearingItems(tx, caseId)).find((item) => item.reason === reason);
}

async function rewrite(tx: Tx, { id, caseId }: ClearingItem, detail: object): Promise<void> {
  await tx
    .tables<CaseTables>()
    .updateTable('clearing_item')
    .set({ detail: asJson(detail) })
    .where('id', '=', id)
    .execute();
  tx.touch(caseId);
}

/** Takes what a doubt says of papers along to another case; what it says of others, and of a mail, stays. */
export async function movePaperDoubts(
  tx: Tx,
  actor: Actor,
  move: { readonly fromCaseId: string; readonly toCaseId: string; readonly documentIds: readonly string[] },
): Promise<void> {
  for (const reason of paperReasons) {
    const found = (await openClearingItems(tx, move.fromCaseId)).find((item) => item.reason === reason);
    if (found === undefined) continue;
    const all = papersOfDoubt(found, reason);
    const goes = all.filter(({ documentId }) => move.documentIds.includes(documentId));
    if (goes.length === 0) continue;
    await raisePapers(tx, move.toCaseId, reason, goes);
    await takeOut(tx, actor, found, reason, move.documentIds, moved);
  }
}

/** Outcomes of doubts that no person looked at. */
const [moved, withdrawn] = ['moved to another case', 'not so when it was read again'];

/** Leaves in a doubt what it says of other papers, and of a mail; with nothing left it is settled with this outcome. */
async function takeOut(
  tx: Tx,
  actor: Actor,
  found: ClearingItem,
  reason: PaperReason,
  documentIds: readonly string[],
  outcome: string,
): Promise<void> {
  const papers = papersOfDoubt(found, reason).filter((each) => !documentIds.includes(each.documentId));
  const { documentId: _, ...rest } = found.detail as { documentId?: string; refused?: unknown; trouble?: unknown };
  if (papers.length > 0 || rest.refused !== undefined || rest.trouble !== undefined)
    return rewrite(tx, found, { ...rest, papers });
  await tx
    .tables<CaseTables>()
    .updateTable('clearing_item')
    .set({ resolved_at: tx.now, resolved_by: actorName(actor), outcome })
    .where('id', '=', found.id)
    .execute();
  tx.touch(found.caseId);
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
