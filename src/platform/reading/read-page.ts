import type { Sharp } from 'sharp';
import type { Raster } from '../media/pdfium.ts';
import type { PageContent } from '../media/pdfium-text.ts';
import { strokesBeside, wordsBesideText } from './beside-text.ts';
import { type Layout, type Ocr, type ReadableLanguage, readableLanguages } from './ocr.ts';
import type { Mat, OpenCv } from './opencv.ts';
import { copyOf, withMats } from './opencv.ts';
import { type PageReading, PICTURE_WIDTH, type Turn, type Word } from './page.ts';
import { evenLight, findSheet, findSlope, flatten, inkOf, shrink, turnBy } from './straighten.ts';
import { trustedWords, turnWords } from './text-layer.ts';

/** Long side of the picture that is recognised: A4 at 200 dpi. */
const OCR_SIDE = 2_339;
/** Long side of the kept picture. */
const KEPT_SIDE = Math.round(PICTURE_WIDTH * Math.SQRT2);
const JPEG_QUALITY = 72;
/** A page with less ink than this share of its surface, away from the edges, is blank. */
const BLANK_SHARE = 0.00012;
/** Up to this much ink a page on which not one word could be read is stained or crumpled, not written on. */
const STAINED_SHARE = 0.004;
/** A piece of the page that is read to see which way is up, and in which script it is written. */
const [PIECE_WIDTH, PIECE_HEIGHT] = [800, 220];
/** Below this share of surely read letters the page may stand on its head. */
const DOUBTFUL = 0.55;
/** A page on its head never gives so many letters, nor such a share of them, that look surely read: such a page is upright and bad. */
const [UPRIGHT_LETTERS, UPRIGHT_SHARE] = [50, 0.1];
/** A piece with so many letters, most of them surely read, settles the way up: the others need not be tried. */
const CLEAR_LETTERS = 40;

export type Tools = {
  readonly cv: OpenCv;
  readonly ocr: () => Promise<Ocr>;
  readonly sharp: (grey: Uint8Array, width: number, height: number) => Sharp;
};

/** Reads a page of a PDF from its drawing and its text layer. */
export async function readPdfPage(
  tools: Tools,
  page: number,
  raster: Raster,
  content: PageContent,
): Promise<PageReading> {
  const layer = trustedWords(content);
  const grey = greyOf(tools.cv, raster);
  try {
    if (layer === undefined) return await readPicture(tools, page, grey, content.pictureShare > 0);
    const words = turnWords(layer.words, layer.turn, raster.width, raster.height);
    const upright = turnQuarter(tools.cv, grey, layer.turn);
    try {
      const beside = await wordsBesideText(tools.cv, tools.ocr, upright, words);
      return await finish(tools, page, upright, [...words, ...beside], {
        turned: layer.turn,
        source: 'text',
        blank: false,
      });
    } finally {
      upright.delete();
    }
  } finally {
    grey.delete();
  }
}

/**
 * Reads a page that is only a picture: looks for the sheet, flattens it, evens out the light, makes the lines level, recognises.
 * `grey` stays the caller's.
 */
export async function readPicture(
  { cv, ...tools }: Tools,
  page: number,
  grey: Mat,
  photographed: boolean,
): Promise<PageReading> {
  const sheet = photographed ? findSheet(cv, grey) : undefined;
  const mats: Mat[] = [];
  const keep = (mat: Mat): Mat => {
    mats.push(mat);
    return mat;
  };
  try {
    const flat = sheet === undefined ? keep(fit(cv, grey, OCR_SIDE)) : keep(flatten(cv, grey, sheet, OCR_SIDE));
    const even = keep(evenLight(cv, flat));
    if (isBlank(cv, even))
      return await finish({ cv, ...tools }, page, even, [], { turned: 0, source: 'none', blank: true });
    const slope = findSlope(cv, even);
    const axis = slope.sideways ? keep(turnQuarter(cv, even, 90)) : even;
    const level = Math.abs(slope.degrees) < 0.2 ? axis : keep(turnBy(cv, axis, slope.degrees, 255));
    const ocr = await tools.ocr();
    const ways: readonly Way[] = ([0, 180, 90, 270] as const).map((turn) => ({
      mat: keep(turnQuarter(cv, level, turn)),
      turned: ((turn + (slope.sideways ? 90 : 0)) % 360) as Turn,
    }));
    const way = await readWhole(cv, ocr, await readBestWay(cv, ocr, ways, slope.sideways));
    const best = await inItsScript(cv, ocr, await readSharpened(cv, ocr, way));
    const source = best.words.length > 0 ? 'ocr' : 'none';
    const blank = weight(best.words) === 0 && inkShare(cv, even) < STAINED_SHARE;
    return await finish({ cv, ...tools }, page, best.mat, blank ? [] : best.words, {
      turned: best.turned,
      source,
      blank,
      ...(best.language === undefined ? {} : { language: best.language }),
    });
  } finally {
    for (const mat of mats) mat.delete();
  }
}

/** A word counts as surely read from here on. */
const SURE = 0.7;

type Way = { readonly mat: Mat; readonly turned: Turn };

type Read = Way & { readonly words: Word[] };

/**
 * Reads the page the likeliest way round. Where that was doubtful, or of a page that lay on its side, a piece read each way tells
 * which way is up.
 */
async function readBestWay(cv: OpenCv, ocr: Ocr, ways: readonly Way[], lay: boolean): Promise<Read> {
  const read = async (way: Way): Promise<Read> => ({ ...way, words: await recognize(ocr, way.mat, 'page') });
  const found = await readLikeliest(cv, ocr, ways, lay, read);
  if (!liesOnItsSide(found.words)) return found;
  let best: Read | undefined;
  for (const way of ways.filter(({ turned }) => (turned - found.turned) % 180 !== 0)) {
    const other = await read(way);
    if (best === undefined || weight(other.words) > weight(best.words)) best = other;
  }
  return best !== undefined && weight(best.words) > weight(found.words) * STILL_READ ? best : found;
}

// biome-ignore format: one signature
async function readLikeliest(cv: OpenCv, ocr: Ocr, ways: readonly Way[], lay: boolean, read: (way: Way) => Promise<Read>): Promise<Read> {
  const [first, second] = ways;
  if (first === undefined) throw new Error('A page has a way up.');
  if (lay) return read(await clearest(cv, ocr, ways.slice(0, 2)));
  const found = await read(first);
  if (certainty(found.words) >= DOUBTFUL || standsUpright(found.words)) return found;
  const clear = await clearest(cv, ocr, ways);
  const other = clear === first && certainty(found.words) < UPSIDE_DOWN ? (second ?? first) : clear;
  if (other === first) return found;
  const again = await read(other);
  return weight(again.words) > weight(found.words) ? again : found;
}

/** The recogniser reads lines that run from top to bottom as well, and says nothing of it: its words are higher than wide then. */
function liesOnItsSide(words: readonly Word[]): boolean {
  const longer = words.filter(({ text, sure }) => sure > SURE && text.length >= 4);
  return longer.length >= FEW_WORDS && longer.filter(({ width, height }) => height > width).length > longer.length / 2;
}

const FEW_WORDS = 5;
/** A page that was put upright reads at least so well, against lying; a drawing with its names along its edge does not. */
const STILL_READ = 0.7;

/** From so many strokes on, and such a share of all, more than a logo and a signature was left unread. */
const [FEWEST_LEFT, LEFT_SHARE] = [40, 0.2];

/**
 * Reads a page again as one block of lines where the recogniser's search for columns passed over much of what it then would have
 * read: specks and wide spaces make it take text for pictures.
 */
async function readWhole(cv: OpenCv, ocr: Ocr, found: Read): Promise<Read> {
  if (certainty(found.words) < DOUBTFUL) return found;
  const letters = found.words.reduce((sum, word) => sum + word.text.length, 0);
  const left = strokesBeside(cv, found.mat, found.words);
  if (left < FEWEST_LEFT || left < LEFT_SHARE * (left + letters)) return found;
  const words = await recognize(ocr, found.mat, 'lines');
  return weight(words) > weight(found.words) ? { ...found, words } : found;
}

/** From this share of surely read letters on, and with less than this share of strokes left over, a page needs no second look. */
const [WELL, LITTLE_LEFT] = [0.75, 0.2];
/** How far and how strongly edges are sharpened: the blur of a photo of some 80 dpi and of a page shrunk to a telephone's screen. */
const [EDGE, STRENGTH] = [2.2, 2];

/** Reads a page that was read badly or in part once more with sharpened edges: small and soft letters come out of it, noise grows by it. */
async function readSharpened(cv: OpenCv, ocr: Ocr, found: Read): Promise<Read> {
  const letters = found.words.reduce((sum, word) => sum + word.text.length, 0);
  if (certainty(found.words) >= WELL && strokesBeside(cv, found.mat, found.words) < LITTLE_LEFT * letters) return found;
  const soft = new cv.Mat();
  try {
    cv.GaussianBlur(found.mat, soft, new cv.Size(0, 0), EDGE);
    cv.addWeighted(found.mat, 1 + STRENGTH, soft, -STRENGTH, 0, soft);
    const words = await recognize(ocr, soft, 'page');
    return weight(words) > weight(found.words) ? { ...found, words } : found;
  } finally {
    soft.delete();
  }
}

/** Print that stands on its head reads about as surely as this; a stamp in the piece that was asked may have hidden it. */
const UPSIDE_DOWN = 0.1;

const standsUpright = (words: readonly Word[]): boolean =>
  weight(words) >= UPRIGHT_LETTERS && certainty(words) >= UPRIGHT_SHARE;

/** Below this share of surely read letters the page may be written in other letters than Latin ones. */
const FOREIGN = 0.35;
/** Noise gives a few letters in any script: so many letters of its own must be surely read before a page is taken to be in one. */
const OWN_LETTERS = 20;
const SCRIPTS: Readonly<Record<ReadableLanguage, RegExp>> = {
  deu: /\p{Script=Latin}/gu,
  ukr: /\p{Script=Cyrillic}/gu,
  ara: /\p{Script=Arabic}/gu,
};

/** Reads a page on which next to nothing was recognised in another script, where a piece of it says that this is one. */
async function inItsScript(cv: OpenCv, ocr: Ocr, found: Read): Promise<Read & { language?: ReadableLanguage }> {
  const lettered = found.words.filter((word) => !/\d/.test(word.text)); // numbers look alike in every script
  if (certainty(lettered) >= FOREIGN) return found;
  let best = { language: 'deu' as ReadableLanguage, weight: weight(await readPiece(cv, ocr, found.mat)) };
  for (const language of readableLanguages.filter((each) => each !== 'deu')) {
    const words = await readPiece(cv, ocr, found.mat, language);
    const own = words
      .filter(({ sure }) => sure > SURE)
      .reduce((n, { text }) => n + (text.match(SCRIPTS[language])?.length ?? 0), 0);
    const read = weight(words);
    if (own >= OWN_LETTERS && read > best.weight * 1.5 + 10) best = { language, weight: read };
  }
  if (best.language === 'deu') return found;
  return { ...found, language: best.language, words: await recognize(ocr, found.mat, 'page', best.language) };
}

/** The way round in which a piece of the page reads best; the first one where it makes no difference. */
async function clearest(cv: OpenCv, ocr: Ocr, ways: readonly Way[]): Promise<Way> {
  let best: { way: Way; weight: number } | undefined;
  for (const way of ways) {
    const words = await readPiece(cv, ocr, way.mat);
    const found = weight(words);
    if (found >= CLEAR_LETTERS && certainty(words) >= DOUBTFUL) return way;
    if (best === undefined || found > best.weight * 1.2 + 5) best = { way, weight: found };
  }
  if (best === undefined) throw new Error('A page has a way up.');
  return best.way;
}

/** Reads the piece of a page that has most ink. */
async function readPiece(cv: OpenCv, ocr: Ocr, mat: Mat, language?: ReadableLanguage): Promise<Word[]> {
  const [width, height] = [Math.min(mat.cols, PIECE_WIDTH), Math.min(mat.rows, PIECE_HEIGHT)];
  const ink = inkOf(cv, mat);
  const { left, top } = densest(ink, width, height);
  ink.delete();
  const { data, cols } = mat;
  const piece = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * cols + left;
    piece.set(data.subarray(from, from + width), y * width);
  }
  return ocr.words(piece, width, height, 'lines', language);
}

/** Where a piece of this size covers most ink: first the rows, then the columns within them. */
function densest(ink: Mat, width: number, height: number): { readonly left: number; readonly top: number } {
  const { data, cols, rows } = ink; // asked for once: the library makes a new view each time
  const inRows = new Float64Array(rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < cols; x += 3) if (data[y * cols + x] === 255) inRows[y] = (inRows[y] ?? 0) + 1;
  const top = fullest(inRows, height);
  const inColumns = new Float64Array(cols);
  for (let y = top; y < top + height; y += 3)
    for (let x = 0; x < cols; x++) if (data[y * cols + x] === 255) inColumns[x] = (inColumns[x] ?? 0) + 1;
  return { left: fullest(inColumns, width), top };
}

/** Where `length` neighbours in a row have the largest sum. */
function fullest(amounts: Float64Array, length: number): number {
  let best = { start: 0, sum: -1 };
  for (let start = 0; start + length <= amounts.length; start += Math.max(1, Math.floor(length / 4))) {
    const sum = amounts.subarray(start, start + length).reduce((a, b) => a + b, 0);
    if (sum > best.sum) best = { start, sum };
  }
  return best.start;
}

const recognize = (ocr: Ocr, mat: Mat, layout: Layout, language?: ReadableLanguage): Promise<Word[]> =>
  ocr.words(mat.data, mat.cols, mat.rows, layout, language);

/** Share of the letters that were read surely, 0 to 1. */
function certainty(words: readonly Word[]): number {
  const letters = words.reduce((sum, word) => sum + word.text.length, 0);
  return letters === 0 ? 0 : weight(words) / letters;
}

/** Letters of words that were read surely and look like words. */
const weight = (words: readonly Word[]): number =>
  words.reduce((sum, word) => sum + (word.sure > SURE && /[\p{L}\p{N}]{2}/u.test(word.text) ? word.text.length : 0), 0);

type Found = Pick<PageReading, 'turned' | 'source' | 'blank' | 'language'>;

/** Keeps a smaller picture of the upright page, and the words at their places on it. */
async function finish(
  { cv, sharp }: Tools,
  page: number,
  upright: Mat,
  words: readonly Word[],
  found: Found,
): Promise<PageReading> {
  const kept = shrink(cv, upright, KEPT_SIDE);
  try {
    const scale = kept.cols / upright.cols;
    const picture = await sharp(kept.data.slice(), kept.cols, kept.rows).jpeg({ quality: JPEG_QUALITY }).toBuffer();
    return {
      page,
      width: kept.cols,
      height: kept.rows,
      ...found,
      words: words.map((word) => ({
        text: word.text,
        x: Math.round(word.x * scale),
        y: Math.round(word.y * scale),
        width: Math.max(1, Math.round(word.width * scale)),
        height: Math.max(1, Math.round(word.height * scale)),
        sure: Math.round(word.sure * 100) / 100,
      })),
      picture: new Uint8Array(picture),
    };
  } finally {
    kept.delete();
  }
}

/** The picture in the size in which it is recognised, enlarged where it is smaller. */
function fit(cv: OpenCv, grey: Mat, side: number): Mat {
  const scale = side / Math.max(grey.cols, grey.rows);
  const fitted = new cv.Mat();
  const size = new cv.Size(Math.max(1, Math.round(grey.cols * scale)), Math.max(1, Math.round(grey.rows * scale)));
  cv.resize(grey, fitted, size, 0, 0, scale < 1 ? cv.INTER_AREA : cv.INTER_CUBIC);
  return fitted;
}

/** True where next to no ink stands on the page; edges of a scan and specks do not count, nor what shines through the paper. */
function isBlank(cv: OpenCv, even: Mat): boolean {
  return inkShare(cv, even) < BLANK_SHARE;
}

/** Share of the page, away from its edges, that strokes of writing cover. */
function inkShare(cv: OpenCv, even: Mat): number {
  return withMats((keep) => {
    const [x, y] = [Math.round(even.cols * 0.04), Math.round(even.rows * 0.04)];
    const inner = keep(even.roi(new cv.Rect(x, y, even.cols - 2 * x, even.rows - 2 * y)));
    const ink = keep(new cv.Mat());
    cv.threshold(inner, ink, 165, 255, cv.THRESH_BINARY_INV);
    const kernel = keep(cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(2, 2)));
    cv.erode(ink, ink, kernel);
    return (cv.mean(ink)[0] ?? 0) / 255;
  });
}

export function turnQuarter(cv: OpenCv, grey: Mat, turn: Turn): Mat {
  if (turn === 0) return copyOf(cv, grey);
  const turned = new cv.Mat();
  cv.rotate(grey, turned, turn === 90 ? 0 : turn === 180 ? 1 : 2);
  return turned;
}

/** Grey (Rec. 601) of a drawn page. The caller deletes it. */
function greyOf(cv: OpenCv, { pixels, width, height }: Raster): Mat {
  const grey = new cv.Mat(height, width, cv.CV_8UC1);
  const { data } = grey;
  for (let i = 0, at = 0; i < width * height; i++, at += 4)
    data[i] = ((pixels[at] ?? 0) * 77 + (pixels[at + 1] ?? 0) * 150 + (pixels[at + 2] ?? 0) * 29) >> 8;
  return grey;
}
