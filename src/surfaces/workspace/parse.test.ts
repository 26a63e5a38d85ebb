import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDay } from './parse.ts';

test('days are understood as staff type them', () => {
  for (const typed of ['3.4.1990', '03.04.1990', '03/04/1990', '03041990', '1990-04-03', ' 3-4-1990 ', '3 4 1990'])
    assert.equal(parseDay(typed), '1990-04-03', typed);
});

test('what is no day is none', () => {
  for (const typed of ['', '31.2.1990', '1990', 'gestern', '3.4.90', '99.99.1990'])
    assert.equal(parseDay(typed), undefined, typed);
});
