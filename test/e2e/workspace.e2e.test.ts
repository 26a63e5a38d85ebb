import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { newTotpSecret, totpCode } from '../../src/modules/identity/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import { projectPath } from '../../src/platform/env/project.ts';
import { closeMedia } from '../../src/platform/media/index.ts';
import { closeTypesetter } from '../../src/platform/pdf/index.ts';
import { verbs } from '../../src/surfaces/workspace/case/view.ts';
import { startTestApp, type TestApp, type TestStaff } from '../support/app.ts';
import { follow, launchBrowser } from '../support/browser.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';
import { formOf, furnish, signIn } from './workspace-office.ts';

const axe = readFileSync(projectPath('node_modules/axe-core/axe.min.js'), 'utf8');
let app: TestApp;
let browser: Browser;
let ids: string[];
let desk: BrowserContext;

const clerk = (): TestStaff => app.staff[0] as TestStaff;
const lead = (): TestStaff => app.staff[1] as TestStaff;
const casePath = (index: number): string => `${app.baseUrl}/arbeit/vorgaenge/${ids[index]}`;

/** Scenes of one office, played in order: they share its cases. */
const scenes: { readonly name: string; readonly play: () => Promise<void> }[] = [];
const scene = (name: string, play: () => Promise<void>): void => {
  scenes.push({ name, play });
};

/** A page of the signed-in clerk. */
async function open(url: string): Promise<Page> {
  const page = await desk.newPage();
  await page.goto(url);
  return page;
}

const notice = (page: Page): Promise<string> => page.locator('.kern-alert--success').innerText();

/** Rows of a table as the owner sees them, for checks of what was logged. */
const count = async (sql: string, values: unknown[]): Promise<number> =>
  app.services.database.tenant(app.jobcenter.id, async (tx) =>
    Number((await tx.raw<{ n: number }>(sql, values))[0]?.n),
  );

scene('nobody comes in without both factors, and every try is logged', async () => {
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(casePath(0));
  assert.equal(new URL(page.url()).pathname, '/arbeit/anmelden');
  await page.getByLabel('Name').fill('clerk@musterstadt');
  await page.getByLabel('Passwort').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Name').inputValue(), 'clerk@musterstadt');
  await page.getByLabel('Passwort').fill(clerk().password);
  await page.keyboard.press('Enter');
  await page.getByLabel('Code aus Ihrer App').waitFor();
  await page.goto(casePath(0));
  assert.equal(new URL(page.url()).pathname, '/arbeit/anmelden/code');
  await page.getByLabel('Code aus Ihrer App').fill(totpCode(newTotpSecret(), app.services.clock.now()));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Mit einem anderen Namen anmelden' }).click();
  await page.getByText('Sie sind abgemeldet.').waitFor();
  assert.equal(await count("select count(*) n from app.audit_entry where action = 'staff.sign-in-refused'", []), 2);
  await context.close();
});

scene('wrong passwords are slowed for one address, and the owner elsewhere still comes in', async () => {
  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await page.goto(`${app.baseUrl}/arbeit/anmelden`);
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const send = (login: string) =>
    page.request.post(`${app.baseUrl}/arbeit/anmelden`, { form: { csrf, login, password: 'guess' }, maxRedirects: 0 });
  const answers = [];
  for (let i = 0; i < 10; i += 1) answers.push((await send('lead@kleinstadt')).status());
  assert.deepEqual(answers.slice(0, 8), Array(8).fill(422));
  assert.deepEqual(answers.slice(8), [429, 429]);
  assert.equal((await send('clerk@kleinstadt')).status(), 422);
  await context.close();
});

scene('the inbox is filtered, turned and read by keyboard', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  assert.equal(await page.locator('tbody tr').count(), 40);
  const days = await page.locator('.tw-deadline__day').allInnerTexts();
  const iso = days.map((day) => day.split('.').toReversed().join('-'));
  assert.deepEqual(iso, iso.toSorted());
  await follow(page, page.getByRole('link', { name: 'Weiter' }));
  assert.equal(await page.locator('tbody tr').count(), 4);
  await follow(page, page.getByRole('link', { name: 'Zurück' }));
  assert.equal(await page.locator('tbody tr').count(), 40);
  await page.getByLabel('Anliegen').selectOption({ label: 'Krank melden' });
  await page.getByLabel('Weg').selectOption({ label: 'Schnittstelle' });
  await follow(page, page.getByRole('button', { name: 'Anzeigen' }));
  const rows = await page.locator('tbody tr').allInnerTexts();
  assert.ok(rows.length > 0 && rows.every((row) => row.includes('Krank melden') && row.includes('Schnittstelle')));
  await page.goto(`${app.baseUrl}/arbeit?frist=ueberfaellig`);
  assert.ok((await page.locator('.tw-deadline').allInnerTexts()).every((text) => text.includes('überfällig')));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/vorgaenge/);
  await page.close();
});

scene('every verb works by keyboard alone and stands in the history', async () => {
  const page = await open(casePath(0));
  const key = (name: string) => page.keyboard.press(name);
  const type = (text: string) => page.keyboard.type(text);
  const focused = (name: string) => page.waitForFunction((id) => document.activeElement?.id === id, `f-${name}`);
  const done = (word: string) => page.waitForURL(new RegExp(`ok=${word}`));
  await key('m');
  await done('zuweisung');
  await key('u');
  await focused('what');
  await type('Mietvertrag');
  await key('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Was fehlt?').inputValue(), 'Mietvertrag');
  await page.getByLabel('Warum brauchen wir das?').focus();
  await type('Für die Miete.');
  await key('Tab');
  await key('Enter');
  await done('anforderungen');
  assert.match(await page.locator('.tw-open').innerText(), /Mietvertrag[\s\S]*in 14 Tagen/);
  await key('n');
  await focused('text');
  await type('Guten Tag, wir prüfen.');
  await key('Tab');
  await key('Enter');
  await done('nachrichten');
  await key('o');
  await focused('text');
  await type('Wirkt <b>müde</b>.');
  await key('Tab');
  await key('Enter');
  await done('notizen');
  await key('e');
  await focused('result');
  await type('Bew');
  await key('Tab');
  await type('Alle Nachweise liegen vor.');
  await key('Tab');
  await key('Enter');
  await done('entscheidung');
  await page.getByRole('button', { name: '„Mietvertrag“ zurücknehmen' }).press('Enter');
  await done('ruecknahme');
  await key('a');
  await page.getByRole('button', { name: 'Vorgang abschließen' }).press('Enter');
  await done('abschluss');
  await key('r');
  await focused('reason');
  await type('Neue Miete');
  await key('Tab');
  await key('Enter');
  await done('wiederaufnahme');
  await key('t');
  await focused('team');
  await type('Woh');
  await key('Tab');
  await key('Enter');
  await done('team');
  await key('p');
  await page.getByRole('button', { name: 'Bestätigen' }).press('Enter');
  await done('person');
  await key('z');
  await focused('staff');
  await type('Alex');
  await key('Tab');
  await key('Enter');
  await done('zuweisung');
  const history = await page.locator('.td-timeline').innerText();
  for (const words of [
    'Kim Muster ist zuständig',
    'Angefordert: Mietvertrag',
    'Für die Miete.',
    'Guten Tag, wir prüfen.',
    'Wirkt <b>müde</b>.',
    'Entschieden: Bewilligt',
    'Anforderung zurückgenommen',
    'Abgeschlossen',
    'Wieder geöffnet',
    'An das Team Wohnen',
    'Person bestätigt: Yılmaz, Elif',
    'Alex Beispiel ist zuständig',
  ])
    assert.ok(history.includes(words), words);
  assert.equal(await page.locator('.tw-open').count(), 0);
  await page.close();
});

scene('papers are shown as pictures of ours, larger on demand, and each look is logged', async () => {
  const page = await open(casePath(3));
  const image = page.locator('.td-viewer__image');
  await page.waitForFunction(
    () => (document.querySelector('.td-viewer__image') as HTMLImageElement | null)?.naturalWidth === 900,
  );
  await page.keyboard.press('+');
  await page.waitForURL(/zoom=1/);
  assert.match((await image.getAttribute('src')) ?? '', /breite=1500/);
  await page.waitForLoadState();
  const looks = await count("select count(*) n from app.audit_entry where action = 'document.read' and case_id = $1", [
    ids[3],
  ]);
  assert.equal(looks, 2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Original herunterladen' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /Kontoauszug 3\.pdf/);
  await page.getByRole('link', { name: 'Wer hat hineingesehen?' }).click();
  assert.match(await page.locator('table').innerText(), /Unterlage gelesen/);
  await page.close();
});

scene('doubts are settled in the queue with one click', async () => {
  const page = await open(`${app.baseUrl}/arbeit/klaerung`);
  const before_ = await count('select count(*) n from app.clearing_item where resolved_at is null', []);
  await page.getByRole('button', { name: 'Das ist' }).first().click();
  await page.waitForURL(/ok=person/);
  await page.getByRole('button', { name: 'Neu anlegen' }).first().click();
  await page.getByRole('button', { name: 'Weitergeben' }).first().click();
  await page.waitForURL(/ok=team/);
  assert.equal(await count('select count(*) n from app.clearing_item where resolved_at is null', []), before_ - 3);
  await page.close();
});

scene('counter: a visit becomes a receipt, a mistake loses no scan, a repeat makes no second case', async () => {
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  await page.getByLabel('Name').fill('Yılmaz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Yılmaz, Elif' }).click();
  await page.getByText('Akte 4711/0').waitFor();
  await page.getByLabel('Scans oder Fotos').setInputFiles([
    { name: 'Vertrag.pdf', mimeType: 'application/pdf', buffer: smallPdf('Vertrag') },
    { name: 'Virus.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ not a paper') },
  ]);
  await page.getByLabel('Was wurde gesagt?').fill('Die Miete steigt ab März.');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /„Virus.exe“ ist kein Foto[\s\S]*|wählen Sie ein Anliegen/);
  assert.ok(await page.getByLabel(/^Vertrag\.pdf/).isChecked());
  await page.locator('select[name=concern]').selectOption({ label: 'Wohnkosten: neue Miete oder Abrechnung' });
  await page.getByLabel('Notiz').fill('Bringt morgen den Rest.');
  const before_ = await count('select count(*) n from app.submission', []);
  const sent = await page.evaluate(() => {
    const form = document.querySelector('form[enctype]') as HTMLFormElement;
    return Object.fromEntries(
      [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  });
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.waitForURL(/eingangsbestaetigungen/);
  const receipt = await page.locator('main').innerText();
  for (const words of ['Alles ist angekommen', 'Vertrag.pdf', 'Ihr Zugangs-Code', 'Elif Yılmaz'])
    assert.ok(receipt.includes(words), words);
  const pdf = await page.request.get(
    `${app.baseUrl}${await page.getByRole('link', { name: 'Bestätigung drucken' }).getAttribute('href')}`,
  );
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  assert.ok((await pdf.body()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  const number = new URL(page.url()).pathname.split('/').at(-1);
  const repeat = (fields: Record<string, string>) =>
    page.request.post(`${app.baseUrl}/arbeit/schalter/eingang`, { multipart: fields, maxRedirects: 0 });
  assert.ok((await repeat(sent)).headers()['location']?.includes(`/${number}?`));
  assert.equal((await repeat({ ...sent, said: 'Etwas anderes.' })).status(), 422);
  assert.equal(await count('select count(*) n from app.submission', []), before_ + 1);
  await page.goto(`${app.baseUrl}/arbeit/eingangsbestaetigungen/${number}`);
  assert.ok(!(await page.locator('main').innerText()).includes('Zugangs-Code'));
  await follow(page, page.getByRole('link', { name: 'Zum Vorgang' }));
  const text = await page.locator('main').innerText();
  for (const words of ['Die Miete steigt ab März.', 'Bringt morgen den Rest.', 'bestätigt'])
    assert.ok(text.includes(words), words);
  await page.close();
});

scene('telephone: what was said is a submission, what was promised is reminded of until it is kept', async () => {
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  await page.getByLabel('Name').fill('Yılmaz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Yılmaz, Elif' }).click();
  await page.getByLabel('Am Telefon').check();
  await page.locator('select[name=concern]').selectOption({ label: 'Wohnkosten: neue Miete oder Abrechnung' });
  await page.getByLabel('Was wurde gesagt?').fill('Fragt nach der Heizung.');
  await page.getByLabel('Was haben Sie zugesagt?').fill('Rückruf zur Heizung');
  await page.getByLabel('Uhrzeit').fill('halb drei');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.getByRole('alert').getByText('Bitte schreiben Sie die Uhrzeit so: 14:30').first().waitFor();
  assert.equal(await page.getByLabel('Was haben Sie zugesagt?').inputValue(), 'Rückruf zur Heizung');
  await page.getByLabel('Bis zum Tag').fill('31.12.2098');
  await page.getByLabel('Uhrzeit').fill('14:30');
  await page.getByLabel('Telefonnummer').fill('030 23125 7');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.waitForURL(/eingangsbestaetigungen/);
  assert.match(await page.locator('main').innerText(), /Telefon/);
  await page.goto(`${app.baseUrl}/arbeit/zusagen`);
  const row = page.locator('tbody tr', { hasText: 'Rückruf zur Heizung' });
  assert.match(await row.innerText(), /bis 31\.12\.2098, 14:30 Uhr[\s\S]*030 23125 7/);
  await row.getByRole('button', { name: '„Rückruf zur Heizung“ ist eingehalten' }).click();
  await page.waitForURL(/zusagen\?ok=eingehalten/);
  assert.equal(await page.locator('tbody tr', { hasText: 'Rückruf zur Heizung' }).count(), 0);
  await page.goto(casePath(4));
  await page.keyboard.press('v');
  await page.waitForFunction(() => document.activeElement?.id === 'f-promised');
  await page.keyboard.type('Brief bis Montag');
  await page.getByLabel('Bis zum Tag').fill('1.1.2099');
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=zusage/);
  assert.match(await page.locator('.tw-open').innerText(), /Brief bis Montag[\s\S]*bis 01\.01\.2099/);
  await page.close();
});

scene('counter: what was asked for is handed in at the counter and fulfils the request', async () => {
  const page = await open(`${casePath(1)}?tun=person`);
  await page.getByRole('button', { name: 'Bestätigen' }).click();
  await page.waitForURL(/ok=person/);
  await page.goto(`${casePath(1)}?tun=anforderungen`);
  await page.getByLabel('Was fehlt?').fill('Mutterpass');
  await page.getByLabel('Warum brauchen wir das?').fill('Für den Mehrbedarf.');
  await page.getByRole('button', { name: 'Anfordern', exact: true }).click();
  await page.waitForURL(/ok=anforderungen/);
  await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent('Schröder')}`);
  await page.getByRole('link', { name: 'Am Schalter aufnehmen' }).click();
  await page.getByLabel('Fehlende Unterlage: Mutterpass').check();
  await page
    .getByLabel('Scans oder Fotos')
    .setInputFiles({ name: 'Mutterpass.pdf', mimeType: 'application/pdf', buffer: smallPdf('Mutterpass') });
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await follow(page, page.getByRole('link', { name: 'Zum Vorgang' }));
  assert.equal(page.url(), casePath(1));
  assert.match(await page.locator('.td-timeline').innerText(), /Eingereicht: Mutterpass/);
  await page.close();
});

scene('a paper that cannot be drawn gets a page that says so, and goes into the queue', async () => {
  const { services, jobcenter } = app;
  const broken = { name: 'Kaputt.pdf', bytes: Buffer.from('no pdf'), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenter.id, broken);
  const input = await submissionInput(services, app, {
    documents: [{ document, field: 'documents', recorded: false }],
  });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.equal(received.kind, 'received');
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${received.kind === 'received' ? received.caseId : ''}`);
  await page.reload();
  await page.getByText('Eine Unterlage lässt sich nicht anzeigen').waitFor();
  await page.getByRole('button', { name: 'Erledigt' }).click();
  await page.waitForURL(/ok=lesbarkeit/);
  assert.equal(await page.getByText('Eine Unterlage lässt sich nicht anzeigen').count(), 0);
  await page.close();
});

/** A case with an account number that nobody has confirmed. */
async function bankCase(): Promise<string> {
  const { services, jobcenter } = app;
  const form = formOf('bankverbindung');
  const input = await submissionInput(services, app, { form, answers: { iban: 'DE89370400440532013000' } });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  return received.caseId;
}

/** The address of a receipt as the counter shows it. */
async function counterReceipt(): Promise<string> {
  const input = await submissionInput(app.services, app, { channel: 'counter' });
  const { tenant } = app.services.database;
  const received = await tenant(app.jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  return `/arbeit/eingangsbestaetigungen/${received.receipt.number}`;
}

scene('an account number is confirmed at the counter, or by the code of a letter', async () => {
  const address = `${app.baseUrl}/arbeit/vorgaenge/${await bankCase()}`;
  const page = await open(address);
  await page.getByText('Konto ist nicht bestätigt: noch nicht auszahlen').waitFor();
  await page.keyboard.press('k');
  await page.getByLabel('Anschrift aus der Akte').waitFor();
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const print = () =>
    page.request.post(`${address}/konto/brief`, {
      form: { csrf, address: 'Mika Muster\nAm Muster 1\n12345 Musterstadt' },
    });
  assert.ok((await (await print()).body()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  await page.getByRole('button', { name: 'Am Schalter bestätigt' }).click();
  await page.waitForURL(/ok=konto/);
  assert.match(await page.locator('.tw-facts').innerText(), /am Schalter bestätigt/);
  assert.match(await page.locator('.td-timeline').innerText(), /Konto am Schalter bestätigt/);
  assert.equal((await print()).status(), 404);
  await page.close();
});

scene('a passkey is added and serves as second factor', async () => {
  const page = await open(`${app.baseUrl}/arbeit/konto`);
  const devtools = await desk.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.getByLabel('Name des Passkeys').fill('Notebook');
  await page.getByRole('button', { name: 'Passkey anlegen' }).click();
  await page.getByText('Der Passkey ist angelegt.').waitFor();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.getByLabel('Name').fill(clerk().login);
  await page.getByLabel('Passwort').fill(clerk().password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Mit Passkey anmelden' }).click();
  await page.waitForURL(`${app.baseUrl}/arbeit`);
  await page.goto(`${app.baseUrl}/arbeit/konto`);
  await page.getByRole('button', { name: 'Notebook entfernen' }).click();
  await page.getByText('Der Passkey ist entfernt.').waitFor();
  assert.equal(await count("select count(*) n from app.audit_entry where action = 'staff.passkey-removed'", []), 1);
  await page.close();
});

scene('search finds cases by name, number, receipt and birth date', async () => {
  const page = await open(casePath(4));
  const number = /V-\w{4}-\w{4}/.exec(await page.locator('.tw-facts').innerText())?.[0] ?? '';
  const receipt =
    /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('.tw-submission').first().innerText())?.[0] ?? '';
  const born = /\d\d\.\d\d\.\d{4}/.exec(await page.locator('.tw-facts').innerText())?.[0] ?? '';
  for (const words of [number.toLowerCase(), receipt.replaceAll('-', ' '), born, 'von der Heide']) {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent(words)}`);
    assert.ok((await page.locator('table').first().innerText()).includes(number), words);
  }
  await page.close();
});

scene('what belongs to others, does not exist or comes from elsewhere is refused alike', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  for (const path of [
    '/arbeit/vorgaenge/x',
    `/arbeit/vorgaenge/${app.jobcenter.id}`,
    '/arbeit/gibt-es-nicht',
    `/arbeit/dokumente/${ids[0]}/seite/1`,
    '/arbeit/eingangsbestaetigungen/0000-0000-0000',
  ])
    assert.equal((await page.request.get(app.baseUrl + path)).status(), 404, path);
  const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    page.request.post(`${casePath(5)}/notizen`, { form, headers, maxRedirects: 0 });
  assert.equal((await post({ text: 'ohne Marke' })).status(), 403);
  assert.equal((await post({ csrf, text: 'von woanders' }, { origin: 'https://evil.example' })).status(), 403);
  const wrong = await post({ csrf, text: ' ' });
  assert.equal(wrong.status(), 422);
  const strangers = await browser.newContext({ locale: 'de-DE' });
  const other = await strangers.newPage();
  const second = { ...app, ...app.secondTenant };
  await signIn(other, second, { ...(app.secondTenant.staff[0] as TestStaff), login: 'clerk@kleinstadt' });
  assert.equal((await other.request.get(casePath(0))).status(), 404);
  assert.equal((await other.request.get(`${app.baseUrl}/arbeit`)).status(), 200);
  await strangers.close();
  await page.close();
});

scene('a form that is sent twice counts once, and one with other content is asked about', async () => {
  const page = await open(`${casePath(7)}?tun=notizen`);
  const form = page.locator('.tw-verb form');
  const hidden = (name: string) => form.locator(`input[name=${name}]`).inputValue();
  const [csrf, command] = [await hidden('csrf'), await hidden('command')];
  const send = (text: string) =>
    page.request.post(`${casePath(7)}/notizen`, { form: { csrf, command, text }, maxRedirects: 0 });
  const notes = () => count("select count(*) n from app.case_event where kind = 'note' and case_id = $1", [ids[7]]);
  assert.equal((await send(' ')).status(), 422);
  const answers = await Promise.all([send('Ruft morgen an.'), send('Ruft morgen an.')]);
  assert.deepEqual(answers.map((answer) => answer.headers()['location']?.split('ok=')[1]).toSorted(), [
    'notizen',
    'unveraendert',
  ]);
  assert.equal(await notes(), 1);
  const other = await send('Ruft doch nicht an.');
  assert.equal(other.status(), 422);
  assert.match(await other.text(), /schon einmal gesendet[\s\S]*Ruft doch nicht an\./);
  assert.equal(await notes(), 1);
  await page.close();
});

scene('one case gets one new person, whatever is sent', async () => {
  const page = await open(casePath(12));
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const send = () => page.request.post(`${casePath(12)}/person`, { form: { csrf, person: 'neu' }, maxRedirects: 0 });
  const people = () => count('select count(*) n from app.person', []);
  const before_ = await people();
  assert.deepEqual(
    (await Promise.all([send(), send(), send()])).map((answer) => answer.status()),
    [303, 303, 303],
  );
  assert.equal(await people(), before_ + 1);
  await page.close();
});

scene('a case given to a team of others leads back to the inbox', async () => {
  const team = { key: 'ausland', name: 'Auslandsfälle', phone: '030 23125 300' };
  const away = await app.services.database.tenant(app.jobcenter.id, (tx) => addTeam(tx, team));
  assert.ok(away.kind === 'added');
  const page = await open(`${casePath(8)}?tun=team`);
  await page.locator('select[name=team]').selectOption(away.id);
  await page.getByRole('button', { name: 'Weitergeben' }).click();
  await page.waitForURL(/\/arbeit\?ok=team/);
  assert.match(await notice(page), /Team/);
  assert.equal((await page.request.get(casePath(8))).status(), 404);
  await page.close();
});

scene('broken addresses and bodies get a page, never an error', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  for (const path of [
    '/suche?q=%07Muster%1b%C2%85',
    '/suche?q=1.1.0000',
    '/suche?q=%25',
    `?nach=0000-01-01_${ids[0]}`,
    `/klaerung?nach=99999999999999_${ids[0]}`,
    '/schalter?name=%01&geburtsdatum=1.1.0000&akte=%01',
    `/schalter/eingang?person=${ids[0]}&name=%01&geburtsdatum=1.1.1990`,
    `/vorgaenge/${ids[6]}?tun=person&suche=%01x`,
    '?team=%01&anliegen=%01&zustaendig=%01',
  ])
    assert.equal((await page.request.get(`${app.baseUrl}/arbeit${path}`)).status(), 200, path);
  assert.equal((await page.request.get(`${app.baseUrl}/arbeit/suche?q=%00`)).status(), 404);
  const garbage = { headers: { 'content-type': 'multipart/form-data; boundary=x' }, data: '--y\r\ngarbage' };
  for (const path of ['/anmelden', `/vorgaenge/${ids[6]}/notizen`, '/schalter/eingang'])
    assert.equal((await page.request.post(`${app.baseUrl}/arbeit${path}`, garbage)).status(), 400, path);
  await page.close();
});

scene('English from top to bottom, and back', async () => {
  const page = await open(casePath(6));
  await follow(page, page.getByRole('link', { name: 'English' }));
  assert.equal(new URL(page.url()).search, '');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  for (const words of ['History', 'Ask for a paper', 'Deadline']) await page.getByText(words).first().waitFor();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.close();
});

scene('no page has a barrier that axe knows, at 1280 and 360 pixels, in both languages', async () => {
  const pages = [
    '/arbeit',
    '/arbeit/klaerung',
    '/arbeit/schalter?name=Y',
    '/arbeit/schalter/eingang',
    '/arbeit/suche?q=Nowak',
    '/arbeit/zusagen',
    '/arbeit/konto',
    '/arbeit/gibt-es-nicht',
    `/arbeit/vorgaenge/${ids[9]}/einsicht`,
  ];
  const account = await bankCase();
  const all = [
    ...pages,
    await counterReceipt(),
    `/arbeit/vorgaenge/${account}`,
    ...verbs.map((verb) => `/arbeit/vorgaenge/${verb === 'konto' ? account : ids[9]}?tun=${verb}`),
  ];
  const page = await open(`${app.baseUrl}/arbeit`);
  for (const [width, language] of [
    [1280, 'de'],
    [360, 'en'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${app.baseUrl}/arbeit?sprache=${language}`);
    for (const path of width === 360
      ? all.filter((each) => !/zuweisung|nachrichten|entscheidung|abschluss|team/.test(each))
      : all) {
      await page.goto(app.baseUrl + path);
      await withoutBarrier(page, `${path} ${width}`);
      assert.ok(
        (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
        `${path} is wider than ${width}`,
      );
    }
  }
  await page.goto(`${app.baseUrl}/arbeit?sprache=de`);
  await page.close();
  const stranger = await browser.newPage({ locale: 'de-DE' });
  await stranger.goto(`${app.baseUrl}/arbeit/anmelden`);
  await withoutBarrier(stranger, 'sign-in');
  await stranger.getByLabel('Name').fill(lead().login);
  await stranger.getByLabel('Passwort').fill(lead().password);
  await stranger.keyboard.press('Enter');
  await stranger.getByLabel('Code aus Ihrer App').waitFor();
  await withoutBarrier(stranger, 'second factor');
  await stranger.close();
});

async function withoutBarrier(page: Page, where: string): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await run.run()).violations.map(
      (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
    );
  });
  assert.deepEqual(found, [], where);
}

scene('without JavaScript the whole way is the same', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'en-GB',
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await signIn(page, app, lead());
  await page.getByRole('link', { name: 'Nowak, Kasia' }).first().click();
  await page.getByRole('link', { name: 'Note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Called back.');
  await page.getByRole('button', { name: 'Save note' }).click();
  assert.match(await notice(page), /The note is saved/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await context.close();
});

test('the workspace', async (t) => {
  app = await startTestApp();
  after(closeMedia);
  after(closeTypesetter);
  ids = await furnish(app, 44);
  browser = await launchBrowser();
  after(() => browser.close());
  desk = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  desk.setDefaultTimeout(8_000);
  const page = await desk.newPage();
  await signIn(page, app, clerk());
  await page.close();
  for (const { name, play } of scenes) await t.test(name, play);
});
