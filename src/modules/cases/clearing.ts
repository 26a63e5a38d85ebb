import { type Actor, actorName } from '../../kernel/actor.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import { asJson, type CaseState, type CaseTables } from './office-case.ts';

/** Why a person must look: nobody known by that name, several or one who may be it, no team, a paper that cannot be shown. */
export type ClearingReason = 'person-unknown' | 'person-ambiguous' | 'person-suggested' | 'no-team' | 'unreadable';
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

/** Puts a doubt into the queue; the same doubt about the same case stands there once. */
export async function raiseClearing(tx: Tx, caseId: string, reason: ClearingReason, detail: Json): Promise<void> {
  const row = {
    id: tx.newId(),
    case_id: caseId,
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
}

/** Takes doubts out of the queue, with what came of them. */
export async function resolveClearing(
  tx: Tx,
  actor: Actor,
  caseId: string,
  reasons: readonly ClearingReason[],
  outcome: string,
): Promise<void> {
  const settled = await tx
    .tables<CaseTables>()
    .updateTable('clearing_item')
    .set({ resolved_at: tx.now, resolved_by: actorName(actor), outcome })
    .where('case_id', '=', caseId)
    .where('reason', 'in', [...reasons])
    .where('resolved_at', 'is', null)
    .returning('id')
    .execute();
  if (settled.length === 0) return;
  await recordAudit(tx, actor, {
    action: 'case.doubt-settled',
    subjectType: 'case',
    subjectId: caseId,
    caseId,
    detail: { reasons: [...reasons], count: settled.length },
  });
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

/** The queue of doubtful things, oldest first, in keyset pages. */
export async function clearingQueue(
  tx: Tx,
  reader: CaseReader,
  after: { raisedAt: Date; id: string } | undefined,
  size = 50,
): Promise<ClearingItem[]> {
  const base = open(tx).orderBy('i.raised_at').orderBy('i.id').limit(size);
  const mine = base.where((eb) => visibleTo(reader)(eb as never));
  const rows =
    after === undefined
      ? mine
      : mine.where((eb) => eb(eb.refTuple('i.raised_at', 'i.id'), '>', eb.tuple(after.raisedAt, after.id)));
  return (await rows.execute()) as unknown as ClearingItem[];
}

/** Doubts that are open on one case. */
export const openClearingItems = async (tx: Tx, caseId: string): Promise<ClearingItem[]> =>
  (await open(tx).where('i.case_id', '=', caseId).execute()) as unknown as ClearingItem[];
