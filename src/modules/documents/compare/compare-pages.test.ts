import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparable, comparePages } from './compare-pages.ts';
import { sheetOf } from './pixels.ts';

test('a speck beside an account number, taken for a digit, does not keep the comparison going for ever', {
  timeout: 20_000,
}, async () => {
  const lines = ['Sparkasse', 'Musterhausen', 'Kontoauszug', 'Nummer', 'September', 'Kundin', 'Verwendung', 'Betrag'];
  const words = lines.map((text, i) => ({
    text,
    x: 60 + (i % 3) * 40,
    y: 40 + i * 60,
    width: 120,
    height: 24,
    sure: 0.95,
  }));
  words.push({ text: 'DE64', x: 60, y: 560, width: 60, height: 24, sure: 0.9 });
  words.push({ text: '7', x: 124, y: 566, width: 1, height: 12, sure: 0.9 });
  const sheet = async () => sheetOf(new Uint8Array(400 * 700).fill(255), 400, 700);
  const page = comparable(
    { page: 1, width: 400, height: 700, words, picture: new Uint8Array(), turned: 0, source: 'ocr', blank: false },
    sheet,
  );
  const found = await comparePages(page, page);
  assert.equal(found?.conflict, 0);
  assert.equal(found?.covered, 1);
});
