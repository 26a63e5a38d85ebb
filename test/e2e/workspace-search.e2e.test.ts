import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { makeAppointmentsFindable, makeEventsFindable, makePaperFindable } from '../../src/main/jobs/make-findable.ts';
import { appointmentsOf, makeAppointment } from '../../src/modules/appointments/index.ts';
import { addNote, confirmPerson, writtenAfter } from '../../src/modules/cases/index.ts';
import { keepLanguages, readDocument } from '../../src/modules/documents/index.ts';
import { addEmployer } from '../../src/modules/employers/index.ts';
import { addMark } from '../../src/modules/files/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import { addHousehold, addPerson } from '../../src/modules/people/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { writtenPage } from '../../src/platform/reading/sample.ts';
import { follow } from '../support/browser.ts';
import { look, lookOnce } from '../support/look.ts';
import { submissionInput } from '../support/submit.ts';
import { app, browser, clerk, count, desk, open } from './workspace-desk.ts';

after(closeReading);
const { services, jobcenter } = app;

/** A letter of somebody, read, with a note about it; of a team of the clerk or of another one. */
async function letter(
  lines: readonly string[],
  name: string,
  teamId: string | null,
  foreign?: string,
): Promise<string> {
  const file = { name, bytes: writtenPage(lines), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const papers = { documents: [{ document, field: 'papers', recorded: false }], teamId };
  const input = await submissionInput(services, app, papers);
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  await readDocument(services, jobcenter.id, document.id, {
    announce: async (tx, _, pages) => {
      await keepLanguages(tx, document.id, foreign === undefined ? [] : [{ language: foreign, pages: [1] }]);
      await makePaperFindable(tx, services, document.id, pages);
    },
  });
  return received.caseId;
}

const lines = ['Hausverwaltung Nordlicht', 'Nebenkostenabrechnung 2025', 'Nachzahlung 318,40 EUR bis 15.12.2026'];
const ownCase = await letter(lines, 'Schreiben.pdf', null);
const elsewhere = await services.database.tenant(jobcenter.id, (tx) =>
  addTeam(tx, { key: 'woanders', name: 'Woanders', phone: '' }),
);
assert.ok(elsewhere.kind === 'added');
await letter([...lines, 'Geheimakte'], 'Fremd.pdf', elsewhere.id);
await services.database.tenant(jobcenter.id, async (tx) => {
  const { id } = clerk();
  const reader = { role: 'lead', id, teamIds: [] } as const;
  await addNote(
    tx,
    { actor: { kind: 'staff', id, name: 'Kim Klar' }, reader, caseId: ownCase },
    'Abrechnung der Nebenkosten ist strittig.',
  );
});
await services.database.tenant(jobcenter.id, async (tx) =>
  makeEventsFindable(tx, services, await writtenAfter(tx, '00000000-0000-0000-0000-000000000000', 1_000)),
);

test('by keyboard alone: "/" from anywhere, words of a letter, and the place on the page', async () => {
  const page = await open(`${app.baseUrl}/arbeit/klaerung`);
  await page.keyboard.press('/');
  await page.keyboard.type('Abrechnungen');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Texte' }).waitFor();
  assert.deepEqual(await page.locator('.tw-hit__title a').allInnerTexts(), ['Notiz', 'Schreiben.pdf']);
  assert.deepEqual(await page.locator('.tw-hit mark').allInnerTexts(), ['Abrechnung', 'Nebenkostenabrechnung']);
  assert.ok(!(await page.content()).includes('Geheimakte') && !(await page.content()).includes('Fremd.pdf'));
  await lookOnce(page, 'search-texts');
  await page.keyboard.press('j');
  while ((await page.evaluate('document.activeElement.textContent')) !== 'Schreiben.pdf')
    await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/dokumente\/.*seite=1&w=/);
  assert.ok(!page.url().includes('Abrechnungen'), 'what was looked for stands in no address');
  assert.equal(await page.locator('.tw-word-hit').count(), 1);
  assert.match(await page.getByRole('status').innerText(), /Eine Stelle auf dieser Seite/);
  await lookOnce(page, 'search-paper');
  const looked = await count(
    `select count(*) n from audit_entry where case_id = $1 and jobcenter_id = $2 and action = 'document.read' and reason = 'Textstelle in der Suche'`,
    [ownCase, jobcenter.id],
  );
  assert.equal(looked, 1, 'the piece in the list');
});

/** Waits until exactly these hits stand on the page: the address changes before the page does. */
const shown = (page: Page, titles: readonly string[]) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLElement>('.tw-hit__title a')].map((link) => link.innerText).join() === wanted,
    titles.join(),
  );

test('what is about the words comes before what names them; the newest first is one link away', async () => {
  const filler = Array.from({ length: 9 }, (_, line) => `Zeile ${line} mit fünf weiteren Wörtern darin`);
  await letter(['Hinweise zum Segelschein'], 'Hinweise.pdf', null);
  await letter([...filler, 'Am Ende auch ein Segelschein'], 'Allgemeines.pdf', null);
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Segelschein`);
  const titles = () => page.locator('.tw-hit__title a').allInnerTexts();
  const headings = () => page.locator('.tw-hits__fit').allInnerTexts();
  assert.deepEqual(await titles(), ['Hinweise.pdf', 'Allgemeines.pdf']);
  assert.deepEqual(await headings(), ['Davon handelt der Text', 'Kommt im Text vor']);
  await lookOnce(page, 'search-best-first');
  await page.getByRole('link', { name: 'Neuestes zuerst' }).click();
  await page.getByRole('link', { name: 'Passendes zuerst' }).waitFor();
  assert.deepEqual(await titles(), ['Allgemeines.pdf', 'Hinweise.pdf']);
  assert.deepEqual(await headings(), []);
  const before = page.url();
  await page.getByRole('button', { name: 'Eingrenzen' }).click();
  await page.waitForURL((url) => url.href !== before && url.searchParams.get('nach') === 'zeit');
  await shown(page, ['Allgemeines.pdf', 'Hinweise.pdf']);
  await page.getByRole('link', { name: 'Passendes zuerst' }).click();
  await shown(page, ['Hinweise.pdf', 'Allgemeines.pdf']);
  await page.close();
});

test('papers in another language are found by it, without a word about papers of other teams', async () => {
  await letter(['Sozialversicherung belgesi'], 'Belge.pdf', null, 'tr');
  await letter(
    ['Sozialversicherung zaswiadczenie'],
    'Swiadectwo.pdf',
    elsewhere.kind === 'added' ? elsewhere.id : '',
    'pl',
  );
  await letter(['Sozialversicherung Ausweis'], 'Ausweis.pdf', null);
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Sozialversicherung`);
  const titles = () => page.locator('.tw-hit__title a').allInnerTexts();
  assert.deepEqual(await titles(), ['Ausweis.pdf', 'Belge.pdf']);
  for (const [label, found] of [
    ['nicht auf Deutsch', ['Belge.pdf']],
    ['Türkisch', ['Belge.pdf']],
    ['Polnisch', []],
  ] as const) {
    await page.locator('#search-sprache').selectOption({ label });
    await page.getByRole('button', { name: 'Eingrenzen' }).click();
    await page.locator('#search-sprache option:checked', { hasText: label }).waitFor({ state: 'attached' });
    await shown(page, found);
  }
  await page.locator('#search-sprache').selectOption({ label: 'Türkisch' });
  await page.getByRole('button', { name: 'Eingrenzen' }).click();
  await page.getByRole('link', { name: 'Belge.pdf' }).waitFor();
  await lookOnce(page, 'search-language');
  await page.close();
});

test('a misspelt name, and one in another spelling, find the person', async () => {
  await services.database.tenant(jobcenter.id, async (tx) => {
    await addPerson(tx, { familyName: 'Schewtschenko', givenName: 'Olena', birthDate: '1984-02-11' });
    const id = await addPerson(tx, { familyName: 'Aktenzeich', givenName: 'Ina', birthDate: '1990-05-05' });
    await addHousehold(tx, {
      fileNumber: '4711/33',
      members: [{ personId: id, role: 'applicant' }],
      fromDay: '2026-01-01',
    });
    await addPerson(tx, { familyName: 'Niedermeyer', givenName: 'Jörg', birthDate: '1971-12-01' });
  });
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Shevchenko`);
  await page.getByText('Niemand heißt genau so').waitFor();
  assert.match(await page.locator('main').innerText(), /Schewtschenko, Olena/);
  await page.goto(`${app.baseUrl}/arbeit/suche?q=J%C3%B6rg+Nidermaier`);
  assert.match(await page.locator('main').innerText(), /Niedermeyer, Jörg/);
  for (const words of ['4711/33', '05.05.1990']) {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent(words)}`);
    assert.match(await page.locator('main').innerText(), /Aktenzeich, Ina/, words);
  }
  await lookOnce(page, 'search-alike');
  await page.close();
});

test('names written alike are found although a text has the word, one link away from a name that fits, and of whom nobody confirmed', async () => {
  const stated = (familyName: string) => ({ familyName, givenName: 'Piotr', birthDate: '1979-08-30' });
  await services.database.tenant(jobcenter.id, async (tx) => {
    await addPerson(tx, { familyName: 'Rittmeister', givenName: 'Karin', birthDate: '1982-06-01' });
    await receive(tx, { kind: 'client' }, await submissionInput(services, app, { person: stated('Wojciechowski') }));
  });
  await letter(['Vermieter Ritmeister', 'Mietvertrag'], 'Vertrag.pdf', null);
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Ritmeister`);
  const main = page.locator('main');
  assert.match(await main.innerText(), /Vertrag\.pdf[\s\S]*Niemand heißt genau so[\s\S]*Rittmeister, Karin/);
  await lookOnce(page, 'search-alike-below');
  await page.goto(`${app.baseUrl}/arbeit/suche?q=Rittmeister`);
  assert.doesNotMatch(await main.innerText(), /Niemand heißt genau so/);
  await page.getByRole('link', { name: 'Auch ähnlich geschriebene Namen zeigen' }).click();
  await page.getByText('Gleich und ähnlich geschriebene Namen').waitFor();
  await page.goto(`${app.baseUrl}/arbeit/suche?q=Woicechowski`);
  assert.match(await main.innerText(), /Wojciechowski, Piotr/);
  await page.close();
});

test('more people fit than are shown: the page says so, and the given name or the day of birth brings the one who is meant, without a script', async () => {
  await services.database.tenant(jobcenter.id, async (tx) => {
    for (let day = 1; day <= 20; day++)
      await addPerson(tx, {
        familyName: 'Gleichmann',
        givenName: 'Kim',
        birthDate: `1990-01-${String(day).padStart(2, '0')}`,
      });
    await addPerson(tx, { familyName: 'Gleichmann', givenName: 'Robin', birthDate: '1971-02-03' });
    const stated = { familyName: 'Gleichmann', givenName: 'Kim', birthDate: '1990-01-01' };
    await receive(tx, { kind: 'client' }, { ...(await submissionInput(services, app)), person: stated });
  });
  const home = await browser.newContext({
    storageState: await desk.storageState(),
    locale: 'de-DE',
    javaScriptEnabled: false,
  });
  const page = await home.newPage();
  const found = async (words: string): Promise<string> => {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent(words)}`);
    return page.locator('main').innerText();
  };
  const narrow = /Es gibt noch mehr Personen, die passen\. Geben Sie den Vornamen oder das Geburtsdatum dazu ein/;
  const many = await found('Gleichmann');
  assert.match(many, /Personen \(die ersten 20\)/);
  assert.match(many, narrow);
  assert.ok(many.search(narrow) < many.search(/Vorgänge \(1\)/), 'it stands below the people, above the cases');
  assert.doesNotMatch(many, /Robin/);
  const alike = await found('Gleihmann');
  assert.match(alike, /Ähnlich geschriebene Namen \(die ersten 10\)/);
  assert.match(alike, narrow);
  for (const words of ['Gleichmann, Robin', 'Gleichmann 3.2.1971', 'Gleihmann, geb. 03.02.1971']) {
    const one = await found(words);
    assert.match(one, /\(1\)[\s\S]*Gleichmann, Robin/, words);
    assert.doesNotMatch(one, /Es gibt noch mehr/, words);
  }
  await home.close();
  const shownPage = await open(`${app.baseUrl}/arbeit/suche?q=Gleihmann`);
  await look(shownPage, 'search-more');
  await shownPage.close();
});

test('what somebody wrote at a place of a paper is found as theirs', async () => {
  await letter(['Lieferschein 4711'], 'Lieferschein.pdf', null);
  await services.database.tenant(jobcenter.id, async (tx) => {
    const [paper] = await tx.raw<{ id: string }>("select id from app.document where name = 'Lieferschein.pdf'", []);
    const place = { x: 0.1, y: 0.1, width: 0.3, height: 0.1 };
    const mark = { documentId: paper?.id ?? '', page: 1, places: [place], note: 'Steinschmätzer fehlt hier.' };
    await addMark(tx, { id: clerk().id, name: 'Robin Rechner' }, mark);
    await makePaperFindable(tx, services, mark.documentId);
  });
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Steinschmätzer`);
  const hit = page.locator('.tw-hit');
  assert.match(await hit.innerText(), /Lieferschein\.pdf\s*Seite 1[\s\S]*^Markierung · [\s\S]*von Robin Rechner/m);
  await look(page, 'search-mark');
  await page.goto(`${app.baseUrl}/arbeit/suche?q=Lieferschein`);
  assert.match(await hit.innerText(), /^Dokument · /m);
  assert.doesNotMatch(await hit.innerText(), /Robin Rechner/, 'the words of the paper are of who sent it');
  await page.close();
});

test('filters, too short and empty questions, and "/" inside a field stays a character', async () => {
  const page = await open(`${app.baseUrl}/arbeit/suche?q=nebenkosten&art=note`);
  assert.deepEqual(await page.locator('.tw-hit__title a').allInnerTexts(), ['Notiz']);
  const lately = `${app.baseUrl}/arbeit/suche?q=nebenkosten&art=note&seit=30`;
  await page.goto(lately);
  assert.deepEqual(await page.locator('.tw-hit__title a').allInnerTexts(), ['Notiz']);
  const move = (by: string) =>
    services.database.tenant(jobcenter.id, (tx) =>
      tx.raw(`update app.search_entry set at = at ${by} interval '40 days' where kind = 'note' and case_id = $1`, [
        ownCase,
      ]),
    );
  await move('-');
  await page.goto(lately);
  await page.getByText('Mit dieser Auswahl gibt es keinen Text.').waitFor();
  await move('+');
  await page.goto(`${app.baseUrl}/arbeit/suche?q=nebenkosten&art=note`);
  await page.getByLabel('Art').selectOption('message');
  await page.getByRole('button', { name: 'Eingrenzen' }).click();
  await page.getByText('Mit dieser Auswahl gibt es keinen Text.').waitFor();
  await lookOnce(page, 'search-narrowed');
  await page.keyboard.press('/');
  await page.keyboard.type('a/b');
  assert.equal(await page.getByLabel('Wonach suchen Sie?').inputValue(), 'a/b');
  for (const [words, sentence] of [
    ['x', 'mindestens zwei Zeichen'],
    ['und die', 'Wort dazu'],
    ['Quastenflosser', 'Nichts gefunden'],
  ] as const) {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent(words)}`);
    await page.getByText(sentence).first().waitFor();
  }
  await lookOnce(page, 'search-none');
});

test('an appointment is found with its day and leads to it; without a word the filters give the newest', async () => {
  const at = new Date(Date.now() + 30 * 86_400_000);
  await services.database.tenant(jobcenter.id, async (tx) => {
    const { id } = clerk();
    const reader = { role: 'lead', id, teamIds: [] } as const;
    const act = { actor: { kind: 'staff', id, name: 'Kim Klar' }, reader, caseId: ownCase, staffId: id } as const;
    const wanted = { whom: 'stated', topic: 'work', staffId: id, startsAt: at, minutes: 30, way: 'office' } as const;
    const made = await makeAppointment(tx, act, { ...wanted, place: 'Zimmer Goldammer', bring: '', note: '' });
    assert.equal(made.kind, 'done');
    const [appointment] = await appointmentsOf(tx, ownCase);
    await makeAppointmentsFindable(tx, services, [appointment?.id ?? '']);
  });
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Goldammer`);
  const link = page.locator('.tw-hit__title a');
  const [year, month, day] = dayInGermany(at).split('-').map(Number);
  assert.match(await link.innerText(), new RegExp(`^Termin: .*${day}\\.${month}\\.${year}`));
  await look(page, 'search-appointment');
  await link.click();
  await page.waitForURL(/#termin-/);
  assert.equal(await page.locator('li:target', { hasText: 'Zimmer Goldammer' }).count(), 1);

  await page.goto(`${app.baseUrl}/arbeit/suche`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await look(page, 'search-empty');
  assert.equal(await page.locator('.tw-hit').count(), 0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator('#search-art').selectOption({ label: 'Termin' });
  await page.getByRole('button', { name: 'Eingrenzen' }).click();
  await page.getByText('Ohne Suchwort: das Neueste, das zur Auswahl passt.').waitFor();
  assert.equal(await page.locator('.tw-hit').count(), 1);
  assert.equal(await page.locator('#search-art').inputValue(), 'appointment');
  await look(page, 'search-no-word');
  await page.goto(`${app.baseUrl}/arbeit/suche?sprache=tr`);
  assert.equal(await page.locator('#search-sprache').inputValue(), 'tr', 'the filter of the address is kept');
  // As an index from before has it: by the entry of the timeline, as a note.
  await services.database.tenant(jobcenter.id, (tx) =>
    tx.raw(
      `update app.search_entry set kind = 'note', id = (select e.id from app.case_event e
          where e.case_id = search_entry.case_id and e.kind = 'appointment' limit 1) where kind = 'appointment'`,
      [],
    ),
  );
  await page.goto(`${app.baseUrl}/arbeit/suche?q=Goldammer`);
  assert.match(await link.innerText(), /^Termin: /);
  await page.close();
});

test('a person leads to the file in which the reader may open a case, or is said to have none; employers are found by name and place', async () => {
  const people = await services.database.tenant(jobcenter.id, async (tx) => {
    const made: string[] = [];
    for (const [givenName, caseId] of [
      ['Offen', ownCase],
      ['Zu', undefined],
    ] as const) {
      const person = { familyName: 'Zaunkönig', givenName, birthDate: '1980-05-05' };
      const id = await addPerson(tx, person);
      const members = [{ personId: id, role: 'applicant' }];
      const householdId = await addHousehold(tx, { fileNumber: `A-${givenName}`, members, fromDay: '2020-01-01' });
      made.push(id);
      if (caseId === undefined) continue;
      const act = { actor: { kind: 'staff', id: clerk().id, name: 'x' }, caseId } as const;
      const reader = { role: 'lead', id: clerk().id, teamIds: [] } as const;
      const name = `Zaunkönig, ${givenName}`;
      await confirmPerson(tx, { ...act, reader }, { id, householdId, name, birthDate: '1980-05-05' });
    }
    const by = { actor: { kind: 'staff', id: clerk().id, name: 'x' } as const };
    const said = { kind: 'employer', place: 'Zaunstadt', sector: '', wants: '', carerId: '' } as const;
    await addEmployer(tx, by, { ...said, name: 'Schlosserei Zaun' });
    return made;
  });
  assert.equal(people.length, 2);
  const page = await open(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent('Zaunkönig')}`);
  const row = (name: string) => page.locator('tr', { hasText: name });
  await row('Zaunkönig, Zu').getByText('Kein bestätigter Vorgang, den Sie öffnen dürfen.').waitFor();
  assert.equal(await row('Zaunkönig, Zu').locator('th a').count(), 0);
  await look(page, 'search-people');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('link', { name: 'Zaunkönig, Offen', exact: true }).click();
  await page.waitForURL(/\/arbeit\/akte\//);
  await page.getByRole('heading', { level: 1, name: /Zaunkönig/ }).waitFor();
  for (const words of ['Zaunstadt', 'Schlosserei Zaun', 'Shlosserei Zaun', 'Schloserei']) {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent(words)}`);
    await page.getByRole('link', { name: 'Schlosserei Zaun, Zaunstadt' }).waitFor();
  }
  await look(page, 'search-employers');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('link', { name: 'Betriebe', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Betriebe und Netzwerke' }).waitFor();
  await page.close();
});

test('pages of texts have numbers, and the way back as well as on', async () => {
  await services.database.tenant(jobcenter.id, async (tx) => {
    const { id } = clerk();
    const act = { actor: { kind: 'staff', id, name: 'Kim Klar' }, reader: { role: 'lead', id, teamIds: [] } } as const;
    for (let at = 0; at < 45; at += 1) await addNote(tx, { ...act, caseId: ownCase }, `Zeisig Nummer ${at}`);
    const all = await writtenAfter(tx, '00000000-0000-0000-0000-000000000000', 1_000);
    await makeEventsFindable(tx, services, all);
  });
  const page = await open(`${app.baseUrl}/arbeit/suche?q=Zeisig`);
  const texts = () => page.locator('.tw-hit__text').allInnerTexts();
  const turn = async (rel: 'next' | 'prev') => follow(page, page.locator(`a[rel=${rel}]`));
  const first = await texts();
  assert.equal(await page.locator('a[rel=prev]').count(), 0);
  await turn('next');
  await page.getByRole('heading', { name: 'Texte, Seite 2' }).waitFor();
  const second = await texts();
  await look(page, 'search-second-page');
  await turn('next');
  await page.getByRole('heading', { name: 'Texte, Seite 3' }).waitFor();
  assert.equal(new Set([...first, ...second, ...(await texts())]).size, 45);
  assert.equal(await page.locator('a[rel=next]').count(), 0);
  await turn('prev');
  assert.deepEqual(await texts(), second);
  await turn('prev');
  assert.deepEqual(await texts(), first);
  await page.close();
});
