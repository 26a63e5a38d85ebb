import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { receive } from '../../src/modules/intake/index.ts';
import { verbs } from '../../src/surfaces/workspace/case/view.ts';
import { follow } from '../support/browser.ts';
import { bringAxe, findBarriers } from '../support/look.ts';
import { submissionInput } from '../support/submit.ts';
import { app, bankCase, browser, casePath, ids, lead, notice, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

test('English from top to bottom, and back', async () => {
  const page = await open(casePath(6));
  await follow(page, page.getByRole('link', { name: 'English' }));
  assert.equal(new URL(page.url()).search, '');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  for (const words of ['History', 'Ask for a paper', 'Received'])
    await page.getByText(words).filter({ visible: true }).first().waitFor();
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await page.close();
});

const narrow = /zuweisung|nachrichten|entscheidung|abschluss|team/;

for (const [width, language] of [
  [1280, 'de'],
  [360, 'en'],
] as const)
  test(`no page has a barrier that axe knows, at ${width} pixels, language ${language}`, async () => {
    const page = await open(`${app.baseUrl}/arbeit`);
    await bringAxe(page);
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${app.baseUrl}/arbeit?sprache=${language}`);
    for (const path of (await allPages()).filter((each) => width > 360 || !narrow.test(each))) {
      await page.goto(app.baseUrl + path);
      // Around the form of a verb stands the same case each time, which is looked at once.
      await withoutBarrier(page, `${path} ${width}`, path.includes('?tun=') ? '#verb' : undefined);
      assert.ok(
        (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
        `${path} is wider than ${width}`,
      );
    }
    await page.goto(`${app.baseUrl}/arbeit?sprache=de`);
    await page.close();
  });

async function allPages(): Promise<string[]> {
  const account = await bankCase();
  return [
    '/arbeit',
    '/arbeit/klaerung',
    '/arbeit/schalter?name=Y',
    '/arbeit/schalter/eingang',
    '/arbeit/suche?q=Nowak',
    '/arbeit/zusagen',
    '/arbeit/heute',
    '/arbeit/team',
    '/arbeit/vertretung',
    '/arbeit/haus',
    '/arbeit/konto',
    '/arbeit/gibt-es-nicht',
    `/arbeit/vorgaenge/${ids[9]}/einsicht`,
    await counterReceipt(),
    `/arbeit/vorgaenge/${account}`,
    ...verbs.map((verb) => `/arbeit/vorgaenge/${verb === 'konto' ? account : ids[9]}?tun=${verb}`),
  ];
}

test('signing in has no barrier that axe knows', async () => {
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

const withoutBarrier = async (page: Page, where: string, within = 'html'): Promise<void> =>
  assert.deepEqual(await findBarriers(page, { within }), [], where);

/** The address of a receipt as the counter shows it. */
async function counterReceipt(): Promise<string> {
  const input = await submissionInput(app.services, app, { channel: 'counter' });
  const { tenant } = app.services.database;
  const received = await tenant(app.jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  return `/arbeit/eingangsbestaetigungen/${received.receipt.number}`;
}

test('without JavaScript the whole way is the same', async () => {
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
  await page.getByLabel('Topic').selectOption('housing');
  await page.getByRole('button', { name: 'Save note' }).click();
  assert.match(await notice(page), /The note is saved/);
  await page.locator('.td-top__fold summary', { hasText: 'Menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
  await context.close();
});
