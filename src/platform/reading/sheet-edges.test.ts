import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadOpenCv, type Mat } from './opencv.ts';
import type { Corners } from './sheet-edges.ts';
import { findSheet } from './straighten.ts';

const { cv } = await loadOpenCv();
const [COLS, ROWS] = [900, 1_200];
const sheet: Corners = [
  [190, 90],
  [800, 130],
  [730, 1_090],
  [80, 1_020],
];

const within = (corners: Corners, x: number, y: number): boolean =>
  corners.every(([fx, fy], i) => {
    const [tx, ty] = corners[(i + 1) % 4] ?? [fx, fy];
    return (tx - fx) * (y - fy) - (ty - fy) * (x - fx) >= 0;
  });

/** A picture whose brightness is told place by place, in grains of the same kind each time. */
function picture(brightness: (x: number, y: number) => number): Mat {
  let grain = 1;
  const data = Uint8Array.from({ length: COLS * ROWS }, (_, i) => {
    grain = (grain * 48_271) % 2_147_483_647;
    return Math.max(0, Math.min(255, brightness(i % COLS, Math.floor(i / COLS)) + (grain % 13) - 6));
  });
  return cv.matFromArray(ROWS, COLS, cv.CV_8UC1, data);
}
const written = (y: number): boolean => y > 220 && y < 900 && y % 30 < 6;

test('white paper on a light table is found, although a shadow is darker than the table', () => {
  const grey = picture((x, y) => {
    const light = x + y * 0.6 > 820 ? 0.45 : 1;
    if (!within(sheet, x, y)) return 186 * light;
    return (x > 260 && x < 640 && written(y) ? 70 : 214) * light;
  });
  const found = findSheet(cv, grey);
  grey.delete();
  assert.ok(found !== undefined);
  found.forEach(([x, y], i) => {
    const [wantedX, wantedY] = sheet[i] ?? [0, 0];
    assert.ok(Math.hypot(x - wantedX, y - wantedY) < 16, `corner ${i} at ${x}, ${y}`);
  });
});

test('a fold across a page that fills the picture is not the edge of a sheet', () => {
  const grey = picture((x, y) => (x > 90 && x < 800 && written(y) ? 60 : y < 500 ? 190 : 214));
  const found = findSheet(cv, grey);
  grey.delete();
  assert.equal(found, undefined);
});

/** Where a telephone's camera sees a sheet that lies lower than the middle of its picture and was turned around both of its axes. */
function seen(pitch: number, yaw: number, lower: number): Corners {
  const focal = 1.1 * ROWS;
  const corners = [
    [-400, -566],
    [400, -566],
    [400, 566],
    [-400, 566],
  ].map(([x = 0, y = 0]): readonly [number, number] => {
    const [y1, z1] = [(y + lower) * Math.cos(pitch), (y + lower) * Math.sin(pitch)];
    const [x2, z2] = [x * Math.cos(yaw) + z1 * Math.sin(yaw), z1 * Math.cos(yaw) - x * Math.sin(yaw)];
    const far = focal / (focal + z2);
    return [COLS / 2 + x2 * far, ROWS / 2 + y1 * far];
  });
  return corners as unknown as Corners;
}

test('an edge that the picture cuts off leans as the three others say, so that lines beside it come out level', () => {
  const [a, b, c, d] = seen(0.32, 0.22, 230);
  assert.ok(a && b && c && d && Math.min(c[1], d[1]) > ROWS, 'the picture cuts the lower edge off');
  const grey = picture((x, y) => (within([a, b, c, d], x, y) ? (x > 330 && x < 560 && written(y) ? 60 : 200) : 90));
  const found = findSheet(cv, grey);
  grey.delete();
  assert.ok(found !== undefined);
  const lean = ([[x1, y1], [x2, y2]]: readonly [readonly [number, number], readonly [number, number]]): number =>
    (y2 - y1) / (x2 - x1);
  const [upper, wanted, lower] = [lean([a, b]), lean([d, c]), lean([found[3], found[2]])];
  assert.ok(Math.abs(upper - wanted) > 0.06, 'the two edges are not level with each other');
  assert.ok(Math.abs(lower - wanted) < 0.03, `${lower} instead of ${wanted}`);
});
