import sharp from 'sharp';
import { decodeImage } from '../media/decode.ts';
import type { MediaType } from '../media/inspection.ts';
import { loadPdfium, type PdfEngine } from '../media/pdfium.ts';
import { type Ocr, openOcr } from './ocr.ts';
import { loadOpenCv } from './opencv.ts';
import type { PageReading } from './page.ts';
import { readPdfPage, readPicture, type Tools } from './read-page.ts';

/** Width at which pages of a PDF are drawn for reading: 200 dpi. */
const DRAWN_WIDTH = 1_654;
/** Long side of an image file before anything is done with it. */
const LARGEST_SIDE = 3_400;

/** A file that can be read page by page. */
export type OpenFile = {
  readonly pages: number;
  /** Reads one page (1-based); throws when it cannot be opened. */
  readonly read: (page: number) => Promise<PageReading>;
  readonly close: () => void;
};

export type ReadingEngine = {
  readonly open: (bytes: Uint8Array, mediaType: MediaType, pages: number) => OpenFile;
};

/** What a reading process works with; libraries are loaded when they are first needed. */
export async function openReadingEngine(): Promise<ReadingEngine> {
  const { cv } = await loadOpenCv();
  const pdfium: PdfEngine = await loadPdfium();
  let ocr: Promise<Ocr> | undefined;
  const tools: Tools = {
    cv,
    ocr: () => {
      ocr ??= openOcr();
      return ocr;
    },
    sharp: (grey, width, height) => sharp(grey, { raw: { width, height, channels: 1 } }),
  };
  return {
    open: (bytes, mediaType, pages) =>
      mediaType === 'application/pdf' ? openPdf(tools, pdfium, bytes) : openImage(tools, bytes, mediaType, pages),
  };
}

function openPdf(tools: Tools, pdfium: PdfEngine, bytes: Uint8Array): OpenFile {
  const document = pdfium.open(bytes);
  if (typeof document === 'string') throw new Error(`The file is ${document}.`);
  return {
    pages: document.pages,
    read: async (page) => {
      const raster = document.draw(page - 1, DRAWN_WIDTH);
      const content = raster && document.content(page - 1, raster.width, raster.height);
      if (raster === undefined || content === undefined) throw new Error('The page cannot be opened.');
      return readPdfPage(tools, page, raster, content);
    },
    close: () => document.close(),
  };
}

function openImage(
  tools: Tools,
  bytes: Uint8Array,
  mediaType: Exclude<MediaType, 'application/pdf'>,
  pages: number,
): OpenFile {
  return {
    pages,
    read: async (page) => {
      const image = await decodeImage(bytes, mediaType, page, false);
      const { data, info } = await image
        .resize({ width: LARGEST_SIDE, height: LARGEST_SIDE, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const grey = tools.cv.matFromArray(info.height, info.width, tools.cv.CV_8UC1, data);
      try {
        return await readPicture(tools, page, grey, true);
      } finally {
        grey.delete();
      }
    },
    close: () => undefined,
  };
}
