import type { Answers } from './answers.ts';
import { checkField, failure } from './check-value.ts';
import type { Field, FormDefinition, Question, SimpleField } from './definition.ts';
import { findField, missing, prune } from './engine.ts';
import type { ErrorKey, FieldError, FieldErrors } from './field-error.ts';
import { readDate, readMoney, readNumber, readYesNo } from './parse-input.ts';

/** What a form sent: `familyName`, `address.street`, `illness.from`, `household.0.birthDate`, `contract` (document ids), `contract.later`. */
export type RawForm = Readonly<Record<string, string | readonly string[]>>;

/** `value` holds what is right, also when something else is wrong: nothing a person gave is thrown away because of a neighbour. */
export type Validated = { ok: true; value: Answers } | { ok: false; value: Answers; errors: FieldErrors };

/**
 * Reads and checks what was typed for one question. `today` is the day in Germany (`YYYY-MM-DD`). The caller keeps the raw form to
 * show it again; on success it stores the value with `answerQuestion`.
 */
export function validateAnswer(question: Question, raw: RawForm, today: string): Validated {
  return collect(question.fields.map((field) => [field.key, readField(field, raw, field.key, today)] as const));
}

/**
 * Checks typed answers (JSON) of a whole form, as a program sends them. Unknown keys and answers to questions that are not asked
 * are errors. `complete: false` accepts that required answers are missing: a letter or a call may leave things out (§ 9 SGB X).
 */
export function validateAnswers(
  definition: FormDefinition,
  answers: unknown,
  options: { today: string; complete: boolean },
): Validated {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers))
    return { ok: false, value: {}, errors: { '': bare('type') } };
  const checked = Object.entries(answers).map(([key, value]) => {
    const found = findField(definition, key);
    if (found === undefined) return [key, { errors: { [key]: bare('unknown', { name: key.slice(0, 60) }) } }] as const;
    return [key, checkField(found.field, value, key, options.today, false)] as const;
  });
  const result = collect(checked);
  if (!result.ok) return result;
  const value = prune(definition, result.value);
  const astray = Object.keys(result.value).filter((key) => !Object.hasOwn(value, key));
  const empty = options.complete ? missing(definition, value) : [];
  const errors: Record<string, FieldError> = {};
  for (const key of astray) errors[key] = { ...bare('notAsked'), ...labelOf(definition, key) };
  for (const { field } of empty)
    Object.assign(errors, checkField(field, undefined, field.key, options.today, true).errors);
  return Object.keys(errors).length > 0 ? { ok: false, value, errors } : { ok: true, value };
}

const bare = (key: ErrorKey, params: FieldError['params'] = {}): FieldError => ({ key: `fields:error.${key}`, params });

function labelOf(definition: FormDefinition, key: string): Pick<FieldError, 'label'> {
  const label = findField(definition, key)?.field.label;
  return label ? { label } : {};
}

type Read = ReturnType<typeof checkField>;

function collect(parts: readonly (readonly [string, Read])[]): Validated {
  const value: Record<string, Answers[string]> = {};
  const errors: Record<string, FieldError> = {};
  for (const [key, part] of parts) {
    Object.assign(errors, part.errors);
    if (part.value !== undefined) value[key] = part.value;
  }
  return Object.keys(errors).length > 0 ? { ok: false, value, errors } : { ok: true, value };
}

function readField(field: Field, raw: RawForm, path: string, today: string): Read {
  if (field.kind === 'table') return readTable(field, raw, path, today);
  const typed = readValue(field, raw, path, today);
  if ('wrong' in typed)
    return {
      errors: Object.assign({}, ...typed.wrong.map(([at, key]) => failure(field, at, key).errors)) as Record<
        string,
        FieldError
      >,
    };
  return checkField(field, typed.value, path, today);
}

/** A typed value, undefined when nothing was given, or the places that cannot be read. */
type Typed = { value: unknown } | { wrong: [path: string, key: ErrorKey][] };

function readValue(
  field: SimpleField | Extract<Field, { kind: 'documents' }>,
  raw: RawForm,
  path: string,
  today: string,
): Typed {
  const typed = one(raw, path);
  switch (field.kind) {
    case 'number':
      return parsed(typed, readNumber, path, 'number');
    case 'money':
      return parsed(typed, readMoney, path, 'money');
    case 'yes-no':
      return parsed(typed, readYesNo, path, 'yesNo');
    case 'date':
      return parsed(dateText(raw, path), (text) => readDate(text, today), path, 'date');
    case 'period':
      return readPeriod(raw, path, today);
    case 'address':
      return readParts(raw, path, ['street', 'houseNumber', 'addition', 'postalCode', 'city']);
    case 'choice':
      return { value: field.multiple ? nonEmpty(many(raw, path)) : typed === '' ? undefined : typed };
    case 'documents':
      return {
        value: {
          documents: many(raw, path),
          later: one(raw, `${path}.later`) !== '',
          here: one(raw, `${path}.here`) !== '',
        },
      };
    default:
      return { value: typed === '' ? undefined : typed };
  }
}

function parsed(text: string, read: (text: string) => unknown, path: string, key: ErrorKey): Typed {
  if (text === '') return { value: undefined };
  const value = read(text);
  return value === undefined ? { wrong: [[path, key]] } : { value };
}

/** A date may come in one field or as day, month and year. */
function dateText(raw: RawForm, path: string): string {
  const whole = one(raw, path);
  if (whole !== '') return whole;
  const parts = ['day', 'month', 'year'].map((part) => one(raw, `${path}.${part}`));
  return parts.every((part) => part === '') ? '' : parts.join('.');
}

function readPeriod(raw: RawForm, path: string, today: string): Typed {
  const ends = (['from', 'to'] as const).map(
    (end) =>
      [
        end,
        parsed(dateText(raw, `${path}.${end}`), (text) => readDate(text, today), `${path}.${end}`, 'date'),
      ] as const,
  );
  const wrong = ends.flatMap(([, end]) => ('wrong' in end ? end.wrong : []));
  if (wrong.length > 0) return { wrong };
  const given = ends.flatMap(([name, end]) =>
    'value' in end && end.value !== undefined ? [[name, end.value] as const] : [],
  );
  return { value: given.length === 0 ? undefined : Object.fromEntries(given) };
}

function readParts(raw: RawForm, path: string, names: readonly string[]): Typed {
  const parts = names.map((name) => [name, one(raw, `${path}.${name}`)] as const).filter(([, text]) => text !== '');
  return { value: Object.fromEntries(parts) };
}

/** Rows keep the numbers they were typed under, so that an error finds its input; rows left empty are dropped. */
function readTable(field: Extract<Field, { kind: 'table' }>, raw: RawForm, path: string, today: string): Read {
  const numbers = rowNumbers(raw, path).filter((n) => field.columns.some((c) => isTyped(raw, `${path}.${n}.${c.key}`)));
  const errors: Record<string, FieldError> = {};
  const rows = numbers.slice(0, field.maxRows + 1).map((n) => {
    const row: Record<string, unknown> = {};
    for (const column of field.columns) {
      const at = `${path}.${n}.${column.key}`;
      const typed = readValue(column, raw, at, today);
      if ('wrong' in typed)
        for (const [place, key] of typed.wrong) Object.assign(errors, failure(column, place, key).errors);
      else if (typed.value !== undefined) row[column.key] = typed.value;
    }
    return row;
  });
  const checked = checkField(field, rows, path, today, field.required, numbers);
  if (Object.keys(errors).length === 0) return checked;
  return { errors: { ...checked.errors, ...errors } };
}

function rowNumbers(raw: RawForm, path: string): number[] {
  const found = Object.keys(raw).map((key) =>
    key.startsWith(`${path}.`) ? /^(\d{1,3})\./.exec(key.slice(path.length + 1))?.[1] : undefined,
  );
  return [...new Set(found.filter((n) => n !== undefined).map(Number))].sort((a, b) => a - b);
}

const isTyped = (raw: RawForm, path: string): boolean =>
  Object.keys(raw).some(
    (key) => (key === path || key.startsWith(`${path}.`)) && nonEmpty(many(raw, key)) !== undefined,
  );

function many(raw: RawForm, path: string): string[] {
  const value = Object.hasOwn(raw, path) ? raw[path] : undefined;
  return (typeof value === 'string' ? [value] : [...(value ?? [])]).filter((text) => text.trim() !== '');
}

const one = (raw: RawForm, path: string): string => (many(raw, path)[0] ?? '').trim();
const nonEmpty = (list: string[]): string[] | undefined => (list.length > 0 ? list : undefined);
