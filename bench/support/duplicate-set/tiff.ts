import { deflateSync } from 'node:zlib';
import type { Picture } from './picture.ts';

/** Eight points a byte, dark is 0. */
export function packed({ data, width, height }: Picture): Uint8Array {
  const stride = Math.ceil(width / 8);
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((data[y * width + x] as number) > 127)
        out[y * stride + (x >> 3)] = (out[y * stride + (x >> 3)] as number) | (128 >> (x & 7));
  return out;
}

/** A TIFF of several grey or black and white pages (TIFF 6.0; one strip a page, deflated), each of its own size. */
export function writeTiff(pages: readonly Picture[], bilevel: boolean, dpi: number): Uint8Array {
  const parts: Buffer[] = [Buffer.from('49492a0000000000', 'hex')];
  let length = 8;
  let link = { part: 0, at: 4 };
  for (const page of pages) {
    const strip = deflateSync(bilevel ? packed(page) : page.data, { level: 5 });
    const even = Buffer.alloc(strip.length + (strip.length % 2));
    even.set(strip);
    const resolution = length + even.length;
    const entries: (readonly [tag: number, type: number, value: number])[] = [
      [256, 4, page.width],
      [257, 4, page.height],
      [258, 3, bilevel ? 1 : 8],
      [259, 3, 8],
      [262, 3, 1],
      [273, 4, length],
      [277, 3, 1],
      [278, 4, page.height],
      [279, 4, strip.length],
      [282, 5, resolution],
      [283, 5, resolution],
      [296, 3, 2],
    ];
    const directory = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
    directory.writeUInt32LE(dpi, 0);
    directory.writeUInt32LE(1, 4);
    directory.writeUInt16LE(entries.length, 8);
    entries.forEach(([tag, type, value], i) => {
      const at = 10 + i * 12;
      directory.writeUInt16LE(tag, at);
      directory.writeUInt16LE(type, at + 2);
      directory.writeUInt32LE(1, at + 4);
      directory.writeUInt32LE(value, at + 8);
    });
    (parts[link.part] as Buffer).writeUInt32LE(resolution + 8, link.at);
    parts.push(even, directory);
    length = resolution + directory.length;
    link = { part: parts.length - 1, at: directory.length - 4 };
  }
  return Buffer.concat(parts);
}
