import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { eraseDocument, keysOf } from '../documents/index.ts';
import { batchColumns, type PostTables, type ScanBatch, type ScanLetter, type ScanPage } from './batch.ts';
import { lockBatch, pagesOfBatch } from './make-letters.ts';
import { lettersOfBatch } from './queries.ts';
import { nothingSuggested } from './suggestion.ts';

/** Days for which a letter that lies aside keeps the scan of its stack: who has not come back to it for a year does not need it (Art. 17 (1) a DSGVO). */
export const asideDays = 365;

/**
 * The day from which the scanner's file of a batch is deleted: `keepDays` after its last letter was filed (Art. 17 (1) a DSGVO: what the
 * letters' own documents hold is not needed twice), and not before a letter that lies aside has done so for `asideDays`. Undefined while a page is
 * in an open letter, or in none: separator sheets are folded away, and so are blank pages that a person put aside; and where nobody knows since when
 * a letter lies aside.
 */
export function eraseDay(
  batch: Pick<ScanBatch, 'state' | 'documentId' | 'createdAt'>,
  letters: readonly Pick<ScanLetter, 'id' | 'state' | 'filedAt' | 'asideAt'>[],
  pages: readonly Pick<ScanPage, 'letterId' | 'separator' | 'blank'>[],
  keepDays: number,
): Day | undefined {
  if (batch.state !== 'ready' || batch.documentId === null) return undefined;
  const stateOf = new Map(letters.map((letter) => [letter.id, letter.state]));
  const settled = pages.every((page) => {
    const state = page.letterId === null ? undefined : stateOf.get(page.letterId);
    return (
      page.separator ||
      state === 'filed' ||
      state === 'returned' ||
      state === 'aside' ||
      (page.blank && state !== 'open')
    );
  });
  const last = Math.max(batch.createdAt.getTime(), ...letters.map((letter) => letter.filedAt?.getTime() ?? 0));
  if (!settled) return undefined;
  const lying = letters.filter(
    ({ id, state }) => state === 'aside' && pages.some((page) => page.letterId === id && !page.blank),
  );
  const since = lying.flatMap(({ asideAt }) => asideAt ?? []);
  if (since.length < lying.length) return undefined;
  const days = since.map((asideAt) => addDays(dayInGermany(asideAt), asideDays));
  return [addDays(dayInGermany(new Date(last)), keepDays), ...days].reduce((a, b) => (b > a ? b : a));
}

/** Batches without an open letter whose file is still there, in the order of their ids, `size` after the given one. */
export async function endedBatches(tx: Tx, after: string, size: number): Promise<string[]> {
  const rows = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .leftJoin('scan_letter', (join) =>
      join.onRef('scan_letter.batch_id', '=', 'scan_batch.id').on('scan_letter.state', '=', 'open'),
    )
    .select('scan_batch.id')
    .where('scan_batch.id', '>', after)
    .where('scan_batch.state', '=', 'ready')
    .where('scan_batch.document_id', 'is not', null)
    .where('scan_letter.id', 'is', null)
    .orderBy('scan_batch.id')
    .limit(size)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Deletes the scanner's file of a batch, if its day has come: the key is forgotten, and the names and numbers that reading found for
 * its letters; the batch keeps its list. Gives the name of the blob, to be removed after the commit; undefined when it must stay.
 */
export async function eraseBatch(tx: Tx, actor: Actor, batchId: string, keepDays: number): Promise<string | undefined> {
  await lockBatch(tx, batchId);
  const db = tx.tables<PostTables>();
  const batch = await db.selectFrom('scan_batch').select(batchColumns).where('id', '=', batchId).executeTakeFirst();
  if (batch === undefined || batch.documentId === null) return undefined;
  const letters = await lettersOfBatch(tx, batchId);
  const day = eraseDay(batch, letters, await pagesOfBatch(tx, batchId), keepDays);
  if (day === undefined || day > dayInGermany(tx.now)) return undefined;
  const stored = await keysOf(tx, batch.documentId);
  await db.updateTable('scan_batch').set({ document_id: null }).where('id', '=', batchId).execute();
  await eraseDocument(tx, batch.documentId);
  for (const letter of letters) await forgetSuggestion(tx, letter);
  await recordAudit(tx, actor, {
    action: 'scan-batch.erased',
    subjectType: 'scan-batch',
    subjectId: batchId,
    detail: { pages: batch.pages },
  });
  return stored?.blob;
}

/** What a letter is and where its code leads is enough for correcting it; who it may be from was only needed to file it. */
async function forgetSuggestion(tx: Tx, { id, suggestion: { kind, returns } }: ScanLetter): Promise<void> {
  const rest = { ...nothingSuggested, kind, ...(returns === undefined ? {} : { returns }) };
  await tx
    .tables<PostTables>()
    .updateTable('scan_letter')
    .set({ suggestion: JSON.stringify(rest) })
    .where('id', '=', id)
    .execute();
}

/** True for the bytes of a batch that was deleted: whatever copy of them still lies somewhere may go as well. */
export async function isErasedScan(tx: Tx, sha256: Buffer): Promise<boolean> {
  const row = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select('id')
    .where('sha256', '=', sha256)
    .where('state', '=', 'ready')
    .where('document_id', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
