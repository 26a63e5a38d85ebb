import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLimitMb, proveFuzz } from './support/fuzz-run.ts';

test('400 hostile requests: no failure, no hang, nothing visible that should not be', async (t) => {
  const result = await proveFuzz({ requests: 400, seed: 5 }, (line) => t.diagnostic(line));
  assert.deepEqual(result.failures, []);
  assert.deepEqual(result.hangs, []);
  assert.deepEqual(result.leaks, []);
  assert.ok(result.memoryMb.peak <= memoryLimitMb, `${result.memoryMb.peak} MB`);
  assert.equal(result.restarts, 0);
});
