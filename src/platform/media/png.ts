import { crc32 } from 'node:zlib';
import { type Inspection, refused, sized } from './inspection.ts';

/** Bit depths allowed for each colour type of PNG (ISO/IEC 15948, table 11.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Judges a PNG by its chunks, without decoding: header first, data, end, and the checksum of every critical chunk. */
export function judgePng(bytes: Buffer): Inspection {
  let at = 8;
  let verdict: Inspection | undefined;
  let data = 0;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return refused('broken');
    const critical = (bytes[at + 4]! & 0x20) === 0;
    if (critical && crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return refused('broken');
    if (!verdict) {
      if (type !== 'IHDR' || length !== 13) return refused('broken');
      if (!DEPTHS[bytes[at + 17] ?? -1]?.includes(bytes[at + 16] ?? 0)) return refused('broken');
      verdict = sized('image/png', bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12));
      if (!verdict.ok) return verdict;
    } else if (type === 'IHDR') return refused('broken');
    if (type === 'IDAT') data += length;
    if (type === 'IEND') return data > 0 ? verdict : refused('broken');
    at = end + 4;
  }
  return refused('broken');
}
