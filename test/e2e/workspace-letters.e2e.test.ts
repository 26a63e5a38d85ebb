import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { BrowserContext, Page } from 'playwright-core';
import { requireItem, timeline } from '../../src/modules/cases/index.ts';
import { findDocument } from '../../src/modules/documents/index.ts';
import { accessCode, receiptOfSubmission, submissionsOfCase } from '../../src/modules/intake/index.ts';
import { noticesOfCase } from '../../src/modules/notices/index.ts';
import { follow } from '../support/browser.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, desk, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const { services, jobcenter } = app;
const caseOf = (index: number): string => ids[index] ?? '';

const desks: BrowserContext[] = [];
after(() => Promise.all(desks.map((each) => each.close())));
/** The desk of the lead: a code counts once, so it is signed in once. */
const leadDesk = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
desks.push(leadDesk);
const first = await leadDesk.newPage();
await signIn(first, app, lead());
await first.close();

async function leadPage(url: string): Promise<Page> {
  const page = await leadDesk.newPage();
  await page.goto(url);
  return page;
}

/** Where a letter goes: a name alone is no address. */
const address = 'Mika Muster\nWeg 1\n01234 Musterstadt';
const letters = (index: number) => services.database.tenant(jobcenter.id, (tx) => noticesOfCase(tx, caseOf(index)));
/** The words of each page of a PDF. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const words = Array.from({ length: document.getPageCount() }, (_, at) => document.getPage(at).getText().trim());
  document.destroy();
  library.destroy();
  return words;
}
/** The letters of a case as they stand on its page. */
async function letterOnCase(page: Page, index: number): Promise<string> {
  await page.goto(casePath(index));
  return page.locator('section[aria-labelledby=letters]').innerText();
}
const alertWords = (page: Page): Promise<string> => page.locator('.kern-alert').first().innerText();

test('a notice by keyboard alone: begun, filled, looked at, released by somebody else, printed and handed to the post', async () => {
  const page = await open(casePath(1));
  await page.keyboard.press('b');
  await page.waitForFunction(() => document.activeElement?.id === 'f-template');
  await look(page, 'letter-begin');
  await page.getByLabel(/^Ablehnung/).focus();
  await page.keyboard.press('Space');
  await page.locator('#f-recipient').focus();
  await page.keyboard.type('\nWeg 1\n01234 Musterstadt');
  await tabTo(page, /Brief beginnen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/arbeit\/briefe\//);
  const missing = page.locator('.tw-letter__missing');
  assert.match(await missing.innerText(), /Begründung fehlt.*§ 35 SGB X/s);
  assert.match(await missing.innerText(), /Wählen Sie das Ergebnis/);
  assert.ok(await page.getByRole('button', { name: 'Zur Freigabe geben' }).isDisabled());
  await page.locator('.tw-letter__pages img').first().waitFor();
  assert.ok(
    await page.waitForFunction(
      () => (document.querySelector('.tw-letter__pages img') as HTMLImageElement)?.naturalWidth > 800,
    ),
  );
  await look(page, 'letter-draft');

  await page.locator('#f-result').focus();
  await page.keyboard.type('abgelehnt');
  await page.locator('#f-reasons').focus();
  await page.keyboard.type('Ihr Einkommen ist ggf. höher als Ihr Bedarf.');
  await page.locator('#f-weighing').focus();
  await page.keyboard.type('Wir haben Ihre Lage geprüft.');
  await tabTo(page, /Speichern und Vorschau/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=gespeichert/);
  assert.match(await page.locator('.tw-letter__hints').innerText(), /ggf\.\s*Abkürzung\. Besser: vielleicht/);
  const send = page.getByRole('button', { name: 'Zur Freigabe geben' });
  await send.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=eingereicht/);
  assert.match(
    await page.locator('#release').locator('..').locator('..').innerText(),
    /Freigeben muss ihn jemand anderes/,
  );
  assert.equal(await page.getByRole('button', { name: /Freigeben und abschicken/ }).count(), 0);
  await look(page, 'letter-own');

  const [letter] = await letters(1);
  assert.ok(letter?.state === 'submitted');
  const other = await leadPage(`${app.baseUrl}/arbeit/heute`);
  await other.getByRole('link', { name: '1 Brief wartet auf Ihre Freigabe' }).click();
  await other.waitForURL('**/arbeit/briefe');
  await look(other, 'letters');
  await other.getByRole('link', { name: /^Bescheid: Ihr Antrag/ }).focus();
  await other.keyboard.press('Enter');
  await other.waitForURL(`**/briefe/${letter.id}`);
  await other.locator('.tw-letter__pages img').first().waitFor();
  await look(other, 'letter-release');
  await other.keyboard.press('g');
  await other.waitForURL(/ok=gesendet/);
  await look(other, 'letter-sent');
  assert.match(await other.locator('#proof').locator('..').innerText(), /Zur Freigabe gegeben[\s\S]*Freigegeben/);
  assert.match(await letterOnCase(page, 1), /liegt für die Post bereit seit .*wartet auf den Druck/s);

  await page.goto(`${app.baseUrl}/arbeit/post`);
  await look(page, 'post-with-print');
  assert.match(await page.locator('main').innerText(), /Auf den Druck warten: 1 Brief\./);
  await page.getByRole('link', { name: 'Drucken (1)', exact: true }).click();
  await page.waitForURL('**/arbeit/post/druck');
  const paper = await page.request.get(`${app.baseUrl}/arbeit/post/druck/briefe/papier`);
  assert.equal(paper.headers()['content-type'], 'application/pdf');
  await look(page, 'letter-print');
  const badge = page.getByRole('button', { name: 'Alle sind gedruckt' }).locator('.td-kbd');
  assert.ok(await badge.isVisible());
  const phone = await browser.newContext({
    storageState: await page.context().storageState(),
    viewport: { width: 360, height: 800 },
    isMobile: true,
    hasTouch: true,
  });
  const held = await phone.newPage();
  await held.goto(page.url());
  await held.getByRole('button', { name: 'Alle sind gedruckt' }).waitFor();
  assert.equal(await held.locator('main .td-kbd').filter({ visible: true }).count(), 0, 'a finger has no keys');
  await phone.close();
  // Where the browser saves the papers the page stays, and hears the next key at once.
  const headers = { 'content-type': 'application/pdf', 'content-disposition': 'attachment' };
  await page.route('**/druck/briefe/papier', (route) => route.fulfill({ headers, body: '%PDF-1.7' }));
  const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('l')]);
  await saved.delete();
  await page.keyboard.press('b');
  await page.waitForURL(/ok=brief/);
  await look(page, 'letter-hand-over');
  const beside = await open(`${app.baseUrl}/arbeit/post`);
  assert.match(await beside.locator('main').innerText(), /Nichts wartet auf den Druck\. 1 gedruckter Brief muss noch/);
  assert.match(await letterOnCase(beside, 1), /gedruckt, muss noch zur Post/);
  await page.keyboard.press('z');
  await page.waitForURL(/ok=post/);
  assert.match(await letterOnCase(beside, 1), /zur Post gegeben am .*verschickt/s);
  await beside.close();
  await page.goto(other.url());
  await page.getByText('Die Person sagt, der Brief kam später oder nie').click();
  await page.locator('#f-said').fill('Sagt, er kam nie an.');
  await page.locator('#f-claimed').fill('bald');
  await page.getByRole('button', { name: 'Festhalten' }).filter({ visible: true }).click();
  assert.match(await page.locator('#f-claimed-error').innerText(), /nicht in der Zukunft/);
  assert.equal(await page.locator('#f-said').inputValue(), 'Sagt, er kam nie an.', 'what was typed is kept');
  await page.goto(casePath(1));
  await page.getByRole('link', { name: 'Zustellweg ändern' }).click();
  await page.getByLabel('Ins Portal. Die Person hat zugestimmt.').check();
  await page.getByRole('button', { name: 'Zustellweg speichern' }).click();
  assert.match(await page.locator('#f-mail-error').innerText(), /E-Mail-Adresse/);
  await look(page, 'letter-way');
  await page.getByRole('link', { name: 'Abbrechen' }).click();
  const block = page.locator('section[aria-labelledby=letters]');
  assert.match(await block.innerText(), /Bekannt gegeben am .* \(vierter Tag\)\. Widerspruch bis/);
  await look(page, 'case-with-letter');
  const done = await letters(1);
  assert.equal(done[0]?.effect?.kind, 'known');
  const events = await services.database.tenant(jobcenter.id, (tx) => timeline(tx, caseOf(1)));
  assert.equal(events.filter((each) => each.kind === 'decided').length, 1);
});

test('a place that the case cannot fill is a sentence; once it can, the letter goes at once and lies in the file', async () => {
  const page = await open(casePath(2));
  await page.goto(`${casePath(2)}?tun=brief`);
  await page.getByLabel('Unterlagen nachfordern').check();
  await page.locator('#f-recipient').fill(address);
  await page.getByRole('button', { name: 'Brief beginnen' }).click();
  await page.waitForURL(/arbeit\/briefe\//);
  const missing = page.locator('.tw-letter__missing');
  assert.match(await missing.innerText(), /keine fehlende Unterlage angefordert/);
  assert.match(await missing.innerText(), /Tragen Sie die Frist für die Person ein/);
  const id = page.url().split('/').at(-1) ?? '';
  await services.database.tenant(jobcenter.id, (tx) =>
    requireItem(
      tx,
      {
        actor: { kind: 'staff', id: clerk().id, name: 'Kim Muster' },
        reader: { role: 'lead', id: clerk().id, teamIds: [] },
        caseId: caseOf(2),
        staffId: clerk().id,
      },
      { what: 'Mietvertrag', why: 'Für die Miete', dueOn: '2030-01-15' },
    ),
  );
  await page.locator('#f-deadline').fill('in zwei Wochen');
  await page.getByRole('button', { name: /Speichern und Vorschau/ }).click();
  assert.match(await alertWords(page), /Schreiben Sie den Tag so/);
  assert.equal(await page.locator('#f-deadline').inputValue(), 'in zwei Wochen', 'what was typed is kept');
  await page.locator('#f-deadline').fill('15.1.2030');
  await page.locator('#f-language').selectOption('en');
  await page.getByRole('button', { name: /Speichern und Vorschau/ }).click();
  await page.waitForURL(/ok=gespeichert/);
  assert.equal(await page.locator('.tw-letter__missing').count(), 0);

  await page.locator('#f-baustein').selectOption({ label: 'Wer Ihnen hilft' });
  await page.getByRole('button', { name: 'Baustein anhängen' }).click();
  await page.waitForURL(/ok=baustein/);
  assert.match(await page.locator('#f-body').inputValue(), /§ 13 SGB X/);
  await page.locator('#f-subject').fill('Bitte noch ein Papier');
  await page.getByRole('button', { name: 'Brief abschicken' }).click();
  await page.waitForURL(/ok=veraendert/);
  assert.match(await alertWords(page), /Noch nicht abgeschickt/, 'what was not in the preview is not sent');
  const pdf = await page.request.get(`${app.baseUrl}/arbeit/briefe/${id}/vorschau`);
  const previewed = await pdf.body();
  await page.getByRole('button', { name: 'Brief abschicken' }).click();
  await page.waitForURL(/ok=gesendet/);
  const [letter] = await letters(2);
  const sent = await services.database.tenant(jobcenter.id, (tx) => services.vault.read(tx, letter?.documentId ?? ''));
  assert.ok(sent?.equals(previewed), 'exactly the bytes that were previewed');
  assert.match(sent?.toString('latin1') ?? '', /pdfuaid/, 'tagged as PDF/UA');
  const document = await services.database.tenant(jobcenter.id, (tx) => findDocument(tx, letter?.documentId ?? ''));
  assert.equal(document?.name, 'Bitte noch ein Papier.pdf');
  await page.goto(`${app.baseUrl}/arbeit/dokumente/${document?.id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await look(page, 'letter-in-reader');
});

test('two at one letter: different fields both stay, of the same field the second one sees both', async () => {
  const page = await open(`${casePath(3)}?tun=brief`);
  await page.getByLabel('Bitte um Anruf').check();
  await page.locator('#f-recipient').fill(address);
  await page.getByRole('button', { name: 'Brief beginnen' }).click();
  await page.waitForURL(/arbeit\/briefe\//);
  const other = await leadPage(page.url());
  const keep = (at: Page): Promise<void> => at.getByRole('button', { name: /Speichern und Vorschau/ }).click();
  await page.locator('#f-body').fill('Text von Kim'); // both have typed before anybody saves
  await other.locator('#f-subject').fill('Betreff von Alex');
  await keep(other);
  await other.waitForURL(/ok=gespeichert/);
  await other.locator('#f-body').fill('Text von Alex');
  await keep(page);
  await page.waitForURL(/ok=gespeichert/);
  assert.equal(await page.locator('#f-subject').inputValue(), 'Betreff von Alex', 'both stay');
  await keep(other);
  await other.locator('.tw-letter__conflict').waitFor();
  assert.match(await other.locator('.tw-letter__conflict').innerText(), /Kim Muster.*Text von Kim/s);
  assert.equal(await other.locator('#f-body').inputValue(), 'Text von Alex');
  await look(other, 'letter-conflict');
  await other.getByRole('button', { name: 'Beides behalten' }).or(other.locator('button[name=beides]')).first().click();
  await other.waitForURL(/ok=gespeichert/);
  const body = await other.locator('#f-body').inputValue();
  assert.match(body, /Text von Kim/);
  assert.match(body, /Text von Alex/);
  await other.getByRole('button', { name: 'Entwurf verwerfen' }).click();
  await other.waitForURL(`**/vorgaenge/${caseOf(3)}`);
  assert.deepEqual(await letters(3), []);
});

test('the lead writes blocks and templates; clerks read them', async () => {
  const page = await leadPage(`${app.baseUrl}/arbeit/textbausteine`);
  await look(page, 'letter-texts');
  await page.getByRole('link', { name: 'Haben Sie Fragen?' }).click();
  await page.locator('#f-body').fill('Rufen Sie {{team.telefon}} an.');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  assert.match(await alertWords(page), /„team\.telefon“ ist kein Platzhalter/);
  assert.match(await alertWords(page), /warum Sie das ändern/);
  await look(page, 'letter-block');
  await page.locator('#f-body').fill('Rufen Sie {{team.phone}} an.');
  await page.locator('#f-translation-en').fill('Call {{team.phone}}.');
  await page.locator('#f-reason').fill('Kürzer');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page.waitForURL(/ok=gespeichert/);
  assert.match(await page.locator('main').innerText(), /Fassung 1, Alex Beispiel.*Kürzer/);
  await follow(page, page.getByRole('link', { name: 'Bitte um Anruf' }));
  await look(page, 'letter-template');
  await page.getByLabel('Immer jemand anderes').check();
  await page.locator('#f-reason').fill('Vier Augen');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page.waitForURL(/ok=gespeichert/);
  const reading = await open(`${app.baseUrl}/arbeit/textbausteine/bausteine/fragen`);
  assert.equal(await reading.getByRole('button', { name: 'Neue Fassung speichern' }).count(), 0);
  assert.match(await reading.locator('main').innerText(), /Rufen Sie \{\{team\.phone\}\} an\./);
});

test('a translation stands behind the letter, says what it does not have, and the lead keeps it with its block', async () => {
  const page = await open(casePath(7));
  await page.keyboard.press('b');
  await page.getByLabel(/^Bitte um Anruf/).check();
  await page.locator('#f-recipient').fill(address);
  await page.getByRole('button', { name: 'Brief beginnen' }).click();
  await page.waitForURL(/arbeit\/briefe\//);
  const pages = page.locator('.tw-letter__pages img');
  assert.equal(await pages.count(), 1, 'who wrote in German gets a letter in German');
  await page.locator('#f-language').selectOption('en');
  await page.locator('#f-body').fill(`${await page.locator('#f-body').inputValue()}\n\nDas ist eilig.`);
  await page.getByRole('button', { name: 'Speichern und Vorschau' }).click();
  await page.waitForURL(/ok=gespeichert/);
  await page.waitForFunction(() => document.querySelectorAll('.tw-letter__pages img').length === 2);
  const section = page.locator('section', { has: page.locator('#translation') }).last();
  assert.match(await section.innerText(), /nur auf Deutsch im Brief:\s*Das ist eilig\./);
  await pages.nth(1).scrollIntoViewIfNeeded();
  await page.waitForFunction(
    () => (document.querySelectorAll('.tw-letter__pages img')[1] as HTMLImageElement)?.naturalWidth > 800,
  );
  await look(page, 'letter-translated');
  await page.close();

  const block = await leadPage(`${app.baseUrl}/arbeit/textbausteine/bausteine/einladung-anruf`);
  await block.locator('#f-body').fill('Bitte rufen Sie uns bald an: {{team.phone}}. Fragen Sie nach {{staff.name}}.');
  await block.locator('#f-reason').fill('dringlicher');
  await block.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await block.locator('.kern-alert').first().waitFor();
  assert.match(
    await block.locator('.kern-alert').first().innerText(),
    /nicht dieselben Platzhalter: \{\{case\.concern\}\}/,
  );
  await look(block, 'letter-block-translation');
  await block.locator('#f-translation-en').fill('Please call us soon: {{team.phone}}. Ask for {{staff.name}}.');
  await block.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await block.waitForURL(/ok=gespeichert/);
  const list = block.locator('section', { has: block.locator('#blocks') }).last();
  assert.doesNotMatch(await list.innerText(), /ohne englische Übersetzung/);
  await follow(block, list.getByRole('link', { name: 'Wer Ihnen hilft' }));
  await block.locator('#f-translation-en').fill('');
  await block.locator('#f-reason').fill('wird neu übersetzt');
  await block.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await block.waitForURL(/ok=gespeichert/);
  assert.match(await list.innerText(), /Wer Ihnen hilft[^\n]*\n[^\n]*wird neu übersetzt\s*ohne englische Übersetzung/);
  await look(block, 'letter-texts-untranslated');
  await block.close();
});

test('the person sees the letter on their page, without scripts and at 320 px, and chooses how letters come', async () => {
  const { number, code } = await services.database.tenant(jobcenter.id, async (tx) => {
    const [submission] = await submissionsOfCase(tx, caseOf(2));
    const receipt = await receiptOfSubmission(tx, submission?.id ?? '');
    const { codes } = await services.keyring.of(jobcenter.id);
    return { number: receipt?.number ?? '', code: accessCode(codes, receipt?.number ?? '') };
  });
  const context = await browser.newContext({
    viewport: { width: 320, height: 800 },
    locale: 'de-DE',
    javaScriptEnabled: false,
  });
  desks.push(context);
  const page = await context.newPage();
  await page.goto(`${app.baseUrl}/stand?nummer=${number}`);
  await page.getByLabel(/Zugangs-?[Cc]ode/).fill(code);
  const born = page.getByLabel(/Geburtsdatum/);
  const [birth] = await services.database.tenant(jobcenter.id, (tx) => submissionsOfCase(tx, caseOf(2)));
  const [year, month, day] = (birth?.person.birthDate ?? '').split('-');
  await born.fill(`${day}.${month}.${year}`);
  await page
    .getByRole('button', { name: /Anmelden|Stand/ })
    .first()
    .click();
  await page.waitForURL(`**/eingang/${number}`);
  await page.getByText('Hinter dem deutschen Text steht eine Übersetzung (Englisch).').waitFor();
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: /Brief herunterladen/ }).click();
  const download = await waiting;
  assert.match(readFileSync(await download.path(), 'latin1'), /^%PDF/);
  const [letter] = await letters(2);
  assert.ok(letter?.steps.some((step) => step.kind === 'fetched'));

  const headings = await page.locator('main h2').allInnerTexts();
  assert.equal(headings.at(-1), 'Wie möchten Sie Briefe bekommen?', 'what arrived comes first');
  await page.getByLabel('Hier im Portal').check();
  await page.getByRole('button', { name: 'Speichern' }).click();
  assert.match(await page.locator('main').innerText(), /Schreiben Sie eine E-Mail-Adresse/);
  await page.getByLabel(/Ihre E-Mail-Adresse/).fill('mina@example.org');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.waitForURL(/weg=1/);
  assert.match(
    await page.locator('main').innerText(),
    /Sie haben das Portal gewählt, aber wir können gerade keine E-Mails schicken/,
  );
  const shots = process.env.TANDEM_TEST_SHOTS;
  if (shots !== undefined) await page.screenshot({ path: `${shots}/portal-letters-320.png`, fullPage: true });
  const scripted = await browser.newContext({
    viewport: { width: 320, height: 800 },
    locale: 'de-DE',
    storageState: await context.storageState(),
  });
  desks.push(scripted);
  const again = await scripted.newPage();
  await again.goto(`${app.baseUrl}/eingang/${number}`);
  await look(again, 'portal-letters', [320, 1280]);
});

test('without scripts a letter is begun, changed, looked at and sent in the same way', async () => {
  const plain = await browser.newContext({
    viewport: { width: 360, height: 800 },
    locale: 'de-DE',
    javaScriptEnabled: false,
    storageState: await desk.storageState(),
  });
  desks.push(plain);
  const page = await plain.newPage();
  await page.goto(`${casePath(6)}?tun=brief`);
  await page.getByLabel('Antrag ist angekommen').check();
  await page.locator('#f-recipient').fill(address);
  await page.getByRole('button', { name: 'Brief beginnen' }).click();
  await page.waitForURL(/arbeit\/briefe\//);
  await page.locator('#f-subject').fill('Wir haben Ihren Antrag');
  await page.getByRole('button', { name: /Speichern und Vorschau/ }).click();
  await page.waitForURL(/ok=gespeichert/);
  await page.getByRole('button', { name: 'Brief abschicken' }).click();
  await page.waitForURL(/ok=gesendet/);
  const said = await page.locator('main').innerText();
  assert.match(said, /liegt jetzt bei den Briefen zum Drucken/);
  assert.match(said, /Abgeschickt, eine Freigabe war nicht nötig/);
  assert.doesNotMatch(said, /[Ff]reigegeben|Freigabe gegeben|verschickt/, 'nothing is claimed that nobody did');
  assert.deepEqual(
    (await letters(6)).map((each) => [each.title, each.state, each.waitsFor]),
    [['Wir haben Ihren Antrag', 'sent', 'print']],
  );
});

test('a letter that came back is put to the printer once more, with a corrected address and a sheet that names it', async () => {
  const [letter] = await letters(6);
  const page = await open(`${app.baseUrl}/arbeit/briefe/${letter?.id}`);
  assert.equal(await page.getByText('Der Brief kam zurück').count(), 0, 'what did not go out cannot come back');
  assert.equal(await page.getByText('der Brief kam später oder nie').count(), 0, 'nor can it have come late');
  const toPost = async (): Promise<{ readonly both: Buffer; readonly one: Buffer }> => {
    await page.goto(`${app.baseUrl}/arbeit/post/druck`);
    const file = `${app.baseUrl}/arbeit/post/druck/briefe/papier`;
    const both = await (await page.request.get(file)).body();
    const one = page.locator('section', { has: page.locator('#letters') }).getByText('Für einseitigen Druck öffnen');
    assert.equal(await one.getAttribute('href'), '/arbeit/post/druck/briefe/papier?seiten=ein');
    const papers = { both, one: await (await page.request.get(`${file}?seiten=ein`)).body() };
    await page.getByRole('button', { name: 'Alle sind gedruckt' }).click();
    await page.waitForURL(/ok=brief/);
    await page.getByRole('button', { name: 'Alle sind bei der Post' }).click();
    await page.waitForURL(/ok=post/);
    return papers;
  };
  await toPost();
  await page.goto(`${app.baseUrl}/arbeit/briefe/${letter?.id}`);
  await page.getByText('Der Brief kam zurück').click();
  await page.locator('#f-reason').fill('Empfänger unbekannt verzogen');
  await page.getByRole('button', { name: 'Festhalten' }).filter({ visible: true }).click();
  await page.waitForURL(/ok=ruecklauf/);
  await look(page, 'letter-returned');
  await page.goto(`${app.baseUrl}/arbeit/heute`);
  await follow(page, page.getByRole('link', { name: '1 Brief kam zurück' }));
  await look(page, 'letters-returned');
  await page.getByRole('link', { name: 'Wir haben Ihren Antrag' }).click();
  await page.locator('#f-again').fill('Mika Muster');
  const send = page.getByRole('button', { name: 'Noch einmal drucken und senden' });
  await send.click();
  assert.match(await page.locator('#f-again-error').innerText(), /wohin der Brief geht/);
  assert.equal(await page.locator('#f-again').inputValue(), 'Mika Muster', 'what was typed is kept');
  assert.doesNotMatch(await page.locator('main').innerText(), /vier Tage/, 'no period hangs on a plain letter');
  const eight = Array.from({ length: 8 }, (_, index) => `Zeile ${index}`).join('\n');
  await page.locator('#f-again').fill(eight);
  await send.click();
  await page.locator('#f-again-error', { hasText: 'mehr als sieben Zeilen' }).waitFor();
  assert.equal(await page.locator('#f-again').inputValue(), eight, 'what was typed is kept');
  await page.locator('#f-again').fill('Mika Muster\nc/o Klee\nAllee 7\n01234 Musterstadt');
  await send.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=nochmal/);
  await look(page, 'letter-again');
  const { both, one } = await toPost();
  const [sheet = '', back = '', after = ''] = await pagesOf(both);
  assert.match(sheet, /c\/o Klee[\s\S]*Allee 7[\s\S]*noch einmal/);
  assert.match(back, /^Diese Seite ist leer\.$/, 'the letter does not begin on the back of the sheet');
  assert.match(after, /Weg 1[\s\S]*Wir haben Ihren Antrag/, 'then the letter as it was released');
  assert.equal((await pagesOf(one)).length, (await pagesOf(both)).length - 1);
  const shots = process.env.TANDEM_TEST_SHOTS;
  if (shots !== undefined) writeFileSync(`${shots}/letter-again.pdf`, both);
  const [sent] = await letters(6);
  assert.deepEqual(
    [
      sent?.waitsFor,
      sent?.steps.filter(({ kind }) => kind === 'posted').length,
      sent?.sha256?.equals(letter?.sha256 ?? Buffer.alloc(0)),
    ],
    [null, 2, true],
  );
});
