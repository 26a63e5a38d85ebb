import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNear } from './near-day.ts';

const read = (text: string): string | undefined => dayNear(text, '2026-11-27');

test('a year of two digits is the one that brings the day nearest to today', () => {
  assert.deepEqual(['6.12.26', '11.12.26', ' 1/3/27 ', '03-04-25'].map(read), [
    '2026-12-06',
    '2026-12-11',
    '2027-03-01',
    '2025-04-03',
  ]);
  assert.equal(read('27.11.77'), '1977-11-27', 'not fifty-one years ahead');
  assert.equal(read('26.11.76'), '2076-11-26', 'but fifty');
  assert.equal(dayNear('1.1.00', '2099-12-31'), '2100-01-01');
});

test('what is typed whole stays, and what is no day stays none', () => {
  assert.deepEqual(['24.03.2026', '24032026', '2026-03-24'].map(read), ['2026-03-24', '2026-03-24', '2026-03-24']);
  assert.deepEqual(['31.2.26', '24.03.026', '240326', '', 'morgen'].map(read), Array(5).fill(undefined));
});
