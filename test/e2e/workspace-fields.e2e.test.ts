import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { confirmPerson, findCase, readerOf } from '../../src/modules/cases/index.ts';
import { addField, orderFields, orderVersions } from '../../src/modules/fields/index.ts';
import { namePrivacyOfficer } from '../../src/modules/identity/index.ts';
import { lookForPeople } from '../../src/modules/people/index.ts';
import { follow } from '../support/browser.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
after(() => context.close());
const desk = await context.newPage();
await signIn(desk, app, lead());
const { tenant } = app.services.database;
await tenant(app.jobcenter.id, (tx) => namePrivacyOfficer(tx, clerk().id, 'operator'));

/** Fills the form of a new field by keyboard. */
async function fillField(page: Page, label: string, category: string): Promise<void> {
  const type = async (words: RegExp, text: string): Promise<void> => {
    await tabTo(page, words);
    await page.keyboard.type(text);
  };
  await type(/^Name des Feldes/, label);
  await type(/^Hilfe/, 'Nur wenn es das Gespräch leichter macht.');
  await type(/^Woran hängt das Feld/, 'Vorgang');
  await type(/^Was kommt hinein/, 'kurzer Text');
  await type(/^Wozu brauchen Sie/, 'Damit das Gespräch gelingt');
  await type(/^Rechtsgrundlage/, '§ 67a SGB X');
  await type(/^Was für Daten/, category);
  await type(/^Was darf hinein/, 'Ort und Uhrzeit');
  await type(/^Was darf nicht hinein/, 'Keine Diagnosen');
  await tabTo(page, /^Warum diese Änderung/);
  await page.keyboard.type('Das Team braucht es');
}

test('a lead makes a field by keyboard, sees it as staff will, and finds every change in its history', async () => {
  await desk.goto(`${app.baseUrl}/arbeit/felder`);
  await look(desk, 'fields-none');
  await desk.keyboard.press('n');
  await desk.waitForURL(/felder\/neu$/);
  await tabTo(desk, /^Feld speichern/);
  await desk.keyboard.press('Enter');
  await desk.locator('.kern-alert--danger').first().waitFor();
  assert.match(await desk.locator('.kern-alert--danger').first().innerText(), /Bitte wählen Sie, woran das Feld hängt/);
  await desk.goto(`${app.baseUrl}/arbeit/felder/neu`);
  await fillField(desk, 'Ruhiger Raum', 'Sozialdaten');
  await tabTo(desk, /^Vorschau/);
  await desk.keyboard.press('Enter');
  const preview = desk.locator('section', { has: desk.locator('#preview') });
  await preview.waitFor();
  assert.match(
    await preview.innerText(),
    /Ruhiger Raum[\s\S]*Hier hinein: Ort und Uhrzeit\. Nicht hier hinein: Keine Diagnosen\./,
  );
  await look(desk, 'field-preview');
  await tabTo(desk, /^Feld speichern/);
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/ok=gespeichert/);
  await look(desk, 'fields');
  await tabTo(desk, /^Ruhiger Raum$/);
  await desk.keyboard.press('Enter');
  await desk.locator('#f-label').focus();
  await desk.keyboard.press('ControlOrMeta+a');
  await desk.keyboard.type('Raum ohne Lärm');
  await tabTo(desk, /^Feld speichern/);
  await desk.keyboard.press('Enter');
  await desk.locator('.kern-alert--danger').first().waitFor(); // a change without a reason
  assert.equal(await desk.locator('#f-label').inputValue(), 'Raum ohne Lärm');
  await desk.locator('#f-why').focus();
  await desk.keyboard.type('So sagt es das Team');
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/ok=gespeichert/);
  await tabTo(desk, /Verlauf von „Raum ohne Lärm“/);
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/verlauf$/);
  const history = await desk.locator('main').innerText();
  assert.match(history, /Fassung 2: geändert[\s\S]*Grund: So sagt es das Team[\s\S]*Ruhiger Raum → Raum ohne Lärm/);
  assert.match(history, /Fassung 1: angelegt/);
  await look(desk, 'field-history');
});

test('a field with health data waits for the officer: the lead cannot, the officer can, by keyboard', async () => {
  await desk.goto(`${app.baseUrl}/arbeit/felder/neu`);
  await fillField(desk, 'Hilfe beim Hören', 'Gesundheit');
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/ok=wartet/);
  await desk.getByText('wartet auf Freigabe').first().waitFor();
  const inForce = "select count(*) n from app.own_field where key = 'hilfe-beim-hoeren' and current is not null";
  assert.equal(await count(inForce, []), 0);
  await desk.goto(`${app.baseUrl}/arbeit/felder/freigabe`);
  await look(desk, 'approval-lead');
  assert.equal(await desk.getByRole('button', { name: 'Freigeben' }).count(), 0);
  const officer = await open(`${app.baseUrl}/arbeit/felder/freigabe`);
  await tabTo(officer, /Begründung zu „Hilfe beim Hören“/);
  await officer.keyboard.press('Tab');
  await officer.keyboard.press('Enter');
  await officer.locator('.kern-alert--danger').first().waitFor(); // without reasons
  await officer.getByLabel(/Begründung zu „Hilfe beim Hören“/).focus();
  await officer.keyboard.type('Nötig für die Verständigung, § 67a SGB X');
  await officer.keyboard.press('Tab');
  await look(officer, 'approval');
  await officer.getByLabel(/Begründung zu „Hilfe beim Hören“/).focus();
  await officer.keyboard.press('Tab');
  await officer.keyboard.press('Enter');
  await officer.waitForURL(/ok=freigegeben/);
  assert.equal(await count(inForce, []), 1);
  assert.equal((await officer.goto(`${app.baseUrl}/arbeit/felder/neu`))?.status(), 404); // an officer sets no fields up
  await officer.close();
});

test('order, hiding, and a file that goes out and comes in again', async () => {
  await desk.goto(`${app.baseUrl}/arbeit/felder`);
  await tabTo(desk, /„Hilfe beim Hören“ nach oben/);
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/ok=verschoben/);
  const names = await desk.locator('tbody th').allInnerTexts();
  assert.deepEqual(names, ['Hilfe beim Hören', 'Raum ohne Lärm']);
  await desk.getByRole('link', { name: 'Raum ohne Lärm', exact: true }).focus();
  await desk.keyboard.press('Enter');
  await desk.locator('#f-grund').focus();
  await desk.keyboard.press('Enter');
  await desk.locator('.kern-alert--danger').first().waitFor();
  await desk.locator('#f-grund').focus();
  await desk.keyboard.type('Wird selten gebraucht');
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/ok=ausgeblendet/);
  const answer = await desk.request.get(`${app.baseUrl}/arbeit/felder/export`);
  const file = await answer.text();
  assert.match(answer.headers()['content-disposition'] ?? '', /attachment/);
  await desk.goto(`${app.baseUrl}/arbeit/felder/import`);
  await look(desk, 'fields-import');
  const send = async (text: string): Promise<void> => {
    await desk.locator('#f-text').fill(text);
    await desk.locator('#f-why').fill('Probe');
    await desk.keyboard.press('Enter');
  };
  await send(file.replace('"years": 3', '"years": 99'));
  await desk.locator('.kern-alert--danger').first().waitFor();
  assert.match(await desk.locator('.kern-alert--danger').first().innerText(), /Feld Nummer \d der Datei: Bei „years“/);
  await send(file);
  await desk.waitForURL(/ok=eingelesen/);
  assert.match(await desk.locator('main').innerText(), /Neu: 0, geändert: 0, schon so da: 2/);
});

test('a field is filled in by keyboard in the case; of two at once the second sees both and chooses', async () => {
  const page = await open(casePath(3));
  await page.keyboard.press('x');
  await page.waitForURL(/tun=felder/);
  await page.locator('#verb').waitFor();
  await look(page, 'own-fields-form');
  assert.match(await page.locator('#verb').innerText(), /Besonders geschützt: Gesundheit/);
  const mine = page.getByLabel(/Hilfe beim Hören/);
  await mine.focus();
  await page.keyboard.type('Raum 7'); // from now on the form is left alone, whatever happens in the case
  // Somebody else fills in the same field meanwhile.
  await desk.goto(casePath(3));
  await desk.keyboard.press('x');
  await desk.waitForURL(/tun=felder/);
  await tabTo(desk, /^Hilfe beim Hören/);
  await desk.keyboard.type('Raum 4, vormittags');
  await desk.keyboard.press('Enter');
  await desk.waitForURL(/ok=felder/);
  await desk.getByText('Raum 4, vormittags').waitFor();
  await look(desk, 'own-fields-block');
  await mine.focus();
  await page.keyboard.press('Enter');
  const choice = page.getByRole('group', { name: /Was soll bei „Hilfe beim Hören“ gelten/ });
  await choice.waitFor();
  assert.match(
    await page.locator('#verb').innerText(),
    /Dort steht jetzt: Raum 4, vormittags\. Sie haben eingetragen: Raum 7\./,
  );
  assert.equal(await page.getByLabel(/^Hilfe beim Hören/).inputValue(), 'Raum 7');
  await look(page, 'own-fields-conflict');
  await tabTo(page, /^mein Eintrag/);
  await page.keyboard.press('Space');
  await tabTo(page, /^Felder speichern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=felder/);
  const block = page.locator('section', { has: page.locator('#own-fields') });
  assert.match(await block.innerText(), /Hilfe beim Hören[\s\S]*Raum 7[\s\S]*Kim Muster/);
  await block.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.match(await block.innerText(), /Raum 4, vormittags/);
  assert.match(
    await page.locator('.td-timeline').innerText(),
    /Eigene Felder des Vorgangs ausgefüllt: Hilfe beim Hören/,
  );
  assert.doesNotMatch(await page.locator('.td-timeline').innerText(), /Raum 7/);
  await page.close();
});

test('a field of a person is filled in through a case and stands in the file of the household', async () => {
  const actor = { kind: 'staff', id: lead().id, name: 'Alex Beispiel' } as const;
  const reader = readerOf({ id: lead().id, role: 'lead', teamIds: [] });
  const fileId = await tenant(app.jobcenter.id, async (tx) => {
    const person = { familyName: 'Yılmaz', givenName: 'Elif', birthDate: '1985-02-11' };
    const [known] = (await lookForPeople(tx, { birthDate: person.birthDate }, 'as-typed')).people;
    assert.ok(known);
    const name = `${person.familyName}, ${person.givenName}`;
    await confirmPerson(
      tx,
      { actor, reader, caseId: ids[0] ?? '' },
      { id: known.id, householdId: known.householdId, name, birthDate: person.birthDate },
    );
    const definition = {
      label: { de: 'Sprache im Gespräch', en: 'Language' },
      help: { de: '' },
      target: 'person',
      kind: 'one',
      choices: [
        { key: 'tuerkisch', label: { de: 'Türkisch', en: 'Turkish' }, removed: false },
        { key: 'deutsch', label: { de: 'Deutsch', en: 'German' }, removed: false },
      ],
      concerns: [],
      team: null,
      purpose: 'Dolmetschen',
      legalBasis: '§ 17 SGB I',
      category: 'social',
      writeHere: '',
      notHere: '',
      years: 3,
    } as const;
    const plain = { ...definition, choices: [...definition.choices], concerns: [] };
    const added = await addField(
      tx,
      { actor, role: 'lead' },
      { definition: plain, why: '' },
      { concerns: [], teams: [] },
    );
    assert.equal(added.kind, 'saved');
    return (await findCase(tx, reader, ids[0] ?? ''))?.fileId ?? '';
  });
  const page = await open(`${app.baseUrl}/arbeit/akte/${fileId}`);
  await tabTo(page, /^Felder ausfüllen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/tun=felder/);
  await tabTo(page, /^Türkisch/);
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=felder/);
  await page.goto(`${app.baseUrl}/arbeit/akte/${fileId}`);
  const own = page.locator('section', { has: page.locator('#own-fields') });
  assert.match(await own.innerText(), /Elif Yılmaz[\s\S]*Sprache im Gespräch[\s\S]*Türkisch/);
  await look(page, 'file-own-fields');
  await page.close();
});

test('a field of the online form is its last page, voluntary, and stands among the frozen answers', async () => {
  const actor = { kind: 'staff', id: lead().id, name: 'Alex Beispiel' } as const;
  const definition = {
    label: { de: 'Wann erreichen wir Sie gut?' },
    help: { de: 'Zum Beispiel: vormittags.' },
    target: 'form',
    kind: 'text',
    choices: [],
    concerns: ['rueckruf'],
    team: null,
    purpose: 'Damit wir Sie erreichen',
    legalBasis: '§ 14 SGB I',
    category: 'social',
    writeHere: 'Tage und Zeiten',
    notHere: 'Nichts über andere',
    years: 1,
  } as const;
  await tenant(app.jobcenter.id, async (tx) => {
    const plain = { ...definition, choices: [], concerns: ['rueckruf'] };
    const known = { concerns: ['rueckruf'], teams: [] };
    assert.equal((await addField(tx, { actor, role: 'lead' }, { definition: plain, why: '' }, known)).kind, 'saved');
  });
  const home = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'de-DE' });
  after(() => home.close());
  const page = await home.newPage();
  await page.goto(`${app.baseUrl}/anliegen/rueckruf`);
  await follow(page, page.locator('form[action$="/entwurf"] button').first());
  const last = page.url().replace(/frage\/.*/, 'frage/own-fields');
  // Each process keeps forms for ten seconds: until then the page is not there yet.
  for (const end = Date.now() + 30_000; (await page.goto(last))?.status() !== 200 && Date.now() < end; );
  await page.getByText('Diese Angaben sind freiwillig.').waitFor();
  await look(page, 'online-own-fields');
  await page.setViewportSize({ width: 360, height: 740 });
  assert.match(await page.locator('main').innerText(), /Wann erreichen wir Sie gut\? \(freiwillig\)/);
  await page.getByLabel(/Wann erreichen wir Sie gut/).fill('dienstags ab neun');
  await follow(page, page.locator('button[value=weiter]:visible').first());
  await page.goto(last.replace('frage/own-fields', 'pruefen'));
  assert.match(
    await page.locator('main').innerText(),
    /Freiwillige Angaben[\s\S]*Wann erreichen wir Sie gut\?[\s\S]*dienstags ab neun/,
  );
  await page.close();
});

test('staff who set nothing up find no such pages', async () => {
  await tenant(app.jobcenter.id, (tx) =>
    tx.raw("update app.privacy_officer set ended_at = now(), ended_by = 'test' where jobcenter_id = $1", [
      app.jobcenter.id,
    ]),
  );
  const page = await open(`${app.baseUrl}/arbeit/heute`);
  for (const path of ['', '/neu', '/freigabe', '/import', '/export'])
    assert.equal((await page.goto(`${app.baseUrl}/arbeit/felder${path}`))?.status(), 404, path);
  await page.close();
});

test('a lead orders the fields of a team and hides one; the team sees who did, and “show everything” shows it again', async () => {
  const team = app.teams['leistung'] ?? '';
  const benefits = (
    await tenant(app.jobcenter.id, (tx) =>
      tx.raw<{ id: string }>('select id from app.office_case where team_id = $1', [team]),
    )
  ).map(({ id }) => id);
  const theirs = await open(`${app.baseUrl}/arbeit/felder/reihenfolge`);
  await look(theirs, 'field-orders');
  await theirs.getByRole('link', { name: /^Kopf des Vorgangs\s*– Team Leistung/ }).click();
  await theirs.locator('#fassungen').waitFor();
  assert.equal(await theirs.locator('#aendern').count(), 0, 'who is no lead reads, and changes nothing');
  const page = await desk.context().newPage();
  await page.goto(`${app.baseUrl}/arbeit/felder/reihenfolge`);
  await look(page, 'field-orders-lead');
  await tabTo(page, /^Kopf des Vorgangs\s*– Team Leistung/);
  await page.keyboard.press('Enter');
  await page.locator('#aendern').waitFor();
  await look(page, 'field-order');
  assert.match(await page.locator('main').innerText(), /Bleibt immer sichtbar\. Am Geburtsdatum erkennen Sie/);
  assert.equal(await page.locator('[name="weg-birthDate"]').count(), 0);
  await page.locator('#f-weg-assignee').focus();
  await page.keyboard.press('Space');
  await page.locator('#f-platz-team').fill('1');
  await tabTo(page, /^Neue Fassung speichern/);
  await page.keyboard.press('Enter');
  await page.locator('.kern-alert--danger').first().waitFor(); // without a reason
  assert.equal(await page.locator('#f-weg-assignee').isChecked(), true);
  assert.equal(await page.locator('#f-platz-team').inputValue(), '1');
  await page.locator('#f-grund').fill('Wir arbeiten zu zweit an allem.');
  await tabTo(page, /^Neue Fassung speichern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=nachgerueckt/);
  await page.getByText('Andere Felder sind dabei auf einen anderen Platz gerückt.').waitFor();
  assert.equal(await page.locator('#f-platz-team').inputValue(), '1', 'what was typed is what is seen');
  await look(page, 'field-order-done');
  await theirs.reload();
  await theirs.locator('td', { hasText: 'Wir arbeiten zu zweit an allem.' }).waitFor();
  await look(theirs, 'field-order-read');
  await theirs.close();
  assert.match(await page.locator('#fassungen ~ *').first().innerText(), /Wir arbeiten zu zweit an allem/);
  const ofTeam = ids.map((_, index) => index).filter((index) => benefits.includes(ids[index] ?? ''));
  const path = casePath(ofTeam[0] ?? -1);
  await page.goto(path);
  const names = () => page.locator('.tw-head dt').allInnerTexts();
  const shown = (await names()).map((each) => each.trim());
  assert.match(shown[0] ?? '', /^Team/);
  assert.ok(!shown.some((each) => each.startsWith('Zuständig')), shown.join());
  await page.getByRole('link', { name: /^Alles zeigen/ }).click();
  await page.locator('.tw-head dt', { hasText: /^Zuständig/ }).waitFor();
  await page.close();
  await desk.goto(`${app.baseUrl}/arbeit/felder/reihenfolge/note?bereich=alle`);
  await desk.getByLabel('Name im Haus').last().fill('Wann war das?');
  await desk.locator('#f-grund').fill('Klarer');
  await desk.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await desk.waitForURL(/ok=geaendert/);
  await look(desk, 'field-order-house');
  for (const width of [360, 1280]) {
    await desk.setViewportSize({ width, height: 900 });
    const boxes = await desk
      .locator('.tw-order input[name^=name]')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width));
    assert.ok(boxes.length > 1 && boxes.every((each) => each > 150), `a name has room at ${width} px: ${boxes}`);
  }
  await desk.goto(`${path}?tun=notizen`);
  await desk.getByLabel('Wann war das?').waitFor();
});

test('what a team hides stays hidden for it, also when it orders again while the house hides the same', async () => {
  const team = app.teams['leistung'] ?? '';
  const versions = (teamId: string | null) => tenant(app.jobcenter.id, (tx) => orderVersions(tx, 'head', teamId));
  const [before] = await versions(team);
  assert.equal(before?.entries.find((each) => each.field === 'assignee')?.hidden, true, 'the team hides it');
  const who = { actor: { kind: 'staff', id: lead().id, name: 'Lou' }, role: 'lead', teamIds: [] } as const;
  const entries = before?.entries ?? [];
  const house = {
    spot: 'head',
    teamId: null,
    entries,
    why: 'Für alle',
    seen: (await versions(null))[0]?.version ?? 0,
  } as const;
  assert.equal((await tenant(app.jobcenter.id, (tx) => orderFields(tx, who, house))).kind, 'done');
  await desk.goto(`${app.baseUrl}/arbeit/felder/reihenfolge/head?bereich=${team}`);
  assert.equal(await desk.locator('[name="weg-assignee"]').count(), 0, 'the house hides it');
  await desk.locator('#f-platz-team').fill('9');
  await desk.locator('#f-grund').fill('Andere Reihe');
  await desk.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await desk.waitForURL(/ok=nachgerueckt/);
  const [now] = await versions(team);
  assert.equal(now?.version, (before?.version ?? 0) + 1);
  assert.equal(now?.entries.find((each) => each.field === 'assignee')?.hidden, true);
});

test('what stands beside the papers of a file is ordered; what is hidden there is folded, and says so', async () => {
  const [found] = await tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ file: string; household: string }>(
      'select file_id file, household_id household from app.office_case where household_id is not null limit 1',
      [],
    ),
  );
  const path = `${app.baseUrl}/arbeit/akte/${found?.file}`;
  const page = await open(path);
  const names = () => page.locator('aside h2').allInnerTexts();
  assert.match((await names())[0] ?? '', /^Wege/);
  const own = await page.locator('aside #own-fields').count();
  const who = { actor: { kind: 'staff', id: lead().id, name: 'Lou' }, role: 'lead', teamIds: [] } as const;
  const entries = ['holds', 'cases', 'ways', 'own'].map((field) => ({ field, hidden: field === 'own' }));
  const change = { spot: 'file', teamId: null, entries, why: 'Sperren zuerst', seen: 0 } as const;
  assert.equal((await tenant(app.jobcenter.id, (tx) => orderFields(tx, who, change))).kind, 'done');
  await page.goto(path);
  assert.match((await names())[0] ?? '', /^Nicht löschen/);
  const folded = page.locator('aside summary', { hasText: 'Ausgeblendet: Eigene Felder' });
  assert.equal(await folded.count(), own, 'folded where there is something');
  if (own > 0) await folded.click();
  await look(page, 'file-ordered');
  await page.close();
});
