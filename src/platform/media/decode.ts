import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS, type MediaType } from './inspection.ts';

/** Seconds the image library may work on one picture before it gives up by itself. */
const MAX_SECONDS = 12;

sharp.cache(false);
sharp.concurrency(1);

/** A file that the decoder does not understand. */
export class Undecodable extends Error {
  override readonly name = 'Undecodable';
}

/**
 * The picture of one page (1-based) of an image file, turned as the camera meant it. `strict` fails at the first damage,
 * otherwise what can be seen is shown.
 */
export async function decodeImage(
  bytes: Uint8Array,
  mediaType: Exclude<MediaType, 'application/pdf'>,
  page: number,
  strict: boolean,
): Promise<Sharp> {
  if (mediaType === 'image/heic') return decodeHeic(bytes);
  if (mediaType !== 'image/tiff' && page !== 1) throw new Undecodable('An image of this kind has one page.');
  return sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    failOn: strict ? 'error' : 'none',
    sequentialRead: true,
    ...(mediaType === 'image/tiff' ? { page: page - 1 } : {}),
  })
    .timeout({ seconds: MAX_SECONDS })
    .autoOrient();
}

async function decodeHeic(bytes: Uint8Array): Promise<Sharp> {
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const images = new libheif.HeifDecoder().decode(bytes);
  try {
    const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
    const [width, height] = [image?.get_width() ?? 0, image?.get_height() ?? 0];
    if (!image || width < 1 || height < 1 || width * height > MAX_PIXELS) throw new Undecodable('No picture in it.');
    const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
    const filled = await new Promise<boolean>((resolve) => image.display(target, (result) => resolve(result !== null)));
    if (!filled) throw new Undecodable('The picture cannot be decoded.');
    return sharp(target.data, { raw: { width, height, channels: 4 } }).timeout({ seconds: MAX_SECONDS });
  } finally {
    for (const image of images) image.free();
  }
}
