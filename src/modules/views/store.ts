import type { Day } from '../../kernel/dates.ts';
import type { Jsonb, Tx } from '../../platform/database/index.ts';
import type { BlockRule, RuleVersion, WorkView } from './work-view.ts';

export type ViewTables = {
  work_view_choice: { staff_id: string; case_id: string; view: WorkView; chosen_at: Date };
  work_view_rule: {
    id: string;
    view: WorkView;
    version: number;
    blocks: Jsonb<BlockRule[]>;
    verbs: Jsonb<string[]> | null;
    valid_from: Day;
    team_id: string | null;
    reason: string;
    made_at: Date;
    made_by: string;
  };
};

/** All versions of what a view shows, the newest first. */
export const ruleVersions = (tx: Tx, view: WorkView): Promise<RuleVersion[]> =>
  tx
    .tables<ViewTables>()
    .selectFrom('work_view_rule')
    .select([
      'id',
      'view',
      'version',
      'blocks',
      'verbs',
      'valid_from as validFrom',
      'team_id as teamId',
      'reason',
      'made_at as madeAt',
      'made_by as madeBy',
    ])
    .where('view', '=', view)
    .orderBy('version', 'desc')
    .execute();

/** Forgets which view somebody chose of a case that is deleted. */
export async function forgetViews(tx: Tx, caseId: string): Promise<void> {
  await tx.tables<ViewTables>().deleteFrom('work_view_choice').where('case_id', '=', caseId).execute();
}
