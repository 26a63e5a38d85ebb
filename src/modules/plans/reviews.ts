import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { note, notFound, opens, type PlanOutcome, remind, type StaffAct, stopReminding } from './act.ts';
import { latestReview, type PlanReview } from './plan.ts';
import type { PlanTables } from './tables.ts';

/** When both sides looked at the plan of a case, the last time first. */
export const planReviews = (tx: Tx, caseId: string): Promise<PlanReview[]> =>
  tx
    .tables<PlanTables>()
    .selectFrom('plan_review')
    .select(['id', 'held_on as heldOn', 'next_on as nextOn', 'summary', 'follow_up_id as followUpId'])
    .where('case_id', '=', caseId)
    .orderBy('held_on', 'desc')
    .orderBy('id', 'desc')
    .execute();

export type Review = {
  readonly heldOn: Day;
  readonly nextOn: Day;
  readonly summary: string;
  readonly reminder: string;
};

/**
 * Both sides looked at the plan, or made it: what they saw, and when they look again, after six months at the latest (§ 15 (3) SGB II).
 * `future`: it has not happened yet. `too-late`: the next time lies further ahead than that, or before.
 */
export async function holdReview(
  tx: Tx,
  act: StaffAct,
  review: Review,
): Promise<PlanOutcome | { readonly kind: 'future' | 'too-late' }> {
  if (!(await opens(tx, act))) return notFound;
  const today = dayInGermany(tx.now);
  if (review.heldOn > today) return { kind: 'future' };
  if (review.nextOn <= today || review.nextOn > latestReview(review.heldOn)) return { kind: 'too-late' };
  for (const before of await planReviews(tx, act.caseId)) await stopReminding(tx, act, before.followUpId);
  await write(tx, act, review);
  return note(tx, act, 'reviewed', { text: review.summary, dueOn: review.nextOn });
}

/**
 * A plan begins with what was agreed first: from that day on it is looked at again within six months (§ 15 (3) SGB II), whether or not
 * anybody notes that both sat together. Does nothing where the plan has begun already.
 */
export async function beginPlan(tx: Tx, act: StaffAct, words: Pick<Review, 'summary' | 'reminder'>): Promise<void> {
  if ((await planReviews(tx, act.caseId)).length > 0) return;
  const heldOn = dayInGermany(tx.now);
  await write(tx, act, { ...words, heldOn, nextOn: latestReview(heldOn) });
}

async function write(tx: Tx, act: StaffAct, { heldOn, nextOn, summary, reminder }: Review): Promise<void> {
  const followUpId = await remind(tx, act, { dueOn: nextOn, reason: reminder, topic: 'work', waitsFor: 'us' });
  await tx
    .tables<PlanTables>()
    .insertInto('plan_review')
    .values({
      id: tx.newId(),
      case_id: act.caseId,
      held_on: heldOn,
      next_on: nextOn,
      summary,
      follow_up_id: followUpId,
      made_at: tx.now,
      made_by: act.staffId,
    })
    .execute();
}
