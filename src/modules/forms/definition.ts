import { z } from 'zod';
import { checkDefinition } from './check-definition.ts';
import { condition } from './condition.ts';

/**
 * A form as data: what one concern (Anliegen) asks, why, by which law and by when. Schema and type are one thing, so what is
 * loaded is what the code knows. Published versions never change; a change is a new version.
 */

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const fieldKey = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A text in every language the house ships; none may be missing. */
export const text = z.strictObject({ de: z.string().trim().min(1).max(2000), en: z.string().trim().min(1).max(2000) });

/** What kind of social data a field holds (Art. 9 GDPR: `health`), for access, retention and the record of processing. */
export const privacyCategories = [
  'identity',
  'contact',
  'residence',
  'household',
  'health',
  'work',
  'income',
  'assets',
  'housing',
  'bank',
  'insurance',
  'benefits',
  'evidence',
  'free-text',
] as const;

const base = {
  key: fieldKey,
  label: text,
  help: text.exactOptional(),
  required: z.boolean(),
  /** `purpose` names an entry of the definition's `purposes`: why exactly this is asked (§ 67a SGB X, Art. 13 GDPR). */
  privacy: z.strictObject({ category: z.enum(privacyCategories), purpose: slug }),
};
/** HTML autocomplete token, so that a browser can fill in what the person already told it (WCAG 1.3.5). */
const autocomplete = z
  .string()
  .regex(/^[a-z0-9 -]+$/)
  .exactOptional();
const day = z.union([z.literal('today'), isoDate]);

const length = { minLength: z.int().min(1).exactOptional(), maxLength: z.int().min(1).max(20_000).exactOptional() };

/** A pattern must match the whole text; `message` says in words what is expected. */
const pattern = z.strictObject({ source: z.string().max(200), message: text });

const textField = z.strictObject({
  ...base,
  kind: z.literal('text'),
  autocomplete,
  validation: z.strictObject({ ...length, pattern: pattern.exactOptional() }).exactOptional(),
});
const longtextField = z.strictObject({
  ...base,
  kind: z.literal('longtext'),
  validation: z.strictObject(length).exactOptional(),
});
const numberField = z.strictObject({
  ...base,
  kind: z.literal('number'),
  unit: text.exactOptional(),
  validation: z
    .strictObject({
      min: z.number().exactOptional(),
      max: z.number().exactOptional(),
      decimals: z.int().min(0).max(3).exactOptional(),
    })
    .exactOptional(),
});
/** Amounts are euro; limits and values are integer cents. */
const moneyField = z.strictObject({
  ...base,
  kind: z.literal('money'),
  validation: z.strictObject({ min: z.int().exactOptional(), max: z.int().exactOptional() }).exactOptional(),
});
const dateField = z.strictObject({
  ...base,
  kind: z.literal('date'),
  autocomplete,
  validation: z.strictObject({ notBefore: day.exactOptional(), notAfter: day.exactOptional() }).exactOptional(),
});
const choiceField = z.strictObject({
  ...base,
  kind: z.literal('choice'),
  multiple: z.boolean(),
  options: z
    .array(z.strictObject({ value: slug, label: text, help: text.exactOptional() }))
    .min(2)
    .max(60),
});
/** With `confirm` it is one statement to tick, and it must be ticked. */
const yesNoField = z.strictObject({ ...base, kind: z.literal('yes-no'), confirm: z.literal(true).exactOptional() });
const ibanField = z.strictObject({ ...base, kind: z.literal('iban') });
const addressField = z.strictObject({ ...base, kind: z.literal('address') });
const periodField = z.strictObject({
  ...base,
  kind: z.literal('period'),
  /** Whether the end may be left empty because it still goes on. */
  openEnd: z.boolean(),
  validation: z.strictObject({ notBefore: day.exactOptional(), notAfter: day.exactOptional() }).exactOptional(),
});
const phoneField = z.strictObject({ ...base, kind: z.literal('phone'), autocomplete });
const emailField = z.strictObject({ ...base, kind: z.literal('email'), autocomplete });

/** Fields that can also stand in a row of a table. */
const simpleField = z.discriminatedUnion('kind', [
  textField,
  longtextField,
  numberField,
  moneyField,
  dateField,
  choiceField,
  yesNoField,
  ibanField,
  addressField,
  periodField,
  phoneField,
  emailField,
]);

const tableField = z.strictObject({
  ...base,
  kind: z.literal('table'),
  /** What one row is: "Person"; shown with its number. */
  rowTitle: text,
  addLabel: text,
  minRows: z.int().min(0).max(50),
  maxRows: z.int().min(1).max(50),
  columns: z.array(simpleField).min(1).max(20),
});

const documentsField = z.strictObject({
  ...base,
  kind: z.literal('documents'),
  /** The kinds of evidence that answer this field; the office checks it off by these. */
  evidence: z
    .array(z.strictObject({ key: slug, label: text }))
    .min(1)
    .max(20),
  /** Whether the person may send it later; the submission counts from today all the same. */
  mayFollow: z.boolean(),
  maxDocuments: z.int().min(1).max(50),
});

export const field = z.discriminatedUnion('kind', [
  textField,
  longtextField,
  numberField,
  moneyField,
  dateField,
  choiceField,
  yesNoField,
  ibanField,
  addressField,
  periodField,
  phoneField,
  emailField,
  tableField,
  documentsField,
]);

/** One page of the form. */
export const question = z.strictObject({
  key: slug,
  section: slug,
  title: text,
  help: text.exactOptional(),
  /** Asked only when this holds for the answers before it. */
  when: condition.exactOptional(),
  fields: z.array(field).min(1).max(12),
});

/** The date of the law, as far as a machine can know it; `field` names the date in the answers it starts from. */
const legalDeadline = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('at-once'), law: z.string(), field: fieldKey.exactOptional() }),
  z.strictObject({ kind: z.literal('before'), law: z.string(), field: fieldKey }),
  z.strictObject({ kind: z.literal('same-month'), law: z.string(), field: fieldKey.exactOptional() }),
  z.strictObject({ kind: z.literal('days-after'), law: z.string(), field: fieldKey, days: z.int().min(1).max(400) }),
]);

const definitionShape = z.strictObject({
  key: slug,
  version: z.int().min(1),
  title: text,
  summary: text,
  /** What people type or say when they look for it, old names included. */
  searchWords: z.strictObject({ de: z.array(z.string().min(1)), en: z.array(z.string().min(1)) }),
  group: slug,
  /** Place inside its group on the start page. */
  position: z.int(),
  minutes: z.int().min(1).max(240),
  whatYouNeed: z.array(text),
  deadline: z.strictObject({
    /** For people: by when, and what happens otherwise. */
    text,
    /** For staff: an answer within this many calendar days of arrival. */
    dueDays: z.int().min(0).max(180),
    /** Answers that make it more urgent; the smallest number of days counts. */
    sooner: z.array(z.strictObject({ when: condition, dueDays: z.int().min(0).max(180), why: text })),
    legal: legalDeadline,
  }),
  legalBasis: z.array(z.strictObject({ law: z.string().min(1), about: text })).min(1),
  /** Who pays and answers: B federal agency's side, K municipality's side (§ 6 SGB II). */
  side: z
    .array(z.enum(['B', 'K']))
    .min(1)
    .max(2),
  team: slug,
  /** Said before the start. `counter-or-letter-code`: an account number takes effect only when confirmed (see `hasBankDetails`). */
  confirmation: z.enum(['none', 'counter-or-letter-code']),
  purposes: z.record(slug, text),
  sections: z.array(z.strictObject({ key: slug, title: text })).min(1),
  questions: z.array(question).min(1).max(150),
  /** The concern that follows when this one was sent. */
  next: z.strictObject({ concern: slug, text }).exactOptional(),
});

export const formDefinition = definitionShape.superRefine((definition, context) => {
  for (const issue of checkDefinition(definition)) context.addIssue({ code: 'custom', ...issue });
});

export const concernGroups = z.array(z.strictObject({ key: slug, title: text, summary: text })).min(1);

export type FormDefinition = z.infer<typeof definitionShape>;
export type Question = z.infer<typeof question>;
export type Field = z.infer<typeof field>;
export type SimpleField = z.infer<typeof simpleField>;
export type TableField = z.infer<typeof tableField>;
export type DocumentsField = z.infer<typeof documentsField>;
export type ChoiceField = z.infer<typeof choiceField>;
export type FieldKind = Field['kind'];
export type Confirmation = FormDefinition['confirmation'];
export type ConcernGroup = z.infer<typeof concernGroups>[number];
export type LegalDeadline = z.infer<typeof legalDeadline>;
