import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveScans } from './support/scan-run.ts';

test('a stack is read in the background, a killed worker loses nothing, every page has its letter', async (t) => {
  const result = await proveScans({ pages: 14, seed: 3, looks: 10 }, (line) => t.diagnostic(line));
  assert.equal(result.read, result.pages);
  assert.equal(result.failed, 0);
  assert.ok(result.killedAt > 0 && result.afterKill >= result.killedAt);
  assert.equal(result.letters, result.lettersExpected);
  assert.equal(result.blank, result.blankExpected);
});
