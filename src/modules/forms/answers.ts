/** Typed answers of one draft or submission, as stored and as the API takes them: `{ [field key]: value }`, nothing for unanswered. */
export type Answers = Readonly<Record<string, AnswerValue>>;

export type AnswerValue = SimpleValue | DocumentsAnswer | readonly Row[];

/**
 * The value of a field without rows. Money is an integer of cents, a date is `YYYY-MM-DD`, a multiple choice is a list of
 * option values, text-like kinds (text, longtext, phone, email, iban, single choice) are strings.
 */
export type SimpleValue = string | number | boolean | readonly string[] | Address | Period;

export type Row = Readonly<Record<string, SimpleValue>>;

export type Address = Readonly<{
  street: string;
  houseNumber?: string;
  addition?: string;
  postalCode: string;
  city: string;
}>;

/** From a day to a day, both included (`YYYY-MM-DD`); without `to` it is still going on. */
export type Period = Readonly<{ from: string; to?: string }>;

/**
 * Ids of uploaded documents in the order the person gave them; `later` when (more of) the evidence will follow, `here` when the office
 * has it already and the person left it out.
 */
export type DocumentsAnswer = Readonly<{ documents: readonly string[]; later: boolean; here?: true }>;
