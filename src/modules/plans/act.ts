import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  type CaseAct,
  endFollowUp,
  type FollowUpTopic,
  lockCase,
  makeFollowUp,
  noteInCase,
  type PlanAct,
  type WaitsFor,
} from '../cases/index.ts';

/** Who does something to which case; `staffId` is the member of staff. */
export type StaffAct = CaseAct & { readonly staffId: string };

/**
 * What a use case of this module comes to. `unchanged`: it was so already. `not-found`: no such case, or nothing of that id in it, for this
 * reader. `ended`: somebody has ended it since the form was opened, so nothing was changed.
 */
export type PlanOutcome = { readonly kind: 'done' | 'unchanged' | 'not-found' | 'ended' };

export const done: PlanOutcome = { kind: 'done' };
export const notFound: PlanOutcome = { kind: 'not-found' };

/** Locks the case, if the reader may see it; false where there is none for them. */
export const opens = async (tx: Tx, act: CaseAct): Promise<boolean> => (await lockCase(tx, act)) !== undefined;

type Said = { readonly text?: string; readonly more?: string; readonly dueOn?: Day };

/** Puts into the timeline, and the audit log, what was done. */
export const note = async (tx: Tx, act: CaseAct, what: PlanAct, said: Said = {}): Promise<PlanOutcome> => {
  await noteInCase(tx, act, { kind: 'plan', detail: { act: what, ...said } });
  return done;
};

/** A day on which somebody should ask how it goes, with its words and for what it waits. */
export type Reminder = {
  readonly dueOn: Day;
  readonly reason: string;
  readonly topic: FollowUpTopic;
  readonly waitsFor: WaitsFor;
};

/**
 * Puts a day on the list of whoever acts, or on that of the team where they see the case only because they stand in for somebody. Gives the
 * id of the follow-up, which ends with what it reminds of.
 */
export async function remind(tx: Tx, act: StaffAct, reminder: Reminder): Promise<string> {
  const id = tx.newId();
  const own = await makeFollowUp(tx, act, { ...reminder, id, forStaffId: act.staffId });
  if (own.kind === 'nobody') await makeFollowUp(tx, act, { ...reminder, id, forStaffId: null });
  return id;
}

/** Ends a reminder, unless somebody ended it before. */
export async function stopReminding(tx: Tx, act: StaffAct, followUpId: string | null): Promise<void> {
  if (followUpId !== null) await endFollowUp(tx, act, followUpId);
}
