import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPool, ThreadCrash, ThreadTaskError, ThreadTimeout } from './pool.ts';

/** A thread program that does as it is told, in the words of protocol.ts. */
const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', ({ request }) => {
      if (request === 'hang') for (;;);
      if (request === 'die') process.exit(3);
      if (request === 'fail') parentPort.postMessage({ kind: 'failed', message: 'no', tired: false });
      else parentPort.postMessage({ kind: 'done', value: threadId, tired: request === 'tired' });
    });
    parentPort.postMessage({ kind: 'ready' });
  `)}`,
);

test('tasks are answered in turn, by as many threads as allowed', async () => {
  const pool = createPool<string, number>({ entry, size: 2, timeoutMs: 5_000 });
  const answers = await Promise.all(Array.from({ length: 50 }, () => pool.run('who')));
  assert.equal(answers.length, 50);
  assert.ok(new Set(answers).size <= 2);
  await pool.close();
});

test('a hung or dead thread costs its own task only', async () => {
  const pool = createPool<string, number>({ entry, size: 1, timeoutMs: 1_500 });
  const results = await Promise.allSettled(
    ['who', 'hang', 'who', 'die', 'who', 'fail', 'who'].map((word) => pool.run(word)),
  );
  const names = results.map((result) => (result.status === 'fulfilled' ? 'answer' : (result.reason as Error).name));
  assert.deepEqual(names, ['answer', 'ThreadTimeout', 'answer', 'ThreadCrash', 'answer', 'ThreadTaskError', 'answer']);
  await pool.close();
});

test('a thread is replaced when it is tired and after so many tasks', async () => {
  const pool = createPool<string, number>({ entry, size: 1, timeoutMs: 5_000, recycleAfter: 3 });
  const ids: number[] = [];
  for (const word of ['who', 'who', 'who', 'who', 'tired', 'who']) ids.push(await pool.run(word));
  assert.equal(new Set(ids.slice(0, 3)).size, 1);
  assert.equal(new Set(ids).size, 3);
  await pool.close();
});

test('a program that does not load, a closed pool, a request that cannot cross', async () => {
  const missing = createPool<string, number>({
    entry: new URL('file:///no/such/program.js'),
    size: 1,
    timeoutMs: 500,
  });
  await assert.rejects(missing.run('who'), ThreadCrash);
  const pool = createPool<unknown, number>({ entry, size: 1, timeoutMs: 500 });
  await assert.rejects(
    pool.run(() => 1),
    ThreadTaskError,
  );
  const hung = assert.rejects(
    pool.run('hang'),
    (error: unknown) => error instanceof ThreadCrash || error instanceof ThreadTimeout,
  );
  await pool.close();
  await hung;
  await assert.rejects(pool.run('who'), ThreadCrash);
});
