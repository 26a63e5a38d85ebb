import { type Inspection, MAX_PAGES, MAX_PIXELS, refused, sized } from './inspection.ts';

/** Tags read and strips checked over all pages: an honest scan of 3,000 pages stays below it, a trap does not. */
const MAX_WORK = 400_000;
const [WIDTH, HEIGHT, STRIPS, STRIP_BYTES, TILES, TILE_BYTES] = [256, 257, 273, 279, 324, 325];
/** Bytes of one value of each field type (TIFF 6.0, section 2). */
// biome-ignore format: a table
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 };

/**
 * Judges a TIFF by walking its directories (one a page), without decoding: each page needs a size, and its strips or
 * tiles must lie within the file. Directories that come back to one already seen, and endless ones, are broken.
 */
export function judgeTiff(bytes: Buffer): Inspection {
  const little = bytes[0] === 0x49;
  const u16 = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const seen = new Set<number>();
  let work = 0;
  let first: { width: number; height: number } | undefined;

  /** Where the values of one tag stand; undefined when that is outside the file. */
  const place = (entry: number): { at: number; size: number; count: number } | undefined => {
    const size = TYPE_BYTES[u16(entry + 2)] ?? 1;
    const count = u32(entry + 4);
    const at = size * count <= 4 ? entry + 8 : u32(entry + 8);
    return at + size * count > bytes.length ? undefined : { at, size, count };
  };

  /** The numbers of one tag; undefined when they are not whole numbers, or too many. */
  const values = ({ at, size, count }: { at: number; size: number; count: number }): number[] | undefined => {
    work += count;
    if (size > 4 || work > MAX_WORK) return undefined;
    return Array.from({ length: count }, (_, i) => {
      const p = at + i * size;
      return size === 1 ? (bytes[p] ?? 0) : size === 2 ? u16(p) : u32(p);
    });
  };

  for (let ifd = u32(4); ifd !== 0; ) {
    if (seen.has(ifd) || ifd < 8 || ifd + 6 > bytes.length) return refused('broken');
    seen.add(ifd);
    if (seen.size > MAX_PAGES) return refused('too-many-pages');
    const count = u16(ifd);
    const next = ifd + 2 + count * 12;
    work += count;
    if (count === 0 || next + 4 > bytes.length || work > MAX_WORK) return refused('broken');
    const tags = new Map<number, number[]>();
    for (let entry = ifd + 2; entry < next; entry += 12) {
      const tag = u16(entry);
      const where = place(entry);
      if (!where) return refused('broken');
      if (![WIDTH, HEIGHT, STRIPS, STRIP_BYTES, TILES, TILE_BYTES].includes(tag)) continue;
      const found = values(where);
      if (!found) return refused('broken');
      tags.set(tag, found);
    }
    const width = tags.get(WIDTH)?.[0] ?? 0;
    const height = tags.get(HEIGHT)?.[0] ?? 0;
    if (width < 1 || height < 1) return refused('broken');
    if (width * height > MAX_PIXELS) return refused('too-many-pixels');
    if (!within(tags.get(STRIPS) ?? tags.get(TILES), tags.get(STRIP_BYTES) ?? tags.get(TILE_BYTES), bytes.length))
      return refused('broken');
    first ??= { width, height };
    ifd = u32(next);
  }
  return first ? sized('image/tiff', first.width, first.height, seen.size) : refused('broken');
}

function within(offsets: number[] | undefined, lengths: number[] | undefined, fileLength: number): boolean {
  if (!offsets || !lengths || offsets.length !== lengths.length) return false;
  return offsets.every((offset, i) => offset > 0 && offset + (lengths[i] ?? 0) <= fileLength);
}
