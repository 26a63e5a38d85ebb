import { sql } from 'kysely';
import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { StaffTables } from './staff.ts';
import type { SubstitutionTables } from './substitution.ts';

/** A substitution that runs or is to come. */
export type Substitution = {
  readonly id: string;
  readonly absentId: string;
  readonly absentName: string;
  readonly substituteId: string;
  readonly substituteName: string;
  readonly fromDay: Day;
  readonly untilDay: Day;
  readonly circles: boolean;
};
export type SubstitutionCursor = { readonly untilDay: Day; readonly id: string };

/**
 * Substitutions that run or are to come, the one that ends first on top, in keyset pages: those that concern `staffId` (away, or standing
 * in), or all of the Jobcenter for a lead.
 */
export async function substitutions(
  tx: Tx,
  of: { readonly staffId: string } | 'all',
  after: SubstitutionCursor | undefined,
  size: number,
): Promise<{ rows: Substitution[]; next: SubstitutionCursor | undefined }> {
  let query = tx
    .tables<SubstitutionTables>()
    .selectFrom('substitution as s')
    .innerJoin('staff as a', 'a.id', 's.absent_id')
    .innerJoin('staff as b', 'b.id', 's.substitute_id')
    .select([
      's.id',
      's.absent_id as absentId',
      'a.name as absentName',
      's.substitute_id as substituteId',
      'b.name as substituteName',
      's.from_day as fromDay',
      's.until_day as untilDay',
      's.opens_circles as circles',
    ])
    .where('s.ended_at', 'is', null)
    .where('s.until_day', '>=', dayInGermany(tx.now))
    .orderBy('s.until_day')
    .orderBy('s.id')
    .limit(size + 1);
  if (of !== 'all')
    query = query.where((eb) => eb.or([eb('s.absent_id', '=', of.staffId), eb('s.substitute_id', '=', of.staffId)]));
  if (after !== undefined)
    query = query.where(sql<boolean>`(s.until_day, s.id) > (${after.untilDay}::date, ${after.id}::uuid)`);
  const rows = await query.execute();
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { rows: rows.slice(0, size), next: last === undefined ? undefined : { untilDay: last.untilDay, id: last.id } };
}

/** Who is away today, or does not work here any more: their work is looked after by others. */
export async function absentToday(tx: Tx): Promise<{ id: string; name: string }[]> {
  const today = dayInGermany(tx.now);
  return tx
    .tables<SubstitutionTables>()
    .selectFrom('staff')
    .select(['id', 'name'])
    .where((eb) =>
      eb.or([
        eb('disabled_at', 'is not', null),
        eb(
          'id',
          'in',
          eb
            .selectFrom('substitution as s')
            .select('s.absent_id')
            .where('s.ended_at', 'is', null)
            .where('s.until_day', '>=', today)
            .where('s.from_day', '<=', today),
        ),
      ]),
    )
    .orderBy('name')
    .execute();
}

/** Active staff who see the cases of a team: its members and the leads; all of them where a case has no team. By name. */
export const staffOfTeam = (tx: Tx, teamId: string | null): Promise<{ id: string; name: string }[]> => {
  const active = tx
    .tables<StaffTables>()
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('disabled_at', 'is', null)
    .orderBy('name');
  if (teamId === null) return active.execute();
  return active
    .where((eb) =>
      eb.or([
        eb('role', '=', 'lead'),
        eb('id', 'in', eb.selectFrom('staff_team as t').select('t.staff_id').where('t.team_id', '=', teamId)),
      ]),
    )
    .execute();
};
