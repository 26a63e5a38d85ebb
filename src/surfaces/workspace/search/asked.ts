import { isId } from '../../../kernel/ids.ts';
import { askedTerms, type EntryKind, entryKinds, type TextQuery } from '../../../modules/search/index.ts';
import { paths, withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';

export const periods = ['30', '90', '365'] as const;
/** In the filter "by whom": the reader themselves. */
export const me = 'ich';

/** What the address of a search page asks for; everything but the words may be empty. */
export type Asked = {
  readonly q: string;
  readonly art: string;
  readonly thema: string;
  readonly seit: string;
  readonly von: string;
  /** Where the next page of texts begins. */
  readonly ab: string;
};

const dayMs = 86_400_000;

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
    ab: text('ab'),
  };
}

export const isNarrowed = (asked: Asked): boolean =>
  asked.art !== '' || asked.thema !== '' || asked.seit !== '' || asked.von !== '';

/** The same search with something changed. */
export const searchPath = (asked: Asked, change: Partial<Asked> = {}): string =>
  withQuery(paths.search, { ...asked, ab: '', ...change });

/** The question to the index. */
export function textQuery(visit: StaffVisit, asked: Asked): TextQuery {
  const [at = '', id = ''] = asked.ab.split('_');
  const before = new Date(at);
  return {
    terms: askedTerms(asked.q),
    ...(asked.art === '' ? {} : { kind: asked.art as EntryKind }),
    ...(asked.thema === '' ? {} : { topic: asked.thema }),
    ...(asked.von === '' ? {} : { author: asked.von === me ? visit.staff.id : asked.von }),
    ...(asked.seit === '' ? {} : { from: new Date(visit.services.clock.now().getTime() - Number(asked.seit) * dayMs) }),
    ...(Number.isFinite(before.getTime()) && isId(id) ? { before: { at: before, id } } : {}),
  };
}
