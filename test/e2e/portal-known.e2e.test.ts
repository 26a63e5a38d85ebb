// What a person is told before sending, the whole way: a letter through the scanner, read and filed, and the same paper from a phone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type DemoHousehold, generateHouseholds } from '../../src/main/demo/households.ts';
import { type DemoPaper, drawPaper } from '../../src/main/demo/papers/index.ts';
import { allTasks } from '../../src/main/jobs/index.ts';
import { accessCode } from '../../src/modules/intake/index.ts';
import { addHousehold, addPerson } from '../../src/modules/people/index.ts';
import { startJobs } from '../../src/platform/jobs/index.ts';
import { closeMedia } from '../../src/platform/media/index.ts';
import { closeReading, readingSpent } from '../../src/platform/reading/index.ts';
import { startTestApp } from '../support/app.ts';
import { follow, launchBrowser, leave } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { signIn } from './workspace-office.ts';

const app = await startTestApp();
const { services, jobcenter } = app;
after(closeMedia);
after(closeReading);
const browser = await launchBrowser();
after(() => browser.close());
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]): Promise<T> =>
  services.database.tenant(jobcenter.id, work);

// The worker, as it runs beside the web process.
const runner = await startJobs({
  url: app.database.ownerUrl,
  log: services.log,
  tasks: allTasks({
    ...services,
    blobFolder: join(app.dataFolder, 'blobs'),
    derivedFolder: join(app.dataFolder, 'derived'),
  }),
});
services.database.onEnqueued = runner.wake;
after(() => runner.stop());

/** Waits until the database says so; a worker does it in its own time. */
async function until(what: string, sql: string, values: readonly unknown[]): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 90_000; await pause(50))
    if ((await inTenant((tx) => tx.raw(sql, [jobcenter.id, ...values]))).length > 0) return;
  throw new Error(`It never came: ${what}.`);
}

const household = generateHouseholds('known', 12).find(
  (each) => each.members.length > 0 && each.dwelling !== undefined,
);
const member = household?.members[0];
if (household === undefined || member === undefined) throw new Error('Nobody lives anywhere.');
const { familyName, givenName, birthDate } = member;
await inTenant(async (tx) => {
  const personId = await addPerson(tx, { familyName, givenName, birthDate });
  const members = [{ personId, role: 'applicant' }];
  await addHousehold(tx, { fileNumber: '4711/9', members, fromDay: '2026-01-01' });
});

function lease(name: string, form: 'pdf' | 'jpeg', of: DemoHousehold = household as DemoHousehold): DemoPaper {
  const { dwelling, address } = of;
  if (dwelling === undefined) throw new Error('They have no dwelling.');
  return { kind: 'rent-contract', facts: { household: of, dwelling, address, since: '2026-02-01' }, form, name };
}

/** The letter comes by post: scanned, uploaded as a stack, read by the worker, and confirmed for the person by keyboard. */
async function byPost(): Promise<{ number: string; code: string }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  const [, lead] = app.staff;
  assert.ok(lead !== undefined);
  await signIn(page, app, lead);
  const { bytes } = await drawPaper(lease('Scan', 'pdf'));
  await page.goto(`${app.baseUrl}/arbeit/post`);
  await page
    .getByLabel('Scan des Stapels')
    .setInputFiles({ name: 'Stapel.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) });
  await page.getByRole('button', { name: 'Hochladen' }).click();
  await page.waitForURL(/post\/stapel\//);
  await until('the stack is read', `select 1 from app.scan_batch where jobcenter_id = $1 and state = $2`, ['ready']);
  const address = page.url();
  await leave(page); // it looks again by itself while it is read, and the two would meet
  await page.goto(address);
  await page.keyboard.press('w');
  await page.waitForURL(/brief/);
  await page.keyboard.press('p');
  await page.keyboard.type(familyName);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('.tp-people') !== null);
  await page.keyboard.press('Enter');
  await page.locator('.tp-take', { hasText: familyName }).waitFor();
  const read = readingSpent().pages;
  await page.keyboard.press('Enter');
  await page.getByText('Kein Brief ist mehr offen').waitFor();
  await context.close();
  await until('the letter is read', 'select 1 from app.document_reading where jobcenter_id = $1', []);
  assert.equal(readingSpent().pages, read, 'its pages were read in the stack');
  const [row] = await inTenant((tx) =>
    tx.raw<{ number: string }>('select number from app.receipt where jobcenter_id = $1', [jobcenter.id]),
  );
  const number = row?.number ?? '';
  return { number, code: accessCode((await services.keyring.of(jobcenter.id)).codes, number) };
}

const go = (page: Page, selector: string) => follow(page, page.locator(selector).first());
const next = (page: Page) => go(page, 'button[value=weiter]:visible');
const german = (day: string): string => day.split('-').reverse().map(Number).join('.');

async function openState(page: Page, { number, code }: { number: string; code: string }): Promise<void> {
  await page.goto('/stand');
  await page.fill('[name=nummer]', number);
  await page.fill('[name=birthDate]', german(birthDate));
  await page.fill('[name=code]', code);
  await go(page, 'form[action$="/stand"] button');
  await page.waitForURL(/\/eingang\//);
}

/** A draft of papers with one file, read by the worker, up to the page before sending. */
async function draftWith(page: Page, paper: DemoPaper, hand?: (photo: Uint8Array) => Promise<Buffer>): Promise<void> {
  const { bytes: drawn, mediaType } = await drawPaper(paper);
  const bytes = hand === undefined ? drawn : await hand(drawn);
  await page.goto('/anliegen/unterlagen');
  await go(page, 'form[action$="/entwurf"] button');
  await page.fill('[name=familyName]', familyName);
  await page.fill('[name=givenName]', givenName);
  await page.fill('[name=birthDate]', german(birthDate));
  await next(page);
  await next(page);
  await page.locator('input[type=radio]').first().check();
  await next(page);
  while (!(await page.locator('input[type=file]').count())) await next(page);
  const name = `${paper.name}.${mediaType === 'image/jpeg' ? 'jpg' : 'pdf'}`;
  await page.setInputFiles('input[type=file]', { name, mimeType: mediaType, buffer: Buffer.from(bytes) });
  await page.locator('button[value^=entfernen]').waitFor();
  await until(
    `${name} is read`,
    `select 1 from app.document d join app.document_reading r on r.jobcenter_id = d.jobcenter_id and r.document_id = d.id
      where d.jobcenter_id = $1 and r.jobcenter_id = $1 and d.name like $2`,
    [`${paper.name}%`],
  );
  await next(page);
  while (!page.url().endsWith('/pruefen')) await next(page);
}

test('a photo of the lease that came by post is known before sending; the amended lease is not taken for it', async () => {
  const receipt = await byPost();
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    locale: 'de-DE',
  });
  const page = await context.newPage();
  await openState(page, receipt);
  await draftWith(page, lease('Foto vom Mietvertrag', 'jpeg'));
  const main = () => page.locator('main').innerText();
  assert.match(await main(), /„Foto vom Mietvertrag\.jpg“ sieht aus wie etwas, das wir seit dem .* haben \(per Post\)/);
  await look(page, 'known-photo');
  await page.setViewportSize({ width: 360, height: 740 });
  await go(page, 'button[name=datei]');
  assert.match(await main(), /Liegt dem Jobcenter schon vor/);
  assert.doesNotMatch(await main(), /sieht aus wie/);

  const { dwelling } = household as DemoHousehold;
  assert.ok(dwelling !== undefined);
  const dearer = { ...dwelling, rentCents: dwelling.rentCents + 3_500, heatingCents: dwelling.heatingCents + 1_200 };
  await draftWith(page, lease('Neue Miete', 'pdf', { ...(household as DemoHousehold), dwelling: dearer }));
  assert.doesNotMatch(await main(), /haben wir seit|sieht aus wie/, 'a lease with another rent is another one');

  await draftWith(page, lease('Derselbe', 'pdf'));
  assert.match(await main(), /„Derselbe\.pdf“ (haben wir seit|sieht aus wie etwas, das wir seit) dem .*\(per Post\)/);
  await go(page, 'form[action$="/absenden"] button');
  await page.waitForURL(/\/beleg$/);
  await context.close();

  const stranger = await browser.newContext({ baseURL: app.baseUrl, locale: 'de-DE' });
  const theirs = await stranger.newPage();
  await draftWith(theirs, lease('Fremdes Handy', 'jpeg'));
  assert.doesNotMatch(await theirs.locator('main').innerText(), /haben wir seit|sieht aus wie/);
  await stranger.close();
});

/** A hand that shook, in the evening, with an old phone. */
const shaken = (photo: Uint8Array): Promise<Buffer> =>
  sharp(photo).resize(800).blur(1.4).linear(0.5, 20).jpeg({ quality: 50 }).toBuffer();

test('before sending, people are told that a photo can hardly be read, and how to take a better one', async () => {
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: { width: 360, height: 740 },
    locale: 'de-DE',
  });
  const page = await context.newPage();
  await draftWith(page, lease('Verwackelt', 'jpeg'), shaken);
  const main = () => page.locator('main').innerText();
  assert.match(await main(), /Auf „Verwackelt\.jpg“ kann unser Programm kaum etwas lesen\./);
  await look(page, 'known-hazy');
  await go(page, 'form[action$="/absenden"] button');
  await page.waitForURL(/\/beleg$/);
  await page.goto(page.url().replace(/\/beleg$/, ''));
  assert.match(
    await main(),
    /Verwackelt\.jpg[\s\S]*schicken Sie uns ein besseres Foto/,
    'whoever was quick learns it here',
  );
  await look(page, 'status-hazy');
  await draftWith(page, lease('Scharf', 'jpeg'));
  assert.doesNotMatch(await main(), /kaum etwas lesen/);
  await context.close();
});
