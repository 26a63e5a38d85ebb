import { formatLanguage, Icon } from '../../ui/index.ts';
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
