import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raisePapers } from '../../src/modules/cases/index.ts';
import { freeze } from '../../src/modules/forms/index.ts';
import { receive } from '../../src/modules/intake/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import { follow } from '../support/browser.ts';
import { look, tabTo } from '../support/look.ts';
import { followingSheet, scanPdf } from '../support/scans.ts';
import { submissionInput } from '../support/submit.ts';
import { app, bankCase, casePath, count, ids, notice, open } from './workspace-desk.ts';
import { formOf } from './workspace-office.ts';

test('the inbox is filtered, turned and read by keyboard', async () => {
  const page = await open(`${app.baseUrl}/arbeit`);
  const here = page.locator('.td-top__nav [aria-current=page]');
  assert.match(await here.innerText(), /^Posteingang/);
  assert.equal(await page.locator('tbody tr').count(), 40);
  const days = await page.locator('.tw-deadline__day').allInnerTexts();
  const iso = days.map((day) => day.split('.').toReversed().join('-'));
  assert.deepEqual(iso, iso.toSorted());
  await follow(page, page.getByRole('link', { name: 'Weiter' }));
  assert.equal(await page.locator('tbody tr').count(), 4);
  await follow(page, page.getByRole('link', { name: 'Zurück' }));
  assert.equal(await page.locator('tbody tr').count(), 40);
  await page.getByLabel('Anliegen').selectOption({ label: 'Krank melden' });
  await page.getByLabel('Weg').selectOption({ label: 'Schnittstelle' });
  await follow(page, page.getByRole('button', { name: 'Anzeigen' }));
  const rows = await page.locator('tbody tr').allInnerTexts();
  assert.ok(rows.length > 0 && rows.every((row) => row.includes('Krank melden') && row.includes('Schnittstelle')));
  await page.goto(`${app.baseUrl}/arbeit?frist=ueberfaellig`);
  assert.ok((await page.locator('.tw-deadline').allInnerTexts()).every((text) => text.includes('überfällig')));
  await page.goto(`${app.baseUrl}/arbeit?zustaendig=niemand`);
  assert.equal(await page.locator('tbody tr').count(), 40, 'nobody has one of them yet');
  await page.goto(`${app.baseUrl}/arbeit?zustaendig=ich`);
  assert.equal(await page.locator('tbody tr').count(), 0);
  await page.goto(`${app.baseUrl}/arbeit?frist=ueberfaellig`);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/vorgaenge/);
  await page.close();
});

test('every verb works by keyboard alone and stands in the history', async () => {
  const page = await open(casePath(0));
  assert.equal(await page.locator('.td-top__nav [aria-current]').count(), 0, 'a case is none of the areas');
  const key = (name: string) => page.keyboard.press(name);
  const type = (text: string) => page.keyboard.type(text);
  const focused = (name: string) => page.waitForFunction((id) => document.activeElement?.id === id, `f-${name}`);
  const done = (word: string) => page.waitForURL(new RegExp(`ok=${word}`));
  await key('m');
  await done('zuweisung');
  await key('u');
  await focused('what');
  await type('Mietvertrag');
  await key('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Was fehlt?').inputValue(), 'Mietvertrag');
  await page.getByLabel('Warum brauchen wir das?').focus();
  await type('Für die Miete.');
  await key('Tab');
  const usual = await page.locator('#f-due').inputValue();
  await page.locator('#f-due').fill('22.11.2099'); // a Sunday
  await key('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'question');
  assert.match(
    await page.locator('#question').innerText(),
    /ein Sonntag\. [^.]*nächsten Werktag Zeit \(§ 26 Abs\. 3 SGB X\)/,
  );
  await page.getByRole('link', { name: 'Anderen Tag schreiben' }).press('Enter');
  await focused('due');
  await page.locator('#f-due').fill(usual);
  await key('Enter');
  await done('anforderungen');
  assert.match(
    await page.locator('section[aria-labelledby=open] .tw-open').innerText(),
    /Mietvertrag[\s\S]*in 1[4-7] Tagen/,
  );
  await key('n');
  await focused('text');
  await type('Guten Tag, wir prüfen.');
  await key('Tab');
  await key('Enter');
  await done('nachrichten');
  await key('o');
  await focused('text');
  await type('Wirkt <b>müde</b>.');
  await key('Tab');
  await type('Ge');
  await tabTo(page, /auf unsere Nachricht geantwortet/);
  await key('Space');
  await tabTo(page, /Notiz speichern/);
  await key('Enter');
  await done('notizen');
  await key('e');
  await focused('result');
  await type('Bew');
  await key('Tab');
  await type('Alle Nachweise liegen vor.');
  await key('Tab');
  await key('Tab');
  await key('Enter');
  await done('entscheidung');
  await page.getByRole('button', { name: '„Mietvertrag“ zurücknehmen' }).press('Enter');
  await done('ruecknahme');
  await key('a');
  await page.getByRole('button', { name: 'Vorgang abschließen' }).press('Enter');
  await done('abschluss');
  await key('r');
  await focused('reason');
  await type('Neue Miete');
  await key('Tab');
  await key('Enter');
  await done('wiederaufnahme');
  await key('t');
  await focused('team');
  await type('Woh');
  await key('Tab');
  await key('Enter');
  await done('team');
  await key('p');
  await page.getByRole('button', { name: 'Bestätigen', exact: true }).press('Enter');
  await done('person');
  await key('z');
  await focused('staff');
  await type('Alex');
  await key('Tab');
  await key('Enter');
  await done('zuweisung');
  const history = await page.locator('.td-timeline').innerText();
  for (const words of [
    'Kim Muster ist zuständig',
    'Angefordert: Mietvertrag',
    'Für die Miete.',
    'Guten Tag, wir prüfen.',
    'Wirkt <b>müde</b>.',
    'Entschieden: Bewilligt',
    'Anforderung zurückgenommen',
    'Abgeschlossen',
    'Wieder geöffnet',
    'An das Team Wohnen',
    'Person bestätigt: Yılmaz, Elif',
    'Alex Beispiel ist zuständig',
  ])
    assert.ok(history.includes(words), words);
  assert.equal(await page.locator('section[aria-labelledby=open] .tw-open').count(), 0);
  await page.close();
});

test('the e-mail address of a confirmed person is kept, corrected and taken away, and the history says what stood there', async () => {
  const page = await open(casePath(0));
  const field = page.getByLabel('E-Mail-Adresse der Person');
  const save = async (address: string) => {
    await page.keyboard.press('d');
    await page.waitForFunction(() => document.activeElement?.id === 'f-email');
    await field.fill(address);
    await page.keyboard.press('Enter');
  };
  await save('elif bei beispiel');
  await page.getByRole('alert').getByText('name@beispiel.de').waitFor();
  assert.equal(await field.inputValue(), 'elif bei beispiel');
  await page.goto(casePath(0));
  await save('Elif@Beispiel.example');
  await page.waitForURL(/ok=email/);
  assert.match(await page.locator('.tw-facts').innerText(), /nur ein Hinweis\)[\s?]*elif@beispiel\.example/);
  await page.goto(casePath(0));
  await save('elif.yilmaz@beispiel.example');
  await page.waitForURL(/ok=email/);
  await page.getByText('Vorher: elif@beispiel.example').waitFor();
  await page.keyboard.press('d');
  await page.waitForFunction(() => document.activeElement?.id === 'f-email');
  await look(page, 'case-email');
  await save('');
  await page.getByText('E-Mail-Adresse der Person entfernt').waitFor();
  assert.doesNotMatch(await page.locator('.tw-facts').innerText(), /@/);
  const logged = "select count(*) n from app.audit_entry where case_id = $1 and action = 'case.email-changed'";
  assert.equal(await count(logged, [ids[0]]), 3);
  await page.close();
});

test('papers are shown as pictures of ours, larger on demand, and each look is logged', async () => {
  const page = await open(casePath(3));
  const image = page.locator('.td-viewer__image');
  await page.waitForFunction(
    () => (document.querySelector('.td-viewer__image') as HTMLImageElement | null)?.naturalWidth === 900,
  );
  await page.keyboard.press('+');
  await page.waitForURL(/zoom=1/);
  assert.match((await image.getAttribute('src')) ?? '', /breite=1500/);
  await page.waitForLoadState();
  const looks = await count("select count(*) n from app.audit_entry where action = 'document.read' and case_id = $1", [
    ids[3],
  ]);
  assert.equal(looks, 2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Original herunterladen' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /Kontoauszug 3\.pdf/);
  await page.getByRole('link', { name: 'Wer hat hineingesehen?' }).click();
  assert.match(await page.locator('table').innerText(), /Unterlage gelesen/);
  await page.close();
});

test('doubts are settled in the queue with one click', async () => {
  const page = await open(`${app.baseUrl}/arbeit/klaerung`);
  const before_ = await count('select count(*) n from app.clearing_item where resolved_at is null', []);
  await page.getByRole('button', { name: 'Das ist' }).first().click();
  await page.waitForURL(/ok=person/);
  await page.getByRole('button', { name: 'Neu anlegen' }).first().click();
  await page.getByRole('button', { name: 'Weitergeben' }).first().click();
  await page.waitForURL(/ok=team/);
  assert.equal(await count('select count(*) n from app.clearing_item where resolved_at is null', []), before_ - 3);
  await page.close();
});

test('a paper that cannot be drawn gets a page that says so, and goes into the queue', async () => {
  const { services, jobcenter } = app;
  const broken = { name: 'Kaputt.pdf', bytes: Buffer.from('no pdf'), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenter.id, broken);
  const input = await submissionInput(services, app, {
    documents: [{ document, field: 'documents', recorded: false }],
  });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.equal(received.kind, 'received');
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${received.kind === 'received' ? received.caseId : ''}`);
  await page.reload();
  await page.getByText('Eine Unterlage lässt sich nicht anzeigen').waitFor();
  await page.getByRole('button', { name: 'Erledigt' }).click();
  await page.waitForURL(/ok=lesbarkeit/);
  assert.equal(await page.getByText('Eine Unterlage lässt sich nicht anzeigen').count(), 0);
  await page.close();
});

test('pages that nobody could read are named in the queue and in the case, with the way to the first of them', async () => {
  const { services, jobcenter } = app;
  const sheets = [1, 2, 3, 4].map((n) => followingSheet([`Blatt ${n}`]));
  const file = { name: 'Ordner.pdf', bytes: scanPdf(sheets, 'partly'), mediaType: 'application/pdf', pages: 4 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const documents = [{ document, field: 'documents', recorded: false }];
  const input = await submissionInput(services, app, { documents });
  const caseId = await services.database.tenant(jobcenter.id, async (tx) => {
    const received = await receive(tx, { kind: 'client' }, input);
    assert.ok(received.kind === 'received');
    const unread = [
      [2, 2],
      [4, 4],
    ] as const;
    await raisePapers(tx, received.caseId, 'partly-read', [{ documentId: document.id, unread, pages: 4 }]);
    return received.caseId;
  });
  const page = await open(`${app.baseUrl}/arbeit/klaerung`);
  const words = 'Seiten einer Unterlage konnten nicht gelesen werden';
  while ((await page.getByText(words).count()) === 0) await follow(page, page.getByRole('link', { name: 'Weiter' }));
  await look(page, 'unread pages in the queue');
  await follow(page, page.getByRole('link', { name: 'Seite 2, 4 von 4 ansehen' }));
  assert.match(page.url(), new RegExp(`vorgaenge/${caseId}\\?dok=${document.id}&seite=2`));
  await page.getByRole('heading', { name: 'Offen' }).waitFor();
  const panel = page.locator('section[aria-labelledby=open]');
  assert.match(await panel.innerText(), /Seite 2, 4 von 4 ansehen[\s\S]*bitten Sie um die Unterlage/);
  await look(page, 'unread pages in the case');
  await panel.getByRole('button', { name: 'Erledigt' }).click();
  await page.waitForURL(/ok=lesbarkeit/);
  assert.equal(await page.getByText(words).count(), 0);
  await page.close();
});

test('an account number is confirmed at the counter, or by the code of a letter', async () => {
  const address = `${app.baseUrl}/arbeit/vorgaenge/${await bankCase()}`;
  const page = await open(address);
  await page.getByText('Konto ist nicht bestätigt: noch nicht auszahlen').waitFor();
  await page.keyboard.press('k');
  await page.getByLabel('Anschrift aus der Akte').waitFor();
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const begin = () =>
    page.request.post(`${address}/konto/brief`, {
      form: { csrf, address: 'Mika Muster\nAm Muster 1\n12345 Musterstadt' },
      maxRedirects: 0,
    });
  const begun = await begin();
  assert.equal(begun.status(), 303);
  const letter = await open(new URL(begun.headers()['location'] ?? '', app.baseUrl).href);
  assert.match(await letter.locator('main').innerText(), /Der Code steht nur auf einem Blatt/);
  assert.match(await letter.locator('#f-recipient').inputValue(), /Am Muster 1/);
  await letter.close();
  await page.getByRole('button', { name: 'Am Schalter bestätigt' }).click();
  await page.waitForURL(/ok=konto/);
  assert.match(await page.locator('.tw-facts').innerText(), /am Schalter bestätigt/);
  assert.match(await page.locator('.td-timeline').innerText(), /Konto am Schalter bestätigt/);
  const late = await begin();
  assert.equal(late.status(), 422);
  assert.match(await late.text(), /Kein Konto wartet mehr[\s\S]*Am Muster 1/, 'the address that was typed is kept');
  await page.close();
});

test('search finds cases by name, number, receipt and birth date', async () => {
  const page = await open(casePath(4));
  const number = /V-\w{4}-\w{4}/.exec(await page.locator('.tw-facts').innerText())?.[0] ?? '';
  const receipt =
    /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('.tw-submission').first().innerText())?.[0] ?? '';
  const born = /\d\d\.\d\d\.\d{4}/.exec(await page.locator('.tw-facts').innerText())?.[0] ?? '';
  for (const words of [number.toLowerCase(), receipt.replaceAll('-', ' '), born, 'von der Heide']) {
    await page.goto(`${app.baseUrl}/arbeit/suche?q=${encodeURIComponent(words)}`);
    assert.ok((await page.locator('table').first().innerText()).includes(number), words);
  }
  await page.close();
});

test('a long application begins with its parts, and says what was left out and what is another answer than the last time', async () => {
  const form = formOf('hauptantrag');
  const send = async (answers: Record<string, string>, caseId?: string): Promise<string> => {
    const more = caseId === undefined ? {} : { supplement: { caseId } };
    const said = { form, answers, frozen: freeze(form, answers, 'de'), ...more };
    const input = await submissionInput(app.services, app, said);
    const received = await app.services.database.tenant(app.jobcenter.id, (tx) =>
      receive(tx, { kind: 'client' }, input),
    );
    assert.ok(received.kind === 'received');
    return received.caseId;
  };
  const named = { familyName: 'Beispiel', givenName: 'Mika' };
  const caseId = await send({ ...named, birthName: 'Muster' });
  await send({ ...named, birthName: 'Mustermann' }, caseId);
  const page = await open(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  const newest = page.locator('.tw-submission').first();
  assert.match(await newest.innerText(), /1 Antwort ist anders als im Eingang vom \d/);
  const parts = newest.getByRole('list', { name: 'Teile dieses Eingangs' });
  assert.match(await parts.innerText(), /A Ihre Person\s+1 Antwort anders · \d+ Fragen ohne Angabe/);
  await newest.locator('.tw-answers__changed a').click();
  const changed = page.locator('.tw-answer--changed:target');
  assert.match(await changed.innerText(), /Mustermann\s+Vorher: Muster$/);
  await look(page, 'case-long-application');
  await parts.getByRole('link').last().click();
  await page.waitForFunction(() => scrollY > 1_500);
  const papers = page.locator('section[aria-labelledby=papers] h2');
  assert.ok(((await papers.boundingBox())?.y ?? -1) >= 0, 'papers stand beside the last answers as well');
  await papers.evaluate(() => scrollTo(0, 0));
  const more = page.locator('.tw-verbs__more summary');
  const row = await more.boundingBox();
  await more.click();
  const inside = page.locator('.tw-verbs__more li').first();
  await inside.waitFor();
  assert.deepEqual(await more.boundingBox(), row, 'it stays where it was');
  assert.ok(((await inside.boundingBox())?.y ?? 0) > (row?.y ?? 0), 'and what it holds stands below');
  await look(page, 'case-more-verbs');
  await page.close();
});

test('a form that is sent twice counts once, and one with other content is asked about', async () => {
  const page = await open(`${casePath(7)}?tun=notizen`);
  const form = page.locator('.tw-verb form');
  const hidden = (name: string) => form.locator(`input[name=${name}]`).inputValue();
  const [csrf, command] = [await hidden('csrf'), await hidden('command')];
  const send = (text: string) =>
    page.request.post(`${casePath(7)}/notizen`, {
      form: { csrf, command, text, topic: 'other', whom: 'stated' },
      maxRedirects: 0,
    });
  const notes = () => count("select count(*) n from app.case_event where kind = 'note' and case_id = $1", [ids[7]]);
  assert.equal((await send(' ')).status(), 422);
  const answers = await Promise.all([send('Ruft morgen an.'), send('Ruft morgen an.')]);
  assert.deepEqual(answers.map((answer) => answer.headers()['location']?.split('ok=')[1]).toSorted(), [
    'notizen',
    'unveraendert',
  ]);
  assert.equal(await notes(), 1);
  const other = await send('Ruft doch nicht an.');
  assert.equal(other.status(), 422);
  assert.match(await other.text(), /schon einmal gesendet[\s\S]*Ruft doch nicht an\./);
  assert.equal(await notes(), 1);
  await page.close();
});

test('one case gets one new person, whatever is sent', async () => {
  const page = await open(casePath(12));
  const csrf = await page.locator('input[name=csrf]').first().inputValue();
  const send = () => page.request.post(`${casePath(12)}/person`, { form: { csrf, person: 'neu' }, maxRedirects: 0 });
  const people = () => count('select count(*) n from app.person', []);
  const before_ = await people();
  assert.deepEqual(
    (await Promise.all([send(), send(), send()])).map((answer) => answer.status()),
    [303, 303, 303],
  );
  assert.equal(await people(), before_ + 1);
  await page.close();
});

test('a case given to a team of others leads back to the inbox', async () => {
  const team = { key: 'ausland', name: 'Auslandsfälle', phone: '030 23125 300' };
  const away = await app.services.database.tenant(app.jobcenter.id, (tx) => addTeam(tx, team));
  assert.ok(away.kind === 'added');
  const page = await open(`${casePath(8)}?tun=team`);
  await page.locator('select[name=team]').selectOption(away.id);
  await page.getByRole('button', { name: 'Weitergeben' }).click();
  await page.waitForURL(/\/arbeit\?ok=team/);
  assert.match(await notice(page), /Team/);
  assert.equal((await page.request.get(casePath(8))).status(), 404);
  await page.close();
});
