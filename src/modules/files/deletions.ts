import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** A document whose time has come. */
export type DueDeletion = {
  readonly documentId: string;
  readonly caseId: string;
  readonly class: string;
  readonly dueOn: Day;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
};

const due = (tx: Tx) =>
  tx
    .tables<FileTables>()
    .selectFrom('deletion')
    .select([
      'document_id as documentId',
      'case_id as caseId',
      'class',
      'due_on as dueOn',
      'confirmed_at as confirmedAt',
      'confirmed_by as confirmedBy',
    ])
    .where('deleted_at', 'is', null);

/** Lists documents as due; those that are listed already stay as they are. `confirmedBy`: a rule that needs no person. */
export async function listDue(
  tx: Tx,
  rows: readonly (Pick<DueDeletion, 'documentId' | 'caseId' | 'class' | 'dueOn'> & { readonly confirmedBy?: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .tables<FileTables>()
    .insertInto('deletion')
    .values(
      rows.map((row) => ({
        document_id: row.documentId,
        case_id: row.caseId,
        class: row.class,
        due_on: row.dueOn,
        listed_at: tx.now,
        confirmed_at: row.confirmedBy === undefined ? null : tx.now,
        confirmed_by: row.confirmedBy ?? null,
        deleted_at: null,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}

/** What waits to be confirmed, the longest due first; at most `size` after the given one. */
export function dueDeletions(
  tx: Tx,
  after: { readonly dueOn: Day; readonly documentId: string } | undefined,
  size: number,
): Promise<DueDeletion[]> {
  let query = due(tx).where('confirmed_at', 'is', null).orderBy('due_on').orderBy('document_id').limit(size);
  if (after !== undefined)
    query = query.where((eb) => eb(eb.refTuple('due_on', 'document_id'), '>', eb.tuple(after.dueOn, after.documentId)));
  return query.execute();
}

/** Of the given documents those that are listed and not deleted. */
export const listedDeletions = async (tx: Tx, ids: readonly string[]): Promise<DueDeletion[]> =>
  ids.length === 0
    ? []
    : due(tx)
        .where('document_id', 'in', [...ids])
        .execute();

/** What was confirmed and is not deleted yet, `size` after the given document. */
export const confirmedDeletions = (tx: Tx, after: string, size: number): Promise<DueDeletion[]> =>
  due(tx)
    .where('confirmed_at', 'is not', null)
    .where('document_id', '>', after)
    .orderBy('document_id')
    .limit(size)
    .execute();

/** A person confirms that these documents go; gives the ids of those that were waiting. */
export async function confirmDeletions(tx: Tx, ids: readonly string[], by: string): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .tables<FileTables>()
    .updateTable('deletion')
    .set({ confirmed_at: tx.now, confirmed_by: by })
    .where('document_id', 'in', [...ids])
    .where('confirmed_at', 'is', null)
    .where('deleted_at', 'is', null)
    .returning('document_id')
    .execute();
  return rows.map((row) => row.document_id);
}

/** Takes a document off the list: it is not due (any more), because a case was opened again or the rule changed. Gives who had confirmed it, where somebody had. */
export async function unlist(tx: Tx, documentId: string): Promise<string | undefined> {
  const row = await tx
    .tables<FileTables>()
    .deleteFrom('deletion')
    .where('document_id', '=', documentId)
    .where('deleted_at', 'is', null)
    .returning('confirmed_by')
    .executeTakeFirst();
  return row?.confirmed_by ?? undefined;
}

/**
 * Forgets everything this module keeps of a document. The line that it was deleted stays, without a word of what stood in it, so that
 * a gap in the file explains itself.
 */
export async function forgetDocument(tx: Tx, documentId: string): Promise<void> {
  const db = tx.tables<FileTables>();
  for (const table of ['page_turn', 'file_mark', 'file_move', 'file_document'] as const)
    await db.deleteFrom(table).where('document_id', '=', documentId).execute();
  await db.deleteFrom('legal_hold').where('document_id', '=', documentId).execute();
  await db
    .updateTable('deletion')
    .set({ deleted_at: tx.now })
    .where('document_id', '=', documentId)
    .where('deleted_at', 'is', null)
    .execute();
}
