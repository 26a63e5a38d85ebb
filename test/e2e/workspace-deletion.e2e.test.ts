import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { lowestId } from '../../src/kernel/ids.ts';
import { allTasks } from '../../src/main/jobs/index.ts';
import { closeCase, findCase, makePromise } from '../../src/modules/cases/index.ts';
import { insertDocuments } from '../../src/modules/documents/index.ts';
import {
  caseFailed,
  confirmCases,
  confirmedCases,
  endHold,
  holdFile,
  holdsOfFile,
  listDue,
  retentionRules,
  setRetentionRule,
  stayHeld,
  unlist,
} from '../../src/modules/files/index.ts';
import { accessCode, receive } from '../../src/modules/intake/index.ts';
import { beginNotice } from '../../src/modules/notices/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { follow } from '../support/browser.ts';
import { setDayOfDatabase } from '../support/database.ts';
import { inspectPage } from '../support/look.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';
import { app, browser, lead, notice, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

after(closeReading);
const { services, jobcenter } = app;
const jobs = {
  ...services,
  blobFolder: join(app.dataFolder, 'blobs'),
  derivedFolder: join(app.dataFolder, 'derived'),
};
/** A job of the night, so many years from now. */
const runIn = async (years: number, name: string, payload: unknown = {}): Promise<void> => {
  const now = () => new Date(services.clock.now().getTime() + years * 366 * 86_400_000);
  const database = {
    ...services.database,
    tenant: <T>(id: string, work: (tx: Tx) => Promise<T>) => services.database.tenant(id, work, now()),
  };
  await allTasks({ ...jobs, clock: { now }, database })
    .find((task) => task.name === name)
    ?.run(payload as never);
};
const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
const boss = { role: 'lead', id: lead().id, teamIds: [] } as const;

async function closedCase(familyName: string) {
  const input = await submissionInput(services, app, {
    person: { familyName, givenName: 'Mika', birthDate: '1990-04-03' },
    teamId: app.teams['leistung'] ?? null,
  });
  return at(async (tx) => {
    const received = await receive(tx, { kind: 'client' }, input);
    assert.ok(received.kind === 'received');
    const { caseId, receipt } = received;
    const actor = { kind: 'staff', id: lead().id, name: lead().login } as const;
    await closeCase(tx, { actor, reader: boss, caseId });
    const tomorrow = new Date(tx.now.getTime() + 86_400_000);
    if (familyName === 'Spät') {
      const act = { actor, reader: boss, caseId, staffId: lead().id };
      await makePromise(tx, act, { what: 'Rückruf', phone: '', dueAt: tomorrow });
      const begun = await beginNotice(tx, act, { template: 'anruf', recipient: 'Weg 1' });
      assert.equal(begun.kind, 'begun');
    }
    const found = await findCase(tx, boss, caseId);
    assert.ok(found?.fileId);
    return { caseId, receipt, fileId: found.fileId, number: found.number };
  });
}

/** A shorter period, or one that needs nobody, is asked about before it holds; nothing at all is deleted at once by itself. */
async function shortenPeriods(page: Page): Promise<void> {
  const benefits = async () => (({ years, byItself }) => ({ years, byItself }))((await at(retentionRules)).benefits);
  const form = page.locator('form[action$="/fristen/benefits"]');
  const fill = async (years: string, alone: boolean): Promise<void> => {
    await page.goto(`${app.baseUrl}/arbeit/aktenplan`);
    // What was typed and not sent comes back and opens it, sooner or later than a click would, which would close it again.
    await page.locator('details', { has: form }).evaluate((details) => details.setAttribute('open', ''));
    await form.getByLabel('Volle Jahre').fill(years);
    await form.getByRole('checkbox').setChecked(alone);
    await form.getByRole('button', { name: 'Frist setzen', exact: true }).click();
  };
  await fill('1', false);
  const question = page.locator('#question');
  await question.waitFor();
  const said = await question.innerText();
  assert.match(said, /„Leistung“: bisher 10 Jahre, jetzt ein Jahr\. Ist das so gemeint\?/);
  assert.match(said, /Jetzt würden? dadurch (?:keine|eine|\d+) Unterlagen? fällig/);
  assert.match(said, /Gelöscht wird erst, was jemand unter „Zum Löschen fällig“ bestätigt/);
  assert.equal(await form.getByLabel('Volle Jahre').inputValue(), '1', 'what was typed is kept');
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'plan-question', { width, script: true });
  }
  assert.deepEqual(await benefits(), { years: 10, byItself: false }, 'nothing holds before it was answered');
  await page.getByRole('button', { name: 'Ja, diese Frist setzen' }).click();
  await page.waitForURL(/ok=frist/);
  assert.deepEqual(await benefits(), { years: 1, byItself: false });
  await fill('0', true);
  await page
    .getByRole('link', { name: /Ohne Bestätigung wird erst nach mindestens einem vollen Jahr gelöscht/ })
    .waitFor();
  await fill('1', true);
  await question.waitFor();
  assert.match(
    await question.innerText(),
    /gelöscht werden, ohne dass jemand bestätigt[\s\S]*Niemand bestätigt es vorher/,
  );
  assert.deepEqual(await benefits(), { years: 1, byItself: false });
  await fill('10', false);
  await page.waitForURL(/ok=frist/);
  assert.deepEqual(await benefits(), { years: 10, byItself: false }, 'of a longer one nobody is asked');
}

test('a lead confirms that cases are deleted; what is left is a line, and the receipt proves what it proved', async () => {
  const [gone, held, late] = [await closedCase('Ende'), await closedCase('Bleibt'), await closedCase('Spät')];
  await at((tx) => setRetentionRule(tx, { class: 'case', years: 1, byItself: false, source: '§ 84 SGB X' }, 'Lou'));
  await setDayOfDatabase(app.database, '2100-01-01');
  await runIn(3, 'list-deletions');
  await at((tx) => holdFile(tx, 'Lou', { fileId: held.fileId, documentId: null, reason: 'Klage' }));

  const context = await browser.newContext({ locale: 'de-DE' });
  const page = await context.newPage();
  await signIn(page, app, lead());
  await page.goto(`${app.baseUrl}/arbeit/aktenplan/loeschung`);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'deletion-cases', { width, script: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page
    .getByRole('row', { name: new RegExp(held.number) })
    .getByText('gesperrt')
    .waitFor();
  assert.equal(await page.getByRole('checkbox', { name: `Vorgang ${held.number} löschen` }).count(), 0);
  const sure = page.getByRole('button', { name: 'Angekreuzte Vorgänge endgültig löschen' });
  await follow(page, sure);
  assert.match(await notice(page), /nichts angekreuzt/);
  // All of the page at once, and meanwhile somebody holds one of them: nothing is deleted, and it is named.
  const box = (number: string) => page.getByRole('checkbox', { name: `Vorgang ${number} löschen` });
  await follow(page, page.getByRole('link', { name: 'Alle auf dieser Seite ankreuzen' }));
  assert.deepEqual([await box(gone.number).isChecked(), await box(late.number).isChecked()], [true, true]);
  const holdId = await at((tx) => holdFile(tx, 'Lou', { fileId: late.fileId, documentId: null, reason: 'Klage' }));
  await follow(page, sure);
  await page
    .getByRole('alert')
    .getByText(`${late.number} ist inzwischen gesperrt. Es wurde nichts gelöscht.`)
    .waitFor();
  assert.equal(await box(late.number).count(), 0);
  assert.ok(await box(gone.number).isChecked(), 'what was ticked is kept');
  assert.deepEqual(await at((tx) => confirmedCases(tx, lowestId(new Date(0)), 10)), []);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'deletion-held', { width, script: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  const lateRow = page.getByRole('row', { name: new RegExp(late.number) });
  assert.match(await lateRow.innerText(), /Noch offen: eine Zusage, ein angefangener Brief/);
  await follow(page, sure);
  assert.match(await notice(page), /Vorgänge werden jetzt gelöscht/);
  await at((tx) => endHold(tx, 'Lou', { id: holdId, reason: 'Ende', fileId: late.fileId, documentIds: [] }));
  await runIn(3, 'erase-due', { jobcenterId: jobcenter.id });

  await page.goto(`${app.baseUrl}/arbeit/aktenplan/loeschung`);
  const line = page.getByRole('row', { name: new RegExp(gone.number) });
  assert.match(await line.innerText(), /Alex Beispiel/, 'who confirmed');
  assert.equal(await box(late.number).count(), 1, 'and no other');
  assert.doesNotMatch(await page.locator('main').innerText(), /Ende, Mika|Mika Ende/);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'deletion-done', { width, script: true });
  }
  assert.equal((await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${gone.caseId}`))?.status(), 404);
  for (const typed of [gone.number, gone.receipt.number]) {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${typed}`);
    await page.getByText(/wurde am .* gelöscht/).waitFor();
  }
  await inspectPage(page, 'deletion-search', { width: 360, script: true });
  assert.equal((await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${held.caseId}`))?.status(), 200);

  // What came out of a held file is held by itself; that is seen and ended where it lies now.
  const move = { from: { id: gone.caseId, fileId: held.fileId }, to: { id: late.caseId, fileId: late.fileId } };
  await at((tx) => stayHeld(tx, 'Lou', [], { ...move, whole: true }));
  const bytes = smallPdf('Nachgereicht');
  const file = { name: 'Nachgereicht.pdf', bytes, mediaType: 'application/pdf', pages: 1 };
  const paper = await services.vault.prepare(jobcenter.id, file);
  await at(async (tx) => {
    await insertDocuments(tx, [paper]);
    await listDue(tx, [{ documentId: paper.id, caseId: late.caseId, class: 'general', dueOn: '2026-01-01' }]);
  });
  await page.goto(`${app.baseUrl}/arbeit/aktenplan/loeschung`);
  await page
    .getByRole('row', { name: /Nachgereicht/ })
    .getByText('gesperrt')
    .waitFor();
  await at((tx) => unlist(tx, paper.id));
  await page.goto(`${app.baseUrl}/arbeit/akte/${late.fileId}`);
  const holds = page.getByRole('region', { name: 'Nicht löschen' });
  await holds.getByText('Lag in einer Akte').waitFor();
  await holds.getByRole('link', { name: `Vorgang ${late.number}` }).waitFor();
  await holds.getByText('Sperre aufheben').first().click();
  await holds.getByLabel('Warum kann die Sperre weg?').fill('Das Urteil ist rechtskräftig.');
  await inspectPage(page, 'file-case-held', { width: 1280, script: true });
  await follow(page, holds.getByRole('button', { name: 'Sperre aufheben' }));
  assert.deepEqual(await at((tx) => holdsOfFile(tx, late.fileId, [], [late.caseId])), []);

  // A later page of what was deleted leads back to the first.
  await page.goto(`${app.baseUrl}/arbeit/aktenplan/loeschung?nachGeloescht=0_${gone.caseId}`);
  const deleted = page.getByRole('region', { name: 'Gelöschte Vorgänge' });
  assert.equal(await deleted.getByText(gone.number).count(), 0);
  await follow(page, deleted.locator('a[rel=prev]'));
  await deleted.getByText(gone.number).waitFor();

  // What was confirmed and could not be deleted is in no other list.
  await at(async (tx) => {
    await confirmCases(tx, [late.caseId], 'Lou');
    await caseFailed(tx, late.caseId);
  });
  await page.goto(`${app.baseUrl}/arbeit/aktenplan/loeschung`);
  await page.getByText('Ein Vorgang ließ sich nicht löschen').waitFor();
  await page.getByRole('link', { name: late.number }).waitFor();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'deletion-failed', { width, script: true });
  }
  // No slip of a finger makes all closed cases due, and none goes without a person who confirms it.
  await page.goto(`${app.baseUrl}/arbeit/aktenplan`);
  const rule = page.locator('form[action$="/fristen/case"]');
  await page.locator('details', { has: rule }).locator('summary').click();
  assert.equal(await rule.getByRole('checkbox').count(), 0);
  await rule.getByLabel('Volle Jahre').fill('0');
  await rule.getByRole('button').click();
  await page
    .getByRole('link', { name: 'Bitte geben Sie mindestens ein Jahr an. Ein Vorgang wird nicht früher gelöscht.' })
    .waitFor();
  assert.equal((await at(retentionRules)).case.years, 1);
  await shortenPeriods(page);
  await context.close();

  const clerk = await open(`${app.baseUrl}/arbeit`);
  assert.equal((await clerk.goto(`${app.baseUrl}/arbeit/aktenplan/loeschung`))?.status(), 404);
  await clerk.close();

  const home = await browser.newContext({ locale: 'de-DE', javaScriptEnabled: false });
  const check = await home.newPage();
  // Who wants to see how it stands is led to where the receipt is checked.
  const code = accessCode((await services.keyring.of(jobcenter.id)).codes, gone.receipt.number);
  await check.goto(`${app.baseUrl}/stand`);
  await check.getByLabel('Eingangsnummer').fill(gone.receipt.number);
  await check.getByLabel('Geburtsdatum').fill('3.4.1990');
  await check.getByLabel('Zugangs-Code').fill(code);
  await follow(check, check.getByRole('button', { name: 'Stand öffnen' }));
  await check.getByText('Ihre Bestätigung gilt weiter als Nachweis').waitFor();
  const signature = check.getByLabel('Elektronische Signatur');
  const ask = check.getByRole('button', { name: 'Signatur prüfen' });
  await follow(check, ask);
  await check.getByRole('alert').getByText('Bitte fügen Sie die Signatur ein').waitFor();
  await signature.fill(held.receipt.signature);
  await follow(check, ask);
  await check.getByText('Diese Signatur gehört nicht zu dieser Nummer').first().waitFor();
  assert.equal(await signature.inputValue(), held.receipt.signature, 'what was typed is kept');
  await signature.fill(`${gone.receipt.signature.slice(0, 60)}\n  ${gone.receipt.signature.slice(60)}\n`);
  await follow(check, ask);
  await check.getByText('Diese Bestätigung ist echt').waitFor();
  await check.goto(`${app.baseUrl}/pruefen/${held.receipt.number}`);
  await check.getByText('Diese Bestätigung ist echt').waitFor();
  await home.close();
  const looked = await browser.newContext({ locale: 'de-DE' });
  const public_ = await looked.newPage();
  await public_.goto(`${app.baseUrl}/pruefen/${gone.receipt.number}`);
  for (const width of [1280, 360]) {
    await public_.setViewportSize({ width, height: 800 });
    await inspectPage(public_, 'receipt-kept', { width, script: true });
  }
  await looked.close();
});
