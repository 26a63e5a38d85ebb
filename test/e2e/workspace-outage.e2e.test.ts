import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { totpCode } from '../../src/modules/identity/index.ts';
import { announce, withdrawAnnouncements } from '../../src/modules/together/index.ts';
import { saveOutageLists } from '../../src/surfaces/workspace/index.ts';
import { inspectPage } from '../support/look.ts';
import { app, browser, casePath, clerk, count, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const { tenant } = app.services.database;

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({
    connectionString: app.database.superuserUrl.replace(`/${app.database.name}?`, '/postgres?'),
  });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Signs in once more within the half minute of a code. */
async function signInAgain(page: Page): Promise<void> {
  await forgetCodes();
  await signIn(page, app, clerk());
}

const forgetCodes = () =>
  tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.staff set totp_last_step = 0 where jobcenter_id = $1', [app.jobcenter.id]),
  );

/** The database is away while the work runs, and comes back whatever becomes of it. */
async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const { name } = app.database;
  await asSuperuser(
    `alter database ${name} with allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  try {
    await work();
  } finally {
    await asSuperuser(`alter database ${name} with allow_connections true`);
  }
}

test('the database goes away: the page says so, keeps what is typed, shows the saved list, and catches up', async () => {
  const promised = await open(`${casePath(6)}?tun=zusage`);
  await promised.locator('#f-promised').fill('Rückruf zur Miete');
  await promised.locator('#f-promisedTime').fill('23:59');
  await promised.locator('#f-promisedPhone').fill('030 555 12');
  await promised.locator('#verb button[type=submit]').click();
  await promised.waitForURL(/ok=zusage/);
  await promised.goto(`${casePath(6)}?tun=wiedervorlage`);
  await promised.locator('#f-followDay').fill(dayInGermany(app.services.clock.now()).split('-').reverse().join('.'));
  await promised.locator('#f-followReason').fill('Nach dem Kitaplatz fragen');
  await promised.locator('#verb button[type=submit]').click();
  await promised.waitForURL(/ok=wiedervorlage/);
  await promised.goto(`${casePath(6)}?tun=termin`);
  await promised.locator('#f-topic').selectOption('housing');
  await promised.locator('#f-day').fill(dayInGermany(app.services.clock.now()).split('-').reverse().join('.'));
  await promised.locator('#f-time').fill('23:50');
  await promised.locator('#f-place').fill('Zimmer 204');
  await promised.locator('#verb button[type=submit]').click();
  await promised.waitForURL(/ok=termin(&|$)/);
  await promised.close();
  await saveOutageLists(app.services);
  const page = await open(`${casePath(6)}?tun=notizen`);
  await withoutDatabase(async () => {
    await page.locator('#f-topic').selectOption('housing');
    await page.locator('#f-text').fill('Während der Störung geschrieben');
    await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
    await page.getByRole('button', { name: 'Notiz speichern' }).click();
    await page.locator('[data-draft-state]', { hasText: 'Gerade nicht erreichbar' }).waitFor();
    assert.equal(await page.locator('#f-text').inputValue(), 'Während der Störung geschrieben');
    const list = await open(`${app.baseUrl}/arbeit/notfall`);
    const text = await list.locator('main').innerText();
    for (const words of [
      'Liste für heute',
      'Rückruf zur Miete',
      '030 555 12',
      'Nach dem Kitaplatz fragen',
      '23:50 bis 00:20 Uhr',
      'im Amt: Zimmer 204',
      'gesicherte Liste von Kim Muster',
    ])
      assert.ok(text.includes(words), words);
    for (const width of [1280, 360]) {
      await list.setViewportSize({ width, height: 800 });
      await inspectPage(list, 'outage-list', { width, script: true });
    }
    await list.close();
    const stranger = await browser.newContext({ locale: 'de-DE' });
    const refused = await stranger.request.get(`${app.baseUrl}/arbeit/notfall`);
    assert.ok(!(await refused.text()).includes('Rückruf zur Miete'));
    await stranger.close();
  });
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  assert.match(await page.locator('.td-timeline').innerText(), /Während der Störung geschrieben/);
  await page.close();
  await saveOutageLists(app.services);
  const looks = "select count(*) n from app.audit_entry where subject_id = 'outage' and detail ? 'lookedAt'";
  assert.equal(await count(looks, []), 1, 'the look is in the log, afterwards');
});

test('without scripts: a form sent into an outage is shown, and sent again as it was when the database is back', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
  after(() => plain.close());
  const page = await plain.newPage();
  await signInAgain(page);
  await page.goto(`${casePath(7)}?tun=notizen`);
  await page.locator('#f-topic').selectOption('housing');
  await page.locator('#f-text').fill('Ohne Skript geschrieben');
  await withoutDatabase(async () => {
    await page.getByRole('button', { name: 'Notiz speichern' }).click();
    await page.getByRole('heading', { name: 'Gerade nicht erreichbar' }).waitFor();
    assert.match(await page.locator('main').innerText(), /Ohne Skript geschrieben/);
    await inspectPage(page, 'outage-sent', { width: 1280, script: false });
  });
  await page.getByRole('button', { name: 'Noch einmal senden' }).click();
  await page.waitForURL(/ok=notizen/);
  assert.match(await page.locator('.td-timeline').innerText(), /Ohne Skript geschrieben/);
});

test('a session runs out while somebody writes: the text is kept, and they come back to it after signing in', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
  after(() => plain.close());
  const page = await plain.newPage();
  await signInAgain(page);
  await page.goto(`${casePath(8)}?tun=notizen`);
  await page.locator('#f-text').fill('Vor der Pause geschrieben');
  await tenant(app.jobcenter.id, (tx) =>
    tx.raw("update app.staff_session set last_seen_at = last_seen_at - interval '3 hours' where jobcenter_id = $1", [
      app.jobcenter.id,
    ]),
  );
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.getByText('Ihr Text ist als Entwurf gesichert.').waitFor();
  await page.getByRole('link', { name: 'Neu anmelden' }).click();
  await page.getByLabel(/^(Name|Login)$/).fill(clerk().login);
  await page.getByLabel(/Passwort/).fill(clerk().password);
  await page.keyboard.press('Enter');
  await forgetCodes();
  await page.getByLabel(/Code/).fill(totpCode(clerk().totpSecret, app.services.clock.now()));
  await page.keyboard.press('Enter');
  await page.waitForURL(/tun=notizen/);
  assert.equal(await page.locator('#f-text').inputValue(), 'Vor der Pause geschrieben');
});

test('an update is announced on open pages within seconds, with its time, and taken back', async () => {
  const context = await browser.newContext({ locale: 'de-DE' });
  after(() => context.close());
  const page = await context.newPage();
  await signInAgain(page);
  const at = new Date(app.services.clock.now().getTime() + 3_600_000);
  await tenant(app.jobcenter.id, (tx) =>
    announce(tx, { text: 'Neue Fassung von Tandem.', at, endsAt: new Date(at.getTime() + 600_000) }),
  );
  await page.locator('#announced', { hasText: 'Neue Fassung von Tandem.' }).waitFor();
  assert.match(await page.locator('#announced').innerText(), /Geplante Unterbrechung: .*\d\d:\d\d/);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'announced', { width, script: true });
  }
  await tenant(app.jobcenter.id, withdrawAnnouncements);
  await page.locator('#announced .kern-alert').waitFor({ state: 'detached' });
});
