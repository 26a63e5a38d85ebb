import type { Tx } from '../../platform/database/index.ts';
import type { EmployerAct } from './keep-employer.ts';
import { findEmployer } from './queries.ts';
import type { EmployerTables } from './tables.ts';

/** A note that is about a talk with an employer. Who may read it is for the caller to ask. */
export type EmployerNote = { readonly noteId: string; readonly caseId: string; readonly employerId: string };

const rows = (tx: Tx) =>
  tx
    .tables<EmployerTables>()
    .selectFrom('employer_note')
    .select(['note_id as noteId', 'case_id as caseId', 'employer_id as employerId']);

/**
 * Says with which employer the talk of a note was; null: with none of the list. Says whether that is new. The note itself stays as it was written,
 * and nothing is logged of it here: it may be one of a circle.
 */
export async function linkNote(
  tx: Tx,
  act: EmployerAct,
  note: { readonly noteId: string; readonly caseId: string; readonly employerId: string | null },
): Promise<'done' | 'unchanged' | 'not-found'> {
  const db = tx.tables<EmployerTables>();
  const { noteId, caseId, employerId } = note;
  if (employerId === null) {
    const { numDeletedRows } = await db
      .deleteFrom('employer_note')
      .where('note_id', '=', noteId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n ? 'done' : 'unchanged';
  }
  if ((await findEmployer(tx, employerId)) === undefined) return 'not-found';
  const linked = { employer_id: employerId, linked_at: tx.now, linked_by: act.actor.id };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('employer_note')
    .values({ note_id: noteId, case_id: caseId, ...linked })
    .onConflict((c) =>
      c
        .columns(['jobcenter_id', 'note_id'] as never)
        .doUpdateSet(linked)
        .where('employer_note.employer_id', '<>', employerId),
    )
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n ? 'done' : 'unchanged';
}

/** With which employers the talks of some notes were. */
export const employersOfNotes = async (tx: Tx, noteIds: readonly string[]): Promise<EmployerNote[]> =>
  noteIds.length === 0
    ? []
    : rows(tx)
        .where('note_id', 'in', [...noteIds])
        .execute();

/** The talks with an employer by all its ids, the newest first, before the one with an id. */
export async function notesOfEmployer(
  tx: Tx,
  ids: readonly string[],
  before: string | undefined,
  size: number,
): Promise<EmployerNote[]> {
  if (ids.length === 0) return [];
  let query = rows(tx)
    .where('employer_id', 'in', [...ids])
    .orderBy('note_id', 'desc')
    .limit(size);
  if (before !== undefined) query = query.where('note_id', '<', before);
  return query.execute();
}
