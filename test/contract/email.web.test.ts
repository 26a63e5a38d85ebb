import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { allTasks } from '../../src/main/jobs/index.ts';
import { clearingQueue, timeline } from '../../src/modules/cases/index.ts';
import { findSubmission } from '../../src/modules/intake/index.ts';
import {
  addMailbox,
  allMailboxes,
  changeMailboxPassword,
  mailboxesToRead,
  pauseAfter,
  restAfter,
  switchMailbox,
} from '../../src/modules/settings/index.ts';
import type { Database } from '../../src/platform/database/index.ts';
import { childEnvironment } from '../../src/platform/env/config.ts';
import { entryUrl } from '../../src/platform/env/project.ts';
import { openMailbox, type Security, sendAnswer } from '../../src/platform/mail/index.ts';
import { readMailbox } from '../../src/surfaces/channels/email/index.ts';
import { startImap, startRelay } from '../support/mail-server.ts';
import { mail } from '../support/mails.ts';
import { openTestOffice } from '../support/office.ts';
import { smallPdf } from '../support/submit.ts';

const office = await openTestOffice();
const imap = await startImap();
const relay = await startRelay();
afterEach(() => {
  relay.refuse = undefined;
});
const { services, jobs } = office;
const [tenant] = office.tenants as [(typeof office.tenants)[number]];
const { jobcenter } = tenant;
const tasks = new Map(allTasks(jobs).map((task) => [task.name, task]));
const lead = { role: 'lead', id: jobcenter.id, teamIds: [] } as const;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenter.id, work);
const keys = await services.keyring.of(jobcenter.id);
const here = { host: '127.0.0.1', security: 'none' as Security };

/** A mailbox of its own on the server; gives its id. */
async function mailbox(user: string, extra: Partial<Parameters<typeof addMailbox>[2]> = {}): Promise<string> {
  const added = await inTenant((tx) =>
    addMailbox(tx, keys, {
      teamId: tenant.teams['leistung'] ?? '',
      address: `${user}@jobcenter.example`,
      login: user,
      password: imap.password,
      folder: 'INBOX',
      doneFolder: 'Tandem',
      imap: { ...here, port: imap.port },
      smtp: { ...here, port: relay.port },
      smtpLogin: true,
      ...extra,
    }),
  );
  assert.equal(added.kind, 'added');
  return added.kind === 'added' ? added.id : '';
}

const run = async (name: string, payload: object): Promise<void> =>
  tasks.get(name)?.run({ jobcenterId: jobcenter.id, ...payload });
const read = (mailboxId: string): Promise<void> => run('read-mailbox', { mailboxId });

type Row = { id: string; answer: string; submission_id: string };
const rows = (mailboxId: string) =>
  inTenant((tx) =>
    tx.raw<Row>(
      'select id, answer, submission_id from mail_message where jobcenter_id = $1 and mailbox_id = $2 order by id',
      [jobcenter.id, mailboxId],
    ),
  );
const stateOf = async (id: string) => (await inTenant(allMailboxes)).find((each) => each.id === id);
const pdf = (name: string) => ({ name, bytes: smallPdf(name) });
const answersTo = (address: string) => relay.taken.filter((each) => each.to.includes(address));

test('a mail comes in, is put away, and is answered with a receipt number and nothing of what it was about', async () => {
  const box = await mailbox('eins');
  const raw = mail({
    from: 'Mika Muster <mika1@example.org>',
    subject: 'Kündigung der Wohnung',
    headers: { 'Message-ID': '<frage.1@example.org>', References: '<ganz.frueh@example.org>' },
    files: [pdf('Kuendigung.pdf')],
  });
  imap.deliver('eins', raw);
  await read(box);
  assert.deepEqual([imap.messages('eins').length, imap.messages('eins', 'Tandem').length], [0, 1]);
  assert.equal(imap.messages('eins', 'Tandem')[0]?.toString(), raw, 'the message itself stays as it came');
  const [row] = await rows(box);
  await run('answer-mail', { mailId: row?.id });
  await run('answer-mail', { mailId: row?.id });
  const sent = answersTo('mika1@example.org');
  assert.equal(sent.length, 1);
  const { from, raw: answer } = sent[0] ?? { from: 'x', raw: '' };
  assert.equal(from, '', 'no envelope sender: nothing comes back');
  const headers = answer.slice(0, answer.indexOf('\r\n\r\n')).replace(/\r\n\s+/g, ' ');
  assert.match(headers, /^Auto-Submitted: auto-replied$/m);
  assert.match(headers, /^In-Reply-To: <frage\.1@example\.org>$/m);
  assert.match(headers, /^References: <ganz\.frueh@example\.org> <frage\.1@example\.org>$/m);
  const text = answer.replace(/=\r\n/g, '');
  assert.match(text, /Ihre Eingangsnummer: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  assert.match(text, /Your receipt number/);
  assert.doesNotMatch(text, /ndigung|Muster\b|pdf|(?<![0-9A-Z])V-[0-9A-Z]{4}-/);
  assert.equal((await stateOf(box))?.trouble, null);
  assert.ok((await stateOf(box))?.readAt);
});

/** The database of a process that is killed at its nth transaction: before it commits, or right after. */
function dyingDatabase(alive: number, committed: boolean): Database {
  let left = alive;
  const killed = (): never => {
    throw new Error('killed');
  };
  return {
    ...services.database,
    tenant: async (id, work, now) => {
      left -= 1;
      if (left >= 0) return services.database.tenant(id, work, now);
      if (!committed)
        return services.database.tenant(id, async (tx) => {
          await work(tx);
          return killed();
        });
      await services.database.tenant(id, work, now);
      return killed();
    },
  };
}

test('killed before or after any commit, nothing is doubled and nothing lost', async () => {
  const box = await mailbox('zwei');
  let delivered = 0;
  for (const committed of [false, true])
    for (let alive = 0, survived = false; !survived; alive += 1) {
      delivered += 1;
      imap.deliver(
        'zwei',
        mail({ from: `k${delivered}@example.org`, text: `Nachricht ${delivered}`, files: [pdf(`${delivered}.pdf`)] }),
      );
      const database = dyingDatabase(alive, committed);
      survived = await readMailbox({ ...services, database }, jobcenter, box).then(
        (reading) => reading !== undefined && reading.failed === 0,
        () => false,
      );
      await read(box);
      const found = await rows(box);
      assert.equal(found.length, delivered, `${alive} ${committed}`);
      assert.equal(new Set(found.map((each) => each.submission_id)).size, delivered);
      assert.deepEqual([imap.messages('zwei').length, imap.messages('zwei', 'Tandem').length], [0, delivered]);
    }
  assert.ok(delivered >= 10);
});

test('answers are sent once: a relay that is busy is asked again, one that refuses is not, and a line that breaks leaves a note', async () => {
  const box = await mailbox('drei');
  const one = async (address: string): Promise<Row> => {
    imap.deliver('drei', mail({ from: address }));
    await read(box);
    const row = (await rows(box)).at(-1);
    assert.ok(row !== undefined);
    return row;
  };
  const answer = async (row: Row): Promise<string> => {
    await run('answer-mail', { mailId: row.id }).catch(() => undefined);
    return (await rows(box)).find((each) => each.id === row.id)?.answer ?? '';
  };
  const notes = async (row: Row): Promise<number> => {
    const caseId = (await inTenant((tx) => findSubmission(tx, row.submission_id)))?.caseId ?? '';
    return (await inTenant((tx) => timeline(tx, caseId))).filter((event) => event.kind === 'note').length;
  };
  const busy = await one('busy@example.org');
  relay.refuse = { code: 451, text: 'later' };
  assert.equal(await answer(busy), 'due');
  relay.refuse = undefined;
  assert.equal(await answer(busy), 'sent');
  const never = await one('never@example.org');
  relay.refuse = { code: 550, text: 'no' };
  assert.deepEqual([await answer(never), await notes(never)], ['failed', 1]);
  relay.refuse = undefined;
  assert.equal(await answer(never), 'failed');
  const broken = await one('broken@example.org');
  relay.refuse = { code: 0, text: 'hang up' };
  assert.deepEqual([await answer(broken), await notes(broken)], ['unsure', 1]);
  relay.refuse = undefined;
  assert.equal(await answer(broken), 'unsure');
  assert.equal(answersTo('busy@example.org').length, 1);
  assert.equal(answersTo('never@example.org').length + answersTo('broken@example.org').length, 0);
});

test('nobody listens: the answer waits', async () => {
  const smtp = { host: '127.0.0.1', port: 1, security: 'none' } as const;
  const from = { name: 'Jobcenter', address: 'a@example.org' };
  const letter = {
    from,
    to: 'b@example.org',
    subject: 'x',
    text: 'y',
    messageId: 'z@example.org',
    answers: [],
    language: 'de',
  };
  assert.equal(await sendAnswer(smtp, letter), 'later');
});

test('a mailbox that cannot be read stops no other one, is tried again with growing pauses, and says since when', async () => {
  const gone = await mailbox('weg', { imap: { ...here, port: 1 } });
  const wrong = await mailbox('falsch', { password: 'not the password' });
  const folder = await mailbox('ordner', { folder: 'Gibt es nicht' });
  const fine = await mailbox('gut');
  imap.deliver('gut', mail({ from: 'gut@example.org' }));
  await run('read-mailboxes', {});
  for (const id of [gone, wrong, folder, fine]) await read(id);
  assert.deepEqual(await Promise.all([gone, wrong, folder, fine].map(async (id) => (await stateOf(id))?.trouble)), [
    'unreachable',
    'refused',
    'no-folder',
    null,
  ]);
  const since = (await stateOf(gone))?.troubleSince;
  await read(gone);
  assert.deepEqual((await stateOf(gone))?.troubleSince, since);
  assert.deepEqual(
    [1, 2, 3, 20].map((n) => pauseAfter(n) / 60_000),
    [1, 2, 4, 60],
  );
  assert.equal((await rows(fine)).length, 1);
  await inTenant((tx) => changeMailboxPassword(tx, keys, wrong, imap.password));
  await read(wrong);
  assert.equal((await stateOf(wrong))?.trouble, null, 'with the right password it is read again');
  for (const user of ['weg', 'falsch', 'ordner'])
    await inTenant((tx) => switchMailbox(tx, `${user}@jobcenter.example`, false));
  await read(gone); // out of use: not even tried
  assert.equal((await stateOf(gone))?.trouble, null);
});

test('a message of more than 60 MB is not fetched; its sender and that it was too large are known', async () => {
  const box = await mailbox('gross');
  imap.deliver(
    'gross',
    mail({
      from: 'riese@example.org',
      subject: 'Fotos',
      files: [{ name: 'f.pdf', bytes: Buffer.alloc(46 * 1024 * 1024, 65) }],
    }),
  );
  await read(box);
  const [row] = await rows(box);
  const submission = await inTenant((tx) => findSubmission(tx, row?.submission_id ?? ''));
  assert.equal(submission?.person.email, 'riese@example.org');
  assert.match(JSON.stringify(submission?.frozen), /zu groß/);
  const doubts = await inTenant((tx) => clearingQueue(tx, lead, undefined, 1_000));
  assert.ok(doubts.some((each) => each.caseId === submission?.caseId && each.reason === 'unreadable'));
  assert.equal(imap.messages('gross', 'Tandem').length, 1);
});

test('messages that cannot be taken in keep no other waiting, are told to the team, and are not lost', async () => {
  const box = await mailbox('gift');
  const bad = 51; // more than one reading takes
  for (let i = 0; i < bad; i += 1)
    imap.deliver('gift', mail({ from: `g${i}@example.org`, files: [{ name: 'gift.pdf', bytes: smallPdf(`${i}`) }] }));
  imap.deliver('gift', mail({ from: 'brav@example.org', text: 'Guten Tag' }));
  const vault = {
    ...services.vault,
    prepare: (...args: Parameters<typeof services.vault.prepare>) =>
      args[1].name === 'gift.pdf' ? Promise.reject(new Error('always')) : services.vault.prepare(...args),
  };
  const again = () => readMailbox({ ...services, vault }, jobcenter, box);
  assert.deepEqual(await again(), { taken: 0, known: 0, failed: 50, more: true });
  assert.deepEqual(await again(), { taken: 0, known: 0, failed: 50, more: true }, 'once more at once');
  assert.deepEqual(await again(), { taken: 1, known: 0, failed: 1, more: false });
  assert.deepEqual(await again(), { taken: 0, known: 0, failed: 1, more: false });
  const state = await stateOf(box);
  assert.deepEqual([state?.trouble, state?.left, state?.readAt !== null], ['messages', bad, true]);
  assert.deepEqual([imap.messages('gift').length, imap.messages('gift', 'Tandem').length], [bad, 1]);
  imap.deliver('gift', mail({ from: 'neu@example.org', text: 'Noch eine' }));
  assert.deepEqual(
    await again(),
    { taken: 1, known: 0, failed: 0, more: false },
    'they rest, and the mailbox does not',
  );
  assert.ok((await inTenant(mailboxesToRead)).includes(box));
  // Somebody entered what one of them says, and moves it away in a program for e-mails.
  const login = { user: 'gift', password: imap.password };
  const opened = await openMailbox({ ...here, port: imap.port, login }, { inbox: 'INBOX', done: 'Tandem' });
  const [first] = (await opened.waiting(1, new Set())).mails;
  await opened.putAway(first?.uid ?? 0);
  await opened.close();
  await again();
  assert.equal((await stateOf(box))?.left, bad - 1);
  await inTenant((tx) => tx.raw('update app.mail_left set next_try_at = $1', [tx.now]));
  assert.deepEqual(
    await readMailbox(services, jobcenter, box),
    { taken: 50, known: 0, failed: 0, more: true },
    'a release mended it',
  );
  assert.deepEqual([(await stateOf(box))?.trouble, (await stateOf(box))?.left], [null, 0]);
  assert.equal(imap.messages('gift').length, 0);
  assert.deepEqual(
    [1, 2, 3, 40].map((tries) => restAfter(tries) / 60_000),
    [0, 1, 2, 24 * 60],
  );
});

test('a mailbox is read by one at a time', async () => {
  const box = await mailbox('allein');
  for (let i = 0; i < 5; i += 1) imap.deliver('allein', mail({ from: `a${i}@example.org`, text: `${i}` }));
  const readings = await Promise.all(Array.from({ length: 4 }, () => readMailbox(services, jobcenter, box)));
  assert.equal(
    readings.reduce((sum, each) => sum + (each?.taken ?? 0), 0),
    5,
  );
  assert.equal((await rows(box)).length, 5);
});

test('worker processes read by themselves; kill -9 in the middle doubles nothing and loses nothing', async (t) => {
  const box = await mailbox('worker');
  const total = 24;
  for (let i = 0; i < total; i += 1)
    imap.deliver('worker', mail({ from: `w${i}@example.org`, text: `Nachricht ${i}`, files: [pdf(`${i}.pdf`)] }));
  const { appUrl: app, ownerUrl: owner } = office.database;
  const env = { ...childEnvironment(office.config, { app, owner, queue: owner }), TANDEM_LOG: 'silent' };
  const start = async () => {
    const worker = fork(entryUrl('worker'), { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    after(() => worker.kill('SIGKILL'));
    await once(worker, 'message');
    return worker;
  };
  const announce = () =>
    inTenant((tx) =>
      tx.enqueue('read-mailbox', { jobcenterId: jobcenter.id, mailboxId: box }, { jobKey: `mailbox ${box}` }),
    );
  const until = async (done: (found: Row[]) => boolean): Promise<Row[]> => {
    for (const began = performance.now(); performance.now() - began < 90_000; await pause(20)) {
      const found = await rows(box);
      if (done(found)) return found;
    }
    throw new Error(`Not in time: ${JSON.stringify(await rows(box))}`);
  };
  let worker = await start();
  await announce();
  for (const reached of [3, 12]) {
    await until((found) => found.length >= reached);
    worker.kill('SIGKILL');
    worker = await start();
    await announce();
  }
  const settled = (state: string): boolean => state !== 'due' && state !== 'sending';
  const found = await until((each) => each.length === total && each.filter((row) => row.answer === 'due').length === 0);
  assert.equal(new Set(found.map((each) => each.submission_id)).size, total);
  while (imap.messages('worker').length > 0) await pause(20);
  assert.equal(imap.messages('worker', 'Tandem').length, total);
  const answers = Array.from({ length: total }, (_, i) => answersTo(`w${i}@example.org`).length);
  assert.ok(answers.every((count) => count <= 1));
  const sending = found.filter((each) => !settled(each.answer)).length;
  t.diagnostic(
    `${answers.filter((count) => count === 1).length} of ${total} answered, ${sending} interrupted while the relay was told`,
  );
  assert.ok(answers.filter((count) => count === 1).length >= total - 8);
});

test("the operator's commands add a mailbox when its servers can be used, list it and take it out of use", async () => {
  const { appUrl: app, ownerUrl: owner } = office.database;
  const env = childEnvironment(office.config, { app, owner, queue: owner });
  const tandem = async (...args: string[]): Promise<string> => {
    const child = spawn(
      process.execPath,
      [entryUrl('cli').pathname, 'mailbox', ...args, '--jobcenter', jobcenter.key],
      { env },
    );
    let told = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        told += chunk.toString();
      });
    const [code] = (await once(child, 'close')) as [number];
    return `${code} ${told.trim()}`;
  };
  const file = join(office.config.dataFolder, 'password');
  const at = ['--address', 'Befehl@jobcenter.example'];
  const create = (password: string, imapHost = '127.0.0.1'): Promise<string> => {
    writeFileSync(file, `${password}\n`, { mode: 0o600 });
    return tandem(
      'create',
      ...at,
      '--team',
      'leistung',
      '--user',
      'befehl',
      '--password-file',
      file,
      '--imap-host',
      imapHost,
      '--imap-port',
      String(imap.port),
      '--imap-security',
      'none',
      '--smtp-host',
      '127.0.0.1',
      '--smtp-port',
      String(relay.port),
      '--smtp-security',
      'none',
    );
  };
  assert.match(
    await create(imap.password, 'imap.example.org'),
    /^1 --imap-security none is for a server on this machine/,
  );
  assert.match(await create('wrong'), /^1 The mailbox was not added\. IMAP: the server refuses the login\./);
  assert.match(await create(imap.password), /^0 The mailbox befehl@jobcenter\.example was added/);
  const [listed, tested] = await Promise.all([tandem('list'), tandem('test', ...at)]);
  assert.match(listed, /befehl@jobcenter\.example\tleistung\tnever read/);
  assert.match(tested, /^0 Both servers can be used/);
  assert.match(await tandem('disable', ...at), /^0/);
  assert.ok((await inTenant(allMailboxes)).find((each) => each.address === 'befehl@jobcenter.example')?.disabledAt);
});
