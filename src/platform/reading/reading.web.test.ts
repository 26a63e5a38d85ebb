import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { projectPath } from '../env/project.ts';
import { closeMedia } from '../media/index.ts';
import { loadPdfium } from '../media/pdfium.ts';
import { closeReading, type PageReading, pageText, readPages } from './index.ts';
import { writtenPage } from './sample.ts';

after(async () => {
  closeReading();
  await closeMedia();
});

const lines = [
  'Mietvertrag zwischen Jürgen Größmann und Hausverwaltung Süd',
  'Kaltmiete 450,50 Euro ab 01.03.2026',
  'Konto DE89 3704 0044 0532 0130 00',
];
const pdf = writtenPage(lines);

async function scanned(change: (page: Sharp) => Sharp): Promise<Buffer> {
  const document = (await loadPdfium()).open(pdf);
  if (typeof document === 'string') throw new Error(document);
  const drawn = document.draw(0, 1_240);
  if (drawn === undefined) throw new Error('The sample cannot be drawn.');
  const page = sharp(drawn.pixels, { raw: { width: drawn.width, height: drawn.height, channels: 4 } }).removeAlpha();
  return change(sharp(await page.png().toBuffer())).toBuffer();
}

async function readOne(bytes: Uint8Array, mediaType: string): Promise<PageReading> {
  for await (const page of readPages(bytes, mediaType)) {
    if ('failed' in page) throw new Error(page.failed);
    return page;
  }
  throw new Error('No page.');
}

test('the text layer of a PDF gives every word at its place', async () => {
  const page = await readOne(pdf, 'application/pdf');
  assert.equal(page.source, 'text');
  assert.equal(pageText(page), lines.join('\n'));
  const amount = page.words.find((word) => word.text === '450,50');
  assert.ok(amount !== undefined && amount.y > 200 && amount.x > 200 && amount.height < 60);
});

test('what was filled into a form is read, although the text layer does not have it', async () => {
  const page = await readOne(writtenPage(lines, 'Samira Öztürk, geboren 14.05.1988'), 'application/pdf');
  assert.equal(page.source, 'text');
  const birth = page.words.find((word) => word.text === '14.05.1988');
  assert.ok(birth !== undefined && birth.sure < 1 && birth.y > page.height * 0.7);
  assert.match(pageText(page), /450,50[\s\S]*Öztürk/);
  assert.ok(await isInked(page, '450,50'), 'the kept picture shows what was read in the text layer');
  assert.ok(await isInked(page, '14.05.1988'), 'and what was read beside it');
});

/** True where the kept picture has writing at the place of a word. */
async function isInked(page: PageReading, text: string): Promise<boolean> {
  const word = page.words.find((each) => each.text === text);
  if (word === undefined) return false;
  const { x: left, y: top, width, height } = word;
  const { channels } = await sharp(await sharp(page.picture).extract({ left, top, width, height }).toBuffer()).stats();
  return (channels[0]?.min ?? 255) < 100;
}

test('a scan is recognised, however it lay on the glass', async () => {
  for (const turn of [0, 90, 180, 270] as const) {
    const image = await scanned((page) => page.rotate(turn).jpeg({ quality: 80 }));
    const page = await readOne(image, 'image/jpeg');
    assert.equal(page.source, 'ocr');
    assert.equal(page.turned, (360 - turn) % 360);
    assert.match(pageText(page), /Größmann[\s\S]*450,50[\s\S]*3704 0044 0532/);
    assert.ok(await isInked(page, '450,50'));
  }
});

test('of small and soft letters, as a telephone shrinks a page to its screen, enough is read to know the paper again', async () => {
  const small = await scanned((page) => page.resize(230).png());
  const screen = sharp({ create: { width: 390, height: 760, channels: 3, background: '#c8c8cc' } })
    .composite([{ input: await sharp(small).blur(0.6).toBuffer(), left: 45, top: 120 }])
    .png();
  const text = pageText(await readOne(await screen.toBuffer(), 'image/png'));
  assert.match(text, /450.50 /);
  assert.match(text, /3704 0044/);
});

test('an empty back side is blank; what is broken is said to be, page by page', async () => {
  const empty = await sharp({ create: { width: 1_240, height: 1_754, channels: 3, background: '#f3f1ec' } })
    .png()
    .toBuffer();
  assert.equal((await readOne(empty, 'image/png')).blank, true);
  const failures = [];
  for await (const page of readPages(Buffer.from('%PDF-1.7 nothing'), 'application/pdf')) failures.push(page);
  assert.deepEqual(failures, [{ page: 1, failed: 'broken' }]);
  assert.equal((await readOne(pdf, 'application/pdf')).source, 'text', 'a broken file leaves nothing behind');
  for await (const page of readPages(Buffer.from('%PDF-1.7 nothing'), 'application/pdf')) failures.push(page);
  assert.equal((await readOne(pdf, 'application/pdf')).source, 'text');
});

test('a letter in Cyrillic is read in its script, and said to be', async () => {
  const text =
    'Довідка про реєстрацію місця проживання\nвидана Олені Шевченко\nКиїв, 12 листопада 2026 року\nдата народження 14.05.1988';
  const fontfile = projectPath('node_modules/fontverter/testdata/Roboto-400.ttf');
  const written = await sharp({ text: { text, font: 'Roboto', fontfile, dpi: 200, width: 1_300, spacing: 30 } })
    .png()
    .toBuffer();
  const page = await sharp({ create: { width: 1_654, height: 2_339, channels: 3, background: '#ffffff' } })
    .composite([
      { input: await sharp(written).flatten({ background: '#000' }).negate().png().toBuffer(), left: 150, top: 200 },
    ])
    .png()
    .toBuffer();
  const found = await readOne(page, 'image/png');
  assert.equal(found.language, 'ukr');
  assert.match(pageText(found), /Шевченко[\s\S]*14\.05\.1988/);
});
