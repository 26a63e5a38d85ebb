import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { CaseTables } from './office-case.ts';

/** Who asks: a member of staff, or a program of the Jobcenter with the scope to read cases. */
export type CaseReader = {
  readonly role: 'clerk' | 'lead' | 'program';
  readonly id: string;
  readonly teamIds: readonly string[];
};

/**
 * What a reader may see, as a condition of the query, so that forbidden and missing look alike. Social data is secret inside
 * the office too (§ 35 SGB I): clerks see the cases of their teams, those without a team, and those assigned to them.
 */
export function visibleTo(reader: CaseReader) {
  return (eb: ExpressionBuilder<CaseTables, 'office_case'>): Expression<SqlBool> => {
    if (reader.role !== 'clerk') return eb.lit(true);
    const own = reader.teamIds.length > 0 ? [eb('office_case.team_id', 'in', [...reader.teamIds])] : [];
    return eb.or([...own, eb('office_case.team_id', 'is', null), eb('office_case.assignee_id', '=', reader.id)]);
  };
}
