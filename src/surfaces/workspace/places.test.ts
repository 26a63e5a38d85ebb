import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPlaces, shownOrder } from './places.ts';

const shown = ['a', 'b', 'c', 'd'];
const typed = (numbers: string, names = shown) =>
  numbers.split(' ').map((place, index) => ({ name: names[index] ?? '', place }));
const order = (numbers: string): string => byPlaces(shown, typed(numbers), 4).order.join('');

test('what got another number stands there then, and whoever stood there makes room', () => {
  assert.equal(order('1 2 3 4'), 'abcd');
  assert.equal(order('1 2 3 1'), 'dabc', 'to the front, before who is there');
  assert.equal(order('3 2 3 4'), 'bcad', 'and at the number that was typed, not before it');
  assert.equal(order('4 2 3 1'), 'dbca', 'two change their places');
  assert.equal(order('4 3 2 1'), 'dcba');
  assert.equal(byPlaces(shown, typed('1 2 3 1'), 4).followed, true);
  assert.equal(byPlaces(shown, typed('4 2 3 1'), 4).followed, false);
});

test('two with the same new number are refused, and numbers that are no place of the list', () => {
  assert.deepEqual(byPlaces(shown, typed('1 2 1 1'), 4).same, [{ name: 'd', other: 'c', place: 1 }]);
  assert.deepEqual(byPlaces(shown, typed('1 2 3 1'), 4).same, []);
  assert.deepEqual(byPlaces(shown, typed('0 5 x 4'), 4).wrong, ['a', 'b', 'c']);
});

test('of a list that somebody may leave, gaps close', () => {
  const buttons = byPlaces(['a', 'b', 'c'], typed('2 9 3', ['b', 'd', 'c']), 99);
  assert.deepEqual(buttons.order, ['b', 'c', 'd']);
  assert.deepEqual(byPlaces(['a', 'b'], typed('1 1 2', ['a', 'd', 'b']), 99).order, ['d', 'a', 'b']);
});

test('the order a form was shown in counts, unless it is one of other lines', () => {
  assert.deepEqual(shownOrder('b a', ['a', 'b']), ['b', 'a']);
  for (const sent of ['', 'a', 'a a', 'a x', 'a b a']) assert.deepEqual(shownOrder(sent, ['a', 'b']), ['a', 'b'], sent);
});
