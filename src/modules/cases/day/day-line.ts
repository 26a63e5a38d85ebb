import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { type Day, dayInGermany, instantInGermany } from '../../../kernel/dates.ts';
import type { CaseReader } from '../access.ts';
import type { CaseState } from '../office-case.ts';
import type { CaseTables } from '../tables.ts';

/** What every line of a day shows of its case. */
export type LineCase = {
  readonly caseId: string;
  readonly number: string;
  readonly personName: string;
  readonly concern: string;
  readonly assigneeId: string | null;
  readonly teamId: string | null;
  readonly state: CaseState;
  readonly openedAt: Date;
};

export const lineColumns = [
  'office_case.id as caseId',
  'office_case.number',
  'office_case.person_name as personName',
  'office_case.concern',
  'office_case.assignee_id as assigneeId',
  'office_case.team_id as teamId',
  'office_case.state',
  'office_case.opened_at as openedAt',
] as const;

/** Where a page of lines ended: the instant it is sorted by, and the id of its last line. */
export type DayCursor = { readonly at: Date; readonly id: string };
export type DayPage<Line> = { readonly lines: readonly Line[]; readonly next: DayCursor | undefined };

/** Whose work a day shows: one's own and that of the people one stands in for. */
export const peopleOf = (reader: CaseReader): string[] => [
  reader.id,
  ...(reader.standsFor ?? []).map((each) => each.staffId),
];

type Eb = ExpressionBuilder<CaseTables, 'office_case'>;

/** `mine`: of the reader and the people they stand in for; `team`: unassigned in the reader's own teams, or in none. */
export type Whose = 'mine' | 'team';

/** Cases of a day, of one kind or, without `whose`, of both. */
export const workOf =
  (reader: CaseReader, whose?: Whose) =>
  (eb: Eb): Expression<SqlBool> => {
    const mine = eb('office_case.assignee_id', 'in', peopleOf(reader));
    if (whose === 'mine') return mine;
    const team = eb.or([
      ...(reader.teamIds.length > 0 ? [eb('office_case.team_id', 'in', [...reader.teamIds])] : []),
      eb('office_case.team_id', 'is', null),
    ]);
    const unassigned = eb.and([eb('office_case.assignee_id', 'is', null), team]);
    return whose === 'team' ? unassigned : eb.or([mine, unassigned]);
  };

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The cursor for rows that are sorted by a day: a day begins at midnight in Germany, so it comes before every instant of it. */
export function dayCursor({ at, id }: DayCursor): { readonly day: Day; readonly id: string } {
  const day = dayInGermany(at);
  return { day, id: instantInGermany(day, '00:00') < at ? lastId : id };
}

/** The instant by which a day is sorted. */
export const startOf = (day: Day): Date => instantInGermany(day, '00:00');

/** One page out of several sorted lists; each list was read with the same cursor and at least one row more than a page. */
export function pageOf<Line extends DayCursor>(lists: readonly (readonly Line[])[], size: number): DayPage<Line> {
  const sorted = lists.flat().sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  const lines = sorted.slice(0, size);
  const last = sorted.length > size ? lines.at(-1) : undefined;
  return { lines, next: last === undefined ? undefined : { at: last.at, id: last.id } };
}
