import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { findCase, raiseClearing } from '../../../modules/cases/index.ts';
import { type Document, findDocument, keptPicture, markUnreadable } from '../../../modules/documents/index.ts';
import { caseOfDocument } from '../../../modules/intake/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type MediaType, renderPage } from '../../../platform/media/index.ts';
import { fileLink } from '../../request.ts';
import { widths } from '../case/view.ts';
import { notFound } from '../errors.tsx';
import { below, paths } from '../paths.ts';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { placeholder } from './placeholder.ts';

const allowed: readonly number[] = [widths.strip, ...widths.steps];

/** The paper, if it belongs to a case the reader may see. */
async function readablePaper(tx: Tx, visit: StaffVisit): Promise<{ document: Document; caseId: string } | undefined> {
  const id = visit.c.req.param('id');
  if (!isId(id)) return undefined;
  const caseId = await caseOfDocument(tx, id);
  if (caseId === undefined || (await findCase(tx, visit.reader, caseId)) === undefined) return undefined;
  const document = await findDocument(tx, id);
  return document === undefined || document.erasedAt !== null ? undefined : { document, caseId };
}

/** `derived`: drawn before. `raw`: the bytes to draw from. */
type Found = { readonly document: Document; readonly caseId: string; readonly derived?: Buffer; readonly raw?: Buffer };

/**
 * One page as a picture that we drew; the original's own content never reaches the browser. Pictures in which text can be
 * read are logged; the strip's are too small to read and belong to the read of the case.
 */
async function pagePicture(visit: StaffVisit): Promise<Response> {
  const width = Number(visit.c.req.query('breite') ?? widths.steps[0]);
  const page = Number(visit.c.req.param('page'));
  if (!allowed.includes(width) || !Number.isInteger(page) || page < 1) return notFound(visit);
  const name = `page-${page}-${width}`;
  const found = await inTenant(visit, async (tx): Promise<Found | undefined> => {
    const paper = await readablePaper(tx, visit);
    if (paper === undefined || page > paper.document.pages) return undefined;
    if (width > widths.strip) await recordRead(tx, visit, paper, { page });
    const derived = await visit.services.vault.readDerived(tx, paper.document.id, name);
    if (derived !== undefined) return { ...paper, derived };
    const raw = await visit.services.vault.read(tx, paper.document.id);
    return raw === undefined ? paper : { ...paper, raw };
  });
  if (found === undefined) return notFound(visit);
  if (found.derived !== undefined) return picture(found.derived);
  const drawn =
    found.raw === undefined
      ? undefined
      : await renderPage(found.raw, found.document.mediaType as MediaType, page, width);
  if (drawn === undefined || 'failed' in drawn) {
    await inTenant(visit, (tx) => doubt(tx, found));
    return placeholder(visit, width);
  }
  await inTenant(visit, (tx) => visit.services.vault.keepDerived(tx, found.document.id, name, drawn.bytes));
  return picture(drawn.bytes);
}

/** One page as it was read: upright and straight, so that the places that were compared lie where they were found. */
async function readPicture(visit: StaffVisit): Promise<Response> {
  const page = Number(visit.c.req.param('page'));
  if (!Number.isInteger(page) || page < 1) return notFound(visit);
  const bytes = await inTenant(visit, async (tx) => {
    const paper = await readablePaper(tx, visit);
    if (paper === undefined || page > paper.document.pages) return undefined;
    await recordRead(tx, visit, paper, { page });
    return keptPicture(tx, visit.services.vault, paper.document.id, page);
  });
  return bytes === undefined
    ? notFound(visit)
    : new Response(new Uint8Array(bytes), { headers: { 'Content-Type': 'image/jpeg' } });
}

/** A page that cannot be shown is a matter for a person: it goes into the queue. */
async function doubt(tx: Tx, { document, caseId }: Found): Promise<void> {
  await markUnreadable(tx, document.id);
  if (document.unreadableAt === null) await raiseClearing(tx, caseId, 'unreadable', { documentId: document.id });
}

const picture = (bytes: Uint8Array): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'Content-Type': 'image/webp' } });

const recordRead = (
  tx: Tx,
  visit: StaffVisit,
  { document, caseId }: Found,
  detail: { page?: number; original?: true },
): Promise<void> =>
  recordAudit(tx, visit.actor, {
    action: 'document.read',
    subjectType: 'document',
    subjectId: document.id,
    caseId,
    reason: visit.t('workspace:case.readReason'),
    detail,
  });

/** The original, as a download from a path without cookies; logged here, where the link is made. */
async function original(visit: StaffVisit): Promise<Response> {
  const found = await inTenant(visit, async (tx) => {
    const paper = await readablePaper(tx, visit);
    if (paper !== undefined) await recordRead(tx, visit, paper, { original: true });
    return paper;
  });
  if (found === undefined) return notFound(visit);
  const { services, jobcenter } = visit;
  return visit.c.redirect(fileLink(services.linkKey, jobcenter.id, found.document.id, services.clock.now()), 303);
}

export const documentRoutes: readonly WorkspaceRoute[] = [
  {
    method: 'GET',
    path: '/dokumente/:id/seite/:page',
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { act: pagePicture },
  },
  {
    method: 'GET',
    path: '/dokumente/:id/gelesen/:page',
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { act: readPicture },
  },
  {
    method: 'GET',
    path: below(paths.original(':id')),
    access: 'staff',
    audit: { records: 'document.read' },
    handle: { act: original },
  },
];
