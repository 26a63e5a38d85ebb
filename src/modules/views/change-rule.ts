import type { Actor } from '../../kernel/actor.ts';
import { type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { allTeams } from '../settings/index.ts';
import { ruleVersions, type ViewTables } from './store.ts';
import { areFirst, type BlockRule, isRule, type WorkView } from './work-view.ts';

type Lead = { readonly actor: Actor; readonly staff: { readonly id: string; readonly role: 'clerk' | 'lead' } };

export type RuleChange = {
  readonly view: WorkView;
  readonly blocks: readonly BlockRule[];
  /** The verbs that stand first, in their order. */
  readonly verbs: readonly string[];
  readonly validFrom: Day;
  /** Only for the cases of this team: a change that is tried out first. Null for the whole Jobcenter. */
  readonly teamId: string | null;
  readonly reason: string;
  /** The newest version that its author had seen; 0 where there was none. */
  readonly seen: number;
};

/**
 * Changes what a view shows: a further version, with who, when and why. Nothing is ever overwritten, so undoing is one more version too.
 * `not-found`: only a lead may. `changed-meanwhile`: somebody made a version that the author has not seen. `past`: it would begin before
 * today. `wrong`: a block or a verb twice, no block open, no verb first, a team that is not there, or no reason.
 */
export async function changeRule(
  tx: Tx,
  lead: Lead,
  change: RuleChange,
): Promise<{ readonly kind: 'done' | 'not-found' | 'changed-meanwhile' | 'past' | 'wrong' }> {
  if (lead.staff.role !== 'lead') return { kind: 'not-found' };
  const newest = (await ruleVersions(tx, change.view))[0]?.version ?? 0;
  if (newest !== change.seen) return { kind: 'changed-meanwhile' };
  if (change.validFrom < dayInGermany(tx.now)) return { kind: 'past' };
  const team = change.teamId === null || (await allTeams(tx)).some((each) => each.id === change.teamId);
  if (!isRule(change.blocks) || !areFirst(change.verbs) || change.reason === '' || !team) return { kind: 'wrong' };
  const id = tx.newId();
  const added = await tx
    .tables<ViewTables>()
    .insertInto('work_view_rule')
    .values({
      id,
      view: change.view,
      version: newest + 1,
      blocks: JSON.stringify(change.blocks),
      verbs: JSON.stringify(change.verbs),
      valid_from: change.validFrom,
      team_id: change.teamId,
      reason: change.reason,
      made_at: tx.now,
      made_by: lead.staff.id,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'changed-meanwhile' };
  await recordAudit(tx, lead.actor, { action: 'views.rule-changed', subjectType: 'work-view-rule', subjectId: id });
  return { kind: 'done' };
}
