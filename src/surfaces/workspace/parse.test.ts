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
    'Muster, Mika, geb. am 3.4.1990',
    'Muster, Mika (geboren 03.04.1990)',
    '3.4.1990, Muster, Mika',
    'Muster, Mika 3 4 1990',
  ])
    assert.deepEqual(nameAndDay(typed), { name: 'Muster, Mika', birthDate: '1990-04-03' }, typed);
  assert.deepEqual(nameAndDay('Mika Muster geb. 3.4.1990'), { name: 'Mika Muster', birthDate: '1990-04-03' });
  assert.deepEqual(nameAndDay('3.4.1990'), { name: '', birthDate: '1990-04-03' });
  assert.deepEqual(nameAndDay('Li 3.4.1990'), { name: 'Li', birthDate: '1990-04-03' });
  assert.deepEqual(nameAndDay('Ügeb am 3.4.1990'), { name: 'Ügeb am', birthDate: '1990-04-03' });
  const fileNumbers = [
    '4711/33',
    'A-1990-04-03',
    'BG 12011990',
    '35504 BG 12011990',
    'A 12.3.2020',
    '35504//0012 3.4.1990',
  ];
  for (const typed of [...fileNumbers, 'Muster, Mika', 'Muster 31.2.2026', 'Muster3.4.1990', ''])
    assert.deepEqual(nameAndDay(` ${typed} `), { name: typed }, typed);
});

test('a line of a million blanks is read as fast as any', () => {
  const line = `a${' '.repeat(1_000_000)}b 3.4.1990`;
  const started = process.cpuUsage();
  const { name, birthDate } = nameAndDay(line);
  assert.equal(birthDate, undefined);
  assert.ok(name.length <= 100);
  const { user, system } = process.cpuUsage(started);
  assert.ok(user + system < 1_000_000, `${user + system} µs`);
});
