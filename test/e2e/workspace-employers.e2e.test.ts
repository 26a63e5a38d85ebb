import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { addEmployer, type EmployerSaid } from '../../src/modules/employers/index.ts';
import { addStaff } from '../../src/modules/identity/index.ts';
import { propose } from '../../src/modules/plans/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import { totpKey } from '../../src/surfaces/totp-key.ts';
import type { TestStaff } from '../support/app.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, desk, ids, notice, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const list = `${app.baseUrl}/arbeit/betriebe`;
const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const send = async (page: Page, button: RegExp, done: RegExp): Promise<void> => {
  await tabTo(page, button);
  await press(page, 'Enter');
  await page.locator('.kern-alert--success', { hasText: done }).waitFor();
};
const said = (name: string, change: Partial<EmployerSaid> = {}): EmployerSaid => ({
  kind: 'employer',
  name,
  place: 'Musterstadt',
  sector: '',
  wants: '',
  carerId: '',
  ...change,
});
async function listed(name: string, change: Partial<EmployerSaid> = {}): Promise<string> {
  const act = { actor: { kind: 'staff', id: clerk().id, name: 'x' } as const };
  const kept = await app.services.database.tenant(app.jobcenter.id, (tx) => addEmployer(tx, act, said(name, change)));
  assert.ok(kept.kind === 'done');
  return kept.id;
}
const audited = (action: string): Promise<number> =>
  count('select count(*) n from app.audit_entry where action = $1', [action]);
const placement = async (index: number): Promise<Page> => {
  const page = await open(casePath(index));
  await press(page, '8');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Arbeit vermitteln' }).waitFor();
  return page;
};

test('an employer is taken into the list and changed, with people there who can be deleted, by keyboard alone', async () => {
  const page = await open(list);
  await page.getByText('Es steht noch niemand in der Liste.').waitFor();
  await look(page, 'employers-empty');
  await press(page, 'n');
  await page.getByRole('heading', { name: 'Neuer Betrieb oder Partner' }).waitFor();
  await tabTo(page, /^In die Liste aufnehmen$/);
  await press(page, 'Enter');
  await page.getByRole('alert').getByText('Bitte schreiben Sie den Namen des Betriebs').waitFor();
  await look(page, 'employer-new-problem');
  await tabTo(page, /^#f-name$/);
  await page.keyboard.type('Bäckerei Krume GmbH');
  await press(page, 'Tab');
  await page.keyboard.type('Musterstadt');
  await tabTo(page, /^#f-sector$/);
  await page.keyboard.type('Handwerk');
  await tabTo(page, /^#f-wants$/);
  await page.keyboard.type('Ab Mai jemanden für die Backstube, früh um vier');
  await send(page, /^In die Liste aufnehmen$/, /steht jetzt in der Liste/);
  await page.getByRole('heading', { level: 1, name: 'Bäckerei Krume GmbH, Musterstadt' }).waitFor();
  await tabTo(page, /^Ansprechperson eintragen$/);
  await press(page, 'Enter');
  await tabTo(page, /^#f-neu-name$/);
  await page.keyboard.type('Kim Beispiel');
  await tabTo(page, /^Ansprechperson speichern$/);
  await press(page, 'Enter');
  await page.getByRole('alert').getByText('Telefonnummer oder eine E-Mail-Adresse').waitFor();
  assert.equal(await page.locator('#f-neu-name').inputValue(), 'Kim Beispiel', 'what was typed is kept');
  await tabTo(page, /^#f-neu-phone$/);
  await page.keyboard.type('0999 12 34');
  await send(page, /^Ansprechperson speichern$/, /Ansprechperson ist gespeichert/);
  assert.equal(await page.locator('a[href="tel:09991234"]').count(), 1);
  await page.getByText(/Wird am .* gelöscht, wenn es bis dahin niemand bestätigt/).waitFor();
  await look(page, 'employer');
  await tabTo(page, /^Kim Beispiel: ändern/);
  await press(page, 'Enter');
  await look(page, 'employer-person');
  await send(page, /^Löschen: Kim Beispiel/, /Ansprechperson ist gelöscht/);
  assert.equal(await count('select count(*) n from app.employer_contact', []), 0);
  assert.equal(await audited('employer.contact-deleted'), 1);
  await page.close();
});

test('two who change one employer: what both wrote is shown to the second, and nothing typed is lost', async () => {
  const id = await listed('Lagerhaus Nord', { place: 'Neustadt' });
  const [one, two] = [await open(`${list}/${id}`), await open(`${list}/${id}`)];
  for (const page of [one, two]) await page.getByText('Angaben ändern').click();
  await one.locator('#f-wants').fill('Staplerschein');
  await two.locator('#f-wants').fill('Frühschicht');
  await one.getByRole('button', { name: 'Änderung speichern' }).click();
  assert.match(await notice(one), /Änderung ist gespeichert/);
  await two.getByRole('button', { name: 'Änderung speichern' }).click();
  await two
    .getByRole('alert')
    .getByText(/Dort steht jetzt: Staplerschein/)
    .waitFor();
  assert.equal(await two.locator('#f-wants').inputValue(), 'Frühschicht');
  await look(two, 'employer-conflict');
  await two.getByRole('button', { name: 'Änderung speichern' }).click();
  assert.match(await notice(two), /Änderung ist gespeichert/);
  await one.reload();
  assert.match(await one.locator('section[aria-labelledby=sucht] .tw-typed').innerText(), /Frühschicht/);
  await one.close();
  await two.close();
});

test('a second one of the same name is said, put together and taken apart again', async () => {
  const first = await listed('Tischlerei Span');
  const second = await listed('Tischlerei  SPAN e. K.');
  const page = await open(`${list}?text=tischlerai`);
  assert.equal(await page.locator('tbody tr').count(), 2, 'found although it is misspelt');
  assert.equal(await page.getByText('vielleicht doppelt').count(), 2);
  await look(page, 'employers');
  await press(page, 'j', 'Enter');
  await page.waitForURL((url) => /\/betriebe\/[0-9a-f-]{36}$/.test(url.pathname));
  await page.goto(`${list}/${first}`);
  await page.getByText('Am selben Ort gibt es noch jemanden mit diesem Namen').waitFor();
  await look(page, 'employer-double');
  await send(page, /^Ist dasselbe: zusammenlegen\. .* mit Tischlerei Span/, /zusammengelegt/);
  await page.getByText('Damit zusammengelegt').waitFor();
  await page.goto(`${list}/${second}`);
  await page.getByText('Dieser Eintrag ist zusammengelegt mit').waitFor();
  await look(page, 'employer-merged');
  await page.goto(`${list}/${first}`);
  await send(page, /^Doch nicht dasselbe: wieder trennen/, /wieder getrennt/);
  assert.deepEqual([await audited('employer.merged'), await audited('employer.separated')], [1, 1]);
  const missing = await page.goto(`${list}/00000000-0000-7000-8000-000000000000`);
  assert.equal(missing?.status(), 404);
  await page.close();
});

test('a proposal is with an employer of the list, asked about and never guessed; the page shows it to who may see the case', async () => {
  const id = await listed('Gärtnerei Rosenhof');
  const page = await placement(2);
  await press(page, 'l');
  await focused(page, 'f-proposalKind');
  await press(page, 'Space', 'Tab');
  await page.keyboard.type('Hilfe im Gewächshaus');
  await press(page, 'Tab');
  await page.keyboard.type('Gaertnerei Rosenhoff');
  await page.locator('#f-provider-list option[value="Gärtnerei Rosenhof, Musterstadt"]').waitFor({ state: 'attached' });
  await tabTo(page, /^Vorschlag festhalten$/);
  await press(page, 'Enter');
  await page.getByRole('alert').getByText('ob es einer von diesen ist').waitFor();
  assert.equal(await page.locator('#f-title').inputValue(), 'Hilfe im Gewächshaus');
  await look(page, 'proposal-which');
  await page.locator('#f-providerWahl').focus();
  await press(page, 'Space');
  await send(page, /^Vorschlag festhalten$/, /Vorschlag ist festgehalten/);
  await page
    .locator('section[aria-labelledby=proposals]')
    .getByRole('link', { name: 'Gärtnerei Rosenhof, Musterstadt' })
    .click();
  const shown = page.locator('section[aria-labelledby=vorschlaege]');
  await shown.getByText('Hilfe im Gewächshaus').waitFor();
  await page.goBack();
  await press(page, '7');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Leistung prüfen' }).waitFor();
  const told = page.locator('section[aria-labelledby=history]').getByRole('link', { name: /^Gärtnerei Rosenhof/ });
  assert.equal(await told.count(), 1, 'from the timeline of every way of working');
  await look(page, 'history-employer');
  await told.click();
  await shown.getByText('Hilfe im Gewächshaus').waitFor();
  await look(page, 'employer-proposal');
  const looked =
    "select count(*) n from app.audit_entry where action = 'case.read' and case_id = $1 and reason = 'Seite eines Betriebs angesehen'";
  assert.ok((await count(looked, [ids[2]])) >= 1, 'a look at the case');
  await page.close();

  const stranger = await newcomer('fremd');
  const context = await browser.newContext({ locale: 'de-DE' });
  const theirs = await context.newPage();
  await signIn(theirs, app, stranger);
  await theirs.goto(`${list}/${id}`);
  await theirs.getByRole('heading', { level: 1, name: 'Gärtnerei Rosenhof, Musterstadt' }).waitFor();
  assert.doesNotMatch(await theirs.locator('main').innerText(), /Gewächshaus|Nowak/);
  assert.equal(await theirs.getByText('Hier gibt es nichts, was Sie sehen.').count(), 2, 'nor that there is something');
  await context.close();
});

/** Somebody of a team that has no case. */
async function newcomer(login: string): Promise<TestStaff> {
  const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const password = `${login} ${login} ${login} 1`;
  return app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const team = await addTeam(tx, { key: login, name: login, phone: '1' });
    assert.ok(team.kind === 'added');
    const staff = { login, name: login, role: 'clerk', password, totpSecret, teamIds: [team.id] } as const;
    const added = await addStaff(tx, totpKey(app.services), staff);
    assert.ok(added.kind === 'added');
    return { id: added.id, login, password, totpSecret, role: 'clerk' };
  });
}

test('words that were written first are put beside an employer later, and stay as they were; without JavaScript', async () => {
  const id = await listed('Seniorenheim Lindenhof');
  const page = await placement(8);
  await page.goto(`${casePath(8)}?tun=notizen&thema=partners#f-text`);
  await page.locator('#f-text').fill('Sie brauchen jemanden für die Küche');
  await page.locator('#f-employer').fill('das Heim an der Linde');
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  assert.match(await notice(page), /Notiz ist gespeichert/);
  const partners = page.locator('section[aria-labelledby=partners]');
  await partners.getByText(/mit das Heim an der Linde/).waitFor();
  await look(page, 'partners-words');
  await page.close();

  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'de-DE',
    storageState: await desk.storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(casePath(8));
  await plain.locator('section[aria-labelledby=partners]').getByRole('link', { name: 'Betrieb zuordnen' }).click();
  await plain.locator('#f-employer').fill('Lindenhof');
  await plain.getByRole('button', { name: 'Zuordnung speichern' }).click();
  await plain.getByLabel(/Seniorenheim Lindenhof, Musterstadt/).check();
  await plain.getByRole('button', { name: 'Zuordnung speichern' }).click();
  assert.match(await notice(plain), /Zuordnung ist gespeichert/);
  await plain.goto(`${list}/${id}`);
  await plain.locator('section[aria-labelledby=gespraeche]').getByText('jemanden für die Küche').waitFor();
  await plain
    .locator('section[aria-labelledby=gespraeche]')
    .getByText(/mit das Heim an der Linde/)
    .waitFor();
  await plain.goto(casePath(8));
  await plain
    .locator('section[aria-labelledby=partners]')
    .getByRole('link', { name: 'Seniorenheim Lindenhof, Musterstadt' })
    .waitFor();
  for (const part of ['notes', 'history'])
    assert.equal(
      await plain.locator(`section[aria-labelledby=${part}] a`, { hasText: /^Seniorenheim Lindenhof/ }).count(),
      1,
      part,
    );
  await context.close();
});

test('open windows of the list and of a record are what somebody else has just made of them, and typed words stay', async () => {
  const id = await listed('Fahrradwerk Speiche');
  const [all, one, other] = [
    await open(`${list}?text=Speiche`),
    await open(`${list}/${id}`),
    await open(`${list}/${id}`),
  ];
  await one.getByText('Angaben ändern').click();
  await one.locator('#f-place').fill('Speichenstadt');
  await other.getByText('Angaben ändern').click();
  await other.locator('#f-name').fill('Fahrradwerk Nabe und Speiche');
  await other.getByRole('button', { name: 'Änderung speichern' }).click();
  assert.match(await notice(other), /Änderung ist gespeichert/);
  await all.getByRole('link', { name: 'Fahrradwerk Nabe und Speiche' }).waitFor();
  await one.getByRole('heading', { level: 1, name: 'Fahrradwerk Nabe und Speiche, Musterstadt' }).waitFor();
  assert.equal(await one.locator('#f-place').inputValue(), 'Speichenstadt');
  await one.getByRole('button', { name: 'Änderung speichern' }).click();
  assert.match(await notice(one), /Änderung ist gespeichert/);
  await other.getByRole('heading', { level: 1, name: 'Fahrradwerk Nabe und Speiche, Speichenstadt' }).waitFor();
  await listed('Speichenlager');
  await all.getByRole('link', { name: 'Speichenlager' }).waitFor();
  for (const page of [all, one, other]) await page.close();
});

test('of an employer with many proposals the older ones are a page further', async () => {
  const id = await listed('Zeitwerk Hundert');
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const reader = { role: 'lead', id: clerk().id, teamIds: [] } as const;
    const actor = { kind: 'staff', id: clerk().id, name: 'x' } as const;
    const act = { actor, reader, caseId: ids[4] ?? '', staffId: clerk().id };
    const wanted = { kind: 'job', provider: '', employerId: id, onDay: dayInGermany(tx.now), words: '' } as const;
    for (let n = 1; n <= 102; n += 1) await propose(tx, act, { ...wanted, title: `Helfer ${n}` });
  });
  const page = await open(`${list}/${id}`);
  const shown = page.locator('section[aria-labelledby=vorschlaege] li strong');
  assert.equal(await shown.count(), 100);
  await page.getByRole('link', { name: 'Weitere Vorschläge' }).click();
  await page.getByText('Helfer 1', { exact: true }).waitFor();
  assert.deepEqual(await shown.allInnerTexts(), ['Helfer 2', 'Helfer 1']);
  await page.close();
});
