import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { TimelineEvent } from './case-detail.ts';
import type { CaseTables } from './tables.ts';

/** By what notes are found again; what is missing narrows nothing. */
export type NoteFilter = {
  readonly topic?: string;
  readonly personId?: string;
  readonly authorId?: string;
  readonly from?: Date;
  /** One note alone. */
  readonly id?: string;
  /** Only these. */
  readonly ids?: readonly string[];
};

export type NoteEvent = Extract<TimelineEvent, { kind: 'note' }> & { readonly caseId: string };

/**
 * Notes in the timelines of some cases, the newest first: `size` of them, before the one with an id where it is given. Whether the reader
 * may see the cases is for the caller to ask.
 */
export async function noteEvents(
  tx: Tx,
  caseIds: readonly string[],
  filter: NoteFilter,
  before: string | undefined,
  size: number,
): Promise<NoteEvent[]> {
  if (caseIds.length === 0) return [];
  let query = tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .select([
      'id',
      'case_id as caseId',
      'at',
      'actor_kind as actorKind',
      'actor_id as actorId',
      'actor_name as actorName',
      'kind',
      'detail',
    ])
    .where('case_id', 'in', [...caseIds])
    .where('kind', '=', 'note')
    .orderBy('id', 'desc')
    .limit(size);
  if (filter.topic !== undefined)
    query = query.where(sql<boolean>`case_event.detail ->> 'topic' = ${filter.topic}::text`);
  if (filter.personId !== undefined)
    query = query.where(sql<boolean>`case_event.detail ->> 'personId' = ${filter.personId}::text`);
  if (filter.authorId !== undefined) query = query.where('actor_id', '=', filter.authorId);
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.ids !== undefined) query = query.where('id', 'in', [...filter.ids]);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.execute()) as unknown as NoteEvent[]; // written by appendEvent: the detail fits the kind
}
