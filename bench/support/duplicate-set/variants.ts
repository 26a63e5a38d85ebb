import type { Random } from '../../../src/main/demo/random.ts';
import type { Base } from './bases.ts';
import { type ImagePage, imagePdf, misread, type PlacedWord, type Reading } from './image-pdf.ts';
import { mark } from './marks.ts';
import { pdfium, type Word } from './pdfium.ts';
import { photograph } from './photo.ts';
import { edit, open, type Picture, plain, raw } from './picture.ts';
import { type Colour, fax, type Scan, scan } from './scan.ts';
import { screenshot } from './screen.ts';
import { writeTiff } from './tiff.ts';
import type { Setter } from './typst.ts';

/** What happened to a paper on its way. */
export type Variant =
  | 'digital'
  | 'resaved'
  | 'imaged'
  | 'scanned'
  | 'fax'
  | 'annotated'
  | 'photo'
  | 'bad-photo'
  | 'turned'
  | 'cropped'
  | 'tiff'
  | 'png'
  | 'screenshot';

/** A page of a base paper, or an empty back side. */
export type Leaf = { readonly base: Base; readonly page: number } | 'blank';

export interface Made {
  readonly bytes: Uint8Array;
  readonly extension: 'pdf' | 'jpg' | 'png' | 'tiff';
}

/** Which shapes hold several pages in one file. */
export const manyPaged = (variant: Variant): boolean => !['png', 'screenshot', 'cropped'].includes(variant);

/** Makes a file of these pages in the shape of the variant. */
export async function makeVariant(leaves: readonly Leaf[], variant: Variant, set: Setter, r: Random): Promise<Made> {
  switch (variant) {
    case 'digital':
      return pdfOf(await collected(leaves));
    case 'resaved':
      return pdfOf(await resave(await collected(leaves), leaves.length, r));
    case 'screenshot':
      return { bytes: await screenshot(await drawn(leaves[0] as Leaf, 110), set, r), extension: 'png' };
    case 'cropped':
      return cropped(leaves[0] as Leaf, r);
    case 'png':
      return {
        bytes: await open(await drawn(leaves[0] as Leaf, r.pick([96, 120, 150])))
          .png({ palette: r.chance(0.5) })
          .toBuffer(),
        extension: 'png',
      };
    case 'tiff':
      return { bytes: await tiff(leaves, r), extension: 'tiff' };
    case 'photo':
    case 'bad-photo':
      return photos(leaves, variant === 'bad-photo', set, r);
    case 'turned':
      return turned(leaves, set, r);
    case 'imaged':
    case 'scanned':
    case 'annotated':
    case 'fax':
      return pdfOf(await imagePdf(await scans(leaves, variant, set, r), r));
  }
}

const pdfOf = (bytes: Uint8Array): Made => ({ bytes, extension: 'pdf' });
const A4_WIDTH = 595.28;

async function collected(leaves: readonly Leaf[]): Promise<Uint8Array> {
  const parts = leaves.flatMap((leaf) => (leaf === 'blank' ? [] : [{ pdf: leaf.base.pdf, index: leaf.page }]));
  const [first] = parts;
  const whole =
    first !== undefined &&
    leaves.every((leaf, i) => leaf !== 'blank' && leaf.base.pdf === first.pdf && leaf.page === i) &&
    leaves[0] !== 'blank' &&
    leaves.length === leaves[0]?.base.pages.length;
  return whole ? first.pdf : stable(await (await pdfium()).collect(parts));
}

/** PDFium writes the time of the day into what it saves; the set must not depend on it. */
const stable = (pdf: Uint8Array, producer = 'PDFium'): Uint8Array =>
  Buffer.from(
    Buffer.from(pdf)
      .toString('latin1')
      .replace(/CreationDate\(D:\d{14}/g, 'CreationDate(D:20260901120000')
      .replace('/Producer(PDFium)', `/Producer(${producer.slice(0, 6).padEnd(6)})`)
      .replace(/\/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]/g, (id) =>
        id.replace(/<[0-9A-Fa-f]*>/g, (hex) => `<${'a'.repeat(hex.length - 2)}>`),
      ),
    'latin1',
  );

/** Saved by another program, printed to a PDF on A4 or Letter, or turned in a viewer. */
async function resave(pdf: Uint8Array, pages: number, r: Random): Promise<Uint8Array> {
  const engine = await pdfium();
  const producer = r.pick(['cairo1', 'Skia/1', 'GPL Gs', 'macOS ', 'iOS 19']);
  switch (r.int(0, 3)) {
    case 0:
      return stable(await engine.refit(pdf, 612, 792), producer);
    case 1:
      return stable(await engine.refit(pdf, A4_WIDTH * (0.9 + r.next() * 0.1), 841.89), producer);
    case 2:
      return stable(await engine.collect(Array.from({ length: pages }, (_, index) => ({ pdf, index }))), producer);
    default:
      return stable(await engine.turn(pdf, pages, r.pick([0, 1, 2, 3])), producer);
  }
}

/** The page as its program prints it. */
async function drawn(leaf: Leaf, dpi: number): Promise<Picture> {
  if (leaf !== 'blank') return (await pdfium()).render(leaf.base.pdf, leaf.page, dpi);
  return plain(Math.round(8.27 * dpi), Math.round(11.69 * dpi), [250, 250, 248]);
}

const wordsOf = (leaf: Leaf): readonly Word[] => (leaf === 'blank' ? [] : (leaf.base.pages[leaf.page]?.words ?? []));

async function scans(
  leaves: readonly Leaf[],
  variant: 'imaged' | 'scanned' | 'annotated' | 'fax',
  set: Setter,
  r: Random,
): Promise<ImagePage[]> {
  const colour: Colour =
    variant === 'fax'
      ? 'bilevel'
      : r.weighted([
          ['colour', variant === 'annotated' ? 6 : 3],
          ['grey', 3],
          ['bilevel', 2],
        ]);
  const dpi =
    variant === 'fax'
      ? 200
      : r.weighted([
          [150, 3],
          [200, 5],
          [300, colour === 'bilevel' ? 3 : 1],
        ]);
  const reading: Reading = r.weighted(
    variant === 'imaged'
      ? [
          ['good', 4],
          ['poor', 3],
          ['garbled', 1],
          ['shifted', 1],
        ]
      : [
          ['none', 5],
          ['good', 2],
          ['poor', 1.5],
          ['garbled', 0.5],
          ['shifted', 0.3],
        ],
  );
  const wear = variant === 'imaged' ? r.next() * 0.25 : 0.15 + r.next() * 0.85;
  const upsideDown = r.chance(0.06);
  const quality = r.int(35, 85);
  const pages: ImagePage[] = [];
  for (const leaf of leaves) {
    let page = await drawn(leaf, dpi);
    if (variant === 'annotated') page = await mark(page, wordsOf(leaf), dpi, set, r);
    const made: Scan =
      variant === 'fax'
        ? { picture: await fax(page, r), toPixels: (p) => p }
        : await scan(page, { dpi, colour, wear }, r);
    const words =
      variant === 'fax'
        ? []
        : misread(
            wordsOf(leaf).map((word) => placed(word, made)),
            reading,
            r,
          );
    pages.push({
      picture: upsideDown ? await edit(made.picture, (image) => image.rotate(180)) : made.picture,
      bilevel: colour === 'bilevel',
      quality,
      words: upsideDown ? [] : words,
      width: r.chance(0.1) ? 612 : A4_WIDTH,
    });
  }
  return pages;
}

function placed(word: Word, { toPixels }: Scan): PlacedWord {
  const [x, y] = toPixels([word.x, word.y]);
  const [right, bottom] = toPixels([word.x + word.width, word.y + word.height]);
  return { text: word.text, x, y, width: right - x, height: Math.max(2, bottom - y) };
}

async function tiff(leaves: readonly Leaf[], r: Random): Promise<Uint8Array> {
  const bilevel = r.chance(0.5);
  const dpi = r.pick([150, 200]);
  const wear = 0.1 + r.next() * 0.6;
  const pages: Picture[] = [];
  for (const leaf of leaves)
    pages.push((await scan(await drawn(leaf, dpi), { dpi, colour: bilevel ? 'bilevel' : 'grey', wear }, r)).picture);
  return writeTiff(pages, bilevel, dpi);
}

/** One page is a JPEG of the camera; several are what a scanning app or a person put into one PDF. */
async function photos(leaves: readonly Leaf[], bad: boolean, set: Setter, r: Random): Promise<Made> {
  const dpi = bad ? 110 : 170;
  const shots: Picture[] = [];
  for (const leaf of leaves) {
    let page = await drawn(leaf, dpi);
    if (r.chance(0.12)) page = await mark(page, wordsOf(leaf), dpi, set, r);
    shots.push(await photograph(page, { bad, dpi }, r));
  }
  const quality = bad ? r.int(38, 65) : r.int(60, 88);
  if (shots.length === 1)
    return {
      bytes: await open(shots[0] as Picture)
        .jpeg({ quality, optimiseCoding: false })
        .toBuffer(),
      extension: 'jpg',
    };
  return pdfOf(
    await imagePdf(
      shots.map((picture) => ({ picture, bilevel: false, quality, words: [], width: A4_WIDTH })),
      r,
    ),
  );
}

/** A quarter, half or three quarters round: in the pixels, in the EXIF of the camera, or in the PDF. */
async function turned(leaves: readonly Leaf[], set: Setter, r: Random): Promise<Made> {
  const angle = r.pick([90, 180, 270] as const);
  if (leaves.length > 1 || r.chance(0.4)) {
    const pages = await scans(leaves, r.chance(0.3) ? 'annotated' : 'scanned', set, r);
    const byFlag = r.chance(0.3);
    const round = await Promise.all(
      pages.map(
        async (page): Promise<ImagePage> =>
          byFlag
            ? { ...page, rotate: angle }
            : { ...page, words: [], picture: await edit(page.picture, (image) => image.rotate(angle)) },
      ),
    );
    return pdfOf(
      await imagePdf(
        round.map((page) => (byFlag || angle === 180 ? page : { ...page, width: 841.89 })),
        r,
      ),
    );
  }
  const shot = await photograph(await drawn(leaves[0] as Leaf, 170), { bad: false, dpi: 170 }, r);
  const byExif = r.chance(0.4);
  const image = open(shot)
    .rotate(angle)
    .jpeg({ quality: r.int(60, 85), optimiseCoding: false });
  const orientation = { 90: 8, 180: 3, 270: 6 }[angle];
  return { bytes: await (byExif ? image.withMetadata({ orientation }) : image).toBuffer(), extension: 'jpg' };
}

/** Somebody cut out what seemed to matter: most of the page, not all. */
async function cropped(leaf: Leaf, r: Random): Promise<Made> {
  const asPhoto = r.chance(0.5);
  const page = await drawn(leaf, 150);
  const used = wordsOf(leaf)
    .map(({ y, height }) => y + height)
    .filter((y) => y < 770);
  const lowest = Math.min(1, (Math.max(300, ...used) + 10) / 841.89);
  const [left, top] = [r.next() * 0.08, r.next() * 0.1];
  const [right, bottom] = [1 - r.next() * 0.07, lowest * (1 - r.next() * 0.14)];
  const cut = await raw(
    open(page).extract({
      left: Math.round(left * page.width),
      top: Math.round(top * page.height),
      width: Math.round((right - left) * page.width),
      height: Math.round((bottom - top) * page.height),
    }),
  );
  if (asPhoto)
    return {
      bytes: await open((await scan(cut, { dpi: 150, colour: 'colour', wear: 0.5 }, r)).picture)
        .jpeg({ quality: r.int(50, 85) })
        .toBuffer(),
      extension: 'jpg',
    };
  return r.chance(0.5)
    ? { bytes: await open(cut).png().toBuffer(), extension: 'png' }
    : {
        bytes: await open(cut)
          .jpeg({ quality: r.int(45, 80) })
          .toBuffer(),
        extension: 'jpg',
      };
}
