import { formatLanguage, Icon, type Option } from '../../ui/index.ts';
import type { StaffVisit } from './visit.ts';

type InLanguage = { readonly language: string };

/** Languages of a paper by their names: `Polnisch, Englisch`. */
export const namesOfLanguages = (visit: StaffVisit, found: readonly InLanguage[]): string =>
  found.map(({ language }) => formatLanguage(language, visit.language, visit.t)).join(', ');

/** That a paper is not in German, beside its name; nothing for one that is, or of which nobody can tell. */
export const NotInGerman = ({ visit, found }: { visit: StaffVisit; found: readonly InLanguage[] | undefined }) =>
  found === undefined || found.length === 0 ? null : (
    <span class="tw-sub">
      <Icon name="info" small /> {visit.t('workspace:foreign.paper', { languages: namesOfLanguages(visit, found) })}
    </span>
  );

/** Official languages of the European Union: a paper in one of them may not be refused for its language (Art. 76 (7) Regulation (EC) 883/2004). */
const ofTheUnion: ReadonlySet<string> = new Set(
  'bg cs da el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' '),
);
/** Where the script alone is known, the language of the Union that is written in it. */
export const maybeOfTheUnion = ({ language }: InLanguage): string | undefined =>
  language === 'und-Cyrl' ? 'bg' : language === 'und-Grek' ? 'el' : undefined;
export const isOfTheUnion = ({ language }: InLanguage): boolean => ofTheUnion.has(language);

/**
 * The languages a paper may be named in beside German: those the detector knows, and scripts where the language is not sure. All of them are offered
 * wherever somebody looks through the house, because a list of those that are there would tell of papers that the reader may not open.
 */
export const foreignLanguages: readonly string[] = (
  'am ar az be bg bn ca cs da el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no or pa pl pt ro ru sk sl sq sr sv ' +
  'ta te th tl tr uk ur vi yo zh und-Cyrl und-Arab und-Grek und-Hebr und-Ethi und-Geor und-Armn'
).split(' ');

/** Languages to choose from, by their names; scripts behind them. */
export const languageOptions = (visit: StaffVisit, codes: readonly string[]): Option[] => {
  const option = (value: string): Option => ({ value, label: formatLanguage(value, visit.language, visit.t) });
  const byName = (some: readonly string[]): Option[] =>
    some.map(option).sort((a, b) => a.label.localeCompare(b.label, visit.language));
  const isScript = (code: string): boolean => code.startsWith('und-');
  return [...byName(codes.filter((code) => !isScript(code))), ...byName(codes.filter(isScript))];
};
