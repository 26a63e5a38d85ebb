import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from './dates.ts';
import {
  easterSunday,
  effectiveDue,
  type FederalState,
  federalStates,
  firstDueNotOver,
  freeDay,
  isRestDay,
} from './holidays.ts';

test('Easter is found by its rule', () => {
  assert.deepEqual([2024, 2025, 2026, 2027, 2028, 2038].map(easterSunday), [
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2038-04-25',
  ]);
});

test('holidays of all states are known without one being named', () => {
  for (const day of ['2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25', '2026-10-03', '2027-03-26', '2027-05-17'])
    assert.ok(isRestDay(day), day);
  for (const day of ['2026-11-26', '2026-04-02', '2026-05-26', '2026-12-24', '2026-01-06', '2026-06-04'])
    assert.ok(!isRestDay(day), day);
});

test('a period that is set to end on a rest day ends with the next working day', () => {
  assert.equal(effectiveDue('2026-11-27'), '2026-11-27', 'a Friday');
  assert.equal(effectiveDue('2026-11-28'), '2026-11-30', 'a Saturday');
  assert.equal(effectiveDue('2026-11-29'), '2026-11-30', 'a Sunday');
  assert.equal(effectiveDue('2026-04-03'), '2026-04-07', 'Good Friday: over Easter Monday');
  assert.equal(effectiveDue('2026-12-25'), '2026-12-28', 'Christmas before a weekend');
  assert.equal(effectiveDue('2026-06-04'), '2026-06-04', 'Corpus Christi is no holiday of all states');
  assert.equal(effectiveDue('2026-06-04', { state: 'BY' }), '2026-06-05');
});

test('a day is over exactly when the day it moves to is', () => {
  assert.equal(firstDueNotOver('2026-11-27'), '2026-11-27', 'a Friday');
  assert.equal(firstDueNotOver('2026-11-30'), '2026-11-28', 'a Monday');
  for (let day = '2026-01-01'; day < '2027-01-10'; day = addDays(day, 1))
    for (let today = addDays(day, -6); today < addDays(day, 7); today = addDays(today, 1))
      for (const place of [{}, { state: 'BY' }] as const)
        assert.equal(day < firstDueNotOver(today, place), effectiveDue(day, place) < today, `${day} on ${today}`);
});

test('each state has its own days, those that follow Easter too', () => {
  const where = (day: string): FederalState[] => federalStates.filter((state) => isRestDay(day, { state }));
  assert.deepEqual(where('2026-01-06'), ['BW', 'BY', 'ST'], 'Heilige Drei Könige');
  assert.deepEqual(where('2027-03-08'), ['BE', 'MV'], 'Frauentag');
  assert.deepEqual(where('2026-06-04'), ['BW', 'BY', 'HE', 'NW', 'RP', 'SL'], 'Fronleichnam');
  assert.deepEqual(where('2027-05-27'), ['BW', 'BY', 'HE', 'NW', 'RP', 'SL'], 'Fronleichnam of the next year');
  assert.deepEqual(where('2028-08-15'), ['SL'], 'Mariä Himmelfahrt');
  assert.deepEqual(where('2027-09-20'), ['TH'], 'Weltkindertag');
  const reformation = ['BB', 'HB', 'HH', 'MV', 'NI', 'SH', 'SN', 'ST', 'TH'];
  assert.deepEqual(where('2028-10-31'), reformation, 'Reformationstag');
  assert.deepEqual(where('2027-11-01'), ['BW', 'BY', 'NW', 'RP', 'SL'], 'Allerheiligen');
  for (const day of ['2026-11-18', '2027-11-17', '2028-11-22']) assert.deepEqual(where(day), ['SN'], day);
  assert.deepEqual(where('2026-11-25'), []);
});

test('what a state leaves to municipalities counts where it is named', () => {
  assert.ok(!isRestDay('2028-08-15', { state: 'BY' }));
  assert.ok(isRestDay('2028-08-15', { state: 'BY', local: ['mariae-himmelfahrt'] }));
  assert.ok(isRestDay('2026-06-04', { state: 'TH', local: ['fronleichnam'] }));
  assert.ok(isRestDay('2028-08-08', { state: 'BY', local: ['friedensfest'] }));
  assert.ok(!isRestDay('2028-08-08', { state: 'BY' }));
});

test('a Sunday and a holiday of the place are free days, a Saturday is none', () => {
  assert.equal(freeDay('2026-11-29'), 'sunday');
  assert.equal(freeDay('2026-11-28'), undefined);
  assert.equal(freeDay('2026-12-25'), 'holiday');
  assert.equal(freeDay('2026-11-18', { state: 'SN' }), 'holiday');
  assert.equal(freeDay('2026-11-18', { state: 'BY' }), undefined);
  assert.equal(freeDay('2026-12-26'), 'holiday', 'also on a Saturday');
});
