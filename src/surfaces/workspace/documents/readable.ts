import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { type CaseDetail, findCase } from '../../../modules/cases/index.ts';
import { type Document, findDocument } from '../../../modules/documents/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { caseOfShownPaper } from '../../letter-origin.ts';
import { isRefresh } from '../enforce.ts';
import type { StaffVisit } from '../visit.ts';

/** A paper that the reader may see, with the case it belongs to. */
export type ReadablePaper = { readonly document: Document; readonly case: CaseDetail };

/** The paper, if it belongs to a case the reader may see; a blackened copy belongs where its original does. */
export async function readablePaper(tx: Tx, visit: StaffVisit, id: string): Promise<ReadablePaper | undefined> {
  if (!isId(id)) return undefined;
  const caseId = await caseOfShownPaper(tx, id);
  const found = caseId === undefined ? undefined : await findCase(tx, visit.reader, caseId);
  const document = found === undefined ? undefined : await findDocument(tx, id);
  return found === undefined || document === undefined || document.erasedAt !== null
    ? undefined
    : { document, case: found };
}

/** Every look at a page, and every file that is handed out, an original or a blackened copy, stands in the log of its case. */
export const recordRead = (
  tx: Tx,
  visit: StaffVisit,
  paper: { readonly document: Document; readonly caseId: string },
  detail: { page?: number; original?: true; copy?: true },
): Promise<void> =>
  recordAudit(tx, visit.actor, {
    action: 'document.read',
    subjectType: 'document',
    subjectId: paper.document.id,
    caseId: paper.caseId,
    reason: visit.t('workspace:case.readReason'),
    // A page renews itself; a file is handed out once for each time it is asked for.
    detail: isRefresh(visit.c) && !(detail.original ?? detail.copy) ? { ...detail, renewed: true } : detail,
  });
