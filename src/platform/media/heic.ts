import { type Inspection, refused, sized } from './inspection.ts';

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const MAX_BOXES = 10_000;

/**
 * Judges a HEIC photo by its boxes (ISO/IEC 14496-12 and 23008-12), without decoding: every box must lie within the
 * file, there must be a description with a size, and data. The largest size told is that of the picture.
 */
export function judgeHeic(bytes: Buffer): Inspection {
  const top = boxes(bytes, 0, bytes.length);
  const meta = top?.find((box) => box.type === 'meta');
  if (!top || !meta || !top.some((box) => box.type === 'mdat' && box.end > box.start)) return refused('broken');
  const inner = boxes(bytes, meta.start + 4, meta.end);
  const properties = inner?.find((box) => box.type === 'iprp');
  const located = inner?.some((box) => box.type === 'iloc') && inner.some((box) => box.type === 'pitm');
  if (!properties || !located) return refused('broken');
  const store = boxes(bytes, properties.start, properties.end)?.find((box) => box.type === 'ipco');
  let [width, height] = [0, 0];
  for (const box of (store && boxes(bytes, store.start, store.end)) ?? []) {
    if (box.type !== 'ispe' || box.end - box.start < 12) continue;
    const [w, h] = [bytes.readUInt32BE(box.start + 4), bytes.readUInt32BE(box.start + 8)];
    if (w * h > width * height) [width, height] = [w, h];
  }
  return sized('image/heic', width, height);
}

/** The boxes between two offsets; undefined when one does not fit. */
function boxes(bytes: Buffer, from: number, to: number): Box[] | undefined {
  const found: Box[] = [];
  for (let at = from; at < to; ) {
    if (at + 8 > to || found.length >= MAX_BOXES) return undefined;
    let length = bytes.readUInt32BE(at);
    let header = 8;
    if (length === 1) {
      if (at + 16 > to) return undefined;
      length = Number(bytes.readBigUInt64BE(at + 8));
      header = 16;
    } else if (length === 0) length = to - at;
    if (length < header || at + length > to) return undefined;
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + header, end: at + length });
    at += length;
  }
  return found;
}
