import { sql } from 'kysely';
import type { Day } from '../../../kernel/dates.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import { type InboxCursor, type InboxPage, rowColumns } from '../inbox.ts';
import type { CaseState } from '../office-case.ts';
import type { CaseTables } from '../tables.ts';
import { type DayCursor, type DayPage, pageOf } from './day-line.ts';
import { type FollowUpLine, followUpLines } from './follow-up-lines.ts';

/** Cases of one kind in one state that are not closed: how many, how many are late, and since when the oldest waits. */
export type Load = {
  readonly concern: string;
  readonly state: CaseState;
  readonly open: number;
  readonly overdue: number;
  readonly oldest: Date;
};

/** The day until which an answer was promised is over; what is decided has its answer. */
const late = (today: Day) =>
  sql<number>`count(*) filter (where office_case.due_on < ${today}::date and office_case.state <> 'decided')`.as(
    'overdue',
  );

/** A clerk sees the load of the own teams, and of what has no team; whoever belongs to no team sees none. */
const seesLoad = ({ role, teamIds }: CaseReader, teamId: string | null): boolean =>
  role !== 'clerk' || (teamId === null ? teamIds.length > 0 : teamIds.includes(teamId));

/**
 * The load of a team by kind of work and state, without a word about who does it: numbers of persons are in no list, they would make one
 * out of colleagues. Null is what has no team. A team that is not the reader's gives nothing.
 */
export async function teamLoad(tx: Tx, reader: CaseReader, teamId: string | null, today: Day): Promise<Load[]> {
  if (!seesLoad(reader, teamId)) return [];
  return tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(['concern', 'state', sql<number>`count(*)`.as('open')])
    .select(sql<Date>`min(office_case.opened_at)`.as('oldest'))
    .select(late(today))
    .where('closed_at', 'is', null)
    .where('team_id', teamId === null ? 'is' : '=', teamId)
    .groupBy(['concern', 'state'])
    .orderBy('concern')
    .orderBy('state')
    .execute();
}

/** What waits for its answer (`open`), how much of it is late and since when the oldest waits; and what is decided and not closed yet. */
export type Sum = {
  readonly open: number;
  readonly overdue: number;
  readonly oldest: Date | null;
  readonly decided: number;
};

const undecided = sql`filter (where office_case.state <> 'decided')`;
const summed = [
  sql<number>`count(*) ${undecided}`.as('open'),
  sql<Date | null>`min(office_case.opened_at) ${undecided}`.as('oldest'),
  sql<number>`count(*) filter (where office_case.state = 'decided')`.as('decided'),
] as const;

/** A reader's own open cases; nobody is ever asked about but oneself. */
export const ownLoad = (tx: Tx, reader: CaseReader, today: Day): Promise<Sum> => sumOf(tx, today, { of: reader.id });

/** What lies unassigned in a team. */
export async function unassignedLoad(tx: Tx, reader: CaseReader, teamId: string | null, today: Day): Promise<Sum> {
  if (!seesLoad(reader, teamId)) return { open: 0, overdue: 0, oldest: null, decided: 0 };
  return sumOf(tx, today, { team: teamId });
}

const sumOf = (tx: Tx, today: Day, which: { readonly of: string } | { readonly team: string | null }): Promise<Sum> => {
  const query = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select([...summed])
    .select(late(today))
    .where('closed_at', 'is', null);
  const narrowed =
    'of' in which
      ? query.where('assignee_id', '=', which.of)
      : query.where('assignee_id', 'is', null).where('team_id', which.team === null ? 'is' : '=', which.team);
  return narrowed.executeTakeFirstOrThrow();
};

/** Open cases of people who are away or gone, the oldest deadline first, in keyset pages: so that nothing lies there unseen. */
export async function casesOfAbsent(
  tx: Tx,
  reader: CaseReader,
  absentIds: readonly string[],
  after: InboxCursor | undefined,
  size: number,
): Promise<InboxPage> {
  if (absentIds.length === 0) return { rows: [], next: undefined };
  let query = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(rowColumns)
    .where('assignee_id', 'in', [...absentIds])
    .where('closed_at', 'is', null)
    .where(visibleTo(reader))
    .orderBy('due_on')
    .orderBy('id')
    .limit(size + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(office_case.due_on, office_case.id) > (${after.dueOn}::date, ${after.id}::uuid)`);
  const rows = await query.execute();
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { rows: rows.slice(0, size), next: last === undefined ? undefined : { dueOn: last.dueOn, id: last.id } };
}

/** Follow-ups of people who are away or gone, the nearest first, in keyset pages. */
export async function followUpsOfAbsent(
  tx: Tx,
  reader: CaseReader,
  absentIds: readonly string[],
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<FollowUpLine>> {
  if (absentIds.length === 0) return { lines: [], next: undefined };
  return pageOf([await followUpLines(tx, reader, { of: absentIds }, after, size + 1)], size);
}
