import sharp from 'sharp';
import { separatorCode } from '../../../src/modules/post/index.ts';
import { joinImages, joinPdfs, renderPage } from '../../../src/platform/media/index.ts';
import { followingSheet, letterSheet, type ScanSheet, scanPdf } from '../../support/scans.ts';
import { seededRandom } from './numbers.ts';

/** A stack with what must come of it. */
export type Stack = {
  readonly bytes: Buffer;
  readonly pages: number;
  readonly letters: number;
  readonly blank: number;
  readonly pictures: number;
};

type Sheet = ScanSheet & { readonly role: 'first' | 'more' | 'blank' | 'separator' };

const senders = [
  'Bäckerei Sonne GmbH',
  'Hausverwaltung Berg KG',
  'Stadtwerke Musterstadt AG',
  'Familienkasse Musterstadt',
];
const subjects = ['Entgeltabrechnung', 'Mietvertrag', 'Stromrechnung', 'Bescheid'];

/**
 * Letters of one to three pages with printed numbers, blank back sides, separator sheets and sheets that lay the wrong way up,
 * until so many pages are full.
 */
function sheetsOf(pages: number, random: ReturnType<typeof seededRandom>): Sheet[] {
  const sheets: Sheet[] = [];
  for (let letter = 0; sheets.length < pages; letter += 1) {
    const kind = random.int(senders.length);
    const length = 1 + random.int(3);
    for (let page = 1; page <= length; page += 1) {
      const number = `Seite ${page} von ${length}`;
      const text = [`Vorgang ${letter}, Betrag ${100 + letter},00 EUR`, 'Mieter: Tom Müller', 'geb. am 03.04.1990'];
      const sheet =
        page === 1
          ? letterSheet({ sender: senders[kind] ?? '', subject: `${subjects[kind]} ${letter}`, text, page: number })
          : followingSheet([`Blatt ${page} des Briefs ${letter}`, ...text], number);
      sheets.push({ ...sheet, upsideDown: random.int(8) === 0, role: page === 1 ? 'first' : 'more' });
      if (random.int(4) === 0) sheets.push({ role: 'blank' });
    }
    if (random.int(3) === 0)
      sheets.push({
        code: separatorCode,
        lines: [{ text: 'Trennblatt', x: 200, y: 400, size: 30 }],
        role: 'separator',
      });
  }
  return sheets.slice(0, pages);
}

/** A page as a scanner without text recognition gives it: black and white, grey or colour, with a little noise. */
async function picture(page: Buffer, way: number): Promise<Uint8Array> {
  const drawn = await renderPage(page, 'application/pdf', 1, 1_654);
  if ('failed' in drawn) throw new Error('The page cannot be drawn.');
  const image = sharp(drawn.bytes);
  const shades = way === 0 ? image.greyscale().threshold(160) : way === 1 ? image.greyscale() : image.tint('#fdf6e3');
  return joinImages([await shades.jpeg({ quality: 80 }).toBuffer()]);
}

/** A mixed stack: about a third of its pages are pictures that must be recognised, the others carry their text. */
export async function makeStack(pages: number, seed: number): Promise<Stack> {
  const random = seededRandom(seed);
  const sheets = sheetsOf(pages, random);
  const parts: Uint8Array[] = [];
  let pictures = 0;
  for (const [i, sheet] of sheets.entries()) {
    const page = scanPdf([sheet], `${seed} ${i}`);
    const asPicture = sheet.role !== 'separator' && random.int(3) === 0;
    if (asPicture) pictures += 1;
    parts.push(asPicture ? await picture(page, random.int(3)) : page);
  }
  const whole = await joinPdfs(parts);
  if ('failed' in whole) throw new Error('The stack cannot be put together.');
  return {
    bytes: Buffer.from(whole),
    pages: sheets.length,
    letters: sheets.filter(({ role }) => role === 'first').length,
    blank: sheets.filter(({ role }) => role === 'blank').length,
    pictures,
  };
}
