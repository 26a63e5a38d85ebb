import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idSequence, isId, newId } from './ids.ts';

test('ids are version 7, unique and sort by time', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => newId(new Date(1_700_000_000_000 + i)));
  assert.equal(new Set(ids).size, 1000);
  assert.deepEqual([...ids].sort(), ids);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
});

test('ids of one transaction sort as they were made, also beyond 4096', () => {
  const next = idSequence(new Date('2026-11-23T10:00:00Z'));
  const ids = Array.from({ length: 9000 }, next);
  assert.deepEqual([...ids].sort(), ids);
});

test('ids of one millisecond sort as they were asked for, whoever asks, while other instants come and go', () => {
  const now = new Date('2026-11-23T10:00:00.001Z');
  const [one, two] = [idSequence(now), idSequence(now)];
  const ids = [newId(now), one(), two(), one(), newId(now)];
  for (let i = 1; i < 400; i += 1) {
    newId(new Date(now.getTime() + 10_000 + i));
    ids.push(newId(now));
  }
  ids.push(one(), two());
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
});

test('ids of a millisecond that ran over into the next stand before those of the next', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const ids = Array.from({ length: 9_000 }, () => newId(now));
  for (let later = 1; later < 4; later += 1) ids.push(newId(new Date(now.getTime() + later)));
  assert.deepEqual([...ids].sort(), ids);
});

test('only well-formed lower-case ids pass', () => {
  const id = newId(new Date());
  assert.ok(isId(id));
  for (const bad of ['', 'x', "1' or 1=1", id.toUpperCase(), 5, null]) assert.equal(isId(bad), false);
});
