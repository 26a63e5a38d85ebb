import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createRandom } from '../../../src/main/demo/random.ts';
import { loadOpenCv } from '../../../src/platform/reading/opencv.ts';
import { findSheet } from '../../../src/platform/reading/straighten.ts';
import { photograph } from './photo.ts';
import { grey, type Point, project, projection, raw } from './picture.ts';

/** Lines that run level on a page may be so much out of level with each other, in degrees, when its photo was flattened. */
const LEVEL = 2;
const PHOTOS = 12;

/** A letter with short lines: its left, right and lower part are white. */
const letter = (r: ReturnType<typeof createRandom>): string => {
  const lines = Array.from({ length: 26 }, (_, i) => {
    const words = Array.from({ length: r.int(2, 9) }, () => `<rect width="${r.int(20, 70)}" height="11"/>`);
    return words.map((word, k) => word.replace('<rect', `<rect x="${100 + k * 80}" y="${120 + i * 34}"`)).join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1272"><rect width="900" height="1272" fill="#fff"/>${lines.join('')}</svg>`;
};

/** How far lines that are level on the page are out of level with each other, in degrees, on the page that is cut out of the photo. */
function unlevel(found: readonly Point[], real: readonly Point[]): number {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = found;
  const length = (p: Point, q: Point): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
  const [wide, high] = [Math.max(length(a, b), length(c, d)), Math.max(length(b, c), length(d, a))];
  const square = (w: number, h: number): Point[] => [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
  ];
  const [flatten, onPhoto] = [projection(found, square(wide, high)), projection(square(1, 1), real)];
  const slopes = [0.1, 0.5, 0.9].map((y) => {
    const [left, right] = [0.15, 0.85].map((x) => project(flatten, project(onPhoto, [x, y])));
    if (left === undefined || right === undefined) throw new Error('A line has two ends.');
    return (Math.atan2(right[1] - left[1], right[0] - left[0]) * 180) / Math.PI;
  });
  return Math.max(...slopes) - Math.min(...slopes);
}

test('of bad photos, five of six sheets and more are found and flattened: steep, dark, grainy, in a shadow, cut at an edge', async () => {
  const { cv } = await loadOpenCv();
  const crooked: string[] = [];
  for (let seed = 1; seed <= PHOTOS; seed++) {
    const r = createRandom(`sheet ${seed}`);
    const page = await raw(sharp(Buffer.from(letter(r))).removeAlpha());
    const photo = await photograph(page, { bad: true, dpi: 110 }, r);
    const { data, width, height } = await grey(photo);
    const mat = cv.matFromArray(height, width, cv.CV_8UC1, data);
    const found = findSheet(cv, mat);
    mat.delete();
    const off = found === undefined ? undefined : unlevel(found, photo.corners);
    if (off === undefined || off > LEVEL) crooked.push(`${seed}: ${off?.toFixed(1) ?? 'not found'}`);
  }
  assert.ok(crooked.length <= PHOTOS / 6, crooked.join(', '));
});
