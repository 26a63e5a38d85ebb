import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageSigns, type SeenPage } from '../documents/index.ts';
import type { ScanPage } from './batch.ts';
import { describeLetter, doubtsOf, type ReadScanPage } from './describe-letter.ts';

const context = { ownName: 'Jobcenter Musterstadt', today: '2026-11-25' };

/** A sheet with these lines from its top; its printed page number stands at its foot. */
function sheet(page: number, lines: readonly string[], foot: string): ReadScanPage {
  const words = [...lines.map((text, i) => [60 + i * 50, text] as const), [1_680, foot] as const].flatMap(([y, text]) =>
    text.split(' ').map((word, i, all) => {
      const x = 120 + all.slice(0, i).join(' ').length * 13;
      return { text: word, x, y, width: word.length * 12, height: 24 };
    }),
  );
  const seen: SeenPage = { width: 1_240, height: 1_754, words };
  return { page: scanned(page, { ...pageSigns(seen), words: words.length }), seen };
}
const scanned = (page: number, signs: ScanPage['signs']): ScanPage => ({
  page,
  state: signs === null ? 'failed' : 'read',
  failure: signs === null ? 'timeout' : null,
  width: 1_240,
  height: 1_754,
  turned: 0,
  turn: 0,
  blank: false,
  separator: false,
  signs,
  letterId: null,
  place: null,
});
const unread = (page: number): ReadScanPage => ({ page: scanned(page, null), seen: undefined });
const plain = (page: number, foot: string): ReadScanPage => sheet(page, ['weiter im Text'], foot);

const bill = ['Stadtwerke Süd GmbH', 'Kundennummer: 448812', 'Musterstadt, den 12.11.2026'];

test('what a sheet contradicts is said of the sheet that carries it, and the letter is divided before the one that says something else', () => {
  const pages = [
    sheet(4, bill, 'Seite 1 von 3'),
    plain(5, 'Seite 2 von 3'),
    sheet(6, ['Kundennummer 771003', 'Zählerstand'], 'Seite 3 von 3'),
  ];
  const { heads } = describeLetter(pages, context);
  assert.deepEqual(heads, { what: 'number', before: '448812', after: '771003', sheets: [4, 6] });
});

test('a sheet that agrees with any sheet before it goes on with that', () => {
  const pages = [
    sheet(1, ['Stadtwerke Süd GmbH', 'Musterstadt, den 12.11.2026'], 'Seite 1 von 3'),
    sheet(2, ['Aktenzeichen 55/2026-17'], 'Seite 2 von 3'),
    sheet(3, ['Schreiben vom 03.09.2026', 'Aktenzeichen 55/2026-17'], 'Seite 3 von 3'),
  ];
  assert.equal(describeLetter(pages, context).heads, undefined);
  const alone = [pages[0], sheet(3, ['Schreiben vom 03.09.2026'], 'Seite 3 von 3')].flatMap((each) => each ?? []);
  assert.equal(describeLetter(alone, context).heads?.what, 'date', 'without it there is a doubt');
});

/** What is missing of a letter of these sheets, a number each or `?` for one that nobody could read. */
function missingOf(numbers: readonly (number | '?')[], of: number) {
  const pages = numbers.map((n, i) => (n === '?' ? unread(i + 1) : plain(i + 1, `Seite ${n} von ${of}`)));
  const suggestion = describeLetter(pages, context);
  assert.equal(
    doubtsOf(
      pages.map(({ page }) => page),
      suggestion,
    ).includes('pages-missing'),
    suggestion.missing.length > 0,
  );
  return [suggestion.missing, suggestion.missingCount];
}

test('a sheet that nobody could read is one of those its place allows, and hides no other', () => {
  assert.deepEqual(missingOf([1, '?', 3], 3), [[], undefined], 'it is the one between');
  assert.deepEqual(missingOf([1, 2, '?'], 3), [[], undefined]);
  assert.deepEqual(missingOf([1, 3, '?'], 3), [[2], undefined], 'behind the last page it is an enclosure');
  assert.deepEqual(missingOf([1, '?', 4], 4), [[2, 3], 1], 'one of both is there');
  assert.deepEqual(missingOf([1, '?', '?', 5], 5), [[2, 3, 4], 1]);
  assert.deepEqual(missingOf([1, '?', 3, 5], 5), [[4], undefined]);
  assert.deepEqual(missingOf([1, '?', 4, 6], 6), [[2, 3, 5], 2]);
  assert.deepEqual(missingOf([1, 4], 4), [[2, 3], undefined]);
});
