import sharp from 'sharp';
import type { PageReading } from '../../../platform/reading/index.ts';
import { type ComparablePage, comparable } from './compare-pages.ts';
import { type Sheet, sheetOf } from './pixels.ts';

/** Gives the decoded picture of a page. */
export type Sheets = (page: PageReading) => Promise<Sheet>;

/** Decoded pictures for two papers: 2 MB each. */
const FEW = 60;

/** Keeps so many decoded pictures at hand, those last asked for: comparing comes back to the same pages. */
export function keepSheets(most: number): Sheets {
  const kept = new Map<PageReading, Promise<Sheet>>();
  return (page) => {
    const sheet = kept.get(page) ?? decode(page.picture);
    kept.delete(page);
    kept.set(page, sheet);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return sheet;
  };
}

/** Makes read pages ready for comparing. A picture is decoded (some 20 ms) when pixels have to decide. */
export function preparePages(pages: readonly PageReading[], sheets: Sheets = keepSheets(FEW)): ComparablePage[] {
  return pages.map((page) => comparable(page, () => sheets(page)));
}

async function decode(picture: Uint8Array): Promise<Sheet> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  return sheetOf(data, info.width, info.height);
}
