import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import {
  type CaseAct,
  noteSpokenAnswer,
  openMessages,
  requireItem,
  timeline,
  writeToClient,
} from '../../src/modules/cases/index.ts';
import { shippedDefinitions } from '../../src/modules/forms/index.ts';
import { accessCode, findReceipt, findSubmission, receive } from '../../src/modules/intake/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { startTestApp } from '../support/app.ts';
import { follow, launchBrowser } from '../support/browser.ts';
import { inspectPage } from '../support/look.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';

const app = await startTestApp();
const browser = await launchBrowser();
after(() => browser.close());

type Setting = { readonly width: number; readonly script: boolean; readonly locale: string };

async function open(
  setting: Setting,
): Promise<{ page: Page; context: BrowserContext; look: (name: string) => Promise<void> }> {
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: setting.width, height: 740 },
    javaScriptEnabled: setting.script,
    locale: setting.locale,
  });
  const page = await context.newPage();
  return { page, context, look: (name) => inspectPage(page, name, setting) };
}

const go = (page: Page, selector: string) => follow(page, page.locator(selector).first());
const next = (page: Page) => go(page, 'button[value=weiter]:visible');

async function fillPerson(page: Page): Promise<void> {
  await page.fill('[name=familyName]', 'Beispiel');
  await page.fill('[name=givenName]', 'Mina');
  await page.fill('[name=birthDate]', '3.4.1990');
  await next(page);
}

/** From the start page to the receipt of a hand-in with one PDF; gives number and code. */
async function handIn(
  { page, look }: Awaited<ReturnType<typeof open>>,
  script: boolean,
): Promise<{ number: string; code: string }> {
  await page.goto('/');
  await look('start');
  await page.goto('/anliegen/unterlagen');
  await look('concern');
  await go(page, 'form[action$="/entwurf"] button');
  await look('question-person');
  await next(page);
  if (script) await page.locator('#error-summary:focus').waitFor();
  await look('question-errors');
  await fillPerson(page);
  await next(page);
  await page.locator('input[type=radio]').first().check();
  await next(page);
  while (!(await page.locator('input[type=file]').count())) await next(page);
  await page.setInputFiles('input[type=file]', {
    name: 'geheim.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('no pdf at all'),
  });
  if (!script) await go(page, 'button[value=hochladen]');
  await page.locator('.kern-error:not(:empty)').first().waitFor();
  await look('upload-refused');
  await page.goto(page.url());
  await page.setInputFiles('input[type=file]', {
    name: 'Lohn März.pdf',
    mimeType: 'application/pdf',
    buffer: smallPdf('Lohn'),
  });
  if (!script) await go(page, 'button[value=hochladen]');
  await page.locator('button[value^=entfernen]').waitFor();
  await look('upload-arrived');
  await next(page);
  while (!page.url().endsWith('/pruefen')) await next(page);
  await look('check');
  await go(page, 'form[action$="/absenden"] button');
  await page.waitForURL(/\/eingang\/.*\/beleg$/);
  await look('receipt');
  assert.match(await page.content(), /Lohn März\.pdf/);
  const codes = await page.locator('.td-code__value').allTextContents();
  return { number: codes[0] ?? '', code: codes[1] ?? '' };
}

/** The office asks for something and writes. */
async function officeAsks(number: string): Promise<void> {
  const staff = app.staff[1];
  assert.ok(staff);
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const receipt = await findReceipt(tx, number);
    const submission = await findSubmission(tx, receipt?.submissionId ?? '');
    const act = {
      actor: { kind: 'staff', id: staff.id, name: 'Alex Beispiel' },
      reader: { role: 'lead', id: staff.id, teamIds: Object.values(app.teams) },
      caseId: submission?.caseId ?? '',
      staffId: staff.id,
    } as const;
    assert.equal(
      (await requireItem(tx, act, { what: 'Mietvertrag', why: 'Wir brauchen alle Seiten.', dueOn: '2099-12-14' })).kind,
      'done',
    );
    assert.equal((await writeToClient(tx, act, 'Guten Tag,\nbitte schicken Sie uns den Mietvertrag.')).kind, 'done');
  });
}

/** The office writes once more, and hears by telephone what the person has to say. */
async function officeHears(number: string): Promise<void> {
  const staff = app.staff[1];
  assert.ok(staff);
  const inCase = <T>(work: (tx: Tx, act: CaseAct) => Promise<T>): Promise<T> =>
    app.services.database.tenant(app.jobcenter.id, async (tx) => {
      const receipt = await findReceipt(tx, number);
      const submission = await findSubmission(tx, receipt?.submissionId ?? '');
      const actor = { kind: 'staff', id: staff.id, name: 'Alex Beispiel' } as const;
      const reader = { role: 'lead', id: staff.id, teamIds: Object.values(app.teams) } as const;
      return work(tx, { actor, reader, caseId: submission?.caseId ?? '' });
    });
  assert.equal((await inCase((tx, act) => writeToClient(tx, act, 'Seit wann wohnen Sie dort?'))).kind, 'done');
  const noted = await inCase(async (tx, act) => {
    const message = openMessages(await timeline(tx, act.caseId), tx.now).at(-1);
    return noteSpokenAnswer(tx, act, message?.id ?? '');
  });
  assert.equal(noted.kind, 'done');
}

async function logIn(page: Page, proof: { number: string; code: string }, birthDate = '03.04.1990'): Promise<void> {
  await page.goto('/stand');
  await page.fill('[name=nummer]', proof.number);
  await page.fill('[name=birthDate]', birthDate);
  await page.fill('[name=code]', proof.code);
  await go(page, 'form[action="/stand"] button');
}

for (const setting of [
  { width: 360, script: false, locale: 'de-DE' },
  { width: 1280, script: true, locale: 'de-DE' },
  { width: 320, script: true, locale: 'en-GB' },
] as const) {
  test(`the whole way at ${setting.width} px, ${setting.locale}, scripts ${setting.script ? 'on' : 'off'}`, async () => {
    const first = await open(setting);
    const proof = await handIn(first, setting.script);
    await first.page.goBack();
    const again = first.page.locator('form[action$="/absenden"] button').first();
    if (await again.count()) await go(first.page, 'form[action$="/absenden"] button');
    await first.page.waitForURL(`**/eingang/${proof.number}/beleg`);
    const pdf = await first.context.request.get(`/eingang/${proof.number}/beleg.pdf`);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
    await first.context.close();
    await officeAsks(proof.number);

    const { page, context, look } = await open(setting);
    await page.goto(`/eingang/${proof.number}`);
    assert.match(page.url(), /\/stand\?nummer=/);
    await look('login');
    await logIn(page, proof, '4.4.1990');
    await look('login-wrong');
    await logIn(page, proof);
    await page.waitForURL(`**/eingang/${proof.number}`);
    assert.match(await page.content(), /Mietvertrag/);
    assert.match(await page.locator('.kern-alert').first().innerText(), /1 (Unterlage|paper)\b/);
    await page.locator('.kern-alert a[href^="#nachricht-"]').click();
    assert.ok(await page.locator('.td-timeline__item:target', { hasText: 'den Mietvertrag' }).isVisible());
    await look('status');
    await page.fill('[name=text]', 'Der Vertrag kommt heute.');
    await go(page, 'form[action$="/nachricht"] button');
    await look('status-message');
    assert.match(await page.content(), /Der Vertrag kommt heute\./);
    await go(page, 'a[href*="/fehlt/"]');
    await page.setInputFiles('input[type=file]', {
      name: 'Mietvertrag.pdf',
      mimeType: 'application/pdf',
      buffer: smallPdf('Miete'),
    });
    if (!setting.script) await go(page, 'button[value=hochladen]');
    await page.locator('button[value^=entfernen]').waitFor();
    assert.match(await page.content(), /noch nicht gesendet|not sent yet/, 'uploaded is not sent');
    await look('supplement');
    await go(page, 'button[value=senden]');
    await page.waitForURL(/\/beleg$/);
    assert.ok(!page.url().includes(proof.number));
    await look('supplement-receipt');
    await page.goto(`/eingang/${proof.number}`);
    await look('status-complete');
    assert.equal(await page.locator('a[href*="/fehlt/0"]').count(), 0);
    await page.goto(`/eingang/${proof.number}/zugriffe`);
    assert.equal(await page.locator('tbody tr', { hasText: /geschrieben|Wrote/ }).count(), 1);
    await look('access');
    await officeHears(proof.number);
    await page.goto(`/eingang/${proof.number}`);
    assert.equal(await page.locator('.kern-alert a[href^="#nachricht-"]').count(), 0, 'nothing waits to be read');
    const spoken = page.locator('.td-timeline__item', { hasText: /Antwort kam am Telefon|answer came by telephone/ });
    assert.match(await spoken.innerText(), /schreiben Sie uns|write to us/);
    await look('status-spoken');
    await page.goto(`/pruefen/${proof.number}`);
    await look('verify');
    assert.doesNotMatch(await page.content(), /Mina|Lohn März/);
    for (const [path, name] of [
      ['/impressum', 'imprint'],
      ['/datenschutz', 'privacy'],
      ['/barrierefreiheit', 'accessibility'],
      ['/barriere-melden', 'barrier'],
      ['/fortsetzen', 'resume'],
      ['/gibt-es-nicht', 'not-found'],
      ['/pruefen', 'verify-number'],
      ['/pruefen/AAAA-AAAA-AAAA', 'verify-slip'],
      ['/?suche=B%C3%BCrgergeld', 'search'],
      ['/anliegen/bankverbindung', 'concern-bank'],
    ] as const) {
      await page.goto(path);
      await look(name);
    }
    await context.close();
  });
}

test('saves, resumes by code on another device, keeps answers over a language switch and goes on with the main application', async () => {
  const setting = { width: 360, script: true, locale: 'de-DE' };
  const first = await open(setting);
  await first.page.goto('/anliegen/erstantrag');
  await go(first.page, 'form[action$="/entwurf"] button');
  await first.page.fill('[name=familyName]', 'Beispiel');
  await go(first.page, 'button[value=merken]');
  await first.look('keep');
  const code = (await first.page.locator('.td-code__value').textContent()) ?? '';
  const second = await open(setting);
  await second.page.goto('/fortsetzen');
  await second.page.fill('[name=code]', code.toLowerCase().replaceAll('-', ' '));
  await go(second.page, 'form[action="/fortsetzen"] button');
  await second.page.waitForURL(/frage\/person$/);
  assert.equal(await second.page.inputValue('[name=familyName]'), 'Beispiel');
  await go(second.page, 'a[hreflang=en]');
  assert.equal(await second.page.inputValue('[name=familyName]'), 'Beispiel');
  assert.equal(await second.page.getAttribute('html', 'lang'), 'en');
  await first.page.reload();
  await first.page.goto(second.page.url());
  await first.look('draft-not-here');
  await go(second.page, 'a[hreflang=de]');
  await fillPerson(second.page);
  await second.page.fill('[name="address.street"]', 'Lindenweg');
  await second.page.fill('[name="address.postalCode"]', '01234');
  await second.page.fill('[name="address.city"]', 'Musterstadt');
  await second.look('question-address');
  for (let i = 0; i < 12 && !second.page.url().includes('/pruefen'); i += 1) {
    const radios = second.page.locator('input[type=radio]');
    if (await radios.count()) await radios.first().check();
    const boxes = second.page.locator('fieldset input[type=checkbox]');
    if (await boxes.count()) await boxes.last().check();
    await next(second.page);
    await second.page.waitForLoadState();
  }
  await second.look('check-application');
  await go(second.page, 'form[action$="/absenden"] button');
  await go(second.page, 'form[action$="/weiter"] button');
  assert.equal(await second.page.inputValue('[name=familyName]'), 'Beispiel');
  await second.look('main-application');
  const draft = second.page.url().replace(/\/frage\/.*/, '');
  await second.page.goto(`${draft}/merken`);
  await go(second.page, 'a[href$="/loeschen"]');
  await second.look('delete');
  await go(second.page, 'form[action$="/loeschen"] button');
  await second.look('deleted');
  await first.context.close();
  await second.context.close();
});

test('where an account waits for its confirmation, receipt and state say so', async () => {
  const form = shippedDefinitions().find((each) => each.key === 'bankverbindung');
  assert.ok(form);
  const input = await submissionInput(app.services, app, { form, answers: { iban: 'DE89370400440532013000' } });
  const { services, jobcenter } = app;
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { number } = received.receipt;
  const { page, context, look } = await open({ width: 360, script: true, locale: 'de-DE' });
  await page.goto('/stand');
  await page.fill('[name=nummer]', number);
  await page.fill('[name=birthDate]', '3.4.1990');
  await page.fill('[name=code]', accessCode((await services.keyring.of(jobcenter.id)).codes, number));
  await go(page, 'form[action="/stand"] button');
  await page.getByLabel('Code aus dem Brief').fill('AAAAA-AAAAA');
  await go(page, 'form[action$="/konto"] button');
  await page.getByRole('alert').getByText('Der Code stimmt nicht.').first().waitFor();
  await look('account');
  await page.goto(`/eingang/${number}/beleg`);
  await look('account-receipt');
  await context.close();
});

test('rows of a table are added and removed without scripts, photos become one document', async () => {
  const { page, context, look } = await open({ width: 360, script: false, locale: 'de-DE' });
  const photo = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer();
  const other = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#333' } })
    .jpeg()
    .toBuffer();
  await page.goto('/anliegen/hauptantrag');
  await look('concern-main');
  await go(page, 'form[action$="/entwurf"] button');
  await fillPerson(page);
  const start = page.url().replace(/frage\/.*/, 'frage/kontoauszuege');
  await page.goto(start);
  await page.setInputFiles('input[type=file]', [
    { name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: 'b.jpg', mimeType: 'image/jpeg', buffer: other },
  ]);
  await page.locator('input[name^=zusammen]').check();
  await go(page, 'button[value=hochladen]');
  assert.match((await page.locator('.td-upload').textContent()) ?? '', /a \(2 Seiten\)\.pdf/);
  await page.goto(start.replace('kontoauszuege', 'konten'));
  await look('table-empty');
  await go(page, 'button[value^="zeile-dazu"]');
  await go(page, 'button[value^="zeile-dazu"]');
  await page.fill('[name="accounts.1.person"]', 'Mina');
  await look('table');
  await go(page, 'button[value="zeile-weg accounts 0"]');
  assert.equal(await page.inputValue('[name="accounts.1.person"]'), 'Mina');
  assert.equal(await page.locator('[name="accounts.0.person"]').count(), 0);
  await context.close();
});

test('by keyboard alone to the first question and on', async () => {
  const { page, context } = await open({ width: 1280, script: true, locale: 'de-DE' });
  await page.goto('/anliegen/rueckruf');
  const press = async (until: string) => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, until)) return;
    }
    assert.fail(`${until} is not reached by Tab`);
  };
  await press('form[action$="/entwurf"] button');
  await page.keyboard.press('Enter');
  await page.waitForURL(/frage\/person/);
  await press('[name=familyName]');
  await page.keyboard.type('Beispiel');
  await press('[name=givenName]');
  await page.keyboard.type('Mina');
  await press('[name=birthDate]');
  await page.keyboard.type('3.4.90');
  await page.keyboard.press('Enter');
  await page.waitForURL(/frage\/thema/);
  await context.close();
});

test('strangers, wrong tokens and hostile input get a friendly page and change nothing', async () => {
  const ask = (path: string, init: RequestInit = {}) => fetch(`${app.baseUrl}${path}`, { redirect: 'manual', ...init });
  const form = (body: Record<string, string>, cookie = ''): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookie },
    body: new URLSearchParams(body),
  });
  assert.equal((await ask('/anliegen/erstantrag/entwurf', form({}))).status, 403);
  assert.equal((await ask('/anliegen/%00')).status, 404);
  assert.equal((await ask('/anliegen/__proto__')).status, 404);
  assert.equal((await ask('/entwurf/0197a0a0-0000-7000-8000-000000000000/frage/person')).status, 404);
  assert.equal((await ask('/eingang/AAAA-AAAA-AAAA')).status, 303);
  assert.equal((await ask('/pruefen/AAAA-AAAA-AAAA')).status, 404);
  assert.equal((await ask('/%ff')).status, 404);
  const page = await ask('/anliegen/erstantrag');
  const cookie = page.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const begun = await ask('/anliegen/erstantrag/entwurf', form({ csrf }, cookie));
  assert.equal(begun.status, 303);
  const all = `${cookie}; ${begun.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')}`;
  const question = begun.headers.get('location') ?? '';
  const hostile = await ask(
    question,
    form(
      {
        csrf,
        aktion: 'weiter',
        familyName: '\u0000<script>\u202e\ud800',
        givenName: 'x'.repeat(100_000),
        birthDate: '31.2.2000',
        'a.b.c': '1',
        __proto__: 'x',
      },
      all,
    ),
  );
  assert.equal(hostile.status, 422);
  assert.doesNotMatch(await hostile.text(), /<script>\W/);
  const other = await ask(question, { headers: { Cookie: all, Host: 'kleinstadt.localhost' } });
  assert.notEqual(other.status, 500);
  const evil = await ask('/anliegen/erstantrag/entwurf', {
    ...form({ csrf }, cookie),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookie, Origin: 'https://evil.example' },
  });
  assert.equal(evil.status, 403);
  assert.equal((await ask('//evil.example/?sprache=en')).headers.get('location')?.startsWith('//') ?? false, false);
});
