import { isId } from '../../../kernel/ids.ts';
import {
  findCase,
  type InboxRow,
  looksForPeople,
  openRequiredItems,
  type RequiredItem,
  searchCases,
} from '../../../modules/cases/index.ts';
import type { LetterKind } from '../../../modules/documents/index.ts';
import { submissionDocuments } from '../../../modules/intake/index.ts';
import { lettersOut, type OutLetter } from '../../../modules/notices/index.ts';
import { type FoundPerson, type Match, matchPerson, peopleByIds } from '../../../modules/people/index.ts';
import {
  findLetter,
  freeNeighbours,
  type LetterSuggestion,
  lastFiled,
  pagesOfLetter,
  type ScanBatch,
  type ScanLetter,
  type ScanPage,
} from '../../../modules/post/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import { type LookedUp, peopleQuery, showPeople } from '../people/look-up.ts';
import { queryText, type StaffVisit } from '../visit.ts';

export type OpenCase = { readonly row: InboxRow; readonly items: readonly RequiredItem[] };

/** Everything the page of one letter shows. */
export type LetterView = {
  readonly letter: ScanLetter;
  readonly batch: ScanBatch;
  readonly pages: readonly ScanPage[];
  /** The page of the letter that is shown, and its place from 1. */
  readonly page: ScanPage | undefined;
  readonly place: number;
  readonly zoom: number;
  readonly matches: readonly Match[];
  /** The person chosen or suggested; undefined: nobody is known. */
  readonly person: FoundPerson | undefined;
  readonly cases: readonly OpenCase[];
  /** The case whose code or number is printed on the letter, though it is of another team. */
  readonly foreignCase: { readonly caseId: string; readonly itemId?: string } | undefined;
  /** Letters of ours that this may be, come back unopened. */
  readonly returns: readonly OutLetter[];
  /** `neu`, a case, or `<case>:<item>`. */
  readonly target: string;
  readonly search: string;
  /** Who was found by it; undefined where nothing was looked for. */
  readonly found: LookedUp | undefined;
  readonly last: ScanLetter | undefined;
  /** Letters beside it in the stack that may still give and take pages. */
  readonly beside: { readonly before: boolean; readonly after: boolean };
};

const given = (visit: StaffVisit, name: string): string =>
  visit.c.req.method === 'GET' ? queryText(visit, name) : one(visit.input, name);

/** Reads a letter with whom and what it may belong to; undefined when the reader may not see it. */
export async function loadLetter(visit: StaffVisit, tx: Tx): Promise<LetterView | undefined> {
  const id = visit.c.req.param('id');
  const found = isId(id) ? await findLetter(tx, visit.reader, id) : undefined;
  if (found === undefined) return undefined;
  const { letter, batch } = found;
  const pages = await pagesOfLetter(tx, letter.id);
  const wanted = Number.parseInt(given(visit, 'seite'), 10);
  const page = pages.find((each) => each.page === wanted) ?? pages.find((each) => !each.blank) ?? pages[0];
  const own = await ownCases(tx, visit, letter);
  const matches = !looksForPeople(visit.reader) ? [] : await matchesOf(tx, letter.suggestion);
  const person = await choosePerson(tx, visit, letter, matches, own);
  const cases = await openCases(tx, visit, person, own);
  const foreign = await foreignCase(tx, letter, cases);
  const search = given(visit, 'suche').slice(0, 100);
  return {
    letter,
    batch,
    pages,
    page,
    place: page === undefined ? 1 : pages.indexOf(page) + 1,
    zoom: queryText(visit, 'zoom') === '1' ? 1 : 0,
    matches,
    person,
    cases,
    foreignCase: foreign,
    returns: await mayBeReturned(tx, letter),
    target:
      one(visit.input, 'case') || (await lastTarget(tx, letter, cases, foreign)) || targetOf(letter, cases, foreign),
    search,
    found: await showPeople(tx, visit, peopleQuery(search), given(visit, 'namen')),
    last: await lastFiled(tx, batch.id, visit.staff.id),
    beside: await freeNeighbours(tx, letter),
  };
}

/** Where a letter carries our code: those of its case that were handed to the post and may come back. A suggestion, never more. */
export const mayBeReturned = async (tx: Tx, { state, submissionId, suggestion }: ScanLetter): Promise<OutLetter[]> =>
  suggestion.returns === undefined || submissionId !== null || (state !== 'open' && state !== 'aside')
    ? []
    : lettersOut(tx, suggestion.returns.caseId, suggestion.returns.itemId);

/** The case a letter is in already, and those whose code or number it carries, as far as the reader sees them. */
async function ownCases(tx: Tx, visit: StaffVisit, letter: ScanLetter): Promise<InboxRow[]> {
  const { returns, caseNumbers } = letter.suggestion;
  const numbers = [...caseNumbers];
  for (const id of [letter.caseId, returns?.caseId]) {
    const found = id === undefined || id === null ? undefined : await findCase(tx, visit.reader, id);
    if (found !== undefined) numbers.unshift(found.number);
  }
  const rows: InboxRow[] = [];
  for (const number of new Set(numbers)) rows.push(...(await searchCases(tx, visit.reader, { number })));
  return rows;
}

const mostTries = 12;

/** People whom the names, days of birth and numbers on the letter may mean, the surest first, each once. */
async function matchesOf(tx: Tx, suggestion: LetterSuggestion): Promise<Match[]> {
  const { names, birthDates, fileNumbers } = suggestion;
  const tries = names.flatMap((name) => [name, { familyName: name.givenName, givenName: name.familyName }]);
  const found = new Map<string, Match>();
  const note = (match: Match): void => {
    const known = found.get(match.id);
    if (known === undefined || known.reasons.length < match.reasons.length) found.set(match.id, match);
  };
  for (const name of tries.slice(0, mostTries)) {
    for (const birthDate of [...birthDates, undefined])
      for (const match of await matchPerson(tx, { ...name, ...(birthDate === undefined ? {} : { birthDate }) }))
        note(match);
    for (const fileNumber of fileNumbers)
      for (const match of await matchPerson(tx, { ...name, fileNumber })) note(match);
  }
  for (const fileNumber of fileNumbers)
    for (const match of await matchPerson(tx, { familyName: '', givenName: '', fileNumber })) note(match);
  return [...found.values()].sort((a, b) => b.reasons.length - a.reasons.length).slice(0, 3);
}

/** Two reasons, one of them the name: sure enough to be offered first. Everything else only stands in the list. */
const isSure = (match: Match): boolean => match.reasons.length >= 2 && match.reasons.includes('name');

async function choosePerson(
  tx: Tx,
  visit: StaffVisit,
  letter: ScanLetter,
  matches: readonly Match[],
  own: readonly InboxRow[],
): Promise<FoundPerson | undefined> {
  const wanted = given(visit, 'person');
  if (wanted === 'niemand') return undefined;
  if (isId(wanted) && looksForPeople(visit.reader)) return (await peopleByIds(tx, [wanted]))[0];
  const known = letter.suggestion.returns !== undefined || letter.caseId !== null ? own[0] : undefined;
  const ofCase = known === undefined ? undefined : (await findCase(tx, visit.reader, known.id))?.personId;
  if (ofCase) return (await peopleByIds(tx, [ofCase]))[0];
  const sure = matches.filter(isSure);
  return sure.length === 1 ? sure[0] : undefined;
}

async function openCases(
  tx: Tx,
  visit: StaffVisit,
  person: FoundPerson | undefined,
  own: readonly InboxRow[],
): Promise<OpenCase[]> {
  const theirs =
    person === undefined
      ? []
      : (await searchCases(tx, visit.reader, { personIds: [person.id] })).filter((row) => row.state !== 'closed');
  const rows = new Map([...own, ...theirs].map((row) => [row.id, row]));
  const cases: OpenCase[] = [];
  for (const row of rows.values()) cases.push({ row, items: await openRequiredItems(tx, row.id) });
  return cases;
}

/** The case of another team whose code the letter carries, with the item as long as that is missing. */
async function foreignCase(tx: Tx, letter: ScanLetter, cases: readonly OpenCase[]): Promise<LetterView['foreignCase']> {
  const { returns } = letter.suggestion;
  if (returns === undefined || cases.some(({ row }) => row.id === returns.caseId)) return undefined;
  const { caseId, itemId } = returns;
  const missing = itemId !== undefined && (await openRequiredItems(tx, caseId)).some(({ id }) => id === itemId);
  return missing ? returns : { caseId };
}

/** Words in a request that fit a kind of letter. */
const itemWords: Readonly<Partial<Record<LetterKind, RegExp>>> = {
  payslip: /lohn|gehalt|verdienst|einkommen|entgelt|abrechnung/i,
  'rent-contract': /miet|wohnungsgeber/i,
  'utility-bill': /neben|betriebs|heiz|strom|gas|energie/i,
  'account-statement': /konto|auszug/i,
  termination: /kündig/i,
  certificate: /bescheinigung|urkunde|attest|zeugnis|mutterpass|nachweis/i,
  form: /antrag|anlage|formular/i,
};

/** Where a letter that is corrected lay: its case, with the item that it answered there as long as that is missing. */
async function lastTarget(
  tx: Tx,
  letter: ScanLetter,
  cases: readonly OpenCase[],
  foreign: LetterView['foreignCase'],
): Promise<string | undefined> {
  if (letter.caseId === null || letter.submissionId === null) return undefined;
  const named = (await submissionDocuments(tx, letter.submissionId)).map((document) => document.requiredItemId);
  const own = cases.find(({ row }) => row.id === letter.caseId);
  if (own === undefined) return targetOf(letter, cases, foreign); // a case of another team, whose code the letter carries
  const item = own.items.find(({ id }) => named.includes(id));
  return item === undefined ? letter.caseId : `${letter.caseId}:${item.id}`;
}

/**
 * Where the letter is suggested to go: the item whose code it carries, as long as that is missing, or that it fits; its case; otherwise a new concern.
 * `foreign`: the case of another team whose code it carries.
 */
export function targetOf(
  letter: Pick<ScanLetter, 'suggestion'>,
  cases: readonly { readonly row: Pick<InboxRow, 'id' | 'number'>; readonly items: OpenCase['items'] }[],
  foreign: LetterView['foreignCase'],
): string {
  const { returns, caseNumbers, kind } = letter.suggestion;
  if (foreign !== undefined) return [foreign.caseId, foreign.itemId].filter(Boolean).join(':');
  if (returns !== undefined) {
    const own = cases.find(({ row }) => row.id === returns.caseId);
    return own?.items.some(({ id }) => id === returns.itemId) === true
      ? `${returns.caseId}:${returns.itemId}`
      : returns.caseId;
  }
  const words = itemWords[kind];
  for (const { row, items } of cases) {
    const item = words === undefined ? undefined : items.find(({ what }) => words.test(what));
    if (item !== undefined) return `${row.id}:${item.id}`;
  }
  const named = cases.find(({ row }) => caseNumbers.includes(row.number));
  if (named !== undefined) return named.row.id;
  const [only] = cases;
  return cases.length === 1 && only !== undefined ? only.row.id : 'neu';
}

const concerns: Readonly<Partial<Record<LetterKind, string>>> = {
  'rent-contract': 'wohnkosten',
  'utility-bill': 'wohnkosten',
};

/** The concern that a letter of this kind most likely is about; handing in papers where nothing says more. */
export function concernOf(suggestion: Pick<LetterSuggestion, 'kind' | 'kindWords'>): string {
  const words = suggestion.kindWords.join(' ');
  if (/arbeitsunfähig/i.test(words)) return 'krankmeldung';
  if (/weiterbewilligung/i.test(words)) return 'weiterbewilligung';
  return concerns[suggestion.kind] ?? 'unterlagen';
}
