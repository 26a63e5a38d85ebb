import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectPage } from '../support/look.ts';
import { app, casePath, open } from './workspace-desk.ts';

test('by keyboard alone: a question mark opens, explains, closes, and gives the focus back', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  const mark = page.getByRole('button', { name: 'Hilfe: Eingang' });
  await mark.focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('dialog', { name: 'Eingang' });
  await text.waitFor();
  for (const words of ['Warum so?', 'Rechtsgrundlage', 'Gilt hier seit'])
    assert.ok((await text.innerText()).includes(words), words);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Schließen');
  await page.keyboard.press('Escape');
  await text.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Hilfe: Eingang');
  await page.keyboard.press('Enter');
  await text.waitFor();
  await page.keyboard.press('Enter');
  await text.waitFor({ state: 'hidden' });
  await page.close();
});

test('what is new has a quiet dot until it was seen', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  const link = page.getByRole('link', { name: /^Neues/ });
  assert.match((await link.textContent()) ?? '', /Es gibt Neues/);
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/neues$/);
  assert.ok((await page.getByText('Neu für Sie').count()) > 0);
  await page.goto(`${app.baseUrl}/arbeit`);
  assert.doesNotMatch((await link.textContent()) ?? '', /Es gibt Neues/);
  await page.goto(`${app.baseUrl}/arbeit/neues`);
  assert.equal(await page.getByText('Neu für Sie').count(), 0);
  await page.close();
});

test('a task of the first week is ticked and opened again by keyboard', async () => {
  const page = await open(`${app.baseUrl}/arbeit/einarbeitung`);
  const done = page.getByRole('button', { name: 'Erledigt: Lesen Sie, was neu ist' });
  await done.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#tag-1-1-neues$/);
  assert.match(await page.locator('main').innerText(), /1 von \d+ erledigt/);
  await page.getByRole('button', { name: 'Doch noch offen: Lesen Sie' }).press('Enter');
  await done.waitFor();
  await page.close();
});

test('no barrier and no sideways scrolling, with a help open and closed, at 1280 and 360 pixels', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const look = (name: string) => inspectPage(page, name, { width, script: true });
    for (const part of ['neues', 'einarbeitung', 'hilfe']) {
      await page.goto(`${app.baseUrl}/arbeit/${part}`);
      await look(`help-${part}`);
    }
    await page.goto(`${casePath(9)}?tun=notizen`);
    await look('help-case');
    await page.getByRole('button', { name: 'Hilfe: Frist' }).press('Enter');
    await page.getByRole('dialog', { name: 'Frist' }).waitFor();
    await look('help-open');
  }
  await page.close();
});
