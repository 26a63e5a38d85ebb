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

/** A name as staff type it, and a day of birth before or behind it: `Muster, Mika 3.4.1990`; the name is empty where the day stands alone. */
export function nameAndDay(text: string): { readonly name: string; readonly birthDate?: string } {
  const day = /(?<=^|[\s,*])(?:\d{1,2}[./ -]\d{1,2}[./ -]\d{4}|\d{8}|\d{4}-\d{2}-\d{2})(?=$|[\s,])/.exec(text);
  const birthDate = day === null ? undefined : parseDay(day[0]);
  if (day === null || birthDate === undefined) return { name: text.trim() };
  const before = text.slice(0, day.index).replace(/(?:\*|\bgeb\.?)\s*$/i, '');
  const name = [before, text.slice(day.index + day[0].length)].map((part) => part.replace(/^[\s,]+|[\s,]+$/g, ''));
  return { name: name.filter((part) => part !== '').join(' '), birthDate };
}

/** A time of day as staff type it: `14:30`, `14.30`, `1430`, `9`; undefined when it is none. */
export function parseTime(text: string): string | undefined {
  const parts = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/.exec(text.trim());
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  if (parts === null || hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
