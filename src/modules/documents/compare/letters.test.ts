import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, lettersOf } from './letters.ts';
import { tokensOf } from './token.ts';

const letters = (text: string, sure = 0.95) =>
  lettersOf(tokensOf([{ text, x: 0, y: 0, width: text.length * 10, height: 20, sure }]));
const parts = (a: string, b: string, sure?: number) => differences(letters(a, sure), letters(b, sure));

test('what recognition takes for the same letter is no difference, another digit is one', () => {
  assert.deepEqual(parts('450,50', '45O,5O'), []);
  assert.deepEqual(parts('Größe', 'Grosse').length > 0, true);
  assert.deepEqual(parts('09.05.1983', '09.01.1983'), [{ a: [3, 4], b: [3, 4] }]);
  assert.deepEqual(parts('1450', '450'), [{ a: [0, 1], b: [0, 0] }]);
});

test('of two text layers nothing was misread: letters that look alike are others there', () => {
  assert.deepEqual(parts('Elia', 'Ella'), []);
  assert.equal(parts('Elia', 'Ella', 1).length, 1);
  assert.equal(parts('Tim', 'Tom', 1).length, 1);
  assert.deepEqual(parts('Kauﬁnger', 'Kaufinger', 1), [], 'one sign for two letters');
});

test('large letters are taken for fewer others than small ones', () => {
  assert.equal(parts('Mina', 'Nina').length, 1);
  assert.equal(parts('Tina', 'Lina').length, 1);
  assert.deepEqual(parts('Emma', 'Enma'), []);
  assert.deepEqual(parts('Oskar', '0skar'), []);
});

test('letters lie where the word lies, in its order', () => {
  const [first, ...rest] = letters('12,34');
  assert.equal(first?.from, 0);
  assert.ok(rest.every((letter, i) => letter.from > (letters('12,34')[i]?.from ?? 0)));
});
