import { canonicalJson, type Json } from '../../kernel/canonical.ts';
import { isLanguage, translate } from '../../platform/i18n/index.ts';
import type { Answers, FormDefinition, FrozenAnswers, Period } from '../forms/index.ts';
import type { Submission } from '../intake/index.ts';

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

type Said = Pick<Submission, 'answers' | 'frozen' | 'language' | 'channel'>;

/**
 * What a submission says, with each document named by its bytes instead of its id, so that the same request looks the same. Where a
 * channel has no answers by field (telephone, e-mail), the words as they were written down are what was said.
 */
export function contentOf(said: Said, hashes: ReadonlyMap<string, string>): string {
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return hashes.get(value) ?? value;
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each as Json)]));
  };
  const answers = said.channel === 'email' ? {} : said.answers; // of no form: marks of the message, new with each
  return canonicalJson([walk(answers), wordsOf(said), [...hashes.values()].sort()]);
}

/** True when more came than documents: something was said. */
export const saysSomething = (said: Said): boolean => hasAnswers(said) || wordsOf(said).length > 0;

const hasAnswers = ({ answers }: Said): boolean =>
  typeof answers === 'object' &&
  answers !== null &&
  Object.values(answers).some((value) => !(typeof value === 'object' && value !== null && 'documents' in value));

/** The hash of a message as it came over the wire: of two that say the same it differs. */
const digest = /^[0-9a-f]{64}$/;

/** What stands in the frozen answers, question by question, without what was left empty and without names of files. */
function wordsOf({ answers, frozen, language }: Said): string[] {
  const empty = translate(isLanguage(language) ? language : 'de')('fields:notAnswered');
  const sections = (frozen as Partial<FrozenAnswers> | null)?.sections ?? [];
  const files = new Set(Object.keys((answers ?? {}) as object));
  return sections
    .flatMap((section) => section.items)
    .filter((item) => item.text !== '' && item.text !== empty && !files.has(item.field) && !digest.test(item.text))
    .map((item) => `${item.field}: ${item.text}`);
}
