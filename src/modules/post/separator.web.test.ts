import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { followingSheet, scanPdf } from '../../../test/support/scans.ts';
import { closeMedia, codesOn, excerptPages, inspect, joinPdfs, renderPage } from '../../platform/media/index.ts';
import { closeTypesetter, qrSvg, typeset } from '../../platform/pdf/index.ts';
import { separatorCode } from './index.ts';

after(closeMedia);
after(closeTypesetter);

const sheets = {
  lang: 'de',
  date: '2026-11-25',
  title: 'Trennblätter',
  word: 'Trennblatt',
  text: 'Hier beginnt ein neuer Brief.',
  jobcenter: 'Jobcenter Musterstadt',
  count: 2,
  qr: qrSvg(separatorCode),
  alt: 'Code',
};

test('a printed separator sheet is recognised in every way it may lie, black and white, with one corner torn off', async () => {
  const pdf = await typeset('separator.typ', sheets);
  assert.deepEqual(await inspect(pdf), { ok: true, mediaType: 'application/pdf', pages: 2 });
  for (const turn of [0, 90, 180, 270] as const) {
    const drawn = await renderPage(pdf, 'application/pdf', 1, 1_240, turn);
    assert.ok(!('failed' in drawn));
    const { width, height } = drawn;
    const torn = await sharp(drawn.bytes)
      .composite([
        {
          input: {
            create: { width: Math.round(width / 2), height: Math.round(height / 3), channels: 3, background: '#fff' },
          },
          left: 0,
          top: 0,
        },
      ])
      .greyscale()
      .threshold(150)
      .rotate(1.5, { background: '#ffffff' })
      .jpeg()
      .toBuffer();
    assert.deepEqual(await codesOn(torn, 'image/jpeg'), [separatorCode], `turned by ${turn}`);
  }
});

test('pages are taken out of a stack in their order, upright, and the stack stays as it was', async () => {
  const stack = scanPdf([followingSheet(['eins']), followingSheet(['zwei']), followingSheet(['drei'])]);
  const before = Buffer.from(stack);
  const part = await excerptPages(stack, 'application/pdf', [
    { page: 3, turn: 0 },
    { page: 1, turn: 90 },
  ]);
  assert.ok(!('failed' in part));
  assert.deepEqual(await inspect(part, { thorough: true }), { ok: true, mediaType: 'application/pdf', pages: 2 });
  assert.ok(stack.equals(before));
  const turned = await renderPage(part, 'application/pdf', 2, 400);
  assert.ok(!('failed' in turned) && turned.width > turned.height);
  assert.deepEqual(await excerptPages(stack, 'application/pdf', [{ page: 9, turn: 0 }]), { failed: 'broken' });
});

test('pages of a TIFF become a PDF; several PDFs become one', async () => {
  const page = (shade: string) => sharp({ create: { width: 200, height: 300, channels: 3, background: shade } });
  const tiff = await page('#eeeeee')
    .greyscale()
    .threshold(128)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1 })
    .toBuffer();
  const part = await excerptPages(tiff, 'image/tiff', [{ page: 1, turn: 90 }]);
  assert.ok(!('failed' in part));
  const drawn = await renderPage(part, 'application/pdf', 1, 300);
  assert.ok(!('failed' in drawn) && drawn.width > drawn.height);
  const whole = await joinPdfs([part, scanPdf([followingSheet(['eins']), {}])]);
  assert.ok(!('failed' in whole));
  assert.deepEqual(await inspect(whole), { ok: true, mediaType: 'application/pdf', pages: 3 });
});
