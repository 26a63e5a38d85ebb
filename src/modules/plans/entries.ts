import type { Tx } from '../../platform/database/index.ts';
import { note, notFound, opens, type PlanOutcome, type StaffAct } from './act.ts';
import { type EntryEnd, type EntryKind, type PlanEntry, quietKinds } from './plan.ts';
import type { PlanTables } from './tables.ts';

const query = (tx: Tx, caseId: string) =>
  tx
    .tables<PlanTables>()
    .selectFrom('plan_entry')
    .select([
      'id',
      'kind',
      'words',
      'made_at as madeAt',
      'ended_at as endedAt',
      'ended_as as endedAs',
      'ended_reason as endedReason',
    ])
    .where('case_id', '=', caseId);

/** Goals, strengths, burdens and surroundings of a case, in the order in which they were said. */
export const planEntries = (tx: Tx, caseId: string): Promise<PlanEntry[]> => query(tx, caseId).orderBy('id').execute();

/** Keeps a goal, a strength, a burden, or who is around the person, in the words that were said. */
export async function addEntry(
  tx: Tx,
  act: StaffAct,
  entry: { readonly kind: EntryKind; readonly words: string },
): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  await tx
    .tables<PlanTables>()
    .insertInto('plan_entry')
    .values({
      id: tx.newId(),
      case_id: act.caseId,
      kind: entry.kind,
      words: entry.words,
      made_at: tx.now,
      made_by: act.staffId,
      ended_at: null,
      ended_by: null,
      ended_as: null,
      ended_reason: null,
    })
    .execute();
  return note(tx, act, entry.kind, quietKinds.includes(entry.kind) ? {} : { text: entry.words });
}

/**
 * A goal is reached or left, something is not so any more. Burdens and surroundings can be taken back: then their words go for good (Art. 7
 * (3), 17 DSGVO). What stood in the timeline stays there, so a goal or a strength cannot.
 */
export async function endEntry(
  tx: Tx,
  act: StaffAct,
  id: string,
  how: { readonly as: EntryEnd; readonly reason: string },
): Promise<PlanOutcome> {
  if (!(await opens(tx, act))) return notFound;
  const entry = await query(tx, act.caseId).where('id', '=', id).executeTakeFirst();
  if (entry === undefined) return notFound;
  if (how.as === 'taken-back' && !quietKinds.includes(entry.kind)) return { kind: 'unchanged' };
  if (entry.endedAs === 'taken-back' || (entry.endedAt !== null && how.as !== 'taken-back')) return { kind: 'ended' };
  const goes = how.as === 'taken-back';
  await tx
    .tables<PlanTables>()
    .updateTable('plan_entry')
    .set({
      ended_at: tx.now,
      ended_by: act.staffId,
      ended_as: how.as,
      ended_reason: how.reason === '' || goes ? null : how.reason,
      ...(goes ? { words: null } : {}),
    })
    .where('id', '=', id)
    .execute();
  const quiet = quietKinds.includes(entry.kind);
  const said = quiet ? {} : { text: entry.words ?? '', ...(how.reason === '' ? {} : { more: how.reason }) };
  return note(tx, act, goes ? 'taken-back' : `${entry.kind}-ended`, said);
}
