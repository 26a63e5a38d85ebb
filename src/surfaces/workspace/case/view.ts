import { isId } from '../../../kernel/ids.ts';
import type { FieldProblem } from '../../../ui/index.ts';
import type { FormInput } from '../../request.ts';
import type { Question } from '../free-day.tsx';
import { paths, withQuery } from '../paths.ts';
import type { Conflict } from '../together/conflict.tsx';
import { queryText, type StaffVisit } from '../visit.ts';

type VerbKey = {
  /** The key that opens it; `m` takes the case at once. A verb without one stands in its block and not in the bar. */
  readonly key?: string;
  /** The field that takes the focus when it opens. */
  readonly first: string;
};

/** The verbs of the case itself; each is a sub-resource of the same name. */
const caseVerbs = {
  zuweisung: { key: 'z', first: 'f-staff' },
  anforderungen: { key: 'u', first: 'f-what' },
  nachrichten: { key: 'n', first: 'f-text' },
  entscheidung: { key: 'e', first: 'f-result' },
  abschluss: { key: 'a', first: 'verb' },
  wiederaufnahme: { key: 'r', first: 'f-reason' },
  team: { key: 't', first: 'f-team' },
  person: { key: 'p', first: 'verb' },
  konto: { key: 'k', first: 'verb' },
  zusage: { key: 'v', first: 'f-promised' },
  email: { key: 'd', first: 'f-email' },
  wiedervorlage: { key: 'f', first: 'f-followReason' },
  verschiebung: { key: 'y', first: 'f-followUp' },
} as const satisfies Record<string, VerbKey>;

/** Verbs of other rooms: a line here, and what belongs to them in `more-verbs.ts`. */
const moreVerbKeys = {
  notizen: { key: 'o', first: 'f-text' },
  nachreichung: { first: 'f-why' },
  pruefung: { first: 'f-matter' },
  termin: { key: 'c', first: 'f-whom' },
  terminverlegung: { first: 'f-day' },
  terminergebnis: { first: 'f-how' },
  vereinbarung: { key: 'i', first: 'f-side' },
  vereinbarungsstand: { first: 'f-entry' },
  ziel: { first: 'f-words' },
  staerke: { first: 'f-words' },
  belastung: { first: 'f-words' },
  umfeld: { first: 'f-words' },
  eintragsende: { first: 'f-entry' },
  durchsicht: { first: 'f-summary' },
  vorschlag: { key: 'l', first: 'f-proposalKind' },
  verlauf: { first: 'f-entry' },
  betrieb: { first: 'f-employer' },
  weitervermittlung: { key: 'q', first: 'f-service' },
  rueckmeldung: { first: 'f-entry' },
  felder: { key: 'x', first: 'verb' },
  brief: { key: 'b', first: 'f-template' },
  zustellweg: { first: 'f-way' },
  fakten: { key: 'w', first: 'verb' },
} as const satisfies Record<string, VerbKey>;

const table = { ...caseVerbs, ...moreVerbKeys };
export type CaseVerb = keyof typeof caseVerbs;
export type MoreVerb = keyof typeof moreVerbKeys;
export type Verb = CaseVerb | MoreVerb;
export const verbs = Object.keys(table) as readonly Verb[];
/** Whether a verb is of the case itself, and not of another room. */
export const isCaseVerb = (verb: Verb): verb is CaseVerb => Object.hasOwn(caseVerbs, verb);
export const isVerb = (text: string): text is Verb => Object.hasOwn(table, text);

const keyOf = (verb: VerbKey): string | undefined => verb.key;
const each = <T>(of: (verb: VerbKey) => T) =>
  Object.fromEntries(verbs.map((verb) => [verb, of(table[verb])])) as Readonly<Record<Verb, T>>;
export const verbKeys = each(keyOf);
export const firstField = each((verb) => verb.first);

/** What of a case is shown: the open verb, the document, its page and size. Everything stands in the address. */
export type CaseView = {
  readonly verb: Verb | undefined;
  readonly document: string | undefined;
  readonly page: number;
  readonly zoom: number;
  /** Words by which a person is looked for, and whether names written alike are wanted too. */
  readonly search: string;
  readonly names: string;
  /** Blocks that the view hides are shown as well. */
  readonly all: boolean;
  /** What was typed and what is wrong with it, after a verb was refused. */
  readonly input: FormInput;
  readonly problems: readonly FieldProblem[];
  /** What is asked before it is done. */
  readonly question?: Question | undefined;
  /** Somebody else wrote the same field while this form was open. */
  readonly conflict?: Conflict | undefined;
  /** When the shown input is a draft: since when it is kept. */
  readonly draftAt?: Date | undefined;
};

/** Widths of page pictures in pixels: strip, fitted, and two steps of zoom. */
export const widths = { strip: 144, steps: [900, 1500, 2200] } as const;

/** Reads what is shown from the address, or from the hidden fields of a form (`query`). */
export function readView(
  visit: StaffVisit,
  extra: Partial<CaseView> = {},
  query: (name: string) => string = (name) => queryText(visit, name),
): CaseView {
  const document = query('dok');
  return {
    verb: verbs.find((verb) => verb === query('tun')),
    document: isId(document) ? document : undefined,
    page: Math.max(1, Math.min(9_999, Number.parseInt(query('seite'), 10) || 1)),
    zoom: Math.max(0, Math.min(widths.steps.length - 1, Number.parseInt(query('zoom'), 10) || 0)),
    search: query('suche').slice(0, 100),
    names: query('namen'),
    all: query('alles') === 'ja',
    input: {
      ...(isId(query('folge')) ? { followUp: query('folge') } : {}),
      ...(query('fakt') === '' ? {} : { factKind: query('fakt') }),
      ...(isId(query('ersetzt')) ? { replaces: query('ersetzt') } : {}),
      ...(isId(query('richtigt')) ? { corrects: query('richtigt') } : {}),
      ...(isId(query('beantwortet')) ? { answered: query('beantwortet') } : {}),
      ...(isId(query('eintrag')) ? { entry: query('eintrag') } : {}),
      ...(/^([a-z]{2}|und-[A-Z][a-z]{3})$/.test(query('sprache')) ? { translation: query('sprache') } : {}),
    },
    problems: [],
    ...extra,
  };
}

/** The address of a verb's form, about the thing with this id where one is meant. */
export const verbPath = (caseId: string, view: CaseView, verb: Verb, entry?: string): string => {
  const path = viewPath(caseId, view, { verb });
  return `${path}${entry === undefined ? '' : `&eintrag=${entry}`}#${firstField[verb]}`;
};

/** The address of the case with a changed view; the document stays beside the work. */
export function viewPath(
  caseId: string,
  view: CaseView,
  change: Partial<Record<keyof CaseView, string | number | boolean | undefined>>,
): string {
  const next = { verb: view.verb, document: view.document, page: view.page, zoom: view.zoom, all: view.all, ...change };
  return withQuery(paths.case(caseId), {
    tun: next.verb === undefined ? undefined : String(next.verb),
    dok: next.document === undefined ? undefined : String(next.document),
    seite: Number(next.page) > 1 ? String(next.page) : undefined,
    zoom: Number(next.zoom) > 0 ? String(next.zoom) : undefined,
    alles: next.all === true ? 'ja' : undefined,
  });
}
