import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Eye, judgePlace } from './judge-place.ts';
import { type Sheet, sheetOf } from './pixels.ts';
import { tokensOf } from './token.ts';

const [WIDTH, HEIGHT] = [400, 120];
type Stroke = readonly [x: number, y: number, toX: number, toY: number];

/** A clear white page with lines of a pen on it. */
function written(strokes: readonly Stroke[]): Sheet {
  const grey = new Uint8Array(WIDTH * HEIGHT).fill(255);
  for (const [x, y, toX, toY] of strokes)
    for (let step = 0; step <= 100; step++) {
      const [cx, cy] = [Math.round(x + ((toX - x) * step) / 100), Math.round(y + ((toY - y) * step) / 100)];
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) grey[(cy + dy) * WIDTH + cx + dx] = 20;
    }
  return sheetOf(grey, WIDTH, HEIGHT);
}

/** 1, 3 and 0 as a hand writes them, and 1, 2 and 5. */
const one: readonly Stroke[] = [[100, 40, 100, 80]];
const three: readonly Stroke[] = [
  [120, 40, 140, 40],
  [140, 40, 140, 80],
  [120, 60, 140, 60],
  [120, 80, 140, 80],
];
const two: readonly Stroke[] = [
  [120, 40, 134, 48],
  [134, 48, 122, 74],
  [118, 84, 146, 84],
];
const zero: readonly Stroke[] = [
  [160, 40, 180, 40],
  [180, 40, 180, 80],
  [180, 80, 160, 80],
  [160, 80, 160, 40],
];
const five: readonly Stroke[] = [
  [172, 36, 158, 52],
  [158, 52, 184, 66],
  [184, 66, 164, 86],
];
const stamp: readonly Stroke[] = [
  [90, 30, 190, 90],
  [90, 90, 190, 30],
];

const eye: Eye = {
  same: { mean: 0.95, spread: 0.06 },
  other: { mean: 0.65, spread: 0.2 },
  haze: 0,
  sharp: true,
  usual: { likeness: 0.95, heavier: 1 },
};
const straight = { map: (x: number, y: number): [number, number] => [x, y], scale: 1, anchors: 20 };
const read = (text: string, sure: number) => tokensOf([{ text, x: 94, y: 34, width: 96, height: 54, sure }]);
const judged = (a: Sheet, b: Sheet, [onA, onB]: readonly [string, string], seen: Eye = eye, sure = 0.3) =>
  judgePlace(a, b, { there: straight, back: straight } as never, seen, {
    kind: 'figure',
    a: onA === '' ? [] : read(onA, sure),
    b: onB === '' ? [] : read(onB, onA === '' ? 0.9 : sure),
  }).state;

const [hundred30, hundred25] = [written([...one, ...three, ...zero]), written([...one, ...two, ...five])];

test('a figure nobody could read is another one where each page has ink that the other lacks', () => {
  assert.equal(judged(hundred30, hundred25, ['B0', '175']), 'conflict');
  assert.equal(judged(hundred30, hundred25, ['', '125']), 'conflict', 'read on one page only');
});

test('a sum written by hand is another one where only one of its digits is', () => {
  const hundred35 = written([...one, ...three, ...five]);
  assert.equal(judged(hundred30, hundred35, ['130', '135'], eye, 0.8), 'conflict');
  assert.equal(judged(hundred30, hundred35, ['B0', 'X35']), 'conflict', 'whatever was read');
  assert.notEqual(judged(hundred30, hundred30, ['130', '135'], eye, 0.8), 'conflict');
});

test('the same writing is no difference, whatever was read, and neither is a stamp over it', () => {
  assert.notEqual(judged(hundred30, hundred30, ['B0', '130']), 'conflict');
  assert.notEqual(judged(hundred30, hundred30, ['', '130']), 'conflict');
  const stamped = written([...one, ...three, ...zero, ...stamp]);
  assert.notEqual(judged(stamped, hundred30, ['4X9', '130']), 'conflict');
  assert.notEqual(judged(stamped, hundred30, ['', '130']), 'conflict');
});

test('what was read surely out of a stamp over a figure is no other figure; another figure is', () => {
  const stamped = written([...one, ...three, ...zero, ...stamp]);
  assert.notEqual(judged(stamped, hundred30, ['EINGEG', '130'], eye, 0.95), 'conflict');
  assert.notEqual(judged(hundred30, stamped, ['130', 'EINGEG'], eye, 0.95), 'conflict');
  assert.equal(judged(hundred30, hundred25, ['130', '125'], eye, 0.95), 'conflict');
  const eight = written([...one, ...three, ...zero, [120, 40, 120, 80]]);
  assert.equal(judged(hundred30, eight, ['130', '180'], eye, 0.95), 'conflict', 'a stroke more makes an 8 of a 3');
});

test('on a blurred page ink that cannot be read tells nothing', () => {
  assert.notEqual(judged(hundred30, hundred25, ['', '125'], { ...eye, sharp: false }), 'conflict');
});
