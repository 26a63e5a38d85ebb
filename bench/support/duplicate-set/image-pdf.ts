import { deflateSync } from 'node:zlib';
import type { Random } from '../../../src/main/demo/random.ts';
import { latin, type PdfObjects, type PdfPage, stream, writePdf } from './pdf-file.ts';
import { open, type Picture } from './picture.ts';
import { packed } from './tiff.ts';

/** A word where it stands on the picture, in pixels from the top left corner. */
export interface PlacedWord {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface ImagePage {
  readonly picture: Picture;
  readonly bilevel: boolean;
  readonly quality: number;
  /** The invisible text of the page, as a scanner's own reading wrote it. */
  readonly words: readonly PlacedWord[];
  /** Size on paper in points; a scanner does not always know A4. */
  readonly width: number;
  readonly rotate?: number;
}

const producers = [
  'Canon iR-ADV C3520',
  'KONICA MINOLTA bizhub C258',
  'Adobe PSL 1.3e for Canon',
  'RICOH MP C3004',
  'ABBYY FineReader 12',
  'CamScanner',
  'Xerox WorkCentre 7835',
  'Microsoft: Print To PDF',
];

/** A PDF of pictures, as scanners and scanning apps write it. */
export async function imagePdf(pages: readonly ImagePage[], r: Random): Promise<Uint8Array> {
  const objects: PdfObjects = ['<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'];
  const made: PdfPage[] = [];
  for (const page of pages) {
    objects.push(await imageObject(page));
    const { picture, width, rotate, words } = page;
    const height = (width * picture.height) / picture.width;
    const content = `q ${width.toFixed(2)} 0 0 ${height.toFixed(2)} 0 0 cm /I Do Q\n${hidden(words, width / picture.width, height)}`;
    made.push({
      width,
      height,
      resources: `/Font<</R 1 0 R>>/XObject<</I ${objects.length} 0 R>>`,
      content: deflateSync(Buffer.from(content, 'latin1')),
      ...(rotate ? { rotate } : {}),
    });
  }
  const producer = r.pick(producers);
  return writePdf(objects, made, {
    Producer: producer,
    Creator: producer,
    Title: r.pick(['', 'Scan', 'Dokument', 'SKM_C25826111']),
  });
}

async function imageObject({ picture, bilevel, quality }: ImagePage): Promise<Buffer> {
  const size = `/Type/XObject/Subtype/Image/Width ${picture.width}/Height ${picture.height}`;
  if (bilevel)
    return stream(
      `${size}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode`,
      deflateSync(packed(picture), { level: 5 }),
    );
  const jpeg = await open(picture)
    .toColourspace(picture.channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality, optimiseCoding: false })
    .toBuffer();
  return stream(
    `${size}/ColorSpace/${picture.channels === 1 ? 'DeviceGray' : 'DeviceRGB'}/BitsPerComponent 8/Filter/DCTDecode`,
    jpeg,
  );
}

const hidden = (words: readonly PlacedWord[], k: number, height: number): string =>
  words
    .filter(({ text, width }) => text !== '' && width > 0)
    .map(({ text, x, y, width, height: h }) => {
      const size = Math.max(4, h * k * 1.2);
      const stretch = Math.min(400, Math.max(20, (width * k * 100) / (text.length * size * 0.52)));
      return `BT 3 Tr /R ${size.toFixed(1)} Tf ${stretch.toFixed(0)} Tz ${(x * k).toFixed(1)} ${(height - (y + h) * k).toFixed(1)} Td ${latin(text)} Tj ET`;
    })
    .join('\n');

/** How well the text of a scan was read by its scanner. */
export type Reading = 'none' | 'good' | 'poor' | 'garbled' | 'shifted';

const confusions: readonly (readonly [RegExp, string])[] = [
  [/0/g, 'O'],
  [/O/g, '0'],
  [/1/g, 'l'],
  [/l/g, '1'],
  [/5/g, 'S'],
  [/8/g, 'B'],
  [/rn/g, 'm'],
  [/m/g, 'rn'],
  [/ü/g, 'ii'],
  [/ä/g, 'a'],
  [/ö/g, 'o'],
  [/ß/g, 'B'],
  [/6/g, 'G'],
  [/,/g, '.'],
  [/e/g, 'c'],
  [/3/g, '8'],
  [/7/g, '1'],
  [/9/g, '4'],
];

/** The words as the scanner's reading has them: with few or many mistakes, senseless, or each digit wrong in the same way. */
export function misread(words: readonly PlacedWord[], reading: Reading, r: Random): PlacedWord[] {
  if (reading === 'none') return [];
  const rate = { good: 0.03, poor: 0.3, garbled: 0, shifted: 0 }[reading];
  const key = r.int(3, 19);
  return words.flatMap((word): PlacedWord[] => {
    let { text } = word;
    if (reading === 'garbled')
      text = [...text].map((c) => String.fromCharCode(33 + ((c.charCodeAt(0) * 7 + key * 13) % 90))).join('');
    else if (reading === 'shifted') text = text.replace(/\d/g, (d) => String((Number(d) + key) % 10));
    else if (r.chance(rate)) {
      if (r.chance(0.12)) return [];
      const [from, to] = r.pick(confusions);
      text = text.replace(from, to);
    }
    return [{ ...word, text }];
  });
}
