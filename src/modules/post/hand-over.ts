import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { findDocument } from '../documents/index.ts';
import { submissionOfDocument } from '../intake/index.ts';
import type { PostTables } from './batch.ts';
import { pagesOfLetter } from './letters.ts';
import { keptPage, type PageStore } from './page-store.ts';

/**
 * What was read on the pages of a letter while it lay in its stack, numbered as in the letter's own document: it is not read a
 * second time. Left out are pages that could not be read, that a person had to turn (what was read there is noise), or that an
 * older method read; nothing at all for a document that is no letter of a stack, or when the stack is gone.
 */
export async function readInStack(tx: Tx, store: PageStore, documentId: string): Promise<PageReading[]> {
  const letter = await letterOf(tx, documentId);
  const document = letter && (await findDocument(tx, documentId));
  const pages = letter && (await pagesOfLetter(tx, letter.id));
  if (letter?.stackId == null || pages?.length !== document?.pages) return [];
  const read: PageReading[] = [];
  for (const [index, page] of (pages ?? []).entries()) {
    const kept =
      page.state === 'read' && page.turn === 0 ? await keptPage(tx, store, letter.stackId, page.page) : undefined;
    // The letter's document was cut out upright.
    if (kept !== undefined) read.push({ ...kept, page: index + 1, turned: 0 });
  }
  return read;
}

/** The letter a document was cut out for, and the document of its stack. */
async function letterOf(tx: Tx, documentId: string): Promise<{ id: string; stackId: string | null } | undefined> {
  const submissionId = await submissionOfDocument(tx, documentId);
  if (submissionId === undefined) return undefined;
  return tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .innerJoin('scan_batch', 'scan_batch.id', 'scan_letter.batch_id')
    .select(['scan_letter.id', 'scan_batch.document_id as stackId'])
    .where('scan_letter.submission_id', '=', submissionId)
    .executeTakeFirst();
}
