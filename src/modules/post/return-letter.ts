import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { CaseReader } from '../cases/index.ts';
import type { PostTables, ScanLetter } from './batch.ts';
import { lockLetter } from './letters.ts';

/** `already`: it was confirmed before, as whatever. `changed`: it is not what was seen, or its receipt is given already. */
export type Returned =
  | { readonly kind: 'returned'; readonly letter: ScanLetter }
  | { readonly kind: 'already'; readonly letter: ScanLetter }
  | { readonly kind: 'changed' | 'not-found' };

/**
 * Says of a letter of the stack that it is one of ours which came back unopened (Rückläufer): it becomes no submission, gets no receipt and answers
 * nothing. Whoever calls this notes the return at that letter, in the same transaction.
 */
export async function markReturned(
  tx: Tx,
  act: { readonly actor: Actor & { readonly kind: 'staff' }; readonly reader: CaseReader },
  wanted: {
    readonly letterId: string;
    readonly version: number;
    readonly noticeId: string;
    readonly caseId: string;
    /** The picture of it, which the proof of that letter gets. */
    readonly documentId: string;
  },
): Promise<Returned> {
  const letter = await lockLetter(tx, act.reader, wanted.letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (letter.state === 'filed' || letter.state === 'returned') return { kind: 'already', letter };
  if (letter.version !== wanted.version || letter.submissionId !== null) return { kind: 'changed' };
  await tx
    .tables<PostTables>()
    .updateTable('scan_letter')
    .set({
      state: 'returned',
      aside_reason: null,
      notice_id: wanted.noticeId,
      returned_document_id: wanted.documentId,
      case_id: wanted.caseId,
      filed_at: tx.now,
      filed_by: act.actor.id,
    })
    .where('id', '=', letter.id)
    .execute();
  await recordAudit(tx, act.actor, {
    action: 'scan-letter.returned',
    subjectType: 'scan-batch',
    subjectId: letter.batchId,
    caseId: wanted.caseId,
    detail: { letter: letter.position },
  });
  return { kind: 'returned', letter };
}
