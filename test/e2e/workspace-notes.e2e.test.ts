import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { makeEventsFindable } from '../../src/main/jobs/make-findable.ts';
import { clientWrites, nameStandIn } from '../../src/modules/cases/index.ts';
import { circleNotesAfter } from '../../src/modules/contacts/index.ts';
import { addField, type OwnDefinition } from '../../src/modules/fields/index.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, desk, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
const timeline = (page: Page): Promise<string> => page.locator('.td-timeline').innerText();

const leads = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
after(() => leads.close());
const first = await leads.newPage();
await signIn(first, app, lead());
await first.close();

async function asLead(url: string): Promise<Page> {
  const page = await leads.newPage();
  await page.goto(url);
  return page;
}

test('a note by keyboard alone: without a topic it is refused and kept, with one it is found by topic and corrected', async () => {
  const page = await open(casePath(1));
  await page.keyboard.press('o');
  await focused(page, 'f-text');
  await page.keyboard.type('Der Vermieter will kündigen.');
  await tabTo(page, /Notiz speichern/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /Wählen Sie ein Thema/);
  assert.equal(await page.locator('#f-text').inputValue(), 'Der Vermieter will kündigen.');
  await look(page, 'note-form');
  await page.locator('#f-topic').focus();
  await page.keyboard.type('Wohn');
  await tabTo(page, /f-way/);
  await page.keyboard.type('am Tel');
  await tabTo(page, /f-day/);
  await page.keyboard.type('24.11.2026');
  await tabTo(page, /Notiz speichern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=notizen/);
  assert.match(await timeline(page), /Notiz · Wohnen · .*am Telefon · am 24\.11\.2026/);
  await tabTo(page, /^Notizen filtern/);
  await page.keyboard.press('Enter');
  await tabTo(page, /notes-thema/);
  await page.keyboard.type('Geld');
  await tabTo(page, /Eingrenzen/);
  await page.keyboard.press('Enter');
  await page.getByText('Zu dieser Auswahl gibt es keine Notizen.').waitFor();
  await tabTo(page, /Alles zeigen/);
  await page.keyboard.press('Enter');
  await page.locator('.tw-said').waitFor();
  await tabTo(page, /Notiz · Wohnen.* richtigstellen/);
  await page.keyboard.press('Enter');
  await focused(page, 'f-text');
  assert.equal(await page.locator('#f-topic').inputValue(), 'housing');
  await page.keyboard.type('Es war der Nachbar.');
  await look(page, 'note-correction');
  await tabTo(page, /Notiz speichern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=notizen/);
  const notes = await page.locator('.tw-note-list').innerText();
  assert.match(
    notes,
    /Richtigstellung · Wohnen[\s\S]*Es war der Nachbar\.[\s\S]*Dazu gibt es eine Richtigstellung\.[\s\S]*will kündigen/,
  );
  await look(page, 'case-with-notes');
  await page.getByRole('link', { name: 'Alle Notizen der Akte' }).click();
  await page.getByRole('heading', { level: 1, name: /Notizen der Akte/ }).waitFor();
  assert.equal(await page.locator('.tw-said').count(), 2);
  await look(page, 'file-notes');
  await page.close();
});

test('the lead changes the topics, and founds a circle whose notes they do not read', async () => {
  const topics = await asLead(`${app.baseUrl}/arbeit/notizthemen`);
  await topics.getByText('Bisher hat niemand etwas geändert.').waitFor();
  assert.equal(await topics.locator('table').count(), 0, 'no head of a table without rows');
  await topics.locator('#f-name').fill('Ehrenamt');
  await topics.getByRole('button', { name: 'Thema hinzufügen' }).click();
  await topics.waitForURL(/ok=thema/);
  assert.match(await topics.locator('table').innerText(), /Ehrenamt[\s\S]*wird angeboten/);
  await topics.getByRole('button', { name: 'Thema hinzufügen' }).click();
  await topics.getByRole('alert').waitFor();
  await look(topics, 'note-topics');
  await topics.goto(`${app.baseUrl}/arbeit/kreise`);
  await topics.locator('#f-name').fill('Fallmanagement Team 3');
  await topics.getByRole('button', { name: 'Kreis gründen' }).click();
  await topics.getByRole('alert').waitFor();
  await look(topics, 'circles-lead');
  await topics.getByRole('checkbox', { name: 'Kim Muster' }).check();
  await topics.getByRole('button', { name: 'Kreis gründen' }).click();
  await topics.waitForURL(/ok=gegruendet/);
  assert.ok(!(await topics.locator('.tw-panel').first().innerText()).includes('Kim Muster'), 'names of circles alone');

  const [member, other] = [await open(casePath(2)), await asLead(casePath(2))];
  let renewed = 0;
  other.on('request', (request) => {
    if (request.headers()['x-tandem-refresh'] !== undefined) renewed += 1;
  });
  for (const each of [member, other])
    await each
      .locator('#present')
      .filter({ hasText: /Kim Muster|Alex Beispiel/ })
      .waitFor();

  const page = await open(`${casePath(2)}?tun=notizen`);
  await page.locator('#f-text').fill('Spricht zum ersten Mal über die Spielsucht.');
  await page.locator('#f-topic').selectOption('debts');
  await page.locator('#f-circle').selectOption({ label: 'nur Kreis „Fallmanagement Team 3“' });
  await look(page, 'note-form-circle');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  assert.match(await timeline(page), /nur Kreis „Fallmanagement Team 3“[\s\S]*Spielsucht/);
  await look(page, 'case-with-circle-note');
  await member.getByText('Spricht zum ersten Mal über die Spielsucht.').first().waitFor();
  assert.equal(renewed, 0, 'the window of somebody else does not stir');
  await member.close();
  await other.close();
  const { services, jobcenter } = app;
  await services.database.tenant(jobcenter.id, async (tx) =>
    makeEventsFindable(tx, services, await circleNotesAfter(tx, '00000000-0000-0000-0000-000000000000', 100)),
  );
  const file = await page.getByRole('link', { name: 'Alle Notizen der Akte' }).getAttribute('href');
  const places = [
    casePath(2),
    `${casePath(2)}?thema=debts`,
    `${app.baseUrl}${file}`,
    `${app.baseUrl}/arbeit/suche?q=Spielsucht`,
    `${app.baseUrl}/arbeit/suche?q=Spielsucht&thema=debts`,
  ];
  for (const url of places) {
    assert.match(await (await desk.request.get(url)).text(), /ersten Mal über/, `the circle: ${url}`);
    const others = await (await leads.request.get(url)).text();
    assert.ok(!others.includes('ersten Mal über') && !others.includes('Kreis „'), `the lead: ${url}`);
  }
  for (const part of ['einsicht']) {
    const log = await (await leads.request.get(`${casePath(2)}/${part}`)).text();
    assert.ok(!log.includes('Kreis'), part);
  }
  await page.goto(`${app.baseUrl}${file}`.replace('/notizen', '/ausgaben'));
  await page.getByLabel(/Mit den Notizen meiner Kreise/).check();
  await page.locator('#f-anlass').fill('Akteneinsicht');
  await look(page, 'export-circles');
  await page.getByRole('button', { name: 'Zusammenstellen' }).click();
  await page.waitForURL(/ok=ausgabe/);
  const made = (text: string) => text.includes('Akteneinsicht');
  assert.ok(made(await page.locator('main').innerText()));
  const exports_ = await (await leads.request.get(page.url().split('?')[0] ?? '')).text();
  assert.ok(!made(exports_), 'the lead does not learn of the export either');
  assert.equal(await count('select count(*) n from app.circle_note where case_id = $1', [ids[2]]), 1);
  assert.ok(
    (await count("select count(*) n from app.audit_entry where action = 'note.read' and case_id is null", [])) > 0,
  );
  await page.goto(`${app.baseUrl}/arbeit/kreise`);
  assert.match(await page.locator('.tw-panel').first().innerText(), /Fallmanagement Team 3[\s\S]*aufgenommen von/);
  await look(page, 'circles');
  const named = await app.services.database.tenant(app.jobcenter.id, (tx) => {
    const day = dayInGermany(tx.now);
    const who = { absentId: clerk().id, substituteId: lead().id, fromDay: day, untilDay: day };
    return nameStandIn(tx, { kind: 'staff', id: lead().id, name: 'Alex Beispiel' }, who);
  });
  assert.equal(named.kind, 'named');
  const substitute = await asLead(`${app.baseUrl}/arbeit/heute`);
  const told = await substitute.locator('main').innerText();
  assert.match(told, /Eine Notiz eines Kreises bleibt für Sie zu/);
  assert.ok(!told.includes('Spielsucht') && !told.includes('Fallmanagement Team 3'));
  await look(substitute, 'day-closed-notes');
  await page.reload();
  await look(page, 'circles-stand-in');
  await tabTo(page, /^Bis dahin mitlesen lassen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=geoeffnet/);
  assert.match(await page.locator('.tw-panel').first().innerText(), /Liest bis dahin die Notizen dieses Kreises/);
  await substitute.goto(casePath(2));
  assert.match(await timeline(substitute), /Spielsucht/);
  await substitute.close();
  await page.close();
  await topics.close();
});

test('a field that the Jobcenter added to notes is written with a note, shown with it, and begins its correction', async () => {
  const { services, jobcenter } = app;
  const known = { concerns: [], teams: [] };
  const definition: OwnDefinition = {
    label: { de: 'Nächster Schritt' },
    help: { de: '' },
    target: 'note',
    kind: 'text',
    choices: [],
    concerns: [],
    team: null,
    purpose: 'Damit nichts liegen bleibt',
    legalBasis: '§ 14 SGB II',
    category: 'social',
    writeHere: 'Was als Nächstes geschieht',
    notHere: 'Keine Diagnosen',
    years: 3,
  };
  const setUp = { actor: { kind: 'staff', id: lead().id, name: 'Alex Beispiel' }, role: 'lead' } as const;
  await services.database.tenant(jobcenter.id, (tx) => addField(tx, setUp, { definition, why: '' }, known));
  const page = await open(`${casePath(4)}?tun=notizen`);
  await page.getByLabel('Nächster Schritt').fill('Mietbescheinigung anfordern');
  await look(page, 'note-form-own-field');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Nächster Schritt').inputValue(), 'Mietbescheinigung anfordern', 'it is kept');
  await page.locator('#f-text').fill('Die Wohnung ist zugesagt.');
  await page.locator('#f-topic').selectOption('housing');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  const notes = page.locator('section[aria-labelledby=notes]');
  assert.match(await notes.innerText(), /zugesagt[\s\S]*Nächster Schritt[\s\S]*Mietbescheinigung anfordern/);
  assert.match(await timeline(page), /zugesagt[\s\S]*Mietbescheinigung anfordern/);
  await look(page, 'case-note-own-field');
  await notes
    .getByRole('link', { name: /richtigstellen/i })
    .first()
    .click();
  assert.equal(await page.getByLabel('Nächster Schritt').inputValue(), 'Mietbescheinigung anfordern');
  await page.locator('#f-text').fill('Die Wohnung ist noch nicht zugesagt.');
  await page.getByLabel('Nächster Schritt').fill('Beim Vermieter nachfragen');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  const both = await notes.innerText();
  assert.match(both, /Beim Vermieter nachfragen[\s\S]*Mietbescheinigung anfordern/, 'what stood there stays readable');
  await page.close();
});

test('a note meant for a circle that is not open to its writer any more is not sent to everybody', async () => {
  const path = `${casePath(4)}?tun=notizen`;
  const page = await open(path);
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const place = new URL(casePath(4)).pathname;
  const fields = { topic: 'housing', whom: 'stated', text: 'Nur für den Kreis', circle: app.jobcenter.id };
  const kept = await page.request.post(`${app.baseUrl}/arbeit/entwuerfe`, {
    form: { csrf, 'entwurf-ort': `${place}/notizen`, 'entwurf-seite': `${place}?tun=notizen`, ...fields },
  });
  assert.ok(kept.ok());
  await page.goto(path);
  assert.equal(await page.locator('select[name=circle]').inputValue(), app.jobcenter.id);
  await page.getByText('Dieser Kreis ist nicht mehr offen').first().waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.locator('#f-text').inputValue(), 'Nur für den Kreis');
  assert.equal(await page.locator('select[name=circle]').inputValue(), app.jobcenter.id);
  assert.equal(await page.locator('.td-timeline', { hasText: 'Nur für den Kreis' }).count(), 0);
  await page.close();
});

test('a message waits for the person until somebody notes that they answered by telephone or at the counter', async () => {
  const answered = 'Vermerkt: Die Person hat am Telefon oder am Schalter geantwortet';
  const other = await asLead(casePath(6));
  const page = await open(`${casePath(6)}?tun=notizen`);
  assert.equal(await page.locator('#f-answered').count(), 0, 'nothing waits');
  const write = async (text: string): Promise<void> => {
    await page.goto(`${casePath(6)}?tun=nachrichten`);
    await page.locator('#f-text').fill(text);
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.waitForURL(/ok=nachrichten/);
  };
  await write('Wer wohnt bei Ihnen?');
  await write('Und seit wann?');
  assert.match(await timeline(page), /^[^?]*Und seit wann\?\s*2 Nachrichten bis zu dieser stehen noch als Aufgabe/);
  const top = page.locator('.tw-case > .tw-open');
  assert.match(await top.innerText(), /^2 Nachrichten von uns warten auf die Person/);
  const newest = await top.getByRole('link', { name: 'Zur Nachricht' }).getAttribute('href');
  assert.match(await page.locator(newest ?? '').innerText(), /Und seit wann\?/, 'the way leads to where it stands');
  await look(page, 'message-waits');
  await tabTo(page, /^Am Telefon oder am Schalter beantwortet/);
  await page.keyboard.press('Enter');
  await focused(page, 'f-text');
  assert.ok(await page.locator('#f-answered').isChecked(), 'the talk is about it');
  await page.locator('#f-text').fill('Am Schalter: seit Mai, allein.');
  await page.locator('#f-topic').selectOption('housing');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  assert.match(await timeline(page), /seit Mai, allein/);
  assert.doesNotMatch(await timeline(page), /als Aufgabe/);
  await other.getByText(answered).waitFor();

  await write('Noch eine Frage.');
  await page.goto(`${casePath(6)}?tun=notizen`);
  await page.locator('#f-text').fill('Ruft an: wohnt seit Mai allein.');
  await page.locator('#f-answered').check();
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.getByRole('alert').waitFor();
  assert.ok(await page.locator('#f-answered').isChecked(), 'what was ticked is kept');
  await look(page, 'note-form-answered');
  await page.locator('#f-topic').selectOption('housing');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  assert.match(
    await timeline(page),
    new RegExp(`${answered}[\\s\\S]*wohnt seit Mai allein[\\s\\S]*Noch eine Frage[\\s\\S]*${answered}`),
  );
  assert.doesNotMatch(await timeline(page), /als Aufgabe/);
  assert.equal(await top.count(), 0, 'nothing waits');
  await look(page, 'case-answered');

  const caseId = casePath(6).split('/').at(-1) ?? '';
  await app.services.database.tenant(app.jobcenter.id, (tx) =>
    clientWrites(tx, { kind: 'client', receiptId: 'A' }, caseId, 'Brauchen Sie noch etwas von mir?'),
  );
  await page.goto(casePath(6));
  assert.match(await top.innerText(), /Die Person hat am [\d.]+ geschrieben\. Das ist noch ohne Antwort/);
  const asked = await top.getByRole('link', { name: 'Lesen' }).getAttribute('href');
  assert.match(await page.locator(asked ?? '').innerText(), /Brauchen Sie noch etwas/);
  await look(page, 'case-asked');
  await top.getByRole('link', { name: 'Antworten' }).click();
  await focused(page, 'f-text');
  await page.locator('#f-text').fill('Nein, danke.');
  await page.getByRole('button', { name: 'Senden' }).click();
  await page.waitForURL(/ok=nachrichten/);
  assert.doesNotMatch(await top.innerText(), /ohne Antwort/);
  await page.close();
  await other.close();
});
