import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { addDays, dayInGermany } from '../../src/kernel/dates.ts';
import { appointmentsOf, makeAppointment } from '../../src/modules/appointments/index.ts';
import { assignCase, decideCase, makeFollowUp, makePromise, readerOf } from '../../src/modules/cases/index.ts';
import { addStaff, newTotpSecret } from '../../src/modules/identity/index.ts';
import { beginNotice, noticesOfCase } from '../../src/modules/notices/index.ts';
import { holdReview } from '../../src/modules/plans/index.ts';
import { totpKey } from '../../src/surfaces/totp-key.ts';
import type { TestStaff } from '../support/app.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
const clear = (page: Page) => page.keyboard.press('ControlOrMeta+a');
const today = dayInGermany(app.services.clock.now());
const dayFromNow = (days: number): string =>
  addDays(dayInGermany(app.services.clock.now()), days).split('-').reverse().join('.');

/** Whether all of these stand in the window, as whoever presses a key sees it. */
const inWindow = (page: Page, ...selectors: string[]): Promise<boolean[]> =>
  page.evaluate(
    (all) =>
      all.map((each) => {
        const box = document.querySelector(each)?.getBoundingClientRect();
        return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
      }),
    selectors,
  );

test('a follow-up by keyboard alone: set in the case, seen in my day, opened by its key, moved and ended', async () => {
  const page = await open(casePath(1));
  await page.keyboard.press('f');
  await focused(page, 'f-followReason');
  assert.deepEqual(await inWindow(page, '#verb-title', '#f-followReason'), [true, true], 'the heading as well');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await tabTo(page, /Wiedervorlage anlegen/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /warum der Vorgang wiederkommen soll/);
  await look(page, 'follow-up-form');
  await page.locator('#f-followReason').focus();
  await page.keyboard.type('Vermieterin fragen');
  await page.keyboard.press('Tab');
  await clear(page);
  await page.keyboard.type(dayFromNow(0).replace(/20(\d\d)$/, '$1'));
  await tabTo(page, /Wiedervorlage anlegen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=wiedervorlage/);
  await page.getByText(dayFromNow(0)).first().waitFor();
  assert.equal(await count('select count(*) n from app.follow_up where due_on = $1', [today]), 1, 'in this century');
  await look(page, 'case-with-follow-up');
  await page.keyboard.press('h');
  await page.waitForURL(/arbeit\/heute/);
  const line = page.getByRole('row', { name: /Wiedervorlage: Vermieterin fragen/ });
  await line.waitFor();
  await look(page, 'my-day');
  const key = await line.locator('kbd').innerText();
  await page.keyboard.press(key);
  await page.waitForURL(`**/vorgaenge/${ids[1]}`);
  await page.keyboard.press('y');
  await focused(page, 'f-followUp');
  await page.keyboard.press('Tab');
  await clear(page);
  const weekday = new Date(`${dayInGermany(app.services.clock.now())}T00:00:00Z`).getUTCDay();
  await page.keyboard.type(dayFromNow(7 - weekday));
  await page.keyboard.press('Tab');
  await page.keyboard.type('Sie ist im Urlaub');
  await tabTo(page, /Tag ändern/);
  await page.keyboard.press('Enter');
  await focused(page, 'question');
  assert.match(await page.locator('#question').innerText(), /ist (ein Sonntag|hier ein Feiertag)\. Soll der Vorgang/);
  assert.equal(await page.locator('#f-followWhy').inputValue(), 'Sie ist im Urlaub');
  assert.deepEqual(await inWindow(page, '#question', '#question button', '#question a'), [true, true, true]);
  await look(page, 'follow-up-sunday');
  await tabTo(page, /^Trotzdem am (Sonntag|Feiertag) eintragen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=verschiebung/);
  assert.match(await page.locator('.td-timeline').innerText(), /Wiedervorlage verschoben: Vermieterin fragen/);
  const panel = page.locator('section[aria-labelledby=follow-ups]');
  assert.match(await panel.innerText(), /Das ist (ein Sonntag|hier ein Feiertag)\./);
  await look(page, 'case-follow-up-sunday');
  await page.keyboard.press('a');
  await page.locator('#verb').waitFor();
  await tabTo(page, /Vorgang abschließen/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /beenden oder behalten/);
  await look(page, 'close-with-follow-up');
  await page.getByRole('radio', { name: 'behalten' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ein Widerspruch kann noch kommen');
  await tabTo(page, /Vorgang abschließen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=abschluss/);
  assert.match(await page.locator('.td-timeline').innerText(), /Wiedervorlage bleibt nach dem Abschluss/);
  await tabTo(page, /„Vermieterin fragen“ ist erledigt/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=erledigt/);
  const ended = 'select count(*) n from app.follow_up where ended_at is not null and moves = 1';
  assert.equal(await count(ended, []), 1);
  assert.ok((await count("select count(*) n from app.audit_entry where subject_id = 'today'", [])) > 0);
  await page.close();
});

test('who closes a case says of each promise and each begun letter what becomes of it, in the order of the form', async () => {
  const caseId = ids[30] ?? '';
  const kim = { id: clerk().id, name: 'Kim Muster' };
  const [thrown, kept] = await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const reader = readerOf({ id: kim.id, role: 'clerk', teamIds: Object.values(app.teams) });
    const act = { actor: { kind: 'staff', ...kim } as const, reader, caseId, staffId: kim.id };
    const inDays = (days: number) => addDays(dayInGermany(tx.now), days);
    const dueAt = new Date(`${inDays(2)}T12:00:00Z`);
    assert.equal((await makePromise(tx, act, { what: 'Rückruf zur Miete', dueAt })).kind, 'done');
    const again = { dueOn: inDays(3), reason: 'Nachfragen', topic: 'other', waitsFor: 'us' } as const;
    assert.equal((await makeFollowUp(tx, act, { ...again, forStaffId: kim.id })).kind, 'done');
    const talk = { whom: 'stated', topic: 'work', minutes: 30, way: 'office', place: '', bring: '', note: '' } as const;
    const startsAt = new Date(`${inDays(4)}T08:00:00Z`);
    assert.equal((await makeAppointment(tx, act, { ...talk, staffId: kim.id, startsAt })).kind, 'done');
    for (const recipient of ['Mika', 'Robin'])
      assert.equal((await beginNotice(tx, act, { template: 'anruf', recipient })).kind, 'begun');
    return noticesOfCase(tx, caseId);
  });
  const page = await open(`${casePath(30)}?tun=abschluss`);
  const send = page.getByRole('button', { name: 'Vorgang abschließen' });
  await send.click();
  const problems = page.getByRole('alert').locator('li');
  await problems.first().waitFor();
  const asked = (await problems.allInnerTexts()).map((each) => /Zusage|Termin|Wiedervorlage|Brief/.exec(each)?.[0]);
  assert.deepEqual(asked, ['Zusage', 'Termin', 'Wiedervorlage', 'Brief', 'Brief']);
  await look(page, 'close-with-everything');
  await page.getByRole('radio', { name: 'gilt weiter' }).check();
  await page.locator('input[name^=termin-][value=kept]').check();
  await page.getByRole('radio', { name: 'beenden', exact: true }).check();
  await page.locator(`input[name=brief-${thrown?.id}][value=discard]`).check();
  await page.locator(`input[name=brief-${kept?.id}][value=keep]`).check();
  await page.getByText('Der Entwurf bleibt 180 Tage').first().waitFor();
  await send.click();
  await page.waitForURL(/ok=abschluss/);
  await look(page, 'closed-with-promise');
  assert.match(await page.locator('section[aria-labelledby=open]').innerText(), /Rückruf zur Miete/);
  const isIn = (id: string | undefined, state: string) =>
    count('select count(*) n from app.notice where id = $1 and state = $2', [id, state]);
  assert.deepEqual([await isIn(thrown?.id, 'discarded'), await isIn(kept?.id, 'draft')], [1, 1]);
  const later = 'select count(*) n from app.notice where id = $1 and changed_at > $2';
  assert.equal(await count(later, [kept?.id, kept?.changedAt]), 1, 'its days count from now');
  await page.close();
});

test('a plan past its day stands in my day although the follow-up was ended, until a review is noted', async () => {
  const { tenant } = app.services.database;
  const kim = { id: clerk().id, name: 'Kim Muster' };
  const actor = { kind: 'staff', ...kim } as const;
  const reader = readerOf({ id: kim.id, role: 'clerk', teamIds: Object.values(app.teams) });
  const act = { actor, reader, caseId: ids[2] ?? '', staffId: kim.id };
  const months = new Date(app.services.clock.now().getTime() - 100 * 86_400_000);
  const day = (from: Date, days: number) => addDays(dayInGermany(from), days);
  const review = { heldOn: day(months, 0), nextOn: day(months, 95), summary: 'Gesehen', reminder: 'Plan ansehen' };
  const made = await tenant(
    app.jobcenter.id,
    async (tx) => {
      await assignCase(tx, act, kim);
      return holdReview(tx, act, review);
    },
    months,
  );
  assert.deepEqual(made, { kind: 'done' });
  const page = await open(`${app.baseUrl}/arbeit/heute`);
  const plan = page.getByRole('row', { name: /Kooperationsplan: gemeinsam ansehen/ });
  assert.equal(await plan.count(), 0, 'its reminder says it');
  await tabTo(page, /„Plan ansehen“ ist erledigt/);
  await page.keyboard.press('Enter');
  await plan.waitFor();
  await look(page, 'my-day-plan');
  await page.keyboard.press('8');
  await page.waitForURL(/team$/);
  assert.match(
    await page.locator('main').innerText(),
    /1 Kooperationsplan ist gemeinsam anzusehen, der Tag dafür ist vorbei/,
  );
  await look(page, 'team-plan');
  await tabTo(page, /^1 Kooperationsplan ist gemeinsam anzusehen/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Kooperationspläne, die gemeinsam anzusehen sind: / }).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 1);
  await page.getByRole('link', { name: /^Durchsicht festhalten: Plan von/ }).waitFor();
  await look(page, 'team-plans');
  await page.goto(`${app.baseUrl}/arbeit/team/plaene`);
  await page.getByRole('heading', { level: 1, name: /^Kooperationspläne ohne Team, die/ }).waitFor();
  await page.keyboard.press('h');
  await page.waitForURL(/heute$/);
  await tabTo(page, /Durchsicht festhalten: Plan von/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/tun=durchsicht/);
  await page.locator('#f-summary').fill('Läuft gut');
  const weekday = new Date(`${dayInGermany(app.services.clock.now())}T00:00:00Z`).getUTCDay();
  const usual = await page.locator('#f-next').inputValue();
  await page.locator('#f-next').fill(dayFromNow(14 - weekday));
  await page.getByRole('button', { name: 'Durchsicht festhalten' }).click();
  await focused(page, 'question');
  assert.match(await page.locator('#question').innerText(), /ist (ein Sonntag|hier ein Feiertag)\. Soll dieser Tag/);
  await page.getByRole('link', { name: 'Anderen Tag schreiben' }).click();
  await focused(page, 'f-next');
  await page.locator('#f-next').fill(usual);
  await page.getByRole('button', { name: 'Durchsicht festhalten' }).click();
  await page.waitForURL(/ok=durchsicht/);
  await page.goto(`${app.baseUrl}/arbeit/heute`);
  await page.locator('h1').waitFor();
  assert.equal(await plan.count(), 0);
  await page.close();
});

test('all of one part has pages, and the board counts no people', async () => {
  const page = await open(`${app.baseUrl}/arbeit/heute?teil=neu`);
  assert.ok((await page.locator('tbody tr').count()) > 5);
  await look(page, 'part');
  await page.goto(`${app.baseUrl}/arbeit/heute?teil=faellig&nach=kaputt`);
  await page.locator('h1').waitFor();
  await page.keyboard.press('h');
  await page.waitForURL(/heute$/);
  await page.keyboard.press('8');
  await page.waitForURL(/team$/);
  assert.match(await page.locator('main').innerText(), /Zahlen zu einzelnen Menschen stehen hier nicht/);
  assert.doesNotMatch(await page.locator('main').innerText(), /Kim Muster|Alex Beispiel/);
  await look(page, 'team');
  assert.equal((await page.goto(`${app.baseUrl}/arbeit/team/abwesend`))?.status(), 404);
  await page.close();
});

test('the board goes from what nobody took to what is decided, which is counted apart and no page of the inbox before it is asked for', async () => {
  const kim = clerk();
  const reader = readerOf({ id: kim.id, role: 'lead', teamIds: [] });
  const act = { actor: { kind: 'staff', id: kim.id, name: 'Kim' }, reader } as const;
  const [taken = '', decided = ''] = [ids[31], ids[38]];
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    await assignCase(tx, { ...act, caseId: taken }, { id: kim.id, name: 'Kim' });
    await decideCase(tx, { ...act, caseId: decided }, { result: 'granted', reasons: 'Alles da.' });
  });
  const page = await open(`${app.baseUrl}/arbeit/team`);
  const team = page.locator('section', { hasText: 'Dazu 1 entschiedener, der noch nicht abgeschlossen ist.' });
  const rows = await team.locator('tbody tr', { hasText: 'Krank melden' }).allInnerTexts();
  const states = rows.map((row) => /Neu|In Arbeit|Wartet|Entschieden/.exec(row)?.[0]);
  assert.deepEqual(states, ['Neu', 'In Arbeit', 'Entschieden']);
  await page.goto(`${app.baseUrl}/arbeit?anliegen=krankmeldung`);
  await page.locator(`a[href$="${taken}"]`).waitFor();
  assert.equal(await page.locator(`a[href$="${decided}"]`).count(), 0);
  await page.getByRole('link', { name: 'Entschiedene', exact: true }).click();
  await page.locator(`a[href$="${decided}"]`).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 1);
  await look(page, 'inbox-decided');
  await page.close();
});

/** Somebody of one team, with a browser of their own. */
async function colleague(): Promise<{ staff: TestStaff; page: Page }> {
  const totpSecret = newTotpSecret();
  const password = 'password of robin';
  const teamIds = [app.teams['vermittlung'] ?? ''];
  const added = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    addStaff(tx, totpKey(app.services), {
      login: 'robin',
      name: 'Robin Vertreter',
      role: 'clerk',
      password,
      totpSecret,
      teamIds,
    }),
  );
  assert.ok(added.kind === 'added');
  const staff = { id: added.id, login: 'robin', password, totpSecret, role: 'clerk' } as const;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  after(() => context.close());
  const page = await context.newPage();
  await signIn(page, app, staff);
  return { staff, page };
}

/** Who stands in opens the appointment of the absent person in its case, takes it over, holds it and says how it went. */
async function takesOver(page: Page, caseId: string): Promise<void> {
  const { tenant } = app.services.database;
  const kept = async () =>
    (await tenant(app.jobcenter.id, (tx) => appointmentsOf(tx, caseId))).find(({ place }) => place === 'Zimmer 56');
  const before = (await kept())?.id;
  await page.locator(`a[href*="terminverlegung"][href*="${before}"]`).click();
  await page.waitForURL(/tun=terminverlegung/);
  await page.locator('#f-staff').selectOption({ label: 'ich' });
  await page.locator('#f-reason').fill('Kim ist krank');
  await page.getByRole('radio', { name: 'das Jobcenter' }).check();
  await page.getByRole('button', { name: 'Termin ändern', exact: true }).click();
  await page.waitForURL(/ok=terminverlegung/);
  await look(page, 'taken-over');
  const taken = await kept();
  assert.deepEqual([taken?.staffId === clerk().id, taken?.takenFrom], [false, clerk().id]);
  // The hour comes: what is over can be said to have taken place.
  await tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.appointment set starts_at = $2 where id = $1', [
      taken?.id,
      new Date(app.services.clock.now().getTime() - 60_000),
    ]),
  );
  await page.keyboard.press('h');
  await page.waitForURL(/heute$/);
  const own = page.getByRole('row', { name: /Zimmer 56/ });
  assert.doesNotMatch(await own.innerText(), /in Vertretung/);
  await own.getByRole('link', { name: /Ergebnis des Termins/ }).click();
  await page.waitForURL(/tun=terminergebnis/);
  await page
    .getByRole('radio', { name: /stattgefunden|war da/ })
    .first()
    .check();
  await page.getByRole('button', { name: 'Ergebnis festhalten' }).click();
  await page.waitForURL(/ok=terminergebnis/);
  assert.match(await page.locator('.td-timeline').innerText(), /Robin Vertreter/);
  assert.notEqual((await kept())?.endedAt ?? null, null);
}

test('standing in: named by keyboard, opens what is needed, is marked, logged, and ends', async () => {
  const { tenant } = app.services.database;
  const { rows } = await tenant(app.jobcenter.id, async (tx) => ({
    rows: await tx.raw<{ id: string }>(
      "select id from app.office_case where jobcenter_id = $1 and team_id = $2 and state = 'new' and due_on < $3 order by id limit 2",
      [app.jobcenter.id, app.teams['leistung'], app.services.clock.now().toISOString().slice(0, 10)],
    ),
  }));
  const id = rows[0]?.id ?? '';
  const kim = { id: clerk().id, name: 'Kim Muster' };
  const actor = { kind: 'staff', ...kim } as const;
  const reader = readerOf({ id: kim.id, role: 'lead', teamIds: [] });
  await tenant(app.jobcenter.id, (tx) => assignCase(tx, { actor, reader, caseId: id }, kim));
  const held = rows[1]?.id ?? '';
  const yesterday = new Date(app.services.clock.now().getTime() - 86_400_000);
  const talk = {
    whom: 'stated',
    topic: 'work',
    minutes: 30,
    way: 'office',
    place: 'Zimmer 55',
    bring: '',
    note: '',
  } as const;
  const startsAt = new Date(yesterday.getTime() + 60_000);
  const act = { actor, reader, caseId: held, staffId: kim.id };
  await tenant(app.jobcenter.id, (tx) => makeAppointment(tx, act, { ...talk, staffId: kim.id, startsAt }), yesterday);
  const soon = new Date(app.services.clock.now().getTime() + 45 * 60_000);
  const late = { ...talk, place: 'Zimmer 56', staffId: kim.id, startsAt: soon };
  await tenant(app.jobcenter.id, (tx) => makeAppointment(tx, act, late));
  const { page } = await colleague();
  for (const one of [id, held])
    assert.equal((await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${one}`))?.status(), 404);
  const mine = await open(`${app.baseUrl}/arbeit/heute`);
  await mine.keyboard.press('9');
  await mine.waitForURL(/vertretung$/);
  await tabTo(mine, /^(Bitte wählen|[\s\S]*Robin Vertreter)/);
  await mine.keyboard.type('Robin');
  await tabTo(mine, /Vertretung benennen/);
  await mine.keyboard.press('Enter');
  await mine.waitForURL(/ok=benannt/);
  await look(mine, 'substitution');
  assert.equal((await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${id}`))?.status(), 200);
  const log = "select count(*) n from app.audit_entry where case_id = $1 and reason = 'Bearbeitung in Vertretung'";
  assert.equal(await count(log, [id]), 1);
  await page.keyboard.press('h');
  await page.waitForURL(/heute$/);
  await page.getByText('Sie vertreten gerade: Kim Muster').waitFor();
  await page.getByText('in Vertretung für Kim Muster').first().waitFor();
  await page.getByRole('row', { name: /Zimmer 55[\s\S]*in Vertretung für Kim Muster/ }).waitFor();
  assert.equal(
    (await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${held}`))?.status(),
    200,
    'a case with an appointment',
  );
  assert.equal(await count(log, [held]), 1);
  await takesOver(page, held);
  await page.keyboard.press('h');
  await page.waitForURL(/heute$/);
  await look(page, 'my-day-standing-in');
  const boss = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  after(() => boss.close());
  const desk = await boss.newPage();
  await signIn(desk, app, lead());
  await desk.goto(`${app.baseUrl}/arbeit/team/abwesend`);
  await desk.getByText('Kim Muster').first().waitFor();
  await look(desk, 'absent');
  await tabTo(mine, /Vertretung von Kim Muster durch Robin Vertreter beenden/);
  await mine.keyboard.press('Enter');
  await mine.waitForURL(/ok=beendet/);
  for (const one of [id, held])
    assert.equal((await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${one}`))?.status(), 404);
  await mine.close();
});
