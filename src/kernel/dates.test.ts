import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantInGermany } from './dates.ts';

test('a time in Germany is an instant, in winter, in summer, and where clocks change', () => {
  assert.equal(instantInGermany('2026-11-24', '14:30').toISOString(), '2026-11-24T13:30:00.000Z');
  assert.equal(instantInGermany('2026-07-01', '14:30').toISOString(), '2026-07-01T12:30:00.000Z');
  assert.equal(instantInGermany('2026-03-29', '03:00').toISOString(), '2026-03-29T01:00:00.000Z');
  assert.equal(instantInGermany('2026-10-25', '12:00').toISOString(), '2026-10-25T11:00:00.000Z');
});
