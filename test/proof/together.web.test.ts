import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proveTogether } from './support/together-run.ts';

test('a few people in one case, with lost connections and a restart: every edit is kept or shown, all windows are alike', async (t) => {
  const result = await proveTogether({ minutes: 0.25, people: 5, seed: 7 }, (line) => t.diagnostic(line));
  assert.deepEqual(result.wrong, []);
  assert.ok(result.edits > 10, `${result.edits} edits`);
  assert.ok(result.refreshes > 0);
});
