import { isId } from '../../../kernel/ids.ts';
import { recordAudit } from '../../../modules/audit/index.ts';
import { findDocument } from '../../../modules/documents/index.ts';
import { findBatch, keptPicture, pagesOfBatch, type ScanPage, uprightTurn } from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { kindOf, type MediaType, renderPage } from '../../../platform/media/index.ts';
import { widths } from '../case/view.ts';
import { placeholder } from '../documents/placeholder.ts';
import { notFound } from '../errors.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';

const allowed: readonly number[] = [widths.strip, ...widths.steps];
/** Up to this width the picture that reading made is fine enough. */
const enough = 1_000;

type Source = { readonly bytes: Buffer; readonly mediaType: MediaType; readonly page: number; readonly turn: number };
type Found = {
  readonly documentId: string;
  readonly name: string;
  readonly derived?: Buffer;
  readonly source?: Source;
};

/** One page of a stack as a picture, upright. What can be read on it is logged; a strip's small pictures cannot. */
export async function scanPicture(visit: StaffVisit): Promise<Response> {
  const { id } = visit.c.req.param() as { id?: string };
  const width = Number(visit.c.req.query('breite') ?? widths.steps[0]);
  const number = Number(visit.c.req.param('page'));
  if (!isId(id) || !allowed.includes(width) || !Number.isInteger(number)) return notFound(visit);
  const found = await inTenant(visit, (tx) => find(tx, visit, id, number, width));
  if (found === undefined) return notFound(visit);
  if (found.derived !== undefined) return picture(found.derived);
  const { source } = found;
  const drawn =
    source === undefined
      ? undefined
      : await renderPage(source.bytes, source.mediaType, source.page, width, source.turn as 0);
  if (drawn === undefined || 'failed' in drawn) return placeholder(visit, width);
  const { bytes } = drawn;
  await inTenant(visit, (tx) => visit.services.vault.keepDerived(tx, found.documentId, found.name, bytes));
  return picture(bytes);
}

async function find(tx: Tx, visit: StaffVisit, id: string, number: number, width: number): Promise<Found | undefined> {
  const batch = await findBatch(tx, visit.reader, id);
  const page = batch === undefined ? undefined : (await pagesOfBatch(tx, id)).find((each) => each.page === number);
  if (batch === undefined || batch.documentId === null || page === undefined) return undefined;
  if (width > widths.strip)
    await recordAudit(tx, visit.actor, {
      action: 'document.read',
      subjectType: 'scan-batch',
      subjectId: batch.id,
      reason: visit.t('post:readReason'),
      detail: { page: number },
    });
  const { documentId } = batch;
  const name = `scan-${number}.view-${width}-${uprightTurn(page)}`;
  const derived = await visit.services.vault.readDerived(tx, documentId, name);
  if (derived !== undefined) return { documentId, name, derived };
  const source = await sourceOf(tx, visit, documentId, page, width);
  return source === undefined ? { documentId, name } : { documentId, name, source };
}

/** Small pictures come from the one that reading made, large ones from the scanner's file. */
async function sourceOf(
  tx: Tx,
  visit: StaffVisit,
  documentId: string,
  page: ScanPage,
  width: number,
): Promise<Source | undefined> {
  const { vault } = visit.services;
  const kept = width > enough ? undefined : await keptPicture(tx, vault, documentId, page.page);
  const keptType = kept === undefined ? undefined : kindOf(kept);
  if (kept !== undefined && keptType !== undefined)
    return { bytes: kept, mediaType: keptType, page: 1, turn: page.turn };
  const bytes = await vault.read(tx, documentId);
  const document = await findDocument(tx, documentId);
  if (bytes === undefined || document === undefined) return undefined;
  return { bytes, mediaType: document.mediaType as MediaType, page: page.page, turn: uprightTurn(page) };
}

const picture = (bytes: Uint8Array): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'Content-Type': 'image/webp' } });
