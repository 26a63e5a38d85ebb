import { sql } from 'kysely';
import { addDays, type Day, dayInGermany } from '../../../kernel/dates.ts';
import type { HolidayPlace } from '../../../kernel/holidays.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import type { CaseTables } from '../tables.ts';
import {
  type DayCursor,
  type DayPage,
  dayCursor,
  type LineCase,
  lineColumns,
  pageOf,
  peopleOf,
  startOf,
  type Whose,
  workOf,
} from './day-line.ts';
import { followUpLines } from './follow-up-lines.ts';
import { itemLines } from './item-lines.ts';

/** Something that is due: what, since when or until when, in which case, and for whom. */
export type DueLine = DayCursor &
  LineCase & {
    readonly kind: 'follow-up' | 'item' | 'promise' | 'answer';
    /** The reason in somebody's words; null for the office's own answer. */
    readonly text: string | null;
    readonly phone: string | null;
    /** For whom it is: a member of staff, or null for the team. */
    readonly staffId: string | null;
    readonly since: Date;
    /** Of a required item its last day, where that is not the one that was set. */
    readonly until?: Day;
  };

type Read = {
  readonly tx: Tx;
  readonly reader: CaseReader;
  readonly whose: Whose;
  readonly after: DayCursor | undefined;
  readonly most: number;
};

/** The day before which an application must have been made for a suit for inaction: six months without an answer (§ 88 (1) SGG). */
export const suitMonths = 6;
const warnDays = 30;

/** The first day on which a person can sue because an application is not decided (§ 88 (1) SGG): six months after it arrived. */
export function suitDay(openedAt: Date): Day {
  const [year = 0, month = 0, day = 0] = dayInGermany(openedAt).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + suitMonths + 1, 0)).getUTCDate();
  const shifted = new Date(Date.UTC(year, month - 1 + suitMonths, Math.min(day, last)));
  return addDays(shifted.toISOString().slice(0, 10), 1);
}

/** Applications that come near that day: so old that not more than thirty days of the six months are left. */
const pressing = (now: Date): Date => new Date(now.getTime() - (180 - warnDays) * 86_400_000);

/**
 * What is due for a reader or their teams (`whose`), the oldest first, in keyset pages: follow-ups of today and before, required items whose last day at
 * the `place` of the office has passed,
 * promises until tonight, answers that are due, and applications (`applications`: their concerns) that have lain for five months.
 */
export async function dueLines(
  tx: Tx,
  reader: CaseReader,
  {
    whose,
    applications,
    place = {},
  }: { readonly whose: Whose; readonly applications: readonly string[]; readonly place?: HolidayPlace },
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<DueLine>> {
  const today = dayInGermany(tx.now);
  const read: Read = { tx, reader, whose, after, most: size + 1 };
  const followUps = await followUpLines(tx, reader, { until: today, whose }, after, size + 1);
  const items = await itemLines(tx, reader, { today, place, late: true, whose }, after, size + 1);
  return pageOf<DueLine>(
    [
      followUps.map((line) => ({ ...line, kind: 'follow-up' as const, phone: null })),
      items.map((line) => ({ ...line, kind: 'item' as const, phone: null })),
      await promises(read, startOf(addDays(today, 1))),
      await answers(read, today, applications),
    ],
    size,
  );
}

/** Promises in the work, and with one's own those one made oneself, wherever the case lies now. */
async function promises({ tx, reader, whose, after, most }: Read, tonight: Date): Promise<DueLine[]> {
  let query = tx
    .tables<CaseTables>()
    .selectFrom('promise')
    .innerJoin('office_case', 'office_case.id', 'promise.case_id')
    .select([
      'promise.id',
      'promise.what as text',
      'promise.due_at as at',
      'promise.made_at as since',
      'promise.phone',
      ...lineColumns,
    ])
    .where('promise.kept_at', 'is', null)
    .where('promise.due_at', '<', tonight)
    .where((eb) => {
      const work = workOf(reader, whose)(eb as never);
      const own = eb('promise.made_by', 'in', peopleOf(reader));
      return whose === 'mine' ? eb.or([work, own]) : eb.and([work, eb.not(own)]);
    })
    .where((eb) => visibleTo(reader)(eb as never))
    .orderBy('promise.due_at')
    .orderBy('promise.id')
    .limit(most);
  if (after !== undefined)
    query = query.where(sql<boolean>`(promise.due_at, promise.id) > (${after.at}::timestamptz, ${after.id}::uuid)`);
  return (await query.execute()).map((row) => ({ ...row, kind: 'promise' as const, staffId: row.assigneeId }));
}

async function answers(
  { tx, reader, whose, after, most }: Read,
  today: Day,
  applications: readonly string[],
): Promise<DueLine[]> {
  let query = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['office_case.id', 'office_case.due_on as dueOn', ...lineColumns])
    .where('office_case.closed_at', 'is', null)
    .where('office_case.state', 'in', ['new', 'working', 'waiting'])
    .where((eb) => {
      const due = eb('office_case.due_on', '<=', today);
      if (applications.length === 0) return due;
      const old = eb('office_case.opened_at', '<', pressing(tx.now));
      return eb.or([due, eb.and([old, eb('office_case.concern', 'in', [...applications])])]);
    })
    .where(workOf(reader, whose))
    .where(visibleTo(reader))
    .orderBy('office_case.due_on')
    .orderBy('office_case.id')
    .limit(most);
  if (after !== undefined) {
    const { day, id } = dayCursor(after);
    query = query.where(sql<boolean>`(office_case.due_on, office_case.id) > (${day}::date, ${id}::uuid)`);
  }
  return (await query.execute()).map(({ dueOn, ...row }) => ({
    ...row,
    kind: 'answer' as const,
    at: startOf(dueOn),
    text: null,
    phone: null,
    staffId: row.assigneeId,
    since: row.openedAt,
  }));
}
