import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeFields, shippedFields } from './spots.ts';

const fields = [
  { key: 'a', required: true },
  { key: 'b', required: false },
  { key: 'c', required: false },
];
const placed = (...orders: [Parameters<typeof placeFields>[1], Parameters<typeof placeFields>[2]]) =>
  placeFields(fields, ...orders).map(({ key, hidden, label }) => [key, hidden, label?.de]);
const entry = (field: string, hidden = false) => ({ field, hidden });

test('without an order fields stand as they come; a team that says nothing follows the house', () => {
  assert.deepEqual(placed(undefined, undefined), [
    ['a', false, undefined],
    ['b', false, undefined],
    ['c', false, undefined],
  ]);
  const house = [entry('c'), { ...entry('b', true), label: { de: 'Anders' } }, entry('a')];
  assert.deepEqual(placed(house, undefined), [
    ['c', false, undefined],
    ['b', true, 'Anders'],
    ['a', false, undefined],
  ]);
});

test('a team orders and hides for itself, and cannot show what the house hides', () => {
  const house = [entry('a'), { ...entry('b', true), label: { de: 'Anders' } }, entry('c')];
  assert.deepEqual(placed(house, [entry('c', true), entry('b'), entry('a')]), [
    ['c', true, undefined],
    ['b', true, 'Anders'],
    ['a', false, undefined],
  ]);
});

test('what is required is never hidden, whatever an order says, and what no order knows follows behind', () => {
  assert.deepEqual(placed([entry('a', true), entry('gone', true)], undefined), [
    ['a', false, undefined],
    ['b', false, undefined],
    ['c', false, undefined],
  ]);
  assert.deepEqual(
    placed(undefined, [entry('c'), entry('b')]).map(([key]) => key),
    ['c', 'b', 'a'],
  );
  const required = Object.values(shippedFields).flatMap((each) => each.filter((field) => field.required));
  assert.ok(required.some(({ key }) => key === 'birthDate') && required.some(({ key }) => key === 'arrived'));
});
