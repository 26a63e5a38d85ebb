/** One entry of a calendar, as it is handed to somebody's own calendar. */
export type CalendarEntry = {
  /** The same for every version of the entry, so that a later file takes the place of an earlier one. */
  readonly uid: string;
  /** Grows with each change that matters in a calendar, also when it is called off (section 3.8.7.4). */
  readonly sequence: number;
  readonly status: 'CONFIRMED' | 'CANCELLED';
  readonly changedAt: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly title: string;
  readonly location?: string;
};

/**
 * A calendar file (iCalendar, RFC 5545) with one entry. Instants are written in UTC: every calendar shows them on its own clock, and no table of time
 * zones has to travel along. Without METHOD it is no scheduling message, which would need an organizer to answer to (RFC 5546, section 3.2.1); DTSTAMP is
 * then the time of the last change, as LAST-MODIFIED (section 3.8.7.2). Line breaks and separators in texts are escaped, so that no text can add a line of its own.
 */
export const calendarFile = (entry: CalendarEntry): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tandem//Tandem//DE',
    'BEGIN:VEVENT',
    `UID:${text(entry.uid)}`,
    `DTSTAMP:${instant(entry.changedAt)}`,
    `LAST-MODIFIED:${instant(entry.changedAt)}`,
    `SEQUENCE:${entry.sequence}`,
    `STATUS:${entry.status}`,
    `DTSTART:${instant(entry.startsAt)}`,
    `DTEND:${instant(entry.endsAt)}`,
    `SUMMARY:${text(entry.title)}`,
    ...(entry.location === undefined ? [] : [`LOCATION:${text(entry.location)}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');

/** `20261201T130000Z` */
const instant = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** Section 3.3.11: backslash, semicolon, comma and line breaks are escaped. */
const text = (value: string): string =>
  value.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n|\r|\n/g, '\\n');

/** A line holds at most 75 octets; the rest goes on in the next one, behind a space (section 3.1). Characters stay whole. */
function folded(line: string): string {
  let [out, octets] = ['', 0];
  for (const sign of line) {
    const size = new TextEncoder().encode(sign).length;
    if (octets + size > 75) [out, octets] = [`${out}\r\n `, 1];
    out += sign;
    octets += size;
  }
  return out;
}
