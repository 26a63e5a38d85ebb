import { judgeHeic } from './heic.ts';
import { type Inspection, type MediaType, refused } from './inspection.ts';
import { judgeJpeg } from './jpeg.ts';
import { judgePng } from './png.ts';
import { judgeTiff } from './tiff.ts';
import { judgeWebp } from './webp.ts';

const JUDGES: Readonly<Record<Exclude<MediaType, 'application/pdf'>, (bytes: Buffer) => Inspection>> = {
  'image/jpeg': judgeJpeg,
  'image/png': judgePng,
  'image/webp': judgeWebp,
  'image/tiff': judgeTiff,
  'image/heic': judgeHeic,
};

/** Judges an image by its structure, without decoding it. Never throws: what cannot be read is broken. */
export function judgeImage(mediaType: Exclude<MediaType, 'application/pdf'>, bytes: Buffer): Inspection {
  try {
    return JUDGES[mediaType](bytes);
  } catch (error) {
    if (error instanceof RangeError) return refused('broken');
    throw error;
  }
}
