import { friendlyFormatIBAN } from 'ibantools';
import { type Language, translate } from '../../platform/i18n/index.ts';
import type { Answers, AnswerValue, DocumentsAnswer, Row, SimpleValue } from './answers.ts';
import type { Field, Question, SimpleField, TableField } from './definition.ts';
import type { FieldError } from './field-error.ts';
import type { RawForm } from './validate-answer.ts';

const locale = { de: 'de-DE', en: 'en-GB' } as const satisfies Record<Language, string>;
const euro = perLanguage((tag) => new Intl.NumberFormat(tag, { style: 'currency', currency: 'EUR' }));
/** Grouped from five digits on, so that a year stays a year. */
const decimal = perLanguage((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 3, useGrouping: 'min2' }));
const day = {
  de: new Intl.DateTimeFormat('de-DE', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

function perLanguage<T>(make: (tag: string) => T): Record<Language, T> {
  return { de: make(locale.de), en: make(locale.en) };
}

/** Integer cents as `1.234,56 €`. */
export const formatMoney = (cents: number, language: Language): string => euro[language].format(cents / 100);
/** `2026-04-03` as `03.04.2026` or `3 April 2026`. */
export const formatDay = (iso: string, language: Language): string =>
  day[language].format(new Date(`${iso}T00:00:00Z`));
const formatNumber = (value: number, language: Language): string => decimal[language].format(value);

/** Names of documents by id, where the reader should see them. */
export type DocumentNames = ReadonlyMap<string, string>;

/**
 * An answer in words, as it stands on the check page, in the receipt and in the file. Nothing given reads "Keine Angabe". Rows of a
 * table become one line each; `freeze` keeps them nested.
 */
export function formatAnswer(
  field: Field,
  value: AnswerValue | undefined,
  language: Language,
  names: DocumentNames = new Map(),
): string {
  const t = translate(language);
  if (value === undefined) return t('fields:notAnswered');
  if (field.kind === 'table')
    return (
      (value as readonly Row[]).map((row) => formatRow(field, row, language)).join('\n') || t('fields:notAnswered')
    );
  if (field.kind === 'documents') return formatDocuments(value, language, names);
  return formatSimple(field, value as SimpleValue, language);
}

const formatRow = (field: TableField, row: Row, language: Language): string =>
  field.columns
    .flatMap((c) =>
      row[c.key] === undefined ? [] : [`${c.label[language]}: ${formatAnswer(c, row[c.key], language)}`],
    )
    .join(', ');

function formatDocuments(value: AnswerValue, language: Language, names: DocumentNames): string {
  if (typeof value !== 'object' || !('documents' in value)) return '';
  const { documents, later, here } = value as DocumentsAnswer;
  const t = translate(language);
  const given = documents.flatMap((id) => names.get(id) ?? []);
  const named =
    given.length === documents.length
      ? given
      : documents.length > 0
        ? [t('fields:documents', { count: documents.length })]
        : [];
  return (
    [...named, ...(later ? [t('fields:later')] : []), ...(here ? [t('fields:here')] : [])].join('\n') ||
    t('fields:notAnswered')
  );
}

function formatSimple(field: SimpleField, value: SimpleValue, language: Language): string {
  const t = translate(language);
  switch (field.kind) {
    case 'money':
      return formatMoney(value as number, language);
    case 'number':
      return [formatNumber(value as number, language), field.unit?.[language]].filter(Boolean).join(' ');
    case 'date':
      return formatDay(value as string, language);
    case 'yes-no':
      return t(field.confirm && value ? 'fields:confirmed' : value ? 'fields:yes' : 'fields:no');
    case 'choice':
      return [value as string | string[]]
        .flat()
        .map((v) => field.options.find((o) => o.value === v)?.label[language] ?? v)
        .join('; ');
    case 'iban':
      return friendlyFormatIBAN(value as string) ?? String(value);
    case 'period': {
      const { from, to } = value as { from: string; to?: string };
      return to
        ? t('fields:period', { from: formatDay(from, language), to: formatDay(to, language) })
        : t('fields:openPeriod', { from: formatDay(from, language) });
    }
    case 'address': {
      const a = value as { street: string; houseNumber?: string; addition?: string; postalCode: string; city: string };
      return [[a.street, a.houseNumber].filter(Boolean).join(' '), a.addition, `${a.postalCode} ${a.city}`]
        .filter(Boolean)
        .join(', ');
    }
    default:
      return String(value);
  }
}

/** An error as a sentence that names the field and says what to do. */
export function formatError(error: FieldError, language: Language): string {
  if (error.message) return error.message[language];
  const params = Object.entries(error.params).map(([name, value]) => {
    if (name.endsWith('Amount') && typeof value === 'number') return [name, formatMoney(value, language)];
    if (name === 'day') return [name, formatDay(String(value), language)];
    return [name, typeof value === 'number' ? formatNumber(value, language) : value];
  });
  return translate(language)(error.key, {
    label: error.label?.[language] ?? translate(language)('fields:thisField'),
    ...Object.fromEntries(params),
  });
}

/** Stored answers of a question as the texts that stand in its inputs: the way back from `validateAnswer`. */
export function rawAnswer(question: Question, answers: Answers, language: Language): RawForm {
  return Object.fromEntries(
    question.fields.flatMap((field) => rawField(field, answers[field.key], field.key, language)),
  );
}

function rawField(
  field: Field,
  value: AnswerValue | undefined,
  path: string,
  language: Language,
): [string, string | readonly string[]][] {
  if (value === undefined) return [];
  switch (field.kind) {
    case 'table':
      return (value as readonly Row[]).flatMap((row, at) =>
        field.columns.flatMap((c) => rawField(c, row[c.key], `${path}.${at}.${c.key}`, language)),
      );
    case 'documents': {
      const { documents, later, here } = value as DocumentsAnswer;
      const ticked = [...(later ? ['later'] : []), ...(here ? ['here'] : [])];
      return [[path, documents], ...ticked.map((name) => [`${path}.${name}`, 'ja'] as [string, string])];
    }
    case 'address':
      return Object.entries(value as Record<string, string>).map(([part, text]) => [`${path}.${part}`, text]);
    case 'period':
      return Object.entries(value as Record<string, string>).map(([end, iso]) => [`${path}.${end}`, inputDay(iso)]);
    case 'date':
      return [[path, inputDay(value as string)]];
    case 'money':
      return [[path, comma(((value as number) / 100).toFixed(2), language)]];
    case 'number':
      return [[path, comma(String(value), language)]];
    case 'yes-no':
      return [[path, value ? 'ja' : 'nein']];
    case 'iban':
      return [[path, friendlyFormatIBAN(value as string) ?? String(value)]];
    case 'choice':
      return [[path, value as string | readonly string[]]];
    default:
      return [[path, String(value)]];
  }
}

const inputDay = (iso: string): string => iso.split('-').reverse().join('.');

/** Three decimals after a point would be read as thousands, so a comma is shown in every language then. */
const comma = (text: string, language: Language): string =>
  language === 'de' || /\.\d{3}$/.test(text) ? text.replace('.', ',') : text;
