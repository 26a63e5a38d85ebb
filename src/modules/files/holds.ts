import type { ExpressionBuilder } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { copiesOf } from './facts.ts';
import { lockFile } from './file.ts';
import type { FileTables } from './tables.ts';

/** Why nothing of a file, or of one document in it, may be deleted now: a law suit, an audit (Aufbewahrung über die Frist hinaus). */
export type LegalHold = {
  readonly id: string;
  /** The file that is held whole; null where one document is: in which file that is follows from where it lies. */
  readonly fileId: string | null;
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

/** Open holds of a file, with those on single documents of it, as far as the caller says which lie in it. */
export const holdsOfFile = (tx: Tx, fileId: string, documentIds: readonly string[] = []): Promise<LegalHold[]> =>
  holds(tx).where(keeps(fileId, documentIds)).orderBy('id').execute();

/** Open holds on one document, wherever they were set, and those on the whole file it lies in. */
export const holdsOnDocument = (tx: Tx, fileId: string | null, documentId: string): Promise<LegalHold[]> =>
  holds(tx)
    .where(keeps(fileId, [documentId]))
    .orderBy('id')
    .execute();

const keeps =
  (fileId: string | null, documentIds: readonly string[]) => (eb: ExpressionBuilder<FileTables, 'legal_hold'>) =>
    eb.or([
      ...(documentIds.length === 0 ? [] : [eb('document_id', 'in', [...documentIds])]),
      ...(fileId === null ? [] : [eb('file_id', '=', fileId)]),
    ]);

/** A hold that was ended; older ones were ended without a reason. */
export type EndedHold = Omit<LegalHold, 'at' | 'by'> & {
  readonly endedAt: Date;
  readonly endedBy: string;
  readonly endedReason: string | null;
};

/** Holds of a file, and of these documents in it, that were ended, the newest first. */
export async function endedHoldsOfFile(
  tx: Tx,
  fileId: string,
  documentIds: readonly string[] = [],
): Promise<EndedHold[]> {
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
    .where(keeps(fileId, documentIds))
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

/** Keeps a file, or one document that lies in it, until the hold is ended. Gives its id. */
export async function holdFile(
  tx: Tx,
  by: string,
  hold: { readonly fileId: string; readonly documentId: string | null; readonly reason: string },
): Promise<string> {
  await lockFile(tx, hold.fileId);
  const row = {
    id: tx.newId(),
    file_id: hold.documentId === null ? hold.fileId : null,
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
  | { readonly fileId: string; readonly documentIds: readonly string[] }
  | { readonly documentId: string }
);

/** Ends a hold of this file, or of one of these documents in it, or of this document, with a reason; false when there is none that is open. */
export async function endHold(tx: Tx, by: string, ending: Ending): Promise<boolean> {
  const { id, reason } = ending;
  const { numUpdatedRows } = await tx
    .tables<FileTables>()
    .updateTable('legal_hold')
    .set({ ended_at: tx.now, ended_by: by, ended_reason: reason })
    .where('id', '=', id)
    .where('fileId' in ending ? keeps(ending.fileId, ending.documentIds) : keeps(null, [ending.documentId]))
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Nothing leaves a hold by being moved: a hold on the whole file that these documents leave stays on each of them, and on their blackened copies, as
 * one of its own, without its reason. Holds of their own need nothing: they lie where the document lies.
 */
export async function stayHeld(
  tx: Tx,
  by: string,
  documentIds: readonly string[],
  files: { readonly from: string | null; readonly to: string | null },
): Promise<void> {
  const { from, to } = files;
  if (from === null || to === null || from === to || documentIds.length === 0) return;
  for (const id of [from, to].sort()) await lockFile(tx, id);
  if ((await holdsOfFile(tx, from)).length === 0) return;
  const ids = await withCopies(tx, documentIds);
  const own = await holds(tx).where(keeps(null, ids)).execute();
  const held = new Set(own.map((each) => each.documentId));
  for (const documentId of ids.filter((id) => !held.has(id)))
    await holdFile(tx, by, { fileId: to, documentId, reason: '' });
}
