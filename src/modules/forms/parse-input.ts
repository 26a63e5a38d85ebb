import { isDay } from '../../kernel/dates.ts';

/**
 * Reads what people type, forgivingly and in the German way. Each reader gives the typed value, or undefined when the text cannot
 * be meant as one. Nothing here knows limits.
 */

const control = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text that can be stored and shown: NFC, no control or direction-changing characters, no half surrogates, trimmed, `\n` line ends. */
export function cleanText(raw: string, lines: 'one-line' | 'many-lines'): string {
  const text = raw.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').replace(control, '').trim();
  return lines === 'one-line' ? text.replace(/\s+/g, ' ') : text;
}

const germanNumber = /^-?(\d{1,12}|\d{1,3}(\.\d{3}){1,3})(,\d*)?$/;
const englishNumber = /^-?\d{1,3}(,\d{3}){1,3}\.\d+$/;
const pointNumber = /^-?\d{1,12}\.\d{1,2}$/;

/** `1.234,56`, `1234,5`, `1 234`, `1,234.56`, `12.50` (one or two digits after a lone point are decimals), `-3`. */
export function readNumber(raw: string): number | undefined {
  const text = raw
    .replace(/[\s'’]/gu, '')
    .replace(/^\+/, '')
    .replace('−', '-');
  if (germanNumber.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  if (englishNumber.test(text)) return Number(text.replaceAll(',', ''));
  return pointNumber.test(text) ? Number(text) : undefined;
}

/** Integer cents from `1.234,56 €`, `EUR 12`, `12,5`, `12,-`. More than two decimals are not an amount. */
export function readMoney(raw: string): number | undefined {
  const text = raw
    .replace(/€|eur(o)?/giu, '')
    .replace(/,\s*[-–—]{1,2}\s*$/u, '')
    .trim();
  const value = readNumber(text);
  if (value === undefined) return undefined;
  const cents = Math.round(value * 100);
  return Math.abs(value * 100 - cents) < 1e-4 ? cents : undefined;
}

const months = ['jan', 'feb', 'mär', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez'];
const otherMonths: Readonly<Record<string, number>> = { mar: 3, mrz: 3, maerz: 3, may: 5, oct: 10, dec: 12, jän: 1 };

/**
 * A day as `YYYY-MM-DD` from `3.4.2026`, `03.04.26`, `3/4/2026`, `3 4 2026`, `03042026`, `3. April 2026`, `2026-04-03`; day before month, as in Germany.
 * Two digits of a year mean the last hundred years up to ten years after `today`.
 */
export function readDate(raw: string, today: string): string | undefined {
  const text = raw.trim().toLowerCase();
  if (isDay(text)) return text;
  const words = /^(\d{1,2})\.?\s*(\p{L}+)\.?\s*(\d{4}|\d{2})$/u.exec(text);
  if (words) return toDay(words[1], String(monthNumber(words[2] ?? '')), words[3], today);
  const numbers =
    /^(\d{1,2})\s*[./\s-]\s*(\d{1,2})\s*[./\s-]\s*(\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  return numbers ? toDay(numbers[1], numbers[2], numbers[3], today) : undefined;
}

const monthNumber = (name: string): number =>
  otherMonths[name] ?? otherMonths[name.slice(0, 3)] ?? months.indexOf(name.slice(0, 3)) + 1;

function toDay(day = '', month = '', year = '', today: string): string | undefined {
  const full = year.length === 2 ? century(Number(year), Number(today.slice(0, 4))) : year;
  const iso = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}

function century(twoDigits: number, thisYear: number): string {
  const latest = thisYear + 10;
  const year = Math.floor(latest / 100) * 100 + twoDigits;
  return String(year > latest ? year - 100 : year);
}

/** A phone number as typed, spaces tidied, when it holds 5 to 15 digits (E.164) and no letters. */
export function readPhone(raw: string): string | undefined {
  const text = cleanText(raw, 'one-line');
  const digits = text.replace(/\D/g, '').length;
  return /^\+?[\d\s()/.–-]+$/u.test(text) && digits >= 5 && digits <= 15 ? text : undefined;
}

/** An e-mail address in its common form; whether it exists is not asked. */
export function readEmail(raw: string): string | undefined {
  const text = raw.replace(/\s/g, '');
  return text.length <= 254 &&
    /^[^@"(),:;<>[\\\]]{1,64}@[^@\s_]{1,189}\.[\p{L}\d-]{2,63}$/u.test(text) &&
    !text.includes('..')
    ? text
    : undefined;
}

/** Yes or no as forms, people and programs write it. */
export function readYesNo(raw: string): boolean | undefined {
  const text = raw.trim().toLowerCase();
  if (['ja', 'yes', 'true', 'on', '1', 'j', 'y'].includes(text)) return true;
  return ['nein', 'no', 'false', 'off', '0', 'n'].includes(text) ? false : undefined;
}
