import {
  asFound,
  filesOfPeople,
  findCase,
  type InboxRow,
  mostFoundCases,
  type OpenableFile,
  searchCases,
  similarStated,
} from '../../../modules/cases/index.ts';
import { type Employer, findEmployers } from '../../../modules/employers/index.ts';
import { findReceipt, findSubmission, normalizeReceiptNumber } from '../../../modules/intake/index.ts';
import type { PersonHit } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { nameAndDay } from '../parse.ts';
import { lookUpPeople, peopleQuery } from '../people/look-up.ts';
import type { StaffVisit } from '../visit.ts';

export type Hits = {
  readonly cases: readonly InboxRow[];
  readonly people: readonly PersonHit[];
  /** Where the reader finds them, by their ids; whoever is missing has no case that the reader may open. */
  readonly files: ReadonlyMap<string, OpenableFile>;
  readonly employers: readonly Employer[];
  /** What fits is more than what is here, of what the reader may see; how many it is nobody counts. */
  readonly more: { readonly people: boolean; readonly cases: boolean };
  /** Names that are written alike are among them: nobody has the name as it was typed, or they were asked for too. */
  readonly alike?: true;
};

/** So many employers a search shows; their own list has all. */
export const mostEmployers = 8;
export const nobody: Hits = {
  cases: [],
  people: [],
  files: new Map(),
  employers: [],
  more: { people: false, cases: false },
};

/** Who asks. */
type Asking = Pick<StaffVisit, 'reader'>;

/** A case number as it may be typed, in its written form; undefined for anything else. */
export function caseNumberIn(text: string): string | undefined {
  if (!/^v[- ]?[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i.test(text)) return undefined;
  const plain = text.replace(/[- ]/g, '').toUpperCase();
  return `V-${plain.slice(1, 5)}-${plain.slice(5)}`;
}

/** The first of some rows, of which one more was asked for. */
const first = <Row>(rows: readonly Row[], most: number) => ({ found: rows.slice(0, most), more: rows.length > most });

/** Cases of these people, and those with a stated name or day that are not among them. */
async function casesOf(
  tx: Tx,
  { reader }: Asking,
  people: readonly PersonHit[],
  stated: { readonly found: readonly InboxRow[]; readonly more: boolean },
): Promise<{ readonly found: readonly InboxRow[]; readonly more: boolean }> {
  const personIds = people.map(({ id }) => id);
  const confirmed = first(await searchCases(tx, reader, { personIds }, mostFoundCases + 1), mostFoundCases);
  const known = new Set(confirmed.found.map(({ id }) => id));
  return {
    found: [...confirmed.found, ...stated.found.filter(({ id }) => !known.has(id))].sort(asFound),
    more: confirmed.more || stated.more,
  };
}

/** What one line of text may mean: a case number, a receipt number, a file number, a name, a birth date, or these two together. */
export async function peopleAndCases(tx: Tx, visit: Asking, text: string): Promise<Hits> {
  const number = caseNumberIn(text);
  if (number !== undefined) return { ...nobody, cases: await searchCases(tx, visit.reader, { number }) };
  const receiptNumber = normalizeReceiptNumber(text);
  const receipt = receiptNumber === undefined ? undefined : await findReceipt(tx, receiptNumber);
  if (receipt !== undefined) {
    const submission = await findSubmission(tx, receipt.submissionId);
    const found = submission === undefined ? undefined : await findCase(tx, visit.reader, submission.caseId);
    if (found !== undefined) return { ...nobody, cases: [found] };
  }
  const asked = nameAndDay(text);
  const people = await lookUpPeople(tx, visit, peopleQuery(text), 'as-typed');
  const stated = first(await searchCases(tx, visit.reader, asked, mostFoundCases + 1), mostFoundCases);
  const cases = await casesOf(tx, visit, people.people, stated);
  return {
    cases: cases.found,
    people: people.people,
    files: await filesOfPeople(tx, visit.reader, people.people),
    employers: await findEmployers(tx, asked.name, mostEmployers, 'written'),
    more: { people: people.more, cases: cases.more },
  };
}

/**
 * What was found as it was typed, and with it people and employers whose names are written alike, people with their cases, and cases of whom nobody has
 * confirmed yet; employers only where none has the name as it was typed.
 */
export async function alikeNames(tx: Tx, visit: Asking, text: string, named: Hits): Promise<Hits> {
  const { name, birthDate } = nameAndDay(text);
  const { people, more } = await lookUpPeople(tx, visit, peopleQuery(text), 'and-alike');
  const cases = await casesOf(tx, visit, people, await similarStated(tx, visit.reader, name, birthDate));
  const known = new Set(named.cases.map(({ id }) => id));
  return {
    alike: true,
    people,
    cases: [...named.cases, ...cases.found.filter(({ id }) => !known.has(id))],
    files: await filesOfPeople(tx, visit.reader, people),
    employers: named.employers.length > 0 ? named.employers : await findEmployers(tx, name, mostEmployers),
    more: { people: more, cases: named.more.cases || cases.more },
  };
}
