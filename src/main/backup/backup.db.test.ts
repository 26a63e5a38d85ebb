import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared } from '../../../test/support/submit.ts';
import { eraseDocument, keysOf } from '../../modules/documents/index.ts';
import { findReceipt } from '../../modules/intake/index.ts';
import { type Config, readConfig } from '../../platform/env/config.ts';
import { entryUrl } from '../../platform/env/project.ts';
import { compose } from '../compose.ts';
import { verifyAll } from '../verify.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

const office = await openTestOffice();
const folder = mkdtempSync(join(tmpdir(), 'tandem-backup-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const to = join(folder, 'first');
const ownerUrl = office.database.ownerUrl;
const receipts: { jobcenterId: string; number: string }[] = [];

/** An empty database of the test server, and an empty data folder. */
async function freshTarget(name: string): Promise<{ config: Config; ownerUrl: string; appUrl: string }> {
  const database = `${office.database.name}_${name}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: office.database.superuserUrl });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await admin(`create database ${database} owner tandem_owner template template1`);
  after(() => admin(`drop database ${database} with (force)`));
  const place = (url: string) => url.replace(`/${office.database.name}?`, `/${database}?`);
  const config = readConfig({ TANDEM_DATA: join(folder, `data-${name}`), TANDEM_DEMO: 'off', TANDEM_LOG: 'silent' });
  return { config, ownerUrl: place(ownerUrl), appUrl: place(office.database.appUrl) };
}

const restore = (target: { config: Config; ownerUrl: string }, from = to) =>
  restoreBackup({ config: target.config, urls: { owner: target.ownerUrl }, appRole: 'tandem_app', from });

test('a backup beside running work comes back whole: rows, documents, receipts, waiting jobs', async () => {
  for (const tenant of office.tenants) {
    for (let i = 0; i < 12; i += 1) {
      const document = await prepared(office.services, tenant, `Lohn ${i}.pdf`);
      const { receipt } = await office.submit(tenant, { documents: [{ document, field: 'papers', recorded: false }] });
      receipts.push({ jobcenterId: tenant.jobcenter.id, number: receipt.number });
      if (i === 0) await office.services.database.tenant(tenant.jobcenter.id, (tx) => eraseDocument(tx, document.id));
    }
  }
  const result = await makeBackup({ config: office.config, ownerUrl, to });
  assert.deepEqual({ blobs: result.blobs, problems: result.problems }, { blobs: 22, problems: 0 });

  const target = await freshTarget('whole');
  const restored = await restore(target);
  assert.deepEqual(restored, { rows: result.rows, blobs: 22 });
  assert.equal(statSync(join(target.config.secretsFolder, 'master.key')).mode & 0o777, 0o600);
  const there = compose({ config: target.config, urls: { app: target.appUrl }, name: 'test', poolSize: 2 });
  const problems: string[] = [];
  const verdict = await verifyAll(there.services, { onProblem: (problem) => problems.push(problem) });
  assert.deepEqual(problems, []);
  assert.deepEqual({ documents: verdict.documents, receipts: verdict.receipts }, { documents: 22, receipts: 24 });
  for (const { jobcenterId, number } of receipts) {
    const before = await office.services.database.tenant(jobcenterId, (tx) => findReceipt(tx, number));
    assert.deepEqual(await there.services.database.tenant(jobcenterId, (tx) => findReceipt(tx, number)), before);
  }
  await there.close();
  const client = new pg.Client({ connectionString: target.ownerUrl });
  await client.connect();
  const { rows: jobs } = await client.query(
    "select count(*)::int as n from queue.outbox where task = 'sort-submission'",
  );
  assert.deepEqual(jobs, [{ n: 24 }], 'work that waited is announced again');
  const { rows: open } = await client.query(
    "select relname from pg_class where relnamespace = 'app'::regnamespace and relrowsecurity and not relforcerowsecurity",
  );
  assert.deepEqual(open, [], 'row-level security is forced again');
  await client.end();
  await assert.rejects(restore(target), /another master key|documents in|has data already/);
  console.log(JSON.stringify({ ...result, restored: restored.rows, verified: verdict }));
});

test('a backup of a damaged store is made, and says what is missing', async () => {
  const [tenant] = office.tenants as [(typeof office.tenants)[number]];
  const document = await prepared(office.services, tenant, 'weg.pdf');
  await office.submit(tenant, { documents: [{ document, field: 'papers', recorded: false }] });
  rmSync(join(office.config.blobFolder, document.blob));
  const problems: string[] = [];
  const result = await makeBackup({
    config: office.config,
    ownerUrl,
    to: join(folder, 'second'),
    onProblem: (problem) => problems.push(problem),
  });
  assert.equal(result.problems, 1);
  assert.match(problems.join(), new RegExp(`${document.blob} is missing`));
});

test('whatever is changed in a backup is found before anything is written', async () => {
  const target = await freshTarget('damaged');
  const manifest = readFileSync(join(to, 'manifest.json'), 'utf8');
  const table = join(to, 'tables', 'app.receipt.gz');
  const bytes = readFileSync(table);
  appendFileSync(table, 'x');
  await assert.rejects(restore(target), /damaged: tables\/app.receipt.gz/);
  rmSync(table);
  await assert.rejects(restore(target), /not complete: tables\/app.receipt.gz/);
  writeFileSync(table, bytes);
  const blobs = join(to, 'blobs');
  const blob = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).find((name) =>
    statSync(join(blobs, name)).isFile(),
  ) as string;
  const sealed = readFileSync(join(blobs, blob));
  writeFileSync(
    join(blobs, blob),
    Buffer.concat([sealed.subarray(0, -1), Buffer.from([(sealed.at(-1) as number) ^ 1])]),
  );
  await assert.rejects(restore(target), /damaged: the document/);
  writeFileSync(join(blobs, blob), sealed);
  writeFileSync(join(to, 'manifest.json'), manifest.slice(0, -20));
  await assert.rejects(restore(target), /manifest.json in .* is damaged/);
  rmSync(join(to, 'manifest.json'));
  await assert.rejects(restore(target), /is not a backup/);
  assert.ok(!existsSync(target.config.blobFolder));
  const [jobcenterId, , documentId] = blob.split('/') as [string, string, string];
  writeFileSync(
    join(to, 'manifest.json'),
    JSON.stringify({ ...JSON.parse(manifest), erasedSince: [{ jobcenterId, documentId }] }),
  );
  assert.equal((await restore(target)).blobs, 22, 'and nothing stood in the way of the sound one');
  const there = compose({ config: target.config, urls: { app: target.appUrl }, name: 'test', poolSize: 2 });
  assert.equal(
    await there.services.database.tenant(jobcenterId, (tx) => keysOf(tx, documentId)),
    undefined,
    'what was erased during the backup stays erased',
  );
  await there.close();
});

test('a restore never touches an installation that is in use, and an existing folder is never overwritten', async () => {
  await assert.rejects(makeBackup({ config: office.config, ownerUrl, to }), /is not empty/);
  await assert.rejects(restore({ config: office.config, ownerUrl }), /documents in .* already/);
  const target = await freshTarget('taken');
  await assert.rejects(restore({ config: target.config, ownerUrl }), /has data already/);
  mkdirSync(target.config.secretsFolder, { recursive: true });
  writeFileSync(join(target.config.secretsFolder, 'master.key'), Buffer.alloc(32).toString('base64'));
  await assert.rejects(restore(target), /another master key/);
});

test('the commands: create, hand over once, verify with JSON last, refuse in one sentence', async () => {
  const target = await freshTarget('cli');
  const env = {
    DATABASE_URL: target.appUrl,
    DATABASE_OWNER_URL: target.ownerUrl,
    TANDEM_DATA: join(folder, 'data-cli'),
    TANDEM_LOG: 'silent',
  };
  const tandem = async (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    promisify(execFile)(process.execPath, [fileURLToPath(entryUrl('cli')), ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        out: error.stdout,
        err: error.stderr,
      }),
    );
  const profile = join(folder, 'profile.json');
  writeFileSync(profile, (await tandem('jobcenter', 'profile-template')).out);
  const create = ['jobcenter', 'create', '--key', 'neustadt', '--name', 'Jobcenter Neustadt', '--profile', profile];
  assert.match(
    (await tandem(...create)).err,
    /^The database is not up to date; run "npm run tandem -- migrate" first\.$/m,
  );
  assert.equal((await tandem('migrate')).code, 0);
  assert.equal((await tandem(...create)).code, 0);
  const twice = await tandem(...create);
  assert.deepEqual([twice.code, twice.err.trim()], [1, 'There is already a Jobcenter with the key "neustadt".']);
  assert.equal(
    (
      await tandem(
        'team',
        'create',
        '--jobcenter',
        'neustadt',
        '--key',
        'leistung',
        '--name',
        'Leistung',
        '--phone',
        '030',
      )
    ).code,
    0,
  );
  const staff = await tandem(
    'staff',
    'create',
    '--jobcenter',
    'neustadt',
    '--login',
    'Kim',
    '--name',
    'Kim Muster',
    '--role',
    'clerk',
    '--team',
    'leistung',
    '--json',
  );
  assert.deepEqual(Object.keys(JSON.parse(staff.out) as object), ['login', 'password', 'totpSecret', 'totpUri']);
  assert.deepEqual((await tandem('staff', 'create', '--jobcenter', 'neustadt', '--role', 'boss')).code, 2);
  assert.match(
    (await tandem('token', 'create', '--jobcenter', 'neustadt', '--name', 'Scanner', '--scope', 'submissions:write'))
      .out,
    /^tandem\.[0-9a-f-]{36}\./,
  );
  assert.equal((await tandem('db-url', '--owner')).out.trim(), target.ownerUrl);
  const verified = await tandem('verify');
  assert.equal(verified.code, 0);
  assert.deepEqual(JSON.parse(verified.out.trim().split('\n').at(-1) as string), {
    documents: 0,
    receipts: 0,
    blocks: 0,
    entries: 0,
    unsealed: 4,
    problems: 0,
  });
  const help = await tandem('backup', '--help');
  assert.deepEqual([help.code, /--to <folder>/.test(help.out)], [0, true]);
});
