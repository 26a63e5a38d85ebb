import type { Day } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { findStaff, staffOfTeam } from '../../identity/index.ts';
import { readerOf } from '../access.ts';
import { findCase } from '../case-detail.ts';
import { appendEvent } from '../events.ts';
import type { WaitsFor } from '../office-case.ts';
import type { CaseTables } from '../tables.ts';
import { type Act, change, lockCase, type VerbOutcome } from '../verbs.ts';

/** What a follow-up can be about; the words for it are in the locales. */
export const followUpTopics = [
  'money',
  'housing',
  'work',
  'training',
  'family',
  'health',
  'language',
  'debts',
  'papers',
  'appointment',
  'complaint',
  'partners',
  'other',
] as const;
export type FollowUpTopic = (typeof followUpTopics)[number];

/** A case that somebody wants to see again (Wiedervorlage): when, why, and for whom; no `staffId` means the team of the case. */
export type FollowUp = {
  readonly id: string;
  readonly caseId: string;
  readonly dueOn: Day;
  readonly reason: string;
  readonly topic: string;
  readonly waitsFor: WaitsFor;
  readonly staffId: string | null;
  readonly madeAt: Date;
  readonly madeBy: string;
  /** How often its day was moved; each time stands in the timeline. */
  readonly moves: number;
};

export const followUpColumns = [
  'follow_up.id',
  'follow_up.case_id as caseId',
  'follow_up.due_on as dueOn',
  'follow_up.reason',
  'follow_up.topic',
  'follow_up.waits_for as waitsFor',
  'follow_up.staff_id as staffId',
  'follow_up.made_at as madeAt',
  'follow_up.made_by as madeBy',
  'follow_up.moves',
] as const;

/** Open follow-ups of one case, the nearest first. */
export const openFollowUps = (tx: Tx, caseId: string): Promise<FollowUp[]> =>
  tx
    .tables<CaseTables>()
    .selectFrom('follow_up')
    .select(followUpColumns)
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .execute();

type StaffAct = Act & { readonly staffId: string };
type NewFollowUp = {
  /** Its id, where somebody wants to know it; made by the transaction. */
  readonly id?: string;
  readonly dueOn: Day;
  readonly reason: string;
  readonly topic: FollowUpTopic;
  readonly waitsFor: WaitsFor;
  /** A member of staff who may see the case, or null for its team. */
  readonly forStaffId: string | null;
};

/** Puts a case on somebody's list for a day. `nobody`: who it should be for does not exist or may not see the case. */
export async function makeFollowUp(
  tx: Tx,
  act: StaffAct,
  wanted: NewFollowUp,
): Promise<VerbOutcome | { readonly kind: 'nobody' }> {
  const found = await lockCase(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const who = wanted.forStaffId === null ? undefined : await findStaff(tx, wanted.forStaffId);
  // Without what they see only while they stand in for somebody: it would come back when they may not look any more.
  const sees = who !== undefined && (await findCase(tx, readerOf(who), act.caseId)) !== undefined;
  if (wanted.forStaffId !== null && !sees) return { kind: 'nobody' };
  const id = wanted.id ?? tx.newId();
  const { dueOn, reason, topic, waitsFor } = wanted;
  await tx
    .tables<CaseTables>()
    .insertInto('follow_up')
    .values({
      id,
      case_id: act.caseId,
      due_on: dueOn,
      reason,
      topic,
      waits_for: waitsFor,
      staff_id: wanted.forStaffId,
      team_id: found.team_id,
      made_at: tx.now,
      made_by: act.staffId,
      moves: 0,
      ended_at: null,
      ended_by: null,
    })
    .execute();
  const detail = { followUpId: id, dueOn, reason, forName: who?.name ?? null };
  return change(tx, act, { kind: 'follow-up', detail }, {});
}

const openOne = (tx: Tx, caseId: string, id: string) =>
  tx
    .tables<CaseTables>()
    .selectFrom('follow_up')
    .select(['id', 'reason', 'due_on', 'moves'])
    .where('id', '=', id)
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();

/** Gives a follow-up another day, with a reason; the old day stays in the timeline. */
export async function moveFollowUp(
  tx: Tx,
  act: StaffAct,
  id: string,
  to: { readonly dueOn: Day; readonly why: string },
): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const open = await openOne(tx, act.caseId, id);
  if (open === undefined || open.due_on === to.dueOn) return { kind: 'unchanged' };
  const set = { due_on: to.dueOn, moves: open.moves + 1 };
  await tx.tables<CaseTables>().updateTable('follow_up').set(set).where('id', '=', id).execute();
  const detail = { followUpId: id, reason: open.reason, why: to.why, from: open.due_on, to: to.dueOn };
  return change(tx, act, { kind: 'follow-up-moved', detail }, {});
}

/** Ends a follow-up: what it reminded of is done, or not needed any more. */
export async function endFollowUp(tx: Tx, act: StaffAct, id: string): Promise<VerbOutcome> {
  if ((await lockCase(tx, act)) === undefined) return { kind: 'not-found' };
  const open = await openOne(tx, act.caseId, id);
  if (open === undefined) return { kind: 'unchanged' };
  const set = { ended_at: tx.now, ended_by: act.staffId };
  await tx.tables<CaseTables>().updateTable('follow_up').set(set).where('id', '=', id).execute();
  return change(tx, act, { kind: 'follow-up-ended', detail: { followUpId: id, reason: open.reason } }, {});
}

/** Notes on a case that is closed why a follow-up still comes back. */
export async function keepFollowUp(tx: Tx, act: StaffAct, followUp: FollowUp, why: string): Promise<void> {
  const detail = { followUpId: followUp.id, reason: followUp.reason, why };
  await change(tx, act, { kind: 'follow-up-kept', detail }, {});
}

/**
 * After a case went to another team or person: its follow-ups go with it, and those of people who may not see it any more go to the
 * team. So none ever waits in a list that nobody opens. The caller has locked the case.
 */
export async function followCase(
  tx: Tx,
  act: Pick<Act, 'actor' | 'caseId'>,
  to: { readonly teamId: string | null; readonly assigneeId: string | null },
): Promise<void> {
  const open = await openFollowUps(tx, act.caseId);
  if (open.length === 0) return;
  const update = () =>
    tx.tables<CaseTables>().updateTable('follow_up').where('case_id', '=', act.caseId).where('ended_at', 'is', null);
  await update().set({ team_id: to.teamId }).execute();
  const sees = new Set([...(await staffOfTeam(tx, to.teamId)).map((each) => each.id), to.assigneeId]);
  for (const { id, reason, staffId } of open) {
    if (staffId === null || sees.has(staffId)) continue;
    await update().set({ staff_id: null }).where('id', '=', id).execute();
    await appendEvent(tx, act.actor, act.caseId, { kind: 'follow-up-handed', detail: { followUpId: id, reason } });
  }
}
