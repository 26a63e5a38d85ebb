import { type Inspection, MAX_PAGES, refused } from './inspection.ts';
import { scanPdf } from './pdf-scan.ts';
import type { PdfDocument, PdfEngine } from './pdfium.ts';

/** The one embedded file that honest papers carry: the data of an e-invoice (Factur-X/ZUGFeRD, XRechnung in PDF/A-3). */
const INVOICE_DATA = new Set(['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml']);
/** Width in pixels of the trial drawing when a document is examined thoroughly, and how many pages are tried. */
const TRIAL = { width: 200, pages: 20 };
/** The end of the file must say where its table of contents is; readers look for it in the last part only. */
const TAIL = 2048;

/**
 * Judges a PDF: whole, without a password, without code, with pages that exist. PDFium opens it; the search for code is
 * ours, because code may stand in places PDFium does not tell about.
 */
export function judgePdf(engine: PdfEngine, bytes: Buffer, thorough: boolean): Inspection {
  if (!bytes.subarray(-TAIL).includes('startxref')) return refused('broken');
  const document = engine.open(bytes);
  if (typeof document === 'string') return refused(document);
  try {
    return judgeOpen(document, bytes, thorough);
  } finally {
    document.close();
  }
}

function judgeOpen(document: PdfDocument, bytes: Buffer, thorough: boolean): Inspection {
  const { pages } = document;
  if (pages < 1) return refused('broken');
  if (pages > MAX_PAGES) return refused('too-many-pages');
  if (document.xfa || document.scripts > 0) return refused('scripted');
  let scan = scanPdf(bytes);
  if (!scan.active && (scan.opaque || document.secured)) {
    const copy = document.rewritten();
    if (!copy) return refused('broken');
    scan = scanPdf(copy);
    if (scan.opaque && !scan.active) return refused('broken');
  }
  if (scan.active) return refused('scripted');
  const { attachmentNames: names } = document;
  if (scan.attachments > 0 || names.length > 0) {
    const invoice = names.length === 1 && INVOICE_DATA.has(names[0]?.toLowerCase() ?? '');
    if (!invoice || scan.attachments > 2) return refused('scripted');
  }
  if (!document.hasPage(0) || !document.hasPage(pages - 1)) return refused('broken');
  if (thorough) {
    for (let page = 0; page < pages; page++) if (!document.hasPage(page)) return refused('broken');
    for (let page = 0; page < Math.min(pages, TRIAL.pages); page++)
      if (!document.draw(page, TRIAL.width)) return refused('broken');
  }
  return { ok: true, mediaType: 'application/pdf', pages };
}
