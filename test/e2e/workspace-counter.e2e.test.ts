import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tx } from '../../src/platform/database/index.ts';
import { follow } from '../support/browser.ts';
import { smallPdf } from '../support/submit.ts';
import { app, casePath, clerk, count, open } from './workspace-desk.ts';

test('counter: a visit becomes a receipt, a mistake loses no scan, a repeat makes no second case', async () => {
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  await page.getByLabel('Name').fill('Yılmaz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Yılmaz, Elif' }).click();
  await page.getByText('Akte 4711/0').waitFor();
  await page.getByLabel('Scans oder Fotos').setInputFiles([
    { name: 'Vertrag.pdf', mimeType: 'application/pdf', buffer: smallPdf('Vertrag') },
    { name: 'Virus.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ not a paper') },
  ]);
  await page.getByLabel('Was wurde gesagt?').fill('Die Miete steigt ab März.');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /„Virus.exe“ ist kein Foto[\s\S]*|wählen Sie ein Anliegen/);
  assert.ok(await page.getByLabel(/^Vertrag\.pdf/).isChecked());
  await page.locator('select[name=concern]').selectOption({ label: 'Wohnkosten: neue Miete oder Abrechnung' });
  await page.locator('#f-note').fill('Bringt morgen den Rest.');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.getByRole('link', { name: /Wählen Sie ein Thema für die Notiz/ }).click();
  await page.getByLabel('Thema der Notiz').selectOption({ label: 'Wohnen' });
  const before_ = await count('select count(*) n from app.submission', []);
  const sent = await page.evaluate(() => {
    const form = document.querySelector('form[enctype]') as HTMLFormElement;
    return Object.fromEntries(
      [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  });
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.waitForURL(/eingangsbestaetigungen/);
  const receipt = await page.locator('main').innerText();
  for (const words of ['Alles ist angekommen', 'Vertrag.pdf', 'Ihr Zugangs-Code', 'Elif Yılmaz'])
    assert.ok(receipt.includes(words), words);
  const pdf = await page.request.get(
    `${app.baseUrl}${await page.getByRole('link', { name: 'Bestätigung drucken' }).getAttribute('href')}`,
  );
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  assert.ok((await pdf.body()).subarray(0, 5).equals(Buffer.from('%PDF-')));
  const number = new URL(page.url()).pathname.split('/').at(-1);
  const repeat = (fields: Record<string, string>) =>
    page.request.post(`${app.baseUrl}/arbeit/schalter/eingang`, { multipart: fields, maxRedirects: 0 });
  assert.ok((await repeat(sent)).headers()['location']?.includes(`/${number}?`));
  assert.equal((await repeat({ ...sent, said: 'Etwas anderes.' })).status(), 422);
  assert.equal(await count('select count(*) n from app.submission', []), before_ + 1);
  await page.goto(`${app.baseUrl}/arbeit/eingangsbestaetigungen/${number}`);
  assert.ok(!(await page.locator('main').innerText()).includes('Zugangs-Code'));
  await follow(page, page.getByRole('link', { name: 'Zum Vorgang' }));
  const text = await page.locator('main').innerText();
  for (const words of ['Die Miete steigt ab März.', 'Bringt morgen den Rest.', 'bestätigt'])
    assert.ok(text.includes(words), words);
  await page.close();
});

test('a note about what another team works on is kept, found by its topic, and its person stands in no address', async () => {
  const housing = app.teams['wohnen'];
  assert.ok(housing !== undefined);
  const teams = (work: (tx: Tx) => Promise<unknown>) => app.services.database.tenant(app.jobcenter.id, work);
  await teams((tx) => tx.raw('delete from app.staff_team where staff_id = $1 and team_id = $2', [clerk().id, housing]));
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  await page.getByLabel('Name').fill('Yılmaz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Yılmaz, Elif' }).click();
  await page.getByText('Akte 4711/0').waitFor();
  assert.match(page.url(), /\?person=[0-9a-f-]{36}$/);
  await page.locator('select[name=concern]').selectOption({ label: 'Wohnkosten: neue Miete oder Abrechnung' });
  await page.getByLabel('Was wurde gesagt?').fill('Die Heizung ist aus.');
  await page.locator('#f-note').fill('Sehr aufgeregt, bitte freundlich zurückrufen.');
  await page.getByLabel('Thema der Notiz').selectOption({ label: 'Wohnen' });
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.waitForURL(/eingangsbestaetigungen/);
  const receipt = await page.locator('main').innerText();
  for (const words of ['Alles ist angekommen', 'Ihr Zugangs-Code', 'Den Vorgang bearbeitet das Team „Wohnen'])
    assert.ok(receipt.includes(words), words);
  assert.equal(await page.getByRole('link', { name: 'Zum Vorgang' }).count(), 0);
  const print = await page.getByRole('link', { name: 'Bestätigung drucken' }).getAttribute('href');
  assert.equal((await page.request.get(`${app.baseUrl}${print}`)).status(), 200);
  assert.equal((await page.request.get(`${app.baseUrl}${print?.split('?')[0]}`)).status(), 404, 'by its number alone');
  const kept = `select count(*) n from app.case_event e join app.office_case c on c.id = e.case_id where e.kind = 'note'
    and c.team_id = $1 and e.detail ->> 'text' like 'Sehr aufgeregt%' and e.detail ->> 'topic' = 'housing' and e.detail ->> 'way' = 'in-person'`;
  assert.equal(await count(kept, [housing]), 1);
  await teams((tx) =>
    tx.raw('insert into app.staff_team (jobcenter_id, staff_id, team_id, since) values ($1, $2, $3, now())', [
      app.jobcenter.id,
      clerk().id,
      housing,
    ]),
  );
  await page.close();
});

test('telephone: what was said is a submission, what was promised is reminded of until it is kept', async () => {
  const page = await open(`${app.baseUrl}/arbeit/schalter`);
  await page.getByLabel('Name').fill('Yılmaz');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Yılmaz, Elif' }).click();
  await page.getByLabel('Am Telefon').check();
  await page.locator('select[name=concern]').selectOption({ label: 'Wohnkosten: neue Miete oder Abrechnung' });
  await page.getByLabel('Was wurde gesagt?').fill('Fragt nach der Heizung.');
  await page.getByLabel('Was haben Sie zugesagt?').fill('Rückruf zur Heizung');
  await page.getByLabel('Uhrzeit').fill('halb drei');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.getByRole('alert').getByText('Bitte schreiben Sie die Uhrzeit so: 14:30').first().waitFor();
  assert.equal(await page.getByLabel('Was haben Sie zugesagt?').inputValue(), 'Rückruf zur Heizung');
  await page.getByLabel('Bis zum Tag').fill('25.12.2098');
  await page.getByLabel('Uhrzeit').fill('14:30');
  await page.getByLabel('Telefonnummer').fill('030 23125 7');
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.getByText('Der 25.12.2098 ist hier ein Feiertag. Soll die Zusage bis zu diesem Tag gelten?').waitFor();
  assert.equal(await page.getByLabel('Telefonnummer').inputValue(), '030 23125 7');
  await page.getByRole('button', { name: 'Trotzdem am Feiertag eintragen' }).click();
  await page.waitForURL(/eingangsbestaetigungen/);
  assert.match(await page.locator('main').innerText(), /Telefon/);
  await page.goto(`${app.baseUrl}/arbeit/zusagen`);
  const wanted = page.getByRole('table', { name: 'Rückrufe, um die jemand bittet' }).locator('tbody tr');
  assert.ok((await wanted.count()) > 0, 'who asked for a call on the portal waits here too');
  assert.match(await wanted.first().innerText(), /\d{2}\.\d{2}\.\d{4}/);
  const row = page.locator('tbody tr', { hasText: 'Rückruf zur Heizung' });
  assert.match(await row.innerText(), /bis 25\.12\.2098, 14:30 Uhr[\s\S]*030 23125 7/);
  await row.getByRole('button', { name: '„Rückruf zur Heizung“ ist eingehalten' }).click();
  await page.waitForURL(/zusagen\?ok=eingehalten/);
  assert.equal(await page.locator('tbody tr', { hasText: 'Rückruf zur Heizung' }).count(), 0);
  await page.goto(casePath(4));
  await page.keyboard.press('v');
  await page.waitForFunction(() => document.activeElement?.id === 'f-promised');
  await page.keyboard.type('Brief bis Montag');
  await page.getByLabel('Bis zum Tag').fill('1.1.2099');
  await page.keyboard.press('Enter');
  await page.locator('#question').waitFor();
  await page.getByRole('button', { name: 'Trotzdem am Feiertag eintragen' }).click();
  await page.waitForURL(/ok=zusage/);
  assert.match(
    await page.locator('section[aria-labelledby=open] .tw-open').innerText(),
    /Brief bis Montag[\s\S]*bis 01\.01\.2099/,
  );
  await page.close();
});

test('counter: what was asked for is handed in at the counter and fulfils the request', async () => {
  const page = await open(`${casePath(1)}?tun=person`);
  await page.getByRole('button', { name: 'Bestätigen', exact: true }).click();
  await page.waitForURL(/ok=person/);
  await page.goto(`${casePath(1)}?tun=anforderungen`);
  await page.getByLabel('Was fehlt?').fill('Mutterpass');
  await page.getByLabel('Warum brauchen wir das?').fill('Für den Mehrbedarf.');
  await page.getByRole('button', { name: 'Anfordern', exact: true }).click();
  await page.waitForURL(/ok=anforderungen/);
  await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent('Schröder')}`);
  await page.getByRole('link', { name: 'Am Schalter aufnehmen' }).click();
  await page.getByLabel('Fehlende Unterlage: Mutterpass').check();
  await page
    .getByLabel('Scans oder Fotos')
    .setInputFiles({ name: 'Mutterpass.pdf', mimeType: 'application/pdf', buffer: smallPdf('Mutterpass') });
  await page.getByRole('button', { name: 'Eingang bestätigen' }).click();
  await page.waitForURL(/eingangsbestaetigungen/);
  await follow(page, page.getByRole('link', { name: 'Zum Vorgang' }));
  assert.equal(page.url(), casePath(1));
  assert.match(await page.locator('.td-timeline').innerText(), /Eingereicht: Mutterpass/);
  await page.close();
});
