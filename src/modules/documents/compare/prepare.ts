import sharp from 'sharp';
import type { PageReading } from '../../../platform/reading/index.ts';
import { type ComparablePage, comparable } from './compare-pages.ts';
import { type Sheet, sheetOf } from './pixels.ts';

/** Decoded pictures that are kept at hand, 2 MB each: comparing comes back to the same pages. */
const KEPT = 60;
const kept = new Map<object, Promise<Sheet>>();

/** Makes read pages ready for comparing. A picture is decoded (some 20 ms) when pixels have to decide. */
export const preparePages = (pages: readonly PageReading[]): ComparablePage[] =>
  pages.map((page) => comparable(page, () => sheetAt(page)));

function sheetAt(page: PageReading): Promise<Sheet> {
  const known = kept.get(page);
  kept.delete(page);
  const sheet = known ?? decode(page.picture);
  kept.set(page, sheet);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return sheet;
}

async function decode(picture: Uint8Array): Promise<Sheet> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  return sheetOf(data, info.width, info.height);
}
