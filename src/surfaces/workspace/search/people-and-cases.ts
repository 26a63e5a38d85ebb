import {
  filesOfPeople,
  findCase,
  type InboxRow,
  looksForPeople,
  type OpenableFile,
  searchCases,
  similarStated,
} from '../../../modules/cases/index.ts';
import { type Employer, findEmployers } from '../../../modules/employers/index.ts';
import { findReceipt, findSubmission, normalizeReceiptNumber } from '../../../modules/intake/index.ts';
import { type FoundPerson, similarPeople } from '../../../modules/people/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { searchPeople } from '../case/load.ts';
import { parseDay } from '../parse.ts';
import type { StaffVisit } from '../visit.ts';

export type Hits = {
  readonly cases: readonly InboxRow[];
  readonly people: readonly FoundPerson[];
  /** Where the reader finds them, by their ids; whoever is missing has no case that the reader may open. */
  readonly files: ReadonlyMap<string, OpenableFile>;
  readonly employers: readonly Employer[];
  /** Names that are written alike are among them: nobody has the name as it was typed, or they were asked for too. */
  readonly alike?: true;
};

/** So many employers a search shows; their own list has all. */
export const mostEmployers = 8;
export const nobody: Hits = { cases: [], people: [], files: new Map(), employers: [] };

/** Who asks. */
type Asking = Pick<StaffVisit, 'reader'>;

/** A case number as it may be typed, in its written form; undefined for anything else. */
export function caseNumberIn(text: string): string | undefined {
  if (!/^v[- ]?[0-9a-z]{4}[- ]?[0-9a-z]{4}$/i.test(text)) return undefined;
  const plain = text.replace(/[- ]/g, '').toUpperCase();
  return `V-${plain.slice(1, 5)}-${plain.slice(5)}`;
}

/** What one line of text may mean: a case number, a receipt number, a birth date, a file number, a name. */
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
  const people = looksForPeople(visit.reader) ? await searchPeople(tx, text) : [];
  const birthDate = parseDay(text);
  const stated = await searchCases(tx, visit.reader, birthDate === undefined ? { name: text } : { birthDate });
  const confirmed = await searchCases(tx, visit.reader, { personIds: people.map((each) => each.id) });
  const known = new Set(confirmed.map((row) => row.id));
  return {
    cases: [...confirmed, ...stated.filter((row) => !known.has(row.id))],
    people,
    files: await filesOfPeople(tx, visit.reader, people),
    employers: await findEmployers(tx, text, mostEmployers, 'written'),
  };
}

/**
 * People and employers whose names are written alike, people with their cases, and cases of whom nobody has confirmed yet. Employers that were found as
 * they were typed stay.
 */
export async function alikeNames(tx: Tx, visit: Asking, text: string, named: Hits): Promise<Hits> {
  const people = looksForPeople(visit.reader) ? await similarPeople(tx, text) : [];
  const confirmed = await searchCases(tx, visit.reader, { personIds: people.map(({ id }) => id) });
  const known = new Set([...confirmed, ...named.cases].map((row) => row.id));
  const stated = (await similarStated(tx, visit.reader, text)).filter((row) => !known.has(row.id));
  return {
    alike: true,
    people,
    cases: [...named.cases, ...confirmed.filter((row) => !named.cases.some(({ id }) => id === row.id)), ...stated],
    files: await filesOfPeople(tx, visit.reader, people),
    employers: named.employers.length > 0 ? named.employers : await findEmployers(tx, text, mostEmployers),
  };
}
