// A bad line in a real browser: nothing that was typed is lost, and nothing that was sent is offered again.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { inspectPage } from '../support/look.ts';
import { app, browser, casePath, clerk, count, ids } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

/** Another machine of the clerk. */
async function machine(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  after(() => context.close());
  context.setDefaultTimeout(12_000);
  await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.staff set totp_last_step = 0 where jobcenter_id = $1', [app.jobcenter.id]),
  );
  const page = await context.newPage();
  await signIn(page, app, clerk());
  await page.close();
  return context;
}

async function at(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

const notes = (index: number): string => `${casePath(index)}?tun=notizen`;
const copies = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((each) => each.includes('notizen')));
const copied = (page: Page) =>
  page.waitForFunction(() => Object.keys(localStorage).some((each) => each.includes('notizen')));
const noCopies = (page: Page) =>
  page.waitForFunction(() => Object.keys(localStorage).every((each) => !each.includes('notizen')));
const drafts = () => count('select count(*) n from app.staff_draft where staff_id = $1', [clerk().id]);
const written = (text: string) => count('select count(*) n from app.case_event where detail::text ~ $1', [text]);
const silence = (): void => undefined;

const context = await machine();

test('the line is silent: what is typed lies in this browser at once, also while one types on, and is there again', async () => {
  await context.route('**/arbeit/entwuerfe', silence);
  const page = await at(context, notes(20));
  await page.locator('#f-text').fill('Ins Leere geschrieben');
  await copied(page);
  await page.locator('#f-text').fill('Ins Leere geschrieben, und weiter');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  await page.close({ runBeforeUnload: false });
  assert.equal(await drafts(), 0, 'nothing has reached the server');
  await context.unroute('**/arbeit/entwuerfe', silence);
  const again = await at(context, notes(20));
  await again.waitForFunction(
    () => (document.querySelector('#f-text') as HTMLTextAreaElement).value === 'Ins Leere geschrieben, und weiter',
  );
  await noCopies(again);
  assert.equal(await drafts(), 1);
  await again.close();
});

test('the line breaks between the question and the sending: the text is there again, unsent, and once it is sent it is not', async () => {
  const page = await at(context, notes(20));
  await page.locator('#f-topic').selectOption('housing');
  await page.locator('#f-text').fill('Zuletzt geschrieben und gesendet');
  await context.route('**/notizen', (route) => route.abort('connectionreset'));
  const broken = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/notizen'));
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await broken;
  await context.unroute('**/notizen');
  await page.close({ runBeforeUnload: false });
  const again = await at(context, notes(20));
  await again.waitForFunction(
    () => (document.querySelector('#f-text') as HTMLTextAreaElement).value === 'Zuletzt geschrieben und gesendet',
  );
  assert.equal(await written('Zuletzt geschrieben'), 0);
  await again.getByRole('button', { name: 'Notiz speichern' }).click();
  await again.waitForURL(/ok=notizen/);
  await noCopies(again);
  await again.goto(notes(20));
  assert.equal(await again.locator('#f-text').inputValue(), '');
  assert.deepEqual([await drafts(), (await copies(again)).length], [0, 0]);
  await again.close();
});

test('the answer to what was sent is lost: it was taken, and nobody is asked to send it again', async () => {
  const page = await at(context, notes(21));
  await page.locator('#f-topic').selectOption('housing');
  await page.locator('#f-text').fill('Angekommen ohne Antwort');
  await context.route('**/notizen', async (route) => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort('connectionreset');
  });
  const broken = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/notizen'));
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await broken;
  await context.unroute('**/notizen');
  await page.close({ runBeforeUnload: false });
  const again = await at(context, notes(21));
  await noCopies(again);
  assert.equal(await again.locator('#f-text').inputValue(), '');
  assert.deepEqual([await written('Angekommen ohne Antwort'), await drafts()], [1, 0]);
  await again.close();
});

test('a text on this machine is older than what was written elsewhere: both are kept and shown, the person chooses', async () => {
  const elsewhere = await machine();
  const page = await at(context, notes(22));
  await page.locator('#f-text').fill('Angefangen');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await context.setOffline(true);
  await page.locator('#f-text').fill('Angefangen, hier weiter');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  const other = await at(elsewhere, notes(22));
  assert.equal(await other.locator('#f-text').inputValue(), 'Angefangen');
  await other.locator('#f-text').fill('Angefangen, dort weiter');
  await other.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  const anywhere = await at(context, `${app.baseUrl}/arbeit`);
  await anywhere.getByRole('link', { name: 'Beide ansehen und wählen' }).click();
  await anywhere.waitForURL(/tun=notizen/);
  const offer = anywhere.locator('[data-offered]');
  await offer.waitFor();
  assert.match(await offer.innerText(), /Angefangen, hier weiter/);
  assert.equal(await anywhere.locator('#f-text').inputValue(), 'Angefangen, dort weiter');
  for (const width of [1280, 360]) {
    await anywhere.setViewportSize({ width, height: 800 });
    await inspectPage(anywhere, 'line-two-texts', { width, script: true });
  }
  await offer.getByRole('button', { name: 'Den anderen Text nehmen' }).click();
  await anywhere.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await noCopies(anywhere);
  await other.locator('#f-text').fill('Angefangen, dort noch weiter');
  await other.locator('[data-offered]', { hasText: 'Angefangen, hier weiter' }).waitFor();
  await other.getByRole('button', { name: 'Behalten, was im Formular steht' }).click();
  await other.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await noCopies(other);
  await anywhere.reload();
  assert.equal(await anywhere.locator('#f-text').inputValue(), 'Angefangen, dort noch weiter');
  await anywhere.getByRole('button', { name: 'Verwerfen' }).click();
  await anywhere.waitForURL(/tun=notizen/);
  assert.equal(await drafts(), 0);
  for (const each of [anywhere, other]) await each.close();
});

test('a draft goes in the transaction that carries out its form, on pages that say nothing of drafts too', async () => {
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>('select file_id id from app.office_case where jobcenter_id = $1 and id = $2', [
      app.jobcenter.id,
      ids[23],
    ]),
  );
  const page = await at(context, `${app.baseUrl}/arbeit/akte/${row?.id}/ausgaben`);
  await page.locator('[name=anlass]').fill('Auskunft nach § 25 SGB X');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await page
    .locator('main form')
    .filter({ has: page.locator('[name=anlass]') })
    .locator('button[type=submit]')
    .click();
  await page.waitForURL(/ok=ausgabe/);
  assert.equal(
    await count(
      `select count(*) n from app.sent_draft s join app.file_export e on e.jobcenter_id = s.jobcenter_id
       where s.staff_id = $1 and s.xmin::text = e.xmin::text`,
      [clerk().id],
    ),
    1,
    'one transaction wrote both',
  );
  await page.close();
});
