import { isId } from '../../../kernel/ids.ts';
import {
  ANY_LANGUAGE,
  askedTerms,
  type EntryKind,
  entryKinds,
  fits,
  type TextHit,
  type TextQuery,
} from '../../../modules/search/index.ts';
import { foreignLanguages } from '../languages.tsx';
import { paths } from '../paths.ts';
import { alikeToo } from '../people/look-up.ts';
import { queryText, type StaffVisit } from '../visit.ts';
import { closedLink } from '../words-in-addresses.ts';

export const periods = ['30', '90', '365'] as const;
/** In the filter "by whom": the reader themselves. */
export const me = 'ich';
/** In the filter "language": every one but German. */
export const notGerman = 'fremd';
/** In the order: the newest first, however well it fits. */
export const byTime = 'zeit';

/** What the address of a search page asks for; everything but the words may be empty. */
export type Asked = {
  readonly q: string;
  readonly art: string;
  readonly thema: string;
  readonly seit: string;
  readonly von: string;
  readonly sprache: string;
  readonly nach: string;
  /** Names written alike are wanted too, although somebody has the name as it was typed. */
  readonly namen: string;
  /** Where this page of texts begins, behind where those before it began: one place a page. */
  readonly ab: string;
};

const dayMs = 86_400_000;
/** An address holds the places of about fifty pages. */
const mostPlaces = 4_000;

/** Reads the address; what no filter knows is left out. */
export function askedOf(visit: StaffVisit): Asked {
  const text = (name: string): string => queryText(visit, name).trim().slice(0, 100);
  const oneOf = (name: string, known: readonly string[]): string => known.find((each) => each === text(name)) ?? '';
  const von = text('von');
  return {
    q: text('q'),
    art: oneOf('art', entryKinds),
    thema: text('thema'),
    seit: oneOf('seit', periods),
    von: von === me || von === 'client' || isId(von) ? von : '',
    sprache: oneOf('sprache', [notGerman, ...foreignLanguages]),
    nach: oneOf('nach', [byTime]),
    namen: oneOf('namen', [alikeToo]),
    ab: queryText(visit, 'ab').trim().slice(0, mostPlaces),
  };
}

export const isNarrowed = (asked: Asked): boolean =>
  [asked.art, asked.thema, asked.seit, asked.von, asked.sprache].some((value) => value !== '');

/** The same search with something changed; its words stand closed in the address. */
export const searchPath = (visit: StaffVisit, asked: Asked, change: Partial<Asked> = {}): string =>
  closedLink(visit, paths.search, { ...asked, ab: '', ...change });

const placesOf = (asked: Asked): string[] => asked.ab.split(' ').filter((place) => place !== '');
/** Which page of texts this is, from 1 on. */
export const pageOf = (asked: Asked): number => placesOf(asked).length + 1;
/** Where the page before this one begins. */
export const pageBefore = (asked: Asked): string => placesOf(asked).slice(0, -1).join(' ');
/** Where the page behind the last hit of this one begins; undefined where the address would hold no more. */
export const pageBehind = (asked: Asked, { at, id, fit }: TextHit): string | undefined => {
  const all = [...placesOf(asked), `${at.toISOString()}_${id}_${fit ?? ''}`].join(' ');
  return all.length > mostPlaces ? undefined : all;
};

/** The question to the index. */
export function textQuery(visit: StaffVisit, asked: Asked): TextQuery {
  const [at = '', id = '', place = ''] = (placesOf(asked).at(-1) ?? '').split('_');
  const before = new Date(at);
  const order = asked.nach === byTime ? 'time' : 'fit';
  const fit = order === 'time' ? undefined : fits.find((each) => each === place);
  const goesOn = Number.isFinite(before.getTime()) && isId(id) && (order === 'time' || fit !== undefined);
  return {
    terms: askedTerms(asked.q),
    order,
    ...(asked.art === '' ? {} : { kind: asked.art as EntryKind }),
    ...(asked.thema === '' ? {} : { topic: asked.thema }),
    ...(asked.von === '' ? {} : { author: asked.von === me ? visit.staff.id : asked.von }),
    ...(asked.seit === '' ? {} : { from: new Date(visit.services.clock.now().getTime() - Number(asked.seit) * dayMs) }),
    ...(asked.sprache === '' ? {} : { language: asked.sprache === notGerman ? ANY_LANGUAGE : asked.sprache }),
    ...(goesOn ? { before: { at: before, id, ...(fit && { fit }) } } : {}),
  };
}
