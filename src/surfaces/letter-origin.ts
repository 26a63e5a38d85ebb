import { casesByIds } from '../modules/cases/index.ts';
import { factsOfDocuments } from '../modules/files/index.ts';
import { caseOfDocument } from '../modules/intake/index.ts';
import { letterOfDocument, returnedPapers } from '../modules/notices/index.ts';
import type { Findable } from '../modules/search/index.ts';
import type { Tx } from '../platform/database/index.ts';

/**
 * The case in which a paper lies: it came with a submission, or it is a letter of the office, fixed and waiting or sent, or the picture of one
 * that came back. */
export async function caseOfPaper(tx: Tx, documentId: string): Promise<string | undefined> {
  const own = (await caseOfDocument(tx, documentId)) ?? (await letterOfDocument(tx, documentId))?.caseId;
  return own ?? (await returnedPapers(tx, { documentId }))[0]?.notice.caseId;
}

/** The case in which a paper is looked at: where it lies; a blackened copy belongs where its original does. */
export async function caseOfShownPaper(tx: Tx, documentId: string): Promise<string | undefined> {
  const own = await caseOfPaper(tx, documentId);
  if (own !== undefined) return own;
  const original = (await factsOfDocuments(tx, [documentId])).get(documentId)?.copyOf;
  return original ? caseOfPaper(tx, original) : undefined;
}

/** What the search knows of a letter of the office; undefined for other papers and for letters that were not sent. */
export async function originOfLetter(
  tx: Tx,
  documentId: string,
): Promise<Pick<Findable, 'caseId' | 'topic' | 'author' | 'at'> | undefined> {
  const letter = await letterOfDocument(tx, documentId);
  if (letter === undefined || letter.releasedAt === null) return undefined;
  const [found] = await casesByIds(tx, [letter.caseId]);
  if (found === undefined) return undefined;
  return { caseId: letter.caseId, topic: found.concern, author: letter.begunBy, at: letter.releasedAt };
}
