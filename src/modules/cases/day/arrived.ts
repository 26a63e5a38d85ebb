import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/index.ts';
import { type CaseReader, visibleTo } from '../access.ts';
import type { CaseEvent } from '../case-event.ts';
import type { CaseTables } from '../tables.ts';
import { type DayCursor, type DayPage, type LineCase, lineColumns, pageOf, workOf } from './day-line.ts';

/** Something that came in, and after which nobody of the office has done anything in its case. */
export type ArrivedLine = DayCursor &
  LineCase &
  (
    | Extract<CaseEvent, { kind: 'received' }>
    | { readonly kind: 'message-in'; readonly detail: { readonly text: string } }
  );

/** The concern by which people ask to be called. */
export const callBack = 'rueckruf';

/** So far back lists of what came in look; what is older is found by its due day. */
const lookBackDays = 30;

/**
 * What came in for a reader's work and nobody has touched since, the oldest first, in keyset pages: submissions, further papers, messages.
 * `calls` alone are those who phoned or asked to be called; `others` everything else.
 */
export async function arrivedLines(
  tx: Tx,
  reader: CaseReader,
  which: 'calls' | 'others',
  after: DayCursor | undefined,
  size: number,
): Promise<DayPage<ArrivedLine>> {
  const call = sql<boolean>`((case_event.kind = 'received' and case_event.detail ->> 'channel' = 'phone') or office_case.concern = ${callBack})`;
  let query = tx
    .tables<CaseTables>()
    .selectFrom('case_event')
    .innerJoin('office_case', 'office_case.id', 'case_event.case_id')
    .select(['case_event.id', 'case_event.at', 'case_event.kind', 'case_event.detail', ...lineColumns])
    .where('case_event.kind', 'in', ['received', 'message-in'])
    .where('case_event.at', '>=', new Date(tx.now.getTime() - lookBackDays * 86_400_000))
    .where('office_case.closed_at', 'is', null)
    .where('office_case.state', '!=', 'decided')
    .where(which === 'calls' ? call : sql<boolean>`not ${call}`)
    .where((eb) => workOf(reader)(eb as never))
    .where((eb) => visibleTo(reader)(eb as never))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_event as later')
            .select('later.id')
            .whereRef('later.case_id', '=', 'case_event.case_id')
            .whereRef('later.id', '>', 'case_event.id')
            .where('later.actor_kind', '=', 'staff')
            .where('later.kind', '!=', 'received'),
        ),
      ),
    )
    .orderBy('case_event.at')
    .orderBy('case_event.id')
    .limit(size + 1);
  if (after !== undefined)
    query = query.where(sql<boolean>`(case_event.at, case_event.id) > (${after.at}::timestamptz, ${after.id}::uuid)`);
  const rows = (await query.execute()) as unknown as ArrivedLine[]; // written by appendEvent: the detail fits the kind
  return pageOf([rows], size);
}
