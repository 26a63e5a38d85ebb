import type { Mat, OpenCv } from './opencv.ts';
import { withMats } from './opencv.ts';
import { type Corners, holds, inkPoints, type Point, sheetByEdges } from './sheet-edges.ts';

/** Long side of the small copy on which the sheet and its slope are looked for. */
const SMALL = 640;
const SMALLEST_SHEET = 0.2;

/** A grey copy whose long side is at most `long` pixels. The caller deletes it. */
export function shrink(cv: OpenCv, grey: Mat, long: number): Mat {
  const scale = Math.min(1, long / Math.max(grey.cols, grey.rows));
  const small = new cv.Mat();
  const size = new cv.Size(Math.max(1, Math.round(grey.cols * scale)), Math.max(1, Math.round(grey.rows * scale)));
  cv.resize(grey, small, size, 0, 0, cv.INTER_AREA);
  return small;
}

/**
 * The four corners of a sheet of paper on another ground, in pixels of the picture: top left, top right, bottom right, bottom
 * left; a corner may lie a little outside. Undefined when the sheet fills the picture, or no sheet can be told from the ground.
 */
export function findSheet(cv: OpenCv, grey: Mat): Corners | undefined {
  return withMats((keep) => {
    const small = keep(shrink(cv, grey, SMALL));
    const scale = grey.cols / small.cols;
    const smooth = keep(new cv.Mat());
    // Closing takes the writing away, so that the sheet is one bright surface.
    const kernel = keep(cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(13, 13)));
    cv.dilate(small, smooth, kernel);
    cv.erode(smooth, smooth, kernel);
    cv.GaussianBlur(smooth, smooth, new cv.Size(5, 5), 0);
    const ink = inkPoints(small, smooth);
    const corners = sheetByEdges(cv, smooth, ink) ?? sheetByBrightness(cv, smooth);
    if (corners === undefined || fills(corners, small) || !holds(corners, ink)) return undefined;
    const [a, b, c, d] = corners.map(([x, y]): Point => [x * scale, y * scale]);
    return a && b && c && d && [a, b, c, d];
  });
}

/** True where the corners are those of the picture. */
function fills(corners: Corners, { cols, rows }: Mat): boolean {
  const near = 0.03 * Math.max(cols, rows);
  const outer: Corners = [
    [0, 0],
    [cols, 0],
    [cols, rows],
    [0, rows],
  ];
  return corners.every(([x, y], i) => Math.hypot(x - (outer[i]?.[0] ?? 0), y - (outer[i]?.[1] ?? 0)) < near);
}

/** The brightest surface of four corners, on a darker ground. */
function sheetByBrightness(cv: OpenCv, smooth: Mat): Corners | undefined {
  return withMats((keep) => {
    const mask = keep(new cv.Mat());
    cv.threshold(smooth, mask, 0, 255, cv.THRESH_BINARY + cv.THRESH_OTSU);
    const bright = cv.mean(mask)[0] ?? 0;
    if (bright > 253 || bright < 255 * SMALLEST_SHEET) return undefined;
    const contours = keep(new cv.MatVector());
    cv.findContours(mask, contours, keep(new cv.Mat()), cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE);
    let best: { points: Point[]; area: number } | undefined;
    for (let i = 0; i < contours.size(); i++) {
      const contour = keep(contours.get(i));
      const hull = keep(new cv.Mat());
      cv.convexHull(contour, hull);
      const area = cv.contourArea(hull);
      if (area < smooth.cols * smooth.rows * SMALLEST_SHEET || area <= (best?.area ?? 0)) continue;
      if (cv.contourArea(contour) < area * 0.8) continue; // ragged: not a sheet
      const corners = quadOf(cv, hull, keep);
      if (corners !== undefined) best = { points: corners, area };
    }
    const [a, b, c, d] = best === undefined ? [] : inOrder(best.points);
    return a && b && c && d && standsOut(smooth, [a, b, c, d]) ? [a, b, c, d] : undefined;
  });
}

/** A step in brightness that a sheet makes on its ground. */
const STEP = 22;
const ASIDE = 7;

/** True where nearly every edge that lies within the picture is a step from bright paper to darker ground. */
function standsOut(picture: Mat, corners: readonly Point[]): boolean {
  const middle = corners.reduce<Point>(([x, y], p) => [x + p[0] / 4, y + p[1] / 4], [0, 0]);
  let [edges, steps] = [0, 0];
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % 4] ?? from;
    const length = Math.max(1, Math.hypot(to[0] - from[0], to[1] - from[1]));
    let [nx, ny] = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
    if (nx * (middle[0] - from[0]) + ny * (middle[1] - from[1]) < 0) [nx, ny] = [-nx, -ny];
    const differences: number[] = [];
    for (let part = 1; part < 20; part++) {
      const [x, y] = [from[0] + ((to[0] - from[0]) * part) / 20, from[1] + ((to[1] - from[1]) * part) / 20];
      const inner = brightness(picture, x + nx * ASIDE, y + ny * ASIDE);
      const outer = brightness(picture, x - nx * ASIDE, y - ny * ASIDE);
      if (inner !== undefined && outer !== undefined) differences.push(inner - outer);
    }
    if (differences.length < 6) return;
    edges += 1;
    if (differences.filter((difference) => difference > STEP).length > differences.length * 0.6) steps += 1;
  });
  return edges > 0 && steps >= edges * 0.74;
}

function brightness(picture: Mat, x: number, y: number): number | undefined {
  const [column, row] = [Math.round(x), Math.round(y)];
  if (column < 0 || row < 0 || column >= picture.cols || row >= picture.rows) return undefined;
  return picture.data[row * picture.cols + column];
}

function quadOf(cv: OpenCv, hull: Mat, keep: <M extends { delete(): void }>(mat: M) => M): Point[] | undefined {
  const around = cv.arcLength(hull, true);
  for (let epsilon = 0.01; epsilon <= 0.08; epsilon += 0.005) {
    const outline = keep(new cv.Mat());
    cv.approxPolyDP(hull, outline, around * epsilon, true);
    if (outline.rows < 4) return undefined;
    if (outline.rows === 4)
      return Array.from(
        { length: 4 },
        (_, i) => [outline.data32S[i * 2] ?? 0, outline.data32S[i * 2 + 1] ?? 0] as const,
      );
  }
  return undefined;
}

/** Top left first, clockwise. */
function inOrder(points: readonly Point[]): Point[] {
  const sum = points.toSorted((a, b) => a[0] + a[1] - b[0] - b[1]);
  const difference = points.toSorted((a, b) => a[1] - a[0] - b[1] + b[0]);
  return [sum[0], difference[0], sum[3], difference[3]].filter((p) => p !== undefined);
}

/** Long against short side of a sheet of A4, and what a camera that is held askew makes of it. */
const A4 = Math.SQRT2;
const [LEAST_A4, MOST_A4] = [1.12, 1.78];

/** Its size in pixels: as a camera sees it from an angle, paper looks shorter than it is; nearly all that comes is A4, where the picture has the `whole` of it. */
function sizeOf(wide: number, high: number, long: number, whole: boolean): readonly [width: number, height: number] {
  const [larger, smaller] = [Math.max(wide, high), Math.min(wide, high)];
  const ratio = larger / smaller;
  const short = Math.round(long / (whole && ratio > LEAST_A4 && ratio < MOST_A4 ? A4 : ratio));
  return wide > high ? [long, short] : [short, long];
}

/** The sheet seen from straight above, `long` pixels at its long side. The caller deletes it. */
export function flatten(cv: OpenCv, grey: Mat, corners: Corners, long: number): Mat {
  return withMats((keep) => {
    const [a, b, c, d] = corners;
    const wide = Math.max(Math.hypot(b[0] - a[0], b[1] - a[1]), Math.hypot(c[0] - d[0], c[1] - d[1]));
    const high = Math.max(Math.hypot(d[0] - a[0], d[1] - a[1]), Math.hypot(c[0] - b[0], c[1] - b[1]));
    const whole = corners.every(([x, y]) => x >= 0 && y >= 0 && x <= grey.cols && y <= grey.rows);
    const [width, height] = sizeOf(wide, high, long, whole);
    const from = keep(cv.matFromArray(4, 1, cv.CV_32FC2, corners.flat()));
    const to = keep(cv.matFromArray(4, 1, cv.CV_32FC2, [0, 0, width, 0, width, height, 0, height]));
    const flat = new cv.Mat();
    cv.warpPerspective(
      grey,
      flat,
      keep(cv.getPerspectiveTransform(from, to)),
      new cv.Size(width, height),
      cv.INTER_LINEAR,
      cv.BORDER_REPLICATE,
    );
    return flat;
  });
}

/** Evens out shadows and coloured light: every place is measured against the paper around it. The caller deletes the result. */
export function evenLight(cv: OpenCv, grey: Mat): Mat {
  return withMats((keep) => {
    const small = keep(shrink(cv, grey, 400));
    const kernel = keep(cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(11, 11)));
    cv.dilate(small, small, kernel);
    cv.medianBlur(small, small, 21);
    const paper = keep(new cv.Mat());
    cv.resize(small, paper, new cv.Size(grey.cols, grey.rows), 0, 0, cv.INTER_LINEAR);
    const even = new cv.Mat();
    cv.divide(grey, paper, even, 255);
    return even;
  });
}

/** Dark points on white, as 0 and 255 (255 = ink), of an evenly lit page. The caller deletes it. */
export function inkOf(cv: OpenCv, grey: Mat): Mat {
  const ink = new cv.Mat();
  cv.adaptiveThreshold(grey, ink, 255, cv.ADAPTIVE_THRESH_GAUSSIAN_C, cv.THRESH_BINARY_INV, 31, 18);
  return ink;
}

/** Edges of a scan and folds are no lines of writing: rows are summed away from the margins, and no row counts for more. */
const MARGIN = 0.07;
const FULLEST_ROW = 0.3;

/** How clearly lines stand apart when the picture is read in rows: the roughness of the row sums. */
function lineContrast(ink: Mat): number {
  const { data, cols } = ink;
  const [left, right] = [Math.floor(cols * MARGIN), Math.ceil(cols * (1 - MARGIN))];
  const top = Math.floor(ink.rows * MARGIN);
  const rows = ink.rows - 2 * top;
  const sums = new Float64Array(rows);
  for (let y = 0; y < rows; y++) {
    let sum = 0;
    for (let x = left, at = (y + top) * cols; x < right; x++) sum += data[at + x] ?? 0;
    sums[y] = Math.min(FULLEST_ROW, sum / 255 / (right - left));
  }
  let rough = 0;
  for (let y = 1; y < rows; y++) rough += ((sums[y] ?? 0) - (sums[y - 1] ?? 0)) ** 2;
  return rough / rows;
}

/**
 * The slope of the lines of a page, -8 to 8 degrees (positive: they fall to the right), and whether they run from top to bottom
 * instead of from left to right.
 */
export function findSlope(cv: OpenCv, even: Mat): { readonly degrees: number; readonly sideways: boolean } {
  return withMats((keep) => {
    const small = keep(shrink(cv, even, 900));
    const ink = keep(inkOf(cv, small));
    const side = keep(new cv.Mat());
    cv.rotate(ink, side, 0);
    const upright = steepest(cv, ink);
    const lying = steepest(cv, side);
    return lying.contrast > upright.contrast * 1.15
      ? { degrees: lying.degrees, sideways: true }
      : { degrees: upright.degrees, sideways: false };
  });
}

function steepest(cv: OpenCv, ink: Mat): { degrees: number; contrast: number } {
  let best = { degrees: 0, contrast: lineContrast(ink) * 1.02 };
  const look = (degrees: number): void => {
    const turned = turnBy(cv, ink, degrees, 0);
    const contrast = lineContrast(turned);
    turned.delete();
    if (contrast > best.contrast) best = { degrees, contrast };
  };
  for (let degrees = -8; degrees <= 8; degrees += 1) look(degrees);
  const around = best.degrees;
  for (const step of [-0.75, -0.5, -0.25, 0.25, 0.5, 0.75]) look(around + step);
  return best;
}

/** A copy turned around its middle, counter-clockwise for positive degrees as lines that fall become level. The caller deletes it. */
export function turnBy(cv: OpenCv, grey: Mat, degrees: number, ground: number): Mat {
  return withMats((keep) => {
    const matrix = keep(cv.getRotationMatrix2D(new cv.Point(grey.cols / 2, grey.rows / 2), degrees, 1));
    const turned = new cv.Mat();
    cv.warpAffine(
      grey,
      turned,
      matrix,
      new cv.Size(grey.cols, grey.rows),
      cv.INTER_LINEAR,
      cv.BORDER_CONSTANT,
      new cv.Scalar(ground),
    );
    return turned;
  });
}
