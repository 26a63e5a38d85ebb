// Files made for the tests of this folder and of those who build on it: small, lawful and reproducible.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Numbers between 0 and 1 from a seed: the same every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A picture with grain, as a camera makes it; the file grows with its size in pixels. */
export function grain(width: number, height: number, seed = 1): Sharp {
  const next = seeded(seed);
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 96 + ((i / 3) % width) / 16 + next() * 64;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A body of a PDF object, or a dictionary with a stream. */
export type PdfBody = string | { readonly dict: string; readonly data: Uint8Array };

/** A PDF from its objects (the first is number 1) with a correct cross-reference table. */
export function pdfOf(objects: readonly PdfBody[], trailer = '/Root 1 0 R'): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [i, body] of objects.entries()) {
    offsets.push(length);
    if (typeof body === 'string') add(Buffer.from(`${i + 1} 0 obj\n${body}\nendobj\n`, 'latin1'));
    else {
      add(Buffer.from(`${i + 1} 0 obj\n<< ${body.dict} /Length ${body.data.length} >>\nstream\n`, 'latin1'));
      add(Buffer.from(body.data));
      add(Buffer.from('\nendstream\nendobj\n'));
    }
  }
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  add(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** A PDF with some pages, each with a black square; `extra` goes into the catalog, `more` are objects from number 4 on. */
export function simplePdf(pages = 1, extra = '', more: readonly PdfBody[] = []): Buffer {
  const first = 4 + more.length;
  const kids = Array.from({ length: pages }, (_, i) => `${first + i} 0 R`).join(' ');
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 3 0 R >>';
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
    { dict: '', data: Buffer.from('0 0 0 rg 100 400 200 200 re f') },
    ...more,
    ...Array.from({ length: pages }, () => page),
  ]);
}

/** A PDF 1.5 whose objects 1 (catalog, with `extra`) and 2 (pages) and `packed` (from 10 on) lie in an object stream. */
export function packedPdf(extra: string, packed: readonly string[] = [], pack: 'flate' | 'hex' = 'flate'): Buffer {
  const numbers = [1, 2, ...packed.map((_, i) => 10 + i)];
  const bodies = [`<< /Type /Catalog /Pages 2 0 R ${extra} >>`, '<< /Type /Pages /Count 1 /Kids [3 0 R] >>', ...packed];
  let at = 0;
  const header = bodies.map((body, i) => {
    const pair = `${numbers[i]} ${at}`;
    at += body.length + 1;
    return pair;
  });
  const head = `${header.join(' ')}\n`;
  const content = Buffer.from(`${head}${bodies.join('\n')}\n`, 'latin1');
  const data = pack === 'flate' ? deflateSync(content) : Buffer.from(`${content.toString('hex')}>`);
  const filter = pack === 'flate' ? '/FlateDecode' : '/ASCIIHexDecode';
  const page = '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n';
  const start = '%PDF-1.5\n';
  const streamAt = start.length + page.length;
  const dict = `4 0 obj\n<< /Type /ObjStm /N ${bodies.length} /First ${head.length} /Filter ${filter} /Length ${data.length} >>\nstream\n`;
  const body = Buffer.concat([Buffer.from(start + page + dict, 'latin1'), data, Buffer.from('\nendstream\nendobj\n')]);
  const row = (type: number, a: number, b: number): Buffer => {
    const bytes = Buffer.alloc(6);
    bytes[0] = type;
    bytes.writeUInt32BE(a, 1);
    bytes[5] = b;
    return bytes;
  };
  const rows: Buffer[] = [];
  for (let id = 0; id < 10 + packed.length; id++) {
    const index = numbers.indexOf(id);
    if (id === 3) rows.push(row(1, start.length, 0));
    else if (id === 4) rows.push(row(1, streamAt, 0));
    else if (id === 5) rows.push(row(1, body.length, 0));
    else rows.push(index >= 0 ? row(2, 4, index) : row(0, 0, 0));
  }
  const table = Buffer.concat(rows);
  const xref = `5 0 obj\n<< /Type /XRef /Size ${rows.length} /W [1 4 1] /Root 1 0 R /Length ${table.length} >>\nstream\n`;
  const tail = `\nendstream\nendobj\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.concat([body, Buffer.from(xref), table, Buffer.from(tail)]);
}

/** A PDF that nobody can open without its password. */
export const lockedPdf = (): Buffer =>
  pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>',
      `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'41'.repeat(32)}> >>`,
    ],
    '/Root 1 0 R /Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
  );

/** A PDF encrypted with an empty password (RC4, 40 bits: ISO 32000-1, 7.6.3, revision 2). */
export function securedPdf(extra: string): Buffer {
  const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const owner = Buffer.alloc(32, 0x41);
  const id = Buffer.alloc(16, 0x42);
  const material = Buffer.concat([padding, owner, Buffer.from('fcffffff', 'hex'), id]);
  const key = createHash('md5').update(material).digest().subarray(0, 5);
  const user = rc4(key, padding);
  return pdfOf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${extra} >>`,
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>',
      `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> >>`,
    ],
    `/Root 1 0 R /Encrypt 4 0 R /ID [<${id.toString('hex')}> <${id.toString('hex')}>]`,
  );
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const s = Array.from({ length: 256 }, (_, i) => i);
  const swap = (a: number, b: number): void => {
    [s[a], s[b]] = [s[b] ?? 0, s[a] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (s[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255;
      j = (j + (s[i] ?? 0)) & 255;
      swap(i, j);
      return byte ^ (s[((s[i] ?? 0) + (s[j] ?? 0)) & 255] ?? 0);
    }),
  );
}

/** A gray TIFF without compression, one directory a page; `loop` lets the last directory point at the first. */
export function tiffOf(pages: number, options: { width?: number; height?: number; loop?: boolean } = {}): Buffer {
  const { width = 8, height = 8, loop = false } = options;
  const strip = Buffer.alloc(64, 0x80);
  const tags = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, strip.length],
  ] as const;
  const ifdBytes = 2 + tags.length * 12 + 4;
  const file = Buffer.alloc(8 + strip.length + pages * ifdBytes);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(8 + strip.length, 4);
  strip.copy(file, 8);
  for (let page = 0; page < pages; page++) {
    const at = 8 + strip.length + page * ifdBytes;
    file.writeUInt16LE(tags.length, at);
    for (const [i, [tag, type, value]] of tags.entries()) {
      const entry = at + 2 + i * 12;
      file.writeUInt16LE(tag, entry);
      file.writeUInt16LE(type, entry + 2);
      file.writeUInt32LE(1, entry + 4);
      if (type === 3) file.writeUInt16LE(value, entry + 8);
      else file.writeUInt32LE(value, entry + 8);
    }
    const next = page + 1 < pages ? at + ifdBytes : loop ? 8 + strip.length : 0;
    file.writeUInt32LE(next, at + ifdBytes - 4);
  }
  return file;
}

/** One byte changed, a piece cut out, doubled, or the end cut off, as the dice say. */
export function mutate(bytes: Buffer, next: () => number): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(next() * copy.length);
  const piece = Math.floor(next() * 64);
  const kind = next();
  if (kind < 0.5) for (let i = 0; i < 1 + next() * 8; i++) copy[Math.floor(next() * copy.length)] = next() * 256;
  else if (kind < 0.7) return copy.subarray(0, at);
  else if (kind < 0.85) return Buffer.concat([copy.subarray(0, at), copy.subarray(at + piece)]);
  else return Buffer.concat([copy.subarray(0, at + piece), copy.subarray(at)]);
  return copy;
}
