import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { type Postgres, PostgresError, startPostgres } from './index.ts';
import { isAlive } from './process.ts';

const top = mkdtempSync(join(tmpdir(), 'tandem-launcher-'));
chmodSync(top, 0o711); // so that PostgreSQL's user may pass when the tests run as root
const dataDir = join(top, 'var');
let server: Postgres | undefined;
after(async () => {
  await server?.stop();
  rmSync(top, { recursive: true, force: true });
});

async function rows(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const start = () => startPostgres({ dataDir });

test('of two first starts at once one makes the cluster, both serve it', async () => {
  const [one, two] = await Promise.all([start(), start()]);
  server = one;
  assert.equal(one.pid, two.pid);
  assert.equal(one.appUrl, two.appUrl);
  assert.deepEqual([one.adopted, two.adopted].sort(), [false, true]);
});

test('the roles have no power that they do not need', async () => {
  const url = server!.appUrl;
  const [app] = await rows(
    url,
    'select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
  );
  assert.deepEqual(app, { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
  await assert.rejects(rows(url, 'create table public.mine (id int)'), /permission denied/);
  const [owner] = await rows(
    server!.ownerUrl,
    'select rolsuper, rolbypassrls from pg_roles where rolname = current_user',
  );
  assert.deepEqual(owner, { rolsuper: false, rolbypassrls: false });
  await rows(server!.ownerUrl, 'create extension pg_trgm');
});

test('the cluster has checksums, UTF-8 and German order', async () => {
  const [found] = await rows(
    server!.appUrl,
    `select current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
       current_setting('listen_addresses') as addresses, current_setting('statement_timeout') as timeout,
       array(select n from unnest(array['Zabel', 'Özdemir', 'Otto', 'Ärger', 'Adam']) n order by n) as sorted`,
  );
  const sorted = ['Adam', 'Ärger', 'Otto', 'Özdemir', 'Zabel'];
  assert.deepEqual(found, { checksums: 'on', encoding: 'UTF8', addresses: '', timeout: '30s', sorted });
});

test('nobody gets in without the password, and the socket and passwords are closed to others', async () => {
  await assert.rejects(
    rows(server!.appUrl.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1'),
    /password authentication failed/,
  );
  const socket = new URLSearchParams(server!.appUrl.split('?')[1]).get('host') as string;
  assert.equal(statSync(socket).mode & 0o777, 0o700);
  assert.equal(statSync(join(dataDir, 'postgres.json')).mode & 0o777, 0o600);
});

test('a later start adopts what runs', async () => {
  const again = await start();
  assert.equal(again.adopted, true);
  assert.equal(again.pid, server!.pid);
});

test('after kill -9 of the postmaster it comes back with everything that was acknowledged', async () => {
  await rows(server!.ownerUrl, 'create table kept as select 1 as id');
  const { pid } = server!;
  process.kill(pid, 'SIGKILL');
  while (server!.alive()) await new Promise(setImmediate); // on a busy machine it dies a little later
  server = await start();
  assert.notEqual(server.pid, pid);
  assert.deepEqual(await rows(server.ownerUrl, 'select id from kept'), [{ id: 1 }]);
});

test('a pid file that names a foreign program does not stop a start', async () => {
  const cluster = join(server!.folder, 'data');
  const pidFile = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
  process.kill(server!.pid, 'SIGINT');
  while (server!.alive()) await new Promise(setImmediate);
  writeFileSync(join(cluster, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
  server = await start();
  assert.equal(server.adopted, false);
  assert.deepEqual(await rows(server.ownerUrl, 'select id from kept'), [{ id: 1 }]);
});

test('a cluster of another release is refused in one sentence and left alone', async () => {
  const { pid, folder } = server!;
  const file = join(folder, 'data', 'PG_VERSION');
  writeFileSync(file, '17\n');
  await assert.rejects(
    start(),
    (error) => error instanceof PostgresError && /made by PostgreSQL 17 .* nothing was changed/.test(error.message),
  );
  writeFileSync(file, '18\n');
  assert.equal(isAlive(pid), true);
});

test('stop ends the server, and the next start finds the data', async () => {
  const { pid } = server!;
  await server!.stop();
  assert.equal(isAlive(pid), false);
  server = await start();
  assert.deepEqual(await rows(server.ownerUrl, 'select id from kept'), [{ id: 1 }]);
});

test('a throwaway server, also below a folder that nobody else may enter, leaves nothing', async () => {
  const closed = mkdtempSync(join(top, 'closed-'));
  const throwaway = await startPostgres({ dataDir: join(closed, 'var'), throwaway: true });
  await rows(throwaway.ownerUrl, 'create database another');
  await throwaway.stop();
  assert.equal(throwaway.alive(), false);
  assert.throws(() => statSync(throwaway.folder), /ENOENT/);
  assert.deepEqual(readdirSync(join(closed, 'var')), []);
});
