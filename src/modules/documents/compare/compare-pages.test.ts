import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareDocuments, SAME } from './compare-documents.ts';
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

/** A page of a text layer, a word under the other in four columns. */
function written(text: string) {
  const words = text.split(' ').map((word, i) => ({
    text: word,
    x: 40 + (i % 4) * 190,
    y: 60 + Math.floor(i / 4) * 60,
    width: word.length * 12,
    height: 24,
    sure: 1,
  }));
  const sheet = async () => sheetOf(new Uint8Array(800 * 1_100).fill(255), 800, 1_100);
  return comparable(
    { page: 1, width: 800, height: 1_100, words, picture: new Uint8Array(), turned: 0, source: 'text', blank: false },
    sheet,
  );
}
const certificate = (name: string, year = '3') =>
  `Schulbescheinigung der Grundschule am Lindenhain Aktenzeichen 4711982 vom 12.08.2026 Hiermit wird bescheinigt dass das Kind ${name} Musterfrau geboren am 04.03.2017 wohnhaft Ahornweg 12 die Klasse ${year} unserer Schule im Schuljahr 2026 besucht Telefon 0611982734 Sekretariat Siegel Unterschrift`;

test('the certificate of another child is another paper, also where only a letter of the name differs', async () => {
  const score = async (one: string, other: string) => (await compareDocuments([written(one)], [written(other)])).score;
  assert.ok((await score(certificate('Mina'), certificate('Mina'))) >= SAME);
  for (const [one, other] of [
    ['Mina', 'Nina'],
    ['Elia', 'Ella'],
    ['Tim', 'Tom'],
    ['Lena', 'Paul'],
  ] as const)
    assert.ok((await score(certificate(one), certificate(other))) < SAME, `${one} and ${other}`);
  assert.ok((await score(certificate('Mina'), certificate('Mina', '4'))) < SAME, 'next year');
});
