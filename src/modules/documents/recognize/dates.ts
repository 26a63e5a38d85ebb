import { isDay } from '../../../kernel/dates.ts';
import { asDigits } from './fold.ts';

const months = [
  'januar',
  'februar',
  'marz',
  'april',
  'mai',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'dezember',
];
const digit = '[0-9OolI|SBZ]';
const numeric = new RegExp(
  `(?<![\\w.,])(${digit}{1,2})\\s?[.,]\\s?(${digit}{1,2})\\s?[.,]\\s?((?:1|l|I)9${digit}{2}|2[0Oo]${digit}{2}|${digit}{2})(?![\\w])`,
  'g',
);
const written =
  /(?<!\w)([0-9OlI]{1,2})\.?\s*(Januar|Februar|M[aä]rz|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s+((?:19|20|2O)[0-9OlI]{2})/gi;

/** A day found in a text, ISO, and where it stands. */
export type FoundDay = { readonly day: string; readonly at: number };

/** All days of a text in the order they stand: `3.4.1990`, `03.04.90`, `3. April 1990`, with digits that were misread (O, l, S). */
export function daysIn(text: string, thisYear: number): FoundDay[] {
  const found: FoundDay[] = [];
  for (const match of text.matchAll(numeric)) {
    const [day, month, year] = match.slice(1, 4).map((part) => Number(asDigits(part)));
    push(found, day, month, fullYear(year ?? 0, thisYear), match.index);
  }
  for (const match of text.matchAll(written)) {
    const month = months.indexOf((match[2] ?? '').toLowerCase().replace('ä', 'a')) + 1;
    push(found, Number(asDigits(match[1] ?? '')), month, Number(asDigits(match[3] ?? '')), match.index);
  }
  return found.sort((a, b) => a.at - b.at);
}

function push(found: FoundDay[], day: number | undefined, month: number | undefined, year: number, at: number): void {
  const iso = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (year >= 1900 && isDay(iso)) found.push({ day: iso, at });
}

/** Two digits are of this century up to next year, otherwise of the last. */
function fullYear(year: number, thisYear: number): number {
  if (year >= 100) return year;
  return year <= (thisYear + 1) % 100 ? 2000 + year : 1900 + year;
}

const amount =
  /(?<![\d.,])(-?\d{1,3}(?:[. ]\d{3})*|-?\d+),(\d{2})\s?(?:€|EUR|Euro)|(?:€|EUR)\s?(-?\d{1,3}(?:[. ]\d{3})*|-?\d+),(\d{2})(?!\d)/g;

/** All amounts of a text in cents, each once, in the order they stand; only what carries a sign of the currency. */
export function amountsIn(text: string): number[] {
  const cents = [...text.matchAll(amount)].map((match) => {
    const whole = (match[1] ?? match[3] ?? '0').replace(/[. ]/g, '');
    const sign = whole.startsWith('-') ? -1 : 1;
    return Number(whole) * 100 + sign * Number(match[2] ?? match[4] ?? 0);
  });
  return [...new Set(cents)];
}

const arrival = /(eingegangen|eingang(?:en)?(?: am)?|posteingang|eing\.)/i;

/** The day of an arrival stamp (`Eingegangen 12. Nov. 2026`, `EINGANG 12.11.2026`); undefined without one, or after `today`. */
export function stampDay(lines: readonly { readonly text: string }[], today: string): string | undefined {
  for (const [index, { text }] of lines.entries()) {
    if (!arrival.test(text)) continue;
    const near = `${text} ${lines[index + 1]?.text ?? ''}`;
    const day = daysIn(near, Number(today.slice(0, 4))).find((found) => found.day <= today)?.day;
    if (day !== undefined) return day;
  }
  return undefined;
}
