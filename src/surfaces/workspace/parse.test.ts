import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDay, parseTime } from './parse.ts';

test('days and times as staff type them', () => {
  for (const typed of ['3.4.1990', '03/04/1990', '03041990', '1990-04-03']) assert.equal(parseDay(typed), '1990-04-03');
  for (const typed of ['31.2.2026', '1.1.0000', 'morgen', '']) assert.equal(parseDay(typed), undefined);
  for (const typed of ['9:05', '09.05', '0905', '9 05']) assert.equal(parseTime(typed), '09:05');
  assert.equal(parseTime('14'), '14:00');
  for (const typed of ['24:00', '9:60', 'halb drei', '']) assert.equal(parseTime(typed), undefined);
});
