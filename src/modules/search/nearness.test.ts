import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTimeAndNearness, nearnessOf } from './nearness.ts';
import { snippetOf } from './snippet.ts';
import { askedTerms } from './terms.ts';

const terms = askedTerms('Kündigung Wohnung');
const now = new Date('2026-11-26T12:00:00Z');
const hit = (name: string, daysAgo: number, text: string, title = 'Notiz') => ({
  name,
  at: new Date(now.getTime() - daysAgo * 86_400_000),
  title,
  snippet: snippetOf(text, terms),
});

test('words in the title fit best, then beside each other, then in one piece, then somewhere', () => {
  const near = (text: string, title?: string) => nearnessOf(hit('x', 1, text, title), terms);
  assert.equal(near('etwas anderes', 'Kündigung der Wohnung.pdf'), 3);
  assert.equal(near('Die Kündigung: Wohnung in der Mitte'), 2);
  assert.equal(near('Wohnung, Kündigung'), 2);
  assert.equal(near('Die Kündigung kam, und dann war die Wohnung weg'), 1);
  assert.equal(near(`Kündigung ${'und viel mehr '.repeat(60)} Wohnung`), 0);
  assert.equal(nearnessOf({ title: 'Scan.pdf', snippet: undefined }, terms), 0);
});

test('of one time what fits better comes first; what is newer stays before what is older', () => {
  const far = `Kündigung ${'und viel mehr '.repeat(60)} Wohnung`;
  const given = [
    hit('loose', 1, far),
    hit('close', 2, 'Kündigung Wohnung'),
    hit('titled', 3, 'x', 'Kündigung Wohnung.pdf'),
    hit('month', 20, far),
    hit('month close', 25, 'Kündigung Wohnung'),
    hit('old titled', 400, 'x', 'Kündigung Wohnung.pdf'),
    hit('older titled', 800, 'x', 'Kündigung Wohnung.pdf'),
  ];
  assert.deepEqual(
    byTimeAndNearness(given, terms, now).map(({ name }) => name),
    ['titled', 'close', 'loose', 'month close', 'month', 'old titled', 'older titled'],
  );
  const alike = [hit('a', 1, 'Kündigung Wohnung'), hit('b', 2, 'Kündigung Wohnung')];
  assert.deepEqual(byTimeAndNearness(alike, terms, now), alike, 'of what fits alike the newer one is first');
});
