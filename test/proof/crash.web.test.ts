import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveCrashes } from './support/crash-run.ts';

test('three kills of everything: every receipt is kept, nothing is there twice', async (t) => {
  const result = await proveCrashes({ kills: 3, seed: 7 }, (line) => t.diagnostic(line));
  assert.deepEqual(result.lost, []);
  assert.deepEqual(result.doubled, []);
  assert.equal(result.unacknowledged, 0);
  assert.equal(result.verifyProblems, 0);
  assert.equal(result.stoppedCleanly, true);
  assert.ok(result.acknowledged > 0);
});
