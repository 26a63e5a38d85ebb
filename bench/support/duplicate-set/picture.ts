import sharp, { type Sharp } from 'sharp';
import { createRandom, type Random } from '../../../src/main/demo/random.ts';

/** Raw pixels, row by row. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** The picture for sharp. */
export const open = ({ data, width, height, channels }: Picture): Sharp =>
  sharp(data, { raw: { width, height, channels } });

/** What sharp made, as raw pixels. */
export async function raw(image: Sharp): Promise<Picture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3 };
}

/** The same for changes that keep the channels: sharp makes three of one where it is not told otherwise. */
export const edit = (picture: Picture, change: (image: Sharp) => Sharp): Promise<Picture> =>
  raw(picture.channels === 1 ? change(open(picture)).toColourspace('b-w') : change(open(picture)));

export const grey = (picture: Picture): Promise<Picture> => raw(open(picture).greyscale().toColourspace('b-w'));

/** Nine numbers, row by row, that take points of one plane to another. */
export type Projection = readonly number[];
export type Point = readonly [number, number];

/** The projection that takes four points to four others. */
export function projection(from: readonly Point[], to: readonly Point[]): Projection {
  const rows = from.flatMap(([x, y], i) => {
    const [u, v] = to[i] as Point;
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let i = 0; i < 8; i++) {
    let best = i;
    for (let k = i + 1; k < 8; k++) if (Math.abs(cell(rows, k, i)) > Math.abs(cell(rows, best, i))) best = k;
    [rows[i], rows[best]] = [rows[best] as number[], rows[i] as number[]];
    for (let k = 0; k < 8; k++) {
      if (k === i) continue;
      const factor = cell(rows, k, i) / cell(rows, i, i);
      rows[k] = (rows[k] as number[]).map((value, c) => value - factor * cell(rows, i, c));
    }
  }
  return [...rows.map((row, i) => (row[8] as number) / (row[i] as number)), 1];
}
const cell = (rows: readonly number[][], row: number, column: number): number => rows[row]?.[column] ?? 0;

/** Where a projection takes a point. */
export function project(p: Projection, [x, y]: Point): Point {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = p;
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** How paper lies: shifts of the content in pixels of the page, along its width and on a grid, and the light of that. */
export interface Relief {
  /** Shift downwards for 512 places along the width. */
  readonly curl?: Float32Array;
  /** Shifts on a grid of 48 by 48 cells, x and y one after the other, for creases. */
  readonly crumple?: Float32Array;
  /** Light at the same cells of the grid, 1 is unchanged. */
  readonly shade?: Float32Array;
}

/**
 * Lays a page over a background: each point of the result takes, through the projection, the point of the page (bilinear),
 * or stays background. Gives a new picture of the background's size.
 */
export function lay(page: Picture, onto: Picture, back: Projection, relief: Relief = {}): Picture {
  const { width, height, channels: n } = onto;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = back;
  const out = Uint8Array.from(onto.data);
  const src = page.data;
  const pw = page.width - 1;
  const ph = page.height - 1;
  const stride = page.width * n;
  const { curl, crumple, shade } = relief;
  // Plain numbers and no calls where it can be helped: this loop runs over millions of points a page.
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += n) {
      const w = 1 / (g * x + h * y + i);
      let u = (a * x + b * y + c) * w;
      let v = (d * x + e * y + f) * w;
      if (u < 0 || v < 0 || u >= pw || v >= ph) continue;
      const cx = (u * 47) / pw;
      const cy = (v * 47) / ph;
      if (curl) v += curl[((u * 511) / pw) | 0] as number;
      if (crumple) {
        u += between(crumple, cx, cy, 0);
        v += between(crumple, cx, cy, 2304);
      }
      const light = shade ? between(shade, cx, cy, 0) : 1;
      if (u < 0 || v < 0 || u >= pw || v >= ph) {
        for (let k = 0; k < n; k++) out[at + k] = 235 * light;
        continue;
      }
      const ux = u | 0;
      const vy = v | 0;
      const fx = u - ux;
      const fy = v - vy;
      const right = fx * light;
      const left = light - right;
      const p = vy * stride + ux * n;
      for (let k = p, to = at; to < at + n; k++, to++) {
        const top = (src[k] as number) * left + (src[k + n] as number) * right;
        const low = (src[k + stride] as number) * left + (src[k + stride + n] as number) * right;
        const value = top + (low - top) * fy;
        out[to] = value > 255 ? 255 : value;
      }
    }
  }
  return { data: out, width, height, channels: n };
}

function between(grid: Float32Array, x: number, y: number, offset: number): number {
  const ix = x >= 46 ? 46 : x | 0;
  const iy = y >= 46 ? 46 : y | 0;
  const fx = x - ix;
  const fy = y - iy;
  const at = offset + iy * 48 + ix;
  const top = (grid[at] as number) * (1 - fx) + (grid[at + 1] as number) * fx;
  return top * (1 - fy) + ((grid[at + 48] as number) * (1 - fx) + (grid[at + 49] as number) * fx) * fy;
}

/** A prime number of values, so that rows do not repeat. */
const GRAINS = 65_521;
let grains: Float32Array | undefined;

/** Adds noise of about this standard deviation, in place. */
export function addGrain(picture: Picture, r: Random, amount: number): void {
  const source = createRandom('grain');
  grains ??= Float32Array.from({ length: GRAINS }, () => (source.next() + source.next() + source.next() - 1.5) * 2);
  const { data } = picture;
  for (let i = 0, k = r.int(0, GRAINS - 1); i < data.length; i++, k = k + 1 < GRAINS ? k + 1 : 0) {
    const value = (data[i] as number) + (grains[k] as number) * amount;
    data[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
}

/** Multiplies by a map of light (small, grey, 200 is unchanged, stretched over the picture) and by a gain for each channel, in place. */
export async function addLight(picture: Picture, map: Picture, gains: readonly number[]): Promise<void> {
  const { data, width, height, channels: n } = picture;
  const light = await raw(open(map).resize(width, height, { kernel: 'cubic', fit: 'fill' }).toColourspace('b-w'));
  for (let i = 0, at = 0; i < width * height; i++, at += n) {
    const factor = (light.data[i] as number) / 200;
    for (let k = 0; k < n; k++) {
      const value = (data[at + k] as number) * factor * (gains[k] as number);
      data[at + k] = value > 255 ? 255 : value;
    }
  }
}

/** A picture of one colour. */
export function plain(width: number, height: number, colour: readonly number[]): Picture {
  const channels = colour.length === 1 ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  if (channels === 1) data.fill(colour[0] as number);
  else for (let i = 0; i < data.length; i++) data[i] = colour[i % 3] as number;
  return { data, width, height, channels };
}
