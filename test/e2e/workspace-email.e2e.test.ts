import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCase } from '../../src/modules/cases/index.ts';
import { findReceipt, findSubmission, submissionsOfCase } from '../../src/modules/intake/index.ts';
import {
  addMailbox,
  allMailboxes,
  leaveMail,
  noteMailboxTrouble,
  noteMailsLeft,
} from '../../src/modules/settings/index.ts';
import { takeMail } from '../../src/surfaces/channels/email/index.ts';
import { follow } from '../support/browser.ts';
import { look } from '../support/look.ts';
import { mail } from '../support/mails.ts';
import { smallPdf } from '../support/submit.ts';
import { app, browser, count, lead, notice, open } from './workspace-desk.ts';
import { signIn } from './workspace-office.ts';

const { services, jobcenter } = app;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenter.id, work);
const reader = { role: 'program', id: 'test', teamIds: [] } as const;
const server = { host: '127.0.0.1', port: 1, security: 'none' } as const;
const keys = await services.keyring.of(jobcenter.id);
await inTenant((tx) =>
  addMailbox(tx, keys, {
    teamId: app.teams['leistung'] ?? '',
    address: 'leistung@jobcenter.example',
    login: 'leistung',
    password: 'secret',
    folder: 'INBOX',
    doneFolder: 'Tandem',
    imap: server,
    smtp: server,
    smtpLogin: true,
  }),
);
const [box] = await inTenant(allMailboxes);
assert.ok(box !== undefined);

let uid = 0;
/** Takes in a mail; gives its case and receipt number. */
async function arrive(raw: string): Promise<{ caseId: string; number: string; case: string }> {
  uid += 1;
  const bytes = Buffer.from(raw);
  const found = { raw: bytes, cut: false, bytes: bytes.length, arrivedAt: services.clock.now(), uidValidity: 1, uid };
  assert.equal(await takeMail(services, jobcenter, box as NonNullable<typeof box>, found), 'taken');
  return inTenant(async (tx) => {
    const sql =
      'select r.number from receipt r join mail_message m on m.jobcenter_id = r.jobcenter_id and m.submission_id = r.submission_id where m.jobcenter_id = $1 and m.uid = $2';
    const [row] = await tx.raw<{ number: string }>(sql, [jobcenter.id, uid]);
    const receipt = await findReceipt(tx, row?.number ?? '');
    const submission = await findSubmission(tx, receipt?.submissionId ?? '');
    const caseId = submission?.caseId ?? '';
    return { caseId, number: row?.number ?? '', case: (await findCase(tx, reader, caseId))?.number ?? '' };
  });
}

test('an e-mail that names a receipt is put into its case by one click, and back by another', async () => {
  const first = await arrive(
    mail({ from: 'Mina Beispielova <mina@example.org>', files: [{ name: 'Vertrag.pdf', bytes: smallPdf('a') }] }),
  );
  const second = await arrive(
    mail({
      from: 'Mina Beispielova <mina@example.org>',
      subject: 'Nachtrag',
      text: `Noch etwas zu ${first.number}.\n\nAm 04.05.2026 schrieb Jobcenter:\n> Ihre E-Mail ist angekommen`,
      files: [
        { name: 'Strom.pdf', bytes: smallPdf('b') },
        { name: 'programm.exe', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(99)]) },
      ],
    }),
  );
  const page = await open(`${app.baseUrl}/arbeit/klaerung`);
  for (let i = 0; i < 9 && !(await page.getByText('Gehört vielleicht zu einem anderen Vorgang').isVisible()); i += 1)
    await follow(page, page.getByRole('link', { name: 'Weiter', exact: false }).last());
  await page.getByText('programm.exe: Diese Art von Datei nehmen wir nicht an.').waitFor();
  await look(page, 'mail-klaerung');
  const doubt = page.getByRole('listitem').filter({ hasText: 'Gehört vielleicht' });
  assert.match(await doubt.innerText(), new RegExp(`${first.case}[\\s\\S]*nennt eine Eingangsnummer`));
  await follow(page, doubt.getByRole('button', { name: 'In diesen Vorgang legen' }));
  assert.match(await notice(page), /im anderen Vorgang/);
  assert.equal((await inTenant((tx) => submissionsOfCase(tx, first.caseId))).length, 2);
  assert.equal((await inTenant((tx) => findCase(tx, reader, second.caseId)))?.state, 'closed');
  await page.goto(`${app.baseUrl}/arbeit/vorgaenge/${first.caseId}`);
  await page.getByText('mina@example.org').first().waitFor();
  await page.getByText(`Lag im Vorgang ${second.case}`).waitFor();
  await look(page, 'mail-vorgang');
  await follow(page, page.getByRole('button', { name: `Zurück in den Vorgang ${second.case}` }));
  assert.match(await notice(page), /im anderen Vorgang/);
  assert.equal((await inTenant((tx) => findCase(tx, reader, second.caseId)))?.state, 'new');
  const logged = "select count(*) as n from audit_entry where jobcenter_id = $1 and action = 'case.submission-joined'";
  assert.equal(await count(logged, [jobcenter.id]), 2);
  await page.close();
});

test('the team reads since when its mailbox is not read; leads see all mailboxes, clerks do not', async () => {
  const at = new Date(services.clock.now().getTime() - 3_600_000);
  await services.database.tenant(jobcenter.id, (tx) => noteMailboxTrouble(tx, box.id, 'refused'), at);
  const page = await open(`${app.baseUrl}/arbeit`);
  assert.match(
    await page.locator('.kern-alert--warning').innerText(),
    /leistung@jobcenter\.example: seit .*lässt uns nicht herein/,
  );
  await look(page, 'mail-eingang');
  await page.goto(`${app.baseUrl}/arbeit/postfaecher`);
  assert.equal(await page.getByRole('table').count(), 0);
  await page.close();
  const office = await browser.newContext({ locale: 'de-DE' });
  const mine = await office.newPage();
  await signIn(mine, app, lead());
  await mine.goto(`${app.baseUrl}/arbeit/klaerung`);
  await follow(mine, mine.getByRole('link', { name: 'Postfächer' }));
  assert.match(await mine.getByRole('table').innerText(), /leistung@jobcenter\.example[\s\S]*wird nicht gelesen seit/);
  await look(mine, 'mail-postfaecher');
  // It is read again, but for one message that cannot be taken in.
  await services.database.tenant(
    jobcenter.id,
    async (tx) => {
      await leaveMail(tx, { mailboxId: box.id, uidValidity: 1, uid: 5 });
      await noteMailsLeft(tx, box.id);
    },
    at,
  );
  await mine.reload();
  assert.match(
    await mine.getByRole('table').innerText(),
    /wird gelesen, aber nicht ganz seit .*Eine E-Mail lässt sich/,
  );
  await mine.goto(`${app.baseUrl}/arbeit`);
  assert.match(await mine.locator('.kern-alert--warning').innerText(), /alle anderen kommen an.* in den Ordner „/);
  await look(mine, 'mail-rest');
  await office.close();
});

test('the portal names the address of a team that has a mailbox, with what an e-mail is not good for', async () => {
  const context = await browser.newContext({ baseURL: app.baseUrl, locale: 'de-DE', javaScriptEnabled: true });
  const page = await context.newPage();
  await page.goto('/anliegen/weiterbewilligung');
  const card = page.locator('.kern-card', { has: page.getByRole('heading', { name: 'Mit einer E-Mail' }) });
  assert.equal(await card.getByRole('link').getAttribute('href'), 'mailto:leistung@jobcenter.example');
  assert.match(await card.innerText(), /wie eine Postkarte.*keine Bankdaten/s);
  await look(page, 'mail-ways');
  for (const concern of ['unterlagen', 'bankverbindung']) {
    await page.goto(`/anliegen/${concern}`); // a team without a mailbox; a form that asks for the account
    assert.doesNotMatch(await page.locator('main').innerText(), /@jobcenter\.example/);
  }
  await context.close();
});
