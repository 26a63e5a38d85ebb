import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spansBefore, spansOf } from './spans.ts';

const HOUR = 3_600_000;

test('a span that ends now holds exactly what lies between its beginning and now', () => {
  const begun = Date.UTC(2025, 11, 20);
  for (let hours = 0; hours < 24 * 400; hours += 11) {
    const now = new Date(begun + hours * HOUR);
    for (const { name, covers } of spansBefore(now))
      for (const ago of [0, HOUR, covers - 1, covers, covers + 1, covers + 90 * 24 * HOUR]) {
        const at = new Date(now.getTime() - ago);
        assert.equal(spansOf(at).includes(name), ago <= covers, `${now.toISOString()} ${name} ${at.toISOString()}`);
      }
  }
});

test('no span is short because a day, a week or a year has just begun', () => {
  const spans = spansBefore(new Date('2027-01-01T00:00:00.000Z'));
  assert.deepEqual(
    spans.map(({ covers }, i) => covers >= [1, 7, 28, 89, 365][i]! * 24 * HOUR),
    [true, true, true, true, true],
  );
  assert.ok(spans.every(({ covers }, i) => i === 0 || covers > (spans[i - 1]?.covers ?? 0)));
});
