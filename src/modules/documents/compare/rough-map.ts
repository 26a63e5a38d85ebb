import type { Sheet } from './pixels.ts';

/** Where there is writing on a page: its darkness against its surroundings, cell by cell; finely, and on half as many cells across. */
export type RoughMap = { readonly fine: Cells; readonly coarse: Cells };
type Cells = { readonly data: Float32Array; readonly cols: number; readonly rows: number; readonly size: number };

/** Cells across a page's width. */
const [FINE, COARSE] = [62, 31];
/** A strip that is longer than so many times its width is no page, and only its upper part is looked at. */
const MOST_ROWS = 4;
/** How far around a cell its surroundings reach, in cells. */
const AROUND = 4;

export const roughMapOf = (sheet: Sheet): RoughMap => ({ fine: cellsOf(sheet, FINE), coarse: cellsOf(sheet, COARSE) });

function cellsOf({ ink, width, height }: Sheet, cols: number): Cells {
  const size = width / cols;
  const rows = Math.max(1, Math.min(MOST_ROWS * cols, Math.floor(height / size)));
  const sums = new Float32Array(cols * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor(y / size)) * cols;
    for (let x = 0; x < width; x++) {
      const at = row + Math.min(cols - 1, Math.floor(x / size));
      sums[at] = (sums[at] as number) + (ink[y * width + x] as number);
    }
  }
  const data = new Float32Array(cols * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < cols; x++) {
      let [sum, n] = [0, 0];
      for (let oy = Math.max(0, y - AROUND); oy <= Math.min(rows - 1, y + AROUND); oy++)
        for (let ox = Math.max(0, x - AROUND); ox <= Math.min(cols - 1, x + AROUND); ox++) {
          sum += sums[oy * cols + ox] as number;
          n += 1;
        }
      data[y * cols + x] = Math.max(0, Math.sqrt(sums[y * cols + x] as number) - Math.sqrt(sum / n));
    }
  return { data, cols, rows, size };
}

/** A placement in cells: the second page's size against the first's, across and down, and how far it is shifted. */
type Fit = {
  readonly likeness: number;
  readonly wide: number;
  readonly high: number;
  readonly dx: number;
  readonly dy: number;
};

/** Where a point of the first page is on the second, and how much larger the second is. */
export type RoughPlacement = {
  readonly map: (x: number, y: number) => readonly [x: number, y: number];
  readonly scale: number;
};

/** Sizes that are tried: a sheet that was cut out of a photo is a little larger or smaller than its frame says. */
const SIZES = [0.86, 0.9, 0.95, 1, 1.05, 1.1, 1.16] as const;
/** The farthest shift, in coarse cells, and the steps of size in which the fine cells are looked at around what the coarse ones said. */
const [SHIFT, FINER] = [4, 0.025];
/** Likeness of two pages' writing below which they are not put over each other, and at a first look. */
const [LEAST_ALIKE, AT_ALL] = [0.36, 0.3];

/** How two pages lie over each other by where there is writing on them; undefined where it stands elsewhere. Some 20 ms. */
export function placeRoughly(a: RoughMap, b: RoughMap): RoughPlacement | undefined {
  const shifts = around(0, SHIFT);
  const coarse = bestFit(a.coarse, b.coarse, SIZES, SIZES, shifts, shifts);
  if (coarse === undefined) return undefined;
  const [dx, dy] = [coarse.dx * 2, coarse.dy * 2];
  const sizes = (size: number): number[] => [-2, -1, 0, 1, 2].map((k) => size + k * FINER);
  const fit = bestFit(a.fine, b.fine, sizes(coarse.wide), sizes(coarse.high), around(dx, 2), around(dy, 2));
  if (fit === undefined) return undefined;
  const cell = a.fine.size;
  const [sx, sy] = [(fit.wide * b.fine.size) / cell, (fit.high * b.fine.size) / cell];
  return { map: (x, y) => [(x + fit.dx * cell) * sx, (y + fit.dy * cell) * sy], scale: Math.sqrt(sx * sy) };
}

/** Sizes and shifts, in coarse cells, of a first look. */
const [FEW_SIZES, FEW_SHIFTS] = [[0.93, 1, 1.07] as const, [-2, -1, 0, 1, 2] as const];

/** Whether two pages may have their writing at the same places; under a millisecond. */
export const placedAtAll = (a: RoughMap, b: RoughMap): boolean =>
  bestFit(a.coarse, b.coarse, FEW_SIZES, FEW_SIZES, FEW_SHIFTS, FEW_SHIFTS, AT_ALL) !== undefined;

const around = (middle: number, reach: number): number[] =>
  Array.from({ length: 2 * reach + 1 }, (_, i) => middle - reach + i);

// biome-ignore format: one signature
function bestFit(a: Cells, b: Cells, wides: readonly number[], highs: readonly number[], dxs: readonly number[], dys: readonly number[], least = LEAST_ALIKE): Fit | undefined {
  let best: Fit | undefined;
  for (const wide of wides)
    for (const high of highs) {
      const columns = columnsOf(a, b, wide);
      for (const dy of dys)
        for (const dx of dxs) {
          const likeness = correlation(a, b, columns, high, dx, dy);
          if (likeness > Math.max(least, best?.likeness ?? 0)) best = { likeness, wide, high, dx, dy };
        }
    }
  return best;
}

/** Which column of B each column of A meets, for shifts from -`EDGE` on; -1 beyond its edge. */
const EDGE = 16;
const columnsOf = (a: Cells, b: Cells, wide: number): Int16Array =>
  Int16Array.from({ length: a.cols + 2 * EDGE }, (_, i) => {
    const x = Math.floor((i - EDGE + 0.5) * wide);
    return x < 0 || x >= b.cols ? -1 : x;
  });

function correlation(a: Cells, b: Cells, columns: Int16Array, high: number, dx: number, dy: number): number {
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let y = 0; y < a.rows; y++) {
    const by = Math.floor((y + dy + 0.5) * high);
    const [rowA, rowB] = [y * a.cols, by < 0 || by >= b.rows ? -1 : by * b.cols];
    for (let x = 0; x < a.cols; x++) {
      const p = a.data[rowA + x] as number;
      const bx = columns[x + dx + EDGE] as number;
      const q = rowB < 0 || bx < 0 ? 0 : (b.data[rowB + bx] as number);
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
    }
  }
  const n = a.rows * a.cols;
  const [va, vb] = [saa - (sa * sa) / n, sbb - (sb * sb) / n];
  return va <= 0 || vb <= 0 ? 0 : (sab - (sa * sb) / n) / Math.sqrt(va * vb);
}
