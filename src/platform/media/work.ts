import type { Sharp } from 'sharp';
import { readCodes } from './codes.ts';
import { type JpegPage, writeImagePdf } from './image-pdf.ts';
import { MAX_HEIGHT, type MediaType } from './inspection.ts';
import { judgePdf } from './judge-pdf.ts';
import { loadPdfium, type PdfEngine } from './pdfium.ts';
import type { CoveredPage, MediaAnswer, MediaTask, TurnedPage } from './task.ts';

/** An engine that has grown beyond this is thrown away with its thread: WebAssembly gives no memory back. */
const TIRED_BYTES = 96 * 1024 * 1024;
/** Long side of a photo in a joined document, in pixels: A4 at 200 dpi. */
const JOIN_SIDE = 2_400;
const JPEG_QUALITY = 82;
const WEBP = { quality: 80, effort: 2 } as const;

/** What a media thread does. It lives in its own file so that the thread's program only wires. */
export interface MediaWorkshop {
  readonly handle: (task: MediaTask) => Promise<MediaAnswer>;
  readonly tired: () => boolean;
}

/** Loads what judging a PDF needs; the image libraries follow with the first picture. */
export async function openWorkshop(): Promise<MediaWorkshop> {
  const engine = await loadPdfium();
  let worn = false;
  return {
    tired: () => worn || engine.memory() > TIRED_BYTES,
    handle: async (task) => {
      try {
        if (usesHeic(task)) worn = true;
        return await perform(engine, task);
      } catch (error) {
        // A trap in PDFium or libheif leaves an engine nobody should use again; a decoder's error is only an answer.
        if (error instanceof WebAssembly.RuntimeError || task.kind === 'judge-pdf') worn = true;
        return { kind: 'failed', reason: reasonOf(error) };
      }
    },
  };
}

/** The HEIC decoder keeps the memory of the largest photo it saw: its thread ends with the task. */
const usesHeic = (task: MediaTask): boolean =>
  task.kind === 'join'
    ? task.images.some((image) => image.mediaType === 'image/heic')
    : 'mediaType' in task && task.mediaType === 'image/heic';

const reasonOf = (error: unknown): 'too-many-pixels' | 'timeout' | 'broken' => {
  const message = error instanceof Error ? error.message : '';
  return /pixel limit/.test(message) ? 'too-many-pixels' : /timeout/.test(message) ? 'timeout' : 'broken';
};

async function perform(engine: PdfEngine, task: MediaTask): Promise<MediaAnswer> {
  switch (task.kind) {
    case 'judge-pdf':
      return { kind: 'inspection', inspection: judgePdf(engine, asBuffer(task.bytes), task.thorough) };
    case 'decode':
      return decodeAll(task.bytes, task.mediaType, task.pages);
    case 'draw':
      return task.mediaType === 'application/pdf'
        ? drawPdf(engine, task.bytes, task.page, task.width, task.turn)
        : drawImage(task.bytes, task.mediaType, task.page, task.width, task.turn);
    case 'join': {
      const pages: JpegPage[] = [];
      for (const image of task.images)
        for (let page = 1; page <= image.pages; page++) pages.push(await toJpeg(image.bytes, image.mediaType, page));
      return { kind: 'document', bytes: writeImagePdf(pages) };
    }
    case 'excerpt':
      return task.mediaType === 'application/pdf'
        ? excerptPdf(engine, task.bytes, task.pages)
        : excerptImage(task.bytes, task.mediaType, task.pages);
    case 'merge': {
      const whole = engine.merge(task.documents, task.filler);
      return whole === undefined
        ? { kind: 'failed', reason: 'broken' }
        : { kind: 'document', bytes: new Uint8Array(whole) };
    }
    case 'cover': {
      const pages: JpegPage[] = [];
      for (const page of task.pages) pages.push(await covered(page));
      return { kind: 'document', bytes: new Uint8Array(writeImagePdf(pages)) };
    }
    case 'ink':
      return { kind: 'ink', share: await inkShare(await imageOf(task.bytes, task.mediaType, 1, false)) };
    case 'codes':
      return { kind: 'codes', texts: await readCodes(await imageOf(task.bytes, task.mediaType, 1, false)) };
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function imageOf(bytes: Uint8Array, mediaType: MediaType, page: number, strict: boolean): Promise<Sharp> {
  if (mediaType === 'application/pdf') throw new Error('A PDF is not an image.');
  const { decodeImage } = await import('./decode.ts');
  return decodeImage(bytes, mediaType, page, strict);
}

async function decodeAll(bytes: Uint8Array, mediaType: MediaType, pages: number): Promise<MediaAnswer> {
  for (let page = 1; page <= pages; page++) await (await imageOf(bytes, mediaType, page, true)).stats();
  return { kind: 'inspection', inspection: { ok: true, mediaType, pages } };
}

function excerptPdf(engine: PdfEngine, bytes: Uint8Array, pages: readonly TurnedPage[]): MediaAnswer {
  const document = engine.open(bytes);
  if (typeof document === 'string') return { kind: 'failed', reason: document };
  const copy = document.excerpt(pages.map(({ page, turn }) => ({ index: page - 1, turn })));
  document.close();
  return copy === undefined ? { kind: 'failed', reason: 'broken' } : { kind: 'document', bytes: new Uint8Array(copy) };
}

async function excerptImage(
  bytes: Uint8Array,
  mediaType: MediaType,
  pages: readonly TurnedPage[],
): Promise<MediaAnswer> {
  const sheets: JpegPage[] = [];
  for (const { page, turn } of pages) sheets.push(await toJpeg(bytes, mediaType, page, turn));
  return { kind: 'document', bytes: new Uint8Array(writeImagePdf(sheets)) };
}

/** Darker than this is print; what shines through from the other side of the paper is paler. */
const PRINT = 110;
/** Edges of a scan are dark by themselves: this part of each side is left out. */
const MARGIN = 0.04;

/** The part of a picture, away from its edges, that is covered with print. */
async function inkShare(image: Sharp): Promise<number> {
  const { data, info } = await image.greyscale().raw().toBuffer({ resolveWithObject: true });
  const [left, top] = [Math.round(info.width * MARGIN), Math.round(info.height * MARGIN)];
  let dark = 0;
  for (let y = top; y < info.height - top; y += 1)
    for (let x = left; x < info.width - left; x += 1)
      if ((data[(y * info.width + x) * info.channels] ?? 255) < PRINT) dark += 1;
  return dark / (info.width * info.height);
}

/** Pixels first upright as the camera meant them, then turned by hand: two turns need two passes. */
async function turned(image: Sharp, turn: number): Promise<Sharp> {
  if (turn === 0) return image;
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { default: sharp } = await import('sharp');
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).rotate(turn);
}

// biome-ignore format: one signature
async function drawPdf(engine: PdfEngine, bytes: Uint8Array, page: number, wanted: number, turn: number): Promise<MediaAnswer> {
  const document = engine.open(bytes);
  if (typeof document === 'string') return { kind: 'failed', reason: document };
  const raster = page >= 1 && page <= document.pages ? document.draw(page - 1, wanted) : undefined;
  document.close();
  if (!raster) return { kind: 'failed', reason: 'broken' };
  const { pixels, width, height } = raster;
  const { default: sharp } = await import('sharp');
  const webp = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .rotate(turn)
    .webp(WEBP)
    .toBuffer({ resolveWithObject: true });
  return pictureOf(webp);
}

// biome-ignore format: one signature
async function drawImage(bytes: Uint8Array, mediaType: MediaType, page: number, wanted: number, turn: number): Promise<MediaAnswer> {
  const image = await turned(await imageOf(bytes, mediaType, page, false), turn);
  const webp = await image
    .resize({ width: wanted, height: MAX_HEIGHT, fit: 'inside', withoutEnlargement: true })
    .webp(WEBP)
    .toBuffer({ resolveWithObject: true });
  return pictureOf(webp);
}

const pictureOf = ({ data, info }: { data: Buffer; info: { width: number; height: number } }): MediaAnswer => ({
  kind: 'picture',
  picture: { bytes: new Uint8Array(data), mediaType: 'image/webp', width: info.width, height: info.height },
});

async function toJpeg(bytes: Uint8Array, mediaType: MediaType, page: number, turn = 0): Promise<JpegPage> {
  const image = await turned(await imageOf(bytes, mediaType, page, false), turn);
  const { data, info } = await image
    .resize({ width: JOIN_SIDE, height: JOIN_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height, gray: info.channels === 1 };
}

/** A page as a picture with black over its places: the pixels beneath are gone, not only hidden. */
async function covered({ picture, places }: CoveredPage): Promise<JpegPage> {
  const { default: sharp } = await import('sharp');
  const { width, height } = await sharp(picture).metadata();
  const { data: pixels, info: raw } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  for (const place of places) {
    const [left, right] = [Math.floor(place.x * width), Math.ceil((place.x + place.width) * width)];
    const [top, bottom] = [Math.floor(place.y * height), Math.ceil((place.y + place.height) * height)];
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y += 1)
      pixels.fill(
        0,
        (y * width + Math.max(0, left)) * raw.channels,
        (y * width + Math.min(width, right)) * raw.channels,
      );
  }
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: raw.channels } })
    .toColourspace('b-w')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height, gray: info.channels === 1 };
}
