import type { ExpressionBuilder } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import { copiesOf } from './facts.ts';
import { lockFile } from './file.ts';
import type { FileTables } from './tables.ts';

/** Why nothing of a file, or of one document in it, may be deleted now: a law suit, an audit (Aufbewahrung über die Frist hinaus). */
export type LegalHold = {
  readonly id: string;
  /** The file that is held whole; null where one document or one case is: in which file that is follows from where it lies. */
  readonly fileId: string | null;
  readonly documentId: string | null;
  /** A case that came out of a file that is held whole; its papers have holds of their own. */
  readonly caseId: string | null;
  /** Empty: it came out of a file that is held whole, and why that one is held is nobody's business elsewhere. */
  readonly reason: string;
  readonly at: Date;
  readonly by: string;
};

const holds = (tx: Tx) =>
  tx
    .tables<FileTables>()
    .selectFrom('legal_hold')
    .select([
      'id',
      'file_id as fileId',
      'document_id as documentId',
      'case_id as caseId',
      'reason',
      'at',
      'actor_name as by',
    ])
    .where('ended_at', 'is', null);

/** Open holds of a file, with those on single documents and cases of it, as far as the caller says which lie in it. */
export const holdsOfFile = (
  tx: Tx,
  fileId: string,
  documentIds: readonly string[] = [],
  caseIds: readonly string[] = [],
): Promise<LegalHold[]> =>
  holds(tx)
    .where(keeps(fileId, documentIds, caseIds))
    .orderBy('id')
    .execute();

/** Where something lies: its case, and the file of that. */
export type CasePlace = { readonly id: string; readonly fileId: string | null };

/** True when a case may not be deleted now: held by itself, or with its whole file. */
export const isCaseHeld = async (tx: Tx, { id, fileId }: CasePlace): Promise<boolean> =>
  (await holds(tx)
    .where(keeps(fileId, [], [id]))
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Open holds on one document, wherever they were set, and those on the case and the whole file it lies in. */
export const holdsOnDocument = (tx: Tx, place: CasePlace, documentId: string): Promise<LegalHold[]> =>
  holds(tx)
    .where(keeps(place.fileId, [documentId], [place.id]))
    .orderBy('id')
    .execute();

const keeps =
  (fileId: string | null, documentIds: readonly string[], caseIds: readonly string[] = []) =>
  (eb: ExpressionBuilder<FileTables, 'legal_hold'>) =>
    eb.or([
      ...(documentIds.length === 0 ? [] : [eb('document_id', 'in', [...documentIds])]),
      ...(caseIds.length === 0 ? [] : [eb('case_id', 'in', [...caseIds])]),
      ...(fileId === null ? [] : [eb('file_id', '=', fileId)]),
    ]);

/** A hold that was ended; older ones were ended without a reason. */
export type EndedHold = Omit<LegalHold, 'at' | 'by'> & {
  readonly endedAt: Date;
  readonly endedBy: string;
  readonly endedReason: string | null;
};

/** Holds of a file, and of these documents and cases in it, that were ended, the newest first. */
export async function endedHoldsOfFile(
  tx: Tx,
  fileId: string,
  documentIds: readonly string[] = [],
  caseIds: readonly string[] = [],
): Promise<EndedHold[]> {
  const rows = await tx
    .tables<FileTables>()
    .selectFrom('legal_hold')
    .select([
      'id',
      'file_id as fileId',
      'document_id as documentId',
      'case_id as caseId',
      'reason',
      'ended_at as endedAt',
      'ended_by as endedBy',
      'ended_reason as endedReason',
    ])
    .where(keeps(fileId, documentIds, caseIds))
    .where('ended_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(50)
    .execute();
  return rows.flatMap(({ endedAt, endedBy, ...row }) =>
    endedAt === null ? [] : [{ ...row, endedAt, endedBy: endedBy ?? '' }],
  );
}

/**
 * True when a document may not be deleted now: by itself, with the case it lies in or the whole file, also where it came in after the hold, or because a
 * copy that would go with it is held.
 */
export async function isHeld(tx: Tx, place: CasePlace | undefined, documentId: string): Promise<boolean> {
  const ids = await withCopies(tx, [documentId]);
  const held = keeps(place?.fileId ?? null, ids, place === undefined ? [] : [place.id]);
  return (await holds(tx).where(held).limit(1).executeTakeFirst()) !== undefined;
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
  const { fileId, documentId, reason } = hold;
  return setHold(tx, by, documentId === null ? { file_id: fileId } : { document_id: documentId }, reason);
}

type Held = Partial<Pick<FileTables['legal_hold'], 'file_id' | 'document_id' | 'case_id'>>;

async function setHold(tx: Tx, by: string, on: Held, reason: string): Promise<string> {
  const row = {
    id: tx.newId(),
    file_id: null,
    document_id: null,
    case_id: null,
    ...on,
    reason,
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
  | { readonly fileId: string; readonly documentIds: readonly string[]; readonly caseIds?: readonly string[] }
  | { readonly documentId: string }
);

/** Ends a hold of this file, or of one of these documents or cases in it, or of this document, with a reason; false when there is none that is open. */
export async function endHold(tx: Tx, by: string, ending: Ending): Promise<boolean> {
  const { id, reason } = ending;
  const { numUpdatedRows } = await tx
    .tables<FileTables>()
    .updateTable('legal_hold')
    .set({ ended_at: tx.now, ended_by: by, ended_reason: reason })
    .where('id', '=', id)
    .where(
      'fileId' in ending ? keeps(ending.fileId, ending.documentIds, ending.caseIds) : keeps(null, [ending.documentId]),
    )
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Nothing leaves a hold by being moved: a hold on the whole file, or on the case, that these documents leave stays on each of them, and on their
 * blackened copies, as one of its own, without its reason. Where a case goes, or a whole submission into another one (`whole`), that case is held as
 * well: what stands in it is more than its papers, and they may be gone. Holds of their own need nothing: they lie where the document lies.
 */
export async function stayHeld(
  tx: Tx,
  by: string,
  documentIds: readonly string[],
  move: { readonly from: CasePlace; readonly to: CasePlace; readonly whole: boolean },
): Promise<void> {
  const { from, to } = move;
  if (from.fileId === to.fileId && from.id === to.id) return;
  for (const id of [from.fileId, to.fileId].filter((each) => each !== null).sort()) await lockFile(tx, id);
  const left = await holds(tx)
    .where(keeps(from.fileId === to.fileId ? null : from.fileId, [], from.id === to.id ? [] : [from.id]))
    .execute();
  if (left.length === 0) return;
  if (
    move.whole &&
    (
      await holds(tx)
        .where(keeps(null, [], [to.id]))
        .execute()
    ).length === 0
  )
    await setHold(tx, by, { case_id: to.id }, '');
  const ids = await withCopies(tx, documentIds);
  const own = await holds(tx).where(keeps(null, ids)).execute();
  const held = new Set(own.map((each) => each.documentId));
  for (const documentId of ids.filter((id) => !held.has(id))) await setHold(tx, by, { document_id: documentId }, '');
}
