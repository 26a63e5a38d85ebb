import {
  filesOfPeople,
  findCase,
  type InboxRow,
  looksForPeople,
  mostFoundCases,
  type OpenableFile,
  searchCases,
  similarStated,
} from '../../../modules/cases/index.ts';
import { type Employer, findEmployers } from '../../../modules/employers/index.ts';
import { findReceipt, findSubmission, normalizeReceiptNumber } from '../../../modules/intake/index.ts';
import { type FoundPerson, mostPeople, similarPeople } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { searchPeople } from '../case/load.ts';
import { nameAndDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';

export type Hits = {
  readonly cases: readonly InboxRow[];
  readonly people: readonly FoundPerson[];
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
  people: readonly FoundPerson[],
  stated: { readonly found: readonly InboxRow[]; readonly more: boolean },
): Promise<{ readonly found: readonly InboxRow[]; readonly more: boolean }> {
  const personIds = people.map(({ id }) => id);
  const confirmed = first(await searchCases(tx, reader, { personIds }, mostFoundCases + 1), mostFoundCases);
  const known = new Set(confirmed.found.map(({ id }) => id));
  return {
    found: [...confirmed.found, ...stated.found.filter(({ id }) => !known.has(id))],
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
  const people = first(looksForPeople(visit.reader) ? await searchPeople(tx, text, mostPeople + 1) : [], mostPeople);
  const stated = first(await searchCases(tx, visit.reader, asked, mostFoundCases + 1), mostFoundCases);
  const cases = await casesOf(tx, visit, people.found, stated);
  return {
    cases: cases.found,
    people: people.found,
    files: await filesOfPeople(tx, visit.reader, people.found),
    employers: await findEmployers(tx, asked.name, mostEmployers, 'written'),
    more: { people: people.more, cases: cases.more },
  };
}

/**
 * People and employers whose names are written alike, people with their cases, and cases of whom nobody has confirmed yet. Employers that were found as
 * they were typed stay.
 */
export async function alikeNames(tx: Tx, visit: Asking, text: string, named: Hits): Promise<Hits> {
  const { name, birthDate } = nameAndDay(text);
  const people = looksForPeople(visit.reader) ? await similarPeople(tx, name, birthDate) : { found: [], more: false };
  const cases = await casesOf(tx, visit, people.found, await similarStated(tx, visit.reader, name, birthDate));
  const known = new Set(named.cases.map(({ id }) => id));
  return {
    alike: true,
    people: people.found,
    cases: [...named.cases, ...cases.found.filter(({ id }) => !known.has(id))],
    files: await filesOfPeople(tx, visit.reader, people.found),
    employers: named.employers.length > 0 ? named.employers : await findEmployers(tx, name, mostEmployers),
    more: { people: people.more, cases: named.more.cases || cases.more },
  };
}
