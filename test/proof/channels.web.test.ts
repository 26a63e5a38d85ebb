import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeReading } from '../../src/platform/reading/index.ts';
import { proveChannels } from './support/channels-run.ts';

after(closeReading);

test('a move in five ways, in some orders: one case, every item once with all its ways, every receipt with its bytes', async (t) => {
  const result = await proveChannels({ orders: 1, seed: 5 }, (line) => t.diagnostic(line));
  assert.deepEqual(result.wrong, []);
  assert.equal(result.verifyProblems, 0);
  assert.equal(result.pictured, 1, 'its letters were scanned as pictures');
  assert.ok(result.receipts >= 6);
});
