import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { lockCase } from '../cases/index.ts';
import { note } from './act.ts';
import { appointments, withAnswers } from './store.ts';
import type { AppointmentTables } from './tables.ts';

/**
 * Takes the open appointments of a case along that was closed because everything that came for it went into another one: the person's receipt leads
 * there now, and would not show them any more. Not where the two cases are of two people: then something was filed wrongly, and an
 * appointment of one is not to be seen by the other. Callers have asked that the actor may see both cases, which are locked.
 */
export async function takeAppointmentsAlong(
  tx: Tx,
  actor: Actor,
  move: { readonly fromCaseId: string; readonly toCaseId: string },
): Promise<number> {
  const reader = { role: 'program', id: 'move', teamIds: [] } as const;
  const from = await lockCase(tx, { actor, reader, caseId: move.fromCaseId });
  const to = await lockCase(tx, { actor, reader, caseId: move.toCaseId });
  if (from?.state !== 'closed' || to === undefined) return 0;
  if (from.person_id !== null && from.person_id !== to.person_id) return 0;
  const rows = await appointments(tx).where('case_id', '=', move.fromCaseId).where('ended_at', 'is', null).execute();
  for (const each of await withAnswers(tx, rows)) {
    await tx
      .tables<AppointmentTables>()
      .updateTable('appointment')
      .set({ case_id: move.toCaseId, changed_at: tx.now })
      .where('id', '=', each.id)
      .execute();
    await note(tx, { actor, caseId: move.toCaseId }, 'made', each);
  }
  if (rows.length > 0) tx.touch(move.fromCaseId);
  return rows.length;
}
