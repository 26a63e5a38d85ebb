import type { Language } from '../../platform/i18n/index.ts';
import type { HelpKey } from './keys.ts';
import type { TextProblem } from './text-file.ts';
import type { AnyText, HelpText, NewsEntry, ReadText, TextKind, TourTask } from './texts.ts';

/** A file as it was found: of which kind and language, and what it gave. */
export type FoundFile = {
  readonly kind: TextKind;
  readonly language: string;
  readonly key: string;
  readonly own: boolean;
  /** Its path below the folder of the texts, for people who look for it. */
  readonly file: string;
  readonly read: ReadText;
};
export type BrokenFile = { readonly file: string; readonly problems: readonly TextProblem[] };

/** All texts of a Jobcenter: those that Tandem brings, with its own in their place. */
export type Shelf = {
  /** An explanation, in German where the language has none; undefined where the Jobcenter hides it. */
  readonly help: (language: Language, key: HelpKey) => HelpText | undefined;
  readonly allHelp: (language: Language) => readonly HelpText[];
  /** What changed up to a day (ISO), the newest first. */
  readonly news: (language: Language, until: string) => readonly NewsEntry[];
  /** The tasks of the first week, in order. */
  readonly tour: (language: Language) => readonly TourTask[];
  /** Files of the Jobcenter that are not used because of what is wrong with them. */
  readonly broken: readonly BrokenFile[];
};

/** Puts the files of a Jobcenter over the shipped ones: a sound file of the same name replaces, a broken one changes nothing. */
export function makeShelf(files: readonly FoundFile[]): Shelf {
  const texts = new Map<string, AnyText>();
  for (const own of [false, true])
    for (const file of files.filter((each) => each.own === own).toSorted(germanFirst)) {
      const place = `${file.kind}/${file.language}/${file.key}`;
      // What the house says in German must not be contradicted by a shipped translation.
      if (own && file.language === 'de' && file.read.kind !== 'problems') hide(texts, file);
      if (file.read.kind === 'text') texts.set(place, file.read.text);
      else if (file.read.kind === 'hidden') hide(texts, file);
    }
  const list = <T extends AnyText>(kind: TextKind, language: Language): T[] => {
    const wanted = new Map<string, AnyText>();
    for (const each of ['de', language])
      for (const [place, text] of texts) if (place.startsWith(`${kind}/${each}/`)) wanted.set(text.key, text);
    return [...wanted.values()] as T[];
  };
  return {
    help: (language, key) =>
      (texts.get(`help/${language}/${key}`) ?? texts.get(`help/de/${key}`)) as HelpText | undefined,
    allHelp: (language) =>
      list<HelpText>('help', language).sort((a, b) => a.title.localeCompare(b.title, language) || order(a, b)),
    news: (language, until) =>
      list<NewsEntry>('news', language)
        .filter((entry) => entry.date <= until)
        .sort((a, b) => b.date.localeCompare(a.date) || order(b, a)),
    tour: (language) => list<TourTask>('tour', language).sort((a, b) => a.day - b.day || order(a, b)),
    broken: files.flatMap(({ file, read }) => (read.kind === 'problems' ? [{ file, problems: read.problems }] : [])),
  };
}

/** What is hidden in German is hidden in every language: German is the source. */
function hide(texts: Map<string, AnyText>, { kind, language, key }: FoundFile): void {
  for (const place of [...texts.keys()]) {
    const [ofKind, ofLanguage, ofKey] = place.split('/');
    if (ofKind === kind && ofKey === key && (language === 'de' || ofLanguage === language)) texts.delete(place);
  }
}

const germanFirst = (a: FoundFile, b: FoundFile): number => Number(b.language === 'de') - Number(a.language === 'de');

const order = (a: AnyText, b: AnyText): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
