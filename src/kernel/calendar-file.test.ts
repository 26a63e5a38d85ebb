import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from './calendar-file.ts';

const entry = {
  uid: '019ab',
  sequence: 2,
  status: 'CONFIRMED' as const,
  changedAt: new Date('2026-11-26T15:04:05.678Z'),
  startsAt: new Date('2026-12-01T13:00:00Z'),
  endsAt: new Date('2026-12-01T13:30:00Z'),
  title: 'Termin im Jobcenter',
};
/** Lines as a calendar reads them: what was folded is one line again (RFC 5545, section 3.1). */
const lines = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n');

test('one entry with instants in UTC, and every line ends as the format wants it', () => {
  const file = calendarFile(entry);
  assert.deepEqual(lines(file), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tandem//Tandem//DE',
    'BEGIN:VEVENT',
    'UID:019ab',
    'DTSTAMP:20261126T150405Z',
    'LAST-MODIFIED:20261126T150405Z',
    'SEQUENCE:2',
    'STATUS:CONFIRMED',
    'DTSTART:20261201T130000Z',
    'DTEND:20261201T133000Z',
    'SUMMARY:Termin im Jobcenter',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
  assert.equal(/[^\r]\n/.test(file), false);
});

test('a text adds no line of its own, and long lines are folded between characters, none over 75 octets', () => {
  const location = `Straße 1; Hof, Tor\\2\nBEGIN:VALARM\r\n${'ä€😀'.repeat(30)}`;
  const file = calendarFile({ ...entry, location });
  const [line] = lines(file).filter((each) => each.startsWith('LOCATION'));
  assert.equal(line, `LOCATION:Straße 1\\; Hof\\, Tor\\\\2\\nBEGIN:VALARM\\n${'ä€😀'.repeat(30)}`);
  for (const each of file.split('\r\n')) assert.ok(Buffer.byteLength(each) <= 75, each);
  assert.equal(lines(file).filter((each) => each.startsWith('BEGIN')).length, 2);
});

test('an entry that is called off keeps its name and says so, later than the version before', () => {
  const off = calendarFile({ ...entry, status: 'CANCELLED', sequence: 3 });
  assert.deepEqual(
    lines(off).filter((line) => /^(UID|SEQUENCE|STATUS)/.test(line)),
    ['UID:019ab', 'SEQUENCE:3', 'STATUS:CANCELLED'],
  );
});
