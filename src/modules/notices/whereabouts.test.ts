import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepKind, WaitsFor, Way } from './tables.ts';
import { type Whereabouts, whereaboutsOf } from './whereabouts.ts';

const at = new Date('2026-11-26T23:30:00Z');
const where = (way: Way, waitsFor: WaitsFor | null, ...kinds: readonly StepKind[]): Whereabouts =>
  whereaboutsOf(
    { way, waitsFor },
    (['submitted', 'released', ...kinds] as const).map((kind) => ({ kind, at, day: null })),
  );
const posted = { kind: 'posted', on: '2026-11-27' };

test('a letter in the portal lies there, told of or not, fetched or not, and also where the e-mail came back', () => {
  const portal = { kind: 'portal' };
  assert.deepEqual(where('portal', 'notify', 'available'), portal);
  assert.deepEqual(where('portal', 'notifying', 'available'), portal);
  assert.deepEqual(where('portal', null, 'available', 'notified', 'fetched'), portal);
  assert.deepEqual(where('portal', 'address', 'available', 'notified', 'returned'), portal);
});

test('a letter by post comes until it is handed over; what nobody could be told of as well', () => {
  assert.deepEqual(where('post', 'print', 'queued'), { kind: 'coming' });
  assert.deepEqual(where('post', 'hand-over', 'queued', 'drawn', 'printed'), { kind: 'coming' });
  assert.deepEqual(where('post', 'print', 'available', 'not-notified', 'queued'), { kind: 'coming' });
  assert.deepEqual(where('post', null, 'queued', 'drawn', 'printed', 'posted'), posted, 'the day in Germany');
  assert.deepEqual(where('post', null, 'queued', 'drawn', 'printed', 'posted', 'fetched', 'disputed'), posted);
});

test('what came back is with the office until it goes out again, unless the return was a mistake', () => {
  const out = ['queued', 'drawn', 'printed', 'posted'] as const;
  assert.deepEqual(where('post', 'address', ...out, 'returned'), { kind: 'returned' });
  assert.deepEqual(where('post', null, ...out, 'returned', 'left'), { kind: 'returned' });
  assert.deepEqual(where('post', null, ...out, 'returned', 'return-mistaken'), posted);
  assert.deepEqual(where('post', 'print', ...out, 'returned', 'again'), { kind: 'again' });
  assert.deepEqual(where('post', 'print', 'available', 'notified', 'disputed', 'again'), { kind: 'again' });
  assert.deepEqual(where('post', null, ...out, 'returned', 'again', 'drawn', 'printed', 'posted'), posted);
});

test('what was left before it was handed over is not on its way', () => {
  assert.deepEqual(where('post', null, 'queued', 'left'), { kind: 'stopped' });
  assert.deepEqual(where('post', null, 'queued', 'posted', 'disputed', 'again', 'left'), { kind: 'stopped' });
});
