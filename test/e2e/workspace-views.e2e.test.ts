import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { addDays, dayInGermany } from '../../src/kernel/dates.ts';
import { readerOf, requireItem } from '../../src/modules/cases/index.ts';
import { accessCode, receiptOfSubmission, submissionsOfCase } from '../../src/modules/intake/index.ts';
import { look, tabTo } from '../support/look.ts';
import { app, browser, casePath, clerk, count, desk, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const pressed = (page: Page): Promise<string> => page.locator('.tw-views [aria-pressed=true]').innerText();

test('the three views are switched by their keys, remembered for the case, and keep the open form', async () => {
  const page = await open(casePath(2));
  assert.match(await pressed(page), /Leistung prüfen/);
  await look(page, 'view-administrative');
  await page.keyboard.press('8');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Arbeit vermitteln' }).waitFor();
  assert.equal(await page.locator('#teil-papers').getAttribute('open'), null);
  await look(page, 'view-placement');
  await page.locator('#teil-papers > summary').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Unterlagen/ }).waitFor();
  await page.keyboard.press('o');
  await page.locator('#f-text').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('9');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Menschen begleiten' }).waitFor();
  await page.locator('#f-text').waitFor();
  await look(page, 'view-social');
  await page.goto(casePath(2));
  assert.match(await pressed(page), /Menschen begleiten/);
  await page.keyboard.press('7');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Leistung prüfen' }).waitFor();
  const chosen = 'select count(*) n from app.work_view_choice where staff_id = $1 and case_id = $2';
  assert.equal(await count(`${chosen} and view = 'administrative'`, [clerk().id, ids[2]]), 1);
  await page.close();
});

test('the list of keys goes by the keys, and names the one that opens a paper where there is one', async () => {
  const keysOf = async (index: number) => {
    const page = await open(casePath(index));
    const keys = await page.locator('.td-keys dt').allTextContents();
    await page.close();
    return keys;
  };
  const [withPaper, without] = [await keysOf(0), await keysOf(1)];
  assert.deepEqual(withPaper.slice(0, 8), ['1', '2', '3', '4', '5', '6', 'h', '/']);
  assert.deepEqual(
    [withPaper, without].map((keys) => keys.filter((key) => key === 'g').length),
    [1, 0],
  );
});

test('without JavaScript the views are buttons that work', async () => {
  const state = await desk.storageState();
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE', storageState: state });
  const page = await context.newPage();
  await page.goto(casePath(3));
  await page.getByRole('button', { name: /Arbeit vermitteln/ }).click();
  assert.match(await pressed(page), /Arbeit vermitteln/);
  await context.close();
});

test('a lead changes what a view shows: by versions, for one team first, and back again', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  await signIn(page, app, lead());
  await page.goto(`${app.baseUrl}/arbeit/ansichten`);
  await look(page, 'views');
  await page.getByRole('link', { name: 'Leistung prüfen' }).click();
  await page.getByLabel('Verlauf', { exact: true }).selectOption('hidden');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page
    .getByRole('alert')
    .getByText(/warum Sie das ändern/)
    .waitFor();
  assert.equal(await page.getByLabel('Verlauf', { exact: true }).inputValue(), 'hidden');
  await look(page, 'view-rule-problem');
  const place = (verb: string) => page.locator(`[name=knopf-${verb}]`);
  await place('entscheidung').fill('');
  await place('team').fill('1');
  await place('zuweisung').fill('x');
  await page.getByLabel('Warum?').fill('Wir lesen zuerst die Angaben.');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page
    .getByRole('alert')
    .getByText(/lassen Sie das Feld leer/)
    .waitFor();
  assert.deepEqual([await place('entscheidung').inputValue(), await place('zuweisung').inputValue()], ['', 'x']);
  await place('zuweisung').fill('2');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page.getByText('Die neue Fassung ist gespeichert.').waitFor();
  await look(page, 'view-rule');
  await page.goto(casePath(4));
  assert.equal(await page.locator('#history').count(), 0);
  const bar = page.locator('.tw-verbs');
  const firstOnes = await bar
    .locator('> ul > li > a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('data-shortcut')));
  assert.deepEqual([firstOnes[0], firstOnes.includes('e')], ['t', false]);
  assert.equal(await bar.locator('details a[data-shortcut=e]').count(), 1, 'under "more", with its key');
  await page.keyboard.press('e');
  await page.locator('#f-result').waitFor();
  await page.getByRole('link', { name: /Alles zeigen/ }).click();
  await page.locator('#history').waitFor();
  await page.goto(`${app.baseUrl}/arbeit/ansichten/administrative`);
  await page.getByLabel('Verlauf', { exact: true }).selectOption('open');
  await page.getByLabel('Warum?').fill('Der Verlauf fehlte vielen.');
  await page.getByRole('button', { name: 'Neue Fassung speichern' }).click();
  await page.getByText('Die neue Fassung ist gespeichert.').waitFor();
  assert.equal(await page.locator('tbody tr').count(), 2);
  await page.goto(casePath(4));
  await page.locator('#history').waitFor();
  await context.close();
  const clerks = await open(`${app.baseUrl}/arbeit/ansichten/administrative`);
  assert.equal(await clerks.getByRole('button', { name: 'Neue Fassung speichern' }).count(), 0);
  await clerks.getByText('Der Verlauf fehlte vielen.').waitFor();
  await clerks.close();
});

const focused = (page: Page, id: string) => page.waitForFunction((one) => document.activeElement?.id === one, id);
const type = (page: Page, words: string) => page.keyboard.type(words);
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
/** Sends the open form by its button, and waits for what is said then. */
async function send(page: Page, button: RegExp, done: RegExp): Promise<void> {
  await tabTo(page, button);
  await press(page, 'Enter');
  await page.locator('.kern-alert--success', { hasText: done }).waitFor();
}

test('placement by keyboard alone: goal, agreements of both sides, how they stand, a look at the plan, a proposal', async () => {
  const page = await open(casePath(5));
  await press(page, '8');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Arbeit vermitteln' }).waitFor();
  await tabTo(page, /^Ziel festhalten/);
  await press(page, 'Enter');
  await focused(page, 'f-words');
  await type(page, 'Ich möchte wieder kochen');
  await send(page, /^Ziel festhalten$/, /Ziel ist festgehalten/);
  await press(page, 'i');
  await focused(page, 'f-side');
  await tabTo(page, /^Vereinbarung festhalten$/);
  await press(page, 'Enter');
  await page
    .getByRole('alert')
    .getByText(/wer das macht/)
    .waitFor();
  await look(page, 'agreement-problem');
  await page.locator('#f-side').focus();
  await press(page, 'Space', 'Tab');
  await type(page, 'Zeugnisse sortieren');
  await send(page, /^Vereinbarung festhalten$/, /Vereinbarung ist festgehalten/);
  await press(page, 'i');
  await focused(page, 'f-side');
  await press(page, 'ArrowDown', 'Tab');
  await type(page, 'Einen Kochkurs suchen');
  await send(page, /^Vereinbarung festhalten$/, /Vereinbarung ist festgehalten/);
  await page.getByRole('heading', { name: 'Das macht das Jobcenter' }).waitFor();
  await tabTo(page, /^Stand festhalten: Zeugnisse sortieren/);
  await press(page, 'Enter');
  await focused(page, 'f-entry');
  await look(page, 'agreement-state');
  await page.locator('#f-entry').focus();
  await press(page, 'Tab', 'Space');
  await send(page, /^Stand festhalten$/, /Stand der Vereinbarung ist festgehalten/);
  await page.getByText('Erledigt oder geändert (1)').waitFor();
  await tabTo(page, /^Plan gemeinsam ansehen/);
  await press(page, 'Enter');
  await focused(page, 'f-summary');
  await type(page, 'Die Zeugnisse sind da.');
  await send(page, /^Durchsicht festhalten$/, /Durchsicht ist festgehalten/);
  await press(page, 'l');
  await focused(page, 'f-proposalKind');
  await press(page, 'Space', 'Tab');
  await type(page, 'Küchenhilfe');
  assert.equal(await page.locator('label[for=f-onDay]').innerText(), 'Wann vorgeschlagen?');
  await look(page, 'proposal');
  await page.locator('#f-title').focus();
  await send(page, /^Vorschlag festhalten$/, /Vorschlag ist festgehalten/);
  await tabTo(page, /^Wie ging es weiter: Küchenhilfe/);
  await press(page, 'Enter');
  await focused(page, 'f-entry');
  await press(page, 'Tab', 'Space');
  await look(page, 'proposal-course');
  await page.locator('#f-step').focus();
  await send(page, /^Schritt festhalten$/, /Schritt ist festgehalten/);
  await page.locator('#proposals').waitFor();
  await tabTo(page, /^Gespräch festhalten/);
  await press(page, 'Enter');
  await focused(page, 'f-text');
  await type(page, 'Die Bäckerei am Markt sucht ab Mai jemanden für die Küche');
  await send(page, /^Notiz speichern$/, /Notiz ist gespeichert/);
  const partners = page.getByRole('region', { name: 'Betriebe und Netzwerk' });
  assert.match(await partners.innerText(), /Betriebe und Netzwerk[\s\S]*Bäckerei am Markt/);
  await look(page, 'placement');
  const stillOpen = 'select count(*) n from app.agreement where case_id = $1 and ended_at is null';
  assert.equal(await count(stillOpen, [ids[5]]), 1);
  assert.equal(await count("select count(*) n from app.proposal_step where step = 'applied'", []), 1);
  await page.close();
});

test('social work by keyboard alone: burdens that leave no word elsewhere, help of another service and its way back', async () => {
  const page = await open(casePath(6));
  await press(page, '9');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Menschen begleiten' }).waitFor();
  await tabTo(page, /^Belastung festhalten/);
  await press(page, 'Enter');
  await focused(page, 'f-words');
  await type(page, 'Die Schulden machen mir Angst');
  await send(page, /^Belastung festhalten$/, /Belastung ist festgehalten/);
  await page.locator('q', { hasText: 'Die Schulden machen mir Angst' }).waitFor();
  assert.doesNotMatch(await page.locator('.td-timeline').innerText(), /machen mir Angst/);
  await tabTo(page, /^Wer zum Umfeld gehört/);
  await press(page, 'Enter');
  await focused(page, 'f-words');
  await type(page, 'Meine Schwester holt die Kinder ab');
  await send(page, /^Umfeld festhalten$/, /Umfeld ist festgehalten/);
  const surroundings = page.locator('section[aria-labelledby=surroundings]');
  await surroundings.locator('q', { hasText: 'Meine Schwester holt die Kinder ab' }).waitFor();
  assert.match(await surroundings.innerText(), /Die Schulden machen mir Angst/);
  assert.doesNotMatch(await page.locator('.td-timeline').innerText(), /Schwester/);
  await tabTo(page, /^Stärke festhalten/);
  await press(page, 'Enter');
  await focused(page, 'f-words');
  await type(page, 'Ich höre gut zu');
  await send(page, /^Stärke festhalten$/, /Stärke ist festgehalten/);
  await press(page, 'q');
  await focused(page, 'f-service');
  await press(page, 'ArrowDown', 'ArrowDown', 'Tab');
  await type(page, 'Schuldnerberatung der Stadt');
  await press(page, 'Tab');
  await type(page, 'Ordnung in die Briefe bringen');
  await press(page, 'Tab', 'ArrowDown', 'Tab');
  await type(page, 'Name und Telefonnummer');
  await look(page, 'referral');
  await send(page, /^Hilfe festhalten$/, /andere Hilfe ist festgehalten/);
  await page.getByText(/Wir dürfen dort etwas sagen/).waitFor();
  await look(page, 'social');
  await tabTo(page, /^Was ist daraus geworden: Schuldnerberatung/);
  await press(page, 'Enter');
  await focused(page, 'f-entry');
  await press(page, 'Tab', 'ArrowUp');
  await send(page, /^Rückmeldung festhalten$/, /Rückmeldung ist festgehalten/);
  await page.getByText(/hat die Einwilligung zurückgenommen/).waitFor();
  await tabTo(page, /^Nicht mehr aktuell: Die Schulden/);
  await press(page, 'Enter');
  await focused(page, 'f-entry');
  await press(page, 'Tab', 'ArrowUp');
  await send(page, /^Eintrag beenden$/, /Eintrag ist beendet/);
  assert.equal(await page.getByText('machen mir Angst').count(), 0);
  assert.equal(await count("select count(*) n from app.plan_entry where words like '%Angst%'", []), 0);
  await page.close();
});

test('the administrative view says what is missing and by when; so does the board, with what was agreed', async () => {
  const caseId = ids[9] ?? '';
  await app.services.database.tenant(app.jobcenter.id, async (tx) => {
    const reader = readerOf({ id: clerk().id, role: 'clerk', teamIds: Object.values(app.teams) });
    const act = {
      actor: { kind: 'staff', id: clerk().id, name: 'Kim Muster' } as const,
      reader,
      caseId,
      staffId: clerk().id,
    };
    const dueOn = addDays(dayInGermany(tx.now), 9);
    await requireItem(tx, act, { what: 'Lohnabrechnung Oktober', why: 'Einkommen', dueOn });
  });
  const page = await open(casePath(9));
  await press(page, '7');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Leistung prüfen' }).waitFor();
  const checks = page.locator('section[aria-labelledby=checks]');
  assert.match(
    await checks.innerText(),
    /Ist alles da\?[\s\S]*1 angeforderte Unterlage fehlt noch[\s\S]*Fristen[\s\S]*Wir antworten bis/,
  );
  await press(page, 'i');
  await focused(page, 'f-side');
  await press(page, 'Space', 'Tab');
  await type(page, 'Unterlagen ordnen');
  await send(page, /^Vereinbarung festhalten$/, /Vereinbarung ist festgehalten/);
  const board = await page.locator('.tw-board').innerText();
  assert.match(board, /Was fehlt[\s\S]*Lohnabrechnung Oktober/);
  assert.match(board, /Vereinbart[\s\S]*Unterlagen ordnen/);
  await page.close();
});

test('administration by keyboard alone: a check with its source, checked again, and a decision that was weighed', async () => {
  const page = await open(casePath(8));
  await press(page, '7');
  await page.locator('.tw-views [aria-pressed=true]', { hasText: 'Leistung prüfen' }).waitFor();
  await tabTo(page, /^Prüfung festhalten/);
  await press(page, 'Enter');
  await focused(page, 'f-matter');
  await tabTo(page, /^Prüfung festhalten$/);
  await press(page, 'Enter');
  await page
    .getByRole('alert')
    .getByText(/worauf sich das Ergebnis stützt/)
    .waitFor();
  await look(page, 'check-problem');
  await page.locator('#f-matter').focus();
  await type(page, 'Miete ist angemessen');
  await press(page, 'Tab', 'ArrowUp', 'Tab');
  await type(page, 'Mietvertrag, Seite 2');
  await send(page, /^Prüfung festhalten$/, /Prüfung ist festgehalten/);
  await tabTo(page, /^Neu prüfen: Miete/);
  await press(page, 'Enter');
  await focused(page, 'f-matter');
  assert.equal(await page.locator('#f-matter').inputValue(), 'Miete ist angemessen');
  await press(page, 'Tab', 'Space', 'Tab');
  await type(page, 'Richtwert der Stadt');
  await send(page, /^Prüfung festhalten$/, /Prüfung ist festgehalten/);
  await page
    .locator('#checks ~ *, .tw-panel', { hasText: /Vorher, am .*noch offen/ })
    .first()
    .waitFor();
  assert.equal(await count('select count(*) n from app.case_check where replaces is not null', []), 1);
  await press(page, 'e');
  await focused(page, 'f-result');
  await press(page, 'ArrowDown', 'Tab');
  await type(page, 'Die Miete liegt unter dem Richtwert.');
  await press(page, 'Tab');
  await type(page, 'Die Wohnung liegt nah an der Schule.');
  await send(page, /^Entscheiden$|^Entscheidung/, /./);
  await page.getByText('Abgewogen: Die Wohnung liegt nah an der Schule.').first().waitFor();
  await look(page, 'administrative');
  await page.close();
});

test('the person sees the same agreements in the portal', async () => {
  const { services, jobcenter } = app;
  const caseId = ids[5] ?? '';
  const [submission] = await services.database.tenant(jobcenter.id, (tx) => submissionsOfCase(tx, caseId));
  assert.ok(submission?.person.birthDate);
  const receipt = await services.database.tenant(jobcenter.id, (tx) => receiptOfSubmission(tx, submission.id));
  const number = receipt?.number ?? '';
  const [year, month, day] = submission.person.birthDate.split('-');
  const context = await browser.newContext({ baseURL: app.baseUrl, locale: 'de-DE', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/stand');
  await page.fill('[name=nummer]', number);
  await page.fill('[name=birthDate]', `${day}.${month}.${year}`);
  await page.fill('[name=code]', accessCode((await services.keyring.of(jobcenter.id)).codes, number));
  await page.click('form[action$="/stand"] button');
  await page.waitForURL(/eingang/);
  const plan = await page.locator('section', { hasText: 'Was wir vereinbart haben' }).innerText();
  assert.match(plan, /Das machen wir\s+Einen Kochkurs suchen, bis/);
  assert.match(plan, /Schon geschafft\s+Zeugnisse sortieren/);
  assert.doesNotMatch(await page.locator('main').innerText(), /wieder kochen/);
  await page.setViewportSize({ width: 360, height: 900 });
  assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 360);
  const shots = process.env.TANDEM_TEST_SHOTS;
  if (shots !== undefined) await page.screenshot({ path: `${shots}/portal-plan-360.png`, fullPage: true });
  await context.close();
});
