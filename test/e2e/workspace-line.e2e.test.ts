// A bad line in a real browser: nothing that was typed is lost, and nothing that was sent is offered again.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { formatTime } from '../../src/ui/index.ts';
import { inspectPage } from '../support/look.ts';
import { app, browser, casePath, clerk, count, draftsAt, ids, lead } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

/** Another machine of the clerk. */
async function machine(whose = clerk()): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  after(() => context.close());
  await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.staff set totp_last_step = 0 where jobcenter_id = $1', [app.jobcenter.id]),
  );
  const page = await context.newPage();
  await signIn(page, app, whose);
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
const written = (text: string) => count('select count(*) n from app.case_event where detail::text ~ $1', [text]);
const silence = (): void => undefined;

const context = await machine();
// What fails leaves no broken line and no open page to the tests after it.
afterEach(async () => {
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  for (const page of context.pages()) await page.close({ runBeforeUnload: false });
});

/** The browser is killed: a page that is only closed would still send what it has, past every broken line. */
async function kill(page: Page): Promise<void> {
  const gone = page.waitForEvent('crash');
  const devtools = await context.newCDPSession(page);
  devtools.send('Page.crash').catch(() => undefined);
  await gone;
  await page.close();
}

test('the line is silent: what is typed lies in this browser at once, also while one types on, and is there again', async () => {
  await context.route('**/arbeit/entwuerfe', silence);
  const page = await at(context, notes(20));
  await page.locator('#f-text').fill('Ins Leere geschrieben');
  await copied(page);
  await page.locator('#f-text').fill('Ins Leere geschrieben, und weiter');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  await kill(page);
  assert.equal(await draftsAt(ids[20] ?? ''), 0, 'nothing has reached the server');
  await context.unroute('**/arbeit/entwuerfe', silence);
  const again = await at(context, notes(20));
  await again.waitForFunction(
    () => (document.querySelector('#f-text') as HTMLTextAreaElement).value === 'Ins Leere geschrieben, und weiter',
  );
  await noCopies(again);
  assert.equal(await draftsAt(ids[20] ?? ''), 1);
  await again.close();
});

test('who wants to send while a saving hangs is told that nobody answers, until it can be sent', async () => {
  const page = await at(context, notes(19));
  let fail: (() => Promise<void>) | undefined;
  await page.route('**/arbeit/lebt', (route) => route.abort());
  await page.route('**/arbeit/entwuerfe', (route) => {
    if (fail !== undefined) return route.abort();
    fail = () => route.abort();
  });
  const hangs = page.waitForRequest('**/arbeit/entwuerfe');
  await page.locator('#f-text').fill('Beim Speichern riss die Leitung');
  await hangs;
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  const line = page.locator('form[action$="/notizen"] [data-draft-state]');
  await line.filter({ hasText: 'Gerade nicht erreichbar' }).waitFor();
  const again = page.waitForRequest('**/arbeit/entwuerfe'); // the saving that failed is tried once more, after what it said
  await fail?.();
  await again;
  assert.match(await line.innerText(), /Gerade nicht erreichbar/);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await line.filter({ hasText: 'Entwurf gesichert' }).waitFor();
  const said = /\((.+)\)/.exec(await line.innerText())?.[1] ?? '';
  const lastMinutes = [0, 1, 2, 3].map((ago) => formatTime(new Date(Date.now() - ago * 60_000), 'de'));
  assert.ok(lastMinutes.includes(said), `${said} is no time of just now on German clocks`);
  await page.locator('#f-topic').selectOption('housing');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  await noCopies(page);
  await page.close();
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
  assert.deepEqual([await draftsAt(ids[20] ?? ''), (await copies(again)).length], [0, 0]);
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
  assert.deepEqual([await written('Angekommen ohne Antwort'), await draftsAt(ids[21] ?? '')], [1, 0]);
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
  assert.equal(await draftsAt(ids[22] ?? ''), 0);
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

/** What a module of the pages gives, as the page has it. */
const moduleAt = (page: Page, name: string): Promise<string> =>
  page.evaluate(
    (file) =>
      performance
        .getEntriesByType('resource')
        .map((each) => each.name)
        .find((each) => each.includes(`/js/${file}`)) ?? '',
    name,
  );

test('a refused form that is loaded once more shows its old words, and what was typed later is offered, wherever it is kept', async () => {
  const page = await at(context, notes(24));
  await page.locator('#f-text').fill('Eins');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.locator('.kern-form-input--error, [aria-invalid=true]').first().waitFor();
  await page.locator('#f-text').fill('Eins, zwei');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await page.reload();
  const offer = page.locator('[data-offered]');
  await offer.waitFor();
  assert.equal(await page.locator('#f-text').inputValue(), 'Eins');
  assert.match(await offer.innerText(), /Eins, zwei/);
  await page.locator('#f-text').fill('Eins, noch nicht gewählt');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  await offer.getByRole('button', { name: 'Den anderen Text nehmen' }).click();
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  assert.equal(await page.locator('#f-text').inputValue(), 'Eins, zwei');
  await context.route('**/arbeit/entwuerfe', silence);
  await page.locator('#f-text').fill('Eins, zwei, ohne Leitung drei');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  await context.unroute('**/arbeit/entwuerfe', silence);
  await page.reload();
  await offer.waitFor();
  assert.match(await offer.innerText(), /ohne Leitung drei/);
  await offer.getByRole('button', { name: 'Den anderen Text nehmen' }).click();
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await noCopies(page);
  await page.locator('#f-topic').selectOption('housing');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  assert.equal(await written('ohne Leitung drei'), 1);
  await page.goto(notes(24));
  await noCopies(page);
  assert.deepEqual([await page.locator('#f-text').inputValue(), await draftsAt(ids[24] ?? '')], ['', 0]);
  await page.close();
});

test('a draft that comes back remembers which versions it saw: what a colleague wrote meanwhile is shown, not emptied', async () => {
  const [paper] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>('select id from app.document where jobcenter_id = $1 order by id limit 1', [tx.jobcenterId]),
  );
  const address = `${app.baseUrl}/arbeit/dokumente/${paper?.id}?tun=angaben`;
  const save = (page: Page) =>
    page
      .locator('main form')
      .filter({ has: page.locator('[name=absender]') })
      .locator('button[type=submit]')
      .last()
      .click();
  const page = await at(context, address);
  await page.locator('[name=absender]').fill('Amt');
  await save(page);
  await page.waitForURL(/ok=/);
  await page.goto(address);
  await page.locator('[name=vom]').fill('03.11.2026');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await page.close();
  const colleague = await at(await machine(lead()), address);
  await colleague.locator('[name=absender]').fill('Stadtwerke');
  await save(colleague);
  await colleague.waitForURL(/ok=/);
  await colleague.close();
  const again = await at(context, address);
  await again.getByText('Ihr Entwurf vom').waitFor();
  assert.deepEqual(
    [await again.locator('[name=vom]').inputValue(), await again.locator('[name="war-absender"]').inputValue()],
    ['03.11.2026', 'Amt'],
    'the words, and what stood beside them then',
  );
  await save(again);
  await again.waitForURL(/ok=/);
  const kept = 'select count(*) n from app.file_document where document_id = $1 and sender = $2';
  assert.equal(await count(kept, [paper?.id, 'Stadtwerke']), 1, 'the field that only the colleague wrote stays theirs');
  await again.goto(address);
  await again.locator('[name=absender]').fill('Stadtwerke Neu');
  await again.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await again.close();
  const second = await at(await machine(lead()), address);
  await second.locator('[name=absender]').fill('Gaswerke');
  await save(second);
  await second.waitForURL(/ok=/);
  const last = await at(context, address);
  await last.getByText('Ihr Entwurf vom').waitFor();
  await save(last);
  await last.locator('#conflict').waitFor();
  assert.equal(await count(kept, [paper?.id, 'Gaswerke']), 1);
  for (const each of [second, last]) await each.close();
});

test('a copy that another window has written on meanwhile is not dropped, and everything of a form comes back', async () => {
  const page = await at(context, notes(25));
  await page.locator('#f-text').waitFor();
  const left = await page.evaluate(
    async (address) => {
      const store = await import(address);
      await store.keep('ort abc', { fields: 'alt' });
      const read = await store.kept('ort abc');
      await store.keep('ort abc', { fields: 'neu' });
      store.drop('ort abc', read.sealed);
      const newer = await store.kept('ort abc');
      store.drop('ort abc', newer.sealed);
      return [newer.fields, await store.kept('ort abc')];
    },
    await moduleAt(page, 'sealed-store'),
  );
  assert.deepEqual(left, ['neu', undefined]);
  const shown = await page.evaluate(
    async (address) => {
      const { putBack, grouped } = await import(address);
      const form = document.createElement('form');
      form.innerHTML = `<input type=hidden name=fassung data-version value=4><input type=hidden name=command value=x>
      <input type=checkbox name=wer value=a checked><input type=checkbox name=wer value=b><input type=checkbox name=wer value=c>
      <input type=radio name=art value=eins checked><input type=radio name=art value=zwei>
      <input name=zeile><input name=zeile><select multiple name=viele><option>p<option>q<option selected>r</select>`;
      const typed = 'fassung=2&command=y&wer=b&wer=c&art=zwei&zeile=oben&zeile=unten&viele=p&viele=q';
      putBack(form, grouped(new URLSearchParams(typed)));
      return new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString();
    },
    await moduleAt(page, 'put-back'),
  );
  assert.equal(shown, 'fassung=2&command=x&wer=b&wer=c&art=zwei&zeile=oben&zeile=unten&viele=p&viele=q');
  await page.close();
});
