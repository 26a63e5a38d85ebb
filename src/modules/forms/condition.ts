import { z } from 'zod';
import type { Answers, AnswerValue, Row } from './answers.ts';

/**
 * A rule over answers, as data. It can only look at what was answered earlier, so one pass over the form decides
 * everything; there is no cycle to search for. An unanswered field makes every comparison false (not true, not an error).
 */
export type Condition =
  | { field: string; is: string | number | boolean }
  | { field: string; in: (string | number)[] }
  | { field: string; has: string }
  | { field: string; atLeast: number }
  | { field: string; atMost: number }
  | { filled: string }
  | { rows: string; atLeast: number; where?: Condition }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

const key = z.string().min(1).max(60);

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: key, is: z.union([z.string(), z.number(), z.boolean()]) }),
    z.strictObject({ field: key, in: z.array(z.union([z.string(), z.number()])).min(1) }),
    z.strictObject({ field: key, has: z.string() }),
    z.strictObject({ field: key, atLeast: z.number() }),
    z.strictObject({ field: key, atMost: z.number() }),
    z.strictObject({ filled: key }),
    z.strictObject({ rows: key, atLeast: z.int().min(1), where: condition.exactOptional() }),
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
  ]),
);

/** Whether a condition holds for these answers. Pure; time grows with the size of the condition and the rows it counts. */
export function holds(rule: Condition, answers: Answers | Row): boolean {
  if ('all' in rule) return rule.all.every((part) => holds(part, answers));
  if ('any' in rule) return rule.any.some((part) => holds(part, answers));
  if ('not' in rule) return !holds(rule.not, answers);
  if ('filled' in rule) return isFilled(answers[rule.filled]);
  if ('rows' in rule) return countRows(answers[rule.rows], rule.where) >= rule.atLeast;
  return compares(rule, answers[rule.field]);
}

type Comparison = Extract<Condition, { field: string }>;

function compares(rule: Comparison, value: AnswerValue | undefined): boolean {
  if ('is' in rule) return value === rule.is;
  if ('in' in rule) return (typeof value === 'string' || typeof value === 'number') && rule.in.includes(value);
  if ('has' in rule) return Array.isArray(value) && (value as unknown[]).includes(rule.has);
  if (typeof value !== 'number') return false;
  return 'atLeast' in rule ? value >= rule.atLeast : value <= rule.atMost;
}

/** A field is filled when the person gave anything; documents count when one is attached. */
export function isFilled(value: AnswerValue | undefined): boolean {
  if (value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && 'documents' in value) return (value.documents as string[]).length > 0;
  return true;
}

function countRows(value: AnswerValue | undefined, where: Condition | undefined): number {
  if (!Array.isArray(value)) return 0;
  return value.filter((row) => typeof row === 'object' && (where === undefined || holds(where, row))).length;
}

/** The parts a condition is made of, itself included: for checks that walk over it. Row conditions stay with their `rows` part. */
export function parts(rule: Condition): Condition[] {
  if ('all' in rule) return [rule, ...rule.all.flatMap(parts)];
  if ('any' in rule) return [rule, ...rule.any.flatMap(parts)];
  if ('not' in rule) return [rule, ...parts(rule.not)];
  return [rule];
}
