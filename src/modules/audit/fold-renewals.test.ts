import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldRenewals } from './record-audit.ts';

const look = (minute: number, actorId: string, renewed = false) => ({
  at: new Date(Date.UTC(2026, 10, 26, 8, minute)),
  actorId,
  action: 'case.read',
  renewed,
});

test('a page that renews itself is one look, as long as it goes on; looks of others and new looks stay', () => {
  const looks = [
    look(0, 'a'),
    look(10, 'a', true),
    look(12, 'b', true),
    look(35, 'a', true),
    look(50, 'a'),
    look(59, 'b', true),
  ];
  const shown = foldRenewals(looks.toReversed()).map(({ at, actorId }) => `${actorId} ${at.getUTCMinutes()}`);
  assert.deepEqual(shown, ['b 59', 'a 50', 'b 12', 'a 0']);
});
