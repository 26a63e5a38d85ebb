import {
  type BlockText,
  type LetterPart,
  letterBody,
  type Notice,
  type PlaceholderValues,
  type Translatable,
  translatedPassages,
} from '../modules/notices/index.ts';
import { defaultLanguage, type Language, translate } from '../platform/i18n/index.ts';
import type { PaperTranslation } from '../platform/pdf/papers.ts';

type Input = {
  readonly notice: Pick<Notice, 'language' | 'body' | 'kind' | 'reasons' | 'weighing'>;
  /** The subject as it stands on the paper. */
  readonly title: string;
  readonly remedy: BlockText;
  readonly known: readonly Translatable[];
  /** What fills the text, in the language of the translation. */
  readonly values: PlaceholderValues;
  readonly name: string;
  /** The key of what stands beside the code, where the letter has one. */
  readonly scan: string | undefined;
};

/** What stands around every translation: whose language, and, in both languages, that the German text counts (§ 19 (1) SGB X). */
export function translationFrame(language: Language, input: { readonly subject: string; readonly name: string }) {
  const t = translate(language);
  return {
    lang: language,
    title: t('notices:translation.title'),
    note: translate(defaultLanguage)('notices:translation.note'),
    ownNote: t('notices:translation.note'),
    subject: input.subject,
    salutation: t(input.name === '' ? 'letter:salutationUnknown' : 'letter:salutation', { name: input.name }),
    closing: t('letter:closing'),
  } as const;
}

/**
 * The translation that stands behind a letter, and what of the letter has none. `paper` is undefined where nothing of it has a translation: a page
 * that only says so would help nobody.
 */
export function letterTranslation(input: Input): {
  readonly paper: PaperTranslation | undefined;
  readonly untranslated: readonly string[];
} {
  const { notice, title, known, values, name } = input;
  const t = translate(notice.language);
  const passages = translatedPassages(notice.body, known, notice.language);
  const legal = legalParts(input);
  const untranslated = [...passages.flatMap((each) => ('german' in each ? [each.german] : [])), ...legal.untranslated];
  if (!passages.some((each) => 'text' in each) && !legal.translated) return { paper: undefined, untranslated };
  const gap = t('notices:translation.gap');
  const texts = passages.map((each) => ('text' in each ? each.text : gap));
  const body = texts.filter((each, at) => each !== gap || texts[at - 1] !== gap).join('\n\n');
  const parts: LetterPart[] = [
    ...letterBody(body, values, defaultLanguage).parts,
    ...legal.parts,
    ...(input.scan === undefined ? [] : [{ paragraphs: [t(input.scan)] }]),
  ];
  return { paper: { ...translationFrame(notice.language, { subject: title, name }), parts }, untranslated };
}

/** That the reasons stand in the German letter alone, and who explains them: who decided has to, also to somebody who reads no German (§ 14 SGB I). */
function explainedBy(language: Language, values: PlaceholderValues): string {
  const t = translate(language);
  const phone = values['team.phone'] || values['jobcenter.phone'];
  return phone ? t('notices:translation.reasonsCall', { phone }) : t('notices:translation.reasons');
}

/** What stands under a notice: the reasons are a person's own words, so their translation is only a heading that says where they are. */
function legalParts({ notice, remedy, values }: Input): {
  readonly parts: readonly LetterPart[];
  readonly translated: boolean;
  readonly untranslated: readonly string[];
} {
  if (notice.kind !== 'notice') return { parts: [], translated: false, untranslated: [] };
  const t = translate(notice.language);
  const german = [t('notices:translation.gap')];
  const explained = [explainedBy(notice.language, values)];
  const words = remedy.translations[notice.language];
  const own = [notice.reasons, notice.weighing].filter((each) => each.trim() !== '');
  const [first, ...rest] = words === undefined ? [{ paragraphs: german }] : letterBody(words, values).parts;
  return {
    parts: [
      ...(notice.reasons.trim() === '' ? [] : [{ heading: t('notices:paper.reasons'), paragraphs: explained }]),
      ...(notice.weighing.trim() === '' ? [] : [{ heading: t('notices:paper.weighing'), paragraphs: explained }]),
      ...under(t('notices:paper.remedy'), first, rest),
    ],
    translated: words !== undefined,
    untranslated: words === undefined ? [...own, remedy.body] : own,
  };
}

const under = (heading: string, first: LetterPart | undefined, rest: readonly LetterPart[]): LetterPart[] =>
  first?.heading === undefined ? [{ ...first, heading }, ...rest] : [{ heading }, first, ...rest];
