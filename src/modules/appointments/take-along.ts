import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { leavesEmpty } from '../intake/index.ts';
import { note } from './act.ts';
import { appointments, withAnswers } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/**
 * After something was moved from one case to another. Takes the open appointments along when nothing is left in the case and it was closed by that: the
 * person's receipt leads to the other one now, and would not show them any more. Brings back those that came from the other one before, when
 * that is filled again. Not along where the two cases are of two people: then something was filed wrongly, and an appointment of one is not to be
 * seen by the other. Callers have asked that the actor may see both cases, which are locked. Gives how many went.
 */
export async function takeAppointmentsAlong(
  tx: Tx,
  actor: Actor,
  move: { readonly fromCaseId: string; readonly toCaseId: string },
): Promise<number> {
  const { fromCaseId, toCaseId } = move;
  const reader = { role: 'program', id: 'move', teamIds: [] } as const;
  const from = await lockCase(tx, { actor, reader, caseId: fromCaseId });
  const to = await lockCase(tx, { actor, reader, caseId: toCaseId });
  if (from === undefined || to === undefined) return 0;
  const emptied = from.state === 'closed' && (await leavesEmpty(tx, fromCaseId));
  const samePerson = from.person_id === null || from.person_id === to.person_id;
  const back = to.state === 'closed' ? 0 : await put(tx, actor, move, 'back');
  return emptied && samePerson ? back + (await put(tx, actor, move, 'along')) : back;
}

/** Puts open appointments of one case into another: all of them, or `back` those that came from there. */
async function put(
  tx: Tx,
  actor: Actor,
  { fromCaseId, toCaseId }: { readonly fromCaseId: string; readonly toCaseId: string },
  way: 'along' | 'back',
): Promise<number> {
  const open = appointments(tx).where('case_id', '=', fromCaseId).where('ended_at', 'is', null).orderBy('id');
  const rows = await (way === 'along' ? open : open.where('came_from', '=', toCaseId)).execute();
  for (const each of await withAnswers(tx, rows)) {
    await tx
      .tables<AppointmentTables>()
      .updateTable('appointment')
      .set({ case_id: toCaseId, came_from: way === 'along' ? fromCaseId : null, changed_at: tx.now })
      .where('id', '=', each.id)
      .execute();
    await note(tx, { actor, caseId: toCaseId }, 'made', each);
  }
  if (rows.length > 0) tx.touch(fromCaseId);
  return rows.length;
}
