import { translate } from '../../../platform/i18n/index.ts';

/**
 * Why somebody of the office looked, as their pages write it into the log, in the language of whoever looked; each with the key of the words for the person
 * whose data it is. What nobody of us wrote (the purpose of a copy of the file) stays as it was written.
 */
const wordsOf: Readonly<Record<string, string>> = {
  'workspace:case.readReason': 'work',
  'together:live.readReason': 'renewed',
  'myday:standIn.readReason': 'standIn',
  'twice:readReason': 'twice',
  'search:readReason': 'search',
  'post:readReason': 'post',
  'post:returned.held': 'cameBack',
  'notices:print.readReason': 'printed',
  'employers:readReason': 'employer',
  'workspace:access.title': 'whoLooked',
  'workspace:counterDraft.title': 'draft',
};

/** The languages in which the office works. */
const languages = ['de', 'en'] as const;

let known: ReadonlyMap<string, string> | undefined;

/** Texts do not change while the program runs: they are looked up once, when somebody asks. */
const reasons = (): ReadonlyMap<string, string> => {
  known ??= new Map(
    languages.flatMap((language) => {
      const t = translate(language);
      return Object.entries(wordsOf).map(([key, words]) => [t(key), words] as const);
    }),
  );
  return known;
};

/** A reason of the log in words for the person, without a mark at its end: it stands within a sentence. */
export function lookReason(t: (key: string) => string, reason: string): string {
  const words = reasons().get(reason);
  return words === undefined ? reason.replace(/[.?!]+$/, '') : t(`portal:access.because.${words}`);
}
