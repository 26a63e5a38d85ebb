import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import type { Answers, FormDefinition, Period } from '../forms/index.ts';

/** Concerns under which anything is handed in: two of them say nothing about being the same. */
export const openConcerns: readonly string[] = ['unterlagen'];

/** A decided or closed case counts as just ended for so many days. */
export const justEndedDays = 30;

/** A request that comes again within so many minutes was most likely sent again, not asked again. */
export const resendMinutes = 10;

/**
 * True when the answers are about different times: a period of the form that differs, or days of which not one is the same. What only
 * one of them says (a telephone note says little) speaks for nothing. The day of birth is no time of a concern.
 */
export function differentPeriod(form: FormDefinition, one: Answers, other: Answers): boolean {
  const fields = form.questions
    .flatMap((question) => question.fields)
    .filter((field) => one[field.key] !== undefined && other[field.key] !== undefined);
  const periods = fields.filter((field) => field.kind === 'period');
  if (periods.some((field) => (one[field.key] as Period).from !== (other[field.key] as Period).from)) return true;
  const days = fields.filter((field) => field.kind === 'date' && field.privacy.category !== 'identity');
  return periods.length === 0 && days.length > 0 && days.every((field) => one[field.key] !== other[field.key]);
}

/** The answers with each document named by its bytes instead of its id, so that the same request looks the same. */
export function contentOf(answers: Json, hashes: ReadonlyMap<string, string>): string {
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return hashes.get(value) ?? value;
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each as Json)]));
  };
  return canonicalJson([walk(answers), [...hashes.values()].sort()]);
}

/** True when the answers hold more than documents: something was said. */
export const saysSomething = (answers: Json): boolean =>
  typeof answers === 'object' &&
  answers !== null &&
  Object.values(answers).some((value) => !(typeof value === 'object' && value !== null && 'documents' in value));
