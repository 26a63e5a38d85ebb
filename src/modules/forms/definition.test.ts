import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedDefinitions, shippedGroups } from './shipped.ts';

const shipped = shippedDefinitions();

test('every shipped concern loads, and its group and its follow-up exist', () => {
  const groups = shippedGroups().map((g) => g.key);
  const keys = shipped.map((d) => d.key);
  for (const d of shipped) {
    assert.ok(groups.includes(d.group), `${d.key}: group ${d.group}`);
    if (d.next) assert.ok(keys.includes(d.next.concern), `${d.key}: next ${d.next.concern}`);
  }
});
