import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseState } from './office-case.ts';
import type { CaseTables } from './tables.ts';

export type InboxFilter = {
  readonly teamId?: string;
  readonly concern?: string;
  readonly channel?: string;
  readonly state?: CaseState;
  /** A member of staff; `null` is nobody. */
  readonly assigneeId?: string | null;
  /** Opened at this instant or before: the age. */
  readonly openedBefore?: Date;
  /** Due on this day or before. */
  readonly dueBefore?: string;
  /** Cases whose answer is still to come: without those that are decided and not closed yet. */
  readonly undecided?: true;
  /** Closed cases as well; off by default. */
  readonly closed?: boolean;
};

export type InboxCursor = { readonly dueOn: string; readonly id: string };
export type InboxRow = {
  readonly id: string;
  readonly number: string;
  readonly concern: string;
  readonly channel: string;
  readonly personName: string;
  readonly state: CaseState;
  readonly teamId: string | null;
  readonly assigneeId: string | null;
  readonly dueOn: string;
  readonly openedAt: Date;
  readonly changedAt: Date;
};
export type InboxPage = { readonly rows: readonly InboxRow[]; readonly next: InboxCursor | undefined };

/** What a list of cases shows of each. */
export const rowColumns = [
  'id',
  'number',
  'concern',
  'channel',
  'person_name as personName',
  'state',
  'team_id as teamId',
  'assignee_id as assigneeId',
  'due_on as dueOn',
  'opened_at as openedAt',
  'changed_at as changedAt',
] as const;

/**
 * One page of cases, the oldest deadline first. Keyset: the next page begins after the last row's (due day, id), so page
 * 5,000 costs what page one costs. No totals: counting a million rows is what makes such pages slow.
 */
export async function inbox(
  tx: Tx,
  reader: CaseReader,
  filter: InboxFilter,
  after: InboxCursor | undefined,
  size = 50,
): Promise<InboxPage> {
  let query = tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(rowColumns)
    .where(visibleTo(reader))
    .orderBy('due_on')
    .orderBy('id')
    .limit(size + 1);
  if (!filter.closed) query = query.where('closed_at', 'is', null);
  // As it stands in the indexes of undecided cases, not as a value that comes along.
  if (filter.undecided) query = query.where(sql<boolean>`office_case.state <> 'decided'`);
  if (filter.teamId !== undefined) query = query.where('team_id', '=', filter.teamId);
  if (filter.concern !== undefined) query = query.where('concern', '=', filter.concern);
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.assigneeId === null) query = query.where('assignee_id', 'is', null);
  else if (filter.assigneeId !== undefined) query = query.where('assignee_id', '=', filter.assigneeId);
  if (filter.openedBefore !== undefined) query = query.where('opened_at', '<=', filter.openedBefore);
  if (filter.dueBefore !== undefined) query = query.where('due_on', '<=', filter.dueBefore);
  if (after !== undefined)
    query = query.where(sql<boolean>`(office_case.due_on, office_case.id) > (${after.dueOn}::date, ${after.id}::uuid)`);
  const rows = await query.execute();
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { rows: rows.slice(0, size), next: last === undefined ? undefined : { dueOn: last.dueOn, id: last.id } };
}
