import sharp from 'sharp';
import type { Random } from '../../../src/main/demo/random.ts';
import { addGrain, addLight, lay, open, type Picture, type Point, projection, type Relief, raw } from './picture.ts';

export interface PhotoOptions {
  readonly bad: boolean;
  /** Page pixels an inch. */
  readonly dpi: number;
}

/** A photo, and where the corners of the page are in it: top left first, clockwise, some of them outside. */
export type Photo = Picture & { readonly corners: readonly Point[] };

/** A page on a table, photographed with a phone. Bad ones are blurred, dark, steep, cut, crumpled or covered by a finger: still readable. */
export async function photograph(page: Picture, { bad, dpi }: PhotoOptions, r: Random): Promise<Photo> {
  const long = bad ? r.int(1000, 1300) : r.int(2000, 2700);
  const wide = r.chance(0.08) && !bad;
  const [width, height] = wide ? [long, Math.round(long * 0.75)] : [Math.round(long * 0.75), long];
  const corners = seen(page, width, height, bad, r);
  const from: Point[] = [
    [0, 0],
    [page.width, 0],
    [page.width, page.height],
    [0, page.height],
  ];
  const table = await tableTop(width, height, corners, r);
  let photo = lay(page, table, projection(corners, from), relief(bad, dpi, r));
  const dark = bad && r.chance(0.4);
  if (bad && r.chance(0.35)) photo = await finger(photo, corners, r);
  await addLight(photo, lightMap(r, bad, dark), warmth(r, bad));
  photo = await soften(photo, bad, r);
  addGrain(photo, r, bad ? r.int(3, dark ? 13 : 8) : 1.5 + r.next() * 3);
  return { ...photo, corners };
}

/** The corners of the page in the picture, seen by a camera that is held a little askew. */
function seen(page: Picture, width: number, height: number, bad: boolean, r: Random): Point[] {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const most = bad ? 25 : 11;
  const spread = (): number => (r.next() * 2 - 1) * most;
  const [pitch, yaw, roll] = [radians(spread()), radians(spread() * 0.7), radians((r.next() * 2 - 1) * (bad ? 9 : 4))];
  const [w, h] = [page.width / 2, page.height / 2];
  const distance = page.height * (bad ? 1.5 : 1.9);
  const points = (
    [
      [-w, -h],
      [w, -h],
      [w, h],
      [-w, h],
    ] as const
  ).map(([x0, y0]): Point => {
    const [x1, y1] = [x0 * Math.cos(roll) - y0 * Math.sin(roll), x0 * Math.sin(roll) + y0 * Math.cos(roll)];
    const [y2, z2] = [y1 * Math.cos(pitch), y1 * Math.sin(pitch)];
    const [x3, z3] = [x1 * Math.cos(yaw) + z2 * Math.sin(yaw), z2 * Math.cos(yaw) - x1 * Math.sin(yaw)];
    return [(x3 * distance) / (distance + z3), (y2 * distance) / (distance + z3)];
  });
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fill = bad ? 0.86 + r.next() * 0.12 : 0.8 + r.next() * 0.17;
  const scale = Math.min((width * fill) / (right - left), (height * fill) / (bottom - top));
  const cut = bad && r.chance(0.35) ? 0.05 + r.next() * 0.07 : 0;
  const side = r.pick([
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const);
  const free = [width - (right - left) * scale, height - (bottom - top) * scale] as const;
  const at = (k: 0 | 1, size: number): number =>
    cut > 0 && side[k] !== 0
      ? side[k] > 0
        ? free[k] + size * scale * cut
        : -size * scale * cut
      : free[k] * (0.3 + r.next() * 0.4);
  const [dx, dy] = [at(0, right - left), at(1, bottom - top)];
  return points.map(([x, y]): Point => [(x - left) * scale + dx, (y - top) * scale + dy]);
}

/** Wood, stone, cloth or a plain desk, with the shadow of the paper. */
async function tableTop(width: number, height: number, corners: readonly Point[], r: Random): Promise<Picture> {
  const base = r.pick([
    [142, 104, 70],
    [96, 70, 50],
    [200, 180, 150],
    [70, 74, 82],
    [176, 178, 180],
    [228, 226, 220],
    [120, 132, 150],
    [52, 44, 40],
  ]);
  const [w, h] = [r.pick([24, 90, 160]), r.pick([90, 160, 220])];
  const noise = new Uint8Array(w * h * 3);
  const contrast = r.int(6, 34);
  const stripe = r.next() * 0.8;
  for (let i = 0; i < w * h; i++) {
    const shift =
      (r.next() - 0.5) * contrast + Math.sin((i % w) * stripe + Math.sin(Math.floor(i / w) * 0.15)) * contrast * 0.5;
    for (let k = 0; k < 3; k++) noise[i * 3 + k] = Math.max(0, Math.min(255, (base[k] as number) + shift));
  }
  const tile = open({ data: noise, width: w, height: h, channels: 3 });
  const [small, tall] = [Math.round(width / 5), Math.round(height / 5)];
  const [ox, oy, soft] = [r.int(-12, 12), r.int(3, 14), r.int(1, 5)];
  const points = corners.map(([x, y]) => `${(x + ox) / 5},${(y + oy) / 5}`).join(' ');
  const shadow = `<svg xmlns="http://www.w3.org/2000/svg" width="${small}" height="${tall}"><filter id="f"><feGaussianBlur stdDeviation="${soft}"/></filter><polygon points="${points}" fill="#000" opacity="${0.2 + r.next() * 0.3}" filter="url(#f)"/></svg>`;
  const texture = await tile
    .resize(small, tall, { kernel: r.pick(['cubic', 'linear']), fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const top = await raw(
    sharp(texture)
      .composite([{ input: Buffer.from(shadow) }])
      .removeAlpha(),
  );
  return raw(open(top).resize(width, height, { kernel: 'cubic', fit: 'fill' }));
}

/** A curl along the width, folds of a letter, creases of paper that was in a bag. */
function relief(bad: boolean, dpi: number, r: Random): Relief {
  const mm = dpi / 25.4;
  const depth = r.chance(bad ? 0.7 : 0.45) ? (r.next() - 0.5) * (bad ? 9 : 5) * mm : 0;
  const [phase, waves] = [r.next() * 3, 1 + r.next()];
  const curl = Float32Array.from({ length: 512 }, (_, i) => Math.sin((i / 511) * Math.PI * waves + phase) * depth);
  const creased = bad ? r.chance(0.45) : r.chance(0.12);
  const folded = r.chance(0.4);
  const crumple = new Float32Array(48 * 48 * 2);
  const shade = new Float32Array(48 * 48).fill(1);
  if (creased) crease(crumple, shade, mm, r);
  for (let y = 0; y < 48; y++)
    for (let x = 0; x < 48; x++) {
      if (folded && (y === 16 || y === 32)) shade[y * 48 + x] = (shade[y * 48 + x] as number) * 0.9;
      const bend = Math.cos((x / 47) * Math.PI * waves + phase) * (depth / (9 * mm)) * 0.22;
      shade[y * 48 + x] = (shade[y * 48 + x] as number) * (1 - Math.abs(bend));
    }
  const shaded = creased || folded || depth !== 0;
  return { ...(depth === 0 ? {} : { curl }), ...(shaded ? { shade } : {}), ...(creased ? { crumple } : {}) };
}

/** Ridges across the page: the content shifts a little and the light changes at each. */
function crease(crumple: Float32Array, shade: Float32Array, mm: number, r: Random): void {
  for (let n = r.int(4, 9); n > 0; n--) {
    const [angle, offset, strength] = [r.next() * Math.PI, r.next() * 48, (r.next() - 0.5) * 1.6 * mm];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let y = 0; y < 48; y++)
      for (let x = 0; x < 48; x++) {
        const away = (x - 24) * cos + (y - 24) * sin + 24 - offset;
        const near = Math.exp(-(away * away) / 18);
        const at = y * 48 + x;
        crumple[at] = (crumple[at] as number) + near * strength * cos;
        crumple[2304 + at] = (crumple[2304 + at] as number) + near * strength * sin;
        shade[at] = (shade[at] as number) * (1 - near * 0.3 * (away / (Math.abs(away) + 2)));
      }
  }
}

/** Light from one side, the shadow of a hand or head, corners that fall off. 200 is full light. */
function lightMap(r: Random, bad: boolean, dark: boolean): Picture {
  const [w, h] = [48, 64];
  const [gx, gy] = [(r.next() - 0.5) * (bad ? 0.8 : 0.4), (r.next() - 0.5) * (bad ? 0.8 : 0.4)];
  const level = dark ? 0.5 + r.next() * 0.15 : 0.78 + r.next() * 0.22;
  const vignette = r.next() * (bad ? 0.5 : 0.28);
  const shadow = r.chance(bad ? 0.7 : 0.45)
    ? {
        angle: r.next() * 6.28,
        edge: (r.next() - 0.35) * 0.9,
        soft: 3 + r.next() * 14,
        depth: 0.15 + r.next() * (bad ? 0.4 : 0.25),
      }
    : undefined;
  const data = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const [u, v] = [x / (w - 1) - 0.5, y / (h - 1) - 0.5];
      let value = level * (1 + u * gx + v * gy) * (1 - vignette * 2 * (u * u + v * v));
      if (shadow) {
        const away =
          u * Math.cos(shadow.angle) + v * Math.sin(shadow.angle) - shadow.edge + 0.04 * Math.sin(v * 14 + u * 9);
        value *= 1 - shadow.depth / (1 + Math.exp(-away * shadow.soft * 4));
      }
      data[y * w + x] = Math.max(58, Math.min(255, value * 200));
    }
  return { data, width: w, height: h, channels: 1 };
}

const warmth = (r: Random, bad: boolean): number[] => {
  const warm = r.next() * (bad ? 0.22 : 0.13) - 0.03;
  return [1, 1 - warm * 0.45, 1 - warm];
};

async function finger(photo: Picture, corners: readonly Point[], r: Random): Promise<Picture> {
  const [[x1, y1], [x2, y2]] = r.pick([
    [corners[2], corners[3]],
    [corners[3], corners[0]],
    [corners[1], corners[2]],
  ]) as [Point, Point];
  const t = 0.15 + r.next() * 0.7;
  const [x, y] = [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t];
  const size = photo.width * (0.05 + r.next() * 0.025);
  const skin = r.pick(['#c98d6b', '#e0ac8c', '#8a5a3c', '#d9a184', '#5e3b27']);
  const [middleX, middleY] = [photo.width / 2, photo.height / 2];
  const turn = (Math.atan2(middleY - y, middleX - x) * 180) / Math.PI + 90 + r.int(-25, 25);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${photo.width}" height="${photo.height}"><defs><linearGradient id="g"><stop offset="0" stop-color="#000" stop-opacity=".35"/><stop offset=".3" stop-color="#000" stop-opacity="0"/><stop offset=".8" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".3"/></linearGradient></defs><g transform="translate(${x} ${y}) rotate(${turn})"><path d="M${-size} ${size * 8}V0C${-size} ${-size * 1.7} ${size} ${-size * 1.7} ${size} 0V${size * 8}z" fill="${skin}"/><path d="M${-size} ${size * 8}V0C${-size} ${-size * 1.7} ${size} ${-size * 1.7} ${size} 0V${size * 8}z" fill="url(#g)"/><ellipse cx="0" cy="${-size * 0.35}" rx="${size * 0.6}" ry="${size * 0.75}" fill="#f3cdb8" opacity=".6"/></g></svg>`;
  const layer = await sharp(Buffer.from(svg))
    .blur(Math.max(1, size / 14))
    .png({ compressionLevel: 1 })
    .toBuffer();
  return raw(
    open(photo)
      .composite([{ input: layer }])
      .removeAlpha(),
  );
}

/** Focus that missed, or a hand that moved. */
async function soften(photo: Picture, bad: boolean, r: Random): Promise<Picture> {
  if (!bad) return r.chance(0.5) ? raw(open(photo).blur(0.5 + r.next() * 0.5)) : photo;
  if (r.chance(0.3)) {
    const kernel = {
      width: 3,
      height: 3,
      kernel: r.pick([
        [0, 0, 1, 0, 1, 0, 1, 0, 0],
        [0, 0, 0, 1, 1, 1, 0, 0, 0],
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
      ]),
      scale: 3,
    };
    return raw(open(photo).convolve(kernel));
  }
  return raw(open(photo).blur(0.45 + r.next() * 0.55));
}
