import { type Inspection, refused, sized } from './inspection.ts';

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/**
 * Judges a JPEG by its markers, without decoding: start, frame size, scan, end. A file that stops before its end marker
 * is broken; bytes after it are tolerated (phones append previews and motion pictures).
 */
export function judgeJpeg(bytes: Buffer): Inspection {
  let at = 2;
  let size: { width: number; height: number } | undefined;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return refused('broken');
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    if (marker < 0xc0 || marker === 0xd8 || marker === 0xd9) return refused('broken');
    const length = bytes.readUInt16BE(at + 2);
    const next = at + 2 + length;
    if (length < 2 || next > bytes.length) return refused('broken');
    if (isFrame(marker)) {
      // Baseline, extended and progressive are what cameras, scanners and browsers know; the others are laboratory kinds.
      if (marker > 0xc2 || length < 8 || size) return refused('broken');
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    if (marker === 0xda) {
      // Within coded data 0xFF is always followed by zero, so the first end marker after it is the real one.
      const end = size ? bytes.indexOf(END_OF_IMAGE, next) : -1;
      return size && end > next ? sized('image/jpeg', size.width, size.height) : refused('broken');
    }
    at = next;
  }
  return refused('broken');
}

/** SOF0 to SOF15 without the three codes in that row that mean something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
