import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import {
  grain,
  mutate,
  packedPdf,
  pdfOf,
  securedPdf,
  simplePdf,
  tiffOf,
} from '../../../../src/platform/media/samples.ts';
import type { Random } from './random.ts';

export type HostileFile = { readonly kind: string; readonly bytes: Buffer };

const text = (kind: string, content: string): HostileFile => ({ kind, bytes: Buffer.from(content, 'latin1') });

/** A chunk of a PNG. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG that says it has these sides, whatever its data hold. */
function pngOf(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A ZIP with one deflated file of zeros. */
function zipBomb(megabytes: number): Buffer {
  const data = deflateRawSync(Buffer.alloc(megabytes * 1024 * 1024));
  const name = Buffer.from('a.txt');
  const head = Buffer.alloc(30);
  head.write('PK\u0003\u0004', 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt32LE(megabytes * 1024 * 1024, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name, data]);
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** One of each kind of file that means harm, or is merely strange; made once. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const jpeg = await grain(320, 200).jpeg().toBuffer();
  const png = await grain(64, 64).png().toBuffer();
  const webp = await grain(64, 64).webp().toBuffer();
  const pdf = simplePdf(2);
  const zeros = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes));
  const script = '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>';
  return [
    { kind: 'jpeg', bytes: jpeg },
    { kind: 'png', bytes: png },
    { kind: 'webp', bytes: webp },
    { kind: 'pdf', bytes: pdf },
    { kind: 'tiff', bytes: tiffOf(3) },
    { kind: 'tiff-loop', bytes: tiffOf(3, { loop: true }) },
    { kind: 'tiff-many', bytes: tiffOf(3_000) },
    { kind: 'tiff-huge', bytes: tiffOf(1, { width: 60_000, height: 60_000 }) },
    { kind: 'tiny-jpeg', bytes: await grain(1, 1).jpeg().toBuffer() },
    { kind: 'tiny-png', bytes: await grain(1, 1).png().toBuffer() },
    {
      kind: 'long-png',
      bytes: await sharp({ create: { width: 1, height: 16_000, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    },
    { kind: 'png-bomb', bytes: pngOf(20_000, 20_000, zeros(60_000_000)) },
    { kind: 'png-lie', bytes: pngOf(2_147_483_647, 2_147_483_647, zeros(10)) },
    { kind: 'png-none', bytes: pngOf(0, 0, zeros(10)) },
    { kind: 'jpeg-huge', bytes: resized(jpeg, 65_535, 65_535) },
    { kind: 'jpeg-half', bytes: jpeg.subarray(0, jpeg.length >> 1) },
    { kind: 'jpeg-zip', bytes: Buffer.concat([jpeg, zipBomb(1)]) },
    { kind: 'pdf-script', bytes: simplePdf(1, script) },
    { kind: 'pdf-script-packed', bytes: packedPdf(script) },
    { kind: 'pdf-script-hex', bytes: packedPdf('/OpenAction << /S /Java#53cript /JS (x) >>', [], 'hex') },
    { kind: 'pdf-script-secured', bytes: securedPdf(script) },
    { kind: 'pdf-launch', bytes: simplePdf(1, '/OpenAction << /S /Launch /F (cmd.exe) >>') },
    { kind: 'pdf-secured', bytes: securedPdf('') },
    { kind: 'pdf-50000', bytes: simplePdf(50_000) },
    {
      kind: 'pdf-lying-count',
      bytes: pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 2000000000 /Kids [] >>']),
    },
    {
      kind: 'pdf-loop',
      bytes: pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>']),
    },
    { kind: 'pdf-deep', bytes: simplePdf(1, `/X ${nested(100_000)}`) },
    {
      kind: 'pdf-flate-bomb',
      bytes: pdfOf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>',
        { dict: '/Filter [/FlateDecode /FlateDecode]', data: deflateSync(zeros(80_000_000)) },
      ]),
    },
    { kind: 'pdf-html', bytes: Buffer.concat([Buffer.from('<html><script>alert(1)</script>\n'), pdf]) },
    { kind: 'pdf-half', bytes: pdf.subarray(0, pdf.length - 60) },
    { kind: 'pdf-twice', bytes: Buffer.concat([pdf, pdf]) },
    { kind: 'zip-bomb', bytes: zipBomb(20) },
    { kind: 'gzip-bomb', bytes: gzipSync(Buffer.alloc(20_000_000)) },
    { kind: 'empty', bytes: Buffer.alloc(0) },
    { kind: 'blank', bytes: Buffer.alloc(5_000, 0x20) },
    { kind: 'zeros', bytes: Buffer.alloc(100_000) },
    text('html', '<!doctype html><script>alert(document.cookie)</script>'),
    text('svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    text('xml-bomb', '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'),
    text('exe', `MZ${'\u0090'.repeat(500)}`),
    text('elf', '\u007fELF\u0002\u0001\u0001'),
    text('gif-script', 'GIF89a/*\u0000\u0000*/=1;alert(1)'),
    text('pdf-head', '%PDF-1.7\n'),
    text('jpeg-head', '\u00ff\u00d8\u00ff\u00e0'),
    text('heic-head', '\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000heicmif1'),
    text(
      'heic-lie',
      `\u0000\u0000\u0000\u0018ftypheic\u0000\u0000\u0000\u0000heicmif1\u00ff\u00ff\u00ff\u00ffmeta${'\u0000'.repeat(200)}`,
    ),
    text(
      'webp-lie',
      'RIFF\u00ff\u00ff\u00ff\u007fWEBPVP8X\n\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff',
    ),
  ];
}

/** The frame of a JPEG says other sides than its data have. */
function resized(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  const at = copy.indexOf(Buffer.from([0xff, 0xc0]));
  if (at > 0) {
    copy.writeUInt16BE(height, at + 5);
    copy.writeUInt16BE(width, at + 7);
  }
  return copy;
}

/** One of them, as it is or with some bytes turned over. */
export function pickFile(files: readonly HostileFile[], random: Random): HostileFile {
  const file = random.pick(files);
  const roll = random.next();
  if (roll < 0.55 || file.bytes.length === 0) return file;
  if (roll < 0.85) return { kind: `${file.kind}~`, bytes: mutate(file.bytes, random.next) };
  return { kind: `${file.kind}<`, bytes: file.bytes.subarray(0, random.int(file.bytes.length)) };
}
