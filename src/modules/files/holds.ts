import type { ExpressionBuilder } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { copiesOf } from './facts.ts';
import { lockFile } from './file.ts';
import type { FileTables } from './tables.ts';

/** Why nothing of a file, or of one document in it, may be deleted now: a law suit, an audit (Aufbewahrung über die Frist hinaus). */
export type LegalHold = {
  readonly id: string;
  readonly fileId: string;
  readonly documentId: string | null;
  /** Empty: it came out of a file that is held whole, and why that one is held is nobody's business elsewhere. */
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
};

const holds = (tx: Tx) =>
  tx
    .tables<FileTables>()
    .selectFrom('legal_hold')
    .select(['id', 'file_id as fileId', 'document_id as documentId', 'reason', 'at', 'actor_name as by'])
    .where('ended_at', 'is', null);

/** Open holds of a file, with those on single documents of it. */
export const holdsOfFile = (tx: Tx, fileId: string): Promise<LegalHold[]> =>
  holds(tx).where('file_id', '=', fileId).orderBy('id').execute();

/** Open holds on one document, wherever they were set, and those on the whole file it lies in. */
export const holdsOnDocument = (tx: Tx, fileId: string | null, documentId: string): Promise<LegalHold[]> =>
  holds(tx)
    .where(keeps(fileId, [documentId]))
    .orderBy('id')
    .execute();

const keeps =
  (fileId: string | null, documentIds: readonly string[]) => (eb: ExpressionBuilder<FileTables, 'legal_hold'>) =>
    eb.or([
      eb('document_id', 'in', [...documentIds]),
      ...(fileId === null ? [] : [eb.and([eb('file_id', '=', fileId), eb('document_id', 'is', null)])]),
    ]);

/** A hold that was ended; older ones were ended without a reason. */
export type EndedHold = Omit<LegalHold, 'at' | 'by'> & {
  readonly endedAt: Date;
  readonly endedBy: string;
  readonly endedReason: string | null;
};

/** Holds of a file that were ended, the newest first. */
export async function endedHoldsOfFile(tx: Tx, fileId: string): Promise<EndedHold[]> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('legal_hold')
    .select([
      'id',
      'file_id as fileId',
      'document_id as documentId',
      'reason',
      'ended_at as endedAt',
      'ended_by as endedBy',
      'ended_reason as endedReason',
    ])
    .where('file_id', '=', fileId)
    .where('ended_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(50)
    .execute();
  return rows.flatMap(({ endedAt, endedBy, ...row }) =>
    endedAt === null ? [] : [{ ...row, endedAt, endedBy: endedBy ?? '' }],
  );
}

/** True when the document may not be deleted now, by itself, with its whole file, or because a copy that would go with it is held. */
export async function isHeld(tx: Tx, fileId: string | null, documentId: string): Promise<boolean> {
  const ids = await withCopies(tx, [documentId]);
  return (await holds(tx).where(keeps(fileId, ids)).limit(1).executeTakeFirst()) !== undefined;
}

const withCopies = async (tx: Tx, ids: readonly string[]): Promise<string[]> => [
  ...ids,
  ...(await copiesOf(tx, ids)).map((each) => each.documentId),
];

/** Keeps a file, or one document of it, until the hold is ended. Gives its id. */
export async function holdFile(
  tx: Tx,
  by: string,
  hold: { readonly fileId: string; readonly documentId: string | null; readonly reason: string },
): Promise<string> {
  await lockFile(tx, hold.fileId);
  const row = {
    id: tx.newId(),
    file_id: hold.fileId,
    document_id: hold.documentId,
    reason: hold.reason,
    at: tx.now,
    actor_name: by,
    ended_at: null,
    ended_by: null,
    ended_reason: null,
  };
  await tx.insertInto<FileTables['legal_hold']>('legal_hold', [row]);
  return row.id;
}

type Ending = { readonly id: string; readonly reason: string } & (
  | { readonly fileId: string }
  | { readonly documentId: string }
);

/** Ends a hold of this file, or of a document in it, or of this document, with a reason; false when there is none that is open. */
export async function endHold(tx: Tx, by: string, ending: Ending): Promise<boolean> {
  const { id, reason } = ending;
  const { numUpdatedRows } = await tx
    .tables<FileTables>()
    .updateTable('legal_hold')
    .set({ ended_at: tx.now, ended_by: by, ended_reason: reason })
    .where('id', '=', id)
    .where((eb) => ('fileId' in ending ? eb('file_id', '=', ending.fileId) : eb('document_id', '=', ending.documentId)))
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Nothing leaves a hold by being moved: holds on these documents and their blackened copies go along into the other file, and a hold on
 * the whole file they leave stays on each of them as one of its own, without its reason.
 */
export async function takeHoldsAlong(
  tx: Tx,
  by: string,
  documentIds: readonly string[],
  files: { readonly from: string | null; readonly to: string | null },
): Promise<void> {
  const { from, to } = files;
  if (from === null || to === null || from === to || documentIds.length === 0) return;
  for (const id of [from, to].sort()) await lockFile(tx, id);
  const ids = await withCopies(tx, documentIds);
  const along = await tx
    .tables<FileTables>()
    .updateTable('legal_hold')
    .set({ file_id: to })
    .where('document_id', 'in', ids)
    .where('ended_at', 'is', null)
    .returning('document_id as documentId')
    .execute();
  if (!(await holdsOfFile(tx, from)).some((each) => each.documentId === null)) return;
  const held = new Set(along.map((each) => each.documentId));
  for (const documentId of ids.filter((id) => !held.has(id)))
    await holdFile(tx, by, { fileId: to, documentId, reason: '' });
}
