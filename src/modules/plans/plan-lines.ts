import { sql } from 'kysely';
import { addDays, type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  type CaseReader,
  caseOfNobody,
  caseOfPeople,
  caseOfTeam,
  caseStillOpen,
  type DayCursor,
  type DayPage,
  dayCursor,
  dueFollowUp,
  type LineCase,
  lineCases,
  openableCase,
  pageOf,
  peopleOf,
  startOf,
  type Whose,
} from '../cases/index.ts';
import { reviewComesDays } from './plan.ts';
import type { PlanTables } from './tables.ts';

/** A plan that both sides have to look at again: by when, since when it holds, and who works on its case. */
export type PlanLine = DayCursor &
  LineCase & { readonly kind: 'plan'; readonly nextOn: Day; readonly staffId: string | null; readonly since: Date };

/**
 * The newest look at each plan of an open case the reader may see, where the next one is due within two weeks or its day has passed (§ 15 (3) SGB II).
 * It is read from the plan itself: whoever ends the follow-up that reminds of it ends the reminder, not the duty.
 */
const toReview = (tx: Tx, reader: CaseReader) =>
  tx
    .tables<PlanTables>()
    .selectFrom('plan_review')
    .where('plan_review.next_on', '<=', addDays(dayInGermany(tx.now), reviewComesDays))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('plan_review as later')
            .select('later.id')
            .whereRef('later.case_id', '=', 'plan_review.case_id')
            .where(sql<boolean>`(later.held_on, later.id) > (plan_review.held_on, plan_review.id)`),
        ),
      ),
    )
    .where(({ exists, ref }) => exists(caseStillOpen(tx)(ref('plan_review.case_id')) as never))
    .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('plan_review.case_id')) as never));

/**
 * Plans to be looked at in a reader's work, the nearest day first, in keyset pages: `mine` those of cases of the reader and the people they stand in for,
 * `team` those of cases of their teams that nobody works on. A plan whose reminder stands in the same list already is left to it.
 */
export async function planLines(
  tx: Tx,
  reader: CaseReader,
  { whose }: { readonly whose: Whose },
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<PlanLine>> {
  const until = dayInGermany(tx.now);
  const query = toReview(tx, reader)
    .where(({ or, exists, ref }) => {
      const id = ref('plan_review.case_id');
      if (whose === 'mine') return exists(caseOfPeople(tx, peopleOf(reader))(id) as never);
      return or([...reader.teamIds, null].map((team) => exists(caseOfNobody(tx, team)(id) as never)));
    })
    .where(({ not, exists, ref }) =>
      not(exists(dueFollowUp(tx, reader, { until, whose })(ref('plan_review.follow_up_id')) as never)),
    );
  return readLines(tx, reader, query, after, size);
}

/** A plan is of the open cases of a team; null: of none. */
const ofTeam = (tx: Tx, reader: CaseReader, teamId: string | null) =>
  toReview(tx, reader).where(({ exists, ref }) => exists(caseOfTeam(tx, teamId)(ref('plan_review.case_id')) as never));

/** The plans that `countPlansDue` counts, the nearest day first, in keyset pages. */
export const plansOfTeam = (
  tx: Tx,
  reader: CaseReader,
  teamId: string | null,
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<PlanLine>> => readLines(tx, reader, ofTeam(tx, reader, teamId), after, size);

async function readLines(
  tx: Tx,
  reader: CaseReader,
  plans: ReturnType<typeof toReview>,
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<PlanLine>> {
  let query = plans
    .select([
      'plan_review.id',
      'plan_review.case_id as caseId',
      'plan_review.next_on as nextOn',
      'plan_review.held_on as heldOn',
    ])
    .orderBy('plan_review.next_on')
    .orderBy('plan_review.id')
    .limit(size + 1);
  if (after !== undefined) {
    const { day, id } = dayCursor(after);
    query = query.where(sql<boolean>`(plan_review.next_on, plan_review.id) > (${day}::date, ${id}::uuid)`);
  }
  const rows = await query.execute();
  const cases = await lineCases(
    tx,
    reader,
    rows.map((row) => row.caseId),
  );
  const lines = rows.flatMap(({ id, caseId, nextOn, heldOn }) => {
    const of = cases.get(caseId);
    if (of === undefined) return [];
    return [
      { ...of, kind: 'plan' as const, id, nextOn, at: startOf(nextOn), since: startOf(heldOn), staffId: of.assigneeId },
    ];
  });
  return pageOf<PlanLine>([lines], size);
}

export type PlansDue = { readonly due: number; readonly past: number };

/**
 * How many plans in the open cases of a team (null: of none) have to be looked at, and of how many the day has passed; only cases that the reader may see. For the
 * board of the team: nobody is counted by name.
 */
export async function countPlansDue(tx: Tx, reader: CaseReader, teamId: string | null): Promise<PlansDue> {
  const { due, past } = await ofTeam(tx, reader, teamId)
    .select([
      sql<number>`count(*)`.as('due'),
      sql<number>`count(*) filter (where plan_review.next_on < ${dayInGermany(tx.now)}::date)`.as('past'),
    ])
    .executeTakeFirstOrThrow();
  return { due: Number(due), past: Number(past) };
}
