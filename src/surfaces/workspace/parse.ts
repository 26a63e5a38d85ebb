import { isDay } from '../../kernel/dates.ts';

/** A day as staff type it: `3.4.1990`, `03/04/1990`, `03041990` or ISO; undefined when it is none. */
export function parseDay(text: string): string | undefined {
  const plain = text.trim();
  if (isDay(plain)) return plain;
  const parts = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(plain) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(plain);
  if (parts === null) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}

/** No name with a day beside it is longer; what is longer is looked at no further. */
const longestLine = 100;
const dayInLine = /(?<![^\s,*(])(?:\d{1,2}[./ -]\d{1,2}[./ -]\d{4}|\d{8}|\d{4}-\d{2}-\d{2})(?![^\s,)])/;

/**
 * A name as staff type it, and a day of birth before or behind it: `Muster, Mika 3.4.1990`, `Mika Muster (geb. am 03.04.1990)`; the name is empty where
 * the day stands alone. Beside other digits, or beside a letter or two, digits are part of a file number (`BG 12011990`), and no day.
 */
export function nameAndDay(text: string): { readonly name: string; readonly birthDate?: string } {
  const line = text.trim().slice(0, longestLine);
  const day = dayInLine.exec(line);
  const birthDate = day === null ? undefined : parseDay(day[0]);
  if (day === null || birthDate === undefined) return { name: line };
  const before = wordsOf(line.slice(0, day.index));
  if (before.at(-1) === 'am' && isBorn(before.at(-2))) before.pop();
  if (isBorn(before.at(-1))) before.pop();
  const name = [before, wordsOf(line.slice(day.index + day[0].length))]
    .map((words) => words.join(' ').replace(/,$/, ''))
    .filter((part) => part !== '')
    .join(' ');
  const isName = !/\d/.test(name) && (name.match(/\p{L}/gu)?.length ?? 0) >= (/^\d+$/.test(day[0]) ? 3 : 2);
  return name === '' || isName ? { name, birthDate } : { name: line };
}

const isBorn = (word: string | undefined): boolean => word !== undefined && /^(?:geb\.?|geboren)$/i.test(word);

/** The words of a line, without what stands around a day: `*`, brackets, commas of their own. */
const wordsOf = (line: string): string[] => line.split(/[\s*()]+/).filter((word) => !/^,*$/.test(word));

/** A time of day as staff type it: `14:30`, `14.30`, `1430`, `9`; undefined when it is none. */
export function parseTime(text: string): string | undefined {
  const parts = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/.exec(text.trim());
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  if (parts === null || hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
