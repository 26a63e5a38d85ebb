import { sql } from 'kysely';
import type { Day } from '../../../kernel/dates.ts';
import { effectiveDue, firstDueNotOver, type HolidayPlace } from '../../../kernel/holidays.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import type { CaseTables } from '../tables.ts';
import { type DayCursor, dayCursor, type LineCase, lineColumns, startOf, type Whose, workOf } from './day-line.ts';

/** A required item that is still open: what, until which day, asked for since when; the worker of its case. */
export type ItemLine = DayCursor &
  LineCase & {
    readonly text: string;
    readonly staffId: string | null;
    readonly since: Date;
    /** The last day, where the one that was set is none on which a period ends. */
    readonly until: Day;
  };

/**
 * Items whose last day has passed before `today`, or those that still have time; of one kind of work or of both. A day at the place of the office
 * on which no period ends (§ 26 (3) SGB X) counts as the next working day.
 */
export type WhichItems = {
  readonly today: Day;
  readonly place: HolidayPlace;
  readonly late: boolean;
  readonly whose?: Whose;
};

/** Open required items of a reader's work, the nearest day first. */
export async function itemLines(
  tx: Tx,
  reader: CaseReader,
  { today, place, late, whose }: WhichItems,
  after: DayCursor | undefined,
  most: number,
): Promise<ItemLine[]> {
  let query = tx
    .tables<CaseTables>()
    .selectFrom('required_item')
    .innerJoin('office_case', 'office_case.id', 'required_item.case_id')
    .select([
      'required_item.id',
      'required_item.what as text',
      'required_item.due_on as dueOn',
      'required_item.requested_at as since',
      ...lineColumns,
    ])
    .where('required_item.fulfilled_at', 'is', null)
    .where('required_item.withdrawn_at', 'is', null)
    .where('required_item.due_on', late ? '<' : '>=', firstDueNotOver(today, place))
    .where('office_case.closed_at', 'is', null)
    .where((eb) => workOf(reader, whose)(eb as never))
    .where((eb) => visibleTo(reader)(eb as never))
    .orderBy('required_item.due_on')
    .orderBy('required_item.id')
    .limit(most);
  if (after !== undefined) {
    const { day, id } = dayCursor(after);
    query = query.where(sql<boolean>`(required_item.due_on, required_item.id) > (${day}::date, ${id}::uuid)`);
  }
  const rows = await query.execute();
  return rows.map(({ dueOn, ...row }) => ({
    ...row,
    at: startOf(dueOn),
    until: effectiveDue(dueOn, place),
    staffId: row.assigneeId,
  }));
}
