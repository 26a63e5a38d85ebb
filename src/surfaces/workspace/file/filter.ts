import { dayInGermany } from '../../../kernel/dates.ts';
import { letterKinds } from '../../../modules/documents/index.ts';
import { documentStates } from '../../../modules/files/index.ts';
import type { FiledDocument } from '../../file-contents.ts';
import { queryText, type StaffVisit } from '../visit.ts';

/** What of a file is shown; everything stands in the address. */
export type FileQuery = {
  readonly teil: string;
  readonly art: string;
  readonly stand: string;
  readonly zeit: string;
  readonly vorgang: string;
  readonly sprache: string;
};

/** In the filter "language": every one but German. */
export const notGerman = 'fremd';
/** Languages other than German of the documents that have one. */
export type LanguagesOf = ReadonlyMap<string, readonly { readonly language: string }[]>;

/** States to filter by: those a person sets, and what follows from its days. */
export const filterStates = [...documentStates, 'invalid'] as const;

/** Reads the filter from the address; what is not one of the choices counts as not chosen. */
export function readFileQuery(
  visit: StaffVisit,
  choices: { parts: string[]; years: string[]; cases: string[]; languages: string[] },
): FileQuery {
  const among = (name: string, allowed: readonly string[]): string => {
    const asked = queryText(visit, name);
    return allowed.includes(asked) ? asked : '';
  };
  return {
    teil: among('teil', choices.parts),
    art: among('art', letterKinds),
    stand: among('stand', filterStates),
    zeit: among('zeit', choices.years),
    vorgang: among('vorgang', choices.cases),
    sprache: among('sprache', [notGerman, ...choices.languages]),
  };
}

/** The year of a document: of its own day, else of its arrival. */
export const yearOf = (each: FiledDocument): string => (each.facts.datedOn ?? dayInGermany(each.at)).slice(0, 4);

/** No longer valid: its last day lies before today. */
export const hasEnded = (each: FiledDocument, today: string): boolean =>
  each.facts.validUntil !== null && each.facts.validUntil < today;

/** The documents that a filter shows; older versions go with the newest. */
export const filtered = (
  documents: readonly FiledDocument[],
  query: FileQuery,
  today: string,
  languages: LanguagesOf,
): FiledDocument[] =>
  documents.filter(
    (each) =>
      (query.teil === '' || each.part === query.teil) &&
      (query.art === '' || each.facts.kind === query.art) &&
      (query.zeit === '' || yearOf(each) === query.zeit) &&
      (query.vorgang === '' || each.case.id === query.vorgang) &&
      (query.sprache === '' || isIn(languages.get(each.document.id), query.sprache)) &&
      (query.stand === '' || (query.stand === 'invalid' ? hasEnded(each, today) : each.facts.state === query.stand)),
  );

const isIn = (found: readonly { readonly language: string }[] = [], asked: string): boolean =>
  found.some(({ language }) => asked === notGerman || language === asked);
