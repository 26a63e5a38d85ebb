import { defaultLanguage, type Language, languages } from '../../platform/i18n/index.ts';
import { checkPlaceholders, placeholdersIn } from './placeholders.ts';

/** The languages that a text block may carry beside German. */
export const translationLanguages: readonly Language[] = languages.filter((each) => each !== defaultLanguage);

/** The words of a block in other languages, each a translation of its German words. */
export type Translations = Readonly<Partial<Record<Language, string>>>;

/** A version of a block, for finding its words in a letter. */
export type Translatable = { readonly body: string; readonly translations: Translations };

/** A piece of a letter: its translation, or German words that have none. */
export type Passage = { readonly text: string } | { readonly german: string };

/** Paragraphs of a text, spaces and line ends made alike: two that differ in nothing else say the same. */
const paragraphsOf = (text: string): string[] =>
  text
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((each) =>
      each
        .split('\n')
        .map((line) => line.trim().replace(/\s+/g, ' '))
        .join('\n')
        .trim(),
    )
    .filter((each) => each !== '');

/**
 * The translation of a letter, piece by piece. A passage is translated as long as it stands in the letter word by word as a version of a block has it;
 * what somebody changed or wrote themselves stays German, because nobody has translated it. `known`: all versions of all blocks; of several with the
 * same German words the first one counts, also where it has no translation (any more).
 */
export function translatedPassages(body: string, known: readonly Translatable[], language: Language): Passage[] {
  const versions = distinctVersions(known)
    .map((each) => ({ paragraphs: paragraphsOf(each.body), text: each.translations[language] }))
    .filter(({ paragraphs, text }) => paragraphs.length > 0 && text !== undefined)
    .sort((a, b) => b.paragraphs.length - a.paragraphs.length);
  const letter = paragraphsOf(body);
  const passages: Passage[] = [];
  for (let at = 0; at < letter.length; ) {
    const found = versions.find(({ paragraphs }) => paragraphs.every((each, index) => letter[at + index] === each));
    if (found?.text !== undefined) passages.push({ text: found.text });
    else passages.push({ german: letter[at] ?? '' });
    at += found?.paragraphs.length ?? 1;
  }
  return passages;
}

/** The words of a text, for comparing: spaces and line ends between them do not count. */
const wordsOf = (text: string): string => paragraphsOf(text).join('\n\n');

/** Whether two texts say the same word by word. */
export const sameWords = (one: string, other: string): boolean => wordsOf(one) === wordsOf(other);

/** Of versions with the same German words the first one. */
const distinctVersions = (known: readonly Translatable[]): Translatable[] => [
  ...new Map(known.toReversed().map((each) => [wordsOf(each.body), each])).values(),
];

/** Whether a translation says something else than the German text where both are filled from the case; gives the places that differ. */
export function translationProblems(body: string, translation: string): string[] {
  const wrong = checkPlaceholders(translation).map(({ name }) => name);
  const [here, there] = [placeholdersIn(body), placeholdersIn(translation)];
  const differs = [...here.filter((each) => !there.includes(each)), ...there.filter((each) => !here.includes(each))];
  return [...new Set([...wrong, ...differs])];
}
