import type { Tx } from '../../platform/database/index.ts';
import type { ContactTables } from './tables.ts';

/** Notes for circles in a case, of which nothing else tells: their ids, and the people they are about. */
export async function circleNotesToForget(
  tx: Tx,
  caseId: string,
): Promise<{ readonly noteIds: readonly string[]; readonly personIds: readonly string[] }> {
  const rows = await tx
    .tables<ContactTables>()
    .selectFrom('circle_note')
    .select(['id', 'person_id'])
    .where('case_id', '=', caseId)
    .execute();
  return { noteIds: rows.map((row) => row.id), personIds: rows.flatMap((row) => row.person_id ?? []) };
}

/** Deletes the notes for circles of a case whose deletion was confirmed. */
export async function forgetCircleNotes(tx: Tx, caseId: string): Promise<void> {
  await tx.raw('select app.forget_circle_notes($1)', [caseId]);
}

/** Whether a note for a circle is about a person. */
export const isInCircleNotes = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx
    .tables<ContactTables>()
    .selectFrom('circle_note')
    .select('id')
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst()) !== undefined;
