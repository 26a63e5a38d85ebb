import { addDays, type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { findStaff, type StaffTables } from './staff.ts';

/** Somebody who is away, for whom a member of staff stands in now: their teams, and whether they opened their circles to them. */
export type StandIn = {
  readonly staffId: string;
  readonly teamIds: readonly string[];
  readonly circles: boolean;
  /** The substitutions that run now, by which they stand in, and the last day of the longest. */
  readonly substitutions: readonly string[];
  readonly untilDay: Day;
};

export type SubstitutionTables = StaffTables & {
  substitution: {
    id: string;
    absent_id: string;
    substitute_id: string;
    from_day: Day;
    until_day: Day;
    opens_circles: boolean;
    named_at: Date;
    named_by: string;
    ended_at: Date | null;
    ended_by: string | null;
  };
};

/** So many days a substitution lasts at most: longer is a matter of who works in which team. */
export const longestSubstitution = 183;

export type NewSubstitution = {
  readonly absentId: string;
  readonly substituteId: string;
  readonly fromDay: Day;
  readonly untilDay: Day;
  /** The absent person opens their circles of notes to the substitute: they alone can say so, no lead can. */
  readonly circles?: boolean;
};
/** A substitution as it was named, for the log. */
export type Standing = Required<NewSubstitution> & { readonly id: string };
export type Named =
  | { readonly kind: 'named'; readonly substitution: Standing }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly why: 'not-allowed' | 'nobody' | 'same' | 'no-common-team' | 'days' };

/**
 * Names who stands in for somebody from one day to another, both included. A lead may do so for everybody, everybody beforehand for
 * themselves. The caller records it (module `cases`, which knows the log). Whoever names somebody for themselves
 * chooses somebody of their teams; a lead may name somebody of another one, where a team has nobody else. Either way they see what is the absent person's, not the team's.
 */
export async function nameSubstitute(tx: Tx, byId: string, input: NewSubstitution): Promise<Named> {
  const refused = (why: Extract<Named, { kind: 'refused' }>['why']): Named => ({ kind: 'refused', why });
  const [namer, absent, substitute] = [
    await findStaff(tx, byId),
    await findStaff(tx, input.absentId),
    await findStaff(tx, input.substituteId),
  ];
  if (namer === undefined || (namer.role !== 'lead' && namer.id !== input.absentId)) return refused('not-allowed');
  if (absent === undefined || substitute === undefined) return refused('nobody');
  if (absent.id === substitute.id) return refused('same');
  const shared = absent.teamIds.some((team) => substitute.teamIds.includes(team));
  if (!shared && namer.role !== 'lead') return refused('no-common-team');
  const today = dayInGermany(tx.now);
  const { fromDay, untilDay } = input;
  if (fromDay < today || untilDay < fromDay || untilDay > addDays(fromDay, longestSubstitution)) return refused('days');
  const row = {
    absent_id: absent.id,
    substitute_id: substitute.id,
    from_day: fromDay,
    until_day: untilDay,
    opens_circles: input.circles === true && namer.id === absent.id,
  };
  if (await stands(tx, row)) return { kind: 'unchanged' };
  const id = tx.newId();
  const named = { id, ...row, named_at: tx.now, named_by: namer.id, ended_at: null, ended_by: null };
  await tx.tables<SubstitutionTables>().insertInto('substitution').values(named).execute();
  return { kind: 'named', substitution: asStanding(named) };
}

const asStanding = (row: Said & { readonly id: string }): Standing => ({
  id: row.id,
  absentId: row.absent_id,
  substituteId: row.substitute_id,
  fromDay: row.from_day,
  untilDay: row.until_day,
  circles: row.opens_circles,
});

type Said = Pick<
  SubstitutionTables['substitution'],
  'absent_id' | 'substitute_id' | 'from_day' | 'until_day' | 'opens_circles'
>;

/** True when exactly this was said already and still holds. */
const stands = async (tx: Tx, said: Said): Promise<boolean> =>
  (await tx
    .tables<SubstitutionTables>()
    .selectFrom('substitution')
    .select('id')
    .where('absent_id', '=', said.absent_id)
    .where('substitute_id', '=', said.substitute_id)
    .where('from_day', '=', said.from_day)
    .where('until_day', '=', said.until_day)
    .where('opens_circles', '=', said.opens_circles)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) !== undefined;

/** Ends a substitution before its last day, at once; by a lead or the absent person. Ending it by itself needs nobody. */
export async function endSubstitution(
  tx: Tx,
  byId: string,
  id: string,
): Promise<{ readonly kind: 'ended'; readonly substitution: Standing } | { readonly kind: 'unchanged' | 'not-found' }> {
  const db = tx.tables<SubstitutionTables>();
  const by = await findStaff(tx, byId);
  const row = await db.selectFrom('substitution').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined || by === undefined) return { kind: 'not-found' };
  if (by.role !== 'lead' && by.id !== row.absent_id) return { kind: 'not-found' };
  if (row.ended_at !== null) return { kind: 'unchanged' };
  const set = { ended_at: tx.now, ended_by: by.id };
  await db.updateTable('substitution').set(set).where('id', '=', id).execute();
  return { kind: 'ended', substitution: asStanding(row) };
}

/** For whom somebody stands in at the instant of the transaction, by the day in Germany. It is not handed on: whose substitute is away themselves has another one named. */
export async function standInsOf(tx: Tx, staffId: string): Promise<StandIn[]> {
  const today = dayInGermany(tx.now);
  const rows = await tx
    .tables<SubstitutionTables>()
    .selectFrom('substitution as s')
    .leftJoin('staff_team as t', 't.staff_id', 's.absent_id')
    .select([
      's.id',
      's.absent_id as staffId',
      't.team_id as teamId',
      's.opens_circles as circles',
      's.until_day as untilDay',
    ])
    .where('s.substitute_id', '=', staffId)
    .where('s.ended_at', 'is', null)
    .where('s.until_day', '>=', today)
    .where('s.from_day', '<=', today)
    .execute();
  const absent = new Map<string, { teamIds: Set<string>; circles: boolean; running: Set<string>; untilDay: Day }>();
  for (const row of rows) {
    const known = absent.get(row.staffId) ?? {
      teamIds: new Set<string>(),
      circles: false,
      running: new Set<string>(),
      untilDay: row.untilDay,
    };
    if (row.teamId !== null) known.teamIds.add(row.teamId);
    known.running.add(row.id);
    const untilDay = row.untilDay > known.untilDay ? row.untilDay : known.untilDay;
    absent.set(row.staffId, { ...known, circles: known.circles || row.circles, untilDay });
  }
  return [...absent].map(([staffId, { teamIds, circles, running, untilDay }]) => ({
    staffId,
    teamIds: [...teamIds],
    circles,
    substitutions: [...running],
    untilDay,
  }));
}
