import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openTestDatabase } from '../../../test/support/database.ts';
import { newId } from '../../kernel/ids.ts';
import { openLog } from '../log/index.ts';
import { createOutboxBell, moveOutbox, startJobs, type Task, unlockJobsOfDeadWorkers } from './index.ts';

const log = openLog('test', 'silent');
const jobcenterId = newId(new Date());

/** What the second process does: takes a job, says so, and never ends it. */
const hang: Task = {
  name: 'hang',
  run: async () => {
    process.send?.('taken');
    await new Promise(() => setInterval(() => undefined, 1_000));
  },
};

if (process.argv[2] === 'worker')
  await startJobs({ url: process.argv[3] as string, tasks: [hang], log, concurrency: 1 });
else await tests();

async function tests(): Promise<void> {
  const { ownerUrl, appUrl, database } = await openTestDatabase();
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  const children: ChildProcess[] = [];
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await owner.end();
  });
  const count = async (table: string): Promise<number> =>
    Number((await owner.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);
  const announce = (task: string, n = 1) =>
    database.tenant(jobcenterId, async (tx) => {
      for (let i = 0; i < n; i += 1) await tx.enqueue(task, { n: i });
    });

  test('what was rolled back is no job', async () => {
    const failed = database.tenant(jobcenterId, async (tx) => {
      await tx.enqueue('never', { n: 1 });
      throw new Error('changed my mind');
    });
    await assert.rejects(failed, /changed my mind/);
    assert.equal(await moveOutbox(owner), 0);
    assert.equal(await count('graphile_worker._private_jobs'), 0);
  });

  test('four workers move 1,300 rows, each once; of one key the newest counts', async () => {
    await announce('later', 1_300);
    await database.tenant(jobcenterId, async (tx) => {
      for (const n of [1, 2, 3]) await tx.enqueue('keyed', { n }, { jobKey: 'one', runAt: new Date('2100-01-01') });
    });
    const moved = await Promise.all([1, 2, 3, 4].map(() => moveOutbox(owner)));
    assert.equal(moved.reduce((sum, n) => sum + n, 0) + (await moveOutbox(owner)), 1_303);
    assert.equal(await count('queue.outbox'), 0);
    const { rows } = await owner.query(
      "select payload->>'n' as n, count(*)::int as copies from graphile_worker._private_jobs where key is null group by 1 having count(*) <> 1",
    );
    assert.deepEqual(rows, []);
    const { rows: keyed } = await owner.query("select payload from graphile_worker._private_jobs where key = 'one'");
    assert.deepEqual(keyed, [{ payload: { n: 3 } }]);
    await owner.query('delete from graphile_worker._private_jobs');
  });

  test('slow work comes after quick, and what nobody waits for after what somebody may look at', async () => {
    for (const task of ['sweep', 'upload', 'quick']) await announce(task);
    await moveOutbox(owner, { soon: ['upload'], last: ['sweep'] });
    const { rows } = await owner.query(
      `select t.identifier as task, j.job_queue_id is not null as lined from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id order by j.priority, j.run_at`,
    );
    assert.deepEqual(rows, [
      { task: 'quick', lined: false },
      { task: 'upload', lined: true },
      { task: 'sweep', lined: true },
    ]);
    await owner.query('delete from graphile_worker._private_jobs');
  });

  test('the application may announce work, and neither read nor take it', async () => {
    const app = new pg.Client({ connectionString: appUrl });
    await app.connect();
    await assert.rejects(app.query('select * from queue.outbox'), /permission denied/);
    await assert.rejects(app.query('delete from queue.outbox'), /permission denied/);
    await assert.rejects(app.query('select * from graphile_worker._private_jobs'), /permission denied/);
    await app.end();
  });

  test('the bell wakes a worker before its next look, also after its sessions were cut', async (t) => {
    const done: number[] = [];
    let heard: () => void = () => undefined;
    const task: Task = {
      name: 'note',
      run: (payload) => {
        done.push((payload as { n: number }).n);
        heard();
        return Promise.resolve();
      },
    };
    const runner = await startJobs({ url: ownerUrl, tasks: [task], log });
    database.onEnqueued = createOutboxBell(database);
    const times: number[] = [];
    const ring = async (): Promise<void> => {
      const ran = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const began = performance.now();
      await announce('note');
      await ran;
      times.push(Math.round(performance.now() - began));
    };
    await ring(); // from now on the session listens
    for (let i = 0; i < 20; i += 1) await ring();
    // Cut while nothing is under way: a worker cut in the middle of noting a job as done ends, and its supervisor starts it again.
    const jobsLeft = async (): Promise<boolean> =>
      (await owner.query('select 1 from graphile_worker._private_jobs limit 1')).rowCount !== 0;
    while (await jobsLeft());
    await owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tandem worker' and datname = current_database()",
    );
    await ring();
    await runner.stop();
    database.onEnqueued = undefined;
    times.sort((a, b) => a - b);
    const last = times.at(-1) as number;
    t.diagnostic(`commit to job: p50 ${times[10]} ms, after cut sessions at most ${last} ms`);
    assert.equal(done.length, 22);
    assert.ok((times[10] as number) < 1_500, `p50 was ${times[10]} ms`); // without the bell a look takes up to two seconds
  });

  test('what fails is tried again, and keeps nothing that a person typed', async () => {
    const task: Task = {
      name: 'fails',
      run: () => Promise.reject(Object.assign(new Error('invalid input: "Mika Muster"'), { code: '22P02' })),
    };
    const runner = await startJobs({ url: ownerUrl, tasks: [task], log });
    await announce('fails');
    runner.wake();
    let error: string | null = null;
    for (let i = 0; error === null && i < 600; i += 1) {
      await pause(50);
      error =
        (await owner.query<{ last_error: string | null }>('select last_error from graphile_worker._private_jobs'))
          .rows[0]?.last_error ?? null;
    }
    await runner.stop();
    assert.match(error ?? '', /fails: Error 22P02/);
    assert.doesNotMatch(error ?? '', /Muster/);
    await owner.query('delete from graphile_worker._private_jobs');
  });

  test('a worker that is stopped as soon as it started ends', { timeout: 30_000 }, async () => {
    for (let i = 0; i < 3; i++) {
      const runner = await startJobs({ url: ownerUrl, tasks: [], log });
      await runner.stop();
    }
  });

  test('the job of a killed worker is taken again within seconds; that of a living one is left alone', async (t) => {
    const child = fork(fileURLToPath(import.meta.url), ['worker', ownerUrl]);
    children.push(child);
    await announce('hang');
    await once(child, 'message');
    await owner.query("update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'");
    const presence = `select 1 from pg_locks where locktype = 'advisory' and granted and classid = 1414745933
      and database = (select oid from pg_database where datname = current_database())`;
    while ((await owner.query(presence)).rowCount === 0); // a job may be taken before the session holds its lock
    assert.equal(await unlockJobsOfDeadWorkers(owner), 0, 'a living worker keeps its job');
    let taken = 0;
    const task: Task = {
      name: 'hang',
      run: async () => {
        taken += 1;
      },
    };
    const runner = await startJobs({ url: ownerUrl, tasks: [task], log });
    const began = performance.now();
    child.kill('SIGKILL');
    while (taken === 0 && performance.now() - began < 20_000) await pause(20);
    t.diagnostic(`job taken again after ${Math.round(performance.now() - began)} ms`);
    await runner.stop();
    assert.equal(taken, 1);
    assert.equal(await count('graphile_worker._private_jobs'), 0);
  });
}
