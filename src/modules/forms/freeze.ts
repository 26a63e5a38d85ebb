import { type Language, translate } from '../../platform/i18n/index.ts';
import type { Answers, Row } from './answers.ts';
import type { Field, FormDefinition, Question } from './definition.ts';
import { prune, reachable } from './engine.ts';
import { type DocumentNames, formatAnswer } from './format-answer.ts';

/** What a person saw and said, as texts; kept with the submission and never computed again (design: a submission is frozen). */
export type FrozenAnswers = {
  concern: string;
  version: number;
  language: Language;
  title: string;
  sections: { key: string; title: string; items: FrozenItem[] }[];
};

export type FrozenItem = {
  /** Key and title of the question. */
  question: string;
  questionTitle: string;
  field: string;
  label: string;
  text: string;
  /** Health and the like (Art. 9 GDPR): it is shown with the submission and stands in no index. */
  sensitive?: true;
  /** An answer to a question of the Jobcenter's own: what closes it, and the digest that a receipt signs in its place (`seal-answers.ts`). */
  salt?: string;
  sha256?: string;
  /** The answer was deleted when its years were over; `text` says so. */
  forgotten?: true;
  /** The rows of a table, each with its own answers. */
  rows?: { title: string; items: { field: string; label: string; text: string }[] }[];
};

/**
 * Freezes the answers in the language they were given in. Questions that were not asked are left out; what was left empty says so. With `unsorted`, papers came
 * that nobody put under a question: a question for papers then says to look there, and not that nothing was given.
 */
export function freeze(
  definition: FormDefinition,
  answers: Answers,
  language: Language,
  names?: DocumentNames,
  unsorted = false,
): FrozenAnswers {
  const asked = reachable(definition, answers);
  const kept = prune(definition, answers);
  const sections = definition.sections.map((section) => ({
    key: section.key,
    title: section.title[language],
    items: asked
      .filter((q) => q.section === section.key)
      .flatMap((q) => q.fields.map((field) => item(q, field, kept, language, names, unsorted))),
  }));
  return {
    concern: definition.key,
    version: definition.version,
    language,
    title: definition.title[language],
    sections: sections.filter((s) => s.items.length > 0),
  };
}

function item(
  question: Question,
  field: Field,
  answers: Answers,
  language: Language,
  names: DocumentNames | undefined,
  unsorted: boolean,
): FrozenItem {
  const value = answers[field.key];
  const elsewhere = unsorted && value === undefined && field.kind === 'documents';
  const frozen = {
    question: question.key,
    questionTitle: question.title[language],
    field: field.key,
    label: field.label[language],
    text: elsewhere ? translate(language)('fields:unsorted') : formatAnswer(field, value, language, names),
    ...(field.privacy.category === 'health' ? { sensitive: true as const } : {}),
  };
  if (field.kind !== 'table' || value === undefined) return frozen;
  return { ...frozen, rows: (value as readonly Row[]).map((row, at) => frozenRow(field, row, at, language)) };
}

const frozenRow = (field: Extract<Field, { kind: 'table' }>, row: Row, at: number, language: Language) => ({
  title: `${field.rowTitle[language]} ${at + 1}`,
  items: field.columns.map((c) => ({
    field: c.key,
    label: c.label[language],
    text: formatAnswer(c, row[c.key], language),
  })),
});
