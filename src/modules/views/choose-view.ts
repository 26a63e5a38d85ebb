import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, findCase } from '../cases/index.ts';
import type { ViewTables } from './store.ts';
import type { WorkView } from './work-view.ts';

/**
 * Remembers in which view somebody wants to see a case. It is theirs alone: nobody else sees it, nothing of the case changes, and no role
 * or team decides it. `unchanged`: there is no such view. `not-found`: there is no such case for them.
 */
export async function chooseView(
  tx: Tx,
  act: { readonly reader: CaseReader; readonly caseId: string },
  view: WorkView | undefined,
): Promise<{ readonly kind: 'done' | 'unchanged' | 'not-found' }> {
  if ((await findCase(tx, act.reader, act.caseId)) === undefined) return { kind: 'not-found' };
  if (view === undefined) return { kind: 'unchanged' };
  await tx
    .tables<ViewTables>()
    .insertInto('work_view_choice')
    .values({ staff_id: act.reader.id, case_id: act.caseId, view, chosen_at: tx.now })
    .onConflict((c) =>
      c.columns(['jobcenter_id', 'staff_id', 'case_id'] as never).doUpdateSet({ view, chosen_at: tx.now }),
    )
    .execute();
  return { kind: 'done' };
}

/** The view in which somebody sees a case: the one they chose for it, else the one they chose last anywhere, else the administrative one. */
export async function viewOf(tx: Tx, staffId: string, caseId: string): Promise<WorkView> {
  const chosen = () =>
    tx.tables<ViewTables>().selectFrom('work_view_choice').select('view').where('staff_id', '=', staffId);
  const here = await chosen().where('case_id', '=', caseId).executeTakeFirst();
  const last = here ?? (await chosen().orderBy('chosen_at', 'desc').limit(1).executeTakeFirst());
  return last?.view ?? 'administrative';
}
