import sharp from 'sharp';
import type { PageReading } from '../../../platform/reading/index.ts';
import { type ComparablePage, comparable } from './compare-pages.ts';
import { sheetOf } from './pixels.ts';

/** Makes read pages ready for comparing: decodes their pictures. Some 20 ms a page. */
export async function preparePages(pages: readonly PageReading[]): Promise<ComparablePage[]> {
  const ready: ComparablePage[] = [];
  for (const page of pages) {
    const { data, info } = await sharp(page.picture).greyscale().raw().toBuffer({ resolveWithObject: true });
    ready.push(comparable(page, sheetOf(data, info.width, info.height)));
  }
  return ready;
}
