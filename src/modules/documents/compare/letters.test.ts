import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, lettersOf } from './letters.ts';
import { tokensOf } from './token.ts';

const letters = (text: string) =>
  lettersOf(tokensOf([{ text, x: 0, y: 0, width: text.length * 10, height: 20, sure: 1 }]));
const parts = (a: string, b: string) => differences(letters(a), letters(b));

test('what recognition takes for the same letter is no difference, another digit is one', () => {
  assert.deepEqual(parts('450,50', '45O,5O'), []);
  assert.deepEqual(parts('Größe', 'Grosse').length > 0, true);
  assert.deepEqual(parts('09.05.1983', '09.01.1983'), [{ a: [3, 4], b: [3, 4] }]);
  assert.deepEqual(parts('1450', '450'), [{ a: [0, 1], b: [0, 0] }]);
});

test('letters lie where the word lies, in its order', () => {
  const [first, ...rest] = letters('12,34');
  assert.equal(first?.from, 0);
  assert.ok(rest.every((letter, i) => letter.from > (letters('12,34')[i]?.from ?? 0)));
});
