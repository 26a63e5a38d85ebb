import type { Answers } from './answers.ts';
import type { Field, FormDefinition, Question, SimpleField } from './definition.ts';
import { findField, findQuestion, prune, reachable } from './engine.ts';

export type Changes = {
  /** The answers that still mean the same, to go on with. */
  answers: Answers;
  /** Questions on the way that the old version did not have, or that ask something more. */
  added: Question[];
  /** Questions on the way whose words changed; the answer stays, the person should look. */
  reworded: Question[];
  /** Keys of given answers that the new version no longer takes. */
  dropped: string[];
};

/**
 * What a new version of a form means for a draft begun on an old one. An answer goes along when its field still exists, is of the
 * same kind and can still hold it (a choice that was taken away is asked again).
 */
export function changedSince(before: FormDefinition, now: FormDefinition, answers: Answers): Changes {
  const carried = Object.fromEntries(
    Object.entries(answers).filter(([key]) =>
      carries(findField(before, key)?.field, findField(now, key)?.field, answers[key]),
    ),
  );
  const kept = prune(now, carried);
  const way = reachable(now, kept);
  const added = way.filter((q) => q.fields.some((f) => !sameMeaning(findField(before, f.key)?.field, f)));
  const reworded = way.filter((q) => !added.includes(q) && words(findQuestion(before, q.key)) !== words(q));
  const wasAsked = new Set(Object.keys(prune(before, answers)));
  return { answers: kept, added, reworded, dropped: [...wasAsked].filter((key) => !Object.hasOwn(kept, key)) };
}

function carries(old: Field | undefined, now: Field | undefined, value: Answers[string] | undefined): boolean {
  if (!sameMeaning(old, now)) return false;
  if (now?.kind !== 'choice') return true;
  const options = now.options.map((o) => o.value);
  return (Array.isArray(value) ? value : [value]).every((v) => typeof v === 'string' && options.includes(v));
}

function sameMeaning(old: Field | SimpleField | undefined, now: Field | SimpleField | undefined): boolean {
  if (old === undefined || now === undefined || old.kind !== now.kind) return false;
  if (old.kind === 'choice' && now.kind === 'choice') return old.multiple === now.multiple;
  if (old.kind !== 'table' || now.kind !== 'table') return true;
  const columns = new Map(old.columns.map((c) => [c.key, c]));
  return now.columns.length === old.columns.length && now.columns.every((c) => sameMeaning(columns.get(c.key), c));
}

/** Everything a person reads of a question, to compare two versions. */
const words = (question: Question | undefined): string =>
  JSON.stringify(
    question && [
      question.title,
      question.help,
      question.fields.map((f) => [f.label, f.help, 'options' in f ? f.options : '', 'columns' in f ? f.columns : '']),
    ],
  );
