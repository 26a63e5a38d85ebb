import { type Actor, actorId, actorName } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { FileTables } from './tables.ts';

/** The trace of a document that lay in the wrong place. Parts and cases that did not change are null. */
export type FileMove = {
  readonly id: string;
  readonly documentId: string;
  readonly fromPart: string | null;
  readonly toPart: string | null;
  readonly fromCase: string | null;
  readonly toCase: string | null;
  readonly reason: string;
  /** It was moved by itself, and what came with it stayed. */
  readonly alone: boolean;
  readonly at: Date;
  readonly by: string;
};

/** Writes down that documents were moved, from where, to where, and why. */
export async function noteMoves(
  tx: Tx,
  actor: Actor,
  documentIds: readonly string[],
  move: Omit<FileMove, 'id' | 'documentId' | 'at' | 'by'>,
): Promise<void> {
  const rows = documentIds.map((documentId) => ({
    id: tx.newId(),
    document_id: documentId,
    from_part: move.fromPart,
    to_part: move.toPart,
    from_case: move.fromCase,
    to_case: move.toCase,
    reason: move.reason,
    alone: move.alone,
    at: tx.now,
    actor_id: actorId(actor),
    actor_name: actorName(actor),
  }));
  await tx.insertInto<FileTables['file_move']>('file_move', rows);
}

/** Where a document lay before, the newest move first. */
export const movesOfDocument = (tx: Tx, documentId: string): Promise<FileMove[]> =>
  tx
    .tables<FileTables>()
    .selectFrom('file_move')
    .select([
      'id',
      'document_id as documentId',
      'from_part as fromPart',
      'to_part as toPart',
      'from_case as fromCase',
      'to_case as toCase',
      'reason',
      'alone',
      'at',
      'actor_name as by',
    ])
    .where('document_id', '=', documentId)
    .orderBy('id', 'desc')
    .execute();
