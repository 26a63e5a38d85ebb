import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { projectPath } from '../../src/platform/env/project.ts';
import { app, browser, casePath, clerk, count, desk, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const axe = readFileSync(projectPath('node_modules/axe-core/axe.min.js'), 'utf8');

/** Nothing in the way of anybody, and nothing wider than the window. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(axe);
    const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
    assert.deepEqual(
      found.violations.map((each) => `${each.id}: ${each.nodes[0]?.html}`),
      [],
      `${name} ${width}`,
    );
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= width, `${name} ${width}`);
    const shots = process.env.TANDEM_TEST_SHOTS;
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const pressed = (page: Page): Promise<string> => page.locator('.tw-views [aria-pressed=true]').innerText();

test('the three views are switched by their keys, remembered for the case, and keep the open form', async () => {
  const page = await open(casePath(2));
  assert.match(await pressed(page), /Sachbearbeitung/);
  await look(page, 'view-administrative');
  await page.keyboard.press('8');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Vermittlung' }).waitFor();
  assert.equal(await page.locator('#teil-papers').getAttribute('open'), null);
  await look(page, 'view-placement');
  await page.locator('#teil-papers > summary').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Unterlagen/ }).waitFor();
  await page.keyboard.press('o');
  await page.locator('#f-text').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('9');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Soziale Arbeit' }).waitFor();
  await page.locator('#f-text').waitFor();
  await look(page, 'view-social');
  await page.goto(casePath(2));
  assert.match(await pressed(page), /Soziale Arbeit/);
  await page.keyboard.press('7');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Sachbearbeitung' }).waitFor();
  const chosen = 'select count(*) n from app.work_view_choice where staff_id = $1 and case_id = $2';
  assert.equal(await count(`${chosen} and view = 'administrative'`, [clerk().id, ids[2]]), 1);
  await page.close();
});

test('without JavaScript the views are buttons that work', async () => {
  const state = await desk.storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE', storageState: state });
  const page = await context.newPage();
  await page.goto(casePath(3));
  await page.getByRole('button', { name: /Vermittlung/ }).click();
  assert.match(await pressed(page), /Vermittlung/);
  await context.close();
});

test('a lead changes what a view shows: by versions, for one team first, and back again', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  await signIn(page, app, lead());
  await page.goto(`${app.baseUrl}/arbeit/ansichten`);
  await look(page, 'views');
  await page.getByRole('link', { name: 'Sachbearbeitung' }).click();
  await page.getByLabel('Verlauf', { exact: true }).selectOption('hidden');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  assert.match(await page.getByRole('alert').innerText(), /warum Sie das ändern/);
  assert.equal(await page.getByLabel('Verlauf', { exact: true }).inputValue(), 'hidden');
  await look(page, 'view-rule-problem');
  await page.getByLabel('Warum?').fill('Wir lesen zuerst die Angaben.');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page.getByText('Die neue Fassung ist gespeichert.').waitFor();
  await look(page, 'view-rule');
  await page.goto(casePath(4));
  assert.equal(await page.locator('#history').count(), 0);
  await page.getByRole('link', { name: /Alles zeigen/ }).click();
  await page.locator('#history').waitFor();
  await page.goto(`${app.baseUrl}/arbeit/ansichten/administrative`);
  await page.getByLabel('Verlauf', { exact: true }).selectOption('open');
  await page.getByLabel('Warum?').fill('Der Verlauf fehlte vielen.');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page.getByText('Die neue Fassung ist gespeichert.').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 2);
  await page.goto(casePath(4));
  await page.locator('#history').waitFor();
  await context.close();
  const clerks = await open(`${app.baseUrl}/arbeit/ansichten/administrative`);
  assert.equal(await clerks.getByRole('button', { name: 'Neue Fassung speichern' }).count(), 0);
  await clerks.getByText('Der Verlauf fehlte vielen.').waitFor();
  await clerks.close();
});
