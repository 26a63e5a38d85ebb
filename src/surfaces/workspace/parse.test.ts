import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameAndDay, parseDay, parseTime } from './parse.ts';

test('days and times as staff type them', () => {
  for (const typed of ['3.4.1990', '03/04/1990', '03041990', '1990-04-03']) assert.equal(parseDay(typed), '1990-04-03');
  for (const typed of ['31.2.2026', '1.1.0000', 'morgen', '']) assert.equal(parseDay(typed), undefined);
  for (const typed of ['9:05', '09.05', '0905', '9 05']) assert.equal(parseTime(typed), '09:05');
  assert.equal(parseTime('14'), '14:00');
  for (const typed of ['24:00', '9:60', 'halb drei', '']) assert.equal(parseTime(typed), undefined);
});

test('a name with a day of birth on either side of it, and nothing else taken for a day', () => {
  for (const typed of [
    'Muster, Mika 3.4.1990',
    'Muster, Mika, 03041990',
    ' 1990-04-03 Muster, Mika',
    'Muster, Mika *3.4.1990',
  ])
    assert.deepEqual(nameAndDay(typed), { name: 'Muster, Mika', birthDate: '1990-04-03' }, typed);
  assert.deepEqual(nameAndDay('Mika Muster geb. 3.4.1990'), { name: 'Mika Muster', birthDate: '1990-04-03' });
  assert.deepEqual(nameAndDay('3.4.1990'), { name: '', birthDate: '1990-04-03' });
  for (const typed of ['Muster, Mika', '4711/33', 'Muster 31.2.2026', 'A-1990-04-03', 'Muster3.4.1990', ''])
    assert.deepEqual(nameAndDay(` ${typed} `), { name: typed }, typed);
});
