import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { makeAppointment } from '../../src/modules/appointments/index.ts';
import {
  casesByIds,
  confirmPerson,
  findReturnCode,
  issueReturnCode,
  parseReturnCode,
  requireItem,
  returnPath,
} from '../../src/modules/cases/index.ts';
import { holdFile } from '../../src/modules/files/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import {
  beginNotice,
  markLetters,
  noteDrawn,
  returnedPapers,
  saveTemplate,
  sendAgain,
  submitNotice,
} from '../../src/modules/notices/index.ts';
import {
  eraseDay,
  findBatch,
  lettersOfBatch,
  pagesOfBatch,
  readScans,
  separatorCode,
} from '../../src/modules/post/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { closeReading, type PageReading, pageText, readPages } from '../../src/platform/reading/index.ts';
import { leave } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { qrCodesOf } from '../support/qr.ts';
import { followingSheet, letterSheet, type ScanSheet, scanPdf } from '../support/scans.ts';
import { prepared, submissionInput } from '../support/submit.ts';
import { app, browser, clerk, count, desk, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

after(closeReading);
const shots = process.env.TANDEM_TEST_SHOTS;

/** A picture for the eye of whoever develops a page; nothing in a usual run. */
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: width === 360 });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const readAll = async (): Promise<void> => {
  while (await readScans({ ...app.services, ownName: app.jobcenter.name }, app.jobcenter.id));
};

/** Brings a stack in by the upload page and lets it be read; gives the address of the stack. */
async function upload(page: Page, sheets: readonly ScanSheet[], mark: string): Promise<string> {
  await page.goto(`${app.baseUrl}/arbeit/post`);
  await page
    .getByLabel('Scan des Stapels')
    .setInputFiles({ name: `Stapel ${mark}.pdf`, mimeType: 'application/pdf', buffer: scanPdf(sheets, mark) });
  await page.getByRole('button', { name: 'Hochladen' }).click();
  await page.waitForURL(/post\/stapel\//);
  return page.url();
}

/** Opens a page anew that renews itself: it is left first, so that its own renewal cannot come in between. */
async function goAgain(page: Page, address: string): Promise<void> {
  await leave(page);
  await page.goto(address);
}

const separator: ScanSheet = { code: separatorCode, lines: [{ text: 'Trennblatt', x: 200, y: 400, size: 30 }] };
const payslip = (month: string, year = 2026): ScanSheet =>
  letterSheet({
    sender: 'Bäckerei Sonne GmbH',
    subject: `Entgeltabrechnung ${month} ${year}`,
    text: ['Arbeitnehmer: Jürgen Schröder', 'geb. am 29.03.1986', 'Steuerklasse 1, Gesamtbrutto 1.450,00 €'],
  });

/** Letters of the sitting; a hundred are confirmed with TANDEM_TEST_LETTERS=100 (`npm run check:letters`). */
const sitting = Number(process.env['TANDEM_TEST_LETTERS'] ?? 12);

test('a dozen letters in one sitting, by keyboard alone: one key for a letter whose suggestion is right', async (t) => {
  const months = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober'];
  const sheets = [
    ...Array.from({ length: sitting - 2 }, (_, i) => payslip(months[i % 10] ?? '', 2026 - Math.floor(i / 10))).flatMap(
      (sheet) => [sheet, separator],
    ),
    letterSheet({
      sender: 'Stadtwerke Musterstadt AG',
      subject: 'Stromrechnung 2026',
      text: ['Zählernummer 4711, Arbeitspreis 0,32 EUR'],
    }),
    followingSheet(['Abschlagsplan, Abschlag monatlich 48,00 €']),
    separator,
    letterSheet({ sender: 'Praxis Dr. Klar', subject: 'Attest', text: ['Herr Hans Unbekannt war krank.'] }),
  ];
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, sheets, 'zwölf');
  await shot(page, 'post-reading');
  await readAll();
  await goAgain(page, address);
  await shot(page, 'post-batch');
  await look(page, 'batch');
  const before = await count('select count(*) n from app.submission', []);
  const people = await count('select count(*) n from app.person', []);
  let keys = 0;
  const press = async (key: string, navigates = true): Promise<void> => {
    keys += 1;
    const arrived = navigates ? page.waitForEvent('load') : undefined;
    await page.keyboard.press(key);
    await arrived;
  };
  await press('w'); // on to the first letter
  await shot(page, 'post-letter');
  await look(page, 'letter');
  assert.match(await page.locator('.tp-take').innerText(), /Schröder, Jürgen/);
  assert.match(await page.locator('.tp-who').innerText(), /gleicher Name, gleiches Geburtsdatum/);
  const began = performance.now();
  for (let i = 0; i < sitting - 2; i += 1) await press('Enter');
  t.diagnostic(`${sitting - 2} letters confirmed in ${Math.round(performance.now() - began)} ms`);
  assert.match(await page.locator('.tp-facts').innerText(), /Stadtwerke Musterstadt AG/);
  await press('n');
  await press('b');
  await press('r', false);
  assert.ok(await page.getByLabel('Bestätigung per Brief').isChecked());
  await press('p', false);
  keys += 'Nowak'.length;
  await page.keyboard.type('Nowak');
  await press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('#people-found') !== null);
  await press('Enter');
  assert.match(await page.locator('.tp-take').innerText(), /Nowak, Kasia/);
  assert.ok(await page.getByLabel('Bestätigung per Brief').isChecked(), 'kept while the person was searched');
  await press('Enter');
  assert.match(await page.locator('.tp-take').innerText(), /Person unbekannt/);
  await press('Enter');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  assert.equal(await count('select count(*) n from app.submission', []), before + sitting);
  assert.equal(await count('select count(*) n from app.person', []), people, 'a letter opens no person by itself');
  assert.equal(
    await count(
      "select count(*) n from app.receipt r join app.submission s on s.id = r.submission_id where s.channel = 'post' and r.payload like '%Blatt%'",
      [],
    ),
    sitting,
  );
  assert.equal(keys, sitting + 12, `${keys} keys for ${sitting} letters`);
  await shot(page, 'post-done');
  await page.close();
});

test('who is looked for with a misspelt name is found, marked, and no Enter in passing takes them or the letter', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, [payslip('Februar', 2025)], 'verschrieben');
  await readAll();
  await goAgain(page, address);
  await page.keyboard.press('w');
  await page.waitForURL(/brief/);
  await page.keyboard.press('p');
  await page.keyboard.type('Nohwak');
  const found = page.locator('#people-found');
  await found.getByRole('link', { name: 'Nowak, Kasia' }).waitFor(); // while one types
  assert.match(await found.innerText(), /Niemand heißt genau so[\s\S]*Nowak, Kasia · geb\..*\s*ähnlich geschrieben/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/[?&]w=/);
  await found.getByRole('link', { name: 'Nowak, Kasia' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'person-search');
  assert.match(await page.locator('.tp-take').innerText(), /Schröder, Jürgen/, 'what is suggested stays');
  await look(page, 'letter-people-alike');
  assert.equal(await found.locator('[data-shortcut]').count(), 0, 'nor does a key take them');
  await found.getByRole('link', { name: 'Nowak, Kasia' }).click();
  await page.locator('.tp-take', { hasText: 'Nowak, Kasia' }).waitFor();
  await page.goto(`${page.url().split('?')[0]}?suche=Nowak`);
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Nowak, Kasia')); // Enter chooses
  await page.goto(`${page.url().split('?')[0]}?suche=Y%C4%B1lmaz`);
  const key = await found.getByRole('link', { name: 'Yılmaz, Elif' }).first().locator('kbd').innerText();
  assert.match(key, /^[789]$/);
  await page.keyboard.press(key);
  await page.locator('.tp-take', { hasText: 'Yılmaz, Elif' }).waitFor();
  await page.goto(`${page.url().split('?')[0]}?suche=Nowak`);
  await found.getByRole('link', { name: 'Auch ähnlich geschriebene Namen zeigen' }).click();
  await found.getByText('Gleich und ähnlich geschriebene Namen').waitFor();
  await page.close();
});

test('the last letter is opened again and goes to another case; its receipt stays', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, [payslip('November'), separator, payslip('Dezember')], 'zurück');
  await readAll();
  await goAgain(page, address);
  await page.keyboard.press('w');
  await page.waitForURL(/brief/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/zuletzt=/);
  const receipts = await count('select count(*) n from app.receipt', []);
  const [filed] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ submission: string; case: string }>(
      'select submission_id as submission, case_id as case from app.scan_letter where filed_at is not null order by filed_at desc limit 1',
      [],
    ),
  );
  const other = ids[30] ?? '';
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const staffId = app.staff[0]?.id ?? '';
    const reader = { role: 'lead', id: staffId, teamIds: [] } as const;
    const [right] = await casesByIds(tx, [filed?.case ?? '']);
    assert.ok(right?.personId);
    const { personId: id, householdId, personName: name, birthDate } = right;
    const person = { id, householdId, name, birthDate: birthDate ?? '1990-01-01' };
    await confirmPerson(
      tx,
      { actor: { kind: 'staff', id: staffId, name: 'Kim Muster' }, reader, caseId: other },
      person,
    );
    const act = {
      actor: { kind: 'staff', id: staffId, name: 'Kim Muster' } as const,
      reader,
      caseId: filed?.case ?? '',
      staffId,
    };
    const startsAt = new Date(app.services.clock.now().getTime() + 3 * 86_400_000);
    const talk = { whom: 'household', topic: 'work', way: 'office', place: 'Zimmer 78', bring: '', note: '' } as const;
    const made = await makeAppointment(tx, act, { ...talk, staffId, minutes: 30, startsAt });
    assert.equal(made.kind, 'done');
  });
  await page.keyboard.press('u');
  await page.getByText('Dieser Brief ist schon bestätigt').waitFor();
  await shot(page, 'post-correct');
  await page.locator(`input[name=case][value^="${other}"]`).first().check();
  await page.getByRole('button', { name: 'Verschieben und weiter' }).click();
  await page.waitForURL(/zuletzt=/);
  assert.equal(await count('select count(*) n from app.receipt', []), receipts);
  const along =
    "select count(*) n from app.appointment a join app.submission s on s.case_id = a.case_id where s.id = $1 and s.case_id <> $2 and a.place = 'Zimmer 78'";
  // Alone, this letter had a case of its own, which is empty now; behind the sitting above there are others of the same person in it.
  const left = await count('select count(*) n from app.submission where case_id = $1', [filed?.case]);
  assert.equal(
    await count(along, [filed?.submission, filed?.case]),
    left === 0 ? 1 : 0,
    'an appointment goes along with the last letter of its case, and with no other one',
  );
  await page.keyboard.press('l');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  await page.getByText('Zurückgestellt', { exact: true }).first().waitFor();
  await page.close();
});

test('a letter that lies aside: the list names the day on which its scan goes, and warns when that is soon', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, [payslip('Mai', 2025)], 'beiseite');
  await readAll();
  await goAgain(page, address);
  await page.keyboard.press('w');
  await page.waitForURL(/post\/brief\//);
  await page.keyboard.press('l');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  const [, batch] = /stapel\/([\w-]+)/.exec(address) ?? [];
  const inOffice = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    app.services.database.tenant(app.jobcenter.id, work);
  const reader = { role: 'clerk', id: clerk().id, teamIds: [] } as const;
  /** Lets the letter lie for so many days, since its stack came, and gives the day on which the job would delete the scan, as a page writes it. */
  const lies = (days: number): Promise<string> =>
    inOffice(async (tx) => {
      const since = new Date(tx.now.getTime() - days * 86_400_000);
      const came = new Date(since.getTime() - 60_000);
      await tx.raw('update app.scan_batch set created_at = $1 where id = $2', [came, batch]);
      await tx.raw('update app.scan_letter set aside_at = $1 where batch_id = $2', [since, batch]);
      const found = await findBatch(tx, reader, batch ?? '');
      assert.ok(found !== undefined);
      const day = eraseDay(found, await lettersOfBatch(tx, found.id), await pagesOfBatch(tx, found.id), 30);
      return (day ?? '').split('-').reverse().join('.');
    });
  const row = page.getByRole('row', { name: /Stapel beiseite/ });
  const warned = page.locator('.kern-alert--warning li', { hasText: 'Stapel beiseite' });
  const later = await lies(100);
  await page.goto(`${app.baseUrl}/arbeit/post`);
  assert.ok((await row.innerText()).includes(`Der Scan wird am ${later} gelöscht.`));
  assert.equal(await row.locator('.tw-warn').count(), 0, 'there is time');
  assert.equal(await warned.count(), 0);
  const soon = await lies(340);
  await page.reload();
  assert.ok((await row.locator('.tw-warn').innerText()).includes(`Der Scan wird am ${soon} gelöscht.`));
  assert.match(await warned.innerText(), /1 Brief zurückgestellt/);
  assert.ok((await warned.innerText()).includes(`Der Scan wird am ${soon} gelöscht.`));
  await look(page, 'post-ending');
  await page.goto(address);
  assert.ok((await page.locator('main').innerText()).includes(`Der Scan wird am ${soon} gelöscht.`));
  await look(page, 'batch-ending');
  assert.ok(
    ((await page.getByText('Bestätigte Briefe bleiben.').boundingBox())?.width ?? 0) > 250,
    'its words have the width of the page',
  );
  await page.goto(`${address}?fertig=1`);
  await page.getByText('Kein Brief ist mehr offen, aber einer ist zurückgestellt').waitFor();
  assert.equal(await page.locator('.kern-alert--success').count(), 0);
  await page.getByRole('link', { name: 'Post', exact: true }).last().click();
  await page.waitForURL('**/arbeit/post');
  await page.goto(address);
  await page.getByRole('button', { name: 'Brief ab Blatt 1 wieder aufnehmen' }).click();
  await page.waitForURL(/post\/brief\//);
  await page.goto(`${address}?fertig=1`);
  assert.match(await page.locator('main').innerText(), /1 Brief offen/);
  assert.equal(await page.getByText('Kein Brief ist mehr offen').count(), 0, 'an old address does not say so');
  await page.close();
});

test('a letter that fits what was asked for is offered there, by keyboard; taking it back makes it missing again', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const [known] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string; person: string }>(
      `select c.id, c.person_id as person from app.office_case c join app.person p on p.jobcenter_id = c.jobcenter_id and p.id = c.person_id
        where c.jobcenter_id = $1 and p.family_name = 'Schröder' and c.state <> 'closed' order by c.id limit 1`,
      [app.jobcenter.id],
    ),
  );
  assert.ok(known !== undefined);
  const { id: caseId } = known;
  const by = { actor: { kind: 'staff', id: lead().id, name: 'Lead' }, caseId, staffId: lead().id } as const;
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const reader = { role: 'lead', id: lead().id, teamIds: [] } as const;
    for (const what of ['Impfpass der Katze', 'Verdienstabrechnung September'])
      await requireItem(tx, { ...by, reader }, { what, why: 'Für die Berechnung.', dueOn: '2030-01-31' });
  });
  const missing = () =>
    count(
      `select count(*) n from app.required_item where case_id = $1 and what like 'Verdienst%' and fulfilled_at is null`,
      [caseId],
    );
  const address = await upload(page, [payslip('September')], 'gefordert');
  await readAll();
  await goAgain(page, address);
  await page.keyboard.press('w');
  await page.waitForURL(/brief/);
  const where = page.getByRole('group', { name: 'Wohin gehört der Brief?' });
  assert.ok(await where.getByRole('radio', { name: /Verdienstabrechnung September/ }).isChecked());
  assert.equal(await where.getByRole('radio', { name: /Impfpass/ }).isChecked(), false);
  await shot(page, 'post-item');
  await look(page, 'letter for an item');
  await page.keyboard.press('Enter');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  assert.equal(await missing(), 0);
  await page.locator('.tp-letter').first().click();
  await page.getByRole('button', { name: /Korrigieren|korrigieren|Noch einmal/ }).waitFor();
  await page.keyboard.press('u');
  await page.getByText('Dieser Brief ist schon bestätigt').waitFor();
  assert.equal(await missing(), 1);
  assert.ok(await where.getByRole('radio', { name: /Verdienstabrechnung September/ }).isChecked());
  await page.keyboard.press('c');
  await page.keyboard.press('ArrowDown');
  await shot(page, 'post-item-again');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  assert.equal(await missing(), 0);
  await page.close();
});

/** A letter of ours that was handed to the post, and the sheet that comes back with its code. */
async function sentLetter(
  index = 9,
): Promise<{ readonly id: string; readonly caseId: string; readonly sheet: ScanSheet }> {
  const { services, jobcenter } = app;
  const caseId = ids[index] ?? '';
  const actor = { kind: 'staff', id: lead().id, name: 'Lead' } as const;
  const reader = { role: 'lead', id: lead().id, teamIds: [] } as const;
  const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
  const template = { key: 'schreiben', title: 'Schreiben', subject: 'Schreiben', kind: 'letter' } as const;
  const begun = await at(async (tx) => {
    const rule = { discretion: false, blocks: ['fragen'], release: 'never', aboveCents: 0, retired: false } as const;
    await saveTemplate(tx, actor, { ...template, ...rule, reason: 'neu', opened: 0 });
    return beginNotice(tx, { actor, reader, caseId }, { template: 'schreiben', recipient: 'Mika Muster\nWeg 1' });
  });
  assert.ok(begun.kind === 'begun');
  const { id } = begun;
  const document = await prepared(services, app, 'Schreiben.pdf');
  const sent = await at(async (tx) => {
    const values = { 'team.phone': '1', 'case.number': 'V' };
    const input = { content: 0, document, values, way: 'post', sender: jobcenter.name } as const;
    const outcome = await submitNotice(tx, { actor, reader, noticeId: id }, input);
    await noteDrawn(tx, actor, [id]);
    await markLetters(tx, actor, reader, { ids: [id], done: 'printed' });
    await markLetters(tx, actor, reader, { ids: [id], done: 'posted', day: dayInGermany(tx.now) });
    return outcome.kind;
  });
  assert.equal(sent, 'sent');
  const { codes } = await services.keyring.of(jobcenter.id);
  const issued = await at((tx) => issueReturnCode(tx, codes, { caseId, purpose: 'letter', by: lead().id }));
  const sheet = letterSheet({ sender: jobcenter.name, subject: 'Schreiben', text: ['Empfänger unbekannt verzogen'] });
  return { id, caseId, sheet: { ...sheet, code: returnPath(issued?.code ?? '') } };
}

test('our own letter that came back is noted with one key, as no answer of the person; the key was wrong, and it is taken back', async () => {
  const { id, caseId, sheet } = await sentLetter();
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, [sheet, separator, payslip('Juni')], 'rückläufer');
  await readAll();
  const submissions = await count('select count(*) n from app.submission', []);
  const returns = () =>
    count(
      `select count(distinct n.id) n from app.notice_step s join app.notice n on n.jobcenter_id = s.jobcenter_id and n.id = s.notice_id
        where n.id = $1 and n.waits_for = 'address' and s.kind = 'returned'`,
      [id],
    );
  await goAgain(page, address);
  await page.keyboard.press('w');
  await page.waitForURL(/brief/);
  await page.getByRole('heading', { name: 'Ist das ein Rückläufer?' }).waitFor();
  assert.match(await page.locator('.tp-returned').innerText(), /Unser Brief „Schreiben“, zur Post gegeben am/);
  await look(page, 'letter that came back');
  await shot(page, 'post-returned');
  await page.keyboard.press('z');
  await page.locator('#f-umschlag-error').waitFor();
  assert.equal(await returns(), 0, 'nobody has said what the envelope says');
  assert.equal(await page.locator('.tp-returned input:checked').count(), 0);
  await look(page, 'letter that came back, nothing said');
  await page.getByLabel('etwas anderes').check();
  await page.keyboard.press('z');
  await page.locator('#f-umschlagWorte-error').waitFor();
  assert.ok(await page.getByLabel('etwas anderes').isChecked(), 'what was chosen stays');
  await page.locator('#f-umschlag').focus(); // the chosen one, the last of the list: down goes to the first
  for (const _ of ['moved', 'unknown', 'refused']) await page.keyboard.press('ArrowDown');
  assert.ok(await page.getByLabel('Annahme verweigert').isChecked());
  await page.keyboard.press('z');
  await page.getByText('Vermerkt: Der Brief kam zurück.').waitFor();
  assert.equal(await returns(), 1);
  assert.equal(await count('select count(*) n from app.submission', []), submissions, 'it is no submission');
  await page.goto(`${app.baseUrl}/arbeit/briefe/${id}`);
  assert.match(await page.locator('main').innerText(), /Zurückgekommen[\s\S]*Annahme verweigert/);
  const picture = await page.getByRole('link', { name: 'Umschlag ansehen (PDF)' }).getAttribute('href');
  const paper = await page.request.get(`${app.baseUrl}${picture}`);
  assert.equal(paper.headers()['content-type'], 'application/pdf');
  await look(page, 'letter with its envelope');
  assert.equal((await page.request.get(`${app.baseUrl}${picture?.replace('/original', '')}`)).status(), 200);

  await goAgain(page, address);
  assert.match(await page.locator('main').innerText(), /Rückläufer/);
  await page.locator('.tp-letter').first().click();
  await page.getByRole('link', { name: 'Zum Brief' }).waitFor();
  await look(page, 'letter that came back, confirmed');
  await page.keyboard.press('u');
  await page.getByRole('heading', { name: 'Ist das ein Rückläufer?' }).waitFor();
  assert.equal(await returns(), 0);
  assert.equal((await page.request.get(`${app.baseUrl}${picture}`)).status(), 404);
  const again = async () => {
    await page.getByLabel('etwas anderes').check();
    await page.getByLabel('Andere Worte auf dem Umschlag').fill('Haus abgerissen');
    await page.getByRole('button', { name: 'Kam ungeöffnet zurück' }).click();
    await page.getByText('Vermerkt: Der Brief kam zurück.').waitFor();
    assert.equal(await returns(), 1);
    await goAgain(page, address);
    await page.locator('.tp-letter').first().click();
    await page.getByRole('link', { name: 'Zum Brief' }).waitFor();
  };
  await again();

  const inJobcenter = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    app.services.database.tenant(app.jobcenter.id, work);
  const held = await inJobcenter(async (tx) => {
    const [paper] = await returnedPapers(tx, { caseIds: [caseId] });
    const fileId = (await casesByIds(tx, [caseId]))[0]?.fileId ?? '';
    await holdFile(tx, 'Lead', { fileId, documentId: paper?.documentId ?? '', reason: 'Klage' });
    return paper?.documentId;
  });
  await page.keyboard.press('u');
  await page.getByText('Das Bild des Rückläufers bleibt in der Akte').waitFor();
  await look(page, 'letter taken up again, its picture held');
  await page.goto(`${app.baseUrl}/arbeit/briefe/${id}`);
  const kept = page.locator('li', { hasText: 'Das Bild bleibt: Es war gegen Löschen gesperrt' });
  const link = await kept.getByRole('link', { name: 'Umschlag ansehen (PDF)' }).getAttribute('href');
  assert.match(link ?? '', new RegExp(held ?? 'none'));
  assert.equal((await page.request.get(`${app.baseUrl}${link}`)).status(), 200);

  await goAgain(page, address);
  await page.locator('.tp-letter').first().click();
  await again();
  const sender = { actor: { kind: 'staff', id: lead().id, name: 'Lead' }, noticeId: id } as const;
  const reader = { role: 'lead', id: lead().id, teamIds: [] } as const;
  const sent = await inJobcenter((tx) => sendAgain(tx, { ...sender, reader }, { recipient: 'Mika Muster\n12345 Ort' }));
  assert.equal(sent.kind, 'done');
  await page.keyboard.press('u');
  await page.getByText('Der Rückläufer lässt sich nicht mehr zurücknehmen').waitFor();
  await look(page, 'letter that came back, sent again');
  await inJobcenter((tx) =>
    tx.raw('update app.scan_batch set document_id = null where id = $1', [address.split('/').at(-1)]),
  );
  await page.reload();
  await page.getByText('Wieder aufnehmen geht nicht mehr').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Wieder aufnehmen' }).count(), 0);
  await page.close();
});

test('who holds a letter of another team notes that it came back, without scripts, and sees nothing of its case', async () => {
  const { id, caseId, sheet } = await sentLetter(10);
  const inJobcenter = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    app.services.database.tenant(app.jobcenter.id, work);
  await inJobcenter(async (tx) => {
    const team = await addTeam(tx, { key: 'fremd', name: 'Fremd', phone: '1' });
    assert.ok(team.kind === 'added');
    await tx.raw('update app.office_case set team_id = $1 where id = $2', [team.id, caseId]);
  });
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, [sheet], 'fremd');
  await readAll();
  await page.close();
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'de-DE',
    viewport: { width: 360, height: 900 },
    storageState: await desk.storageState(),
  });
  const reading = await plain.newPage();
  await reading.goto(address);
  await reading.locator('.tp-letter').first().click();
  const offer = reading.locator('.tp-returned');
  assert.match(await offer.innerText(), /Unser Brief eines anderen Teams, zur Post gegeben am/);
  assert.doesNotMatch(await offer.innerText(), /„Schreiben“/, 'its subject is none of their business');
  await reading.getByRole('button', { name: 'Kam ungeöffnet zurück' }).click();
  await reading.locator('#f-umschlag-error').waitFor();
  await reading.getByLabel('nicht abgeholt').check();
  await reading.getByRole('button', { name: 'Kam ungeöffnet zurück' }).click();
  await reading.getByText('Kein Brief ist mehr offen').waitFor();
  const waits = `select count(*) n from app.notice where id = $1 and waits_for = 'address'`;
  assert.equal(await count(waits, [id]), 1);
  const held = `select count(*) n from app.audit_entry where action = 'scan-letter.held' and case_id = $1`;
  assert.equal(await count(held, [caseId]), 1, 'the log of the case says who');
  await reading.locator('.tp-letter').first().click();
  assert.equal(await reading.getByRole('link', { name: 'Zum Brief' }).count(), 0);
  assert.equal((await reading.request.get(`${app.baseUrl}/arbeit/briefe/${id}`)).status(), 404);
  await plain.close();
});

test('the same file again is shown, not taken twice; a wrong one is refused in words; sheets and receipts are printed', async () => {
  const page = await open(`${app.baseUrl}/arbeit/post`);
  const stacks = await count('select count(*) n from app.scan_batch', []);
  await upload(page, [payslip('November'), separator, payslip('Dezember')], 'zurück');
  await page.getByText('Diese Datei war schon da').waitFor();
  assert.equal(await count('select count(*) n from app.scan_batch', []), stacks);
  await page.goto(`${app.baseUrl}/arbeit/post`);
  await page.getByLabel('Scan des Stapels').setInputFiles({
    name: 'Brief.docx',
    mimeType: 'application/pdf',
    buffer: Buffer.from('PK no scan at all, really'),
  });
  await page.getByRole('button', { name: 'Hochladen' }).click();
  await page.getByRole('alert').getByText('„Brief.docx“ ist kein PDF und kein TIFF').waitFor();
  await shot(page, 'post-list');
  await page.goto(`${app.baseUrl}/arbeit/post`);
  await look(page, 'list');
  // As where the scanner went on writing into the file of the older stack.
  const grown = `update app.scan_batch set grown_from = (select min(id::text)::uuid from app.scan_batch where problem is null)
    where id = (select max(id::text)::uuid from app.scan_batch where problem is null) returning id, grown_from as earlier`;
  const [stack] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string; earlier: string }>(grown, []),
  );
  await page.goto(`${app.baseUrl}/arbeit/post/stapel/${stack?.id}`);
  await look(page, 'grown stack');
  await shot(page, 'post-grown');
  await page.getByRole('link', { name: 'Zum früheren Stapel' }).click();
  await page.getByText('Vollständig ist erst der spätere Stapel').waitFor();
  const sheets = await page.request.get(`${app.baseUrl}/arbeit/post/trennblaetter?anzahl=2`);
  assert.equal(sheets.headers()['content-type'], 'application/pdf');
  await page.goto(`${app.baseUrl}/arbeit/post/druck`);
  await look(page, 'print queue');
  await shot(page, 'post-print');
  await page.close();
});

test('a receipt by letter shows its address in the window, the team, the day, and both codes on its first page', async () => {
  const { services, jobcenter } = app;
  const address = { street: 'Lindenweg', houseNumber: '12', postalCode: '12345', city: 'Musterstadt' };
  const person = { familyName: 'Fensterle', givenName: 'Paula', birthDate: '1979-03-02' };
  const input = await submissionInput(services, app, { channel: 'post', person, answers: { address } });
  const received = await services.database.tenant(jobcenter.id, async (tx) => {
    const done = await receive(tx, { kind: 'client' }, input);
    assert.ok(done.kind === 'received');
    await tx.raw(
      `insert into app.receipt_print (jobcenter_id, id, receipt_number, submission_id, team_id, asked_at, asked_by)
       select $1, $2, r.number, r.submission_id, $3, $4, $5 from app.receipt r where r.jobcenter_id = $1 and r.number = $6`,
      [jobcenter.id, tx.newId(), app.teams['leistung'], tx.now, clerk().id, done.receipt.number],
    );
    return done;
  });
  const page = await open(`${app.baseUrl}/arbeit/post/druck`);
  const row = page.getByRole('row', { name: received.receipt.number });
  assert.doesNotMatch(await row.innerText(), /Anschrift unbekannt/);
  const pdf = await (await page.request.get(`${app.baseUrl}/arbeit/post/druck/papier?seiten=ein`)).body();
  if (shots !== undefined) writeFileSync(`${shots}/receipt-by-post.pdf`, pdf);
  let sheet: PageReading | undefined;
  for await (const each of readPages(pdf, 'application/pdf'))
    if ('words' in each && pageText(each).includes(received.receipt.number) && pageText(each).includes('Lindenweg'))
      sheet ??= each;
  assert.ok(sheet, 'its first page has number and address');
  const text = pageText(sheet);
  assert.match(text, /Paula Fensterle/);
  assert.match(text, /Das Team „[^“]+“ prüft/);
  assert.match(text, /Unsere Antwort bekommen Sie bis\s+zum\s+\d/);
  // DIN 5008, form B: the window shows 20 to 105 mm from the left, 45 to 90 mm from the top.
  const mm = 210 / sheet.width;
  for (const word of ['Lindenweg', '12345']) {
    const at = sheet.words.filter((each) => each.text.startsWith(word)).map(({ x, y }) => [x * mm, y * mm] as const);
    assert.ok(
      at.some(([x, y]) => x > 20 && x < 105 && y > 45 && y < 85),
      `${word} shows in the window: ${at.join(' / ')}`,
    );
  }
  const codes = await qrCodesOf(pdf, sheet.page);
  assert.ok(codes.includes(`${app.baseUrl}/pruefen/${received.receipt.number}`));
  const code = codes.map(parseReturnCode).find((each) => each !== undefined) ?? '';
  const found = await services.database.tenant(jobcenter.id, (tx) => findReturnCode(tx, code));
  assert.deepEqual([found?.caseId, found?.purpose, found?.state], [received.caseId, 'receipt', 'open']);
  await page.getByRole('button', { name: 'Als gedruckt merken' }).click();
  await page.getByText('Es wartet keine Bestätigung auf den Druck').waitFor();
  await page.close();
});

test('two sheets fed at once: the page says which sheets are missing and divides where a person says so', async () => {
  const storageState = await desk.storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE', storageState });
  const page = await context.newPage();
  await page.goto(`${app.baseUrl}/arbeit/post`);
  const first = letterSheet({ sender: 'Berg KG', subject: 'Nebenkosten', text: ['Abrechnung'], page: 'Seite 1 von 2' });
  const rest = [2, 3].map((number) => followingSheet([`Blatt ${number}`], `Seite ${number} von 3`));
  const address = await upload(page, [first, ...rest], 'zwei auf einmal');
  await readAll();
  await goAgain(page, address);
  await page.getByText('Seitenzahlen passen nicht zusammen').waitFor();
  await page.getByRole('link', { name: /Brief bearbeiten/ }).click();
  const alert = page.locator('.tp-desk__side .kern-alert--warning');
  const words = await alert.innerText();
  assert.match(words, /Auf Blatt 1 steht „von 2“, auf Blatt 2 „von 3“/);
  assert.match(words, /Im ersten Brief fehlt: Seite 2\.\s+Im zweiten Brief fehlt: Seite 1\./);
  await shot(page, 'post-two-at-once');
  await alert.getByRole('link', { name: 'Blatt 2 ansehen' }).click();
  await page.getByText('Blatt 2 im Stapel').waitFor();
  await alert.getByRole('button', { name: 'Vor Blatt 2 teilen' }).click();
  await page.getByRole('heading', { name: 'Brief ab Blatt 2' }).waitFor();
  assert.match(await alert.innerText(), /Es fehlen Seiten: 1\./);
  await context.close();
  const scripted = await open(page.url());
  await look(scripted, 'letter whose first sheet is missing');
  await scripted.close();
});

test('without JavaScript the same letters are divided, joined and confirmed', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
  const page = await context.newPage();
  // The code of this half minute may be used up by the test before.
  await signIn(page, app, lead(), new Date(app.services.clock.now().getTime() + 30_000));
  await page.goto(`${app.baseUrl}/arbeit/post`);
  const address = await upload(page, [payslip('Mai'), followingSheet(['Anlage zur Abrechnung'])], 'ohne Skript');
  await readAll();
  await goAgain(page, address);
  await page.getByRole('link', { name: /Brief bearbeiten/ }).click();
  await page.getByRole('link', { name: /Nächste Seite/ }).click();
  await page.getByRole('button', { name: /Hier teilen/ }).click();
  await page.getByRole('heading', { name: 'Brief ab Blatt 2' }).waitFor();
  await page.getByRole('button', { name: /Mit vorigem verbinden/ }).click();
  await page.getByRole('heading', { name: 'Brief ab Blatt 1' }).waitFor();
  await page.getByRole('button', { name: /Drehen/ }).click();
  await page.getByRole('button', { name: /Bestätigen und weiter/ }).click();
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  await context.close();
});

test('somebody of another team sees neither the stack nor its pages', async () => {
  const [batch] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string; letter: string }>(
      'select b.id, l.id as letter from app.scan_batch b join app.scan_letter l on l.batch_id = b.id where b.created_by = $1 limit 1',
      [lead().id],
    ),
  );
  await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.scan_batch set team_id = null where id = $1', [batch?.id]),
  );
  const page = await desk.newPage();
  for (const path of [
    `stapel/${batch?.id}`,
    `stapel/${batch?.id}/stand`,
    `stapel/${batch?.id}/seite/1`,
    `brief/${batch?.letter}`,
  ])
    assert.equal((await page.request.get(`${app.baseUrl}/arbeit/post/${path}`)).status(), 404, path);
  await page.close();
});
