import type { Expression } from 'kysely';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import type { CaseTables } from '../tables.ts';
import { type LineCase, lineColumns } from './day-line.ts';

/** What lines of a day show of some cases, by their ids, for modules that keep lines of their own; only of those the reader may see. */
export async function lineCases(tx: Tx, reader: CaseReader, ids: readonly string[]): Promise<Map<string, LineCase>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select(lineColumns)
    .where('office_case.id', 'in', [...new Set(ids)])
    .where(visibleTo(reader))
    .execute();
  return new Map(rows.map((row) => [row.caseId, row]));
}

const caseWith = (tx: Tx, caseId: Expression<string>) =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select('office_case.id')
    .where('office_case.id', '=', caseId)
    .limit(1);

/** The case with an id where it is in the hands of some people, as a condition of somebody else's query. */
export const caseOfPeople = (tx: Tx, staffIds: readonly string[]) => (caseId: Expression<string>) =>
  caseWith(tx, caseId).where('office_case.assignee_id', 'in', [...staffIds]);

/** The same for a case of a team, whoever works on it; null is what has no team. */
export const caseOfTeam = (tx: Tx, teamId: string | null) => (caseId: Expression<string>) =>
  caseWith(tx, caseId).where('office_case.team_id', teamId === null ? 'is' : '=', teamId);

/** The same for a case that lies with a team, and nobody works on it. */
export const caseOfNobody = (tx: Tx, teamId: string | null) => (caseId: Expression<string>) =>
  caseOfTeam(tx, teamId)(caseId).where('office_case.assignee_id', 'is', null);

/** The case with an id where nobody has closed it. */
export const caseStillOpen = (tx: Tx) => (caseId: Expression<string>) =>
  caseWith(tx, caseId).where('office_case.closed_at', 'is', null);
