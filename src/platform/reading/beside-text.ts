import type { Ocr } from './ocr.ts';
import { copyOf, type Mat, type OpenCv, withMats } from './opencv.ts';
import type { Word } from './page.ts';

/** Strokes as dark as this, on a drawn page without shadows. */
const DARK = 150;
/** Longer than this, in pixels at 200 dpi, a straight stroke is a rule or a frame. */
const RULE = 70;
/** Bounds of a letter or of a word written in one go, in pixels at 200 dpi. */
const [LOWEST, HIGHEST, WIDEST] = [9, 90, 320];
/** Strokes from which on somebody may have written beside the printed text; a logo has fewer. */
const FEWEST_STROKES = 6;
/** How far letters reach over the box that the font claims. */
const OVERHANG = 3;

/**
 * Words that stand on a drawn page but not in its text layer: filled-in form fields, handwriting, a stamp, a picture of text.
 * `page` is upright and stays the caller's; `words` are those of the layer. Nothing is recognised where only rules and a logo are left.
 */
export async function wordsBesideText(
  cv: OpenCv,
  ocr: () => Promise<Ocr>,
  page: Mat,
  words: readonly Word[],
): Promise<Word[]> {
  const rest = restOf(cv, page, words);
  if (rest === undefined) return [];
  try {
    return await (await ocr()).words(rest.data, rest.cols, rest.rows, 'sparse');
  } finally {
    rest.delete();
  }
}

/** The page without its known words and without rules; undefined where next to nothing is left. The caller deletes it. */
function restOf(cv: OpenCv, page: Mat, words: readonly Word[]): Mat | undefined {
  const { rest, strokes } = withoutWords(cv, page, words);
  if (strokes >= FEWEST_STROKES) return rest;
  rest.delete();
  return undefined;
}

/** Strokes of the size of letters that stand on an upright page outside of these words. */
export function strokesBeside(cv: OpenCv, page: Mat, words: readonly Word[]): number {
  const { rest, strokes } = withoutWords(cv, page, words);
  rest.delete();
  return strokes;
}

/** The page without these words and without rules, and how many strokes of the size of letters are left. The caller deletes it. */
function withoutWords(cv: OpenCv, page: Mat, words: readonly Word[]): { rest: Mat; strokes: number } {
  const rest = copyOf(cv, page);
  for (const word of words) whiten(rest, word);
  const strokes = withMats((keep) => {
    const ink = keep(new cv.Mat());
    cv.threshold(rest, ink, DARK, 255, cv.THRESH_BINARY_INV);
    eraseRules(rest, ink);
    const contours = keep(new cv.MatVector());
    cv.findContours(ink, contours, keep(new cv.Mat()), cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE);
    let count = 0;
    for (let i = 0; i < contours.size(); i++) {
      const { width, height } = cv.boundingRect(keep(contours.get(i)));
      if (height >= LOWEST && height <= HIGHEST && width <= WIDEST) count += 1;
    }
    return count;
  });
  return { rest, strokes };
}

/** Takes straight strokes that are longer than any letter off the page and off its ink. */
function eraseRules(page: Mat, ink: Mat): void {
  const { cols, rows, data } = page;
  const strokes = ink.data; // asked for once: the library makes a new view each time
  const rules: number[] = [];
  const run = (start: number, step: number, length: number): void => {
    let from = 0;
    for (let i = 0; i <= length; i++) {
      if (i < length && strokes[start + i * step] === 255) continue;
      if (i - from >= RULE) for (let k = from; k < i; k++) rules.push(start + k * step);
      from = i + 1;
    }
  };
  for (let y = 0; y < rows; y++) run(y * cols, 1, cols);
  for (let x = 0; x < cols; x++) run(x, cols, rows);
  for (const at of rules)
    for (const beside of [at, at - 1, at + 1, at - cols, at + cols]) {
      if (beside < 0 || beside >= data.length) continue;
      data[beside] = 255;
      strokes[beside] = 0;
    }
}

function whiten({ data, cols, rows }: Mat, { x, y, width, height }: Word): void {
  const [left, right] = [Math.max(0, Math.floor(x - OVERHANG)), Math.min(cols, Math.ceil(x + width + OVERHANG))];
  const [top, bottom] = [Math.max(0, Math.floor(y - OVERHANG)), Math.min(rows, Math.ceil(y + height + OVERHANG))];
  for (let row = top; row < bottom; row++) data.fill(255, row * cols + left, row * cols + right);
}
