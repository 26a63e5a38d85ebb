import { raisePapers } from '../../../modules/cases/index.ts';
import { type Document, keptPageWords, keptPicture, markUnreadable } from '../../../modules/documents/index.ts';
import { factsOfDocuments } from '../../../modules/files/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type MediaType, renderPage, type TurnedPage } from '../../../platform/media/index.ts';
import { fileLink } from '../../request.ts';
import { widths } from '../case/view.ts';
import { notFound } from '../errors.tsx';
import { below, paths } from '../paths.ts';
import { inTenant, type StaffVisit, type WorkspaceRoute } from '../visit.ts';
import { placeholder } from './placeholder.ts';
import { readablePaper, recordRead } from './readable.ts';

const allowed: readonly number[] = [widths.strip, ...widths.steps];

/** `derived`: drawn before. `raw`: the bytes to draw from. */
type Found = {
  readonly document: Document;
  readonly caseId: string;
  readonly turn: TurnedPage['turn'];
  readonly derived?: Buffer;
  readonly raw?: Buffer;
};

/** The paper of the address and the log of it. */
async function paperOf(tx: Tx, visit: StaffVisit): Promise<{ document: Document; caseId: string } | undefined> {
  const paper = await readablePaper(tx, visit, visit.c.req.param('id') ?? '');
  return paper === undefined ? undefined : { document: paper.document, caseId: paper.case.id };
}

/** With `drehung` the page stands upright, as it was read, and is then turned by so many degrees; without it, it is as it came. */
async function turnOf(tx: Tx, visit: StaffVisit, documentId: string, page: number): Promise<TurnedPage['turn']> {
  const asked = visit.c.req.query('drehung');
  if (asked === undefined) return 0;
  const upright = (await keptPageWords(tx, visit.services.vault, documentId, page))?.turned ?? 0;
  const turns = [0, 90, 180, 270] as const;
  return turns.find((each) => each === (upright + Number(asked)) % 360) ?? 0;
}

/**
 * One page as a picture that we drew; the original's own content never reaches the browser. Pictures in which text can be
 * read are logged; the strip's are too small to read and belong to the read of the case.
 */
async function pagePicture(visit: StaffVisit): Promise<Response> {
  const width = Number(visit.c.req.query('breite') ?? widths.steps[0]);
  const page = Number(visit.c.req.param('page'));
  if (!allowed.includes(width) || !Number.isInteger(page) || page < 1) return notFound(visit);
  const nameOf = (turn: number): string => `page-${page}-${width}${turn === 0 ? '' : `-${turn}`}`;
  const found = await inTenant(visit, async (tx): Promise<Found | undefined> => {
    const paper = await paperOf(tx, visit);
    if (paper === undefined || page > paper.document.pages) return undefined;
    if (width > widths.strip) await recordRead(tx, visit, paper, { page });
    const turned = { ...paper, turn: await turnOf(tx, visit, paper.document.id, page) };
    const derived = await visit.services.vault.readDerived(tx, paper.document.id, nameOf(turned.turn));
    if (derived !== undefined) return { ...turned, derived };
    const raw = await visit.services.vault.read(tx, paper.document.id);
    return raw === undefined ? turned : { ...turned, raw };
  });
  if (found === undefined) return notFound(visit);
  if (found.derived !== undefined) return picture(found.derived);
  const drawn =
    found.raw === undefined
      ? undefined
      : await renderPage(found.raw, found.document.mediaType as MediaType, page, width, found.turn);
  if (drawn === undefined || 'failed' in drawn) {
    await inTenant(visit, (tx) => doubt(tx, found));
    return placeholder(visit, width);
  }
  await inTenant(visit, (tx) =>
    visit.services.vault.keepDerived(tx, found.document.id, nameOf(found.turn), drawn.bytes),
  );
  return picture(drawn.bytes);
}

/** One page as it was read: upright and straight, so that the places that were compared lie where they were found. */
async function readPicture(visit: StaffVisit): Promise<Response> {
  const page = Number(visit.c.req.param('page'));
  if (!Number.isInteger(page) || page < 1) return notFound(visit);
  const bytes = await inTenant(visit, async (tx) => {
    const paper = await paperOf(tx, visit);
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
  if (document.unreadableAt === null) await raisePapers(tx, caseId, 'unreadable', [{ documentId: document.id }]);
}

const picture = (bytes: Uint8Array): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'Content-Type': 'image/webp' } });

/** The file, as a download from a path without cookies; logged here, where the link is made: a blackened copy is not its original. */
async function original(visit: StaffVisit): Promise<Response> {
  const found = await inTenant(visit, async (tx) => {
    const paper = await paperOf(tx, visit);
    if (paper === undefined) return undefined;
    const facts = (await factsOfDocuments(tx, [paper.document.id])).get(paper.document.id);
    await recordRead(tx, visit, paper, facts?.copyOf == null ? { original: true } : { copy: true });
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
