// A furnished office with a clerk at the desk: for the browser tests of the workspace, one office a file.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Page } from 'playwright-core';
import { receive } from '../../src/modules/intake/index.ts';
import { closeMedia } from '../../src/platform/media/index.ts';
import { closeTypesetter } from '../../src/platform/pdf/index.ts';
import { startTestApp, type TestStaff } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { submissionInput } from '../support/submit.ts';
import { formOf, furnish, signIn } from './workspace-office.ts';

export const app = await startTestApp();
after(closeMedia);
after(closeTypesetter);
export const browser = await launchBrowser();
after(() => browser.close());

/** The cases of the office. */
export const ids = await furnish(app, 44);
export const clerk = (): TestStaff => app.staff[0] as TestStaff;
export const lead = (): TestStaff => app.staff[1] as TestStaff;
export const casePath = (index: number): string => `${app.baseUrl}/arbeit/vorgaenge/${ids[index]}`;

/** The browser of the signed-in clerk. */
export const desk = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
const first = await desk.newPage();
await signIn(first, app, clerk());
await first.close();

/** A page of the clerk. */
export async function open(url: string): Promise<Page> {
  const page = await desk.newPage();
  await page.goto(url);
  return page;
}

export const notice = (page: Page): Promise<string> => page.locator('.kern-alert--success').innerText();

/** Rows of a table as the owner sees them, for checks of what was logged. */
export const count = async (sql: string, values: unknown[]): Promise<number> =>
  app.services.database.tenant(app.jobcenter.id, async (tx) =>
    Number((await tx.raw<{ n: number }>(sql, values))[0]?.n),
  );

/** Drafts of the clerk at places whose address holds this. What arrived after its form was sent is none, and what other tests left elsewhere does not count. */
export const draftsAt = (part: string): Promise<number> =>
  count(
    `select count(*) n from app.staff_draft d where d.staff_id = $1 and position($2 in d.place) > 0 and not exists (
       select from app.sent_draft s where s.staff_id = d.staff_id and s.writer = d.writer and s.turn >= d.turn)`,
    [clerk().id, part],
  );

/** A case with an account number that nobody has confirmed. */
export async function bankCase(): Promise<string> {
  const { services, jobcenter } = app;
  const form = formOf('bankverbindung');
  const input = await submissionInput(services, app, { form, answers: { iban: 'DE89370400440532013000' } });
  const received = await services.database.tenant(jobcenter.id, (tx) => receive(tx, { kind: 'client' }, input));
  assert.ok(received.kind === 'received');
  return received.caseId;
}
