import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { follow } from '../support/browser.ts';
import { inspectPage } from '../support/look.ts';
import { smallPdf } from '../support/submit.ts';
import { app, browser, count, open } from './workspace-desk.ts';

const go = (page: Page, selector: string) => follow(page, page.locator(selector).first());
const look = (page: Page, name: string) => inspectPage(page, name, { width: 1280, script: true });
const small = async (page: Page, name: string): Promise<void> => {
  await page.setViewportSize({ width: 360, height: 740 });
  await inspectPage(page, name, { width: 360, script: true });
  await page.setViewportSize({ width: 1280, height: 900 });
};

/** Begins a draft on the person's phone, in English, and gives its page and code. */
async function beginAtHome(): Promise<{ home: Page; draft: string; code: string }> {
  const phone = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
  });
  const home = await phone.newPage();
  await home.goto('/anliegen/unterlagen');
  await go(home, 'form[action$="/entwurf"] button');
  const draft = new URL(home.url()).pathname.replace(/\/frage\/.*/, '');
  await home.fill('[name=familyName]', 'Yılmaz');
  await home.fill('[name=givenName]', 'Elif');
  await go(home, 'button[value=merken]');
  return { home, draft, code: await home.locator('.td-code__value').innerText() };
}

test('a draft begun at home is finished together at the counter, and is sent once for both sides', async () => {
  const { home, draft, code } = await beginAtHome();
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  const address = `${app.baseUrl}/arbeit/schalter${draft}`;
  await page.goto(`${address}/pruefen`);
  assert.match(await page.locator('main').innerText(), /nicht \(mehr\) offen/); // nobody gave the code yet
  await page.getByLabel('Code eines Entwurfs').fill('AAAA-AAAA-AAAA');
  await follow(page, page.getByRole('button', { name: 'Entwurf öffnen' }));
  assert.match(await page.getByRole('alert').first().innerText(), /keinen offenen Entwurf/);
  await look(page, 'counter-draft-wrong');
  await page.getByLabel('Code eines Entwurfs').fill(code.toLowerCase().replaceAll('-', ' '));
  await follow(page, page.getByRole('button', { name: 'Entwurf öffnen' }));
  assert.equal(page.url(), `${address}/pruefen`);
  assert.match(await page.locator('main').innerText(), /Yılmaz[\s\S]*Es fehlen noch Antworten/);
  await look(page, 'counter-draft-incomplete');
  await small(page, 'counter-draft-incomplete');
  await page.goto(`${address}/frage/person`);
  await page.fill('[name=birthDate]', '31.2.1985');
  await go(page, 'button[value=weiter]:visible');
  await look(page, 'counter-draft-wrong-answer');
  await small(page, 'counter-draft-wrong-answer');
  await page.fill('[name=birthDate]', '11.2.1985');
  await go(page, 'button[value=weiter]:visible');
  for (let i = 0; i < 12 && !page.url().endsWith('/pruefen'); i += 1) {
    const radios = page.locator('input[type=radio]');
    if (await radios.count()) await radios.first().check();
    if (await page.locator('input[type=file]').count()) {
      const file = { name: 'Lohn.pdf', mimeType: 'application/pdf', buffer: smallPdf('Lohn am Schalter') };
      await page.setInputFiles('input[type=file]', file);
      await page.locator('button[value^=entfernen]').waitFor();
      await small(page, 'counter-draft-files');
    }
    await go(page, 'button[value=weiter]:visible');
  }
  await look(page, 'counter-draft-check');
  await small(page, 'counter-draft-check');
  await home.goto(`${draft}/pruefen`); // the same state on the phone: its own token still opens it
  assert.match(await home.locator('main').innerText(), /Lohn\.pdf/);
  const before = await count('select count(*) n from app.submission', []);
  await page.getByLabel(/^Ausweis gesehen: Yılmaz, Elif/).check();
  await follow(page, page.getByRole('button', { name: 'Als Eingang am Schalter senden' }));
  await page.waitForURL(/eingangsbestaetigungen/);
  const receipt = await page.locator('main').innerText();
  assert.match(receipt, /Lohn\.pdf[\s\S]*/);
  assert.match(receipt, /Zugangs-Code/);
  const pdf = await page.request.get(
    `${app.baseUrl}${await page.getByRole('link', { name: 'Bestätigung drucken' }).getAttribute('href')}`,
  );
  assert.ok((await pdf.body()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  const number = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await home.reload();
  assert.match(
    await home.locator('main').innerText(),
    new RegExp(`finished this with us at the counter[\\s\\S]*${number}`),
  );
  await inspectPage(home, 'draft-sent-at-counter', { width: 360, script: true });
  const csrf = await home
    .locator('form input[name=csrf]')
    .first()
    .inputValue()
    .catch(() => '');
  await home.request.post(`${app.baseUrl}${draft}/absenden`, { form: { csrf } });
  await page.goto(`${address}/pruefen`);
  await page.waitForURL(new RegExp(number));
  assert.equal(await count('select count(*) n from app.submission', []), before + 1);
  assert.equal(
    await count(
      "select count(*) n from app.submission s join app.office_case c on c.jobcenter_id = s.jobcenter_id and c.id = s.case_id where s.channel = 'counter' and s.language = 'en' and c.person_id is not null",
      [],
    ),
    1,
  );
  const looks = await count(
    "select count(*) n from app.audit_entry where action in ('draft.opened', 'draft.read') and actor_kind = 'staff'",
    [],
  );
  assert.ok(looks >= 5, `${looks} looks`);
  await page.close();
});

test('sent from home in the meantime: the counter sees that it is sent, and gets no access code', async () => {
  const { home, draft, code } = await beginAtHome();
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  await page.getByLabel('Code eines Entwurfs').fill(code);
  await follow(page, page.getByRole('button', { name: 'Entwurf öffnen' }));
  await home.goto(`${draft}/frage/person`);
  await home.fill('[name=birthDate]', '11.2.1985');
  await go(home, 'button[value=weiter]:visible');
  for (let i = 0; i < 12 && !home.url().endsWith('/pruefen'); i += 1) {
    const radios = home.locator('input[type=radio]');
    if (await radios.count()) await radios.first().check();
    const later = home.locator('input[type=checkbox][name$=".later"]');
    if (await later.count()) await later.check();
    if (await home.locator('input[type=file]').count()) {
      await home.setInputFiles('input[type=file]', {
        name: 'A.pdf',
        mimeType: 'application/pdf',
        buffer: smallPdf('A'),
      });
      await home.locator('button[value^=entfernen]').waitFor();
    }
    await go(home, 'button[value=weiter]:visible');
  }
  await go(home, 'form[action$="/absenden"] button');
  await home.waitForURL(/\/beleg$/);
  await page.goto(`${app.baseUrl}/arbeit/schalter${draft}/pruefen`);
  await page.waitForURL(/eingangsbestaetigungen/);
  assert.doesNotMatch(await page.locator('main').innerText(), /Zugangs-Code/);
  await page.close();
});
