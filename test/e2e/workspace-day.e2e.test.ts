import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeAppointment } from '../../src/modules/appointments/index.ts';
import { assignCase, readerOf } from '../../src/modules/cases/index.ts';
import { addStaff, newTotpSecret } from '../../src/modules/identity/index.ts';
import { totpKey } from '../../src/surfaces/totp-key.ts';
import type { TestStaff } from '../support/app.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
const clear = (page: Page) => page.keyboard.press('ControlOrMeta+a');
const dayFromNow = (days: number): string => {
  const at = new Date(app.services.clock.now().getTime() + days * 86_400_000);
  return new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium' }).format(at);
};

test('a follow-up by keyboard alone: set in the case, seen in my day, opened by its key, moved and ended', async () => {
  const page = await open(casePath(1));
  await page.keyboard.press('f');
  await focused(page, 'f-followReason');
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
  await page.keyboard.type(dayFromNow(0));
  await tabTo(page, /Wiedervorlage anlegen/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=wiedervorlage/);
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
  await page.keyboard.type(dayFromNow(3));
  await page.keyboard.press('Tab');
  await page.keyboard.type('Sie ist im Urlaub');
  await tabTo(page, /Tag ändern/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/ok=verschiebung/);
  assert.match(await page.locator('.td-timeline').innerText(), /Wiedervorlage verschoben: Vermieterin fragen/);
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
  context.setDefaultTimeout(8_000);
  after(() => context.close());
  const page = await context.newPage();
  await signIn(page, app, staff);
  return { staff, page };
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
