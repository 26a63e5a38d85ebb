import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { addDays, dayInGermany, instantInGermany } from '../../src/kernel/dates.ts';
import {
  appointmentsOf,
  endAppointment,
  makeAppointment,
  moveAppointment,
  settleAnswer,
} from '../../src/modules/appointments/index.ts';
import { confirmPerson, readerOf, timeline } from '../../src/modules/cases/index.ts';
import { accessCode, receive } from '../../src/modules/intake/index.ts';
import { chooseDelivery, deliveryChoice } from '../../src/modules/notices/index.ts';
import { addHousehold, addPerson } from '../../src/modules/people/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { startTestApp, type TestStaff } from '../support/app.ts';
import { follow, launchBrowser } from '../support/browser.ts';
import { inspectPage, look } from '../support/look.ts';
import { submissionInput } from '../support/submit.ts';
import { signIn } from './workspace-office.ts';

const app = await startTestApp();
const browser = await launchBrowser();
after(() => browser.close());
const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => app.services.database.tenant(app.jobcenter.id, work);
const clerk = app.staff[0] as TestStaff;
const today = dayInGermany(app.services.clock.now());

/** A case with an appointment in three days and one in a week, both held by the clerk. */
async function caseWithAppointments() {
  const input = await submissionInput(app.services, app, { teamId: app.teams['leistung'] ?? null });
  const received = await at((tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  const { caseId, receipt } = received;
  const teamIds = Object.values(app.teams);
  const act = {
    actor: { kind: 'staff', id: clerk.id, name: 'Kim Muster' } as const,
    reader: readerOf({ id: clerk.id, role: 'clerk', teamIds }),
    caseId,
    staffId: clerk.id,
  };
  const talk = { whom: 'stated', topic: 'debts', staffId: clerk.id, minutes: 30, note: 'Nur für uns' } as const;
  const on = (days: number, time: string) => instantInGermany(addDays(today, days), time);
  const office = { way: 'office', place: 'Schuldenberatung, Zimmer 204', bring: 'Ausweis und Lohnzettel' } as const;
  await at((tx) => makeAppointment(tx, act, { ...talk, ...office, startsAt: on(3, '14:30') }));
  const call = { way: 'phone', place: '030 555 12', bring: 'Ihre IBAN' } as const;
  await at((tx) => makeAppointment(tx, act, { ...talk, ...call, startsAt: on(7, '09:00') }));
  const keys = await app.services.keyring.of(app.jobcenter.id);
  return { caseId, number: receipt.number, code: accessCode(keys.codes, receipt.number) };
}

test('at 360 px without a script: the person sees the appointment, saves it, and says that they cannot come; the worker answers', async () => {
  const { caseId, number, code } = await caseWithAppointments();
  const setting = { width: 360, script: false, locale: 'de-DE' };
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
    locale: 'de-DE',
  });
  after(() => context.close());
  const page = await context.newPage();
  await page.goto(`/stand?nummer=${number}`);
  await page.fill('[name=birthDate]', '3.4.1990');
  await page.fill('[name=code]', code);
  await follow(page, page.locator('form[action="/stand"] button').first());
  await page.waitForURL(`**/eingang/${number}`);
  const section = page.locator('#termine');
  const text = await section.innerText();
  for (const words of [
    /14:30 bis 15:00 Uhr/,
    /Zimmer 204/,
    /Kim Muster/,
    /Ausweis und Lohnzettel/,
    /Wir rufen Sie an: 030\u00a0555\u00a012/,
    /Bitte bereithalten: Ihre IBAN/,
  ])
    assert.match(text, words);
  assert.ok((await section.locator('a[href^="tel:"]').count()) > 0, 'the phone of the team');
  assert.doesNotMatch(text, /mitbringen: Ihre IBAN/, 'nobody brings anything to a telephone');
  assert.doesNotMatch(await page.content(), /Nur für uns/);
  await inspectPage(page, 'portal-appointments', setting);

  const links = section.locator('a[href$="/kalender"]');
  const file = await context.request.get((await links.first().getAttribute('href')) ?? '');
  assert.match(file.headers()['content-type'] ?? '', /^text\/calendar/);
  const calendar = (await file.text()).replaceAll('\r\n ', '');
  const start = instantInGermany(addDays(today, 3), '14:30')
    .toISOString()
    .replaceAll(/[-:]|\.\d{3}/g, '');
  assert.match(calendar, new RegExp(`DTSTART:${start}\\r\\n`));
  assert.match(calendar, /SUMMARY:Termin im Jobcenter\r\n/);
  assert.match(calendar, /LOCATION:Rathausplatz 1\\, 01234 Musterstadt\r\n/);
  assert.doesNotMatch(calendar, /Schulden|Kim|Mika|Zimmer|Lohn|Nur für uns/, 'nothing of the case');

  const call = await context.request.get((await links.last().getAttribute('href')) ?? '');
  assert.match(await call.text(), /SUMMARY:Termin mit dem Jobcenter\r\n(?!LOCATION)/);

  const first = section.locator('.kern-card').first();
  await first.locator('summary').click();
  await inspectPage(page, 'portal-appointment-cannot', setting);
  await first.locator('textarea').first().fill('x'.repeat(1_001));
  await first.locator('textarea').nth(1).fill('Montag ab 10 Uhr');
  await follow(page, first.getByRole('button', { name: 'Absenden' }));
  assert.match(await page.locator('#error-summary').innerText(), /zu lang/);
  assert.equal(await first.locator('textarea').nth(1).inputValue(), 'Montag ab 10 Uhr');
  await inspectPage(page, 'portal-appointment-long', setting);
  await first.locator('textarea').first().fill('Mein Kind ist krank');
  await follow(page, first.getByRole('button', { name: 'Absenden' }));
  await page.waitForURL(/termin=gesagt/);
  assert.match(await first.innerText(), /geschrieben, dass Sie nicht kommen können/);
  assert.match(await page.locator('.td-timeline').last().innerText(), /Sie können nicht kommen/);
  await inspectPage(page, 'portal-appointment-said', setting);
  const comes = first.getByRole('button', { name: /^Ich kann doch kommen/ });
  const sendTwice = async () => {
    const form = first.locator('form[action$="/doch"]');
    const fields: Record<string, string> = {};
    for (const each of await form.locator('input[type=hidden]').all())
      fields[(await each.getAttribute('name')) ?? ''] = (await each.getAttribute('value')) ?? '';
    const action = (await form.getAttribute('action')) ?? '';
    await follow(page, comes);
    return context.request.post(action, { form: fields, headers: { Origin: app.baseUrl }, maxRedirects: 0 });
  };
  assert.equal((await sendTwice()).status(), 303);
  await page.waitForURL(/termin=doch/);
  assert.match(await first.innerText(), /geschrieben, dass Sie doch kommen\. Der Termin gilt/);
  assert.match(await page.locator('.td-timeline').last().innerText(), /Sie kommen doch/);
  assert.equal(await page.getByText(/Kommen Sie am .*14:30/).count(), 1, 'there is something to do again');
  await inspectPage(page, 'portal-appointment-comes', setting);
  await page.setViewportSize({ width: 1280, height: 900 });
  await inspectPage(page, 'portal-appointment-comes', { ...setting, width: 1280 });
  await page.setViewportSize({ width: 360, height: 740 });
  const desk = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  after(() => desk.close());
  const work = await desk.newPage();
  await signIn(work, app, clerk);
  await work.goto(`${app.baseUrl}/arbeit/heute`);
  const changed = work.getByRole('row', { name: /Kommt doch, schrieb die Person/ });
  assert.equal(await changed.getByRole('button', { name: 'Gelesen' }).count(), 1);
  await inspectPage(work, 'day-comes-after-all', { width: 1280, script: true });
  await first.locator('summary').click();
  await first.locator('textarea').first().fill('Mein Kind ist krank');
  await first.locator('textarea').nth(1).fill('Montag ab 10 Uhr');
  await follow(page, first.getByRole('button', { name: 'Absenden' }));
  await page.waitForURL(/termin=gesagt/);
  const [still] = await at((tx) => appointmentsOf(tx, caseId));
  assert.equal(still?.endedAt, null, 'it is not called off by it');
  const none = await context.request.get(`/eingang/${number}/termine/${caseId}/kalender`);
  assert.equal(none.status(), 404);

  await work.goto(`${app.baseUrl}/arbeit/heute`);
  const line = work.getByRole('row', { name: /Mein Kind ist krank/ });
  assert.match(await line.innerText(), /Andere Zeiten: Montag ab 10 Uhr/);
  for (const width of [1280, 360]) {
    await work.setViewportSize({ width, height: 900 });
    await inspectPage(work, 'day-with-answer', { width, script: true });
  }
  await work.goto(`${app.baseUrl}/arbeit/vorgaenge/${caseId}`);
  const next = work.locator('li', { hasText: 'Termin vom' }).first();
  assert.match(await next.innerText(), /Kann nicht kommen, schrieb die Person am .*Mein Kind ist krank/s);
  for (const width of [360, 1280]) {
    await work.setViewportSize({ width, height: 900 });
    await inspectPage(work, 'case-with-answer', { width, script: true });
  }
  await work.goto(`${app.baseUrl}/arbeit/heute`);
  await line.getByRole('button', { name: 'Geklärt, Termin bleibt' }).click();
  await work.waitForURL(/heute\?ok=terminantwort/);
  assert.equal(await work.getByRole('row', { name: /Mein Kind ist krank/ }).count(), 0);
  const events = (await at((tx) => timeline(tx, caseId))).flatMap((event) =>
    event.kind === 'appointment' || event.kind === 'appointment-office' ? [event.detail.act] : [],
  );
  assert.deepEqual(events, ['made', 'noted', 'made', 'noted', 'cannot-come', 'can-come', 'cannot-come', 'seen']);
  await page.goto(`/eingang/${number}`);
  assert.equal(await first.locator('summary').count(), 1, 'it can be said again');

  // A page that was opened before: the same again is once, other words are not thrown away, nor is what comes too late.
  const fill = async () => {
    const form = first.locator('form');
    const hidden = form.locator('input[type=hidden]');
    const fields: Record<string, string> = {};
    for (const each of await hidden.all())
      fields[(await each.getAttribute('name')) ?? ''] = (await each.getAttribute('value')) ?? '';
    const reason = (await form.locator('textarea').first().getAttribute('name')) ?? '';
    const action = (await form.getAttribute('action')) ?? '';
    return (words: string, more: Record<string, string> = {}) =>
      context.request.post(action, {
        form: { ...fields, ...more, [reason]: words },
        headers: { Origin: app.baseUrl },
        maxRedirects: 0,
      });
  };
  const told = async () =>
    (await at((tx) => timeline(tx, caseId))).filter(
      (event) => event.kind === 'appointment' && event.detail.act === 'cannot-come',
    ).length;
  const send = await fill();
  assert.equal((await send('Der Bus fällt aus')).status(), 303);
  assert.equal((await send('Der Bus fällt aus')).status(), 303);
  assert.equal(await told(), 3);
  const again = await send('Ich habe mir den Fuß gebrochen', { command: '' });
  assert.equal(again.status(), 422);
  const answered = await again.text();
  assert.match(answered, /<textarea[^>]*name="text"[^>]*>\s*Ich habe mir den Fuß gebrochen/);
  assert.match(answered, /schon geschrieben/);
  const [open] = await at((tx) => appointmentsOf(tx, caseId));
  const act = {
    actor: { kind: 'staff', id: clerk.id, name: 'Kim Muster' } as const,
    reader: readerOf({ id: clerk.id, role: 'clerk', teamIds: Object.values(app.teams) }),
    caseId,
    staffId: clerk.id,
  };
  assert.equal((await at((tx) => settleAnswer(tx, act, open?.id ?? '', open?.answer?.id))).kind, 'done');
  assert.equal((await send('Der Bus fällt aus')).status(), 303, 'the form of before, sent again by going back');
  assert.equal(await told(), 3);
  const off = { as: 'called-off', words: 'Streik', wish: 'office' } as const;
  assert.equal((await at((tx) => endAppointment(tx, act, open?.id ?? '', off))).kind, 'done');
  for (let round = 0; round < 2; round += 1) {
    const late = await send('Bin krank', { command: '0190a000-0000-7000-8000-000000000001' });
    assert.equal(late.status(), 422, 'also when it is sent again');
    assert.match(await late.text(), /Rufen Sie uns bitte an: [\s\S]*<textarea[^>]*name="text"[^>]*>\s*Bin krank/);
  }
});

test('at 360 px without a script: the state says what an appointment asks; a saved entry that is out of date is said, and loaded again', async () => {
  const { caseId, number, code } = await caseWithAppointments();
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
    locale: 'de-DE',
  });
  after(() => context.close());
  const page = await context.newPage();
  await page.goto(`/stand?nummer=${number}`);
  await page.fill('[name=birthDate]', '3.4.1990');
  await page.fill('[name=code]', code);
  await follow(page, page.locator('form[action="/stand"] button').first());
  await page.waitForURL(`**/eingang/${number}`);
  const state = page.locator('.kern-alert', { hasText: 'Das ist für Sie zu tun' });
  assert.match(await state.innerText(), /Kommen Sie am .*14:30 bis 15:00 Uhr zu uns: Rathausplatz 1, .*Zimmer 204/);
  assert.match(await state.innerText(), /Bringen Sie bitte mit: Ausweis und Lohnzettel/);
  assert.match(await state.innerText(), /Seien Sie am .*9:00 bis 0?9:30 Uhr erreichbar/);
  assert.doesNotMatch(await page.locator('main').innerText(), /gerade nichts tun/);
  const way = page.locator('form[action$="/briefweg"]');
  await way.getByRole('radio', { name: 'Hier im Portal' }).check();
  await way.getByLabel(/E-Mail-Adresse/).fill('mika@example.org');
  await way.getByRole('radio', { name: 'Nein' }).check();
  await follow(page, way.getByRole('button', { name: 'Speichern' }));
  await page.waitForURL(/weg=1/);
  assert.ok(await way.getByRole('radio', { name: 'Nein' }).isChecked());
  assert.equal((await at((tx) => deliveryChoice(tx, caseId)))?.reminders, false);
  const entry = page.locator('.td-timeline').last().locator('li', { hasText: 'Gewählt: Briefe hier im Portal' });
  assert.match(await entry.innerText(), /Sie kommen noch mit der Post/, 'as long as no mailbox can tell of them');
  await way.getByRole('radio', { name: 'Mit der Post' }).check();
  await way.getByRole('radio', { name: 'Ja, am Werktag davor' }).check();
  await way.getByLabel(/E-Mail-Adresse/).fill('');
  await follow(page, way.getByRole('button', { name: 'Speichern' }));
  assert.match(await page.locator('#error-summary').innerText(), /Für die Erinnerung brauchen wir/);
  assert.doesNotMatch(await way.innerText(), /freiwillig\)/, 'the address is needed now');
  await way.getByLabel(/E-Mail-Adresse/).fill('mika@example.org');
  await follow(page, way.getByRole('button', { name: 'Speichern' }));
  await page.waitForURL(/weg=1/);
  const chosen = await at((tx) => deliveryChoice(tx, caseId));
  assert.deepEqual([chosen?.way, chosen?.email, chosen?.reminders], ['post', 'mika@example.org', true]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await inspectPage(page, 'portal-reminders', { width, script: false });
  }
  await way.getByRole('radio', { name: 'Nein' }).check();
  await follow(page, way.getByRole('button', { name: 'Speichern' }));
  await page.waitForURL(/weg=1/);
  assert.equal((await at((tx) => deliveryChoice(tx, caseId)))?.email, null, 'it is kept for nothing else');

  const [first, second] = await at((tx) => appointmentsOf(tx, caseId));
  assert.ok(first && second);
  const load = async (id: string) => {
    const file = await (await context.request.get(`/eingang/${number}/termine/${id}/kalender`)).text();
    const value = (name: string) => new RegExp(`^${name}:(.*)\r$`, 'm').exec(file)?.[1];
    return {
      uid: value('UID'),
      sequence: Number(value('SEQUENCE')),
      status: value('STATUS'),
      changed: value('LAST-MODIFIED'),
    };
  };
  const before = await load(first.id);
  assert.deepEqual([before.uid, before.sequence, before.status], [first.id, 0, 'CONFIRMED']);
  const act = {
    actor: { kind: 'staff', id: clerk.id, name: 'Kim Muster' } as const,
    reader: readerOf({ id: clerk.id, role: 'clerk', teamIds: Object.values(app.teams) }),
    caseId,
    staffId: clerk.id,
  };
  const why = { reason: 'Streik', wish: 'office' } as const;
  await at((tx) => moveAppointment(tx, act, first.id, { ...first, ...why, place: 'Zimmer 5' }));
  await page.goto(`/eingang/${number}`);
  const section = page.locator('#termine');
  assert.match(await section.innerText(), /ändert sich nicht von selbst/);
  assert.doesNotMatch(await section.innerText(), /noch der alte Termin/, 'the room is in no calendar');
  const later = instantInGermany(addDays(today, 4), '10:00');
  await at((tx) => moveAppointment(tx, act, first.id, { ...first, ...why, startsAt: later }));
  await at((tx) =>
    moveAppointment(tx, act, second.id, { ...second, ...why, startsAt: instantInGermany(addDays(today, 8), '10:00') }),
  );
  await page.goto(`/eingang/${number}`);
  assert.equal(
    await section.getByText('In Ihrem Kalender steht noch der alte Termin').count(),
    1,
    'the other one was never saved',
  );
  const setting = { width: 360, script: false, locale: 'de-DE' };
  await inspectPage(page, 'portal-appointment-stale', setting);
  const again = await load(first.id);
  assert.deepEqual([again.uid, again.sequence, again.status], [first.id, 1, 'CONFIRMED']);
  assert.ok((again.changed ?? '') >= (before.changed ?? '~'));
  await page.goto(`/eingang/${number}`);
  assert.doesNotMatch(await section.innerText(), /noch der alte Termin/);

  await at((tx) => endAppointment(tx, act, first.id, { as: 'called-off', words: 'Streik', wish: 'office' }));
  await at((tx) => endAppointment(tx, act, second.id, { as: 'called-off', words: 'Streik', wish: 'office' }));
  await page.goto(`/eingang/${number}`);
  assert.equal(await section.getByText('Dieser Termin findet nicht statt').count(), 2);
  assert.equal(await section.getByText('In Ihrem Kalender steht er noch').count(), 1);
  assert.match(await page.locator('main').innerText(), /gerade nichts tun/);
  await inspectPage(page, 'portal-appointment-off', setting);
  const off = await load(first.id);
  assert.deepEqual([off.uid, off.sequence, off.status], [first.id, 2, 'CANCELLED']);
  await page.goto(`/eingang/${number}`);
  assert.equal(await section.getByText('In Ihrem Kalender steht er noch').count(), 0);
});

test('without a script: the page says how letters of other cases come, and taking the portal back holds for all of them', async () => {
  const [here, there] = [await caseWithAppointments(), await caseWithAppointments()];
  const { number, code, caseId } = here;
  const actor = { kind: 'staff', id: clerk.id, name: 'Kim Muster' } as const;
  const reader = readerOf({ id: clerk.id, role: 'clerk', teamIds: Object.values(app.teams) });
  const email = 'mika@example.org';
  await at((tx) => chooseDelivery(tx, { kind: 'client' }, there.caseId, { way: 'portal', email }));
  const context = await browser.newContext({ baseURL: app.baseUrl, javaScriptEnabled: false, locale: 'de-DE' });
  after(() => context.close());
  const page = await context.newPage();
  await page.goto(`/stand?nummer=${number}`);
  await page.fill('[name=birthDate]', '3.4.1990');
  await page.fill('[name=code]', code);
  await follow(page, page.locator('form[action="/stand"] button').first());
  await page.waitForURL(`**/eingang/${number}`);
  assert.doesNotMatch(await page.locator('main').innerText(), /andere[rn]? .*Vorg/, 'nobody has confirmed the person');
  await at(async (tx) => {
    const person = { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' };
    const id = await addPerson(tx, person);
    const members = [{ personId: id, role: 'applicant' as const }];
    const householdId = await addHousehold(tx, { fileNumber: '47/11', members, fromDay: today });
    const known = { id, householdId, name: 'Muster, Mika', birthDate: person.birthDate };
    for (const each of [here, there]) await confirmPerson(tx, { actor, reader, caseId: each.caseId }, known);
  });
  await page.goto(`/eingang/${number}`);
  const main = page.locator('main');
  assert.match(await main.innerText(), /1 anderes Anliegen: ins Portal, sobald wir E-Mails schicken können/);
  assert.ok(!(await page.content()).includes(there.number), 'nothing else of it');
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await inspectPage(page, 'portal-ways-elsewhere', { width, script: false });
  }
  const way = page.locator('form[action$="/briefweg"]');
  await way.getByRole('checkbox', { name: /bei meinen anderen Anliegen/ }).check();
  await follow(page, way.getByRole('button', { name: 'Speichern' }));
  await page.waitForURL(/weg=1/);
  assert.match(await main.innerText(), /1 anderes Anliegen: mit der Post/);
  assert.equal(await way.getByRole('checkbox').count(), 0, 'nothing more is to be taken back');
  assert.equal((await at((tx) => deliveryChoice(tx, there.caseId)))?.way, 'post');
  assert.equal(await at((tx) => deliveryChoice(tx, caseId)), undefined);
  const desk = await (await browser.newContext({ locale: 'de-DE' })).newPage();
  after(() => desk.context().close());
  await signIn(desk, app, app.staff[1] as TestStaff); // a lead: the clerk has used the code of this minute
  await desk.goto(`${app.baseUrl}/arbeit/vorgaenge/${there.caseId}`);
  const history = await desk.locator('.td-timeline').innerText();
  assert.match(history, /Die Person will in keinem Vorgang mehr Briefe ins Portal/);
  await at((tx) => chooseDelivery(tx, { kind: 'client' }, there.caseId, { way: 'portal', email }));
  await desk.goto(`${app.baseUrl}/arbeit/vorgaenge/${caseId}?tun=zustellweg`);
  await look(desk, 'case-way-of-letters');
  await desk.getByRole('checkbox', { name: /in keinem Vorgang/ }).check();
  await desk.locator('#verb button[type=submit]').last().click();
  await desk.waitForURL(/ok=zustellweg/);
  assert.equal((await at((tx) => deliveryChoice(tx, there.caseId)))?.way, 'post', 'noted for somebody who calls');
});
