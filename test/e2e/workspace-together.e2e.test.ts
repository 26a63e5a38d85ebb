import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { Page } from 'playwright-core';
import { inspectPage } from '../support/look.ts';
import { app, browser, casePath, clerk, count, desk, draftsAt, ids, lead, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

/** A second person, in a browser of their own. */
const other = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
after(() => other.close());
const first = await other.newPage();
await signIn(first, app, lead());
await first.close();

// What fails leaves no broken line and no open page to the tests after it.
afterEach(async () => {
  for (const context of [desk, other]) {
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    for (const page of context.pages()) await page.close({ runBeforeUnload: false });
  }
});

/** Lets somebody sign in once more within the half minute of a code. */
const forgetCodes = () =>
  app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw('update app.staff set totp_last_step = 0 where jobcenter_id = $1', [app.jobcenter.id]),
  );

async function openOther(url: string): Promise<Page> {
  const page = await other.newPage();
  await page.goto(url);
  return page;
}

test('two people in one case see each other, and changes as they happen; typed text, focus and scroll stay', async () => {
  const refused: string[] = [];
  for (const context of [desk, other])
    context.on('console', (line) => {
      if (line.text().includes('Content Security Policy')) refused.push(line.text());
    });
  const mine = await open(`${casePath(3)}?tun=nachrichten`);
  const theirs = await openOther(casePath(3));
  await theirs.locator('.tw-present', { hasText: 'Kim Muster' }).waitFor();
  await mine.locator('.tw-present', { hasText: 'Alex Beispiel sieht sich den Vorgang an' }).waitFor();
  assert.match(await theirs.locator('.tw-present').innerText(), /Kim Muster hat „.+“ offen/);
  await mine.locator('#f-text').fill('Guten Tag, ich schreibe ger');
  await mine.evaluate(() => window.scrollTo(0, 120));
  const notes = await openOther(`${casePath(3)}?tun=notizen`);
  await notes.locator('#f-text').fill('Miete telefonisch bestätigt.');
  await notes.locator('select[name=topic]').selectOption('housing');
  await notes.getByRole('button', { name: 'Notiz speichern' }).click();
  await notes.waitForURL(/ok=notizen/);
  await mine.locator('.td-timeline', { hasText: 'Miete telefonisch bestätigt.' }).waitFor();
  assert.equal(await mine.locator('#f-text').inputValue(), 'Guten Tag, ich schreibe ger');
  assert.equal(await mine.evaluate(() => document.activeElement?.id), 'f-text');
  assert.ok((await mine.evaluate(() => window.scrollY)) > 60);
  await mine.keyboard.press('End');
  await mine.keyboard.type('ade.');
  await mine.getByRole('button', { name: 'Senden', exact: true }).click();
  await mine.waitForURL(/ok=nachrichten/);
  await theirs.locator('.td-timeline', { hasText: 'Guten Tag, ich schreibe gerade.' }).waitFor();
  await notes.close();
  await theirs.close();
  await mine.locator('.tw-present').waitFor({ state: 'detached' });
  assert.deepEqual(refused, [], 'a live page brings nothing that our own policy refuses');
  await mine.close();
});

test('the same field: the second person sees both and chooses; different fields both stay', async () => {
  const email = `${casePath(0)}?tun=email`;
  const confirm = await open(`${casePath(0)}?tun=person`);
  await confirm.getByRole('button', { name: 'Bestätigen', exact: true }).click();
  await confirm.waitForURL(/ok=person/);
  await confirm.close();
  const [mine, theirs] = [await open(email), await openOther(email)];
  const assign = await openOther(`${casePath(0)}?tun=zuweisung`);
  await mine.locator('#f-email').fill('meine@example.org');
  await assign.locator('select[name=staff]').selectOption({ label: 'Alex Beispiel' });
  await assign.getByRole('button', { name: 'Zuweisen', exact: true }).click();
  await assign.waitForURL(/ok=zuweisung/);
  await theirs.locator('#f-email').fill('deine@example.org');
  await theirs.getByRole('button', { name: 'Adresse festhalten' }).click();
  await theirs.waitForURL(/ok=email/);
  await mine.getByRole('button', { name: 'Adresse festhalten' }).click();
  const note = mine.locator('#conflict');
  await note.waitFor();
  assert.match(await note.innerText(), /Alex Beispiel hat inzwischen[\s\S]*deine@example.org[\s\S]*meine@example.org/);
  await mine.getByRole('button', { name: 'Meins nehmen' }).click();
  await mine.waitForURL(/ok=email/);
  assert.equal(await count("select count(*) n from app.person where email = 'meine@example.org'", []), 1);
  await theirs.locator('.tw-facts', { hasText: 'meine@example.org' }).waitFor();
  assert.match(await mine.locator('.tw-facts').innerText(), /Alex Beispiel/);
  for (const page of [mine, theirs, assign]) await page.close();
});

test('what is typed survives the loss of the window, and is gone once it is sent', async () => {
  const page = await open(`${casePath(5)}?tun=notizen`);
  await page.locator('#f-text').fill('Halb fertig geschrieben');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await page.close();
  const again = await open(`${casePath(5)}?tun=notizen`);
  assert.equal(await again.locator('#f-text').inputValue(), 'Halb fertig geschrieben');
  await again.getByText('Ihr Entwurf vom').waitFor();
  assert.equal(await draftsAt(ids[5] ?? ''), 1);
  await again.locator('select[name=topic]').selectOption('housing');
  await again.getByRole('button', { name: 'Notiz speichern' }).click();
  await again.waitForURL(/ok=notizen/);
  assert.equal(await draftsAt(ids[5] ?? ''), 0);
  await again.close();
});

test('on any page: a form that says nothing of drafts keeps what is typed, gives it back, and forgets it when it is sent or not wanted', async () => {
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>('select file_id id from app.office_case where jobcenter_id = $1 and id = $2', [
      app.jobcenter.id,
      ids[6],
    ]),
  );
  const exports_ = `${app.baseUrl}/arbeit/akte/${row?.id}/ausgaben`;
  const kept = () => draftsAt('/ausgaben');
  const page = await open(exports_);
  await page.locator('[name=anlass]').fill('Auskunft für Frau M');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  assert.equal(await kept(), 1);
  await page.close();
  const again = await open(exports_);
  await again.getByText('Ihr Entwurf vom').waitFor();
  assert.equal(await again.locator('[name=anlass]').inputValue(), 'Auskunft für Frau M');
  await inspectPage(again, 'draft-on-any-page', { width: 1280, script: true });
  await again.getByRole('button', { name: 'Verwerfen' }).click();
  await again.waitForURL(exports_);
  assert.deepEqual([await kept(), await again.locator('[name=anlass]').inputValue()], [0, '']);
  await again.locator('[name=anlass]').fill('Auskunft nach § 25 SGB X');
  await again.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await again
    .locator('main form')
    .filter({ has: again.locator('[name=anlass]') })
    .locator('button[type=submit]')
    .click();
  await again.waitForURL(/ok=ausgabe/);
  assert.equal(await kept(), 0);
  assert.equal(await again.getByText('Ihr Entwurf vom').count(), 0);
  await again.close();
});

test('a case closed twice asks nobody; a decision made meanwhile is shown, and both reasons can be taken', async () => {
  const [mine, theirs] = [
    await open(`${casePath(10)}?tun=entscheidung`),
    await openOther(`${casePath(10)}?tun=entscheidung`),
  ];
  for (const [page, reasons] of [
    [theirs, 'Die Miete ist angemessen.'],
    [mine, 'Der Vertrag liegt vor.'],
  ] as const) {
    await page.locator('select[name=result]').selectOption('granted');
    await page.locator('#f-reasons').fill(reasons);
  }
  await theirs.locator('#verb button[type=submit]').click();
  await theirs.waitForURL(/ok=entscheidung/);
  await mine.locator('#verb button[type=submit]').click();
  await mine.locator('#conflict:focus').waitFor();
  for (const width of [1280, 360]) {
    await mine.setViewportSize({ width, height: 800 });
    await inspectPage(mine, 'together-conflict', { width, script: true });
  }
  await mine.getByRole('button', { name: 'Beides zusammen nehmen' }).click();
  await mine.waitForURL(/ok=entscheidung/);
  assert.match(
    await mine.locator('.td-timeline__item').first().innerText(),
    /Die Miete ist angemessen\.\s+Der Vertrag liegt vor\./,
  );
  const close = [await open(`${casePath(10)}?tun=abschluss`), await openOther(`${casePath(10)}?tun=abschluss`)];
  for (const page of close) {
    await page.locator('#verb button[type=submit]').click();
    await page.waitForURL(/ok=(abschluss|unveraendert)/);
  }
  for (const page of [mine, theirs, ...close]) await page.close();
});

test('to take what the other wrote is one click, and leaves no draft behind', async () => {
  const [mine, theirs] = [
    await open(`${casePath(11)}?tun=zuweisung`),
    await openOther(`${casePath(11)}?tun=zuweisung`),
  ];
  await mine.locator('select[name=staff]').selectOption({ label: 'Kim Muster' });
  await mine.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await theirs.locator('select[name=staff]').selectOption({ label: 'Alex Beispiel' });
  await theirs.getByRole('button', { name: 'Zuweisen', exact: true }).click();
  await theirs.waitForURL(/ok=zuweisung/);
  await mine.getByRole('button', { name: 'Zuweisen', exact: true }).click();
  await mine.getByRole('button', { name: 'Das von Alex Beispiel lassen' }).click();
  await mine.waitForURL(casePath(11));
  assert.match(await mine.locator('.tw-facts').innerText(), /Alex Beispiel/);
  assert.equal(await draftsAt(ids[11] ?? ''), 0);
  await mine.close();
  await theirs.close();
});

test('the line is gone: what is typed stays in this browser, unreadable there, and comes back after a sign-out', async () => {
  const context = await browser.newContext({ locale: 'de-DE' });
  after(() => context.close());
  const page = await context.newPage();
  await forgetCodes();
  await signIn(page, app, clerk());
  await page.goto(`${casePath(12)}?tun=nachrichten`);
  await context.setOffline(true);
  await page.locator('#f-text').fill('Ohne Leitung geschrieben');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(stored.includes('nachrichten') && !stored.includes('Leitung'), stored);
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  await context.clearCookies();
  const again = await context.newPage();
  await forgetCodes();
  await signIn(again, app, clerk());
  await again.goto(`${casePath(12)}?tun=nachrichten`);
  await again.waitForFunction(
    () => (document.querySelector('#f-text') as HTMLTextAreaElement).value === 'Ohne Leitung geschrieben',
  );
  await again.getByText('Ihr Entwurf vom').waitFor();
  await again.goto(`${app.baseUrl}/arbeit`);
  await again.getByRole('link', { name: 'Ansehen' }).click();
  await again.getByRole('heading', { name: 'Ihre Entwürfe' }).waitFor();
  for (const width of [1280, 360]) {
    await again.setViewportSize({ width, height: 800 });
    await inspectPage(again, 'together-drafts', { width, script: true });
  }
  await again
    .getByRole('link', { name: /^Vorgang V-.*: Nachricht/ })
    .first()
    .click();
  await again.waitForURL(/tun=nachrichten/);
  for (const width of [1280, 360]) {
    await again.setViewportSize({ width, height: 800 });
    await inspectPage(again, 'together-draft', { width, script: true });
  }
});

test('a page of another build says so, and the pages that say who is there have no barrier', async () => {
  const theirs = await openOther(`${casePath(13)}?tun=team`);
  const page = await open(casePath(13));
  await page.locator('.tw-present').waitFor();
  await page.evaluate(() => {
    (document.querySelector('#page-notes') as HTMLElement).dataset['made'] = 'another';
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.locator('#page-notes', { hasText: 'Tandem wurde erneuert' }).waitFor();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await inspectPage(page, 'together-present', { width, script: true });
  }
  await page.close();
  await theirs.close();
});

test('a visit at the counter that is interrupted is there again for the same person, and for nobody else', async () => {
  const page = await open(`${app.baseUrl}/arbeit/schalter?name=Nowak`);
  await page.getByRole('link', { name: 'Nowak, Kasia' }).first().click();
  await page.getByLabel('Am Telefon').check();
  await page.getByLabel('Was wurde gesagt?').fill('Fragt nach dem Umzug');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  const address = page.url();
  await page.goto(`${app.baseUrl}/arbeit/schalter/eingang`);
  assert.equal(await page.getByLabel('Was wurde gesagt?').inputValue(), '');
  await page.goto(`${app.baseUrl}/arbeit/entwuerfe`);
  await page.getByRole('link', { name: 'Anliegen aufnehmen' }).first().click();
  await page.waitForURL(address);
  assert.equal(await page.getByLabel('Was wurde gesagt?').inputValue(), 'Fragt nach dem Umzug');
  assert.ok(await page.getByLabel('Am Telefon').isChecked());
  const stored = 'select count(*) n from app.staff_draft where page ~ $1 or place ~ $1';
  assert.equal(await count(stored, ['Nowak']), 0, 'no name stands in the table');
  await page.getByRole('button', { name: 'Verwerfen' }).click();
  await page.waitForURL(address);
  assert.equal(await page.getByLabel('Was wurde gesagt?').inputValue(), '');
  await page.close();
});

/** A change that leaves no entry in the timeline of the case. */
const quietly = (index: number, email: string) =>
  app.services.database.tenant(app.jobcenter.id, async (tx) => {
    await tx.raw(
      `update app.person set email = $2 where jobcenter_id = $1
       and id = (select person_id from app.office_case where jobcenter_id = $1 and id = $3)`,
      [app.jobcenter.id, email, ids[index]],
    );
    tx.touch(ids[index] ?? '');
  });
/** The tab goes to the back, or to the front again. */
const show = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate((shown) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => shown });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
const confirmed = async (index: number): Promise<void> => {
  const page = await open(`${casePath(index)}?tun=person`);
  await page.getByRole('button', { name: 'Bestätigen', exact: true }).click();
  await page.waitForURL(/ok=person/);
  await page.close();
};

test('a page that was in the background, or whose line broke, becomes current whatever changed, and fetches nothing where nothing did', async () => {
  await confirmed(1);
  const page = await openOther(casePath(1));
  const streams: string[] = [];
  const fetches: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/arbeit/strom')) streams.push(request.url());
    if (request.headers()['x-tandem-refresh'] !== undefined) fetches.push(request.url());
  });
  await page.locator('.tw-facts').waitFor();
  await quietly(1, 'offen@example.org');
  await page.locator('.tw-facts', { hasText: 'offen@example.org' }).waitFor();
  await show(page, 'hidden');
  await quietly(1, 'still@example.org');
  await show(page, 'visible');
  await page.locator('.tw-facts', { hasText: 'still@example.org' }).waitFor();
  const before = [fetches.length, streams.length] as const;
  await show(page, 'hidden');
  const back = page.waitForResponse((response) => response.url().includes('/arbeit/strom'));
  await show(page, 'visible');
  await back;
  await quietly(1, 'laut@example.org');
  await page.locator('.tw-facts', { hasText: 'laut@example.org' }).waitFor();
  assert.deepEqual([fetches.length, streams.length], [before[0] + 1, before[1] + 1], 'only what changed was fetched');
  await other.setOffline(true);
  await show(page, 'hidden');
  await show(page, 'visible');
  await quietly(1, 'leitung@example.org');
  await other.setOffline(false);
  await page.locator('.tw-facts', { hasText: 'leitung@example.org' }).waitFor({ timeout: 20_000 });
  await page.close();
});

test('a refresh that breaks off, and a program that does not load, stop nothing: the page is current soon after', async () => {
  await confirmed(2);
  let refused = 0;
  await other.route('**/js/turbo.js*', (route) => {
    refused += 1;
    return refused === 1 ? route.abort('connectionreset') : route.continue();
  });
  const page = await openOther(casePath(2));
  await page.evaluate(() => {
    const real = window.fetch;
    let broken = true;
    window.fetch = async (address, options) => {
      const refresh = (options?.headers as Record<string, string> | undefined)?.['X-Tandem-Refresh'] !== undefined;
      const answer = await real(address, options);
      if (!refresh || !broken) return answer;
      broken = false;
      return new Response(
        new ReadableStream({ start: (body) => body.error(new TypeError('The line broke within the page.')) }),
      );
    };
  });
  await quietly(2, 'erst@example.org');
  await page.locator('.tw-facts', { hasText: 'erst@example.org' }).waitFor({ timeout: 20_000 });
  assert.equal(refused, 2, 'the program was asked for again');
  await quietly(2, 'dann@example.org');
  await page.locator('.tw-facts', { hasText: 'dann@example.org' }).waitFor();
  await other.unroute('**/js/turbo.js*');
  await page.close();
});

test('an address that is changed in one case of a person is changed on the open pages of the others', async () => {
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>(
      `update app.office_case set person_id = (select person_id from app.office_case where jobcenter_id = $1 and id = $2)
       where jobcenter_id = $1 and id = $3 returning id`,
      [app.jobcenter.id, ids[1], ids[14]],
    ),
  );
  assert.equal(row?.id, ids[14]);
  const page = await openOther(casePath(14));
  const mine = await open(`${casePath(1)}?tun=email`);
  await mine.locator('#f-email').fill('ueberall@example.org');
  await mine.getByRole('button', { name: 'Adresse festhalten' }).click();
  await mine.waitForURL(/ok=email/);
  await page.locator('.tw-facts', { hasText: 'ueberall@example.org' }).waitFor();
  await mine.close();
  await page.close();
});

test('in the file and at a document people see each other too, and what the other one did', async () => {
  const [row] = await app.services.database.tenant(app.jobcenter.id, (tx) =>
    tx.raw<{ file: string; document: string }>(
      `select c.file_id file, d.document_id document from app.office_case c
       join app.submission s on s.jobcenter_id = c.jobcenter_id and s.case_id = c.id
       join app.submission_document d on d.jobcenter_id = c.jobcenter_id and d.submission_id = s.id
       where c.jobcenter_id = $1 and c.id = $2 limit 1`,
      [app.jobcenter.id, ids[3]],
    ),
  );
  const file = await open(`${app.baseUrl}/arbeit/akte/${row?.file}`);
  const reader = await openOther(`${app.baseUrl}/arbeit/dokumente/${row?.document}`);
  await file.locator('.tw-present', { hasText: 'Alex Beispiel liest eine Unterlage' }).waitFor();
  await reader.locator('.tw-present', { hasText: 'Kim Muster sieht sich die Akte an' }).waitFor();
  for (const [page, name] of [
    [file, 'together-file'],
    [reader, 'together-reader'],
  ] as const)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await inspectPage(page, name, { width, script: true });
    }
  await reader.locator('[name=sperrgrund]').evaluate((field) => field.closest('details')?.setAttribute('open', ''));
  await reader.locator('[name=sperrgrund]').fill('Rechtsstreit um die Miete');
  await reader
    .locator('form')
    .filter({ has: reader.locator('[name=sperrgrund]') })
    .locator('button[type=submit]')
    .click();
  await reader.waitForURL(/ok=sperre/);
  await file.locator('main', { hasText: 'Rechtsstreit um die Miete' }).waitFor();
  await file.close();
  await reader.close();
});

test('a paper that is moved takes its open page along, and a page that is gone for its reader asks for nothing any more', async () => {
  const sql = async (text: string, values: unknown[]) =>
    app.services.database.tenant(app.jobcenter.id, (tx) =>
      tx.raw<{ id: string; document: string; number: string }>(text, [app.jobcenter.id, ...values]),
    );
  const [paper] = await sql(
    `select c.id, d.document_id document from app.office_case c
     join app.submission s on s.jobcenter_id = c.jobcenter_id and s.case_id = c.id
     join app.submission_document d on d.jobcenter_id = c.jobcenter_id and d.submission_id = s.id
     where c.jobcenter_id = $1 and c.id = any ($2) limit 1`,
    [ids.slice(14, 34)],
  );
  const [near, far] = await sql('select id, number from app.office_case where jobcenter_id = $1 and id = any ($2)', [
    ids.filter((id) => id !== paper?.id).slice(36, 38),
  ]);
  for (const [id, team] of [
    [paper?.id, 'leistung'],
    [near?.id, 'leistung'],
    [far?.id, 'wohnen'],
  ] as const)
    await sql('update app.office_case set team_id = $3, assignee_id = null where jobcenter_id = $1 and id = $2', [
      id,
      app.teams[team],
    ]);
  await sql('delete from app.staff_team where jobcenter_id = $1 and staff_id = $2 and team_id = $3', [
    clerk().id,
    app.teams['wohnen'],
  ]);
  const address = `${app.baseUrl}/arbeit/dokumente/${paper?.document}`;
  const move = async (to: string | undefined): Promise<void> => {
    const page = await openOther(`${address}?tun=verlegen`);
    await page.getByLabel('Oder Vorgang in einer anderen Akte').fill(to ?? '');
    await page.getByLabel('Warum gehört es dorthin?').fill('Es gehört dorthin.');
    await page.getByRole('button', { name: 'Verlegen' }).click();
    await page.getByText('liegt jetzt hier').waitFor();
    await page.close();
  };
  const page = await open(address);
  await page.locator('header', { hasText: 'V-' }).first().waitFor();
  const followed = page.waitForRequest((request) => request.url().includes(`/strom?vorgang=${near?.id}`));
  await move(near?.number);
  await followed;
  const there = await openOther(`${app.baseUrl}/arbeit/vorgaenge/${near?.id}`);
  await there.locator('.tw-present', { hasText: 'Kim Muster liest eine Unterlage' }).waitFor();
  await move(far?.number);
  await page.locator('#page-notes [data-note=gone]').waitFor();
  await there.locator('.tw-present').waitFor({ state: 'detached' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await show(page, 'hidden');
  await show(page, 'visible');
  await page.evaluate(() => document.dispatchEvent(new Event('tandem:refreshed')));
  assert.deepEqual(asked, [], 'neither the page nor its stream');
  await page.close();
  await there.close();
});
