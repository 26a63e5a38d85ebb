import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashTerms } from './entry.ts';
import { beginningOf, snippetOf, wordsFound } from './snippet.ts';
import { askedTerms, tokensOf } from './terms.ts';

/** Whether a text is found by a query. */
const meets = (text: string, query: string): boolean => {
  const terms = new Set(tokensOf(text).flatMap((token) => token.terms));
  const asked = askedTerms(query);
  return asked.length > 0 && asked.every((term) => terms.has(term));
};

test('a word is found in its other forms, spellings and alphabets', () => {
  for (const [text, query] of [
    ['zwei Häuser', 'Haus'],
    ['die Kuendigungen', 'Kündigung'],
    ['Straße', 'STRASSE'],
    ['Mietverträge', 'Mietvertrag'],
    ['Frau Шевченко', 'Shevchenko'],
    ['André', 'andre'],
    ['Kün-\ndigung', 'Kündigung'],
  ] as const)
    assert.ok(meets(text, query), `${query} in ${text}`);
  assert.ok(!meets('Mietvertrag', 'Vertreter'));
});

test('a compound is found by its words, and by the whole', () => {
  for (const query of ['Abrechnung', 'Heizkosten', 'Kosten', 'Heizkostenabrechnung', 'Heizkosten-Abrechnung'])
    assert.ok(meets('Ihre Heizkostenabrechnungen', query), query);
  assert.ok(meets('Arbeitsunfähigkeitsbescheinigung', 'Bescheinigung'));
  assert.ok(meets('Xyzbescheinigung', 'Bescheinigung'), 'after a word that nobody knows');
  assert.ok(!meets('Bescheid', 'Bescheinigung'));
});

test('days, months, amounts and numbers are found however they are written', () => {
  for (const [text, query] of [
    ['am 3. April 1990', '03.04.1990'],
    ['am 03.04.90', '1990-04-03'],
    ['vom 05.11.2026', 'November 2026'],
    ['Zahlung 1.234,50 EUR', '1234,50'],
    ['450,00 €', '450'],
    ['IBAN DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['Vorgang V-AB12-CD34', 'v-ab12-cd34'],
    ['Tel. 0231 / 123 456', '0231 123456'],
  ] as const)
    assert.ok(meets(text, query), `${query} in ${text}`);
});

test('words that say nothing are not asked for, and at most six are', () => {
  assert.deepEqual(askedTerms('und die mit'), []);
  assert.equal(askedTerms('eins zwei drei vier fünf sechs sieben acht').length, 6);
});

test('the piece of a text has most of the words in it, marked', () => {
  const text = `Miete. ${'Füllung '.repeat(60)}Die Miete und die Nebenkosten steigen ab Mai.${' Füllung'.repeat(60)}`;
  const parts = snippetOf(text, askedTerms('Nebenkosten Mieten')) ?? [];
  assert.deepEqual(
    parts.filter((part) => part.hit).map((part) => part.text),
    ['Miete', 'Nebenkosten'],
  );
  assert.ok(parts.map((part) => part.text).join('').length < 260);
  assert.equal(snippetOf(text, ['nichts']), undefined);
  assert.deepEqual(beginningOf('Kurz und\n gut'), [{ text: 'Kurz und gut', hit: false }]);
  const [long] = beginningOf('Wort '.repeat(100)) ?? [];
  assert.match(long?.text ?? '', /^(Wort ){43}Wort …$/);
  assert.equal(beginningOf(' '), undefined);
});

test('words on a page are found over the end of a line', () => {
  const words = ['Die', 'Neben-', 'kostenabrechnung', 'kommt'].map((text) => ({ text }));
  assert.deepEqual(
    wordsFound(words, askedTerms('Abrechnung')).map(({ text }) => text),
    ['Neben-', 'kostenabrechnung'],
  );
});

test('hashes are bigints of the key: another key, other numbers', () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  assert.deepEqual(hashTerms(one, ['miet', 'miet']), hashTerms(one, ['miet']));
  assert.notDeepEqual(hashTerms(one, ['miet']), hashTerms(other, ['miet']));
  assert.match(hashTerms(one, ['miet'])[0] ?? '', /^-?\d{10,19}$/);
});
