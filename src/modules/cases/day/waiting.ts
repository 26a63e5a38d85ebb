import { sql } from 'kysely';
import { dayInGermany } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import type { CaseTables, WaitsFor } from '../office-case.ts';
import {
  type DayCursor,
  type DayPage,
  dayCursor,
  type LineCase,
  lineColumns,
  pageOf,
  peopleOf,
  startOf,
  workOf,
} from './day-line.ts';
import { followUpLines } from './follow-up-lines.ts';

/** Something a case waits for, until when, and since when. `staffId` is the colleague where it waits for one. */
export type WaitingLine = DayCursor &
  LineCase & {
    readonly waitsFor: Exclude<WaitsFor, 'us'>;
    readonly text: string;
    readonly staffId: string | null;
    readonly since: Date;
  };

/**
 * What waits for whom in a reader's work, the nearest day first, in keyset pages: for the person (required items that are not late yet),
 * for a colleague (follow-ups given to others), for another office (follow-ups that say so).
 */
export async function waitingLines(
  tx: Tx,
  reader: CaseReader,
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<WaitingLine>> {
  const today = dayInGermany(tx.now);
  const people = peopleOf(reader);
  const followUps = await followUpLines(tx, reader, { waitsAfter: today }, after, size + 1);
  const lines = followUps.map((line) => {
    const given = line.staffId !== null && !people.includes(line.staffId);
    const waitsFor = given || line.waitsFor === 'us' ? 'colleague' : line.waitsFor;
    return { ...line, waitsFor };
  });
  return pageOf<WaitingLine>([lines, await items(tx, reader, today, after, size + 1)], size);
}

async function items(
  tx: Tx,
  reader: CaseReader,
  today: string,
  after: DayCursor | undefined,
  most: number,
): Promise<WaitingLine[]> {
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
    .where('required_item.due_on', '>=', today)
    .where('office_case.closed_at', 'is', null)
    .where((eb) => workOf(reader)(eb as never))
    .where((eb) => visibleTo(reader)(eb as never))
    .orderBy('required_item.due_on')
    .orderBy('required_item.id')
    .limit(most);
  if (after !== undefined) {
    const { day, id } = dayCursor(after);
    query = query.where(sql<boolean>`(required_item.due_on, required_item.id) > (${day}::date, ${id}::uuid)`);
  }
  return (await query.execute()).map(({ dueOn, ...row }) => ({
    ...row,
    waitsFor: 'person' as const,
    at: startOf(dueOn),
    staffId: row.assigneeId,
  }));
}
