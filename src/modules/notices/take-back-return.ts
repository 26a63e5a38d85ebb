import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { casesByIds, noteLetter } from '../cases/index.ts';
import { eraseDocument } from '../documents/index.ts';
import { forgetSuggestions } from '../facts/index.ts';
import { copiesOf, forgetDocument, isHeld, lockFile } from '../files/index.ts';
import { forgetDocumentMarks } from '../twice/index.ts';
import { stepsOfDispatch } from './dispatches.ts';
import { addStep, changeNotice, lockNotice, type StaffAct, stepsOf, titleOf } from './notice.ts';

/** `kept`: the picture stays in the file, because it is held. */
export type TakenBack =
  | { readonly kind: 'done'; readonly picture: 'erased' | 'kept' }
  | { readonly kind: 'not-found' | 'too-late' };

/**
 * A return that was scanned is taken back, because it was a mistake of whoever confirmed the post: the letter counts as before, and the picture goes,
 * unless something holds it. Both steps stay in the proof. `documentId`: the picture of the return that was the mistake. `too-late`: somebody has
 * decided since where the letter goes, or it came back once more.
 */
export async function takeBackReturn(tx: Tx, act: StaffAct, documentId: string): Promise<TakenBack> {
  const found = await lockNotice(tx, act);
  if (found === undefined) return { kind: 'not-found' };
  const last = stepsOfDispatch(await stepsOf(tx, [found.id])).findLast(({ kind }) => kind === 'returned');
  if (found.waitsFor !== 'address' || last?.documentId !== documentId) return { kind: 'too-late' };
  await changeNotice(tx, found.id, { waits_for: null, changed_at: tx.now });
  const erased = await erasePicture(tx, act, found.caseId, documentId);
  await addStep(tx, act.actor, found.id, 'return-mistaken', erased ? {} : { documentId });
  await noteLetter(tx, act.actor, found.caseId, {
    kind: 'letter-return-mistaken',
    detail: { noticeId: found.id, title: titleOf(found) },
  });
  return { kind: 'done', picture: erased ? 'erased' : 'kept' };
}

/**
 * Deletes a picture with its blackened copies and what was marked on them; false when it, a copy, its case or its file is held (§ 84 (3) SGB X). Whoever sets a
 * hold at this moment comes before or after it: both lock the file.
 */
async function erasePicture(tx: Tx, { actor }: StaffAct, caseId: string, documentId: string): Promise<boolean> {
  const fileId = (await casesByIds(tx, [caseId]))[0]?.fileId ?? null;
  if (fileId !== null) await lockFile(tx, fileId);
  if (await isHeld(tx, { id: caseId, fileId }, documentId)) return false;
  const copies = (await copiesOf(tx, [documentId])).map((each) => each.documentId);
  for (const id of [...copies, documentId]) {
    await forgetDocumentMarks(tx, id);
    await eraseDocument(tx, id, { forgetName: true });
    await forgetDocument(tx, id);
    await forgetSuggestions(tx, id);
  }
  await recordAudit(tx, actor, {
    action: 'document.erased',
    subjectType: 'document',
    subjectId: documentId,
    caseId,
    detail: { copies: copies.length },
  });
  return true;
}
