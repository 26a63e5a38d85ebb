import { type Inspection, refused, sized } from './inspection.ts';

/** Judges a WebP by the sizes of its RIFF chunks, without decoding. */
export function judgeWebp(bytes: Buffer): Inspection {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length || end < 30) return refused('broken');
  let canvas: { width: number; height: number } | undefined;
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const data = at + 8;
    if (data + length > end) return refused('broken');
    if (type === 'VP8X' && length >= 10)
      canvas = { width: bytes.readUIntLE(data + 4, 3) + 1, height: bytes.readUIntLE(data + 7, 3) + 1 };
    if (type === 'VP8 ' || type === 'VP8L') {
      const size = type === 'VP8L' ? losslessSize(bytes, data, length) : lossySize(bytes, data, length);
      if (!size) return refused('broken');
      const { width, height } = canvas ?? size;
      return sized('image/webp', Math.max(width, size.width), Math.max(height, size.height));
    }
    if (type === 'ANMF') return canvas ? sized('image/webp', canvas.width, canvas.height) : refused('broken');
    at = data + length + (length % 2);
  }
  return refused('broken');
}

function lossySize(bytes: Buffer, at: number, length: number): { width: number; height: number } | undefined {
  if (length < 10 || bytes.readUIntBE(at + 3, 3) !== 0x9d012a) return undefined;
  return { width: bytes.readUInt16LE(at + 6) & 0x3fff, height: bytes.readUInt16LE(at + 8) & 0x3fff };
}

function losslessSize(bytes: Buffer, at: number, length: number): { width: number; height: number } | undefined {
  if (length < 5 || bytes[at] !== 0x2f) return undefined;
  const bits = bytes.readUInt32LE(at + 1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
