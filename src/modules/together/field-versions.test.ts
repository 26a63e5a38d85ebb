import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinTexts, judgeField } from './field-versions.ts';

test('a field is free, written alike, or in conflict', () => {
  assert.equal(judgeField({ opened: 3, now: 3, mine: 'a', theirs: 'b' }), 'free');
  assert.equal(judgeField({ opened: 3, now: 4, mine: 'a ', theirs: 'a' }), 'same');
  assert.equal(judgeField({ opened: 3, now: 4, mine: 'a', theirs: 'b' }), 'conflict');
  assert.equal(judgeField({ opened: 0, now: 1, mine: '', theirs: 'b' }), 'conflict', 'emptying is writing');
});

test('both texts, theirs first, none of them twice', () => {
  assert.equal(joinTexts('Die Miete stimmt.', 'Der Vertrag fehlt.'), 'Die Miete stimmt.\n\nDer Vertrag fehlt.');
  assert.equal(
    joinTexts('Die Miete stimmt. Der Vertrag fehlt.', 'Der Vertrag fehlt.'),
    'Die Miete stimmt. Der Vertrag fehlt.',
  );
  assert.equal(joinTexts('Die Miete', 'Die Miete stimmt.'), 'Die Miete stimmt.');
});
