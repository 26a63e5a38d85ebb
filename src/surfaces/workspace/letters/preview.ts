import { renderPage } from '../../../platform/media/index.ts';
import { letterSource, setLetter } from '../../notice-paper.ts';
import { widths } from '../case/view.ts';
import { placeholder } from '../documents/placeholder.ts';
import { notFound } from '../errors.tsx';
import { inTenant, type StaffVisit } from '../visit.ts';
import { letterAt, recordLetter } from './load.ts';

/** The letter as it would be set now; a fixed one is looked at as a document. Each look is logged. */
async function draftOf(visit: StaffVisit): Promise<Uint8Array | undefined> {
  const source = await inTenant(visit, async (tx) => {
    const at = await letterAt(tx, visit, visit.c.req.param('id') ?? '');
    if (at === undefined || at.notice.state !== 'draft') return undefined;
    await recordLetter(tx, visit, at.notice);
    return letterSource(tx, visit.services, visit.jobcenter, at.case, at.notice);
  });
  return source === undefined ? undefined : (await setLetter(source)).bytes;
}

const headers = { 'Cache-Control': 'private, no-store' };

/** One page of the preview as a picture. */
export async function previewPage(visit: StaffVisit): Promise<Response> {
  const page = Number(visit.c.req.param('page'));
  const width = Number(visit.c.req.query('breite') ?? widths.steps[0]);
  if (!Number.isInteger(page) || page < 1 || !(widths.steps as readonly number[]).includes(width))
    return notFound(visit);
  const bytes = await draftOf(visit);
  if (bytes === undefined) return notFound(visit);
  const drawn = await renderPage(Buffer.from(bytes), 'application/pdf', page, width, 0);
  if ('failed' in drawn) return placeholder(visit, width);
  return new Response(new Uint8Array(drawn.bytes), { headers: { ...headers, 'Content-Type': drawn.mediaType } });
}

/** The preview as the tagged PDF it is. */
export async function previewPdf(visit: StaffVisit): Promise<Response> {
  const bytes = await draftOf(visit);
  if (bytes === undefined) return notFound(visit);
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...headers,
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="Vorschau.pdf"',
    },
  });
}
