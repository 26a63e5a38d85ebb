import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isId, newId } from './ids.ts';

test('ids are version 7, unique and sort by time', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => newId(1_700_000_000_000 + i));
  assert.equal(new Set(ids).size, 1000);
  assert.deepEqual([...ids].sort(), ids);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
});

test('only well-formed lower-case ids pass', () => {
  assert.ok(isId(newId()));
  for (const bad of ['', 'x', "1' or 1=1", newId().toUpperCase(), 5, null]) assert.equal(isId(bad), false);
});
