import type { Answers, Row } from './answers.ts';
import { holds, isFilled } from './condition.ts';
import type { Field, FormDefinition, Question } from './definition.ts';

/**
 * The way through a form, computed from the definition and the answers on each request; nothing is remembered between two
 * requests. Conditions look backwards only, so one pass over the questions decides everything.
 */

type Compiled = {
  question: ReadonlyMap<string, Question>;
  field: ReadonlyMap<string, { field: Field; question: Question }>;
};

const compiled = new WeakMap<FormDefinition, Compiled>();

function compile(definition: FormDefinition): Compiled {
  const known = compiled.get(definition);
  if (known) return known;
  const made: Compiled = {
    question: new Map(definition.questions.map((q) => [q.key, q])),
    field: new Map(
      definition.questions.flatMap((q) => q.fields.map((f) => [f.key, { field: f, question: q }] as const)),
    ),
  };
  compiled.set(definition, made);
  return made;
}

/** A question by its key, or undefined. */
export const findQuestion = (definition: FormDefinition, key: string): Question | undefined =>
  compile(definition).question.get(key);

/** A field by its key with the question that asks it, or undefined. */
export const findField = (definition: FormDefinition, key: string): { field: Field; question: Question } | undefined =>
  compile(definition).field.get(key);

/** One pass: the questions that are asked, and the answers that belong to them. An answer to a question not asked counts nowhere. */
function walk(definition: FormDefinition, answers: Answers): { questions: Question[]; answers: Answers } {
  const questions: Question[] = [];
  const kept: Record<string, Answers[string]> = {};
  for (const question of definition.questions) {
    if (question.when && !holds(question.when, kept)) continue;
    questions.push(question);
    for (const { key } of question.fields) {
      const value = Object.hasOwn(answers, key) ? answers[key] : undefined;
      if (value !== undefined) kept[key] = value;
    }
  }
  return { questions, answers: kept };
}

/** The questions these answers lead to, in order. */
export const reachable = (definition: FormDefinition, answers: Answers): Question[] =>
  walk(definition, answers).questions;

/** The answers without those that became unreachable or that the form does not know. */
export const prune = (definition: FormDefinition, answers: Answers): Answers => walk(definition, answers).answers;

/** The question after `key`; undefined when `key` is the last one (then the answers are checked) or is not asked. */
export const nextQuestion = (definition: FormDefinition, answers: Answers, key: string): Question | undefined =>
  beside(definition, answers, key, 1);

/** The question before `key`; undefined at the first one. */
export const previousQuestion = (definition: FormDefinition, answers: Answers, key: string): Question | undefined =>
  beside(definition, answers, key, -1);

function beside(definition: FormDefinition, answers: Answers, key: string, step: 1 | -1): Question | undefined {
  const way = reachable(definition, answers);
  const at = way.findIndex((q) => q.key === key);
  return at === -1 ? undefined : way[at + step];
}

export type Progress = {
  position: number;
  total: number;
  percent: number;
  section: string;
  sectionPosition: number;
  sectionTotal: number;
};

/** Where a person is: question `position` of `total` on the way as it looks now, and the section. Undefined when `key` is not asked. */
export function progress(definition: FormDefinition, answers: Answers, key: string): Progress | undefined {
  const way = reachable(definition, answers);
  const at = way.findIndex((q) => q.key === key);
  const here = way[at];
  if (here === undefined) return undefined;
  const sections = definition.sections.map((s) => s.key).filter((s) => way.some((q) => q.section === s));
  return {
    position: at + 1,
    total: way.length,
    percent: Math.round((at / way.length) * 100),
    section: here.section,
    sectionPosition: sections.indexOf(here.section) + 1,
    sectionTotal: sections.length,
  };
}

export type Missing = { question: Question; field: Field };

/** The required fields on the way that are still empty. Evidence promised for later is not missing here; see `outstanding`. */
export function missing(definition: FormDefinition, answers: Answers): Missing[] {
  const way = walk(definition, answers);
  return way.questions.flatMap((question) =>
    question.fields
      .filter((field) => field.required && !isGiven(field, way.answers))
      .map((field) => ({ question, field })),
  );
}

function isGiven(field: Field, answers: Answers): boolean {
  const value = answers[field.key];
  if (isHere(value)) return true;
  if (field.kind === 'documents' && typeof value === 'object' && 'later' in value && value.later)
    return field.mayFollow;
  if (field.kind === 'table') return Array.isArray(value) && value.length >= Math.max(1, field.minRows);
  return isFilled(value);
}

/** Evidence asked for on the way with nothing attached yet: what the office will list as still to come. */
export function outstanding(definition: FormDefinition, answers: Answers): Missing[] {
  const way = walk(definition, answers);
  return way.questions.flatMap((question) =>
    question.fields
      .filter(
        (field) =>
          field.kind === 'documents' &&
          (field.required || promised(way.answers[field.key])) &&
          !isFilled(way.answers[field.key]) &&
          !isHere(way.answers[field.key]),
      )
      .map((field) => ({ question, field })),
  );
}

/** The office has it already, and the person left it out. */
const isHere = (value: Answers[string] | undefined): boolean =>
  typeof value === 'object' && 'here' in value && value.here === true;

const promised = (value: Answers[string] | undefined): boolean =>
  typeof value === 'object' && 'later' in value && value.later === true;

/** The answers after a question was answered: its fields replaced by `value` (an emptied field disappears), the rest pruned. */
export function answerQuestion(
  definition: FormDefinition,
  answers: Answers,
  question: Question,
  value: Answers,
): Answers {
  const own = new Set(question.fields.map((f) => f.key));
  const others = Object.entries(answers).filter(([key]) => !own.has(key));
  return prune(definition, { ...Object.fromEntries(others), ...value });
}

/** Whether an account number is among the answers, wherever it stands: it takes effect only when confirmed (§ 42 SGB II). */
export const hasBankDetails = (definition: FormDefinition, answers: Answers): boolean =>
  definition.questions.some((question) => question.fields.some((field) => holdsIban(field, answers[field.key])));

function holdsIban(field: Field, value: Answers[string] | undefined): boolean {
  if (field.kind === 'iban') return isFilled(value);
  if (field.kind !== 'table' || !Array.isArray(value)) return false;
  const columns = field.columns.filter((column) => column.kind === 'iban').map((column) => column.key);
  return (value as readonly Row[]).some((row) => columns.some((key) => row[key] !== undefined && row[key] !== ''));
}

/** Calendar days until the office should have answered, with the reasons that made it sooner. */
export function dueWithin(
  definition: FormDefinition,
  answers: Answers,
): { days: number; why: FormDefinition['title'][] } {
  const kept = prune(definition, answers);
  const rules = definition.deadline.sooner.filter((rule) => holds(rule.when, kept));
  const days = Math.min(definition.deadline.dueDays, ...rules.map((rule) => rule.dueDays));
  return { days, why: rules.map((rule) => rule.why) };
}
