import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { launchBrowser } from '../../../test/support/browser.ts';
import { openTestOffice } from '../../../test/support/office.ts';
import { certificates, paragraphs, writtenPaper } from '../../../test/support/papers.ts';
import { letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { openClearingItems, papersOfDoubt } from '../../modules/cases/index.ts';
import { readingOf } from '../../modules/documents/index.ts';
import { findBatch, lettersOfBatch, pagesOfBatch, readScans, takeScan } from '../../modules/post/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { closeMedia, inspect, joinImages, joinPdfs, renderPage } from '../../platform/media/index.ts';
import { lockedPdf } from '../../platform/media/samples.ts';
import { closeReading, limitReading } from '../../platform/reading/index.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
after(closeMedia);
after(closeReading);
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { jobcenter } = tenant;
const lead = { role: 'lead', id: '00000000-0000-7000-8000-000000000001', teamIds: [] } as const;
const inOffice = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenter.id, work);

/** Takes a file as the scanner gave it, lets it be read, and gives what staff see of it. */
async function scanned(bytes: Buffer, name: string) {
  const seen = await inspect(bytes);
  const mediaType = seen.ok ? seen.mediaType : 'application/pdf';
  const document = await office.services.vault.prepare(jobcenter.id, { name, bytes, mediaType, pages: 0 });
  const scan = { name, source: 'upload', teamId: tenant?.teams['leistung'] ?? null, createdBy: null } as const;
  const taken = await inOffice((tx) => takeScan(tx, { kind: 'system', name: 'test' }, document, scan));
  while (await readScans({ ...office.services, ownName: jobcenter.name }, jobcenter.id));
  return inOffice(async (tx) => ({
    batch: await findBatch(tx, lead, taken.batchId),
    letters: await lettersOfBatch(tx, taken.batchId),
    pages: await pagesOfBatch(tx, taken.batchId),
  }));
}

const [width, height] = [1_654, 2_339];
/** A page of a PDF as a scanner sees it, A4 at 200 dpi. */
async function drawn(pdf: Buffer, page = 1): Promise<Sharp> {
  const picture = await renderPage(pdf, 'application/pdf', page, width);
  assert.ok(!('failed' in picture));
  return sharp(picture.bytes).resize(width, height, { fit: 'fill' });
}
const stack = async (pages: readonly Sharp[], mode: 'grey' | 'colour'): Promise<Buffer> => {
  const files = await Promise.all(pages.map((page) => page.flatten({ background: '#fff' }).png().toBuffer()));
  const whole = sharp(files, { join: { animated: true } });
  const tiff =
    mode === 'grey' ? whole.toColourspace('b-w').tiff({ compression: 'lzw' }) : whole.tiff({ compression: 'jpeg' });
  return tiff.toBuffer();
};
const letter = (page: string, more: readonly string[] = []) =>
  letterSheet({
    sender: 'Hausverwaltung Berg KG',
    subject: 'Mietvertrag über die Wohnung Gartenstraße 5',
    text: [
      'Mieter: Tom Müller',
      'geb. am 29.03.1986',
      'Kaltmiete 480,00 EUR im Monat',
      'Kaution 960,00 EUR',
      'Die Miete ist am dritten Werktag zu zahlen.',
      'Der Vertrag beginnt am ersten Januar.',
      ...more,
    ],
    page,
  });

test('a stack as grey TIFF is read and cut; an edge that is cut off is named at its letter', async () => {
  const pdf = scanPdf([letter('Seite 1 von 1'), letter('Seite 1 von 1')]);
  const whole = await drawn(pdf, 1);
  const cut = sharp(await (await drawn(pdf, 2)).png().toBuffer()).extract({
    left: 215,
    top: 0,
    width: width - 215,
    height,
  });
  const { batch, letters, pages } = await scanned(
    await stack([whole, cut.resize(width, height, { fit: 'contain', position: 'left', background: '#fff' })], 'grey'),
    'grau.tif',
  );
  assert.deepEqual([batch?.state, batch?.pages, pages.map(({ state }) => state)], ['ready', 2, ['read', 'read']]);
  assert.deepEqual(
    letters.map(({ position, doubts }) => [position, doubts]),
    [
      [1, []],
      [2, ['cut-edge']],
    ],
  );
  const [first] = letters;
  assert.deepEqual([first?.suggestion.kind, first?.suggestion.birthDates], ['rent-contract', ['1986-03-29']]);
});

test('a stack as colour TIFF: letters in Polish and in Arabic are read from their pictures and named', async () => {
  const browser = await launchBrowser();
  try {
    const foot = (body: string) =>
      `<div style="position:relative">${body}<p style="position:absolute;top:270mm">Seite 1 von 1</p></div>`;
    const page = async (language: 'pl' | 'ar') =>
      drawn(await writtenPaper(browser, { language, pages: [foot(paragraphs(...certificates[language]))] }));
    const stamp = sharp({ create: { width: 420, height: 160, channels: 3, background: '#c02030' } });
    const polish = (await page('pl')).composite([{ input: await stamp.png().toBuffer(), left: 1_100, top: 1_500 }]);
    const { letters, pages } = await scanned(await stack([polish, await page('ar')], 'colour'), 'farbe.tif');
    assert.deepEqual(
      pages.map(({ state }) => state),
      ['read', 'read'],
    );
    assert.deepEqual(
      pages.map(({ signs }) => signs?.language),
      ['pl', 'ar'],
    );
    assert.ok(letters.every(({ doubts }) => doubts.includes('foreign-language')));
  } finally {
    await browser.close();
  }
});

test('a scan with a password has a name and no pages', async () => {
  const { batch, letters } = await scanned(lockedPdf(), 'gesperrt.pdf');
  assert.deepEqual([batch?.state, batch?.problem, batch?.pages, letters.length], ['problem', 'encrypted', 0, 0]);
});

/** A paper of three pages of which the second is a picture, and takes long to read. */
async function slowPaper(): Promise<Buffer> {
  const text = scanPdf([letter('Seite 1 von 3')]);
  const terms = Array.from(
    { length: 22 },
    (_, i) => `Absatz ${i + 1}: Vermieter und Mieter vereinbaren, was hier weiter steht.`,
  );
  const full = scanPdf([letter('Seite 1 von 3', terms)]);
  const picture = await joinImages([await (await drawn(full)).jpeg().toBuffer()]);
  const last = [
    { text: 'Ende des Vertrags, Unterschriften', x: 70, y: 300 },
    { text: 'Seite 3 von 3', x: 270, y: 810 },
  ];
  const file = await joinPdfs([text, picture, scanPdf([{ lines: last }])]);
  assert.ok(!('failed' in file));
  return Buffer.from(file);
}
/** Ends what only the picture needs: the recogniser alone takes more than this. */
const tight = [
  ['timeout', { pageMs: 900 }],
  ['memory', { memoryBytes: 330 * 1024 * 1024 }],
] as const;

for (const [failure, limit] of tight)
  test(`a page that would take too much (${failure}) costs that page: the rest is read, and it is said which and why`, async () => {
    const bytes = Buffer.concat([await slowPaper(), Buffer.from(`\n% ${failure}\n`)]);
    limitReading(limit);
    try {
      const { batch, letters, pages } = await scanned(bytes, `${failure}.pdf`);
      assert.deepEqual(
        pages.map((page) => [page.state, page.failure]),
        [
          ['read', null],
          ['failed', failure],
          ['read', null],
        ],
      );
      const doubts = letters.map((each) => each.doubts);
      assert.deepEqual([batch?.state, doubts], ['ready', [['unreadable']]]);

      const file = { name: 'Vertrag.pdf', bytes, mediaType: 'application/pdf', pages: 3 };
      const document = await office.services.vault.prepare(jobcenter.id, file);
      const papers = [{ document, field: 'papers', recorded: false }];
      const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, { documents: papers });
      await readOne(office.jobs)({ jobcenterId: jobcenter.id, documentId: document.id });
      const reading = await inOffice((tx) => readingOf(tx, document.id));
      assert.deepEqual([reading?.state, reading?.problem], ['partly', failure]);
      const found = await inOffice((tx) => openClearingItems(tx, caseId));
      assert.deepEqual(
        found.flatMap((item) => papersOfDoubt(item, 'partly-read')),
        [{ documentId: document.id, unread: [[2, 2]], pages: 3, why: failure }],
      );
    } finally {
      limitReading();
    }
  });
