import sharp from 'sharp';
import { renderPage } from '../../src/platform/media/index.ts';

/** Pixels across an A4 page at 200 dpi. */
const across = 1_654;

/** The pages of a PDF as an office scanner stores them: black and white, each as a TIFF of one page in fax compression (CCITT group 4). */
export async function bilevelPages(pdf: Buffer, pages: number): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for (let page = 1; page <= pages; page += 1) {
    const picture = await renderPage(pdf, 'application/pdf', page, across);
    if ('failed' in picture) throw new Error(`Page ${page} was not drawn: ${picture.failed}.`);
    found.push(
      await sharp(picture.bytes)
        .greyscale()
        .threshold(150)
        .toColourspace('b-w')
        .tiff({ compression: 'ccittfax4', bitdepth: 1, xres: 8, yres: 8 })
        .toBuffer(),
    );
  }
  return found;
}

const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8 };
const [stripOffsets, stripBytes] = [273, 279];

/** TIFFs of one page each as one TIFF of many, a directory behind the strips of each page, as a scanner appends them. */
export function stackTiff(pages: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  let end = 8;
  /** Where the offset of the next directory is written. */
  let pointer: { part: Buffer; at: number } = { part: parts[0] as Buffer, at: 4 };
  const add = (bytes: Buffer): number => {
    const at = end;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    end += padded.length;
    return at;
  };
  for (const page of pages) {
    const ifd = page.readUInt32LE(4);
    const count = page.readUInt16LE(ifd);
    const directory = Buffer.from(page.subarray(ifd, ifd + 2 + count * 12 + 4));
    const numbers = (tag: number): number[] => {
      for (let at = ifd + 2; at < ifd + 2 + count * 12; at += 12) {
        if (page.readUInt16LE(at) !== tag) continue;
        const [type, many] = [page.readUInt16LE(at + 2), page.readUInt32LE(at + 4)];
        const size = typeBytes[type] ?? 1;
        const from = size * many <= 4 ? at + 8 : page.readUInt32LE(at + 8);
        return Array.from({ length: many }, (_, i) =>
          size === 2 ? page.readUInt16LE(from + i * 2) : page.readUInt32LE(from + i * 4),
        );
      }
      return [];
    };
    const lengths = numbers(stripBytes);
    const strips = numbers(stripOffsets).map((from, i) => add(page.subarray(from, from + (lengths[i] ?? 0))));
    for (let at = 2; at < 2 + count * 12; at += 12) {
      const [tag, type, many] = [
        directory.readUInt16LE(at),
        directory.readUInt16LE(at + 2),
        directory.readUInt32LE(at + 4),
      ];
      if (tag === stripOffsets) {
        directory.writeUInt16LE(4, at + 2);
        const table = Buffer.alloc(strips.length * 4);
        for (const [i, strip] of strips.entries()) table.writeUInt32LE(strip, i * 4);
        directory.writeUInt32LE(strips.length === 1 ? (strips[0] ?? 0) : add(table), at + 8);
        continue;
      }
      const bytes = (typeBytes[type] ?? 1) * many;
      if (bytes <= 4) continue;
      const from = directory.readUInt32LE(at + 8);
      directory.writeUInt32LE(add(page.subarray(from, from + bytes)), at + 8);
    }
    directory.writeUInt32LE(0, directory.length - 4);
    pointer.part.writeUInt32LE(add(directory), pointer.at);
    pointer = { part: parts.at(-1) as Buffer, at: directory.length - 4 };
  }
  return Buffer.concat(parts);
}
