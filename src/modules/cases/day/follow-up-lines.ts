import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Day } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import type { WaitsFor } from '../office-case.ts';
import type { CaseTables } from '../tables.ts';
import { type DayCursor, dayCursor, type LineCase, lineColumns, peopleOf, startOf, type Whose } from './day-line.ts';

export type FollowUpLine = DayCursor &
  LineCase & {
    readonly text: string;
    readonly topic: string;
    readonly waitsFor: WaitsFor;
    readonly staffId: string | null;
    readonly since: Date;
    readonly madeBy: string;
  };

/** Follow-ups for the reader and the people they stand in for, and those for the reader's teams. */
const whoseFollowUps =
  (reader: CaseReader) =>
  (eb: ExpressionBuilder<CaseTables, 'follow_up'>): Record<Whose, Expression<SqlBool>> => {
    const team = eb.or([
      ...(reader.teamIds.length > 0 ? [eb('follow_up.team_id', 'in', [...reader.teamIds])] : []),
      eb('follow_up.team_id', 'is', null),
    ]);
    return {
      mine: eb('follow_up.staff_id', 'in', peopleOf(reader)),
      team: eb.and([eb('follow_up.staff_id', 'is', null), team]),
    };
  };

/** An open follow-up that stands among what is due for the reader by a day, by its id: a condition of somebody else's query. */
export const dueFollowUp =
  (tx: Tx, reader: CaseReader, { until, whose }: { readonly until: Day; readonly whose: Whose }) =>
  (id: Expression<string | null>) =>
    tx
      .tables<CaseTables>()
      .selectFrom('follow_up')
      .select('follow_up.id')
      .where('follow_up.id', '=', id)
      .where('follow_up.ended_at', 'is', null)
      .where('follow_up.due_on', '<=', until)
      .where((eb) => whoseFollowUps(reader)(eb as never)[whose])
      .limit(1);

/**
 * Open follow-ups of a reader, the nearest first: their own, those of people they stand in for, and those for their teams. With `until`
 * those of that day and before, for people or for teams; with `waitsAfter` those that come later and wait for somebody, beside what the reader gave to others; with `of` those of the people named.
 */
export async function followUpLines(
  tx: Tx,
  reader: CaseReader,
  which:
    | { readonly until: Day; readonly whose: Whose }
    | { readonly waitsAfter: Day }
    | { readonly of: readonly string[] },
  after: DayCursor | undefined,
  most: number,
): Promise<FollowUpLine[]> {
  const people = peopleOf(reader);
  let query = tx
    .tables<CaseTables>()
    .selectFrom('follow_up')
    .innerJoin('office_case', 'office_case.id', 'follow_up.case_id')
    .select([
      'follow_up.id',
      'follow_up.reason as text',
      'follow_up.topic',
      'follow_up.waits_for as waitsFor',
      'follow_up.staff_id as staffId',
      'follow_up.due_on as dueOn',
      'follow_up.made_at as since',
      'follow_up.made_by as madeBy',
      ...lineColumns,
    ])
    .where('follow_up.ended_at', 'is', null)
    .where((eb) => visibleTo(reader)(eb as never))
    .orderBy('follow_up.due_on')
    .orderBy('follow_up.id')
    .limit(most);
  query = query.where((eb) => {
    if ('of' in which) return eb('follow_up.staff_id', 'in', [...which.of]);
    const of = whoseFollowUps(reader)(eb as never);
    if ('until' in which) return eb.and([of[which.whose], eb('follow_up.due_on', '<=', which.until)]);
    const mine = eb.or([of.mine, of.team]);
    const later = eb.and([mine, eb('follow_up.due_on', '>', which.waitsAfter), eb('follow_up.waits_for', '!=', 'us')]);
    const given = eb.and([
      eb('follow_up.made_by', '=', reader.id),
      eb('follow_up.staff_id', 'is not', null),
      eb('follow_up.staff_id', 'not in', people),
    ]);
    return eb.or([later, given]);
  });
  if (after !== undefined) {
    const { day, id } = dayCursor(after);
    query = query.where(sql<boolean>`(follow_up.due_on, follow_up.id) > (${day}::date, ${id}::uuid)`);
  }
  return (await query.execute()).map(({ dueOn, ...row }) => ({ ...row, at: startOf(dueOn) }));
}
