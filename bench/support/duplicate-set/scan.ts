import type { Random } from '../../../src/main/demo/random.ts';
import {
  addGrain,
  edit,
  grey,
  lay,
  open,
  type Picture,
  type Point,
  type Projection,
  plain,
  project,
  projection,
  raw,
} from './picture.ts';

export type Colour = 'colour' | 'grey' | 'bilevel';
export interface ScanOptions {
  readonly dpi: number;
  readonly colour: Colour;
  /** How badly it lies and how worn the glass is, 0 to 1. */
  readonly wear: number;
}
export interface Scan {
  readonly picture: Picture;
  /** From points of the page (from its top left corner) to pixels of the scan. */
  readonly toPixels: (point: Point) => Point;
}

/** A page, drawn at the given resolution, as it comes from the glass or the feeder of a scanner. */
export async function scan(page: Picture, { dpi, colour, wear }: ScanOptions, r: Random): Promise<Scan> {
  const source = colour === 'colour' ? page : await grey(page);
  const [width, height] = [source.width, source.height];
  const around = r.chance(0.5) ? 255 : r.int(10, 235);
  const onto = plain(width, height, source.channels === 1 ? [around] : [around, around, around]);
  const forth = placed(source, wear, dpi, r);
  let picture = lay(source, onto, inverse(forth, source));
  if (wear > 0.55 && r.chance(0.6)) picture = await edit(picture, (image) => image.blur(0.5 + wear * 0.5));
  darken(picture, wear, r);
  specks(picture, wear, dpi, r);
  addGrain(picture, r, 2 + wear * 9);
  if (colour === 'bilevel') threshold(picture, r.int(128, 190));
  return { picture, toPixels: ([x, y]) => project(forth, [(x * dpi) / 72, (y * dpi) / 72]) };
}

/** Skew up to 2 degrees, scale 97 to 103 %, shift up to 4 mm, at times an edge cut off. */
function placed({ width, height }: Picture, wear: number, dpi: number, r: Random): Projection {
  const angle = ((r.next() - 0.5) * 4 * Math.min(1, 0.2 + wear) * Math.PI) / 180;
  const [sx, sy] = [1 + (r.next() - 0.5) * 0.06 * wear, 1 + (r.next() - 0.5) * 0.06 * wear];
  const mm = dpi / 25.4;
  const cut = r.chance(0.25 * wear) ? r.int(5, 11) : 0;
  const [dx, dy] = [
    (r.next() - 0.5) * 8 * wear * mm - (r.chance(0.5) ? cut : 0) * mm,
    (r.next() - 0.5) * 8 * wear * mm,
  ];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corner = ([x, y]: Point): Point => [
    (x - width / 2) * cos * sx - (y - height / 2) * sin * sy + width / 2 + dx,
    (x - width / 2) * sin * sx + (y - height / 2) * cos * sy + height / 2 + dy,
  ];
  const from: Point[] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  return projection(from, from.map(corner));
}

function inverse(forth: Projection, { width, height }: Picture): Projection {
  const from: Point[] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  return projection(
    from.map((p) => project(forth, p)),
    from,
  );
}

/** Yellowed or grey paper, pale toner, and the dark edges of an open lid. */
function darken({ data, width, height, channels: n }: Picture, wear: number, r: Random): void {
  const paper = Array.from({ length: n }, (_, k) => 1 - (r.next() * 0.03 + k * 0.025) * wear);
  const pale = r.chance(0.3) ? r.int(20, 90) * wear : r.int(0, 25);
  const edges = r.chance(wear * 0.7)
    ? Array.from({ length: 4 }, () => (r.chance(0.5) ? r.int(4, 24) : 0))
    : [0, 0, 0, 0];
  const [left = 0, top = 0, right = 0, bottom = 0] = edges.map((e) => (e * width) / 1650);
  const tables = paper.map((tone) => Uint8Array.from({ length: 256 }, (_, v) => pale + v * tone * (1 - pale / 255)));
  for (let k = 0; k < n; k++) {
    const table = tables[k] as Uint8Array;
    for (let at = k; at < data.length; at += n) data[at] = table[data[at] as number] as number;
  }
  const dim = (from: number, to: number): void => {
    for (let at = from * n; at < to * n; at++) data[at] = (data[at] as number) >> 2;
  };
  dim(0, Math.round(top) * width);
  dim((height - Math.round(bottom)) * width, height * width);
  for (let row = 0; row < height * width; row += width) {
    dim(row, row + Math.round(left));
    dim(row + width - Math.round(right), row + width);
  }
}

function specks({ data, width, height, channels: n }: Picture, wear: number, dpi: number, r: Random): void {
  const count = Math.round(r.int(5, 350) * wear);
  for (let i = 0; i < count; i++) {
    const size = r.int(1, Math.max(1, Math.round((dpi / 100) * (r.chance(0.1) ? 2 : 1))));
    const [x0, y0, ink] = [
      r.int(0, width - size - 1),
      r.int(0, height - size - 1),
      r.chance(0.8) ? r.int(20, 120) : 250,
    ];
    for (let y = y0; y < y0 + size; y++) data.fill(ink, (y * width + x0) * n, (y * width + x0 + size) * n);
  }
  if (!r.chance(wear * 0.3)) return;
  const x = r.int(50, width - 50); // dirt on the glass of a feeder draws a line down the page
  for (let y = 0; y < height; y++) data.fill(r.int(90, 160), (y * width + x) * n, (y * width + x + 1) * n);
}

function threshold({ data }: Picture, at: number): void {
  for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) < at ? 0 : 255;
}

/** Standard resolution of a fax: 204 by 98 dots an inch, black or white, with lost rows. Comes out as square pixels. */
export async function fax(page: Picture, r: Random): Promise<Picture> {
  const flat = await scan(page, { dpi: 200, colour: 'grey', wear: 0.5 }, r);
  const low = await raw(open(flat.picture).resize(1728, 1143, { fit: 'fill' }).toColourspace('b-w'));
  const data = Uint8Array.from(low.data);
  threshold({ ...low, data }, r.int(150, 195));
  for (let i = r.int(0, 5); i > 0; i--) {
    const row = r.int(1, low.height - 1);
    data.copyWithin(row * low.width, (row - 1) * low.width, row * low.width);
  }
  const picture: Picture = { data, width: low.width, height: low.height, channels: 1 };
  return raw(open(picture).resize(1728, 2286, { kernel: 'nearest', fit: 'fill' }).toColourspace('b-w'));
}
