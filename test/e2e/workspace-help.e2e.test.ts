import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../src/main/compose.ts';
import { fillPractice } from '../../src/main/demo/fill.ts';
import { ensurePractice } from '../../src/main/practice/practice.ts';
import { readConfig } from '../../src/platform/env/config.ts';
import { inspectPage } from '../support/look.ts';
import { listInbox } from '../support/practice.ts';
import { app, casePath, open } from './workspace-desk.ts';

test('by keyboard alone: a question mark opens, explains, closes, and gives the focus back', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  const mark = page.getByRole('button', { name: 'Hilfe: Posteingang' });
  await mark.focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('dialog', { name: 'Posteingang' });
  await text.waitFor();
  for (const words of ['Warum so?', 'Rechtsgrundlage', 'Gilt hier seit'])
    assert.ok((await text.innerText()).includes(words), words);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Schließen');
  await page.keyboard.press('Escape');
  await text.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Hilfe: Posteingang');
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
  const done = page.getByRole('button', { name: /^Erledigt ?: Lesen Sie, was neu ist/ });
  await done.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#tag-1-1-neues$/);
  assert.match(await page.locator('main').innerText(), /1 von \d+ erledigt/);
  await page.getByRole('button', { name: /^Doch noch offen ?: Lesen Sie/ }).press('Enter');
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

test('into practice and back by keyboard: marked on every page, no real case in it, the way back is the real session', async () => {
  const { services, database, jobcenter } = app;
  const owner = compose({
    config: readConfig({ TANDEM_DATA: app.dataFolder, TANDEM_DEMO: 'off', TANDEM_LOG: 'silent' }),
    urls: { app: database.ownerUrl },
    name: 'command',
    clock: services.clock,
    poolSize: 2,
  });
  const practice = await ensurePractice(owner.services, owner.master, jobcenter);
  await fillPractice(owner.services, practice, 12);
  const real = await listInbox(services, jobcenter.id);
  const page = await open(`${app.baseUrl}/arbeit/uebung`);
  const enter = page.getByRole('button', { name: 'Zur Übung' });
  // Processes know a new Jobcenter after ten seconds.
  for (const end = Date.now() + 30_000; !(await enter.isVisible()) && Date.now() < end; ) await page.reload();
  await enter.press('Enter');
  await page.waitForURL(`${app.baseUrl}/arbeit`);
  const band = page.getByRole('complementary', { name: 'Übung' });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [name, path] of Object.entries({ inbox: '', counter: '/schalter', missing: '/gibt-es-nicht' })) {
      await page.goto(`${app.baseUrl}/arbeit${path}`);
      assert.match(await page.title(), /^Übung: /, path);
      assert.match(await band.innerText(), /Alles hier ist erfunden/, path);
      await inspectPage(page, `practice-${name}`, { width, script: true });
    }
  }
  await page.goto(`${app.baseUrl}/arbeit`);
  const text = await page.locator('main').innerText();
  assert.ok((await page.locator('tbody tr').count()) > 0);
  assert.deepEqual(
    real.filter((number) => text.includes(number)),
    [],
    'no real case',
  );
  assert.equal((await page.request.get(casePath(3))).status(), 404, 'a real case is not there');
  await page.goto(`${app.baseUrl}/arbeit/einarbeitung`);
  await page.locator('main').getByRole('button', { name: 'Übung verlassen' }).press('Enter');
  await page.waitForURL(/einarbeitung$/);
  assert.doesNotMatch(await page.title(), /Übung/);
  assert.equal((await page.request.get(casePath(3))).status(), 200, 'the real session runs on');
  await owner.close();
  await page.close();
});
