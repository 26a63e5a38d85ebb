import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { follow } from '../support/browser.ts';
import { inspectPage } from '../support/look.ts';
import { smallPdf } from '../support/submit.ts';
import { app, browser, count, lead } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const go = (page: Page, selector: string) => follow(page, page.locator(selector).first());
const press = (page: Page, name: string) => follow(page, page.getByRole('button', { name, exact: true }));

const office = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
const entrance = await office.newPage();
await signIn(entrance, app, lead());
await entrance.close();

/** The lead makes a code for a tablet. */
async function tabletCode(name: string): Promise<{ page: Page; code: string }> {
  const page = await office.newPage();
  await page.goto(`${app.baseUrl}/arbeit/schalter`);
  await follow(page, page.getByRole('link', { name: 'Tablets zum Abgeben' }));
  await page.getByLabel('Wo steht das Tablet?').fill(name);
  await press(page, 'Code machen');
  await inspectPage(page, 'tablets', { width: 1280, script: true });
  return { page, code: await page.locator('.td-code__value').innerText() };
}

async function tablet(
  width: number,
  script = true,
): Promise<{ context: BrowserContext; page: Page; look: (name: string) => Promise<void> }> {
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width, height: 1024 },
    javaScriptEnabled: script,
    locale: 'de-DE',
  });
  const page = await context.newPage();
  return { context, page, look: (name) => inspectPage(page, name, { width, script }) };
}

/** Small targets of the page, in pixels; checkboxes count with their label. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'main button:not([hidden]), main a.kern-btn, main input:not([type=hidden]):not([type=radio]):not([type=checkbox]), header a',
      ),
    ]
      .filter((each) => each.getClientRects().length > 0 && each.getBoundingClientRect().height < 44)
      .map((each) => `${each.tagName} ${each.textContent} ${each.getBoundingClientRect().height}`),
  );

test('a tablet is unlocked once by staff, takes papers, gives a receipt, and is fresh for the next person', async () => {
  const { page: desk, code } = await tabletCode('Eingangshalle');
  for (const width of [360, 768]) {
    const { context, page, look } = await tablet(width);
    await page.goto('/kiosk/abgabe/pruefen');
    assert.ok(page.url().endsWith('/kiosk'));
    await page.getByLabel('Code zum Freischalten').fill('AAAA-AAAA-AAAA-AAAA');
    await press(page, 'Freischalten');
    await look('kiosk-locked');
    assert.match(await page.locator('main').innerText(), /gilt nicht/);
    await page.getByLabel('Code zum Freischalten').fill(code.toLowerCase());
    await press(page, 'Freischalten');
    if (width === 768) {
      assert.match(await page.locator('main').innerText(), /gilt nicht/); // used up by the first tablet
      await context.close();
      break;
    }
    await look('kiosk-start');
    assert.deepEqual(await smallTargets(page), []);
    await press(page, 'Jetzt abgeben');
    await look('kiosk-who');
    assert.deepEqual(await smallTargets(page), []);
    await page.fill('[name=familyName]', 'Okafor');
    await page.fill('[name=givenName]', 'Chidi');
    await page.fill('[name=birthDate]', '24.7.1991');
    await go(page, 'button[value=weiter]:visible');
    for (let i = 0; i < 12 && !page.url().endsWith('/pruefen'); i += 1) {
      const radios = page.locator('input[type=radio]');
      if (await radios.count()) {
        await radios.first().check();
        await look('kiosk-about');
      }
      if (await page.locator('input[type=file]').count()) {
        const file = { name: 'Foto.pdf', mimeType: 'application/pdf', buffer: smallPdf('Foto am Tablet') };
        await page.getByLabel('Foto machen').setInputFiles(file);
        await page.locator('button[value^=entfernen]').waitFor();
        await look('kiosk-files');
      }
      await go(page, 'button[value=weiter]:visible');
    }
    await look('kiosk-check');
    const before = await count("select count(*) n from app.submission where channel = 'kiosk'", []);
    const csrf = await page.locator('main input[name=csrf]').first().inputValue();
    await press(page, 'Abgeben');
    await look('kiosk-receipt');
    const receipt = await page.locator('main').innerText();
    assert.match(receipt, /Alles ist angekommen[\s\S]*Foto\.pdf/);
    assert.ok(
      await page
        .locator('img.tk-qr')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
    );
    const again = await context.request.post('/kiosk/abgabe/absenden', { form: { csrf } });
    assert.match(again.url(), /gesendet$/);
    assert.equal(await count("select count(*) n from app.submission where channel = 'kiosk'", []), before + 1);
    assert.equal((await context.request.get('/kiosk/abgabe/gesendet')).headers()['cache-control'], 'no-store');
    assert.ok(await page.getByRole('button', { name: 'Bestätigung drucken' }).isVisible());
    assert.doesNotMatch(receipt, /Ihr Zugangs-Code/);
    await page.emulateMedia({ media: 'print' });
    assert.match(await page.locator('main').innerText(), /Ihr Zugangs-Code: \w{5}-\w{5}[\s\S]*\/b\/\w{4}-/);
    await page.emulateMedia({ media: 'screen' });
    await follow(page, page.getByRole('link', { name: 'Fertig' }));
    const cookies = (await context.cookies()).map((each) => each.name).filter((name) => name !== 'besuch');
    assert.deepEqual(cookies, ['kiosk']);
    await page.goBack();
    await page.goto('/kiosk/abgabe/gesendet');
    assert.ok(page.url().endsWith('/kiosk'));
    assert.doesNotMatch(await page.content(), /Okafor|Foto/);
    await desk.goto(`${app.baseUrl}/arbeit/schalter/tablets`);
    assert.match(await desk.locator('main').innerText(), /Eingangshalle/);
    await follow(desk, desk.getByRole('button', { name: 'Sperren Eingangshalle' }));
    await page.goto('/kiosk');
    assert.match(await page.locator('main').innerText(), /nicht freigeschaltet/);
    await context.close();
  }
  await desk.goto(`${app.baseUrl}/arbeit?weg=kiosk`);
  assert.match(await desk.locator('main').innerText(), /Okafor/);
});

test('whoever walks away leaves nothing: after a minute the tablet is fresh, with a script and without', async () => {
  const { code } = await tabletCode('Flur');
  const { context, page } = await tablet(768);
  await page.clock.install();
  await page.goto('/kiosk');
  await page.getByLabel('Code zum Freischalten').fill(code);
  await press(page, 'Freischalten');
  await press(page, 'Jetzt abgeben');
  await page.fill('[name=familyName]', 'Geheim');
  await page.fill('[name=givenName]', 'Ganz');
  await page.fill('[name=birthDate]', '24.7.1991');
  await go(page, 'button[value=weiter]:visible');
  const drafts = await count("select count(*) n from app.draft where answers->>'familyName' = 'Geheim'", []);
  assert.equal(drafts, 1);
  await page.clock.runFor(50_000);
  assert.match(await page.locator('main').innerText(), /Sind Sie noch da\?/);
  await page.mouse.click(5, 400);
  await page.clock.runFor(30_000);
  assert.doesNotMatch(await page.locator('main').innerText(), /Sind Sie noch da\?/);
  await page.clock.runFor(61_000);
  await page.waitForURL(/\/kiosk$/);
  assert.equal(await count("select count(*) n from app.draft where answers->>'familyName' = 'Geheim'", []), 0);
  const html = await (await context.request.get('/kiosk')).text();
  assert.doesNotMatch(html, /Geheim/);
  const begun = await context.request.get('/kiosk');
  const csrf = /name="csrf" value="([^"]+)"/.exec(await begun.text())?.[1] ?? '';
  const first = await (await context.request.post('/kiosk/beginn', { form: { csrf } })).text();
  assert.match(first, /<noscript><meta http-equiv="refresh" content="\d+; url=\/kiosk\/ende"/);
  await context.close();
});
