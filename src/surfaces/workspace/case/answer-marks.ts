import type { FrozenItem } from '../../../modules/forms/index.ts';
import type { Submission } from '../../../modules/intake/index.ts';
import { isLanguage, translate } from '../../../platform/i18n/index.ts';
import { frozenSections } from '../../receipt-paper.ts';

type Sent = Pick<Submission, 'concern' | 'language' | 'frozen' | 'answers'>;

/** What somebody who reads a long form wants to see of an answer before they read it. */
export type AnswerMark = {
  /** Nothing was said. */
  readonly left: boolean;
  /** What stood there the last time, where it was something else. */
  readonly before: string | undefined;
};

const itemsOf = (sent: Pick<Sent, 'frozen'>): readonly FrozenItem[] =>
  frozenSections(sent.frozen).flatMap(({ items }) => items);

/** Whether questions of a form were answered: a visit, a letter or papers for a case say what came, each in a field of its own name. */
const isForm = (sent: Pick<Sent, 'answers' | 'frozen'>): boolean => {
  const answered = new Set(Object.keys((sent.answers as object | null) ?? {}));
  return itemsOf(sent).some(({ question, field }) => question !== field && answered.has(field));
};

/** The last one before it with the same form, to compare with; `all` in the order in which they came. */
export function earlierOf<Each extends Pick<Sent, 'concern' | 'answers' | 'frozen'>>(
  all: readonly Each[],
  index: number,
): Each | undefined {
  const one = all[index];
  if (one === undefined || !isForm(one)) return undefined;
  return all.slice(0, index).findLast((each) => each.concern === one.concern && isForm(each));
}

const said = ({ answers }: Sent, field: string): string =>
  JSON.stringify((answers as Readonly<Record<string, unknown>> | null)?.[field] ?? null);

/**
 * The marks of each answer by its field. Another language is no other answer: where the words differ, what was answered must differ, too. A question that was
 * not asked the last time is not compared.
 */
export function answerMarks(sent: Sent, earlier: Sent | undefined): ReadonlyMap<string, AnswerMark> {
  const empty = isLanguage(sent.language) ? translate(sent.language)('fields:notAnswered') : undefined;
  const before = new Map(earlier === undefined ? [] : itemsOf(earlier).map((item) => [item.field, item]));
  return new Map(
    itemsOf(sent).map(({ field, text }) => {
      const then = before.get(field);
      const differs = then !== undefined && earlier !== undefined && then.text !== text;
      const changed = differs && said(sent, field) !== said(earlier, field);
      return [field, { left: text === empty || text === '', before: changed ? then.text : undefined }];
    }),
  );
}

/**
 * The words in front of an answer: the field's own, or the question, where it can be answered with yes or no and the field only repeats what to tick. "Ja, jetzt
 * oder bald: Nein" is read twice; "Sind Sie in einer Klinik? Nein" is not.
 */
export function labelOf(sent: Pick<Sent, 'language'>, item: FrozenItem, items: readonly FrozenItem[]): string {
  if (!isLanguage(sent.language) || !item.questionTitle?.trim().endsWith('?')) return item.label;
  const t = translate(sent.language);
  const isYesNo = [t('fields:yes'), t('fields:no')].includes(item.text);
  const alone = items.every((each) => each === item || each.question !== item.question);
  return isYesNo && alone ? item.questionTitle : item.label;
}

/** How many of some answers were left out that were needed, and how many are others than before; `free` are fields that need no answer. */
export const countMarks = (
  marks: ReadonlyMap<string, AnswerMark>,
  items: readonly Pick<FrozenItem, 'field'>[],
  free: ReadonlySet<string> = new Set(),
) => ({
  left: items.filter(({ field }) => marks.get(field)?.left === true && !free.has(field)).length,
  changed: items.filter(({ field }) => marks.get(field)?.before !== undefined).length,
});
