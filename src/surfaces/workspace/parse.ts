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
