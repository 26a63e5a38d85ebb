import type { Alignment } from './align.ts';

/** A page picture as darkness, one byte a pixel, slightly softened so that printers and cameras look alike. */
export type Sheet = { readonly ink: Uint8Array; readonly width: number; readonly height: number };

/** How alike two places look, -1 to 1; undefined where there is nothing to see on one of them. */
export type Likeness = number | undefined;

const REACH = 7;
const WIDEST = 2 * REACH;
/** A letter may sit a pixel beside its word. */
const NUDGES = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** Darkness of a grey picture. */
export function sheetOf(grey: Uint8Array, width: number, height: number): Sheet {
  const dark = new Uint8Array(width * height);
  for (let i = 0; i < dark.length; i++) dark[i] = Math.max(0, Math.min(255, (225 - (grey[i] as number)) * 1.6));
  const ink = new Uint8Array(width * height);
  // A 3 by 3 softening, first along the rows, then along the columns: each pixel is looked at six times instead of nine.
  const rows = new Uint16Array(width * height);
  for (let i = 1; i < rows.length - 1; i++)
    rows[i] = (dark[i - 1] as number) + 2 * (dark[i] as number) + (dark[i + 1] as number);
  for (let y = 1; y < height - 1; y++)
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++)
      ink[i] = ((rows[i - width] as number) + 2 * (rows[i] as number) + (rows[i + width] as number)) >> 4;
  return { ink, width, height };
}

type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A word of one page found on the other as exactly as pixels allow: cells of it can then be compared. */
export type Overlay = {
  readonly whole: Likeness;
  /** How much more ink the other page has there: 1 is as much, 2 twice as much. */
  readonly heavier: number;
  /** Likeness of the part between two places of the line, in pixels of the first page. */
  readonly cell: (from: number, to: number) => Likeness;
  /** Share of the first page's ink in that part that is missing on the other, 0 to 1. */
  readonly missing: (from: number, to: number) => number;
};

/** Lays the surroundings of `area` of page A over page B, moving it by up to some pixels until it fits best. */
export function overlay(a: Sheet, b: Sheet, alignment: Alignment, area: Area): Overlay {
  const margin = 2;
  const [x0, y0] = [Math.max(0, Math.floor(area.x) - margin), Math.max(0, Math.floor(area.y) - margin)];
  const [x1, y1] = [
    Math.min(a.width, Math.ceil(area.x + area.width) + margin),
    Math.min(a.height, Math.ceil(area.y + area.height) + margin),
  ];
  const [w, h] = [Math.max(0, x1 - x0), Math.max(0, y1 - y0)];
  const one = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) one[y * w + x] = a.ink[(y0 + y) * a.width + x0 + x] ?? 0;
  // The other page's surroundings, larger by the reach of the search, in the first one's pixels.
  const [bw, bh] = [w + WIDEST, h + WIDEST];
  const other = new Uint8Array(bw * bh);
  const at = (x: number, y: number): readonly [number, number] => alignment.map(x, y);
  const [cx, cy] = [x0 + w / 2, y0 + h / 2];
  const [mx, my] = at(cx, cy);
  const [rx, ry] = at(cx + Math.max(20, w / 2), cy);
  const [dxx, dxy] = [(rx - mx) / Math.max(20, w / 2), (ry - my) / Math.max(20, w / 2)];
  const scale = Math.hypot(dxx, dxy);
  // Neighbours may disagree by a pixel; a word is not torn by that.
  const [ux, uy] = Math.abs(scale / alignment.scale - 1) < 0.25 ? [dxx, dxy] : [alignment.scale, 0];
  for (let y = 0; y < bh; y++)
    for (let x = 0; x < bw; x++) {
      const [px, py] = [x - REACH - w / 2, y - REACH - h / 2];
      other[y * bw + x] = sample(b, mx + px * ux - py * uy, my + px * uy + py * ux);
    }
  const shift = bestShift(one, w, h, other, bw);
  const part = (from: number, to: number): readonly [number, number] => [
    Math.max(0, Math.floor(from - x0)),
    Math.min(w, Math.ceil(to - x0)),
  ];
  return {
    whole: likeness(one, w, h, other, bw, shift, 0, w),
    heavier: inkRatio(one, w, h, other, bw, shift),
    cell: (from, to) => {
      const [left, right] = part(from, to);
      let best: Likeness;
      for (const [x, y] of NUDGES) {
        const [dx, dy] = [shift.dx + x, shift.dy + y];
        if (dx < 0 || dy < 0 || dx > WIDEST || dy > WIDEST) continue;
        const found = likeness(one, w, h, other, bw, { dx, dy }, left, right);
        if (found !== undefined && (best === undefined || found > best)) best = found;
      }
      return best;
    },
    missing: (from, to) => {
      const [left, right] = part(from, to);
      return missingShare(one, w, h, other, bw, shift, left, right);
    },
  };
}

/** A word of one page looked for on the other. */
export type Sighting = {
  /** Its middle, in pixels of the other page. */
  readonly x: number;
  readonly y: number;
  readonly likeness: number;
  /** The best likeness at a place that is not this one. */
  readonly elsewhere: number;
};

/** Looks for `area` of page A on page B within `reach` pixels of A around where it should be; `step`: at every so many pixels, by every so many. */
// biome-ignore format: one signature
export function find(a: Sheet, b: Sheet, { map, scale }: Pick<Alignment, 'map' | 'scale'>, area: Area, reach: number, step: number): Sighting | undefined {
  const [x0, y0, w, h] = [Math.floor(area.x) - 1, Math.floor(area.y) - 1, Math.ceil(area.width) + 2, Math.ceil(area.height) + 2];
  if (x0 < 0 || y0 < 0 || x0 + w > a.width || y0 + h > a.height) return undefined;
  const one = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) one[y * w + x] = a.ink[(y0 + y) * a.width + x0 + x] ?? 0;
  const [bw, bh] = [w + 2 * reach, h + 2 * reach];
  const other = new Uint8Array(bw * bh);
  const [mx, my] = map(x0 + w / 2, y0 + h / 2);
  for (let y = 0; y < bh; y++)
    for (let x = 0; x < bw; x++)
      other[y * bw + x] = sample(b, mx + (x - reach - w / 2) * scale, my + (y - reach - h / 2) * scale);
  const seen: { dx: number; dy: number; likeness: number }[] = [];
  for (let dy = 0; dy <= 2 * reach; dy += step)
    for (let dx = 0; dx <= 2 * reach; dx += step) {
      const alike = likeness(one, w, h, other, bw, { dx, dy }, 0, w, step);
      if (alike !== undefined) seen.push({ dx, dy, likeness: alike });
    }
  const best = seen.reduce<(typeof seen)[number] | undefined>((p, q) => (p === undefined || q.likeness > p.likeness ? q : p), undefined);
  if (best === undefined) return undefined;
  const beside = seen.filter(({ dx, dy }) => Math.abs(dx - best.dx) > 8 || Math.abs(dy - best.dy) > 6);
  return {
    x: mx + (best.dx - reach) * scale,
    y: my + (best.dy - reach) * scale,
    likeness: best.likeness,
    elsewhere: Math.max(0, ...beside.map((each) => each.likeness)),
  };
}

function sample({ ink, width, height }: Sheet, x: number, y: number): number {
  const [xi, yi] = [Math.floor(x), Math.floor(y)];
  if (xi < 0 || yi < 0 || xi >= width - 1 || yi >= height - 1) return 0;
  const [fx, fy] = [x - xi, y - yi];
  const i = yi * width + xi;
  const top = (ink[i] ?? 0) * (1 - fx) + (ink[i + 1] ?? 0) * fx;
  const bottom = (ink[i + width] ?? 0) * (1 - fx) + (ink[i + width + 1] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}

type Shift = { readonly dx: number; readonly dy: number };

function bestShift(one: Uint8Array, w: number, h: number, other: Uint8Array, bw: number): Shift {
  let best: Shift = { dx: REACH, dy: REACH };
  let most = -2;
  const look = (dx: number, dy: number): void => {
    if (dx < 0 || dy < 0 || dx > WIDEST || dy > WIDEST) return;
    const found = likeness(one, w, h, other, bw, { dx, dy }, 0, w) ?? -1;
    if (found > most) {
      most = found;
      best = { dx, dy };
    }
  };
  for (let dy = 1; dy <= WIDEST; dy += 2) for (let dx = 1; dx <= WIDEST; dx += 2) look(dx, dy);
  const { dx, dy } = best;
  for (let y = -1; y <= 1; y++) for (let x = -1; x <= 1; x++) if (x !== 0 || y !== 0) look(dx + x, dy + y);
  return best;
}

/** Correlation of both pictures between two columns, of every pixel or `every` so many. */
// biome-ignore format: one signature
function likeness(one: Uint8Array, w: number, h: number, other: Uint8Array, bw: number, { dx, dy }: Shift, left: number, right: number, every = 1): Likeness {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < h; y += every) {
    const rowA = y * w;
    const rowB = (y + dy) * bw + dx;
    for (let x = left; x < right; x += every) {
      const p = one[rowA + x] as number;
      const q = other[rowB + x] as number;
      sa += p;
      sb += q;
      saa += p * p;
      sbb += q * q;
      sab += p * q;
      n += 1;
    }
  }
  if (n < 20) return undefined;
  const [va, vb] = [saa - (sa * sa) / n, sbb - (sb * sb) / n];
  if (va / n < 150) return undefined;
  return vb / n < 20 ? 0 : (sab - (sa * sb) / n) / Math.sqrt(va * vb);
}

// biome-ignore format: one signature
function inkRatio(one: Uint8Array, w: number, h: number, other: Uint8Array, bw: number, { dx, dy }: Shift): number {
  let [mine, theirs] = [1, 1];
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      mine += one[y * w + x] as number;
      theirs += other[(y + dy) * bw + dx + x] as number;
    }
  return theirs / mine;
}

// biome-ignore format: one signature
function missingShare(one: Uint8Array, w: number, h: number, other: Uint8Array, bw: number, { dx, dy }: Shift, left: number, right: number): number {
  let [ink, missing] = [0, 0];
  for (let y = 0; y < h; y++)
    for (let x = left; x < right; x++) {
      const p = one[y * w + x] as number;
      if (p < 110) continue;
      ink += 1;
      let near = 0;
      for (let oy = -2; oy <= 2; oy++)
        for (let ox = -2; ox <= 2; ox++) near = Math.max(near, other[(y + dy + oy) * bw + dx + x + ox] ?? 0);
      if (near < 55) missing += 1;
    }
  return ink < 8 ? 0 : missing / ink;
}
