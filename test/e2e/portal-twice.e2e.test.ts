import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { askAgain, openRequiredItems, requireItem } from '../../src/modules/cases/index.ts';
import { shippedDefinitions } from '../../src/modules/forms/index.ts';
import { accessCode, findSubmission, receive, type SubmissionInput } from '../../src/modules/intake/index.ts';
import { startTestApp } from '../support/app.ts';
import { follow, launchBrowser } from '../support/browser.ts';
import { findBarriers, namedRules, picture } from '../support/look.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';

const app = await startTestApp();
const { services, jobcenter } = app;
const browser = await launchBrowser();
after(() => browser.close());

const mina = { familyName: 'Beispiel', givenName: 'Mina', birthDate: '1990-04-03' };
const lease = smallPdf('Mietvertrag');

async function arrive(extra: Partial<SubmissionInput>): Promise<{ number: string; code: string; caseId: string }> {
  const input = await submissionInput(services, app, { person: mina, channel: 'post', ...extra });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const keys = await services.keyring.of(jobcenter.id);
  return {
    number: received.receipt.number,
    code: accessCode(keys.codes, received.receipt.number),
    caseId: received.caseId,
  };
}
const letter = async () => {
  const file = { name: 'Mietvertrag.pdf', bytes: lease, mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenter.id, file);
  return arrive({ documents: [{ document, field: 'papers', recorded: false }] });
};

async function device(script: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: script,
    locale: 'de-DE',
  });
  const page = await context.newPage();
  return { context, page };
}

async function look(page: Page, name: string): Promise<void> {
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.ok(Number(wide) <= 0, `${name}: ${wide} px too wide`);
  await picture(page, name);
  assert.deepEqual(await findBarriers(page, { rules: namedRules }), [], name);
}

const go = (page: Page, selector: string) => follow(page, page.locator(selector).first());
const next = (page: Page) => go(page, 'button[value=weiter]:visible');

async function signIn(page: Page, { number, code }: { number: string; code: string }): Promise<void> {
  await page.goto('/stand');
  await page.fill('[name=nummer]', number);
  await page.fill('[name=birthDate]', '3.4.1990');
  await page.fill('[name=code]', code);
  await go(page, 'form[action$="/stand"] button');
  await page.waitForURL(/\/eingang\//);
}

/** A draft of papers with the lease, up to the page before sending. */
async function draftWithLease(page: Page, script: boolean, person = mina): Promise<void> {
  await page.goto('/anliegen/unterlagen');
  await go(page, 'form[action$="/entwurf"] button');
  await page.fill('[name=familyName]', person.familyName);
  await page.fill('[name=givenName]', person.givenName);
  await page.fill('[name=birthDate]', '3.4.1990');
  await next(page);
  await next(page);
  await page.locator('input[type=radio]').first().check();
  await next(page);
  while (!(await page.locator('input[type=file]').count())) await next(page);
  const file = { name: 'mein vertrag.pdf', mimeType: 'application/pdf', buffer: lease };
  await page.setInputFiles('input[type=file]', file);
  if (!script) await go(page, 'button[value=hochladen]');
  await page.locator('button[value^=entfernen]').waitFor();
  await next(page);
  while (!page.url().endsWith('/pruefen')) await next(page);
}

const hint = /„mein vertrag\.pdf“ haben wir seit dem .*\(per Post\)/;

for (const script of [true, false]) {
  test(`before sending: what is here already is said, and left out or sent anyway, scripts ${script ? 'on' : 'off'}`, async () => {
    const { context, page } = await device(script);
    await signIn(page, await letter());
    await draftWithLease(page, script);
    assert.match(await page.locator('main').innerText(), hint);
    if (script) await look(page, 'known-check');
    await go(page, 'button[name=datei]');
    const text = await page.locator('main').innerText();
    assert.doesNotMatch(text, hint);
    assert.match(text, /Liegt dem Jobcenter schon vor/);
    await go(page, 'form[action$="/absenden"] button');
    await page.waitForURL(/\/beleg$/);
    const number = page.url().split('/').at(-2) ?? '';
    const sent = await services.database.tenant(jobcenter.id, async (tx) => {
      const rows = await tx.raw<{ submission_id: string }>(
        'select submission_id from receipt where jobcenter_id = $1 and number = $2',
        [jobcenter.id, number],
      );
      return findSubmission(tx, rows[0]?.submission_id ?? '');
    });
    assert.match(JSON.stringify(sent?.frozen), /Liegt dem Jobcenter schon vor/);
    await draftWithLease(page, script);
    assert.match(await page.locator('main').innerText(), hint);
    await go(page, 'form[action$="/absenden"] button');
    await page.waitForURL(/\/beleg$/);
    assert.match(await page.content(), /mein vertrag\.pdf/);
    await context.close();
  });
}

test('a stranger learns nothing by uploading a paper, nor does somebody with an open receipt who writes another name', async () => {
  const receipt = await letter();
  const stranger = await device(false);
  await draftWithLease(stranger.page, false);
  assert.doesNotMatch(await stranger.page.locator('main').innerText(), /haben wir|schon/);
  await stranger.context.close();
  const helper = await device(false);
  await signIn(helper.page, receipt);
  await draftWithLease(helper.page, false, { ...mina, givenName: 'Nina' });
  assert.doesNotMatch(await helper.page.locator('main').innerText(), /haben wir|schon/);
  await helper.page.goto(`/eingang/${receipt.number}`);
  await go(helper.page, 'form[action$="/beenden"] button');
  await draftWithLease(helper.page, false);
  assert.doesNotMatch(await helper.page.locator('main').innerText(), /haben wir|schon/, 'closed is closed');
  await helper.context.close();
});

test('what the office asked for although it has it: the person leaves it out and the office is told', async () => {
  const receipt = await letter();
  const [, lead] = app.staff;
  const actor = { kind: 'staff', id: lead?.id ?? '', name: 'Alex Beispiel' } as const;
  const reader = { role: 'lead', id: actor.id, teamIds: [] } as const;
  const item = { what: 'Mietvertrag', why: 'Er fehlt noch.', dueOn: '2099-01-01' };
  await services.database.tenant(jobcenter.id, (tx) =>
    requireItem(tx, { actor, reader, caseId: receipt.caseId, staffId: actor.id }, item),
  );
  const { context, page } = await device(true);
  await signIn(page, receipt);
  await go(page, 'a[href*="/fehlt/"]');
  await page.setInputFiles('input[type=file]', { name: 'nochmal.pdf', mimeType: 'application/pdf', buffer: lease });
  await page.getByRole('button', { name: /Weglassen/ }).waitFor();
  await look(page, 'known-supplement');
  await follow(page, page.getByRole('button', { name: /Weglassen/ }));
  assert.match(
    await page.locator('main').innerText(),
    /Sie haben um „Mietvertrag“ gebeten\. Das liegt Ihnen schon vor/,
  );
  await context.close();
});

test('what was here already does not answer a request: both sides say so, and the person reads why it is asked for again', async () => {
  const receipt = await letter();
  const [, lead] = app.staff;
  const actor = { kind: 'staff', id: lead?.id ?? '', name: 'Alex Beispiel' } as const;
  const act = { actor, reader: { role: 'lead', id: actor.id, teamIds: [] }, caseId: receipt.caseId } as const;
  const item = { what: 'Mietvertrag', why: 'Wir prüfen die Miete.', dueOn: '2099-01-01' };
  const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
    services.database.tenant(jobcenter.id, work);
  await inTenant((tx) => requireItem(tx, { ...act, staffId: actor.id }, item));
  const { context, page } = await device(true);
  await signIn(page, receipt);
  await go(page, 'a[href*="/fehlt/"]');
  await page.setInputFiles('input[type=file]', { name: 'nochmal.pdf', mimeType: 'application/pdf', buffer: lease });
  await page.locator('button[value^=entfernen]').waitFor();
  await go(page, 'button[value=senden]');
  assert.match(
    await page.locator('main').innerText(),
    /Die alten gelten weiter/,
    'two numbers, and both open the case',
  );
  await page.goto(`/eingang/${receipt.number}/beleg`);
  assert.doesNotMatch(await page.locator('main').innerText(), /Die alten gelten weiter/);
  await page.goto(`/eingang/${receipt.number}`);
  const main = page.locator('main');
  assert.match(await main.innerText(), /Mietvertrag: Was Sie geschickt haben, hatten wir schon\. Wir sehen nach/);
  assert.doesNotMatch(await main.innerText(), /Sie müssen gerade nichts tun|Das haben wir erhalten/);
  assert.match(await main.innerText(), /Angaben zu nachgereichten Unterlagen/);
  await look(page, 'known-sent-again');

  const itemId = (await inTenant((tx) => openRequiredItems(tx, receipt.caseId)))[0]?.id ?? '';
  const again = { why: 'Seite 2 fehlt. Bitte schicken Sie beide Seiten.', dueOn: '2099-02-02' };
  assert.equal((await inTenant((tx) => askAgain(tx, act, itemId, again))).kind, 'done');
  await page.reload();
  assert.match(await page.locator('#fehlt').innerText(), /Das fehlt uns doch noch: Seite 2 fehlt[\s\S]*02\.02\.2099/);
  assert.doesNotMatch(await main.innerText(), /Was Sie geschickt haben, hatten wir schon/);
  await look(page, 'asked-again');
  await go(page, 'a[href*="/fehlt/"]');
  assert.match(await main.innerText(), /Wir prüfen die Miete[\s\S]*Das fehlt uns doch noch: Seite 2 fehlt/);
  await context.close();
});

test('the same concern is named with the way to its state, and can be sent again all the same', async () => {
  const form = shippedDefinitions().find((each) => each.key === 'rueckruf') as SubmissionInput['form'];
  const receipt = await arrive({ form, channel: 'phone' });
  const { context, page } = await device(true);
  await signIn(page, receipt);
  await page.goto('/anliegen/rueckruf');
  await go(page, 'form[action$="/entwurf"] button');
  const id = page.url().match(/entwurf\/([^/]+)/)?.[1] ?? '';
  const answers = { ...mina };
  await services.database.tenant(jobcenter.id, (tx) =>
    tx.raw('update draft set answers = $3 where jobcenter_id = $1 and id = $2', [
      jobcenter.id,
      id,
      JSON.stringify(answers),
    ]),
  );
  await page.goto(`/entwurf/${id}/pruefen`);
  assert.match(await page.locator('main').innerText(), /haben Sie am .* schon abgegeben \(am Telefon\)/);
  await look(page, 'known-concern');
  await follow(page, page.getByRole('link', { name: 'Stand ansehen' }));
  assert.ok(page.url().endsWith(`/eingang/${receipt.number}`));
  await context.close();
});
