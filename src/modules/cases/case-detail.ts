import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseEvent, CaseState, CaseTables } from './office-case.ts';

export type CaseDetail = {
  readonly id: string;
  readonly number: string;
  readonly concern: string;
  readonly channel: string;
  readonly personName: string;
  readonly birthDate: string;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly teamId: string | null;
  readonly assigneeId: string | null;
  readonly state: CaseState;
  readonly dueOn: string;
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly closedAt: Date | null;
};

/** A case the reader may see. Callers record the read in the same transaction. */
export const findCase = (tx: Tx, reader: CaseReader, id: string): Promise<CaseDetail | undefined> =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select([
      'id',
      'number',
      'concern',
      'channel',
      'person_name as personName',
      'birth_date as birthDate',
      'person_id as personId',
      'household_id as householdId',
      'team_id as teamId',
      'assignee_id as assigneeId',
      'state',
      'due_on as dueOn',
      'opened_at as openedAt',
      'changed_at as changedAt',
      'closed_at as closedAt',
    ])
    .where('id', '=', id)
    .where(visibleTo(reader))
    .executeTakeFirst();

export type TimelineEvent = {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
} & CaseEvent;

/** Everything that happened on a case, in order. */
export async function timeline(tx: Tx, caseId: string): Promise<TimelineEvent[]> {
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .select(['id', 'at', 'actor_kind as actorKind', 'actor_id as actorId', 'actor_name as actorName', 'kind', 'detail'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .limit(1_000)
    .execute();
  return rows as unknown as TimelineEvent[];
}
