import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../platform/i18n/index.ts';
import {
  deadline,
  formatBytes,
  formatDate,
  formatDateTime,
  formatLanguage,
  formatLongDate,
  formatMoney,
} from './format.ts';

const de = translate('de');
const en = translate('en');

test('days and times are those of Germany', () => {
  assert.equal(formatDate('1985-03-24', 'de'), '24.03.1985');
  assert.equal(formatDate('2026-11-22T23:30:00Z', 'de'), '23.11.2026');
  assert.equal(formatLongDate('2026-11-23', 'de'), 'Montag, 23. November 2026');
  assert.equal(formatDateTime('2026-07-01T22:05:00Z', 'de', de), '02.07.2026, 00:05 Uhr');
  assert.equal(formatDateTime(new Date('2026-12-01T12:05:00Z'), 'en', en), '01/12/2026, 13:05');
});

test('a language has its name, and where the script alone is known that is said', () => {
  assert.equal(formatLanguage('pl', 'de', de), 'Polnisch');
  assert.equal(formatLanguage('und-Cyrl', 'de', de), 'in kyrillischer Schrift');
  assert.equal(formatLanguage('und-Arab', 'de', de), 'in arabischer Schrift');
  assert.equal(formatLanguage('und-Cyrl', 'en', en), 'in Cyrillic script');
});

test('money comes from cents and stays exact', () => {
  assert.equal(formatMoney(56320, 'de'), '563,20\u00a0€');
  assert.equal(formatMoney(-5, 'de'), '-0,05\u00a0€');
  assert.equal(formatMoney(900719925474099301n, 'de'), '9.007.199.254.740.993,01\u00a0€');
});

test('sizes are short', () => {
  assert.equal(formatBytes(820, 'de', de), '820 Bytes');
  assert.equal(formatBytes(340_200, 'de', de), '340 KB');
  assert.equal(formatBytes(2_430_000, 'de', de), '2,4 MB');
  assert.equal(formatBytes(999_700, 'en', en), '1 MB');
});

test('a deadline is counted in German days', () => {
  const now = new Date('2026-11-22T23:30:00Z');
  assert.deepEqual(deadline('2026-11-23', now, de), { text: 'heute fällig', tone: 'warning', days: 0 });
  assert.equal(deadline('2026-11-24', now, de).text, 'morgen fällig');
  assert.equal(deadline('2026-11-22', now, de).text, 'seit 1 Tag überfällig');
  assert.equal(deadline('2026-11-20', now, de).text, 'seit 3 Tagen überfällig');
  assert.deepEqual(deadline('2026-12-03', now, en), { text: 'due in 10 days', tone: undefined, days: 10 });
});
