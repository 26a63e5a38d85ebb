import type { LocalizedText } from '../../platform/i18n/index.ts';

/** What can be wrong with an answer; each has its sentence under `fields:error.*` in every language. */
export const errorKeys = [
  'required',
  'requiredChoice',
  'requiredChoices',
  'requiredYesNo',
  'requiredConfirm',
  'requiredDocuments',
  'requiredDocumentsNow',
  'requiredRows',
  'tooLong',
  'tooShort',
  'pattern',
  'number',
  'wholeNumber',
  'decimals',
  'min',
  'max',
  'money',
  'moneyMin',
  'moneyMax',
  'date',
  'dateNotInFuture',
  'dateNotInPast',
  'dateNotAfter',
  'dateNotBefore',
  'periodOrder',
  'iban',
  'postalCode',
  'phone',
  'email',
  'option',
  'yesNo',
  'tooManyRows',
  'tooManyDocuments',
  'unknown',
  'notAsked',
  'type',
] as const;
export type ErrorKey = (typeof errorKeys)[number];
export type MessageKey = `fields:error.${ErrorKey}`;

/**
 * One thing wrong at one place. `params` are raw (cents, ISO days, numbers) and are put into words by `formatError`; `label` is the
 * field's own, so that two errors on a page never read alike; `message` is a sentence of the definition that replaces ours.
 */
export type FieldError = {
  key: MessageKey;
  params: Readonly<Record<string, string | number>>;
  label?: LocalizedText;
  message?: LocalizedText;
};

/** Errors by place: `iban`, `address.postalCode`, `household.0.familyName`. */
export type FieldErrors = Readonly<Record<string, FieldError>>;
