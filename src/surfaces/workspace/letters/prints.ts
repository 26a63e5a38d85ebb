import { dayInGermany } from '../../../kernel/dates.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase } from '../../../modules/cases/index.ts';
import { markLetters, noteDrawn, waitingLetters } from '../../../modules/notices/index.ts';
import { sheetOnTop } from '../../letter-sheet.ts';
import { printBundle } from '../../print-bundle.ts';
import { one } from '../../request.ts';
import { notFound } from '../errors.tsx';
import { parseDay } from '../parse.ts';
import { paths, withQuery } from '../paths.ts';
import { inTenant, type StaffVisit } from '../visit.ts';
import { sidesOf } from './sides.tsx';

/** All letters that wait for the printer as one PDF: the bytes that were released, behind a sheet where they need one; each on sheets of its own. */
export async function printLetters(visit: StaffVisit): Promise<Response> {
  const papers = await inTenant(visit, async (tx) => {
    const found: Uint8Array[] = [];
    const drawn: string[] = [];
    for (const letter of await waitingLetters(tx, visit.reader, 'print')) {
      if (letter.documentId === null) continue;
      const bytes = await visit.services.vault.read(tx, letter.documentId);
      if (bytes === undefined) continue;
      await recordAudit(tx, visit.actor, {
        action: 'document.read',
        subjectType: 'document',
        subjectId: letter.documentId,
        caseId: letter.caseId,
        reason: visit.t('notices:print.readReason'),
        detail: { original: true },
      });
      const own = await findCase(tx, visit.reader, letter.caseId);
      const sheet = own && (await sheetOnTop(tx, visit.services, visit.jobcenter, own, letter));
      if (sheet !== undefined) found.push(sheet);
      found.push(bytes);
      drawn.push(letter.id);
    }
    await noteDrawn(tx, visit.actor, drawn);
    return found;
  });
  if (papers.length === 0) return notFound(visit);
  const pdf = await printBundle(papers, sidesOf(visit), visit.services.clock.now());
  return new Response(pdf, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="Briefe.pdf"',
      'Cache-Control': 'private, no-store',
    },
  });
}

/** Notes that those on the page are on paper, or were handed to the post on a day that is not to come. */
export async function markLetterPrints(visit: StaffVisit): Promise<Response> {
  const ids = [visit.input['letter'] ?? []].flat();
  const posted = one(visit.input, 'tun') === 'post';
  const today = dayInGermany(visit.services.clock.now());
  const day = posted ? parseDay(one(visit.input, 'day')) : today;
  if (day === undefined || day > today) return visit.c.redirect(withQuery(paths.printQueue, { fehlt: 'tag' }), 303);
  const noted = await inTenant(visit, (tx) =>
    markLetters(tx, visit.actor, visit.reader, { ids, ...(posted ? { done: 'posted', day } : { done: 'printed' }) }),
  );
  if (noted < ids.length)
    return visit.c.redirect(withQuery(paths.printQueue, { fehlt: posted ? 'freigabe' : 'druck' }), 303);
  return visit.c.redirect(withQuery(paths.printQueue, { ok: posted ? 'post' : 'brief' }), 303);
}
