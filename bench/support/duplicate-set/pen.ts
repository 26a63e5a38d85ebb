import type { Random } from '../../../src/main/demo/random.ts';

/** Lines of a pen: points in a box of `width` by `height`, y downwards. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
}

/**
 * Letters as a pen draws them: strokes apart by a space, each point two hexadecimal digits, x from the left and y upwards
 * with the base line at 3, small letters up to 8, capitals up to d.
 */
const LETTERS: Readonly<Record<string, string>> = {
  a: '4727031344 47433443',
  b: '0d03 0626473423030',
  c: '4728170523344',
  d: '4728160323454d 4743',
  e: '05464728160423344',
  f: '4c3d2b23 0838',
  g: '4728160423444741301',
  h: '0d03 06284743',
  i: '1813 1a1b',
  j: '28210100 2a2b',
  k: '0d03 4805 2543',
  l: '0d04133',
  m: '0803 062823 26475343',
  n: '0803 06284743',
  o: '2806042344472',
  p: '0800 0728464423040',
  q: '4728160423454800',
  r: '0803 06283847',
  s: '4728163645433303',
  t: '1c142333 0838',
  u: '08042344484',
  v: '082348',
  w: '0813284368',
  x: '0843 4803',
  y: '082448 48210',
  z: '08480343',
  A: '032d53 1747',
  B: '0d03 0d3d4b38083845433303',
  C: '5b3d1b0815335',
  D: '0d03 0d3d5a45330',
  E: '4d0d0343 0838',
  F: '4d0d03 0838',
  G: '5b3d1b0814335457375',
  H: '0d03 5d53 0858',
  I: '1d13',
  J: '4d453314',
  K: '0d03 5d0753',
  L: '0d0343',
  M: '030d385d63',
  N: '030d535d',
  O: '3d1c0814335458 5b3d',
  P: '0d03 0d3d4b38083',
  Q: '3d1c0814335458 5b3d 3652',
  R: '0d03 0d3d4b380853',
  S: '4c2d0b1838453303',
  T: '0d5d 2d23',
  U: '0d05233355d',
  V: '0d235d',
  W: '0d13384363 63 6d',
  X: '0d53 5d03',
  Y: '0d285d 2823',
  Z: '0d5d0353',
  0: '2d0a061334474a2d',
  1: '0a2d23',
  2: '0b1d3d4a0343',
  3: '0c2d4b28484533 3304',
  4: '3d0646 3933',
  5: '4d0d0838463313 04',
  6: '4d1a0514335 4638180',
  7: '0d4d13 1838',
  8: '2d0b28453313 0528 284b2d',
  9: '4b2d0b1838 4b4a33',
  '.': '1314',
  ',': '2413 01',
  '-': '0737',
  ':': '1314 1718',
  '/': '034d',
  '(': '2d0813 2',
  ')': '0d2813 0',
  '+': '0848 2a26',
  '€': '4c2d0815234 0939 0737',
  '!': '1d16 1314',
  '?': '0b2d3b1613',
  '&': '5314 2d3b04235',
};

/** Writes a text by hand: every letter a little different, joined loosely, on a wavering line. */
export function handwrite(r: Random, text: string): Ink {
  const slant = r.next() * 0.35 - 0.05;
  const [wide, wobble] = [0.75 + r.next() * 0.4, 0.25 + r.next() * 0.35];
  const strokes: [number, number][][] = [];
  let x = 1;
  for (const character of text.normalize('NFD')) {
    if (character === ' ') x += 3;
    else if (character === '\u0308') strokes.push(...dots(x - 4, slant));
    else x = drawLetter(character, x);
  }
  return { width: x + 3, height: 16, strokes };

  function drawLetter(character: string, at: number): number {
    const source = LETTERS[character] ?? LETTERS[character === 'ß' ? 'B' : character.toLowerCase()];
    if (source === undefined) return at + (/\p{M}/u.test(character) ? 0 : 3);
    const lift = (r.next() - 0.5) * 0.8;
    let right = 0;
    for (const stroke of source.split(' ')) {
      const points: [number, number][] = [];
      for (let i = 0; i + 1 < stroke.length; i += 2) {
        const px = Number.parseInt(stroke[i] as string, 16) * wide + (r.next() - 0.5) * wobble;
        const py = Number.parseInt(stroke[i + 1] as string, 16) - 3 + lift + (r.next() - 0.5) * wobble;
        right = Math.max(right, px);
        points.push([at + px + py * slant, 12 - py]);
      }
      if (points.length > 0) strokes.push(smooth(points));
    }
    return at + right + 1.1 + r.next() * 0.6;
  }
}

const dots = (x: number, slant: number): [number, number][][] =>
  [0.5, 2.5].map((dx) => [
    [x + dx + 8 * slant, 2.6],
    [x + dx + 8 * slant + 0.2, 3.4],
  ]);

/** A signature: a capital that can be guessed, then waves that run out, often underlined. */
export function sign(r: Random, name: string): Ink {
  const strokes: [number, number][][] = [
    ...handwrite(r, name.slice(0, 1)).strokes.map((s) => [...s] as [number, number][]),
  ];
  const wave: [number, number][] = [];
  let x = 6;
  for (let i = 0; i < name.length; i++) {
    const height = /[bdfhklt]/.test(name[i] as string) ? 9 : 4;
    wave.push([x, 12 - r.next() * height], [x + 1.2, 11.5 + (/[gjpqy]/.test(name[i] as string) ? 4 : r.next() - 0.5)]);
    x += 1.8 + r.next();
  }
  strokes.push(smooth(wave));
  if (r.chance(0.5))
    strokes.push(
      smooth([
        [2, 14],
        [x * 0.6, 13 + r.next() * 2],
        [x + 3, 12.5],
      ]),
    );
  return { width: x + 5, height: 16, strokes };
}

/** A curve through the points (Catmull-Rom). */
function smooth(points: readonly [number, number][]): [number, number][] {
  if (points.length < 3) return [...points];
  const at = (i: number): readonly [number, number] =>
    points[Math.max(0, Math.min(points.length - 1, i))] as [number, number];
  const out: [number, number][] = [];
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let t = 0; t < 1; t += 0.2) {
      const of = (k: 0 | 1): number =>
        0.5 *
        (2 * b[k] +
          (c[k] - a[k]) * t +
          (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t +
          (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t ** 3);
      out.push([of(0), of(1)]);
    }
  }
  return [...out, at(points.length - 1) as [number, number]];
}

/** The path of an SVG for the ink. */
export const pathOf = (ink: Ink): string =>
  ink.strokes
    .map((s) => s.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join(''))
    .join('');

/** Ink as a picture of its own. */
export const inkSvg = (ink: Ink, colour: string, thickness = 0.7): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${ink.width.toFixed(1)}" height="${ink.height}" viewBox="0 0 ${ink.width.toFixed(1)} ${ink.height}"><path d="${pathOf(ink)}" fill="none" stroke="${colour}" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
