import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { allTasks } from '../../src/main/jobs/index.ts';
import { confirmPerson, findCase, readerOf } from '../../src/modules/cases/index.ts';
import { sayFact, suggestRunning } from '../../src/modules/facts/index.ts';
import { arrivalsOfCases, receive } from '../../src/modules/intake/index.ts';
import { addHousehold, addPerson } from '../../src/modules/people/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { closeReading } from '../../src/platform/reading/index.ts';
import { look, tabTo } from '../support/look.ts';
import { scanPdf } from '../support/scans.ts';
import { smallPdf, submissionInput } from '../support/submit.ts';
import { app, casePath, clerk, count, ids, lead, open } from './workspace-desk.ts';

after(closeReading);
const board = (page: Page) => page.locator('.tw-board');
const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);

test('a fact by keyboard alone: said, replaced with its history, revoked with a reason', async () => {
  const page = await open(casePath(1));
  await page.keyboard.press('w');
  await page.locator('.tw-board__kinds').waitFor();
  await look(page, 'fact-kinds');
  await tabTo(page, /^Wer hilft/);
  await page.keyboard.press('Enter');
  await focused(page, 'f-factText');
  await page.keyboard.type('Frau Akin, Schwester');
  await tabTo(page, /Angabe speichern/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /was die helfende Person darf/);
  assert.equal(await page.locator('#f-factText').inputValue(), 'Frau Akin, Schwester');
  await look(page, 'fact-form');
  await page.getByRole('checkbox', { name: 'Auskunft bekommen' }).focus();
  await page.keyboard.press('Space');
  await tabTo(page, /#f-factUntil/);
  await page.keyboard.type('31.12.2099');
  await tabTo(page, /Angabe speichern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=fakten/);
  const helper =
    /Wer hilft[\s\S]*Frau Akin, Schwester, Auskunft bekommen bis 31\.12\.2099[\s\S]*von der Person gesagt am/;
  assert.match(await board(page).innerText(), helper);
  await look(page, 'case-with-board');
  await tabTo(page, /^Frau Akin/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Wer hilft' }).waitFor();
  await tabTo(page, /Neuen Stand eintragen/);
  await page.keyboard.press('Enter');
  await page.getByText('Jetzt steht hier').waitFor();
  assert.equal(await page.locator('#f-factText').inputValue(), 'Frau Akin, Schwester');
  await page.getByRole('checkbox', { name: 'Anträge stellen' }).focus();
  await page.keyboard.press('Space');
  await tabTo(page, /Angabe speichern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=fakten/);
  await page.getByRole('link', { name: /^Frau Akin/ }).click();
  await page.getByRole('heading', { name: 'Was vorher da stand' }).waitFor();
  await look(page, 'fact-page');
  await page.locator('#f-grund-ended').focus();
  await tabTo(page, /^Beenden/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.locator('#f-grund-ended').focus();
  await page.keyboard.type('Vollmacht widerrufen');
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=fakten/);
  assert.doesNotMatch(await board(page).innerText(), /Akin/);
  assert.match(await page.locator('.td-timeline').innerText(), /Gilt nicht mehr: Wer hilft[\s\S]*Vollmacht widerrufen/);
  await page.close();
});

test('what was read in a paper is taken over by one key, and links to its page; the file has the same board', async () => {
  const { services, jobcenter } = app;
  const file = { name: 'AU.pdf', bytes: smallPdf('AU'), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const documents = [{ document, field: 'papers', recorded: false as const }];
  const input = await submissionInput(services, app, { documents });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { caseId } = received;
  const today = dayInGermany(services.clock.now());
  const at = { caseId, documentId: document.id, page: 1, datedOn: today };
  for (const [text, until] of [
    ['Krankschreibung', '2099-11-27'],
    ['Bewilligung', '2099-12-31'],
  ] as const)
    await services.database.tenant(jobcenter.id, (tx) => suggestRunning(tx, at, { text, from: null, until }));
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  assert.match(
    await board(page).innerText(),
    /Stimmt das\? \(2\)[\s\S]*Krankschreibung bis 27\.11\.2099[\s\S]*AU\.pdf, Seite 1/,
  );
  await look(page, 'board-suggested');
  await page.keyboard.press('s');
  await page.waitForURL(/ok=fakten/);
  assert.match(await board(page).innerText(), /Was läuft bis wann[\s\S]*Krankschreibung bis 27\.11\.2099/);
  const href = await board(page).getByRole('link', { name: 'AU.pdf, Seite 1' }).first().getAttribute('href');
  assert.equal(href, `/arbeit/dokumente/${document.id}?seite=1`);
  await page.getByRole('link', { name: 'Ganze Akte' }).click();
  await page.getByRole('heading', { level: 1, name: /^Akte/ }).waitFor();
  assert.match(await board(page).innerText(), /Bewilligung[\s\S]*Krankschreibung/);
  await look(page, 'file-with-board');
  await page.getByRole('button', { name: /^Stimmt nicht: Bewilligung/ }).press('Enter');
  await page.waitForURL(/akte\/.*ok=fakten/);
  assert.doesNotMatch(await board(page).innerText(), /Bewilligung/);
  assert.equal(await count("select count(*) n from app.fact where closed_as = 'wrong'", []), 1);
  assert.ok((await count("select count(*) n from app.audit_entry where action = 'case.fact-confirmed'", [])) > 0);
  await page.close();
});

test('a rent on the second page is suggested, says what it does not fit, and its link shows the place', async () => {
  const { services, jobcenter } = app;
  const lines = (...texts: string[]) => ({
    lines: texts.map((text, row) => ({ text, x: 70, y: 90 + row * 40, size: 14 })),
  });
  const bytes = scanPdf([
    lines('Mietvertrag', 'Wohnbau Lindenhof GmbH'),
    { lines: [...lines('Miete je Monat', 'Grundmiete').lines, { text: '1.480,00 EUR', x: 380, y: 130, size: 14 }] },
  ]);
  const file = { name: 'Vertrag.pdf', bytes, mediaType: 'application/pdf', pages: 2 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const documents = [{ document, field: 'papers', recorded: false as const }];
  const input = await submissionInput(services, app, { documents });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { caseId } = received;
  const { id } = lead();
  const reader = readerOf({ id, role: 'lead', teamIds: [] });
  const day = dayInGermany(services.clock.now());
  const said = await services.database.tenant(jobcenter.id, (tx) =>
    sayFact(
      tx,
      { actor: { kind: 'staff', id, name: 'Leitung' }, reader, caseId },
      {
        kind: 'free',
        whom: 'household',
        text: 'Kaltmiete 1400 Euro',
        detail: { topic: 'housing' },
        validFrom: null,
        validUntil: null,
        source: { kind: 'person', id: null, page: null, day },
      },
      null,
    ),
  );
  assert.equal(said.kind, 'done');
  const folders = { blobFolder: join(app.dataFolder, 'blobs'), derivedFolder: join(app.dataFolder, 'derived') };
  const task = allTasks({ ...services, ...folders }).find((each) => each.name === 'read-document');
  await task?.run({ jobcenterId: jobcenter.id, documentId: document.id } as never);
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  assert.match(
    await board(page).innerText(),
    /Kaltmiete 1\.480,00 Euro\s+Vertrag\.pdf, Seite 2[\s\S]*Passt nicht zu dem, was schon bestätigt ist: Kaltmiete 1400 Euro/,
  );
  await look(page, 'board-contradicts');
  await board(page).getByRole('link', { name: 'Vertrag.pdf, Seite 2' }).click();
  await page.locator('rect.tw-word-hit').first().waitFor();
  assert.doesNotMatch(
    decodeURIComponent(new URL(page.url()).search),
    /1\.?480|480,00/,
    'what was read is in no address',
  );
  await look(page, 'reader-place', [1280]);
  await page.close();
});

test('how somebody is best reached and by which way notices go are said beside each other, on the board and with the letters', async () => {
  const page = await open(`${casePath(2)}?tun=fakten&fakt=reach`);
  await page.locator('[name=factWay]').first().waitFor();
  await page.locator('#f-factWay').selectOption('email');
  await page.locator('#f-factText').fill('mina@beispiel.example');
  await page.getByRole('button', { name: 'Angabe speichern' }).click();
  await page.waitForURL(/ok=fakten/);
  assert.match(
    await board(page).innerText(),
    /Am liebsten erreichbar\s+E-Mail, mina@beispiel\.example[\s\S]*Bescheide und Briefe\s+per Post, weil niemand dem Portal zugestimmt hat/,
  );
  const letters = page.locator('section[aria-labelledby=letters]');
  assert.match(
    await letters.innerText(),
    /mit der Post[\s\S]*Am liebsten erreichbar: E-Mail, mina@beispiel\.example[\s\S]*nicht für Bescheide/,
  );
  await look(page, 'board-ways');
  const letter = await open(`${casePath(2)}?tun=brief`);
  await letter.getByLabel('Unterlagen nachfordern').check();
  await letter.locator('#f-recipient').fill('Mina Beispielova\nAm Muster 1\n12345 Musterstadt');
  await letter.getByRole('button', { name: 'Brief beginnen' }).click();
  await letter.waitForURL(/briefe\//);
  assert.match(
    await letter.locator('section[aria-labelledby=preview]').innerText(),
    /Am liebsten erreichbar: E-Mail, mina@beispiel\.example[\s\S]*nicht für Bescheide/,
  );
  await letter.close();
  await board(page).getByRole('link', { name: 'Weg für Bescheide ändern' }).click();
  await page.getByLabel('Ins Portal. Die Person hat zugestimmt.').check();
  await page.locator('#f-mail').fill('mina@beispiel.example');
  await page
    .locator('form', { has: page.locator('#f-mail') })
    .locator('button[type=submit]')
    .click();
  await page.waitForURL(/ok=/);
  await board(page)
    .getByText(/gewünscht ist das Portal: Es fehlt ein Postfach/)
    .waitFor();
  await letters.getByText(/gewünscht ist das Portal: Es fehlt ein Postfach/).waitFor();
  await page.close();
});

test('of two who replace the same fact the second one sees what stands there now, and chooses', async () => {
  const first = await open(`${casePath(3)}?tun=fakten&fakt=language`);
  await first.locator('#f-factText').fill('Arabisch');
  await first.getByRole('button', { name: 'Angabe speichern' }).click();
  await first.waitForURL(/ok=fakten/);
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>('select id from app.fact where jobcenter_id = $1 and case_id = $2', [
      app.jobcenter.id,
      ids[3],
    ]),
  );
  const form = `${casePath(3)}?tun=fakten&fakt=language&ersetzt=${row?.id}`;
  await first.goto(form);
  const second = await open(form);
  await first.locator('#f-factText').fill('Kurdisch');
  await second.locator('#f-factText').fill('Englisch');
  await first.getByRole('button', { name: 'Angabe speichern' }).click();
  await first.waitForURL(/ok=fakten/);
  await second.getByRole('button', { name: 'Angabe speichern' }).click();
  await second.getByRole('alert').waitFor();
  assert.match(await second.getByRole('alert').innerText(), /war schneller[\s\S]*Kurdisch/);
  assert.equal(await second.locator('#f-factText').inputValue(), 'Englisch');
  await second.getByRole('button', { name: 'Angabe speichern' }).click();
  await second.waitForURL(/ok=fakten/);
  assert.match(await board(second).innerText(), /Englisch/);
  assert.doesNotMatch(await board(second).innerText(), /Kurdisch/);
  await first.close();
  await second.close();
});

test('whose a wage is that stood in a paper of the household is said where it is shown, or left open and said later', async () => {
  const caseId = ids[6] ?? '';
  const actor = { kind: 'staff', id: clerk().id, name: 'Kim Muster' } as const;
  const teamIds = Object.values(app.teams);
  const reader = readerOf({ id: clerk().id, role: 'clerk', teamIds });
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const today = dayInGermany(tx.now);
    const people = [];
    for (const givenName of ['Tara', 'Timo'])
      people.push(await addPerson(tx, { givenName, familyName: 'Probst', birthDate: '1991-05-06' }));
    const [first = '', second = ''] = people;
    const members = [
      { personId: first, role: 'applicant' as const },
      { personId: second, role: 'partner' as const },
    ];
    const householdId = await addHousehold(tx, { fileNumber: '4711/probst', members, fromDay: today });
    const known = { id: first, householdId, name: 'Probst, Tara', birthDate: '1991-05-06' };
    await confirmPerson(tx, { actor, reader, caseId }, known);
    const [arrival] = await arrivalsOfCases(tx, [caseId], 5);
    const at = { caseId, documentId: arrival?.documentId ?? tx.newId(), page: 1, datedOn: today };
    for (const text of ['Lohn Juli 2026: netto 1.111,00 €', 'Lohn August 2026: netto 1.222,00 €'])
      await suggestRunning(tx, at, { text, topic: 'work', from: null, until: null });
  });
  const page = await open(casePath(6));
  const suggested = (text: string) => page.locator('.tw-board__suggested li', { hasText: text });
  await look(page, 'whose-suggested');
  await suggested('1.111,00').getByLabel('Um wen geht es?').selectOption({ label: 'Timo Probst' });
  await suggested('1.111,00')
    .getByRole('button', { name: /^Stimmt Lohn/ })
    .press('Enter');
  await page.waitForURL(/ok=fakten/);
  assert.match(await board(page).innerText(), /1\.111,00 €[\s\S]*Probst, Timo|1\.111,00 €[\s\S]*Timo/);
  await page.keyboard.press('s'); // the other one is taken over without saying whose it is
  await page.waitForURL(/ok=fakten/);
  await board(page).getByRole('link', { name: 'Noch nicht gesagt, um wen es geht' }).press('Enter');
  await page.getByRole('heading', { name: 'Noch nicht gesagt, um wen es geht' }).waitFor();
  await look(page, 'whose-said-later');
  await page.getByRole('button', { name: 'Speichern', exact: true }).press('Enter');
  await page.locator('.kern-alert--danger').first().waitFor();
  await page.getByLabel('Um wen geht es?').selectOption({ label: 'Tara Probst' });
  await page.getByRole('button', { name: 'Speichern', exact: true }).press('Enter');
  await page.waitForURL(/ok=fakten/);
  assert.doesNotMatch(await board(page).innerText(), /Noch nicht gesagt, um wen/);
  await page.close();
});

test('the board lists who belongs to the household now, and nobody else; who may not see a case sees nobody of it', async () => {
  const { services, jobcenter } = app;
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenter.id, work);
  const actor = { kind: 'staff', id: clerk().id, name: 'Kim Muster' } as const;
  const reader = readerOf({ id: lead().id, role: 'lead', teamIds: [] });
  const caseId = ids[7] ?? '';
  const closed = await inTenant((tx) => addTeam(tx, { key: 'haushalt-fremd', name: 'Fremdes Team', phone: '' }));
  assert.ok(closed.kind === 'added');
  const input = await submissionInput(services, app, { teamId: closed.id });
  const received = await inTenant((tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const household = (tx: Tx, familyName: string, born: Readonly<Record<string, string>>) => {
    const roles = ['applicant', 'partner', 'child'] as const;
    const members = Object.entries(born).map(async ([givenName, birthDate], n) => ({
      personId: await addPerson(tx, { givenName, familyName, birthDate }),
      role: roles[n] ?? 'child',
    }));
    return Promise.all(members);
  };
  await inTenant(async (tx) => {
    const fromDay = '2026-01-01';
    const own = await household(tx, 'Haubold', { Hedda: '1990-02-03', Henk: '1988-07-08', Hanno: '2019-11-12' });
    const [first] = own;
    const householdId = await addHousehold(tx, { fileNumber: '4711/haubold', members: own, fromDay });
    const known = { id: first?.personId ?? '', householdId, name: 'Haubold, Hedda', birthDate: '1990-02-03' };
    await confirmPerson(tx, { actor, reader, caseId }, known);
    // Henk has moved out: his place in the household has an end.
    await tx.raw('update app.household_member set until_day = $1 where jobcenter_id = $2 and person_id = $3', [
      '2026-03-31',
      jobcenter.id,
      own[1]?.personId,
    ]);
    const others = await household(tx, 'Fremdling', { Frida: '1979-09-09' });
    const otherId = await addHousehold(tx, { fileNumber: '4711/fremdling', members: others, fromDay });
    const other = {
      id: others[0]?.personId ?? '',
      householdId: otherId,
      name: 'Fremdling, Frida',
      birthDate: '1979-09-09',
    };
    await confirmPerson(tx, { actor, reader, caseId: received.caseId }, other);
  });
  const page = await open(casePath(7));
  const members = async (): Promise<string[]> =>
    (await board(page).locator('.tw-board__member').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  assert.deepEqual(await members(), [
    'Hedda Haubold 03.02.1990 aus der Akte, seit 01.01.2026',
    'Hanno Haubold 12.11.2019 aus der Akte, seit 01.01.2026',
  ]);
  assert.match(await board(page).innerText(), /Haushalt[\s\S]*Hedda Haubold/);
  const text = await page.content();
  for (const name of ['Henk', 'Frida', 'Fremdling']) assert.ok(!text.includes(name), name);
  await look(page, 'board-household');
  const fileId = await inTenant(async (tx) => (await findCase(tx, reader, caseId))?.fileId);
  await page.goto(`${app.baseUrl}/arbeit/akte/${fileId}`);
  assert.deepEqual(
    await members(),
    [
      'Hedda Haubold 03.02.1990 aus der Akte, seit 01.01.2026',
      'Hanno Haubold 12.11.2019 aus der Akte, seit 01.01.2026',
    ],
    'the file says the same',
  );
  const otherFile = await inTenant(async (tx) => (await findCase(tx, reader, received.caseId))?.fileId);
  for (const path of [`vorgaenge/${received.caseId}`, `akte/${otherFile}`]) {
    const reply = await page.goto(`${app.baseUrl}/arbeit/${path}`);
    assert.equal(reply?.status(), 404, path);
    assert.doesNotMatch(await page.content(), /Frida|Fremdling/);
  }
  await page.goto(casePath(8));
  assert.equal(
    await board(page).locator('.tw-board__member').count(),
    0,
    'a case of nobody yet belongs to no household',
  );
  await page.close();
});
