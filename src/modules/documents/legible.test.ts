import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHardlyLegible } from './legible.ts';

/** A page of so many words of six letters, of which these are sure. */
const page = (count: number, sure: number, more: Partial<Parameters<typeof isHardlyLegible>[0]> = {}) => ({
  page: 1,
  width: 1240,
  height: 1754,
  turned: 0 as const,
  source: 'ocr' as const,
  blank: false,
  words: Array.from({ length: count }, (_, i) => ({
    text: 'Betrag',
    x: 100,
    y: 20 * i,
    width: 90,
    height: 16,
    sure: i < sure ? 0.95 : 0.3,
  })),
  ...more,
});

test('a page of which hardly a letter was read surely is hard to read', () => {
  assert.ok(isHardlyLegible(page(100, 10)));
  assert.ok(!isHardlyLegible(page(100, 55)), 'half of it under a stamp');
  assert.ok(!isHardlyLegible(page(100, 95)));
});

test('a photo of a door, a blank page and the text of a file are not called hard to read', () => {
  assert.ok(!isHardlyLegible(page(4, 0)));
  assert.ok(!isHardlyLegible(page(100, 10, { blank: true })));
  assert.ok(!isHardlyLegible(page(100, 10, { source: 'text' })));
});
