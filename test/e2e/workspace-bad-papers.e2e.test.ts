import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { JobServices } from '../../src/main/jobs/job-services.ts';
import { readOne } from '../../src/main/jobs/read-document.ts';
import { readScans, separatorCode } from '../../src/modules/post/index.ts';
import { joinImages, joinPdfs, renderPage } from '../../src/platform/media/index.ts';
import { lockedPdf } from '../../src/platform/media/samples.ts';
import { closeReading, limitReading } from '../../src/platform/reading/index.ts';
import { follow, leave } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { certificates, paragraphs, writtenPaper } from '../support/papers.ts';
import { followingSheet, letterSheet, scanPdf } from '../support/scans.ts';
import { app, browser, open } from './workspace-desk.ts';

after(closeReading);
/** What reading one paper needs of the jobs' services. */
const jobs = app.services as unknown as JobServices;

/** Brings a file in by the upload page, lets it be read, and shows the stack. */
async function scan(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto(`${app.baseUrl}/arbeit/post`);
  await page.getByLabel('Scan des Stapels').setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await page.getByRole('button', { name: 'Hochladen' }).click();
  await page.waitForURL(/post\/stapel\//);
  const address = page.url();
  while (await readScans({ ...app.services, ownName: app.jobcenter.name }, app.jobcenter.id));
  await leave(page);
  await page.goto(address);
}

test('a letter in another language: named before it is confirmed, then in the queue, with the way to ask for a translation', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const buffer = await writtenPaper(browser, { language: 'pl', pages: [paragraphs(...certificates.pl)] });
  await scan(page, 'Stapel polnisch.pdf', buffer);
  await page.getByRole('cell', { name: 'Nicht auf Deutsch: Polnisch' }).waitFor();
  await page.keyboard.press('w');
  const alert = page.locator('.tp-desk__side .kern-alert--warning');
  assert.match(await alert.innerText(), /Nicht auf Deutsch: Polnisch[\s\S]*verstehen nur Deutsch/);
  await look(page, 'letter in Polish');
  await page.keyboard.press('Enter');
  await page.getByText('Kein Brief ist mehr offen').waitFor();

  const [filed] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ caseId: string; documentId: string }>(
      `select l.case_id as "caseId", d.document_id as "documentId" from app.scan_letter l
        join app.submission_document d on d.submission_id = l.submission_id where l.state = 'filed'`,
      [],
    ),
  );
  assert.ok(filed !== undefined);
  await readOne(jobs)({ jobcenterId: app.jobcenter.id, documentId: filed.documentId });
  await page.goto(`${app.baseUrl}/arbeit/klaerung`);
  const which = page.getByRole('link', { name: 'Polnisch, Seite 1 ansehen' });
  while ((await which.count()) === 0) await follow(page, page.getByRole('link', { name: 'Weiter' }));
  await look(page, 'foreign paper in the queue');
  assert.match(await page.locator('main').innerText(), /Amtssprache der EU/);
  await follow(page, which);
  assert.match(page.url(), new RegExp(`vorgaenge/${filed.caseId}\\?dok=${filed.documentId}`));
  assert.match(await page.locator('.tw-papers').innerText(), /Nicht auf Deutsch: Polnisch/);
  await look(page, 'foreign paper in the case');
  const panel = page.locator('section[aria-labelledby=open]');
  await follow(page, panel.getByRole('link', { name: /Um Übersetzung bitten/ }));
  assert.match(await page.getByLabel('Was fehlt?').inputValue(), /^Übersetzung ins Deutsche: .*\(Polnisch\)$/);
  assert.match(await page.getByLabel('Warum brauchen wir das?').inputValue(), /muss nicht beglaubigt sein/);
  await look(page, 'asking for a translation');
  await page.getByRole('button', { name: 'Anfordern', exact: true }).click();
  await page.waitForURL(/ok=anforderungen/);
  await panel.getByRole('button', { name: 'Erledigt' }).click();
  await page.waitForURL(/ok=lesbarkeit/);
  assert.equal(await page.getByText('Eine Unterlage ist nicht auf Deutsch').count(), 0);
  await page.goto(`${app.baseUrl}/arbeit/dokumente/${filed.documentId}`);
  assert.match(await page.locator('header').last().innerText(), /Nicht auf Deutsch: Polnisch/);
  await look(page, 'foreign paper in the reader');
  await page.close();
});

test('a scan with a password says what to do; a sheet that took too long is named in its letter, and the others are there', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  await scan(page, 'gesperrt.pdf', lockedPdf());
  await page.getByText('Die Datei hat ein Passwort. Bitte schalten Sie das Passwort am Scanner aus').waitFor();
  await look(page, 'stack with a password');
  // A page full of words takes the recogniser some seconds, one with a text layer next to nothing.
  const terms = Array.from(
    { length: 26 },
    (_, i) => `Absatz ${i + 1}: Der Vermieter und der Mieter vereinbaren, was hier weiter steht.`,
  );
  const text = { sender: 'Berg KG', subject: 'Mietvertrag', text: ['Kaltmiete 480,00 EUR im Monat', ...terms] };
  const [first, second] = [1, 2].map((n) => scanPdf([letterSheet({ ...text, page: `Seite ${n} von 2` })]));
  assert.ok(first !== undefined && second !== undefined);
  const drawn = await renderPage(second, 'application/pdf', 1, 1_654);
  assert.ok(!('failed' in drawn));
  const file = await joinPdfs([first, await joinImages([drawn.bytes])]);
  assert.ok(!('failed' in file));
  limitReading({ pageMs: 900 });
  try {
    await scan(page, 'langsam.pdf', Buffer.from(file));
    await page.getByRole('cell', { name: /Eine Seite ist nicht lesbar/ }).waitFor(); // it is read after it was put down
  } finally {
    limitReading();
  }
  await page.keyboard.press('w');
  const alert = page.locator('.tp-desk__side .kern-alert--warning');
  assert.match(await alert.innerText(), /Blatt 2: Das Lesen hat zu lange gedauert\./);
  await look(page, 'letter with a sheet that took too long');
  await follow(page, alert.getByRole('link', { name: 'Blatt 2', exact: true }));
  await page.getByText('Blatt 2 im Stapel').waitFor();
  await page.close();
});

test('two sheets whose heads name different letters: both are said, and one press divides the letter there', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const first = letterSheet({
    sender: 'Stadtwerke Süd GmbH',
    subject: 'Abrechnung, Kundennummer 448812',
    text: ['Nachzahlung 88,20 EUR'],
    page: 'Seite 1 von 2',
  });
  const other = followingSheet(['Hausverwaltung Berg KG', 'Kundennummer 771003', 'Summe 960,00 EUR'], 'Seite 2 von 2');
  await scan(page, 'zwei Briefe.pdf', scanPdf([first, other], 'heads'));
  await page.getByRole('cell', { name: 'Blätter passen nicht zusammen' }).waitFor();
  await page.keyboard.press('w');
  const alert = page.locator('.tp-desk__side .kern-alert--warning');
  assert.match(await alert.innerText(), /Nummer: Auf Blatt 1 steht „448812“, auf Blatt 2 „771003“\./);
  await look(page, 'letter with two heads');
  await alert.getByRole('button', { name: 'Vor Blatt 2 teilen' }).click();
  await page.getByRole('heading', { name: 'Brief ab Blatt 2' }).waitFor();
  await page.close();
});

test('an empty sheet between two separators is not taken by Enter; what has no neighbour cannot be moved to one', async () => {
  const separator = { code: separatorCode, lines: [{ text: 'Trennblatt', x: 200, y: 400, size: 30 }] };
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const letter = letterSheet({ sender: 'Berg KG', subject: 'Mietvertrag', text: ['Kaltmiete 480,00 EUR im Monat'] });
  await scan(page, 'leer.pdf', scanPdf([letter, separator, {}], 'leer'));
  await page.keyboard.press('w');
  await page.getByRole('heading', { name: 'Brief ab Blatt 1' }).waitFor();
  assert.ok(await page.getByRole('button', { name: /Mit vorigem verbinden/ }).isDisabled());
  assert.ok(await page.getByRole('button', { name: /Seite zum vorigen Brief/ }).isDisabled());
  assert.ok(await page.getByRole('button', { name: /Seite zum nächsten Brief/ }).isEnabled());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Brief ab Blatt 3' }).waitFor();
  assert.ok(await page.getByRole('button', { name: /Mit vorigem verbinden/ }).isDisabled(), 'that one is confirmed');
  await page.keyboard.press('Enter');
  await look(page, 'letter of an empty sheet');
  await page.keyboard.press('l');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ state: string; reason: string }>(
      "select state, aside_reason as reason from app.scan_letter where doubts = '{only-blank}'",
      [],
    ),
  );
  assert.deepEqual(row, { state: 'aside', reason: 'later' });
  await page.close();
});
