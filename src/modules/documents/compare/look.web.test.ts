import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { closeMedia } from '../../../platform/media/index.ts';
import { closeReading, type PageReading, readPages } from '../../../platform/reading/index.ts';
import { writtenPage } from '../../../platform/reading/sample.ts';
import { compareDocuments } from './compare-documents.ts';
import { preparePages } from './prepare.ts';

after(async () => {
  closeReading();
  await closeMedia();
});

/** A payslip; next month's has the same words and other sums. */
const payslip = (month: string, sums: readonly [string, string, string, string, string, string]): Buffer =>
  writtenPage([
    'Malerbetrieb Mustermann und Partner',
    'Gartenstrasse 118, 12345 Musterhausen',
    `Verdienstbescheinigung ${month}`,
    'Frau Ute Mustermann, Parkallee 214',
    'Personalnummer 352071 Steuerklasse zwei',
    'Sozialversicherung 19905909 Eintritt 01.10.2019',
    `Grundlohn laufend ${sums[0]}`,
    `Lohnsteuer laufend ${sums[1]}`,
    `Krankenversicherung laufend ${sums[2]}`,
    `Rentenversicherung laufend ${sums[3]}`,
    `Auszahlungsbetrag ${sums[4]} Wertstellung ${sums[5]}`,
    'Bitte bewahren Sie diese Bescheinigung auf',
  ]);

async function read(pdf: Buffer): Promise<PageReading> {
  for await (const page of readPages(pdf, 'application/pdf')) if (!('failed' in page)) return page;
  throw new Error('The sample cannot be read.');
}

/** The page as a telephone took it: smaller, askew, blurred and grainy. Nobody could read a word of it. */
async function photographed({ picture, width, height, ...page }: PageReading, blur: number): Promise<PageReading> {
  const small = await sharp(picture)
    .resize(Math.round(width * 0.46), Math.round(height * 0.44), { fit: 'fill' })
    .extend({ left: 16, right: 6, top: 20, bottom: 9, background: '#fff' })
    .blur(blur)
    .toBuffer();
  const photo = await sharp(small).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer();
  let grain = 1;
  for (let i = 0; i < photo.length; i++) {
    grain = (grain * 48_271) % 2_147_483_647;
    photo[i] = Math.max(0, Math.min(255, (photo[i] ?? 0) + (grain % 25) - 12));
  }
  const jpeg = await sharp(photo, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: 60 })
    .toBuffer();
  return {
    ...page,
    width,
    height,
    words: [],
    picture: new Uint8Array(jpeg),
  };
}

const same = async (one: PageReading, other: PageReading): Promise<boolean> =>
  (await compareDocuments(preparePages([one]), preparePages([other]))).score >= 0.5;

test('a photo of which nobody can read a word is found to be the payslip it shows, and not that of the next month', async () => {
  const march = await read(payslip('Maerz 2026', ['1.295,50', '146,16', '105,58', '120,48', '1.013,04', '27.03.2026']));
  const april = await read(payslip('April 2026', ['1.438,20', '179,92', '117,21', '133,75', '1.107,32', '24.04.2026']));
  const photo = await photographed(march, 1.1);
  assert.equal(await same(march, photo), true);
  assert.equal(await same(photo, march), true, 'whichever of them came first');
  assert.equal(await same(april, photo), false);
  assert.equal(await same(photo, april), false);
});

test('a picture in which words cannot be told apart is no known paper, and neither is one that shows something else', async () => {
  const march = await read(payslip('Maerz 2026', ['1.295,50', '146,16', '105,58', '120,48', '1.013,04', '27.03.2026']));
  assert.equal(await same(march, await photographed(march, 9)), false);
  const letter = await read(
    writtenPage(['Kleingartenverein Musterhausen', 'Einladung zum Sommerfest', 'am 14.06.2026']),
  );
  assert.equal(await same(march, await photographed(letter, 1.1)), false);
});
