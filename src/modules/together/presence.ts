import type { Tx } from '../../platform/database/index.ts';
import type { TogetherTables } from './tables.ts';

/** Without a sign for so long somebody counts as gone; open windows give one every ten seconds. */
const goneAfterMs = 25_000;

/** Somebody who has the case open: the part is the verb of the open form, `case`, or what of it is open (its file, a document). */
export type Present = { readonly staffId: string; readonly name: string; readonly parts: readonly string[] };

/** A window that shows a case, and the part of it that is open there. */
type Window = {
  readonly caseId: string;
  readonly staffId: string;
  readonly staffName: string;
  readonly part: string;
};

const asRow = (tx: Tx, window: Window & { readonly id: string }): TogetherTables['presence'] => ({
  id: window.id,
  case_id: window.caseId,
  staff_id: window.staffId,
  staff_name: window.staffName,
  part: window.part,
  seen_at: tx.now,
});

/** What open pages of a case hear when somebody comes or goes. */
export const presenceTopic = (caseId: string): string => `${caseId}/p`;

/** A window of a case opens; gives its id. The caller has checked that its owner may see the case. */
export async function enterCase(tx: Tx, window: Window): Promise<string> {
  const id = tx.newId();
  await tx.insertInto('presence', [asRow(tx, { id, ...window })]);
  tx.touch(presenceTopic(window.caseId));
  return id;
}

/** A window is still open, and shows this case by now. When its row was swept meanwhile, it is written again. */
export async function stillThere(tx: Tx, window: Window & { readonly id: string }): Promise<void> {
  await tx
    .tables<TogetherTables>()
    .insertInto('presence')
    .values(asRow(tx, window))
    .onConflict((c) =>
      c.columns(['jobcenter_id', 'id'] as never).doUpdateSet({ case_id: window.caseId, seen_at: tx.now }),
    )
    .execute();
}

/** A window closes. */
export async function leaveCase(tx: Tx, id: string, caseId: string): Promise<void> {
  await tx.tables<TogetherTables>().deleteFrom('presence').where('id', '=', id).execute();
  tx.touch(presenceTopic(caseId));
}

/** Who else has one of the cases open, by name; several windows of one person are one. */
export async function presentIn(tx: Tx, caseIds: readonly string[], except: string): Promise<Present[]> {
  if (caseIds.length === 0) return [];
  const rows = await tx
    .tables<TogetherTables>()
    .selectFrom('presence')
    .select(['staff_id as staffId', 'staff_name as name', 'part'])
    .where('case_id', 'in', [...caseIds])
    .where('staff_id', '!=', except)
    .where('seen_at', '>', new Date(tx.now.getTime() - goneAfterMs))
    .orderBy('staff_name')
    .orderBy('id')
    .execute();
  const people = new Map<string, { staffId: string; name: string; parts: string[] }>();
  for (const { staffId, name, part } of rows) {
    const known = people.get(staffId) ?? { staffId, name, parts: [] };
    if (!known.parts.includes(part)) known.parts.push(part);
    people.set(staffId, known);
  }
  return [...people.values()];
}

/** Removes windows that were not seen for an hour; gives their number. */
export async function forgetPresence(tx: Tx): Promise<number> {
  const gone = await tx
    .tables<TogetherTables>()
    .deleteFrom('presence')
    .where('seen_at', '<', new Date(tx.now.getTime() - 3_600_000))
    .returning('id')
    .execute();
  return gone.length;
}
