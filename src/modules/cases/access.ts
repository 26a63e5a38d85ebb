import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { CaseTables } from './tables.ts';

/** Somebody who is away, for whom a reader stands in now, and the teams they work in. */
export type StandsFor = {
  readonly staffId: string;
  readonly teamIds: readonly string[];
  /** The absent person opened their circles of notes to the reader. */
  readonly circles?: boolean;
  /** The substitutions by which the reader stands in, which run now; a circle is opened for one of them. */
  readonly substitutions?: readonly string[];
  /** The last day on which the reader stands in. */
  readonly untilDay?: Day;
  /** Cases in which the absent person holds an appointment in this time (module `appointments`), or has a follow-up or a promise due in it, by their ids. */
  readonly heldCases?: readonly string[];
};

/** Who asks: a member of staff, or a program of the Jobcenter with the scope to read cases. */
export type CaseReader = {
  readonly role: 'clerk' | 'lead' | 'program';
  readonly id: string;
  readonly teamIds: readonly string[];
  /** For whom the reader stands in now; nobody when it is missing. */
  readonly standsFor?: readonly StandsFor[];
};

/** A member of staff as a reader. */
export const readerOf = (staff: {
  readonly id: string;
  readonly role: 'clerk' | 'lead';
  readonly teamIds: readonly string[];
  readonly standsFor?: readonly StandsFor[];
}): CaseReader => ({
  role: staff.role,
  id: staff.id,
  teamIds: staff.teamIds,
  standsFor: staff.standsFor ?? [],
});

/** Whoever belongs to no team and leads none (the data protection officer) works on no case, and has no person to look for. */
export const looksForPeople = ({ role, teamIds }: CaseReader): boolean => role !== 'clerk' || teamIds.length > 0;

/**
 * What a reader may see, as a condition of the query, so that forbidden and missing look alike. Social data is secret inside
 * the office too (§ 35 SGB I): clerks see the cases of their teams, those without a team, and those assigned to them. Whoever belongs to no
 * team, as the data protection officer, sees none. Whoever stands in
 * sees beside it what is assigned to the absent person in the teams of that person, and the cases of these teams in which that person holds an appointment, or has a follow-up or a promise that is due: neither the rest of those teams, nor what a lead
 * sees, nor what somebody was given beyond their teams, nor those for whom the absent person stood in.
 */
export function visibleTo(reader: CaseReader) {
  return (eb: ExpressionBuilder<CaseTables, 'office_case'>): Expression<SqlBool> => {
    if (reader.role !== 'clerk') return eb.lit(true);
    if (reader.teamIds.length === 0) return eb.lit(false);
    const absent = (reader.standsFor ?? [])
      .filter((each) => each.teamIds.length > 0)
      .map(({ staffId, teamIds, heldCases = [] }) =>
        eb.and([
          eb('office_case.team_id', 'in', [...teamIds]),
          eb.or([
            eb('office_case.assignee_id', '=', staffId),
            ...(heldCases.length === 0 ? [] : [eb('office_case.id', 'in', [...heldCases])]),
          ]),
        ]),
      );
    return eb.or([
      eb('office_case.team_id', 'in', [...reader.teamIds]),
      eb('office_case.team_id', 'is', null),
      eb('office_case.assignee_id', '=', reader.id),
      ...absent,
    ]);
  };
}

/** For whom a reader sees a case only because they stand in: for the reason in the log of looks. Undefined where they see it anyway. */
export function standsInFor(
  reader: CaseReader,
  found: { readonly id: string; readonly teamId: string | null; readonly assigneeId: string | null },
): string | undefined {
  if (reader.role !== 'clerk' || found.teamId === null || reader.teamIds.includes(found.teamId)) return undefined;
  if (found.assigneeId === reader.id) return undefined;
  return reader.standsFor?.find(
    ({ staffId, heldCases }) => staffId === found.assigneeId || heldCases?.includes(found.id) === true,
  )?.staffId;
}
