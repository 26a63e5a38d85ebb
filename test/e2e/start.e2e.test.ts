import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readDemoAccess } from '../../src/main/demo/access.ts';
import { type Program, startProgram } from '../proof/support/programs.ts';
import { freePort } from '../support/free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-start-'));
chmodSync(folder, 0o711); // PostgreSQL's user walks through it, as in a clone
const port = await freePort();
const { DATABASE_URL: _, ...inherited } = process.env;
const env = { ...inherited, TANDEM_DATA: folder, PORT: String(port), TANDEM_LOG: 'silent' } as Record<string, string>;
const accessFile = join(folder, 'demo-access.json');
const started: Program[] = [];
after(async () => {
  for (const program of started) await program.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What `npm start` runs, until it says where to go. */
async function start(): Promise<Program> {
  const program = startProgram('start', env);
  started.push(program);
  await program.says('To stop:');
  assert.match(program.said(), /Tandem is running: http:\/\/localhost:\d+/);
  return program;
}
const status = async (path: string, token?: string): Promise<number> =>
  (await fetch(`http://127.0.0.1:${port}${path}`, token ? { headers: { Authorization: `Bearer ${token}` } } : {}))
    .status;

test('the first start makes everything, says as whom to look at it, and outlives kill -9 and Ctrl-C', async (t) => {
  const first = await start();
  assert.equal(statSync(accessFile).mode & 0o777, 0o600);
  const { apiToken, staff, clients, baseUrl } = readDemoAccess(accessFile);
  assert.equal(baseUrl, `http://localhost:${port}`);
  assert.equal(staff.length, 21);
  assert.deepEqual(new Set(staff.map((each) => each.jobcenter)), new Set(['musterstadt', 'kleinstadt']));
  assert.ok(clients.length > 0);
  const [clerk, client] = [staff[0], clients[0]];
  for (const words of [clerk?.login, clerk?.password, client?.receipt, client?.code, 'demo-code', accessFile])
    assert.ok(first.said().includes(words ?? 'missing'), words);
  assert.equal(await status('/'), 200);
  assert.equal(await status(`/api/v1/receipts/${client?.receipt}`, apiToken), 200);

  await first.kill();
  const began = performance.now();
  const second = await start();
  t.diagnostic(`ready again ${Math.round(performance.now() - began)} ms after kill -9 of everything`);
  assert.equal(await status(`/api/v1/receipts/${client?.receipt}`, apiToken), 200);
  assert.equal(await second.stop(), 0);
  assert.equal(existsSync(join(folder, 'postgres/data/postmaster.pid')), false);
});

test('a wrong setting and a port that is taken are one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  after(() => other.close());
  const taken = String((other.address() as AddressInfo).port);
  for (const [wrong, sentence] of [
    [{ PORT: 'abc' }, /PORT/],
    [{ PORT: taken }, new RegExp(taken)],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
  ] as const) {
    const program = startProgram('start', { ...env, ...wrong });
    assert.equal(await program.ended, 1);
    assert.match(program.said(), sentence);
    assert.equal(program.said().trim().split('\n').length, 1, program.said());
  }
});
