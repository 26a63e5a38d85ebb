import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { closeMedia } from '../../../platform/media/index.ts';
import { closeReading, type PageReading, readPages } from '../../../platform/reading/index.ts';
import { writtenPage } from '../../../platform/reading/sample.ts';
import type { ComparablePage } from './compare-pages.ts';
import { contest } from './contest.ts';
import { preparePages } from './prepare.ts';

after(async () => {
  closeReading();
  await closeMedia();
});

const bill = (number: string, sum: string): Buffer =>
  writtenPage([
    'Stadtwerke Musterhausen, Kundenservice Mitte',
    'Verbrauchsabrechnung Strom und Wasser 2026',
    'Frau Ute Mustermann, Parkallee 14, 12345 Musterhausen',
    `Rechnungsnummer ${number}`,
    'Kundennummer 55801234 seit 01.04.2019',
    'Abrechnungszeitraum Januar bis Dezember',
    `Rechnungsbetrag ${sum} Euro`,
    'Bitte bezahlen Sie den offenen Betrag bis Monatsende',
  ]);

async function read(pdf: Buffer): Promise<PageReading> {
  for await (const page of readPages(pdf, 'application/pdf')) if (!('failed' in page)) return page;
  throw new Error('The sample cannot be read.');
}

/** The page as a telephone took it: small and blurred, its numbers not read or read as something else. */
async function blurred(page: PageReading, unreadable: readonly string[]): Promise<PageReading> {
  const picture = await sharp(
    await sharp(page.picture)
      .resize(Math.round(page.width / 2))
      .blur(1.2)
      .toBuffer(),
  )
    .resize(page.width, page.height, { fit: 'fill' })
    .jpeg({ quality: 50 })
    .toBuffer();
  const words = page.words.map((word) => (unreadable.includes(word.text) ? { ...word, text: 'eee', sure: 0.1 } : word));
  return { ...page, picture: new Uint8Array(picture), words };
}

const pageOf = (reading: PageReading): ComparablePage => {
  const [page] = preparePages([reading]);
  if (page === undefined) throw new Error('No page.');
  return page;
};

test('of two bills of one sender a blurred picture shows which one it is, although nobody can read its numbers', async () => {
  const [march, april, may] = [
    await read(bill('90018767', '431,88')),
    await read(bill('60018505', '297,03')),
    await read(bill('70044912', '650,24')),
  ];
  const picture = await blurred(march, ['90018767', '431,88']);
  const [mine, one, other] = [pageOf(picture), pageOf(march), pageOf(april)];
  assert.equal(await contest(mine, one, other), 1);
  assert.equal(await contest(mine, other, one), -1);
  assert.equal(await contest(mine, other, pageOf(may)), 0, 'it is neither of them');
  assert.equal(await contest(mine, one, one), 0, 'they do not differ');
});

test('where the places are covered nothing can be seen', async () => {
  const [march, april] = [await read(bill('90018767', '431,88')), await read(bill('60018505', '297,03'))];
  const spots = march.words.filter(({ text }) => text === '90018767' || text === '431,88');
  assert.equal(spots.length, 2);
  const stamp = ({ width, height }: PageReading['words'][number]): Buffer =>
    Buffer.from(`<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#222"/></svg>`);
  const picture = await sharp(march.picture)
    .composite(spots.map((word) => ({ input: stamp(word), left: word.x, top: word.y })))
    .jpeg()
    .toBuffer();
  const words = march.words.filter((word) => !spots.includes(word));
  const mine = pageOf({ ...march, words, picture: new Uint8Array(picture) });
  assert.equal(await contest(mine, pageOf(march), pageOf(april)), 0);
});
