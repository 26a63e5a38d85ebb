import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { addDays, dayInGermany } from '../../src/kernel/dates.ts';
import { federalStates, freeDay } from '../../src/kernel/holidays.ts';
import { makeAppointment } from '../../src/modules/appointments/index.ts';
import { readerOf, requireItem } from '../../src/modules/cases/index.ts';
import { follow } from '../support/browser.ts';
import { inspectPage, look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, desk, ids, open } from './workspace-desk.ts';

const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
const germanDay = (days: number): string =>
  addDays(dayInGermany(app.services.clock.now()), days).split('-').reverse().join('.');
/** A day on which nothing is asked about: the next one that is neither a Sunday nor a holiday anywhere. */
const plainDay = (days: number): string => {
  const free = federalStates.some(
    (state) => freeDay(addDays(dayInGermany(app.services.clock.now()), days), { state }) !== undefined,
  );
  return free ? plainDay(days + 1) : germanDay(days);
};

/** Makes the appointment, once more where its day is asked about. */
async function sendMeant(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Termin machen', exact: true });
  await button.click();
  await page.locator('#question, .kern-alert--success').first().waitFor();
  if ((await page.locator('#question').count()) > 0) await page.getByRole('button', { name: /^Trotzdem am/ }).click();
  await page.waitForURL(/ok=termin(&|$)/);
}

test('an appointment by keyboard alone: made in the case, moved with a reason, called off', async () => {
  const page = await open(casePath(1));
  await page.keyboard.press('c');
  await focused(page, 'f-whom');
  await page.keyboard.press('Tab');
  await tabTo(page, /Termin machen/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  const said = await page.getByRole('alert').innerText();
  assert.match(said, /worum es geht/);
  assert.match(said, /Uhrzeit so: 14:30/);
  await page.locator('#f-topic').selectOption({ label: 'Arbeit' });
  await page.locator('#f-day').fill(plainDay(3));
  await page.locator('#f-time').fill('14.30');
  await page.locator('#f-place').fill('Zimmer 204');
  await page.locator('#f-bring').fill('Lebenslauf');
  await page.locator('#f-note').fill('Bitte ruhig beginnen');
  await look(page, 'appointment-form');
  await page.locator('#f-note').focus();
  await tabTo(page, /Termin machen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=termin(&|$)/);
  const panel = page.locator('section[aria-labelledby="appointments"]');
  assert.match(await panel.innerText(), /14:30 bis 15:00 Uhr/);
  assert.match(await panel.innerText(), /Zimmer 204/);
  await look(page, 'case-with-appointment');
  await tabTo(page, /Termin ändern: /);
  await page.keyboard.press('Enter');
  await focused(page, 'f-day');
  assert.equal(await page.locator('#f-time').inputValue(), '14:30');
  await page.locator('#f-time').fill('9');
  await tabTo(page, /^Termin ändern$/);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /den Grund/);
  assert.equal(await page.locator('#f-time').inputValue(), '9', 'what was typed stays');
  await page.locator('#f-reason').fill('Schule beginnt später');
  await page.getByRole('radio', { name: 'die Person' }).focus();
  await page.keyboard.press('Space');
  await look(page, 'appointment-move');
  await tabTo(page, /^Termin ändern$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=terminverlegung/);
  const history = await page.locator('.td-timeline').innerText();
  assert.match(history, /Termin geändert: .*9:00 bis 0?9:30/);
  assert.match(history, /Vorher: .*14:30/);
  assert.match(history, /Gewünscht von: die Person/);
  await tabTo(page, /Termin absagen: /);
  await page.keyboard.press('Enter');
  await focused(page, 'f-how');
  assert.equal(await page.getByRole('radio', { name: 'hat stattgefunden' }).count(), 0, 'it has not begun yet');
  await page.locator('#f-words').fill('Arbeit gefunden');
  await page.getByRole('radio', { name: 'die Person' }).check();
  await look(page, 'appointment-end');
  await page.getByRole('button', { name: 'Ergebnis festhalten' }).click();
  await page.waitForURL(/ok=terminergebnis/);
  assert.match(await panel.innerText(), /Kein Termin steht an/);
  assert.match(await page.locator('.td-timeline').innerText(), /Termin abgesagt/);
  const audited = "select count(*) n from app.audit_entry where case_id = $1 and action like 'case.appointment%'";
  assert.equal(await count(audited, [ids[1]]), 4);
  await page.close();
});

test('two change one appointment: the second sees both and chooses', async () => {
  const page = await open(`${casePath(4)}?tun=termin`);
  await page.locator('#f-topic').selectOption({ label: 'Arbeit' });
  await page.locator('#f-day').fill(plainDay(4));
  await page.locator('#f-time').fill('10:00');
  await page.getByRole('button', { name: 'Termin machen', exact: true }).click();
  await page.waitForURL(/ok=termin(&|$)/);
  const late = await open(`${casePath(4)}?tun=terminverlegung`);
  const change = async (one: Page, time: string) => {
    await one.locator('#f-time').fill(time);
    await one.locator('#f-reason').fill(`lieber um ${time}`);
    await one.getByRole('radio', { name: 'das Jobcenter' }).check();
    await one.getByRole('button', { name: /^Termin ändern$|Meins nehmen/ }).click();
  };
  await late.locator('#f-place').fill('Zimmer 3'); // somebody is typing: the open form stays as it is
  await page.goto(`${casePath(4)}?tun=terminverlegung`);
  await change(page, '11:00');
  await page.waitForURL(/ok=terminverlegung/);
  await change(late, '12:00');
  await late.locator('#conflict').waitFor();
  const both = await late.locator('#conflict').innerText();
  assert.match(both, /11:00 bis 11:30/);
  assert.match(both, /12:00 bis 12:30/);
  assert.equal(await late.locator('#f-reason').inputValue(), 'lieber um 12:00');
  await look(late, 'appointment-conflict');
  await late.getByRole('button', { name: 'Meins nehmen' }).click();
  await late.waitForURL(/ok=terminverlegung/);
  assert.match(await late.locator('section[aria-labelledby="appointments"]').innerText(), /12:00 bis 12:30/);
  await late.close();
  await page.close();
});

test('my day begins with the appointments of today; of one that is over somebody says what became of it', async () => {
  const page = await open(`${casePath(7)}?tun=termin`);
  await page.locator('#f-topic').selectOption({ label: 'Arbeit' });
  await page.locator('#f-day').fill(germanDay(0));
  await page.locator('#f-time').fill('23:50');
  await page.locator('#f-way').selectOption('phone');
  await page.locator('#f-place').fill('030 555 12');
  await sendMeant(page);
  const yesterday = new Date(app.services.clock.now().getTime() - 86_400_000);
  const staffId = clerk().id;
  const act = {
    actor: { kind: 'staff', id: staffId, name: 'Kim Muster' } as const,
    reader: readerOf({ id: staffId, role: 'clerk', teamIds: Object.values(app.teams) }),
    caseId: ids[7] ?? '',
    staffId,
  };
  const over = await app.services.database.tenant(
    app.jobcenter.id,
    (tx) =>
      makeAppointment(tx, act, {
        ...{
          whom: 'stated',
          topic: 'work',
          staffId,
          minutes: 30,
          way: 'office',
          place: 'Zimmer 9',
          bring: '',
          note: '',
        },
        startsAt: new Date(yesterday.getTime() + 60_000),
      }),
    yesterday,
  );
  assert.deepEqual(over, { kind: 'done' });
  await page.keyboard.press('h');
  await page.waitForURL(/arbeit\/heute/);
  const titles = await page.locator('main h2').allInnerTexts();
  assert.deepEqual(titles.slice(0, 2), ['Termine heute', 'Termine: was noch zu klären ist']);
  await page.getByRole('row', { name: /23:50 bis 0?0:20 Uhr.*am Telefon: 030 555 12/s }).waitFor();
  const line = page.getByRole('row', { name: /Wie war der Termin/ });
  assert.match(await line.innerText(), /Zimmer 9/);
  await look(page, 'day-with-appointments');
  await line.getByRole('link', { name: /Ergebnis des Termins/ }).click();
  await page.waitForURL(/tun=terminergebnis/);
  await page.getByRole('radio', { name: 'Person ist nicht gekommen' }).check();
  await page.locator('#f-words').fill('Bahn fiel aus');
  await page.getByRole('button', { name: 'Ergebnis festhalten' }).click();
  await page.waitForURL(/ok=terminergebnis/);
  assert.match(await page.locator('.td-timeline').innerText(), /Person ist nicht gekommen: [\s\S]*Bahn fiel aus/);
  await page.goto(`${app.baseUrl}/arbeit/heute`);
  assert.equal(await page.getByRole('row', { name: /Wie war der Termin/ }).count(), 0);
  await page.goto(`${app.baseUrl}/arbeit/team`);
  assert.match(await page.locator('main').innerText(), /Heute ist 1 Termin\./);
  await look(page, 'team-with-appointments');
  await page.close();
});

test('a case is closed without a script: of each open appointment somebody says what becomes of it', async () => {
  const index = 9;
  const staffId = clerk().id;
  const act = {
    actor: { kind: 'staff', id: staffId, name: 'Kim Muster' } as const,
    reader: readerOf({ id: staffId, role: 'clerk', teamIds: Object.values(app.teams) }),
    caseId: ids[index] ?? '',
    staffId,
  };
  const soon = (days: number) => new Date(app.services.clock.now().getTime() + days * 86_400_000);
  const talk = { whom: 'stated', topic: 'work', staffId, minutes: 30, way: 'office', bring: '', note: '' } as const;
  for (const [days, place] of [
    [2, 'Zimmer 1'],
    [5, 'Zimmer 2'],
  ] as const)
    await app.services.database.tenant(app.jobcenter.id, (tx) =>
      makeAppointment(tx, act, { ...talk, place, startsAt: soon(days) }),
    );
  await app.services.database.tenant(app.jobcenter.id, (tx) =>
    requireItem(tx, act, { what: 'Lohnzettel April', why: 'Für den Bescheid.', dueOn: dayInGermany(soon(14)) }),
  );
  const plain = await browser.newContext({
    viewport: { width: 360, height: 800 },
    javaScriptEnabled: false,
    locale: 'de-DE',
    storageState: await desk.storageState(),
  });
  const page = await plain.newPage();
  await page.goto(`${casePath(index)}?tun=abschluss`);
  const form = page.locator('form[action$="/abschluss"]');
  await follow(page, form.getByRole('button', { name: /abschließen/i }));
  const problems = page.getByRole('alert').getByRole('link', { name: /was aus diesem Termin wird/ });
  assert.equal(await problems.count(), 2);
  await form
    .getByRole('radio', { name: /^absagen/ })
    .first()
    .check();
  await form
    .getByRole('radio', { name: /^behalten/ })
    .last()
    .check();
  await follow(page, form.getByRole('button', { name: /abschließen/i }));
  assert.match(await page.getByRole('alert').innerText(), /Bitte schreiben Sie den Grund/);
  assert.ok(
    await form
      .getByRole('radio', { name: /^behalten/ })
      .last()
      .isChecked(),
    'what was chosen stays',
  );
  await inspectPage(page, 'case-close-appointments', { width: 360, script: false });
  await form.locator('textarea[name=terminGrund]').fill('Alles geklärt');
  await follow(page, form.getByRole('button', { name: /abschließen/i }));
  assert.match(await page.getByRole('alert').innerText(), /ob diese Unterlage noch gebraucht wird/);
  await inspectPage(page, 'case-close-papers', { width: 360, script: false });
  await form.getByRole('radio', { name: /^wird nicht mehr gebraucht/ }).check();
  await follow(page, form.getByRole('button', { name: /abschließen/i }));
  await page.waitForURL(/ok=abschluss/);
  const panel = page.locator('section[aria-labelledby="appointments"]');
  assert.match(await panel.innerText(), /Der Vorgang ist abgeschlossen[\s\S]*Zimmer 2/);
  const history = await page.locator('.td-timeline').innerText();
  assert.match(history, /Termin abgesagt: [\s\S]*Alles geklärt/);
  assert.match(history, /Vorgang abgeschlossen, der Termin bleibt/);
  await plain.close();
  const wide = await open(`${casePath(index)}`);
  await look(wide, 'case-closed-with-appointment');
  await wide.close();
});

test('a Sunday is asked about once and then taken; from the row of an appointment a letter invites to this one', async () => {
  const page = await open(`${casePath(11)}?tun=termin`);
  const weekday = new Date(`${dayInGermany(app.services.clock.now())}T00:00:00Z`).getUTCDay();
  const make = async (days: number, time: string) => {
    await page.locator('#f-topic').selectOption({ label: 'Arbeit' });
    await page.locator('#f-day').fill(germanDay(days));
    await page.locator('#f-time').fill(time);
  };
  await make(14 - weekday, '10:00');
  await page.getByRole('button', { name: 'Termin machen', exact: true }).click();
  await focused(page, 'question');
  assert.match(await page.locator('#question').innerText(), /ist ein Sonntag|ist hier ein Feiertag/);
  assert.equal(await page.locator('#error-summary, .kern-error').count(), 0, 'it is a question and no error');
  assert.equal(await page.locator('#f-time').inputValue(), '10:00');
  await look(page, 'appointment-sunday');
  await page.getByRole('button', { name: /^Trotzdem am (Sonntag|Feiertag) eintragen$/ }).click();
  await page.waitForURL(/ok=termin(&|$)/);
  const panel = page.locator('section[aria-labelledby="appointments"]');
  assert.match(await panel.innerText(), /Das ist ein Sonntag|Das ist hier ein Feiertag/);
  await page.goto(`${casePath(11)}?tun=termin`);
  await make(15 - weekday, '11:00'); // a Monday
  await sendMeant(page);
  await look(page, 'case-two-appointments');
  await panel
    .getByRole('link', { name: /Einladung schreiben/ })
    .last()
    .click();
  await page.waitForURL(/tun=brief/);
  const chosen = page.locator('#f-entry');
  assert.match((await chosen.locator('option:checked').textContent()) ?? '', /11:00 bis 11:30/);
  assert.ok(await page.getByRole('radio', { name: /Einladung/ }).isChecked());
  await page.locator('#f-recipient').fill('Mika Muster\nWeg 1\n01234 Musterstadt');
  await look(page, 'letter-begin-appointment');
  await page.locator('form[action$="/brief"] button').first().click();
  await page.waitForURL(/briefe\//);
  const field = page.locator('#f-appointmentId');
  assert.match((await field.locator('option:checked').textContent()) ?? '', /11:00 bis 11:30/);
  await look(page, 'letter-with-appointment');
  await field.selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Speichern und Vorschau zeigen' }).click();
  await page.waitForURL(/ok=gespeichert/);
  assert.match((await field.locator('option:checked').textContent()) ?? '', /10:00 bis 10:30/);
  await page.close();
});
