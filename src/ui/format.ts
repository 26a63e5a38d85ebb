import { dayInGermany } from '../kernel/dates.ts';
import type { Language, Tone, Translate } from './types.ts';

const locales: Readonly<Record<Language, string>> = { de: 'de-DE', en: 'en-GB' };
const timeZone = 'Europe/Berlin';

/** Formatters are dear to make (50 µs) and cheap to use: one per language and shape. */
function perLanguage<T>(make: (locale: string) => T): (language: Language) => T {
  const made = new Map<Language, T>();
  return (language) => {
    let one = made.get(language);
    if (one === undefined) {
      one = make(locales[language]);
      made.set(language, one);
    }
    return one;
  };
}

const dayFormat = perLanguage(
  (l) => new Intl.DateTimeFormat(l, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
);
const longDayFormat = perLanguage(
  (l) =>
    new Intl.DateTimeFormat(l, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
);
const timeFormat = perLanguage((l) => new Intl.DateTimeFormat(l, { hour: '2-digit', minute: '2-digit', timeZone }));
const moneyFormat = perLanguage((l) => new Intl.NumberFormat(l, { style: 'currency', currency: 'EUR' }));
const numberFormat = perLanguage((l) => new Intl.NumberFormat(l));
const oneDigit = perLanguage((l) => new Intl.NumberFormat(l, { maximumFractionDigits: 1 }));

const languageFormat = perLanguage((l) => new Intl.DisplayNames(l, { type: 'language' }));
const scriptFormat = perLanguage((l) => new Intl.DisplayNames(l, { type: 'script' }));
const eitherFormat = perLanguage((l) => new Intl.ListFormat(l, { type: 'disjunction' }));
/** Written almost alike, or in one script of which the detector knows one language: named together. */
const alike: Readonly<Record<string, readonly string[]>> = {
  hr: ['hr', 'bs', 'sr'],
  ms: ['ms', 'id'],
  am: ['am', 'ti'],
};

/** `Polnisch` for `pl`; for `und-Cyrl`, of which the script alone is known, `in kyrillischer Schrift`. */
export function formatLanguage(code: string, language: Language, t: Translate): string {
  if (code.startsWith('und-')) {
    const name = scriptFormat(language).of(code.slice(4)) ?? code;
    return t('ui:format.script', { name: language === 'de' ? name.toLocaleLowerCase('de') : name });
  }
  const names = (alike[code] ?? [code]).map((each) => languageFormat(language).of(each) ?? each);
  return eitherFormat(language).format(names);
}

/** Midnight UTC of a day in Germany: an instant is first turned into its day there. */
const dayOf = (value: string | Date): Date =>
  new Date(`${value instanceof Date || value.length > 10 ? dayInGermany(new Date(value)) : value}T00:00:00Z`);

/** `24.03.1985` or, in English, `24/03/1985`, from an ISO day, an ISO instant or a Date (the day in Germany). */
export const formatDate = (value: string | Date, language: Language): string =>
  dayFormat(language).format(dayOf(value));

/** `Montag, 23. November 2026`. */
export const formatLongDate = (value: string | Date, language: Language): string =>
  longDayFormat(language).format(dayOf(value));

/** `14:05`, on German clocks. */
export const formatTime = (value: string | Date, language: Language): string =>
  timeFormat(language).format(new Date(value));

/** `23.11.2026, 14:05 Uhr`, on German clocks. */
export const formatDateTime = (value: string | Date, language: Language, t: Translate): string =>
  t('ui:format.at', { date: formatDate(value, language), time: formatTime(value, language) });

/** `1.234,56 €` from whole cents; the sum of a bigint stays exact. */
export function formatMoney(cents: number | bigint, language: Language): string {
  const amount = BigInt(cents);
  const size = amount < 0n ? -amount : amount;
  const text = `${amount < 0n ? '-' : ''}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
  return moneyFormat(language).format(text as `${number}`);
}

/** `12.345`. */
export const formatNumber = (value: number, language: Language): string => numberFormat(language).format(value);

/** `340 KB`, `2,4 MB`: 1 KB = 1,000 bytes, as on every phone. */
export function formatBytes(bytes: number, language: Language, t: Translate): string {
  if (bytes < 1000) return t('ui:format.bytes', { n: bytes });
  if (bytes < 999_500) return `${oneDigit(language).format(Math.round(bytes / 1000))} KB`;
  return `${oneDigit(language).format(bytes / 1_000_000)} MB`;
}

/** Days from one ISO day to another; negative when `to` lies before. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** How a deadline (ISO day) stands at `now`: words, and how urgent (`danger` overdue, `warning` within three days, else neutral). */
export function deadline(day: string, now: Date, t: Translate): { text: string; tone: Tone | undefined; days: number } {
  const days = daysBetween(dayInGermany(now), day);
  if (days < 0) return { text: t('ui:deadline.overdue', { count: -days }), tone: 'danger', days };
  if (days === 0) return { text: t('ui:deadline.today'), tone: 'warning', days };
  if (days === 1) return { text: t('ui:deadline.tomorrow'), tone: 'warning', days };
  return { text: t('ui:deadline.inDays', { count: days }), tone: days <= 3 ? 'warning' : undefined, days };
}
