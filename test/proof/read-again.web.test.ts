import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { compose } from '../../src/main/compose.ts';
import { receive } from '../../src/modules/intake/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { readConfig } from '../../src/platform/env/config.ts';
import { writtenPage } from '../../src/platform/reading/sample.ts';
import { submissionInput } from '../support/submit.ts';
import { makeInstallation } from './support/installation.ts';
import { type Program, startProgram } from './support/programs.ts';

const installation = await makeInstallation();
const { services, close } = compose({
  config: readConfig(installation.env),
  urls: { app: installation.postgres.appUrl },
  name: 'proof',
  poolSize: 2,
});
const programs: Program[] = [];
const start = (name: string, ...args: string[]): Program => {
  const program = startProgram(name, installation.databaseEnv, args);
  programs.push(program);
  return program;
};
const superuser = new pg.Client({ connectionString: installation.postgres.superuserUrl });
await superuser.connect();
after(async () => {
  for (const program of programs) await program.kill();
  await superuser.end();
  await close();
  await installation.remove();
});

const [{ jobcenter, teams, apiToken }] = installation.tenants;
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenter.id, work);
const PAPERS = 12;

/** Papers that came and were never read, each in a case of its own. */
async function handIn(): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < PAPERS; n += 1) {
    const bytes = writtenPage([`Bescheinigung Nummer ${n}`, 'Hausverwaltung Nordlicht']);
    const file = { name: `Papier ${n}.pdf`, bytes, mediaType: 'application/pdf', pages: 1 };
    const document = await services.vault.prepare(jobcenter.id, file);
    const tenant = { jobcenter, teams: { leistung: teams[0] ?? '' }, staff: [], apiToken };
    const input = await submissionInput(services, tenant, {
      documents: [{ document, field: 'papers', recorded: false }],
    });
    const received = await inTenant((tx) => receive(tx, { kind: 'client' }, input));
    assert.equal(received.kind, 'received');
    ids.push(document.id);
  }
  return ids;
}

/** Waits for a number that a query gives; a program that should bring it about must not have ended meanwhile. */
async function until(
  sql: string,
  enough: (n: number) => boolean,
  by: Program,
  values: unknown[] = [],
): Promise<number> {
  for (let tries = 0; tries < 2_400; tries += 1) {
    const { rows } = await superuser.query<{ n: number }>(sql, values);
    const n = rows[0]?.n ?? 0;
    if (enough(n)) return n;
    assert.ok(by.running(), by.said());
    await pause(25);
  }
  throw new Error(`In vain: ${sql}`);
}

const readings = 'select count(*)::int as n from app.document_reading where document_id = any ($1)';
const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number((await superuser.query<{ n: number }>(sql, values)).rows[0]?.n);

test('read-again is killed in the middle, and so is the worker that reads; started again, everything is read, each paper once', async () => {
  const ids = await handIn();
  await superuser.query('delete from queue.outbox'); // as if every job of them was lost
  // The command comes to a stop at the seventh paper, in the middle of its transaction.
  await superuser.query(`
    create function public.stop_here() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(77); return new; end $$;
    create trigger stop_here before insert on queue.outbox for each row
      when (new.payload ->> 'documentId' = '${ids[6]}') execute function public.stop_here();
    select pg_advisory_lock(77)`);
  const killed = start('cli', 'read-again');
  const stopped = `select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 77 and not granted`;
  await until(stopped, (n) => n === 1, killed);
  await killed.kill();
  // What is left of the command still waits, and holds the table: it is ended before the table is changed.
  await superuser.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 77 and not granted",
  );
  await superuser.query('drop trigger stop_here on queue.outbox');
  await superuser.query('select pg_advisory_unlock(77)');
  assert.equal(
    await count('select count(*)::int as n from queue.outbox'),
    0,
    'half of the work is announced by nobody',
  );
  assert.equal(await count(readings, [ids]), 0);

  const again = start('cli', 'read-again');
  assert.equal(await again.ended, 0, again.said());
  assert.match(again.said(), new RegExp(`${jobcenter.key}: ${PAPERS} documents are to be read`));
  assert.equal(await count(`select count(*)::int as n from queue.outbox where task = 'read-unread'`), PAPERS);

  const first = start('worker');
  await until(readings, (n) => n >= 2, first, [ids]);
  await first.kill();
  const atKill = await count(readings, [ids]);
  const rest = start('cli', 'read-again');
  assert.equal(await rest.ended, 0, rest.said());
  assert.match(rest.said(), new RegExp(`${jobcenter.key}: ${PAPERS - atKill} documents are to be read`));
  await until(readings, (n) => n === PAPERS, start('worker'), [ids]);
  const { rows } = await superuser.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from app.document_reading where document_id = any ($1) group by state',
    [ids],
  );
  assert.deepEqual(rows, [{ state: 'read', n: PAPERS }]);
  const nothing = start('cli', 'read-again');
  assert.equal(await nothing.ended, 0, nothing.said());
  assert.match(nothing.said(), new RegExp(`${jobcenter.key}: 0 documents are to be read`));
});
