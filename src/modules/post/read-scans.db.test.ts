import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { followingSheet, letterSheet, type ScanSheet, scanPdf } from '../../../test/support/scans.ts';
import { closeMedia, joinImages, renderPage } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import {
  findBatch,
  joinLetter,
  type LetterAct,
  lettersOfBatch,
  movePage,
  pagesOfBatch,
  pagesOfLetter,
  readScans,
  separatorCode,
  splitLetter,
  takeScan,
} from './index.ts';

const office = await openTestOffice();
after(closeMedia);
after(closeReading);
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { jobcenter } = tenant;
const teamId = tenant.teams['leistung'] ?? null;
const system = { kind: 'system', name: 'test' } as const;
const lead = { role: 'lead', id: '00000000-0000-7000-8000-000000000001', teamIds: [] } as const;
const inOffice = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]): Promise<T> =>
  office.services.database.tenant(jobcenter.id, work);

async function take(sheets: readonly ScanSheet[], mark: string) {
  const document = await office.services.vault.prepare(jobcenter.id, {
    name: 'Stapel.pdf',
    bytes: scanPdf(sheets, mark),
    mediaType: 'application/pdf',
    pages: 0,
  });
  return inOffice((tx) =>
    takeScan(tx, system, document, { name: 'Stapel.pdf', source: 'upload', teamId, createdBy: null }),
  );
}

async function readAll(): Promise<number> {
  const services = { ...office.services, ownName: jobcenter.name };
  let portions = 0;
  while (await readScans(services, jobcenter.id)) portions += 1;
  return portions;
}

const act = (): LetterAct => ({
  actor: system,
  reader: lead,
  office: { store: office.services.vault, ownName: jobcenter.name, today: '2026-11-25' },
});

const payslip = letterSheet({
  sender: 'Bäckerei Sonne GmbH',
  subject: 'Entgeltabrechnung Oktober 2026',
  text: [
    'Arbeitnehmerin: Elif Yılmaz'.replace('ı', 'i'),
    'geb. am 03.04.1990',
    'Steuerklasse 1, Gesamtbrutto 1.450,00 €',
    'Auszahlungsbetrag 1.120,50 €',
  ],
});
const rent = letterSheet({
  sender: 'Hausverwaltung Berg KG',
  subject: 'Mietvertrag über die Wohnung Gartenstraße 5',
  text: ['Mieter: Tom Müller', 'Kaltmiete 480,00 EUR, Kaution 960,00 EUR'],
  page: 'Seite 1 von 3',
});

test('a stack is read in portions, cut into letters, and blank sides are folded away', async () => {
  const taken = await take(
    [
      payslip,
      {},
      rent,
      followingSheet(['§ 2 Die Miete ist am dritten Werktag zu zahlen.'], 'Seite 2 von 3'),
      followingSheet(['§ 7 Unterschriften'], 'Seite 3 von 3'),
      { code: separatorCode, lines: [{ text: 'Trennblatt', x: 200, y: 400, size: 30 }] },
      followingSheet(['Hiermit kündige ich meinen Vertrag fristgerecht.']),
    ],
    'first',
  );
  assert.equal(taken.kind, 'taken');
  assert.ok((await readAll()) >= 3);
  const batch = await inOffice((tx) => findBatch(tx, lead, taken.batchId));
  assert.equal(batch?.state, 'ready');
  assert.deepEqual([batch?.pages, batch?.read, batch?.letters], [7, 7, 3]);
  const letters = await inOffice((tx) => lettersOfBatch(tx, taken.batchId));
  assert.deepEqual(
    letters.map((letter) => [letter.position, letter.begins, letter.suggestion.kind]),
    [
      [1, 'batch-start', 'payslip'],
      [3, 'page-number', 'rent-contract'],
      [7, 'separator', 'termination'],
    ],
  );
  const [first] = letters;
  assert.deepEqual(first?.suggestion.birthDates, ['1990-04-03']);
  assert.equal(first?.suggestion.sender?.name, 'Bäckerei Sonne GmbH');
  assert.deepEqual(first?.suggestion.amounts, [145_000, 112_050]);
  const pages = await inOffice((tx) => pagesOfBatch(tx, taken.batchId));
  assert.deepEqual(
    pages.filter((page) => page.blank).map((page) => page.page),
    [2],
  );
  assert.equal(pages[1]?.letterId, first?.id);
});

test('a page with little on it is not folded away, a blank one in the same scan is', async () => {
  const drawn = async (sheet: ScanSheet): Promise<Uint8Array> => {
    const picture = await renderPage(scanPdf([sheet]), 'application/pdf', 1, 1_654);
    assert.ok(!('failed' in picture));
    return picture.bytes;
  };
  const bytes = await joinImages([
    await drawn(followingSheet(['Mieter: Tom Müller', 'geb. am 03.04.1990'])),
    await drawn({}),
  ]);
  const document = await office.services.vault.prepare(jobcenter.id, {
    name: 'Bild.pdf',
    bytes,
    mediaType: 'application/pdf',
    pages: 0,
  });
  const scan = { name: 'Bild.pdf', source: 'upload', teamId, createdBy: null } as const;
  const taken = await inOffice((tx) => takeScan(tx, system, document, scan));
  await readAll();
  const pages = await inOffice((tx) => pagesOfBatch(tx, taken.batchId));
  assert.deepEqual(
    pages.map((page) => page.blank),
    [false, true],
  );
});

test('the same bytes are taken once; a program that is no team member sees nothing', async () => {
  const first = await take([payslip], 'twice');
  const second = await take([payslip], 'twice');
  assert.deepEqual([first.kind, second.kind], ['taken', 'again']);
  assert.equal(first.batchId, second.batchId);
  const stranger = { role: 'clerk', id: '00000000-0000-7000-8000-000000000009', teamIds: [] } as const;
  assert.equal(await inOffice((tx) => findBatch(tx, stranger, first.batchId)), undefined);
  assert.equal(
    (await inOffice((tx) => findBatch(tx, { ...stranger, teamIds: [teamId ?? ''] }, first.batchId)))?.again,
    1,
  );
  await readAll();
});

test('a person divides, joins and moves pages; nothing of a letter is lost', async () => {
  const taken = await take(
    [rent, followingSheet(['zwei'], 'Seite 2 von 3'), followingSheet(['drei'], 'Seite 3 von 3'), payslip],
    'by hand',
  );
  await readAll();
  const list = () => inOffice((tx) => lettersOfBatch(tx, taken.batchId));
  const sheets = async () =>
    Promise.all((await list()).map(async (l) => (await inOffice((tx) => pagesOfLetter(tx, l.id))).map((p) => p.page)));
  assert.deepEqual(await sheets(), [[1, 2, 3], [4]]);
  const [whole] = await list();
  const split = await inOffice((tx) => splitLetter(tx, act(), whole?.id ?? '', 3));
  assert.equal(split.kind, 'changed');
  assert.deepEqual(await sheets(), [[1, 2], [3], [4]]);
  assert.deepEqual((await list())[0]?.doubts, ['pages-missing']);
  const [, middle, last] = await list();
  await inOffice((tx) => movePage(tx, act(), middle?.id ?? '', 3, -1));
  assert.deepEqual(await sheets(), [[1, 2, 3], [4]]);
  assert.deepEqual((await list())[0]?.doubts, []);
  await inOffice((tx) => joinLetter(tx, act(), last?.id ?? ''));
  assert.deepEqual(await sheets(), [[1, 2, 3, 4]]);
});

test('two sheets fed at once: another total within a letter is a doubt that says where to divide, and nothing is divided by itself', async () => {
  const taken = await take(
    [
      letterSheet({
        sender: 'Hausverwaltung Muster GmbH',
        subject: 'Nebenkosten 2025',
        text: ['Abrechnung'],
        page: 'Seite 1 von 2',
      }),
      followingSheet(['aus dem nächsten Brief'], 'Seite 2 von 3'),
      followingSheet(['Ende des nächsten Briefs'], 'Seite 3 von 3'),
    ],
    'two at once',
  );
  await readAll();
  const list = () => inOffice((tx) => lettersOfBatch(tx, taken.batchId));
  const [whole, ...more] = await list();
  assert.equal(more.length, 0);
  assert.deepEqual(whole?.doubts, ['totals-differ']);
  assert.deepEqual(whole?.suggestion.totals, { sheets: [1, 2], totals: [2, 3], missing: [[2], [1]] });
  await inOffice((tx) => splitLetter(tx, act(), whole?.id ?? '', whole?.suggestion.totals?.sheets[1] ?? 0));
  const parts = await list();
  assert.deepEqual(
    parts.map(({ doubts, suggestion }) => [doubts, suggestion.missing]),
    [
      [['pages-missing'], [2]],
      [['pages-missing'], [1]],
    ],
  );
});

test('two letters of as many pages that lost a sheet each: their heads contradict each other; a letter that goes on does not', async () => {
  const bill = (sender: string, number: string, page: string) =>
    letterSheet({ sender, subject: `Abrechnung, Kundennummer ${number}`, text: ['Nachzahlung 88,20 EUR'], page });
  const taken = await take(
    [
      bill('Stadtwerke Süd GmbH', '448812', 'Seite 1 von 2'),
      followingSheet(['Hausverwaltung Berg KG', 'Kundennummer 771003', 'Summe 960,00 EUR'], 'Seite 2 von 2'),
      bill('Stadtwerke Süd GmbH', '448812', 'Seite 1 von 2'),
      followingSheet(['Kundennummer 448812', 'Messung durch die Netz AG', 'Summe 88,20 EUR'], 'Seite 2 von 2'),
    ],
    'same totals',
  );
  await readAll();
  const list = () => inOffice((tx) => lettersOfBatch(tx, taken.batchId));
  const [mixed, whole] = await list();
  assert.deepEqual([mixed?.doubts, whole?.doubts], [['heads-differ'], []]);
  assert.deepEqual(mixed?.suggestion.heads, { what: 'number', before: '448812', after: '771003', sheets: [1, 2] });
  await inOffice((tx) => splitLetter(tx, act(), mixed?.id ?? '', mixed?.suggestion.heads?.sheets[1] ?? 0));
  assert.deepEqual(
    (await list()).map(({ doubts, suggestion }) => [doubts, suggestion.missing]),
    [
      [['pages-missing'], [2]],
      [['pages-missing'], [1]],
      [[], []],
    ],
  );
});

test('a file that cannot be opened has a name and no pages', async () => {
  const document = await office.services.vault.prepare(jobcenter.id, {
    name: 'Kaputt.pdf',
    bytes: Buffer.from('%PDF-1.4\nnothing startxref\n9\n%%EOF\n'),
    mediaType: 'application/pdf',
    pages: 0,
  });
  const taken = await inOffice((tx) =>
    takeScan(tx, system, document, { name: 'Kaputt.pdf', source: 'folder', teamId, createdBy: null, folderPlace: 'x' }),
  );
  await readAll();
  const batch = await inOffice((tx) => findBatch(tx, lead, taken.batchId));
  assert.deepEqual([batch?.state, batch?.problem], ['problem', 'broken']);
});
