import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTotpSecret, totpCode } from '../../src/modules/identity/index.ts';
import type { TestStaff } from '../support/app.ts';
import { app, browser, casePath, clerk, count, desk, ids, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

test('nobody comes in without both factors, and every try is logged', async () => {
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

test('wrong passwords are slowed for one address, and the owner elsewhere still comes in', async () => {
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

test('a passkey is added and serves as second factor', async () => {
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
  await page.waitForURL(`${app.baseUrl}/arbeit/heute`);
  await page.goto(`${app.baseUrl}/arbeit/konto`);
  await page.getByRole('button', { name: 'Notebook entfernen' }).click();
  await page.getByText('Der Passkey ist entfernt.').waitFor();
  assert.equal(await count("select count(*) n from app.audit_entry where action = 'staff.passkey-removed'", []), 1);
  await page.close();
});

test('what belongs to others, does not exist or comes from elsewhere is refused alike', async () => {
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

test('broken addresses and bodies get a page, never an error', async () => {
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
    '?zustaendig=niemand&frist=woche&alter=7&stand=waiting',
  ])
    assert.equal((await page.request.get(`${app.baseUrl}/arbeit${path}`)).status(), 200, path);
  assert.equal((await page.request.get(`${app.baseUrl}/arbeit/suche?q=%00`)).status(), 404);
  const garbage = { headers: { 'content-type': 'multipart/form-data; boundary=x' }, data: '--y\r\ngarbage' };
  for (const path of ['/anmelden', `/vorgaenge/${ids[6]}/notizen`, '/schalter/eingang'])
    assert.equal((await page.request.post(`${app.baseUrl}/arbeit${path}`, garbage)).status(), 400, path);
  await page.close();
});
