import { isId } from '../../../kernel/ids.ts';
import { paths, withQuery } from '../paths.ts';
import { queryText, type StaffVisit } from '../visit.ts';

/** Sizes of the page: fitted into its column, and two steps of zoom. */
export const zooms = [0, 1, 2] as const;
/** What is open beside the page. */
export const panels = ['angaben', 'markieren', 'verlegen'] as const;
export type Panel = (typeof panels)[number];

/** What the reader shows; everything stands in the address. */
export type ReaderView = {
  readonly page: number;
  readonly zoom: number;
  /** Words that are highlighted. */
  readonly search: string;
  /** A fact that was read on the page: its words are shown as well. */
  readonly fact: string | undefined;
  readonly panel: Panel | undefined;
  /** The document beside it, and its page. */
  readonly beside: string | undefined;
  readonly besidePage: number;
};

const whole = (text: string): number => Math.max(1, Math.min(9_999, Number.parseInt(text, 10) || 1));

export function readReaderView(visit: StaffVisit): ReaderView {
  const query = (name: string): string => queryText(visit, name);
  const beside = query('neben');
  const fact = query('stelle');
  return {
    page: whole(query('seite')),
    zoom: Math.max(0, Math.min(zooms.length - 1, Number.parseInt(query('zoom'), 10) || 0)),
    search: query('suche').slice(0, 100),
    fact: isId(fact) ? fact : undefined,
    panel: panels.find((each) => each === query('tun')),
    beside: isId(beside) ? beside : undefined,
    besidePage: whole(query('nebenseite')),
  };
}

/** The address of a document in the reader; what is not the usual view stands in its query. */
export function readerPath(documentId: string, view: Partial<ReaderView>, ok?: string): string {
  const number = (value: number | undefined, usual: number): string | undefined =>
    value === undefined || value === usual ? undefined : String(value);
  return withQuery(paths.document(documentId), {
    seite: number(view.page, 1),
    zoom: number(view.zoom, 0),
    suche: view.search,
    stelle: view.fact,
    tun: view.panel,
    neben: view.beside,
    ok,
    nebenseite: view.beside === undefined ? undefined : number(view.besidePage, 1),
  });
}
