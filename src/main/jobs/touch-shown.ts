import type { Tx } from '../../platform/database/index.ts';
import { caseOfShownPaper } from '../../surfaces/letter-origin.ts';

/**
 * Tells the open pages of a paper's case that more is known of it: its words, kind, sender, language, or that nobody could read it. Nothing happened in
 * the case, so its timeline has no entry of it. The reader that says "is being read" renews itself by this, as the case and the file do.
 */
export async function touchShown(tx: Tx, documentId: string): Promise<void> {
  const caseId = await caseOfShownPaper(tx, documentId);
  if (caseId !== undefined) tx.touch(caseId);
}
