import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EntryKind, entryTerms, hashTerms } from './entry.ts';
import { type Fit, wantedFor } from './fit.ts';
import { askedTerms } from './terms.ts';

const more = (words: number): string => Array.from({ length: words }, (_, n) => `weiteres${n}`).join(' ');

/** How well a text fits a question; undefined where it is not found. */
function fitOf(
  asked: string,
  { head = '', text, kind = 'document' }: { head?: string; text: string; kind?: EntryKind },
): Fit | undefined {
  const entry = { id: '', caseId: '', kind, topic: '', author: '', at: new Date(0), head, text };
  const terms = new Set(entryTerms(entry));
  return wantedFor(askedTerms(asked)).find((each) => each.terms.every((term) => terms.has(term)))?.fit;
}

test('what a thing is called, whose it is and how it begins says what it is about', () => {
  const words = 'Kündigung Wohnung';
  assert.equal(fitOf(words, { head: 'Kündigung der Wohnung.pdf', text: more(100) }), 'about');
  assert.equal(fitOf(words, { head: 'Wohnungskündigung', text: more(100) }), 'about', 'a compound of both');
  assert.equal(fitOf(words, { text: `Hausverwaltung Nord ${more(20)} Kündigung Ihrer Wohnung ${more(100)}` }), 'about');
  assert.equal(fitOf('Muster Kündigung', { head: 'Mika Muster\nKündigung.pdf', text: more(100) }), 'about');
  assert.equal(fitOf('Rückruf', { text: `Bittet um Rückruf. ${more(60)}`, kind: 'note' }), 'about');
  assert.equal(fitOf('Rückruf', { text: `${more(60)} Rückruf`, kind: 'note' }), 'named');
});

test('words beside each other fit better than words somewhere, one word again and again better than once', () => {
  const behind = (text: string): string => `${more(60)} ${text} ${more(60)}`;
  const words = 'Kündigung Wohnung';
  assert.equal(fitOf(words, { text: behind('die Kündigung der Wohnung') }), 'close', 'small words are none');
  assert.equal(fitOf(words, { text: behind('Wohnung, Kündigung') }), 'close', 'in any order');
  assert.equal(fitOf(words, { text: behind('Kündigung der Mietwohnung') }), 'close', 'a part of a compound');
  assert.equal(fitOf('Heizkosten Abrechnung', { text: behind('Heizkostenabrechnung') }), 'close', 'parts of one word');
  assert.equal(fitOf('Kündigung Wohnung Frist', { text: behind('Kündigung der Wohnung mit Frist') }), 'close');
  assert.equal(fitOf('Kündigung Wohnung Frist', { text: behind('Frist. Kündigung der Wohnung') }), 'named');
  assert.equal(fitOf(words, { text: behind(`Kündigung ${more(5)} Wohnung`) }), 'named');
  assert.equal(fitOf(words, { text: behind('Kündigung') }), undefined);
  assert.equal(fitOf('Miete', { text: behind('Miete') }), 'named');
  assert.equal(fitOf('Miete', { text: `${behind('Miete')} ${behind('Miete')} Mieten` }), 'close');
  assert.equal(fitOf('Miete 450', { text: behind('Miete 450,00 EUR') }), 'named', 'figures are in no pair');
});

test('two words together are kept in few bits, so that a text says little about them', () => {
  const key = Buffer.alloc(32, 3);
  const numbers = hashTerms(key, ['beside:kundig wohnung', 'beside:frist wohnung']).map(Number);
  assert.ok(
    numbers.every((each) => each >= 0 && each < 2 ** 20),
    String(numbers),
  );
  assert.notEqual(numbers[0], numbers[1]);
});
