import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openTestOffice } from '../../test/support/office.ts';
import { openClearingItems } from '../modules/cases/index.ts';
import { childEnvironment } from '../platform/env/config.ts';
import { entryUrl } from '../platform/env/project.ts';
import { createOutboxBell } from '../platform/jobs/index.ts';

const office = await openTestOffice();
const { services, database } = office;
const [tenant] = office.tenants as [(typeof office.tenants)[number]];
const workers: ChildProcess[] = [];
after(() => {
  for (const worker of workers) worker.kill('SIGKILL');
});

async function startWorker(): Promise<ChildProcess> {
  const env = childEnvironment(office.config, {
    app: database.appUrl,
    owner: database.ownerUrl,
    queue: database.ownerUrl,
  });
  const worker = fork(entryUrl('worker'), {
    env: { ...env, TANDEM_LOG: 'silent' },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  workers.push(worker);
  await once(worker, 'message');
  return worker;
}

/** Milliseconds until a case stands in the clearing queue. */
async function sortedAfter(caseId: string): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < 20_000) {
    const items = await services.database.tenant(tenant.jobcenter.id, (tx) => openClearingItems(tx, caseId));
    if (items.length > 0) return Math.round(performance.now() - began);
    await pause(10);
  }
  throw new Error('The submission was not sorted.');
}

test('two worker processes sort what comes in; kill -9 of one and a polite end of the other lose nothing', async (t) => {
  const [one, two] = await Promise.all([startWorker(), startWorker()]);
  services.database.onEnqueued = createOutboxBell(services.database);
  const first = await office.submit(tenant);
  t.diagnostic(`sorted ${await sortedAfter(first.caseId)} ms after the commit`);

  const many: string[] = [];
  for (let i = 0; i < 60; i += 1) {
    many.push((await office.submit(tenant)).caseId);
    if (i === 30) one.kill('SIGKILL');
  }
  const times: number[] = [];
  for (const caseId of many) times.push(await sortedAfter(caseId));
  t.diagnostic(`60 submissions, a worker killed in the middle: the last one sorted ${Math.max(...times)} ms later`);

  two.kill('SIGTERM');
  const [code] = (await once(two, 'exit')) as [number | null];
  assert.equal(code, 0);

  services.database.onEnqueued = undefined;
  const waiting = await office.submit(tenant); // nobody works, nobody rings
  await startWorker();
  t.diagnostic(`waiting work taken up ${await sortedAfter(waiting.caseId)} ms after a start`);
});
