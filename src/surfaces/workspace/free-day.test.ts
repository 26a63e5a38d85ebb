import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../platform/i18n/index.ts';
import { freeDayQuestion, unasked, usualDay } from './free-day.tsx';
import type { StaffVisit } from './visit.ts';

/** What these ask of a visit: an office in Saxony on a Sunday. */
const visit = (input: StaffVisit['input'] = {}) =>
  ({
    t: translate('de'),
    language: 'de',
    input,
    jobcenter: { id: 'j' },
    services: { clock: { now: () => new Date('2026-11-15T09:00:00Z') }, profile: async () => ({ state: 'SN' }) },
  }) as unknown as StaffVisit;

test('a Sunday or a holiday of the place is asked about once, in the words of what is set; today is not', async () => {
  const asked = async (day: string, told = '') =>
    (await freeDayQuestion(visit({ freeDay: told }), day, 'promise', 'promisedDay'))?.text;
  assert.match((await asked('2026-11-22')) ?? '', /22\.11\.2026 ist ein Sonntag\. Soll die Zusage/);
  assert.match((await asked('2026-11-18')) ?? '', /ist hier ein Feiertag/, 'Buß- und Bettag in Saxony');
  assert.equal(await asked('2026-11-22', '2026-11-22'), undefined, 'sent again it is meant so');
  assert.match((await asked('2026-11-22', '2026-11-29')) ?? '', /Sonntag/, 'and only for this day');
  for (const day of ['2026-11-15', '2026-11-21', '2026-11-23']) assert.equal(await asked(day), undefined, day);
});

test('no form begins with a day that it would ask about', () => {
  assert.equal(usualDay(visit(), { state: 'SN' }, 7), '2026-11-23', 'not the Sunday');
  assert.equal(usualDay(visit(), { state: 'SN' }, 3), '2026-11-19', 'not the holiday');
  assert.equal(usualDay(visit(), {}, 3), '2026-11-18');
  assert.equal(unasked('2026-11-22', {}, -1), '2026-11-21', 'where it may not be later, the day before');
});
