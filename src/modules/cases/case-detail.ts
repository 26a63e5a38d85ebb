import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, visibleTo } from './access.ts';
import type { CaseEvent } from './case-event.ts';
import { type InboxRow, rowColumns } from './inbox.ts';
import type { CaseTables } from './tables.ts';

export type CaseDetail = InboxRow & {
  readonly birthDate: string | null;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly fileId: string | null;
  readonly closedAt: Date | null;
};

/** A case the reader may see. Callers record the read in the same transaction. */
export const findCase = (tx: Tx, reader: CaseReader, id: string): Promise<CaseDetail | undefined> =>
  tx
    .tables<CaseTables>()
    .selectFrom('office_case')
    .select([
      ...rowColumns,
      'birth_date as birthDate',
      'person_id as personId',
      'household_id as householdId',
      'file_id as fileId',
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

/** So many entries of one case are read at most; a case that somebody lives in for years has some hundred. */
const mostEvents = 1_000;

/** What happened on a case, in order; of more than a thousand entries the newest. */
export async function timeline(tx: Tx, caseId: string): Promise<TimelineEvent[]> {
  const rows = await tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .select(['id', 'at', 'actor_kind as actorKind', 'actor_id as actorId', 'actor_name as actorName', 'kind', 'detail'])
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(mostEvents)
    .execute();
  return rows.toReversed() as unknown as TimelineEvent[]; // written by appendEvent: the detail fits the kind
}
