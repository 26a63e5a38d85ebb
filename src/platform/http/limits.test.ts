import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteBudget, rateLimit } from './limits.ts';

test('the budget counts what is held, refuses what does not fit, and forgets nothing', () => {
  const budget = byteBudget(100);
  const [one, two] = [budget.open(), budget.open()];
  assert.ok(one.grow(60));
  assert.ok(one.grow(50), 'less than it has is nothing new');
  assert.equal(two.grow(50), false);
  assert.ok(two.grow(40));
  one.close();
  one.close();
  assert.equal(budget.inUse(), 40);
  assert.ok(two.grow(100));
  two.close();
  assert.equal(budget.inUse(), 0);
  assert.equal(two.grow(1), false, 'a closed share takes nothing');
});

test('a minute slides: what was used just before its turn counts in part', () => {
  let now = 0;
  const allowed = rateLimit(10, () => now);
  assert.equal(Array.from({ length: 12 }, () => allowed('a')).filter(Boolean).length, 10);
  assert.ok(allowed('b'));
  now = 90_000;
  const half = Array.from({ length: 10 }, () => allowed('a')).filter(Boolean).length;
  assert.ok(half > 2 && half < 6, String(half));
});
