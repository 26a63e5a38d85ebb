import { isId } from '../../../kernel/ids.ts';
import type { FieldProblem } from '../../../ui/index.ts';
import type { FormInput } from '../../request.ts';
import { paths, withQuery } from '../paths.ts';
import type { Conflict } from '../together/conflict.tsx';
import { queryText, type StaffVisit } from '../visit.ts';

/** The verbs of a case; each is a sub-resource of the same name. */
export const verbs = [
  'zuweisung',
  'anforderungen',
  'nachrichten',
  'notizen',
  'entscheidung',
  'abschluss',
  'wiederaufnahme',
  'team',
  'person',
  'konto',
  'zusage',
  'email',
  'wiedervorlage',
  'verschiebung',
] as const;
export type Verb = (typeof verbs)[number];
export const isVerb = (text: string): text is Verb => verbs.some((verb) => verb === text);

/** Keys that open a verb; `m` takes the case at once. */
export const verbKeys: Readonly<Record<Verb, string>> = {
  zuweisung: 'z',
  anforderungen: 'u',
  nachrichten: 'n',
  notizen: 'o',
  entscheidung: 'e',
  abschluss: 'a',
  wiederaufnahme: 'r',
  team: 't',
  person: 'p',
  konto: 'k',
  zusage: 'v',
  email: 'd',
  wiedervorlage: 'f',
  verschiebung: 'y',
};

/** The field of each verb that takes the focus when it opens. */
export const firstField: Readonly<Record<Verb, string>> = {
  zuweisung: 'f-staff',
  anforderungen: 'f-what',
  nachrichten: 'f-text',
  notizen: 'f-text',
  entscheidung: 'f-result',
  abschluss: 'verb',
  wiederaufnahme: 'f-reason',
  team: 'f-team',
  person: 'verb',
  konto: 'verb',
  zusage: 'f-promised',
  email: 'f-email',
  wiedervorlage: 'f-followReason',
  verschiebung: 'f-followUp',
};

/** What of a case is shown: the open verb, the document, its page and size. Everything stands in the address. */
export type CaseView = {
  readonly verb: Verb | undefined;
  readonly document: string | undefined;
  readonly page: number;
  readonly zoom: number;
  readonly search: string;
  /** What was typed and what is wrong with it, after a verb was refused. */
  readonly input: FormInput;
  readonly problems: readonly FieldProblem[];
  /** Somebody else wrote the same field while this form was open. */
  readonly conflict?: Conflict | undefined;
  /** When the shown input is a draft: since when it is kept. */
  readonly draftAt?: Date | undefined;
};

/** Widths of page pictures in pixels: strip, fitted, and two steps of zoom. */
export const widths = { strip: 144, steps: [900, 1500, 2200] } as const;

export function readView(visit: StaffVisit, extra: Partial<CaseView> = {}): CaseView {
  const query = (name: string): string => queryText(visit, name);
  const document = query('dok');
  return {
    verb: verbs.find((verb) => verb === query('tun')),
    document: isId(document) ? document : undefined,
    page: Math.max(1, Math.min(9_999, Number.parseInt(query('seite'), 10) || 1)),
    zoom: Math.max(0, Math.min(widths.steps.length - 1, Number.parseInt(query('zoom'), 10) || 0)),
    search: query('suche').slice(0, 100),
    input: isId(query('folge')) ? { followUp: query('folge') } : {},
    problems: [],
    ...extra,
  };
}

/** The address of the case with a changed view; the document stays beside the work. */
export function viewPath(
  caseId: string,
  view: CaseView,
  change: Partial<Record<keyof CaseView, string | number | undefined>>,
): string {
  const next = { verb: view.verb, document: view.document, page: view.page, zoom: view.zoom, ...change };
  return withQuery(paths.case(caseId), {
    tun: next.verb === undefined ? undefined : String(next.verb),
    dok: next.document === undefined ? undefined : String(next.document),
    seite: Number(next.page) > 1 ? String(next.page) : undefined,
    zoom: Number(next.zoom) > 0 ? String(next.zoom) : undefined,
  });
}
