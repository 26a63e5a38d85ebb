// The web process itself is ended and started again while somebody writes: nothing typed is lost, and the page lives on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { compose } from '../../src/main/compose.ts';
import { totpCode } from '../../src/modules/identity/index.ts';
import { systemClock } from '../../src/platform/clock/index.ts';
import { readConfig } from '../../src/platform/env/config.ts';
import { makeInstallation } from '../proof/support/installation.ts';
import { type Program, startProgram, untilReady } from '../proof/support/programs.ts';
import { launchBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';

const installation = await makeInstallation();
after(() => installation.remove());
const port = await freePort();
const baseUrl = `http://localhost:${port}`;
const env = { ...installation.databaseEnv, PORT: String(port), TANDEM_BASE_URL: baseUrl };
const [tenant] = installation.tenants;

let program: Program = startProgram('web', env);
after(() => program.kill());
assert.ok(await untilReady(program, baseUrl), program.said());
const browser = await launchBrowser();
after(() => browser.close());

async function openCase(): Promise<string> {
  const body = new FormData();
  const person = { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' };
  body.set('submission', JSON.stringify({ concern: 'unterlagen', channel: 'post', person, answers: {} }));
  const headers = { Authorization: `Bearer ${tenant.apiToken}`, 'Idempotency-Key': 'restart' };
  const answer = await fetch(`${baseUrl}/api/v1/submissions`, { method: 'POST', headers, body });
  assert.equal(answer.status, 201);
  const { services, close } = compose({
    config: readConfig(env),
    urls: { app: installation.postgres.appUrl },
    name: 'test',
    poolSize: 1,
  });
  const [row] = await services.database.tenant(tenant.jobcenter.id, (tx) =>
    tx.raw<{ id: string }>('select id from app.office_case where jobcenter_id = $1', [tenant.jobcenter.id]),
  );
  await close();
  return `${baseUrl}/arbeit/vorgaenge/${row?.id}`;
}

test('the web process is killed and started again while somebody writes: the text stays, is saved again, and is sent once', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'de-DE' });
  const address = await openCase();
  const page = await context.newPage();
  await page.goto(`${baseUrl}/arbeit/anmelden`);
  await page.getByLabel(/^(Name|Login)$/).fill(tenant.staff.login);
  await page.getByLabel(/Passwort/).fill(tenant.staff.password);
  await page.keyboard.press('Enter');
  await page.getByLabel(/Code/).fill(totpCode(tenant.staff.totpSecret, systemClock.now()));
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.includes('anmelden'));
  await page.goto(`${address}?tun=notizen`);
  await page.locator('#f-topic').selectOption('housing');
  await page.locator('#f-text').pressSequentially('Vor dem Neustart, ');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  await program.kill();
  await page.locator('#f-text').pressSequentially('währenddessen, ');
  await page.locator('[data-draft-state]', { hasText: 'auf diesem Gerät gesichert' }).waitFor();
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.locator('[data-draft-state]', { hasText: 'Gerade nicht erreichbar' }).waitFor();
  program = startProgram('web', env);
  assert.ok(await untilReady(program, baseUrl), program.said());
  await page.locator('#f-text').pressSequentially('und danach.');
  await page.locator('[data-draft-state]', { hasText: 'Entwurf gesichert' }).waitFor();
  const text = 'Vor dem Neustart, währenddessen, und danach.';
  assert.equal(await page.locator('#f-text').inputValue(), text);
  const reading = await context.newPage();
  await reading.goto(address);
  const stopping = program.stop();
  await stopping;
  program = startProgram('web', env);
  assert.ok(await untilReady(program, baseUrl), program.said());
  await page.getByRole('button', { name: 'Notiz speichern' }).click();
  await page.waitForURL(/ok=notizen/);
  await reading.locator('.td-timeline', { hasText: text }).waitFor();
  assert.equal(await reading.locator('.td-timeline').getByText(text).count(), 1);
  await page.goto(`${address}?tun=notizen`);
  assert.equal(await page.locator('#f-text').inputValue(), '');
  await context.close();
});
