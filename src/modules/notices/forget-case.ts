import type { Tx } from '../../platform/database/index.ts';
import type { NoticeTables } from './tables.ts';

/** Letters of a case as its deletion sees them: their papers, pictures of those that came back included. */
export type LettersOfCase = {
  readonly noticeIds: readonly string[];
  readonly documentIds: readonly string[];
  /** Of these the letters that were sent, and what came back: papers of the file, each with a time of its own. */
  readonly sentDocumentIds: readonly string[];
  /** Somebody is still to release one of them, to send it, or to say where it goes. */
  readonly waits: boolean;
  /** How many somebody began and kept. */
  readonly drafts: number;
};

export async function lettersToForget(tx: Tx, caseId: string): Promise<LettersOfCase> {
  const db = tx.tables<NoticeTables>();
  const letters = await db
    .selectFrom('notice')
    .select(['id', 'document_id', 'state', 'waits_for'])
    .where('case_id', '=', caseId)
    .execute();
  const noticeIds = letters.map((letter) => letter.id);
  const pictures =
    noticeIds.length === 0
      ? []
      : await db
          .selectFrom('notice_step')
          .select('document_id')
          .where('notice_id', 'in', noticeIds)
          .where('document_id', 'is not', null)
          .execute();
  const papers = (rows: readonly { document_id: string | null }[]) => rows.flatMap((row) => row.document_id ?? []);
  return {
    noticeIds,
    documentIds: papers([...letters, ...pictures]),
    sentDocumentIds: papers([...letters.filter((letter) => letter.state === 'sent'), ...pictures]),
    waits: letters.some((letter) => letter.state === 'submitted' || letter.waits_for !== null),
    drafts: letters.filter((letter) => letter.state === 'draft').length,
  };
}

/**
 * Deletes the letters of a case whose deletion was confirmed, with their proof, the choices of a way, and what became of reminders of its
 * appointments. Letters of other cases stay, and no longer name an appointment or an account number of this one. Gives the ids of what is gone.
 */
export async function forgetLetters(
  tx: Tx,
  caseId: string,
  noticeIds: readonly string[],
  of: { readonly appointmentIds: readonly string[]; readonly bankConfirmationIds: readonly string[] },
): Promise<string[]> {
  const db = tx.tables<NoticeTables>();
  const gone: { id: string }[] = [];
  if (noticeIds.length > 0) {
    const ids = [...noticeIds];
    await db.deleteFrom('notice_author').where('notice_id', 'in', ids).execute();
    for (const table of ['notice_dispatch', 'notice_step'] as const)
      gone.push(...(await db.deleteFrom(table).where('notice_id', 'in', ids).returning('id').execute()));
    gone.push(...(await db.deleteFrom('notice').where('id', 'in', ids).returning('id').execute()));
  }
  gone.push(...(await db.deleteFrom('delivery_choice').where('case_id', '=', caseId).returning('id').execute()));
  if (of.appointmentIds.length > 0) {
    const ids = [...of.appointmentIds];
    await db.deleteFrom('appointment_reminder').where('appointment_id', 'in', ids).execute();
    await db.updateTable('notice').set({ appointment_id: null }).where('appointment_id', 'in', ids).execute();
  }
  if (of.bankConfirmationIds.length > 0)
    await db
      .updateTable('notice')
      .set({ bank_confirmation_id: null })
      .where('bank_confirmation_id', 'in', [...of.bankConfirmationIds])
      .execute();
  return gone.map((row) => row.id);
}
