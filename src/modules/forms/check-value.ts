import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { isDay } from '../../kernel/dates.ts';
import type { Answers, Period, SimpleValue } from './answers.ts';
import type { DocumentsField, Field, SimpleField, TableField } from './definition.ts';
import type { ErrorKey, FieldError } from './field-error.ts';
import { cleanText, readEmail, readPhone } from './parse-input.ts';

/** The checks of typed values, one for both ways in: what a person typed (after reading it) and what a program sent. */

export type Checked<T> = { value?: T; errors: Record<string, FieldError> };

type Params = Readonly<Record<string, string | number>>;

/** One error at one place of a field. */
export function failure(
  field: SimpleField | Field,
  path: string,
  key: ErrorKey,
  params: Params = {},
): { errors: Record<string, FieldError> } {
  return { errors: { [path]: { key: `fields:error.${key}`, params, label: field.label } } };
}

/** The error for an empty required field, in words that fit its kind. */
export function requiredFailure(field: SimpleField | Field, path: string): { errors: Record<string, FieldError> } {
  return failure(field, path, requiredKey(field));
}

function requiredKey(field: SimpleField | Field): ErrorKey {
  switch (field.kind) {
    case 'choice':
      return field.multiple ? 'requiredChoices' : 'requiredChoice';
    case 'yes-no':
      return field.confirm ? 'requiredConfirm' : 'requiredYesNo';
    case 'documents':
      return field.mayFollow ? 'requiredDocuments' : 'requiredDocumentsNow';
    case 'table':
      return 'requiredRows';
    default:
      return 'required';
  }
}

/**
 * Checks a typed value of any field. `value` undefined means "nothing given". `required` false (a letter that leaves something out)
 * lets empty fields pass. `rowNumbers` are the numbers of table rows in error paths, when they differ from 0, 1, 2 …
 */
export function checkField(
  field: Field,
  value: unknown,
  path: string,
  today: string,
  required = field.required,
  rowNumbers?: readonly number[],
): Checked<Answers[string]> {
  if (value === undefined || value === null) return required ? requiredFailure(field, path) : { errors: {} };
  if (field.kind === 'table') return checkTable(field, value, path, today, required, rowNumbers);
  if (field.kind === 'documents') return checkDocuments(field, value, path, required);
  return checkSimple(field, value, path, today, required);
}

function checkSimple(
  field: SimpleField,
  value: unknown,
  path: string,
  today: string,
  required: boolean,
): Checked<SimpleValue> {
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'iban':
    case 'phone':
    case 'email':
      return checkString(field, value, path, required);
    case 'number':
      return checkNumber(field, value, path);
    case 'money':
      return checkMoney(field, value, path);
    case 'date':
      return checkDate(field, value, path, today);
    case 'choice':
      return checkChoice(field, value, path, required);
    case 'yes-no':
      if (typeof value !== 'boolean') return failure(field, path, 'yesNo');
      return field.confirm && !value && required ? requiredFailure(field, path) : { value, errors: {} };
    case 'address':
      return checkAddress(field, value, path, required);
    case 'period':
      return checkPeriod(field, value, path, today);
  }
}

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>;

const standardLength = { text: 200, longtext: 5000, iban: 60, phone: 60, email: 254 } as const;

function checkString(
  field: Of<'text' | 'longtext' | 'iban' | 'phone' | 'email'>,
  value: unknown,
  path: string,
  required: boolean,
): Checked<string> {
  if (typeof value !== 'string') return failure(field, path, 'type');
  const text = cleanText(value, field.kind === 'longtext' ? 'many-lines' : 'one-line');
  if (text === '') return required ? requiredFailure(field, path) : { errors: {} };
  const limits = 'validation' in field ? field.validation : undefined;
  const longest = limits?.maxLength ?? standardLength[field.kind];
  const length = [...text].length;
  if (length > longest) return failure(field, path, 'tooLong', { max: longest, length });
  if (limits?.minLength !== undefined && length < limits.minLength)
    return failure(field, path, 'tooShort', { min: limits.minLength });
  return checkForm(field, text, path);
}

function checkForm(
  field: Of<'text' | 'longtext' | 'iban' | 'phone' | 'email'>,
  text: string,
  path: string,
): Checked<string> {
  switch (field.kind) {
    case 'iban': {
      const iban = electronicFormatIBAN(text) ?? '';
      return isValidIBAN(iban) ? { value: iban, errors: {} } : failure(field, path, 'iban');
    }
    case 'phone':
      return read(readPhone(text), field, path, 'phone');
    case 'email':
      return read(readEmail(text), field, path, 'email');
    case 'text': {
      const pattern = field.validation?.pattern;
      if (pattern === undefined || new RegExp(`^(?:${pattern.source})$`, 'u').test(text))
        return { value: text, errors: {} };
      return {
        errors: { [path]: { key: 'fields:error.pattern', params: {}, label: field.label, message: pattern.message } },
      };
    }
    case 'longtext':
      return { value: text, errors: {} };
  }
}

const read = (value: string | undefined, field: Field, path: string, key: ErrorKey): Checked<string> =>
  value === undefined ? failure(field, path, key) : { value, errors: {} };

function checkNumber(field: Of<'number'>, value: unknown, path: string): Checked<number> {
  if (typeof value !== 'number' || !Number.isFinite(value)) return failure(field, path, 'number');
  const { min = 0, max = 999_999_999, decimals = 0 } = field.validation ?? {};
  if (Number(value.toFixed(decimals)) !== value)
    return decimals === 0 ? failure(field, path, 'wholeNumber') : failure(field, path, 'decimals', { decimals });
  if (value < min) return failure(field, path, 'min', { min });
  return value > max ? failure(field, path, 'max', { max }) : { value, errors: {} };
}

function checkMoney(field: Of<'money'>, value: unknown, path: string): Checked<number> {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return failure(field, path, 'money');
  const { min = 0, max = 99_999_999_99 } = field.validation ?? {};
  if (value < min) return failure(field, path, 'moneyMin', { minAmount: min });
  return value > max ? failure(field, path, 'moneyMax', { maxAmount: max }) : { value, errors: {} };
}

function checkDate(field: Of<'date' | 'period'>, value: unknown, path: string, today: string): Checked<string> {
  if (!isDay(value)) return failure(field, path, 'date');
  const { notBefore = '1850-01-01', notAfter = '2200-12-31' } = field.validation ?? {};
  if (notAfter === 'today' && value > today) return failure(field, path, 'dateNotInFuture');
  if (notBefore === 'today' && value < today) return failure(field, path, 'dateNotInPast');
  if (notAfter !== 'today' && value > notAfter) return failure(field, path, 'dateNotAfter', { day: notAfter });
  return notBefore !== 'today' && value < notBefore
    ? failure(field, path, 'dateNotBefore', { day: notBefore })
    : { value, errors: {} };
}

function checkChoice(field: Of<'choice'>, value: unknown, path: string, required: boolean): Checked<string | string[]> {
  const known = field.options.map((o) => o.value);
  if (!field.multiple)
    return typeof value === 'string' && known.includes(value) ? { value, errors: {} } : failure(field, path, 'option');
  if (!Array.isArray(value) || !value.every((v) => known.includes(v as string))) return failure(field, path, 'option');
  if (value.length === 0) return required ? requiredFailure(field, path) : { errors: {} };
  return { value: known.filter((option) => value.includes(option)), errors: {} };
}

const addressParts = { street: 150, houseNumber: 20, addition: 150, postalCode: 10, city: 100 } as const;

function checkAddress(field: Of<'address'>, value: unknown, path: string, required: boolean): Checked<SimpleValue> {
  if (!isRecord(value)) return failure(field, path, 'type');
  const given: Record<string, string> = {};
  const errors: Record<string, FieldError> = unknownKeys(field, value, Object.keys(addressParts), path);
  for (const [part, longest] of Object.entries(addressParts)) {
    const raw = value[part] ?? '';
    const text = typeof raw === 'string' ? cleanText(raw, 'one-line') : '';
    if (typeof raw !== 'string') Object.assign(errors, failure(field, `${path}.${part}`, 'type').errors);
    else if (text.length > longest)
      Object.assign(errors, failure(field, `${path}.${part}`, 'tooLong', { max: longest, length: text.length }).errors);
    else if (text !== '') given[part] = text;
  }
  const { street, houseNumber, addition, postalCode, city } = given;
  const empty = Object.keys(given).length === 0 && Object.keys(errors).length === 0;
  if (empty) return required ? requiredFailure(field, `${path}.street`) : { errors: {} };
  if (postalCode === undefined || !/^\d{5}$/.test(postalCode))
    Object.assign(errors, failure(field, `${path}.postalCode`, 'postalCode').errors);
  for (const part of ['street', 'city'])
    if (given[part] === undefined && !errors[`${path}.${part}`])
      Object.assign(errors, failure(field, `${path}.${part}`, 'required').errors);
  if (street === undefined || postalCode === undefined || city === undefined || Object.keys(errors).length > 0)
    return { errors };
  return {
    value: { street, ...(houseNumber ? { houseNumber } : {}), ...(addition ? { addition } : {}), postalCode, city },
    errors,
  };
}

function checkPeriod(field: Of<'period'>, value: unknown, path: string, today: string): Checked<Period> {
  if (!isRecord(value)) return failure(field, path, 'type');
  const { from, to } = value;
  const errors = unknownKeys(field, value, ['from', 'to'], path);
  Object.assign(
    errors,
    from === undefined
      ? requiredFailure(field, `${path}.from`).errors
      : checkDate(field, from, `${path}.from`, today).errors,
  );
  if (to !== undefined) Object.assign(errors, checkDate(field, to, `${path}.to`, today).errors);
  else if (!field.openEnd) Object.assign(errors, requiredFailure(field, `${path}.to`).errors);
  if (Object.keys(errors).length > 0 || typeof from !== 'string') return { errors };
  if (typeof to !== 'string') return { value: { from }, errors };
  return to < from ? failure(field, `${path}.to`, 'periodOrder') : { value: { from, to }, errors };
}

function checkTable(
  field: TableField,
  value: unknown,
  path: string,
  today: string,
  required: boolean,
  rowNumbers?: readonly number[],
): Checked<Answers[string]> {
  if (!Array.isArray(value)) return failure(field, path, 'type');
  if (value.length === 0) return required ? requiredFailure(field, path) : { errors: {} };
  if (value.length > field.maxRows) return failure(field, path, 'tooManyRows', { max: field.maxRows });
  const checked = value.map((row, at) => checkRow(field, row, `${path}.${rowNumbers?.[at] ?? at}`, today));
  const errors = Object.assign({}, ...checked.map((c) => c.errors)) as Record<string, FieldError>;
  if (required && value.length < field.minRows) Object.assign(errors, requiredFailure(field, path).errors);
  return Object.keys(errors).length > 0 ? { errors } : { value: checked.map((c) => c.value ?? {}), errors };
}

function checkRow(field: TableField, row: unknown, path: string, today: string): Checked<Record<string, SimpleValue>> {
  if (!isRecord(row)) return failure(field, path, 'type');
  const errors = unknownKeys(
    field,
    row,
    field.columns.map((c) => c.key),
    path,
  );
  const value: Record<string, SimpleValue> = {};
  for (const column of field.columns) {
    const checked = checkField(column, row[column.key], `${path}.${column.key}`, today);
    Object.assign(errors, checked.errors);
    if (checked.value !== undefined) value[column.key] = checked.value as SimpleValue;
  }
  return { value, errors };
}

function checkDocuments(
  field: DocumentsField,
  value: unknown,
  path: string,
  required: boolean,
): Checked<Answers[string]> {
  if (!isRecord(value) || !Array.isArray(value['documents']) || typeof (value['later'] ?? false) !== 'boolean')
    return failure(field, path, 'type');
  const documents = [...new Set(value['documents'] as unknown[])];
  const later = value['later'] === true;
  const here = value['here'] === true;
  if (!documents.every((id): id is string => typeof id === 'string' && id !== '' && id.length <= 100))
    return failure(field, path, 'type');
  if (documents.length > field.maxDocuments)
    return failure(field, path, 'tooManyDocuments', { max: field.maxDocuments });
  if (documents.length === 0 && !here && !(later && field.mayFollow))
    return required ? requiredFailure(field, path) : { errors: {} };
  return { value: { documents, later: later && field.mayFollow, ...(here && { here }) }, errors: {} };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unknownKeys(
  field: Field,
  value: Record<string, unknown>,
  known: readonly string[],
  path: string,
): Record<string, FieldError> {
  const strange = Object.keys(value).filter((key) => !known.includes(key));
  return Object.fromEntries(
    strange.map((key) => [
      `${path}.${key}`,
      { key: 'fields:error.unknown' as const, params: { name: key.slice(0, 60) }, label: field.label },
    ]),
  );
}
