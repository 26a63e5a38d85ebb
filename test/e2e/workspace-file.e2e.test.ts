import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { unzipSync } from 'fflate';
import type { BrowserContext, Page } from 'playwright-core';
import { allTasks } from '../../src/main/jobs/index.ts';
import { looksAt } from '../../src/modules/audit/index.ts';
import { addNote, confirmPerson, findCase, lockBothCases } from '../../src/modules/cases/index.ts';
import { eraseDocument, keepLanguages } from '../../src/modules/documents/index.ts';
import { lockFile } from '../../src/modules/files/index.ts';
import { movePaper, receive } from '../../src/modules/intake/index.ts';
import { addHousehold, addPerson, lookForPeople } from '../../src/modules/people/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { follow } from '../support/browser.ts';
import { inspectPage, look } from '../support/look.ts';
import { letterSheet, scanPdf } from '../support/scans.ts';
import { submissionInput } from '../support/submit.ts';
import { app, browser, clerk, desk, ids, lead, notice, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

after(closeReading);
const { services, jobcenter } = app;
const jobs = {
  ...services,
  blobFolder: join(app.dataFolder, 'blobs'),
  derivedFolder: join(app.dataFolder, 'derived'),
};
const run = (name: string, payload: unknown): Promise<void> =>
  Promise.resolve(
    allTasks(jobs)
      .find((task) => task.name === name)
      ?.run(payload as never),
  );
const inTenant = services.database.tenant;

/** An account statement of two pages: money that came and money that left, with recipient and purpose. */
const statement = scanPdf([
  {
    lines: [
      { text: 'Sparkasse Musterstadt', x: 70, y: 60, size: 16 },
      { text: 'Kontoauszug 11/2026 vom 20.11.2026', x: 70, y: 120, size: 14 },
      { text: 'Kontostand am 31.10.2026', x: 70, y: 170 },
      { text: '204,00 H', x: 480, y: 170 },
      { text: '02.11. Lastschrift Buchhandlung Lesewelt', x: 70, y: 210 },
      { text: '45,90-', x: 480, y: 210 },
      { text: 'Roman und Kalender', x: 110, y: 228 },
      { text: '03.11. Gehalt Muster-GmbH', x: 70, y: 260 },
      { text: '1.350,00', x: 480, y: 260 },
      { text: '04.11. Dauerauftrag Miete Hausverwaltung', x: 70, y: 292 },
      { text: '480,00-', x: 480, y: 292 },
    ],
  },
  { lines: [{ text: 'Buchung 12: Warmmiete und Strom', x: 70, y: 90 }] },
]);
const lease = scanPdf([
  letterSheet({
    sender: 'Wohnbau Lindenhof GmbH',
    date: '01.10.2026',
    subject: 'Mietvertrag',
    text: ['die Kaltmiete beträgt 480,00 Euro.', 'Das Mietverhältnis beginnt am 01.11.2026.'],
  }),
]);

let leads: Promise<BrowserContext> | undefined;
/** A page of the lead, who signs in once: a code opens the door once, and the next one comes only after half a minute. */
async function openAsLead(): Promise<Page> {
  leads ??= (async () => {
    const context = await browser.newContext({ locale: 'de-DE' });
    const page = await context.newPage();
    await signIn(page, app, lead());
    await page.close();
    return context;
  })();
  return (await leads).newPage();
}

type Filed = { caseId: string; ids: string[]; file: string };

/** A case of a known person with two papers, read. */
async function fill(): Promise<Filed> {
  const documents = [];
  for (const [name, bytes, pages] of [
    ['Auszug.pdf', statement, 2],
    ['Vertrag.pdf', lease, 1],
  ] as const)
    documents.push({
      document: await services.vault.prepare(jobcenter.id, { name, bytes, mediaType: 'application/pdf', pages }),
      field: 'documents',
      recorded: false,
    });
  const input = await submissionInput(services, app, {
    person: { familyName: 'Schröder', givenName: 'Jürgen', birthDate: '1980-02-02' },
    documents,
  });
  const received = await inTenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { caseId } = received;
  const reader = { role: 'lead', id: clerk().id, teamIds: [] } as const;
  const act = { actor: { kind: 'staff', id: clerk().id, name: 'Kim Muster' }, reader, caseId } as const;
  await inTenant(jobcenter.id, async (tx) => {
    const [person] = (await lookForPeople(tx, { name: 'Schröder' }, 'as-typed')).people;
    assert.ok(person);
    await confirmPerson(tx, act, { ...person, name: 'Schröder, Jürgen' });
    await addNote(tx, act, 'Herr Schröder bringt den Rest nächste Woche.');
  });
  const ids = documents.map(({ document }) => document.id);
  for (const documentId of ids) await run('read-document', { jobcenterId: jobcenter.id, documentId });
  const found = await inTenant(jobcenter.id, (tx) => findCase(tx, reader, caseId));
  assert.ok(found?.fileId);
  return { caseId, ids, file: found.fileId };
}

const filed = await fill();
const [statementId = '', leaseId = ''] = filed.ids;
const filePath = `${app.baseUrl}/arbeit/akte/${filed.file}`;
const readerPath = (id: string, query = ''): string => `${app.baseUrl}/arbeit/dokumente/${id}${query}`;

const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

test('the file shows every paper once, with kind, sender and day as they were read; j and Enter open it', async () => {
  const page = await open(filePath);
  assert.match(await heading(page), /Akte Schröder, Jürgen/);
  const row = page.getByRole('row', { name: /Auszug\.pdf/ });
  assert.match(await row.innerText(), /Kontoauszug/);
  assert.match(await page.getByRole('row', { name: /Vertrag\.pdf/ }).innerText(), /Wohnbau Lindenhof/);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.match(page.url(), /\/arbeit\/dokumente\//);
  await page.goto(`${filePath}?art=rent-contract`);
  assert.equal(await page.getByRole('row', { name: /Auszug\.pdf/ }).count(), 0);
  assert.equal(await page.getByRole('row', { name: /Vertrag\.pdf/ }).count(), 1);
  await page.close();
});

test('papers that are not in German say so, and the list is narrowed to their language', async () => {
  const said = (found: Parameters<typeof keepLanguages>[2]) =>
    inTenant(jobcenter.id, (tx) => keepLanguages(tx, leaseId, found));
  const page = await open(filePath);
  assert.equal(
    await page.locator('#filter-sprache').count(),
    0,
    'where everything is German, there is nothing to choose',
  );
  await said([{ language: 'pl', pages: [1] }]);
  await page.reload();
  assert.match(await page.getByRole('row', { name: /Vertrag\.pdf/ }).innerText(), /Nicht auf Deutsch: Polnisch/);
  assert.deepEqual(await page.locator('#filter-sprache').locator('option').allInnerTexts(), [
    'Alle',
    'nicht auf Deutsch',
    'Polnisch',
  ]);
  for (const label of ['nicht auf Deutsch', 'Polnisch']) {
    await page.locator('#filter-sprache').selectOption({ label });
    await page.getByRole('button', { name: 'Anzeigen' }).click();
    await page.waitForURL(/sprache=\w/);
    assert.equal(await page.getByRole('row', { name: /Vertrag\.pdf/ }).count(), 1);
    assert.equal(await page.getByRole('row', { name: /Auszug\.pdf/ }).count(), 0);
  }
  await look(page, 'file-language');
  await said([]);
  await page.goto(`${filePath}?sprache=pl`);
  assert.equal(await page.getByRole('row', { name: /Auszug\.pdf/ }).count(), 1, 'what is no choice narrows nothing');
  await page.close();
});

test('a deep link shows the page and the words found; text can be selected; a turned page stays turned', async () => {
  const page = await open(readerPath(statementId, '?seite=2&suche=miete'));
  assert.equal(await page.locator('.tw-word-hit').count(), 1);
  assert.match(await page.getByRole('status').innerText(), /Eine Stelle/);
  assert.match((await page.locator('.tw-word').allTextContents()).join(''), /Warmmiete/);
  const thumbnails = page.locator('.td-viewer__strip img');
  assert.equal(await thumbnails.count(), 2);
  assert.ok(
    await thumbnails.first().evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  );
  const word = await page.locator('.tw-word', { hasText: 'Warmmiete' }).first().boundingBox();
  assert.ok(word);
  await page.mouse.dblclick(word.x + word.width / 2, word.y + word.height / 2);
  assert.match(
    await page.evaluate(() => String(getSelection())),
    /Warmmiete/,
    'a double click selects the word on the page',
  );
  const drawn = await page.evaluate(async () => {
    const image = new Image();
    image.src = document.querySelector('[data-sheet] image')?.getAttribute('href') ?? '';
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { width: image.width, dark: data.filter((value, index) => index % 4 === 0 && value < 100).length };
  });
  assert.ok(drawn.width > 1_000 && drawn.dark > 100, `the page is drawn: ${JSON.stringify(drawn)}`);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('d')]);
  assert.match(await notice(page), /gedreht/);
  assert.equal(await page.locator('[data-sheet]').getAttribute('data-turn'), '90');
  await page.goto(readerPath(statementId, '?seite=2'));
  assert.equal(await page.locator('[data-sheet]').getAttribute('data-turn'), '90');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('q')]);
  assert.equal(await page.locator('[data-sheet]').getAttribute('data-turn'), '0');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('+')]);
  assert.equal(await page.locator('.tw-sheet--1').count(), 1);
  await page.close();
});

test('facts are said by a person, a place is marked with a note, two papers lie beside each other', async () => {
  const page = await open(readerPath(leaseId));
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('a')]);
  await page.getByLabel('Gültig bis').fill('morgen');
  await follow(page, page.getByRole('button', { name: 'Angaben speichern' }));
  assert.match(await page.getByRole('alert').innerText(), /Datum/);
  await page.getByLabel('Gültig bis').fill('31.10.2027');
  await page.getByLabel('Stand').selectOption('checked');
  await follow(page, page.getByRole('button', { name: 'Angaben speichern' }));
  assert.match(await notice(page), /gespeichert/);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('m')]);
  await page.getByLabel(/Kaltmiete/).check();
  await page.getByLabel('Ihre Notiz zu dieser Stelle').fill('Passt zur Angabe im Antrag.');
  await page.getByLabel(/Auch als Notiz/).check();
  assert.equal(await page.locator('#f-thema').inputValue(), 'housing', 'a lease is about the flat');
  assert.equal(await page.getByLabel('Um wen geht es?').locator('option:checked').innerText(), 'Schröder, Jürgen');
  await look(page, 'mark');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator('#f-thema').selectOption('');
  await follow(page, page.getByRole('button', { name: 'Stelle markieren' }));
  assert.match(await page.getByRole('alert').innerText(), /Wählen Sie ein Thema/);
  await page.getByLabel(/Kaltmiete/).check();
  await page.locator('#f-thema').selectOption('housing');
  await follow(page, page.getByRole('button', { name: 'Stelle markieren' }));
  assert.equal(await page.locator('.tw-note-mark').count(), 1);
  await page.getByText('Passt zur Angabe im Antrag.').waitFor();
  await page.getByLabel('Andere Unterlage der Akte').selectOption(statementId);
  await follow(page, page.getByRole('button', { name: 'Daneben zeigen' }));
  assert.equal(await page.locator('[data-sheet]').count(), 2);
  await page.goto(filePath);
  assert.match(await page.getByRole('row', { name: /Vertrag\.pdf/ }).innerText(), /31\.10\.2027[\s\S]*geprüft/);
  assert.match(await page.locator('.tw-board').innerText(), /Vertrag\.pdf, vom 01\.10\.2026/);
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${filed.caseId}`);
  await page.getByText('Zu: Vertrag.pdf, Seite 1').first().waitFor();
  const written = page.locator('.td-timeline li', { hasText: 'Passt zur Angabe im Antrag.' }).first();
  assert.match(await written.innerText(), /Wohnen[\s\S]*Schröder, Jürgen/);
  await follow(page, written.getByRole('link', { name: 'Zur Stelle auf Seite 1' }));
  assert.match(page.url(), new RegExp(`${leaseId}.*#m-`));
  await page.close();
});

test('of a paper two people say different things and both stay; of the same, the second one sees both and chooses', async () => {
  const mine = await open(readerPath(statementId, '?tun=angaben'));
  const theirs = await openAsLead();
  await theirs.goto(readerPath(statementId, '?tun=angaben'));
  const save = (page: Page) => follow(page, page.getByRole('button', { name: 'Angaben speichern' }));
  await theirs.getByLabel('Gültig bis').fill('30.11.2026');
  await theirs.getByLabel('Absender').fill('Sparkasse Lindenau');
  await save(theirs);
  await mine.getByLabel('Stand').selectOption('checked');
  await save(mine);
  assert.match(await notice(mine), /gespeichert/, 'what the other one wrote is not in the way');
  await mine.goto(readerPath(statementId, '?tun=angaben'));
  assert.equal(await mine.getByLabel('Gültig bis').inputValue(), '30.11.2026');
  assert.equal(await mine.getByLabel('Absender').inputValue(), 'Sparkasse Lindenau');

  await theirs.goto(readerPath(statementId, '?tun=angaben'));
  for (const [page, day, sender] of [
    [theirs, '01.12.2026', 'Sparkasse Nord'],
    [mine, '02.12.2026', 'Sparkasse Süd'],
  ] as const) {
    await page.getByLabel('Gültig bis').fill(day);
    await page.getByLabel('Absender').fill(sender);
    await save(page);
  }
  const both = mine.locator('.tw-conflict');
  assert.match(await both.innerText(), /02\.12\.2026[\s\S]*Alex Beispiel: 01\.12\.2026/);
  await look(mine, 'facts-conflict');
  assert.equal(await mine.getByLabel('Absender').inputValue(), 'Sparkasse Süd', 'what was typed is kept');
  await both.getByLabel('Alex Beispiel: Sparkasse Nord').check();
  await save(mine);
  assert.match(await notice(mine), /gespeichert/);
  await mine.goto(readerPath(statementId, '?tun=angaben'));
  assert.equal(await mine.getByLabel('Gültig bis').inputValue(), '02.12.2026');
  assert.equal(await mine.getByLabel('Absender').inputValue(), 'Sparkasse Nord');
  await mine.close();
  await theirs.close();
});

test('of a page without text it is said why, above its picture, on a wide screen and a small one', async () => {
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>(
      `select d.id from app.document d where d.jobcenter_id = $1 and d.erased_at is null and not d.raw and d.pages > 0
         and not exists (select from app.document_reading r where r.document_id = d.id) and exists (select from app.submission_document s join app.submission x on x.id = s.submission_id where s.document_id = d.id and x.case_id = $2) limit 1`,
      [tx.jobcenterId, ids[0]],
    ),
  );
  const page = await open(readerPath(row?.id ?? ''));
  const said = page.locator('.tw-reader__page .tw-note');
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const picture = await page.locator('.tw-reader__page img').first().boundingBox();
    const words = await said.boundingBox();
    assert.ok(picture && words && picture.width > width / 3, `the page is ${picture?.width} px wide`);
    assert.ok(words.y + words.height <= picture.y + 1, 'the words stand above it');
  }
  await page.close();
});

test('an open page of a paper renews itself when the paper was read: with its page, its zoom and what was typed, and as the same look', async () => {
  const file = { name: 'Neu.pdf', bytes: statement, mediaType: 'application/pdf', pages: 2 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const input = await submissionInput(services, app, {
    person: { familyName: 'Fischer', givenName: 'Ada', birthDate: '1991-03-04' },
    documents: [{ document, field: 'documents', recorded: false }],
  });
  const received = await inTenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const typing = await open(readerPath(document.id, '?seite=2&zoom=1&tun=markieren'));
  const looking = await open(readerPath(document.id, '?tun=markieren'));
  for (const page of [typing, looking]) {
    assert.match(await page.locator('.tw-reader__page .tw-note').innerText(), /wird noch gelesen/);
    assert.equal(await heading(page), 'Neu.pdf');
    assert.equal(await page.locator('[data-sheet]').count(), 0);
  }
  const note = typing.getByLabel('Ihre Notiz zu dieser Stelle');
  await note.pressSequentially('Hier steht die Miete.');
  const looks = async (): Promise<number> => {
    const at = { caseId: received.caseId, subjectIds: [document.id] };
    const found = await inTenant(jobcenter.id, (tx) => looksAt(tx, { ...at, until: tx.now }));
    return found.reduce((sum, { times }) => sum + times, 0);
  };
  const before = await looks();
  const pictures = [typing, looking].map((page) => page.waitForResponse(/\/gelesen\//));
  await run('read-document', { jobcenterId: jobcenter.id, documentId: document.id });
  await Promise.all(pictures);
  assert.equal(await looks(), before, 'that a page renewed itself is no further look');
  for (const page of [typing, looking]) {
    await page.locator('[data-sheet]').waitFor();
    assert.equal(await page.locator('.tw-reader__page .tw-note').count(), 0, 'it is read');
    assert.match(await heading(page), /Kontoauszug/, 'and what it is stands above it');
  }
  assert.equal(await note.inputValue(), 'Hier steht die Miete.');
  assert.equal(await note.evaluate((field) => field === globalThis.document.activeElement), true);
  assert.equal(new URL(typing.url()).search, '?seite=2&zoom=1&tun=markieren');
  assert.match((await typing.locator('.tw-sheet--1 .tw-word').allTextContents()).join(''), /Warmmiete/);
  await looking.getByLabel(/Buchhandlung Lesewelt/).waitFor();
  const box = await looking.locator('[data-sheet]').boundingBox();
  assert.ok(box);
  await looking.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.2);
  await looking.mouse.down();
  await looking.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.25);
  await looking.mouse.up();
  assert.equal(await looking.locator('.tw-drawn').count(), 1, 'the page that came is drawn on');
  await look(looking, 'reader-renewed');
  for (const page of [typing, looking]) await page.close();
});

test('a paper of another case that lies beside the one that is open renews itself as well', async () => {
  const reader = { role: 'lead', id: lead().id, teamIds: [] } as const;
  const actor = { kind: 'staff', id: lead().id, name: 'Leitung' } as const;
  const name = { familyName: 'Nebenan', givenName: 'Ida', birthDate: '1979-05-06' };
  const person = await inTenant(jobcenter.id, async (tx) => {
    const id = await addPerson(tx, name);
    const members = [{ personId: id, role: 'applicant' }] as const;
    const householdId = await addHousehold(tx, { fileNumber: 'A-NEBENAN', members, fromDay: '2026-01-01' });
    return { id, householdId, name: 'Nebenan, Ida', birthDate: name.birthDate };
  });
  const papers: string[] = [];
  for (const [file, bytes] of [
    ['Eins.pdf', lease],
    ['Zwei.pdf', statement],
  ] as const) {
    const found = { name: file, bytes, mediaType: 'application/pdf', pages: file === 'Eins.pdf' ? 1 : 2 };
    const document = await services.vault.prepare(jobcenter.id, found);
    const documents = [{ document, field: 'documents', recorded: false }];
    const input = await submissionInput(services, app, { person: name, documents });
    await inTenant(jobcenter.id, async (tx) => {
      const received = await receive(tx, { kind: 'client' }, input);
      assert.ok(received.kind === 'received');
      await confirmPerson(tx, { actor, reader, caseId: received.caseId }, person);
    });
    papers.push(document.id);
  }
  const [one = '', two = ''] = papers;
  const page = await openAsLead();
  await page.goto(readerPath(one, `?neben=${two}&nebenseite=2`));
  assert.equal(await page.locator('[data-sheet]').count(), 0);
  await run('read-document', { jobcenterId: jobcenter.id, documentId: two });
  await page.locator('.tw-reader__beside [data-sheet]').waitFor();
  assert.match((await page.locator('.tw-reader__beside .tw-word').allTextContents()).join(''), /Warmmiete/);
  assert.match(await page.locator('.tw-reader__main .tw-note').innerText(), /wird noch gelesen/);
  await run('read-document', { jobcenterId: jobcenter.id, documentId: one });
  await page.locator('.tw-reader__main [data-sheet]').waitFor();
  await page.close();
});

test('a frame drawn over the page is a place', async () => {
  const page = await open(readerPath(leaseId, '?tun=markieren'));
  const box = await page.locator('[data-sheet]').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.4);
  await page.mouse.up();
  await page.getByLabel('Ihre Notiz zu dieser Stelle').fill('Hier fehlt die Unterschrift.');
  await page.locator('#f-thema').selectOption('health');
  await follow(page, page.getByRole('button', { name: 'Stelle markieren' }));
  const marked = page.locator('section[aria-labelledby=marks] li', { hasText: 'Hier fehlt die Unterschrift.' });
  assert.match(await marked.innerText(), /Gesundheit · /, 'its topic is kept, without a note in the case too');
  assert.equal(await page.locator('.tw-note-mark').count(), 2);
  await page.close();
});

test('a frame that is begun while the page is about to renew itself is kept', async () => {
  const page = await open(readerPath(leaseId, '?tun=markieren'));
  let go = (): void => {};
  const drawn = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/js/turbo.js*', async (route) => {
    await drawn;
    await route.continue();
  });
  const script = page.waitForRequest('**/js/turbo.js*');
  await inTenant(jobcenter.id, async (tx) => tx.touch(filed.caseId));
  await script;
  const box = await page.locator('[data-sheet]').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.32);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.38);
  await page.mouse.up();
  go();
  await page.getByText('In diesem Vorgang gibt es Neues').waitFor();
  assert.equal(await page.locator('.tw-drawn').count(), 1);
  assert.notEqual(await page.locator('input[name=ort]').inputValue(), '');
  await page.unroute('**/js/turbo.js*');
  await page.close();
});

test('outgoing items are blackened in a copy, which is a picture and lies beside its original', async () => {
  const page = await open(readerPath(statementId));
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('s')]);
  assert.equal(await page.getByLabel(/Buchhandlung Lesewelt/).isChecked(), true);
  assert.equal(await page.getByLabel(/Roman und Kalender/).isChecked(), true);
  assert.equal(await page.getByLabel(/Gehalt Muster-GmbH/).isChecked(), false);
  await page.getByLabel(/Miete Hausverwaltung/).uncheck();
  await inspectPage(page, 'blacken', { width: 1280, script: true });
  await follow(page, page.getByRole('button', { name: 'Geschwärzte Kopie anlegen' }));
  assert.match(await notice(page), /Kopie/);
  const copyId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  assert.notEqual(copyId, statementId);
  const copy = await inTenant(jobcenter.id, (tx) => services.vault.read(tx, copyId));
  const original = await inTenant(jobcenter.id, (tx) => services.vault.read(tx, statementId));
  assert.ok(copy && original?.equals(statement));
  assert.equal(await textOf(copy), '');
  assert.equal(await page.getByRole('link', { name: 'Original herunterladen' }).count(), 0, 'it is none');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Herunterladen', exact: true }).click(),
  ]);
  assert.match(download.suggestedFilename(), /geschwärzt/);
  const taken = await inTenant(jobcenter.id, (tx) =>
    tx.raw<{ detail: unknown }>(
      "select detail from app.audit_entry where jobcenter_id = $1 and subject_id = $2 and detail ->> 'page' is null and action = 'document.read'",
      [jobcenter.id, copyId],
    ),
  );
  assert.deepEqual(
    taken.map(({ detail }) => detail),
    [{ copy: true }],
    'the original was not taken away',
  );
  await run('read-document', { jobcenterId: jobcenter.id, documentId: copyId });
  await page.reload();
  const words = (await page.locator('.tw-word').allTextContents()).join('');
  assert.match(words, /45,90/);
  assert.match(words, /Hausverwaltung/);
  assert.doesNotMatch(words, /Lesewelt|Kalender/);
  await page.goto(filePath);
  await page.getByText('geschwärzte Kopie').waitFor();
  await page.close();
});

test('a long paper that nobody has read is blackened in parts, on the pages as they are drawn', async () => {
  const sheets = Array.from({ length: 32 }, (_, i) => ({
    lines: [
      { text: `Geheimwort Blatt ${i + 1}`, x: 70, y: 100, size: 20 },
      { text: `Betrag Blatt ${i + 1}`, x: 70, y: 500, size: 20 },
    ],
  }));
  const file = { name: 'Lang.pdf', bytes: scanPdf(sheets), mediaType: 'application/pdf', pages: 32 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const input = await submissionInput(services, app, {
    documents: [{ document, field: 'documents', recorded: false }],
  });
  await inTenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  const page = await open(`${readerPath(document.id)}/schwaerzung?ab=31`);
  assert.equal(await page.locator('[data-sheet]').count(), 2);
  assert.equal(await page.getByRole('link', { name: 'Seiten 31 bis 32' }).getAttribute('aria-current'), 'page');
  await look(page, 'blacken-part');
  await page.setViewportSize({ width: 1280, height: 900 });
  await follow(page, page.getByRole('button', { name: 'Geschwärzte Kopie anlegen' }));
  assert.match(await page.getByRole('alert').innerText(), /Rahmen auf der Seite/);
  await page.getByLabel('Seite 31 ganz weglassen').scrollIntoViewIfNeeded();
  const box = await page.locator('[data-sheet]').first().boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.02, box.y + box.height * 0.02);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.98, box.y + box.height * 0.3);
  await page.mouse.up();
  await page.getByLabel('Seite 32 ganz weglassen').check();
  await follow(page, page.getByRole('button', { name: 'Geschwärzte Kopie anlegen' }));
  assert.match(await notice(page), /Kopie/);
  assert.match(await page.locator('.tw-reader header').innerText(), /Lang \(geschwärzt, S\. 31\)\.pdf/);
  const copyId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const copy = await inTenant(jobcenter.id, (tx) => services.vault.read(tx, copyId));
  assert.equal(await textOf(copy ?? Buffer.of()), '');
  await run('read-document', { jobcenterId: jobcenter.id, documentId: copyId });
  await page.reload();
  const words = (await page.locator('.tw-word').allTextContents()).join(' ');
  assert.match(words, /Betrag/);
  assert.doesNotMatch(words, /Geheimwort/);

  // Read in between: what was drawn on the former picture is not laid over another one.
  await page.goto(`${readerPath(document.id)}/schwaerzung?ab=31`);
  await page.getByLabel('Seite 32 ganz weglassen').check();
  await page
    .locator('input[name=bild]')
    .first()
    .evaluate((field: HTMLInputElement) => {
      field.value = '31:read:1x1';
    });
  await follow(page, page.getByRole('button', { name: 'Geschwärzte Kopie anlegen' }));
  assert.match(await page.getByRole('alert').innerText(), /inzwischen gelesen/);
  await page.close();
});

test('what lay in the wrong place goes with its reason, and who had opened it there is told', async () => {
  const page = await open(readerPath(leaseId, '?tun=verlegen'));
  await page.getByLabel('Oder Vorgang in einer anderen Akte').fill('V-0000-0000');
  await follow(page, page.getByRole('button', { name: 'Verlegen' }));
  assert.match(await page.getByRole('alert').innerText(), /Vorgang gibt es nicht/);
  const number = await numberOf(2);
  await page.getByLabel('Oder Vorgang in einer anderen Akte').fill(number);
  await page.getByLabel('Warum gehört es dorthin?').fill('Der Brief kam mit falschem Namen.');
  await follow(page, page.getByRole('button', { name: 'Verlegen' }));
  assert.match(await notice(page), /liegt jetzt hier/);
  await page.getByText('Der Brief kam mit falschem Namen.').waitFor();
  assert.match(
    await page.locator('section[aria-labelledby=moves]').innerText(),
    /Dort hatten es gesehen:\s+Kim Muster: geöffnet\s+[\s\S]*\d{4}/,
  );
  await inspectPage(page, 'moved', { width: 1280, script: true });
  await page.goto(readerPath(statementId));
  await page.getByText(number).first().waitFor();
  await page.close();
});

test('one paper alone goes into another file and is put back; what came with it stays', async () => {
  const page = await open(readerPath(leaseId, '?tun=verlegen'));
  await inspectPage(page, 'move-alone', { width: 1280, script: true });
  const [there, number] = [await numberOf(2), await numberOf(3)];
  await page.getByLabel('Oder Vorgang in einer anderen Akte').fill(number);
  await page.getByLabel('Nur diese Unterlage').check();
  await follow(page, page.getByRole('button', { name: 'Verlegen' }));
  assert.equal(await page.getByLabel('Nur diese Unterlage').isChecked(), true, 'what was chosen is kept');
  await page.getByLabel('Warum gehört es dorthin?').fill('Gehört dem Nachbarn.');
  await follow(page, page.getByRole('button', { name: 'Verlegen' }));
  assert.match(await page.locator('.tw-reader header').innerText(), new RegExp(number));
  const trace = page.locator('section[aria-labelledby=moves] li').first();
  assert.match(await trace.innerText(), new RegExp(`${there}[^]*Nur diese Unterlage[^]*Kim Muster`));
  await page.goto(readerPath(leaseId, '?tun=verlegen'));
  await page.getByText('liegt schon für sich').waitFor();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'lies-alone', { width, script: true });
  }
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${ids[3]}`);
  await page.getByText('aus einem anderen Vorgang').first().waitFor();
  assert.match(await page.locator('.tw-papers').innerText(), /Vertrag\.pdf/);
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${ids[2]}`);
  await page.getByText('in einen anderen Vorgang gelegt').first().waitFor();
  assert.doesNotMatch(await page.locator('.tw-papers').innerText(), /Vertrag\.pdf/);
  assert.match(await page.locator('.tw-papers').innerText(), /Auszug\.pdf/);
  await page.goto(readerPath(leaseId));
  await follow(page, page.getByRole('button', { name: 'Zurücklegen' }));
  assert.match(await page.locator('.tw-reader header').innerText(), new RegExp(there));
  await page.close();
});

test('who had looked at a paper in the case of another team is not told to who may not see that case', async () => {
  const [paper] = await rows<{ id: string }>(
    'select sd.document_id as id from submission_document sd join submission s on s.jobcenter_id = sd.jobcenter_id and s.id = sd.submission_id where s.case_id = $1',
    [ids[6]],
  );
  assert.ok(paper);
  await inTenant(jobcenter.id, async (tx) => {
    const away = await addTeam(tx, { key: 'fern', name: 'Fernes Team', phone: '1' });
    assert.ok(away.kind === 'added');
    await tx.raw('update office_case set team_id = $1 where id = $2', [away.id, ids[6]]);
  });
  const stranger = await open(readerPath(paper.id));
  assert.equal(await stranger.locator('.tw-reader').count(), 0, 'the clerk may not see it there');
  const boss = await openAsLead();
  await boss.goto(readerPath(paper.id, '?tun=verlegen'));
  await boss.getByLabel('Oder Vorgang in einer anderen Akte').fill(await numberOf(2));
  await boss.getByLabel('Warum gehört es dorthin?').fill('Lag beim falschen Team.');
  await follow(boss, boss.getByRole('button', { name: 'Verlegen' }));
  assert.match(await boss.locator('section[aria-labelledby=moves]').innerText(), /Alex Beispiel: geöffnet/);
  await stranger.goto(readerPath(paper.id));
  const trace = stranger.locator('section[aria-labelledby=moves]');
  assert.match(await trace.innerText(), /Lag beim falschen Team[\s\S]*fragen Sie dort die Leitung/);
  assert.doesNotMatch(await trace.innerText(), /geöffnet|niemand/);
  await look(stranger, 'moved-elsewhere');
  await boss.close();
  await stranger.close();
});

test('one paper is held back from deletion with a reason; the file says so; a lead ends it with a reason', async () => {
  const page = await open(readerPath(statementId));
  await page.getByText('Diese Unterlage länger aufbewahren').click();
  await follow(page, page.getByRole('button', { name: 'Löschen sperren' }));
  assert.match(await page.getByRole('alert').innerText(), /warum die Unterlage/);
  await page.getByLabel('Warum muss diese Unterlage bleiben?').fill('Klage S 12 AS 345/26');
  await follow(page, page.getByRole('button', { name: 'Löschen sperren' }));
  assert.match(await notice(page), /Unterlage wird bis auf Weiteres/);
  assert.equal(await page.getByText('Sperre aufheben').count(), 0, 'a clerk does not end it');
  await page.goto(`${app.baseUrl}/arbeit/akte/${await fileOfCase(2)}`);
  assert.match(await page.locator('section[aria-labelledby=holds]').innerText(), /S 12 AS 345\/26[\s\S]*Kontoauszug/);
  await page.close();
  const boss = await openAsLead();
  await boss.goto(readerPath(statementId));
  await boss.getByText('Sperre aufheben').first().click();
  await follow(boss, boss.getByRole('button', { name: 'Sperre aufheben' }));
  assert.match(await boss.getByRole('alert').innerText(), /nicht mehr gebraucht/);
  for (const width of [1280, 360]) {
    await boss.setViewportSize({ width, height: 800 });
    await inspectPage(boss, 'hold-end', { width, script: true });
  }
  await boss.getByLabel('Warum kann die Sperre weg?').fill('Das Urteil ist rechtskräftig.');
  await follow(boss, boss.getByRole('button', { name: 'Sperre aufheben' }));
  assert.match(await notice(boss), /aufgehoben/);
  await boss.goto(`${app.baseUrl}/arbeit/akte/${await fileOfCase(2)}`);
  await boss.getByText('Eine aufgehobene Sperre').click();
  assert.match(await boss.locator('section[aria-labelledby=holds]').innerText(), /Das Urteil ist rechtskräftig/);
  for (const width of [1280, 360]) {
    await boss.setViewportSize({ width, height: 800 });
    await inspectPage(boss, 'file-holds', { width, script: true });
  }
  await boss.close();
});

test('a file is handed out as PDF and ZIP by the one who asked; the lead sets periods and parts', async () => {
  const page = await open(`${app.baseUrl}/arbeit/akte/${await fileOfCase(2)}`);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('x')]);
  await follow(page, page.getByRole('button', { name: 'Zusammenstellen' }));
  assert.match(await page.getByRole('alert').innerText(), /wofür/);
  await page.getByLabel('Anlass').fill('Einsicht für Frau Nowak');
  await follow(page, page.getByRole('button', { name: 'Zusammenstellen' }));
  const exportId = await lastExport();
  await run('make-file-export', { jobcenterId: jobcenter.id, exportId });
  await page.reload();
  await inspectPage(page, 'exports', { width: 1280, script: true });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('ZIP, Teil 1').click()]);
  assert.match(download.suggestedFilename(), /\.zip$/);
  const entries = unzipSync(readFileSync(await download.path()));
  assert.ok(Object.keys(entries).some((name) => name.endsWith('Vertrag.pdf')));
  const boss = await openAsLead();
  for (const [name, path] of [
    ['plan', '/arbeit/aktenplan'],
    ['deletions', '/arbeit/aktenplan/loeschung'],
  ] as const) {
    await boss.goto(app.baseUrl + path);
    for (const width of [1280, 360]) {
      await boss.setViewportSize({ width, height: 800 });
      await inspectPage(boss, name, { width, script: true });
    }
  }
  await boss.goto(`${app.baseUrl}/arbeit/aktenplan`);
  await boss.getByLabel('Name des neuen Teils').fill('  leistung');
  await follow(boss, boss.getByRole('button', { name: 'Teil hinzufügen' }));
  assert.match(await boss.locator('#error-summary').innerText(), /Einen Teil mit diesem Namen gibt es schon/);
  await boss.getByLabel('Name des neuen Teils').fill('Unterhalt');
  await follow(boss, boss.getByRole('button', { name: 'Teil hinzufügen' }));
  await boss.getByLabel('Name des neuen Teils').fill('UNTERHALT');
  await follow(boss, boss.getByRole('button', { name: 'Teil hinzufügen' }));
  assert.match(await boss.locator('#error-summary').innerText(), /gibt es schon/, 'nor one of its own a second time');
  await inspectPage(boss, 'plan-exists', { width: 360, script: true });
  await boss.goto(filePath);
  await boss.getByRole('link', { name: /Unterhalt/ }).waitFor();
  await boss.close();
  const none = await page.goto(`${app.baseUrl}/arbeit/aktenplan`);
  assert.equal(none?.status(), 404);
  await page.close();
});

test('a case of another team and a file of nobody look alike', async () => {
  const page = await open(filePath);
  for (const path of [`/arbeit/akte/${app.jobcenter.id}`, `/arbeit/dokumente/${app.jobcenter.id}`, '/arbeit/akte/x'])
    assert.equal((await page.goto(app.baseUrl + path))?.status(), 404, path);
  await page.close();
});

const rows = <Row>(sql: string, values: unknown[]): Promise<Row[]> =>
  inTenant(jobcenter.id, (tx) => tx.raw<Row>(sql, values));
const numberOf = async (index: number): Promise<string> =>
  (await rows<{ number: string }>('select number from office_case where id = $1', [ids[index]]))[0]?.number ?? '';
const fileOfCase = async (index: number): Promise<string> =>
  (await rows<{ id: string }>('select file_id as id from office_case where id = $1', [ids[index]]))[0]?.id ?? '';
const lastExport = async (): Promise<string> =>
  (await rows<{ id: string }>('select id from file_export order by id desc limit 1', []))[0]?.id ?? '';

async function textOf(bytes: Uint8Array): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  const text = [...document.pages()].map((each) => each.getText()).join('');
  document.destroy();
  library.destroy();
  return text.trim();
}

test('no page has a barrier, at 360 and 1280 pixels', async () => {
  const page = await open(filePath);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [name, url] of [
      ['file', `${app.baseUrl}/arbeit/akte/${await fileOfCase(2)}`],
      ['reader', readerPath(statementId, '?suche=miete')],
      ['reader-facts', readerPath(leaseId, '?tun=angaben')],
      ['reader-mark', readerPath(leaseId, '?tun=markieren')],
      ['reader-move', readerPath(leaseId, '?tun=verlegen')],
      ['reader-beside', readerPath(statementId, `?neben=${leaseId}`)],
      ['case', `${app.baseUrl}/arbeit/vorgaenge/${filed.caseId}`],
    ] as const) {
      await page.goto(url, { waitUntil: 'networkidle' });
      await inspectPage(page, name, { width, script: true });
    }
  }
  await page.close();
});

test('without JavaScript the file and the reader work', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
  const page = await context.newPage();
  await context.addCookies(await desk.cookies());
  await page.goto(`${app.baseUrl}/arbeit/akte/${await fileOfCase(2)}`);
  await page
    .getByRole('link', { name: /Kontoauszug/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Stelle markieren' }).click();
  await page.getByLabel(/Hausverwaltung/).check();
  await page.getByLabel('Ihre Notiz zu dieser Stelle').fill('Ab November.');
  await page.getByRole('button', { name: 'Stelle markieren' }).click();
  await page.getByText('Ab November.').waitFor();
  await context.close();
});

/** Waits until somebody else waits for what this transaction has locked. */
async function untilBlocked(tx: Tx): Promise<void> {
  const waiting = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  for (let asked = 0; asked < 5_000; asked += 1) {
    await tx.raw('select pg_stat_clear_snapshot()', []);
    if ((await tx.raw(waiting, [])).length > 0) return;
  }
  assert.fail('nobody waits');
}

test('whoever comes second after a move or a deletion changes nothing, and is not told that a paper is kept', async () => {
  const { caseId, ids: papers, file } = await fill();
  const [moved = '', gone = ''] = papers;
  const page = await open(readerPath(moved, '?tun=verlegen'));
  await page.getByLabel('Oder Vorgang in einer anderen Akte').fill(await numberOf(2));
  await page.getByLabel('Nur diese Unterlage').check();
  const part = page.locator('select[name=teil]');
  const before = await part.inputValue();
  await part.selectOption(before === 'integration' ? 'benefits' : 'integration');
  await page.getByLabel('Warum gehört es dorthin?').fill('Gehört zum Nachbarn.');
  const actor = { kind: 'staff', id: lead().id, name: 'Lou' } as const;
  const elsewhere = ids[3] ?? '';
  const second = await inTenant(jobcenter.id, async (tx) => {
    assert.equal(await lockBothCases(tx, [caseId, elsewhere]), true);
    const other = follow(page, page.getByRole('button', { name: 'Verlegen' }));
    await untilBlocked(tx);
    assert.equal(await movePaper(tx, actor, { documentId: moved, toCaseId: elsewhere }), 'moved');
    return { other };
  });
  await second.other;
  const traces = await rows('select id from file_move where document_id = $1', [moved]);
  assert.deepEqual(traces, [], 'neither part nor case of the second one');
  const [facts] = await rows<{ part: string | null }>('select part from file_document where document_id = $1', [moved]);
  assert.notEqual(facts?.part, before === 'integration' ? 'benefits' : 'integration');

  await page.goto(readerPath(gone));
  await page.getByText('Diese Unterlage länger aufbewahren').click();
  await page.getByLabel('Warum muss diese Unterlage bleiben?').fill('Klage S 12 AS 345/26');
  const answer = page.waitForResponse((each) => each.request().method() === 'POST');
  const late = await inTenant(jobcenter.id, async (tx) => {
    await lockFile(tx, file);
    const other = follow(page, page.getByRole('button', { name: 'Löschen sperren' }));
    await untilBlocked(tx);
    await eraseDocument(tx, gone, { forgetName: true });
    return { other };
  });
  await late.other;
  assert.equal((await answer).status(), 404);
  assert.deepEqual(await rows('select id from legal_hold where document_id = $1', [gone]), []);
  await page.close();
});

test('an export is for one person of the household, whom somebody chooses, with the children they represent', async () => {
  const received = await services.database.tenant(jobcenter.id, async (tx) =>
    receive(tx, { kind: 'client' }, await submissionInput(services, app, {})),
  );
  assert.ok(received.kind === 'received');
  const fileId = await inTenant(jobcenter.id, async (tx) => {
    const add = (givenName: string, birthDate: string) => addPerson(tx, { familyName: 'Zweig', givenName, birthDate });
    const [mira, jan, ole] = [
      await add('Mira', '1988-02-01'),
      await add('Jan', '1986-03-02'),
      await add('Ole', '2015-04-03'),
    ];
    const members = [
      { personId: mira, role: 'applicant' },
      { personId: jan, role: 'partner' },
      { personId: ole, role: 'child' },
    ];
    const householdId = await addHousehold(tx, { fileNumber: 'A-ZWEIG', members, fromDay: '2026-01-01' });
    const actor = { kind: 'staff', id: lead().id, name: 'Leitung' } as const;
    const reader = { role: 'lead', id: lead().id, teamIds: [] } as const;
    const act = { actor, reader, caseId: received.caseId };
    await confirmPerson(tx, act, { id: mira, householdId, name: 'Zweig, Mira', birthDate: '1988-02-01' });
    return (await findCase(tx, reader, received.caseId))?.fileId ?? '';
  });
  const page = await openAsLead();
  await page.goto(`${app.baseUrl}/arbeit/akte/${fileId}/ausgaben`);
  await page.locator('#f-anlass').fill('Auskunft nach Art. 15 DSGVO');
  await page.getByLabel('Ole Zweig').check();
  await page.getByRole('button', { name: 'Zusammenstellen' }).click();
  await page
    .getByRole('alert')
    .getByText(/für welche Person/)
    .waitFor();
  assert.equal(await page.getByLabel('Ole Zweig').isChecked(), true, 'what was ticked stays');
  await look(page, 'export-person');
  await page.getByLabel('Für welche Person?').selectOption({ index: 2 });
  await page.getByRole('button', { name: 'Zusammenstellen' }).click();
  await page.waitForURL(/ok=ausgabe/);
  await page.getByText('Für Mira Zweig').waitFor();
  const row = await inTenant(jobcenter.id, (tx) =>
    tx.raw<{ n: number }>(
      'select cardinality(for_children) n from app.file_export where jobcenter_id = $1 and file_id = $2',
      [jobcenter.id, fileId],
    ),
  );
  assert.equal(row[0]?.n, 1);
  await page.close();
});
