// Keys that are pressed while the next page is on its way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { app, browser, casePath, count, desk, ids, open } from './workspace-desk.ts';

/** The next page of this address waits until it is let through. */
async function held(page: Page, url: string) {
  const waiting = Promise.withResolvers<Route>();
  await page.route(url, (route) => waiting.resolve(route));
  return {
    asked: waiting.promise,
    cancel: async () => (await waiting.promise).abort('aborted'),
    answer: async (answer: Parameters<Route['fulfill']>[0]) => {
      const arrived = page.waitForEvent('load');
      await (await waiting.promise).fulfill(answer);
      await arrived;
    },
    let: async () => {
      const arrived = page.waitForEvent('load');
      await (await waiting.promise).continue();
      await arrived;
    },
  };
}

const frozen = await browser.newContext({ locale: 'de-DE', storageState: await desk.storageState() });
await frozen.clock.install();
await frozen.clock.pauseAt(Date.now() + 60_000);
/** A page for which time stands still: on a slow machine a key comes no later than on a fast one. */
async function still(url: string): Promise<Page> {
  const page = await frozen.newPage();
  await page.goto(url);
  return page;
}

const helpIsOpen = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.querySelector<HTMLDetailsElement>('[data-shortcut-help]')?.open ?? false);
const assignments = (id: string | undefined): Promise<number> =>
  count("select count(*) n from app.case_event where case_id = $1 and kind = 'assigned'", [id]);

test('what is typed ahead of the form of a verb stands in its field, and does nothing to the case', async () => {
  const page = await still(casePath(5));
  const before = await assignments(ids[5]);
  const form = await held(page, '**/vorgaenge/*tun=notizen*');
  await page.keyboard.press('o');
  await form.asked;
  await page.keyboard.type('meldet sich morgx');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('en, mz');
  await form.let();
  await page.waitForFunction(() => document.activeElement?.id === 'f-text');
  await page.waitForFunction(() => (document.querySelector('#f-text') as HTMLTextAreaElement).value !== '');
  await page.keyboard.type(' tn');
  assert.equal(await page.locator('#f-text').inputValue(), 'meldet sich morgen, mz tn');
  assert.equal(await assignments(ids[5]), before, 'nobody took the case');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0, 'nothing of it stays in the tab');
  await page.close();
});

test('a key that is held too long writes nothing, neither before the page is there nor after', async () => {
  const page = await open(casePath(9));
  const form = await held(page, '**/vorgaenge/*tun=notizen*');
  await page.keyboard.down('o');
  await form.asked;
  for (let again = 0; again < 3; again += 1) await page.keyboard.down('o');
  await form.let();
  await page.waitForFunction(() => document.activeElement?.id === 'f-text');
  await page.keyboard.down('o');
  await page.keyboard.up('o');
  await page.keyboard.type('so');
  assert.equal(await page.locator('#f-text').inputValue(), 'so');
  await page.close();
});

test('a name that is typed ahead of the counter stands in its field, beside an explanation', async () => {
  const page = await still(casePath(8));
  const counter = await held(page, '**/arbeit/schalter');
  await page.keyboard.press('3');
  await counter.asked;
  await page.keyboard.type('Nowak');
  await counter.let();
  const field = page.getByLabel('Name', { exact: true });
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.name === 'name');
  await page.keyboard.type('ski');
  assert.equal(await field.inputValue(), 'Nowakski');
  assert.ok(await page.locator('[popover] [autofocus]').count(), 'the explanation is there');
  await page.close();
});

test('what was typed ahead of a page that is none stands in no other case, and not where somebody signs in', async () => {
  const page = await open(casePath(10));
  const form = await held(page, '**/vorgaenge/*tun=notizen*');
  await page.keyboard.press('o');
  await form.asked;
  await page.keyboard.type('meldet sich');
  await form.answer({ status: 503, contentType: 'text/plain', body: 'Gleich wieder da' });
  await page.unroute('**/vorgaenge/*tun=notizen*');
  await page.goto(`${casePath(11)}?tun=notizen#f-text`);
  assert.equal(await page.locator('#f-text').inputValue(), '');

  const counter = await held(page, '**/arbeit/schalter');
  await page.goto(casePath(10));
  await page.keyboard.press('3');
  await counter.asked;
  await page.keyboard.type('Nowak');
  await counter.answer({ status: 303, headers: { location: `${app.baseUrl}/arbeit/anmelden` } });
  assert.equal(await page.locator('#f-login').inputValue(), '');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.close();
});

test('an address that ends in something that cannot be decoded leaves the page its scripts', async () => {
  const page = await open(casePath(8));
  await page.locator('[data-shortcut="1"]').evaluate((link: HTMLAnchorElement) => {
    link.hash = '100%';
  });
  await page.keyboard.press('1');
  await page.waitForURL(/#100%$/);
  await page.keyboard.press('?');
  assert.equal(await helpIsOpen(page), true);
  await page.close();
});

test('a page that does not come, or saves a file, gives its keys back', async () => {
  const page = await still(casePath(6));
  const form = await held(page, '**/vorgaenge/*tun=notizen*');
  await page.keyboard.press('o');
  await form.asked;
  // The browser cannot be asked while a page is on its way: were the first "?" heard, the second would close what it opened.
  await page.keyboard.type('?');
  await page.keyboard.press('Escape');
  await page.keyboard.type('?');
  await form.cancel();
  assert.equal(await helpIsOpen(page), true);
  await page.goto(new URL((await page.locator('a[href*="dok="]').first().getAttribute('href')) ?? '', page.url()).href);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('a[data-download]').first().click(),
  ]);
  await download.delete();
  await page.keyboard.type('?');
  assert.equal(await helpIsOpen(page), true);
  await page.close();
});

test('an answer without a page gives the keys back after two seconds', async () => {
  const page = await still(casePath(13));
  await page.route('**/vorgaenge/*tun=notizen*', (route) => route.fulfill({ status: 204 }));
  const answered = page.waitForEvent('requestfailed');
  await page.keyboard.press('o');
  await answered;
  await page.keyboard.press('?');
  assert.equal(await helpIsOpen(page), false, 'the page may still come');
  await page.clock.runFor(2_000);
  await page.keyboard.press('?');
  assert.equal(await helpIsOpen(page), true);
  await page.close();
});

test('a form that is stopped at last, as where it was sent a moment ago, gives the keys back', async () => {
  const page = await open(`${casePath(12)}?tun=notizen`);
  await page.locator('#f-text').fill('Zweimal geschickt');
  await page.evaluate(() =>
    document.addEventListener('submit', (event) => {
      event.preventDefault();
      document.body.dataset.stopped = '';
    }),
  );
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.locator('body[data-stopped]').waitFor();
  await page.keyboard.press('?');
  assert.equal(await helpIsOpen(page), true);
  await page.close();
});

test('a form that was sent is not sent again by Enter, and a page that comes back from the history hears its keys', async () => {
  const page = await still(casePath(7));
  const list = await held(page, '**/arbeit/suche*');
  let searches = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.redirectedFrom() === null) searches += 1;
  });
  await page.keyboard.press('/');
  await page.keyboard.type('Nowak');
  await page.keyboard.press('Enter');
  await list.asked;
  await page.keyboard.type('\n');
  await list.let();
  assert.equal(searches, 1);
  await page.goBack();
  await page.keyboard.press('?');
  assert.equal(await helpIsOpen(page), true);
  await page.close();
});
