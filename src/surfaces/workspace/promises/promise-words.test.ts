import assert from 'node:assert/strict';
import { test } from 'node:test';
import { urgency } from './promise-words.tsx';

const dueAt = new Date('2026-11-26T14:00:00Z');
const at = (time: string) => {
  const now = new Date(`2026-11-26T${time}Z`);
  return urgency({ services: { clock: { now: () => now } } }, { dueAt });
};

test('a call that was promised is warned of two hours before it is due, up to its time, and is late after it', () => {
  assert.equal(at('11:59:59'), 'normal');
  assert.equal(at('12:00:00'), 'warning');
  assert.equal(at('13:59:59'), 'warning');
  assert.equal(at('14:00:00'), 'warning', 'there is still this minute');
  assert.equal(at('14:00:01'), 'danger');
});
