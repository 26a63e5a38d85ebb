import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { done, note, notFound, opens, type PlanOutcome, remind, type StaffAct, stopReminding } from './act.ts';
import type { Agreement, AgreementEnd, Side } from './plan.ts';
import { beginPlan } from './reviews.ts';
import type { PlanTables } from './tables.ts';

export type NewAgreement = {
  readonly side: Side;
  readonly who: string;
  readonly what: string;
  readonly dueOn: Day;
  readonly goalId: string | null;
  /** What the reminder on that day says. */
  readonly reminder: string;
  /** What the plan says of its beginning, where this is the first agreement of it, and what its own reminder says. */
  readonly begins: { readonly summary: string; readonly reminder: string };
};

const columns = [
  'id',
  'side',
  'who',
  'what',
  'due_on as dueOn',
  'goal_id as goalId',
  'follow_up_id as followUpId',
  'made_at as madeAt',
  'ended_at as endedAt',
  'ended_as as endedAs',
  'ended_reason as endedReason',
] as const;

const query = (tx: Tx, caseId: string) =>
  tx.tables<PlanTables>().selectFrom('agreement').select(columns).where('case_id', '=', caseId);

/** Agreements of a case, the nearest day first. The caller has asked whether its reader may see the case. */
export const agreements = (tx: Tx, caseId: string): Promise<Agreement[]> =>
  query(tx, caseId).orderBy('due_on').orderBy('id').execute();

/**
 * Keeps what one side does until a day (§ 15 (2) SGB II), and reminds gently on that day: in "my day" and in the case, never by a letter.
 * With the first one the plan begins.
 */
export async function makeAgreement(tx: Tx, act: StaffAct, wanted: NewAgreement): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  if (!(await goalIsThere(tx, act.caseId, wanted.goalId))) return notFound;
  await add(tx, act, wanted, null);
  await beginPlan(tx, act, wanted.begins);
  return note(tx, act, wanted.side === 'person' ? 'agreed-person' : 'agreed-office', said(wanted));
}

const said = ({ what, dueOn }: Pick<NewAgreement, 'what' | 'dueOn'>, more?: string) => ({
  text: what,
  dueOn,
  ...(more === undefined || more === '' ? {} : { more }),
});

async function goalIsThere(tx: Tx, caseId: string, goalId: string | null): Promise<boolean> {
  if (goalId === null) return true;
  const goal = await tx
    .tables<PlanTables>()
    .selectFrom('plan_entry')
    .select('id')
    .where('id', '=', goalId)
    .where('case_id', '=', caseId)
    .where('kind', '=', 'goal')
    .executeTakeFirst();
  return goal !== undefined;
}

async function add(
  tx: Tx,
  act: StaffAct,
  wanted: Omit<NewAgreement, 'begins'>,
  replaces: string | null,
): Promise<void> {
  const followUpId = await remind(tx, act, {
    dueOn: wanted.dueOn,
    reason: wanted.reminder,
    topic: 'work',
    waitsFor: wanted.side === 'person' ? 'person' : 'us',
  });
  await tx
    .tables<PlanTables>()
    .insertInto('agreement')
    .values({
      id: tx.newId(),
      case_id: act.caseId,
      side: wanted.side,
      who: wanted.who,
      what: wanted.what,
      due_on: wanted.dueOn,
      goal_id: wanted.goalId,
      replaces,
      follow_up_id: followUpId,
      made_at: tx.now,
      made_by: act.staffId,
      ended_at: null,
      ended_by: null,
      ended_as: null,
      ended_reason: null,
    })
    .execute();
}

const end = (tx: Tx, act: StaffAct, id: string, as: AgreementEnd, reason: string) =>
  tx
    .tables<PlanTables>()
    .updateTable('agreement')
    .set({ ended_at: tx.now, ended_by: act.staffId, ended_as: as, ended_reason: reason === '' ? null : reason })
    .where('id', '=', id)
    .execute();

type Found = { readonly kind: 'open'; readonly agreement: Agreement } | { readonly kind: 'not-found' | 'ended' };

async function openOne(tx: Tx, act: StaffAct, id: string): Promise<Found> {
  if (!(await opens(tx, act))) return { kind: 'not-found' };
  const agreement = await query(tx, act.caseId).where('id', '=', id).executeTakeFirst();
  if (agreement === undefined) return { kind: 'not-found' };
  return agreement.endedAt === null ? { kind: 'open', agreement } : { kind: 'ended' };
}

/** It is done, or it is left with a reason. What it reminded of ends with it. */
export async function endAgreement(
  tx: Tx,
  act: StaffAct,
  id: string,
  how: { readonly as: 'done' | 'dropped'; readonly reason: string },
): Promise<PlanOutcome> {
  const found = await openOne(tx, act, id);
  if (found.kind !== 'open') return found;
  await end(tx, act, id, how.as, how.reason);
  await stopReminding(tx, act, found.agreement.followUpId);
  const { what } = found.agreement;
  return note(tx, act, how.as === 'done' ? 'agreement-done' : 'agreement-dropped', {
    text: what,
    ...(how.reason === '' ? {} : { more: how.reason }),
  });
}

/** Both sides agree on something else instead, with the reason. The old agreement stays readable and is answered for no more. */
export async function adjustAgreement(
  tx: Tx,
  act: StaffAct,
  id: string,
  to: { readonly what: string; readonly dueOn: Day; readonly reason: string; readonly reminder: string },
): Promise<PlanOutcome> {
  const found = await openOne(tx, act, id);
  if (found.kind !== 'open') return found;
  const { agreement } = found;
  if (agreement.what === to.what && agreement.dueOn === to.dueOn) return { kind: 'unchanged' };
  await end(tx, act, id, 'adjusted', to.reason);
  await stopReminding(tx, act, agreement.followUpId);
  await add(tx, act, { ...agreement, what: to.what, dueOn: to.dueOn, reminder: to.reminder }, id);
  await note(tx, act, 'agreement-adjusted', said(to, to.reason));
  return done;
}
