import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { closeMedia, inspect, JoinFailure, joinImages, renderPage } from './index.ts';
import { heicOf } from './sample-heic.ts';
import { grain, lockedPdf, mutate, packedPdf, pdfOf, securedPdf, seeded, simplePdf, tiffOf } from './samples.ts';

after(closeMedia);

const reason = async (bytes: Uint8Array, thorough = false): Promise<string> => {
  const found = await inspect(bytes, { thorough });
  return found.ok ? `${found.mediaType} ${found.pages}` : found.reason;
};

test('a PDF is opened, its pages are counted', async () => {
  assert.equal(await reason(simplePdf(3)), 'application/pdf 3');
  assert.equal(await reason(simplePdf(3), true), 'application/pdf 3');
  assert.equal(await reason(packedPdf('')), 'application/pdf 1');
  assert.equal(await reason(packedPdf('', [], 'hex')), 'application/pdf 1');
  assert.equal(await reason(simplePdf(3_000)), 'application/pdf 3000');
  assert.equal(await reason(Buffer.concat([Buffer.from('\r\n \r\n'), simplePdf(1)])), 'application/pdf 1');
});

test('the caller keeps its bytes', async () => {
  const bytes = simplePdf(1);
  const length = bytes.length;
  await inspect(bytes);
  await renderPage(bytes, 'application/pdf', 1, 100);
  assert.equal(bytes.length, length);
  assert.equal(bytes.toString('latin1', 0, 5), '%PDF-');
});

test('50,000 pages, no pages, pages that are not there', async () => {
  assert.equal(await reason(simplePdf(50_000)), 'too-many-pages');
  assert.equal(await reason(simplePdf(0)), 'broken');
  assert.equal(
    await reason(pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 5 /Kids [9 0 R] >>'])),
    'broken',
  );
  assert.equal(await reason(Buffer.from('%PDF-1.7\nHello, this is not one')), 'broken');
  assert.equal(await reason(simplePdf(9).subarray(0, 900)), 'broken');
});

test('scripts are found, also where they are packed in an unusual way', async () => {
  const js = '<< /S /JavaScript /JS (app.alert(1)) >>';
  assert.equal(await reason(simplePdf(1, `/OpenAction ${js}`)), 'scripted');
  assert.equal(await reason(packedPdf('/OpenAction 10 0 R', [js])), 'scripted');
  assert.equal(await reason(packedPdf('/OpenAction 10 0 R', [js], 'hex')), 'scripted');
});

test('files inside are refused, but for the data of an e-invoice', async () => {
  const withFile = (name: string): Buffer =>
    simplePdf(1, '/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>', [
      `<< /Type /Filespec /F (${name}) /UF (${name}) /EF << /F 5 0 R >> >>`,
      { dict: '/Type /EmbeddedFile', data: Buffer.from('<xml/>') },
    ]);
  assert.equal(await reason(withFile('evil.exe')), 'scripted');
  assert.equal(await reason(withFile('factur-x.xml')), 'application/pdf 1');
});

test('a PDF that needs a password is encrypted', async () => {
  assert.equal(await reason(lockedPdf()), 'encrypted');
});

test('nests and circles neither hang nor crash', async () => {
  const nest = `${'<< /A '.repeat(20_000)}1${' >>'.repeat(20_000)}`;
  assert.match(await reason(simplePdf(1, '', [nest])), /pdf|broken/);
  assert.match(await reason(simplePdf(1, '', ['['.repeat(200_000)])), /pdf|broken/);
  const circle = pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>']);
  assert.match(await reason(circle), /pdf|broken/);
  assert.equal(await reason(simplePdf(1)), 'application/pdf 1');
});

test('a page is drawn as wide as wanted, and what is black is black', async () => {
  const page = await renderPage(simplePdf(2), 'application/pdf', 2, 595);
  assert.ok('bytes' in page);
  assert.deepEqual([page.width, page.height, page.mediaType], [595, 842, 'image/webp']);
  const { data, info } = await sharp(page.bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  assert.ok((data[342 * info.width + 200] ?? 255) < 30);
  assert.ok((data[10 * info.width + 10] ?? 0) > 240);
  const wide = await renderPage(simplePdf(1), 'application/pdf', 1, 9_000);
  assert.ok('width' in wide && wide.width === 2_400);
  assert.deepEqual(await renderPage(simplePdf(1), 'application/pdf', 2, 100), { failed: 'broken' });
  assert.deepEqual(await renderPage(simplePdf(1), 'application/pdf', 0, 100), { failed: 'broken' });
});

test('photos are turned, never enlarged, and lose their metadata', async () => {
  const photo = await grain(300, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const page = await renderPage(photo, 'image/jpeg', 1, 100);
  assert.ok('bytes' in page);
  assert.deepEqual([page.width, page.height], [100, 150]);
  assert.equal((await sharp(page.bytes).metadata()).exif, undefined);
  const small = await renderPage(photo, 'image/jpeg', 1, 2_000);
  assert.ok('width' in small && small.width === 200);
  const second = await renderPage(tiffOf(3), 'image/tiff', 2, 100);
  assert.ok('width' in second && second.width === 8);
  assert.deepEqual(await renderPage(tiffOf(3), 'image/tiff', 4, 100), { failed: 'broken' });
  assert.deepEqual(await renderPage(Buffer.from('no picture'), 'image/heic', 1, 100), { failed: 'broken' });
});

test('thorough decoding notices what the structure does not show', async () => {
  const jpeg = await grain(400, 400).jpeg().toBuffer();
  assert.equal(await reason(jpeg, true), 'image/jpeg 1');
  const png = await grain(90, 90).png().toBuffer();
  const start = png.indexOf('IDAT');
  const end = start + 4 + png.readUInt32BE(start - 4);
  png.fill(0xaa, start + 40, end);
  png.writeUInt32BE(crc32(png.subarray(start, end)), end);
  assert.equal(await reason(png), 'image/png 1');
  assert.equal(await reason(png, true), 'broken');
});

test('several photos become one PDF, the same each time', async () => {
  const photos = [
    await grain(3_000, 2_000).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    await grain(200, 200).png().toBuffer(),
    tiffOf(2),
  ];
  const pdf = await joinImages(photos);
  assert.equal(await reason(pdf, true), 'application/pdf 4');
  assert.deepEqual(Buffer.from(await joinImages(photos)), Buffer.from(pdf));
  const first = await renderPage(pdf, 'application/pdf', 1, 200);
  assert.ok('width' in first && first.width === 200 && first.height === 300);
  await assert.rejects(
    joinImages([photos[1] ?? pdf, Buffer.from('x')]),
    (error: unknown) => error instanceof JoinFailure && error.index === 1,
  );
  await assert.rejects(joinImages([pdf]), JoinFailure);
});

test('1,500 damaged PDFs: always an answer, never slow, and the next one works', async () => {
  const next = seeded(42);
  const originals = [
    simplePdf(4),
    packedPdf('', ['[1 2 3]']),
    await joinImages([await grain(60, 60).jpeg().toBuffer()]).then(Buffer.from),
  ];
  const counts: Record<string, number> = {};
  let slowest = 0;
  for (let i = 0; i < 1_500; i++) {
    const started = performance.now();
    const answer = await reason(mutate(originals[i % 3] ?? Buffer.alloc(0), next), i % 10 === 0);
    slowest = Math.max(slowest, performance.now() - started);
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  assert.ok(slowest < 30_000, `slowest ${slowest} ms`);
  assert.ok((counts['timeout'] ?? 0) <= 2);
  assert.ok((counts['broken'] ?? 0) > 100);
  assert.equal(await reason(simplePdf(1)), 'application/pdf 1');
});

test('a HEIC photo is decoded, turned and joined', async () => {
  const leftDark = (x: number): number => (x < 16 ? 30 : 220);
  const photo = heicOf(leftDark);
  assert.deepEqual(await inspect(photo, { thorough: true }), {
    ok: true,
    mediaType: 'image/heic',
    pages: 1,
    width: 32,
    height: 32,
  });
  const at = async (bytes: Uint8Array, x: number, y: number): Promise<number> => {
    const page = await renderPage(bytes, 'image/heic', 1, 500);
    assert.ok('bytes' in page);
    assert.equal(page.width, 32);
    return (await sharp(page.bytes).greyscale().raw().toBuffer())[y * 32 + x] ?? -1;
  };
  assert.ok((await at(photo, 4, 16)) < 60 && (await at(photo, 28, 16)) > 200);
  const turned = heicOf(leftDark, 1);
  assert.ok((await at(turned, 16, 28)) < 60 && (await at(turned, 16, 4)) > 200);
  assert.equal(await reason(await joinImages([photo, turned])), 'application/pdf 2');
  const hurt = Buffer.from(photo);
  hurt.fill(0x55, hurt.indexOf('mdat') + 4, hurt.indexOf('mdat') + 60);
  assert.equal(await reason(hurt, true), 'broken');
});

test('a PDF with an empty password opens, and is searched as well', async () => {
  assert.equal(await reason(securedPdf('')), 'application/pdf 1');
  assert.equal(await reason(securedPdf('/OpenAction << /S /JavaScript /JS (x) >>')), 'scripted');
});

test('streams that unfold without end fail in bounds, and idle threads do not keep the program alive', async () => {
  const bomb = deflateSync(deflateSync(Buffer.alloc(600_000_000, 0x20)));
  const pdf = pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    { dict: '/Filter [/FlateDecode /FlateDecode]', data: bomb },
  ]);
  const before = process.memoryUsage.rss();
  assert.equal(await reason(pdf), 'application/pdf 1');
  assert.ok('failed' in (await renderPage(pdf, 'application/pdf', 1, 200)));
  assert.ok(process.memoryUsage.rss() - before < 900_000_000);
  assert.ok('bytes' in (await renderPage(simplePdf(1), 'application/pdf', 1, 200)));
  assert.equal(process.getActiveResourcesInfo().includes('MessagePort'), false);
});
