import type { Actor } from '../../kernel/actor.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseReader, reopenItems } from '../cases/index.ts';
import { findSubmission } from '../intake/index.ts';
import { batchVisibleTo } from './access.ts';
import {
  type AsideReason,
  letterColumns,
  type PostTables,
  pageColumns,
  type ScanBatch,
  type ScanLetter,
  type ScanPage,
} from './batch.ts';
import { addLetter, describeAgain, lockBatch, type Office, placePages } from './make-letters.ts';

/** Who changes a letter, and what describing it anew needs. */
export type LetterAct = { readonly actor: Actor; readonly reader: CaseReader; readonly office: Office };
/**
 * `letterId`: where to go on. `refused`: a filed letter's receipt names its pages, so they stay together; `erased`: the stack's scan was deleted, and the
 * letter would have no pages; `decided`: what was said of a letter that came back was acted upon since. `kept`: a picture had to stay in the file.
 */
export type LetterOutcome =
  | { readonly kind: 'changed'; readonly letterId: string; readonly kept?: true }
  | { readonly kind: 'unchanged'; readonly letterId: string }
  | { readonly kind: 'refused'; readonly why?: 'erased' | 'decided' }
  | { readonly kind: 'not-found' };

/** A letter that the reader may see, locked with its batch. */
export async function lockLetter(tx: Tx, reader: CaseReader, letterId: string): Promise<ScanLetter | undefined> {
  const db = tx.tables<PostTables>();
  const found = await db
    .selectFrom('scan_letter')
    .innerJoin('scan_batch', 'scan_batch.id', 'scan_letter.batch_id')
    .select('scan_letter.batch_id')
    .where('scan_letter.id', '=', letterId)
    .where((eb) => batchVisibleTo(reader)(eb as never))
    .executeTakeFirst();
  if (found === undefined) return undefined;
  await lockBatch(tx, found.batch_id);
  return db.selectFrom('scan_letter').select(letterColumns).where('id', '=', letterId).executeTakeFirst();
}

/** The pages of a letter in their order. */
export const pagesOfLetter = (tx: Tx, letterId: string): Promise<ScanPage[]> =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_page')
    .select(pageColumns)
    .where('letter_id', '=', letterId)
    .orderBy('place')
    .orderBy('page')
    .execute();

/** Letters of a batch that may still change their pages. */
const isFree = (letter: ScanLetter): boolean =>
  letter.state !== 'filed' && letter.state !== 'returned' && letter.submissionId === null;

/** The letter before or after another in its batch. */
async function neighbour(tx: Tx, letter: ScanLetter, step: 1 | -1): Promise<ScanLetter | undefined> {
  return tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .select(letterColumns)
    .where('batch_id', '=', letter.batchId)
    .where('position', step === 1 ? '>' : '<', letter.position)
    .orderBy('position', step === 1 ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Whether there is a letter before and behind this one that may still change its pages. */
export async function freeNeighbours(tx: Tx, letter: ScanLetter): Promise<{ before: boolean; after: boolean }> {
  const [before, after] = [await neighbour(tx, letter, -1), await neighbour(tx, letter, 1)];
  return { before: before !== undefined && isFree(before), after: after !== undefined && isFree(after) };
}

const record = (tx: Tx, actor: Actor, letter: ScanLetter, action: string, page?: number): Promise<void> =>
  recordAudit(tx, actor, {
    action: `scan-letter.${action}`,
    subjectType: 'scan-batch',
    subjectId: letter.batchId,
    detail: { letter: letter.position, ...(page === undefined ? {} : { page }) },
  });

/** A new letter begins with this page. */
export async function splitLetter(tx: Tx, act: LetterAct, letterId: string, page: number): Promise<LetterOutcome> {
  const letter = await lockLetter(tx, act.reader, letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (!isFree(letter)) return { kind: 'refused' };
  const pages = await pagesOfLetter(tx, letterId);
  const at = pages.findIndex((each) => each.page === page);
  if (at < 1) return { kind: 'unchanged', letterId };
  await describeAgain(tx, act.office, letter.batchId, letterId, pages.slice(0, at));
  const added = await addLetter(tx, act.office, letter.batchId, 'by-hand', pages.slice(at));
  await record(tx, act.actor, letter, 'split', page);
  return { kind: 'changed', letterId: added };
}

/** The letter becomes the end of the one before it. */
export async function joinLetter(tx: Tx, act: LetterAct, letterId: string): Promise<LetterOutcome> {
  const letter = await lockLetter(tx, act.reader, letterId);
  if (letter === undefined) return { kind: 'not-found' };
  const before = await neighbour(tx, letter, -1);
  if (before === undefined) return { kind: 'unchanged', letterId };
  if (!isFree(letter) || !isFree(before)) return { kind: 'refused' };
  const pages = [...(await pagesOfLetter(tx, before.id)), ...(await pagesOfLetter(tx, letterId))];
  await placePages(tx, letter.batchId, before.id, pages);
  await remove(tx, letterId);
  await describeAgain(tx, act.office, letter.batchId, before.id, pages);
  await record(tx, act.actor, letter, 'joined');
  return { kind: 'changed', letterId: before.id };
}

/** One page goes to the end of the letter before, or to the beginning of the one after. A letter without pages is gone. */
export async function movePage(
  tx: Tx,
  act: LetterAct,
  letterId: string,
  page: number,
  step: 1 | -1,
): Promise<LetterOutcome> {
  const letter = await lockLetter(tx, act.reader, letterId);
  if (letter === undefined) return { kind: 'not-found' };
  const pages = await pagesOfLetter(tx, letterId);
  const moved = pages.find((each) => each.page === page);
  const other = await neighbour(tx, letter, step);
  if (moved === undefined || other === undefined) return { kind: 'unchanged', letterId };
  if (!isFree(letter) || !isFree(other)) return { kind: 'refused' };
  const rest = pages.filter((each) => each !== moved);
  const theirs = await pagesOfLetter(tx, other.id);
  const target = step === 1 ? [moved, ...theirs] : [...theirs, moved];
  await placePages(tx, letter.batchId, other.id, target);
  await describeAgain(tx, act.office, letter.batchId, other.id, target);
  if (rest.length === 0) await remove(tx, letterId);
  else {
    await placePages(tx, letter.batchId, letterId, rest);
    await describeAgain(tx, act.office, letter.batchId, letterId, rest);
  }
  await record(tx, act.actor, letter, 'page-moved', page);
  return { kind: 'changed', letterId: rest.length === 0 ? other.id : letterId };
}

const remove = (tx: Tx, letterId: string) =>
  tx.tables<PostTables>().deleteFrom('scan_letter').where('id', '=', letterId).execute();

/** Turns a page clockwise by a quarter; the letter's document is made with it. */
export async function turnPage(tx: Tx, act: LetterAct, letterId: string, page: number): Promise<LetterOutcome> {
  const letter = await lockLetter(tx, act.reader, letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (!isFree(letter)) return { kind: 'refused' };
  const found = (await pagesOfLetter(tx, letterId)).find((each) => each.page === page);
  if (found === undefined) return { kind: 'unchanged', letterId };
  await tx
    .tables<PostTables>()
    .updateTable('scan_page')
    .set({ turn: (found.turn + 90) % 360 })
    .where('batch_id', '=', letter.batchId)
    .where('page', '=', page)
    .execute();
  await record(tx, act.actor, letter, 'page-turned', page);
  return { kind: 'changed', letterId };
}

/** Puts a letter aside with the reason why, so that the others go on; it stays in the list of its batch. */
export async function putAside(tx: Tx, act: LetterAct, letterId: string, reason: AsideReason): Promise<LetterOutcome> {
  const letter = await lockLetter(tx, act.reader, letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (!isFree(letter)) return { kind: 'refused' };
  await tx
    .tables<PostTables>()
    .updateTable('scan_letter')
    .set({ state: 'aside', aside_reason: reason, aside_at: tx.now })
    .where('id', '=', letterId)
    .execute();
  await record(tx, act.actor, letter, 'put-aside');
  return { kind: 'changed', letterId };
}

/** Whether a letter still has its pages: what was filed has them in its own document, everything else only in the scan of its stack. */
export const hasPages = (
  { submissionId }: Pick<ScanLetter, 'submissionId'>,
  { documentId }: Pick<ScanBatch, 'documentId'>,
): boolean => submissionId !== null || documentId !== null;

/**
 * Takes a letter up again: one that lay aside, or one that was filed and is to be corrected; what it answered is missing again. `takeBack`: what is to be
 * undone elsewhere first, once it is sure that the letter may be taken up.
 */
export async function takeUpAgain(
  tx: Tx,
  act: LetterAct,
  letterId: string,
  takeBack?: (letter: ScanLetter) => Promise<'refused' | 'kept' | undefined>,
): Promise<LetterOutcome> {
  const letter = await lockLetter(tx, act.reader, letterId);
  if (letter === undefined) return { kind: 'not-found' };
  if (letter.state === 'open') return { kind: 'unchanged', letterId };
  const db = tx.tables<PostTables>();
  const stack = db.selectFrom('scan_batch').select('document_id as documentId').where('id', '=', letter.batchId);
  if (!hasPages(letter, await stack.executeTakeFirstOrThrow())) return { kind: 'refused', why: 'erased' };
  const undone = await takeBack?.(letter);
  if (undone === 'refused') return { kind: 'refused', why: 'decided' };
  const { submissionId } = letter;
  // Where its submission lies now: somebody may have moved it, or two cases became one.
  const caseId = submissionId === null ? null : ((await findSubmission(tx, submissionId))?.caseId ?? letter.caseId);
  if (caseId !== null && submissionId !== null) await reopenItems(tx, act.actor, { caseId, submissionId });
  await db
    .updateTable('scan_letter')
    .set((eb) => ({
      state: 'open',
      aside_reason: null,
      aside_at: null,
      case_id: submissionId === null ? null : caseId,
      notice_id: null,
      returned_document_id: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', letterId)
    .execute();
  await record(tx, act.actor, letter, 'taken-up');
  return { kind: 'changed', letterId, ...(undone === 'kept' && { kept: true }) };
}
