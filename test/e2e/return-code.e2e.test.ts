import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { addDays, dayInGermany } from '../../src/kernel/dates.ts';
import {
  askAgain,
  findReturnCode,
  issueReturnCode,
  parseReturnCode,
  requiredItems,
  requireItem,
  withdrawItem,
} from '../../src/modules/cases/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import type { Clock } from '../../src/platform/clock/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { closeMedia } from '../../src/platform/media/index.ts';
import { closeTypesetter } from '../../src/platform/pdf/index.ts';
import { startTestApp } from '../support/app.ts';
import { follow, launchBrowser } from '../support/browser.ts';
import { daytime } from '../support/clock.ts';
import { inspectPage } from '../support/look.ts';
import { qrCodesOf } from '../support/qr.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';
import { signIn } from './workspace-office.ts';

const pictures = process.env.TANDEM_TEST_PICTURES;
let later = 0;
const clock: Clock = { now: () => new Date(daytime.now().getTime() + later) };
beforeEach(() => {
  later = 0;
});
const app = await startTestApp({ clock });
after(closeMedia);
after(closeTypesetter);
const browser = await launchBrowser();
after(() => browser.close());

const { services, jobcenter } = app;
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenter.id, work);
const staffId = app.staff[1]?.id ?? '';
const act = (caseId: string) =>
  ({
    actor: { kind: 'staff', id: staffId, name: 'Alex Beispiel' },
    reader: { role: 'lead', id: staffId, teamIds: [] },
    caseId,
    staffId,
  }) as const;
const count = async (sql: string): Promise<number> =>
  inTenant(async (tx) => Number((await tx.raw<{ n: number }>(sql, [jobcenter.id]))[0]?.n));

/** A case in which two papers are missing; gives the items by name. */
async function caseWithItems(): Promise<{
  caseId: string;
  item: (what: string) => Promise<{ id: string; dueOn: string }>;
}> {
  const input = await submissionInput(services, app);
  const received = await inTenant((tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { caseId } = received;
  const dueOn = addDays(dayInGermany(services.clock.now()), 14);
  for (const what of ['Mietvertrag', 'Lohnabrechnung'])
    await inTenant((tx) => requireItem(tx, act(caseId), { what, why: `Wir brauchen alles: ${what}.`, dueOn }));
  const item = async (what: string) => {
    const found = (await inTenant((tx) => requiredItems(tx, caseId))).find((each) => each.what === what);
    assert.ok(found);
    return found;
  };
  return { caseId, item };
}

async function codeFor(caseId: string, item: { id: string; dueOn: string }): Promise<string> {
  const { codes } = await services.keyring.of(jobcenter.id);
  const issued = await inTenant((tx) => issueReturnCode(tx, codes, { caseId, item, purpose: 'item', by: staffId }));
  assert.ok(issued);
  return issued.code;
}

async function phone(
  script = true,
): Promise<{ page: Page; context: BrowserContext; look: (name: string) => Promise<void> }> {
  const setting = { width: 360, script };
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: script,
    locale: 'de-DE',
  });
  const page = await context.newPage();
  return { page, context, look: (name) => inspectPage(page, name, setting) };
}

const press = (page: Page, name: string) => follow(page, page.getByRole('button', { name, exact: true }));

async function enter(page: Page, path: string, birthDate: string): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Ihr Geburtsdatum').fill(birthDate);
  await press(page, 'Weiter');
}

test('a request is sent as a letter; its QR code leads a phone to exactly that paper, and ends when it is there', async () => {
  const { caseId, item } = await caseWithItems();
  const lease = await item('Mietvertrag');
  const office = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  const desk = await office.newPage();
  await signIn(desk, app, app.staff[0] as (typeof app.staff)[0]);
  await desk.goto(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  await follow(desk, desk.getByRole('link', { name: 'Brief zu „Mietvertrag“ schreiben' }));
  await inspectPage(desk, 'item-letter', { width: 1280, script: true });
  assert.equal(await desk.getByLabel('Anschrift').inputValue(), 'Mika Muster');
  await desk.getByLabel('Anschrift').fill('Mika Muster\nLindenweg 12\n01234 Musterstadt');
  const form = desk.url();
  await follow(desk, desk.getByRole('button', { name: 'Brief beginnen' }));
  await inspectPage(desk, 'item-letter-draft', { width: 1280, script: true });
  const letter = new URL(desk.url()).pathname;
  const previewed = await (await desk.request.get(`${app.baseUrl}${letter}/vorschau`)).body();
  await follow(desk, desk.getByRole('button', { name: 'Brief abschicken' }));
  assert.match(desk.url(), /ok=gesendet/);
  const pdf = await (await desk.request.get(`${app.baseUrl}/arbeit/post/druck/briefe/papier`)).body();
  assert.deepEqual(await qrCodesOf(pdf), await qrCodesOf(previewed), 'what was looked at goes to the printer');
  await desk.goto(form);
  assert.match(await desk.locator('main').innerText(), /Dazu gibt es schon[\s\S]*wartet auf den Druck/);
  if (pictures) writeFileSync(join(pictures, 'item-letter.pdf'), pdf);
  const [url = ''] = await qrCodesOf(pdf);
  const code = parseReturnCode(url);
  assert.ok(code);
  assert.equal(url, `${app.baseUrl}/b/${code}`);
  const found = await inTenant((tx) => findReturnCode(tx, code));
  assert.deepEqual([found?.caseId, found?.itemId, found?.state], [caseId, lease.id, 'open']);
  await office.close();

  for (const script of [false, true]) {
    const { page, context, look } = await phone(script);
    await page.goto(new URL(url).pathname);
    assert.doesNotMatch(await page.locator('main').innerText(), /Mietvertrag|Muster,|Mika/);
    await look('return-enter');
    await enter(page, new URL(url).pathname, '4.4.1990');
    await look('return-wrong');
    assert.match(await page.getByRole('alert').innerText(), /passen nicht zusammen/);
    await enter(page, new URL(url).pathname, '3.4.1990');
    const text = await page.locator('main').innerText();
    if (!script) {
      assert.match(text, /Mietvertrag[\s\S]*Wir brauchen alles: Mietvertrag\./);
      assert.doesNotMatch(text, /Lohnabrechnung|Musterstadt GmbH|Stand/);
      await page.setInputFiles('input[type=file]', {
        name: 'Vertrag.pdf',
        mimeType: 'application/pdf',
        buffer: smallPdf('Vertrag'),
      });
      await press(page, 'Hochladen');
      await look('return-hand-in');
      const before = await count('select count(*) n from app.submission where jobcenter_id = $1');
      const again = { csrf: await page.locator('form[enctype] input[name=csrf]').inputValue(), aktion: 'senden' };
      await press(page, 'An das Jobcenter senden');
      await page.waitForURL(/\/beleg$/);
      await look('return-receipt');
      const receipt = await page.locator('main').innerText();
      assert.match(receipt, /Vertrag\.pdf/);
      assert.doesNotMatch(receipt, /Zugangs-Code|Lohnabrechnung/);
      const paper = await context.request.get(`${new URL(url).pathname}/beleg.pdf`);
      assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-');
      const second = await context.request.post(`${new URL(url).pathname}/abgeben`, { multipart: again });
      assert.match(second.url(), /\/beleg$/);
      assert.equal(await count('select count(*) n from app.submission where jobcenter_id = $1'), before + 1);
      const number = await page.locator('.td-code__value').innerText();
      await page.goto(`/eingang/${number}`);
      assert.match(page.url(), /\/stand/); // the letter's code opens nothing of the case
      await page.goto(`${new URL(url).pathname}/abgeben`);
    }
    assert.match(await page.locator('main').innerText(), /Das haben wir schon[\s\S]*Persönlich: Rathausplatz/);
    await look('return-fulfilled');
    await press(page, 'Ansicht beenden');
    await page.goto(`${new URL(url).pathname}/beleg`);
    assert.match(page.url(), /\/b\/[^/]+$/);
    await context.close();
  }
  assert.equal((await inTenant((tx) => findReturnCode(tx, code)))?.state, 'fulfilled');
  const items = await inTenant((tx) => requiredItems(tx, caseId));
  assert.deepEqual(
    items.map((each) => each.fulfilledAt !== null),
    [true, false],
  );
});

test('withdrawn and expired codes say so calmly; nobody is told more before the birth date', async () => {
  const { caseId, item } = await caseWithItems();
  const [lease, slip] = [await item('Mietvertrag'), await item('Lohnabrechnung')];
  const [withdrawn, expired] = [await codeFor(caseId, lease), await codeFor(caseId, slip)];
  await inTenant((tx) => withdrawItem(tx, act(caseId), lease.id));
  const { page, context, look } = await phone();
  await enter(page, `/b/${withdrawn}`, '3.4.1990');
  assert.match(await page.locator('main').innerText(), /Das brauchen wir nicht mehr/);
  await look('return-withdrawn');
  later = 200 * 86_400_000;
  await enter(page, `/b/${expired}`, '3.4.1990');
  assert.match(await page.locator('main').innerText(), /Der Code ist abgelaufen/);
  assert.doesNotMatch(await page.locator('main').innerText(), /Lohnabrechnung/);
  await look('return-expired');
  later = 0;
  await context.close();
});

test('who holds a letter does not read what the office thinks of the papers that came for it', async () => {
  const { caseId, item } = await caseWithItems();
  const lease = await item('Mietvertrag');
  const code = await codeFor(caseId, lease);
  const answer = { kind: 'client', receiptId: 'A' } as const;
  const input = await submissionInput(services, app);
  const sent = await inTenant((tx) => receive(tx, answer, { ...input, supplement: { caseId, itemId: lease.id } }));
  assert.equal(sent.kind, 'received');
  assert.equal((await inTenant((tx) => findReturnCode(tx, code)))?.state, 'fulfilled');
  const again = { why: 'Das ist der Bescheid Ihrer Tochter.', dueOn: lease.dueOn };
  assert.equal((await inTenant((tx) => askAgain(tx, act(caseId), lease.id, again))).kind, 'done');
  const { page, context } = await phone();
  await enter(page, `/b/${code}`, '3.4.1990');
  const text = await page.locator('main').innerText();
  assert.match(text, /Mietvertrag[\s\S]*Wir brauchen alles: Mietvertrag\./);
  assert.doesNotMatch(text, /Tochter|fehlt uns doch noch/);
  await context.close();
});

test('a wrong code and a wrong birth date look alike, and guessing is slowed', async () => {
  const { caseId, item } = await caseWithItems();
  const code = await codeFor(caseId, await item('Mietvertrag'));
  const nobody = '0000-0000-0000-0000-0000';
  assert.equal(parseReturnCode(nobody), nobody);
  const { page, context } = await phone();
  await page.goto('/b');
  const csrf = await page.locator('main input[name=csrf]').inputValue();
  const guess = async (given: string, birthDate: string) => {
    const answer = await context.request.post('/b', { form: { csrf, code: given, birthDate }, maxRedirects: 0 });
    return { status: answer.status(), text: (await answer.text()).replaceAll(given, 'CODE') };
  };
  assert.deepEqual(await guess(code, '1.1.1980'), await guess(nobody, '1.1.1980'));
  for (let i = 0; i < 4; i += 1) assert.equal((await guess(code, `${i + 2}.1.1980`)).status, 422);
  assert.equal((await guess(code, '3.4.1990')).status, 429);
  assert.equal((await guess(nobody, '1.1.1980')).status, 422);
  later = 16 * 60_000;
  assert.equal((await guess(code, '3.4.1990')).status, 303);
  assert.equal((await guess('AAAA', '1.1.1980')).status, 422);
  later = 0;
  await context.close();
});

test('a receipt carries two codes: one to check it, one to hand in more; the second shows nothing of the case', async () => {
  const input = await submissionInput(services, app);
  const received = await inTenant((tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const office = await browser.newContext({ locale: 'de-DE' });
  const desk = await office.newPage();
  await signIn(desk, app, app.staff[1] as (typeof app.staff)[0]);
  const { number } = received.receipt;
  const pdf = await (await desk.request.get(`${app.baseUrl}/arbeit/eingangsbestaetigungen/${number}/druck`)).body();
  if (pictures) writeFileSync(join(pictures, 'receipt.pdf'), pdf);
  const urls = await qrCodesOf(pdf);
  assert.equal(urls.length, 2);
  assert.ok(urls.includes(`${app.baseUrl}/pruefen/${number}`));
  const code = urls.map(parseReturnCode).find((each) => each !== undefined);
  assert.ok(code);
  await office.close();
  const { page, context, look } = await phone();
  await enter(page, `/b/${code}`, '3.4.1990');
  await look('return-more');
  for (const name of ['Eins', 'Zwei']) {
    await page.setInputFiles('input[type=file]', {
      name: `${name}.pdf`,
      mimeType: 'application/pdf',
      buffer: smallPdf(`${name} ${number}`),
    });
    await page.locator('button[value^=entfernen]').waitFor();
    await press(page, 'An das Jobcenter senden');
    assert.match(await page.locator('main').innerText(), new RegExp(`${name}\\.pdf`));
    await follow(page, page.getByRole('link', { name: 'Noch etwas abgeben' }));
  }
  await context.close();
});
