import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { inspect } from './index.ts';
import { grain, mutate, seeded, tiffOf } from './samples.ts';

const reason = async (bytes: Uint8Array): Promise<string> => {
  const found = await inspect(bytes);
  return found.ok ? found.mediaType : found.reason;
};

test('images are known by their bytes, with size and pages', async () => {
  const picture = grain(120, 80);
  for (const [bytes, mediaType] of [
    [await picture.clone().jpeg().toBuffer(), 'image/jpeg'],
    [await picture.clone().jpeg({ progressive: true }).toBuffer(), 'image/jpeg'],
    [await picture.clone().png().toBuffer(), 'image/png'],
    [await picture.clone().webp().toBuffer(), 'image/webp'],
    [await picture.clone().webp({ lossless: true }).toBuffer(), 'image/webp'],
    [await picture.clone().tiff({ compression: 'lzw' }).toBuffer(), 'image/tiff'],
    [
      await picture.clone().tiff({ compression: 'jpeg', tile: true, tileWidth: 64, tileHeight: 64 }).toBuffer(),
      'image/tiff',
    ],
  ] as const)
    assert.deepEqual(await inspect(bytes), { ok: true, mediaType, pages: 1, width: 120, height: 80 });
  assert.deepEqual(await inspect(tiffOf(7)), { ok: true, mediaType: 'image/tiff', pages: 7, width: 8, height: 8 });
});

test("the camera's extras do not disturb: metadata before, other data after", async () => {
  const jpeg = await grain(64, 48).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const found = await inspect(Buffer.concat([jpeg, Buffer.from('MotionPhoto_Data'), Buffer.alloc(999)]));
  assert.deepEqual(found, { ok: true, mediaType: 'image/jpeg', pages: 1, width: 64, height: 48 });
});

test('a file that stops too early is broken', async () => {
  const picture = grain(200, 200);
  for (const bytes of [
    await picture.clone().jpeg().toBuffer(),
    await picture.clone().png().toBuffer(),
    await picture.clone().webp().toBuffer(),
    await picture.clone().tiff().toBuffer(),
  ])
    for (const part of [0.3, 0.6, 0.95]) assert.equal(await reason(bytes.subarray(0, bytes.length * part)), 'broken');
});

test('a changed byte in a critical PNG chunk is noticed', async () => {
  const png = await grain(50, 50).png().toBuffer();
  png[60] = (png[60] ?? 0) ^ 1;
  assert.equal(await reason(png), 'broken');
});

test('what is empty, foreign or something else in disguise is named so', async () => {
  assert.equal(await reason(new Uint8Array()), 'empty');
  assert.equal(await reason(Buffer.alloc(5_000)), 'empty');
  assert.equal(await reason(Buffer.from('  \n\n')), 'empty');
  assert.equal(await reason(Buffer.from('Sehr geehrte Damen und Herren')), 'unknown-type');
  assert.equal(await reason(Buffer.from('<html><script>alert(1)</script>%PDF-1.4')), 'unknown-type');
  assert.equal(await reason(Buffer.from('PK\x03\x04aaaaaaaaaaaaaa%PDF-1.4')), 'unknown-type');
  assert.equal(await reason(Buffer.from(`${' '.repeat(2_000)}%PDF-1.4`)), 'unknown-type');
  assert.equal(await reason(await grain(32, 32).avif().toBuffer()), 'unknown-type');
  assert.equal(await reason(await grain(32, 32).gif().toBuffer()), 'unknown-type');
  assert.equal(await reason(Buffer.from('GIF89a<script>alert(1)</script>')), 'unknown-type');
});

test('pictures of more than 100 megapixels are refused by what their header says', async () => {
  const png = await sharp({ create: { width: 12_000, height: 9_000, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  assert.ok(png.length < 2_000_000);
  assert.equal(await reason(png), 'too-many-pixels');
  assert.equal(await reason(tiffOf(1, { width: 40_000, height: 40_000 })), 'too-many-pixels');
});

test('directories of a TIFF that run in a circle or never end are refused', async () => {
  assert.equal(await reason(tiffOf(3, { loop: true })), 'broken');
  assert.equal(await reason(tiffOf(3_001)), 'too-many-pages');
});

test('the structure of a HEIC photo is read: size, boxes, data', async () => {
  const box = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const ispe = Buffer.alloc(12);
  ispe.writeUInt32BE(4032, 4);
  ispe.writeUInt32BE(3024, 8);
  const meta = box(
    'meta',
    Buffer.alloc(4),
    box('pitm', Buffer.alloc(6)),
    box('iloc', Buffer.alloc(8)),
    box('iprp', box('ipco', box('ispe', ispe))),
  );
  const file = Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')), meta, box('mdat', Buffer.alloc(100))]);
  assert.deepEqual(await inspect(file), { ok: true, mediaType: 'image/heic', pages: 1, width: 4032, height: 3024 });
  assert.equal(await reason(file.subarray(0, file.length - 50)), 'broken');
  assert.equal(await reason(file.subarray(0, 24)), 'broken');
});

test('10,000 damaged images: always an answer, always at once', async () => {
  const next = seeded(20_261_123);
  const picture = grain(90, 70);
  const originals = [
    await picture.clone().jpeg().toBuffer(),
    await picture.clone().png().toBuffer(),
    await picture.clone().webp().toBuffer(),
    tiffOf(20),
  ];
  let accepted = 0;
  let slowest = 0;
  for (let i = 0; i < 10_000; i++) {
    const started = performance.now();
    const found = await inspect(mutate(originals[i % originals.length] ?? Buffer.alloc(0), next));
    slowest = Math.max(slowest, performance.now() - started);
    if (found.ok) accepted += 1;
  }
  assert.ok(slowest < 5_000, `slowest ${slowest} ms`);
  assert.ok(accepted > 0 && accepted < 10_000);
});
