import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, casesOfFile, findCase } from '../cases/index.ts';
import { type Fact, type FactKind, isUnnamed, sharedKinds } from './fact.ts';
import { asFact, factRows } from './tables.ts';

/** The cases whose facts a board gathers: all of the file, and of them those the reader may see. */
export type BoardCases = { readonly all: readonly string[]; readonly visible: readonly string[] };

/** Cases of a file whatever the reader may see; only ids leave this module. */
const house: CaseReader = { role: 'program', id: 'facts', teamIds: [] };

/** What belongs to the board of a case: its file, or itself alone where it lies in none. Undefined where the reader may not see it. */
export async function boardCases(tx: Tx, reader: CaseReader, caseId: string): Promise<BoardCases | undefined> {
  const found = await findCase(tx, reader, caseId);
  if (found === undefined) return undefined;
  return found.fileId === null ? { all: [caseId], visible: [caseId] } : casesOfBoard(tx, reader, found.fileId);
}

/** The same for a file; undefined where the reader may see none of its cases. */
export async function casesOfBoard(tx: Tx, reader: CaseReader, fileId: string): Promise<BoardCases | undefined> {
  const visible = (await casesOfFile(tx, reader, fileId)).map((each) => each.id);
  if (visible.length === 0) return undefined;
  return { visible, all: (await casesOfFile(tx, house, fileId)).map((each) => each.id) };
}

/** A board holds some dozens of facts; more than this nobody reads. */
const mostFacts = 300;

/**
 * Facts that hold or are suggested, those said first on top: what was said in cases the reader may see, and, of the kinds that serve everybody
 * who works with the household, what was said in its other cases. Callers have recorded the look at the case or the file.
 */
export async function boardFacts(tx: Tx, cases: BoardCases): Promise<Fact[]> {
  const rows = await mayRead(tx, cases).where('closed_as', 'is', null).orderBy('id').limit(mostFacts).execute();
  return rows.map(asFact);
}

const mayRead = (tx: Tx, { all, visible }: BoardCases) =>
  factRows(tx)
    .where('case_id', 'in', [...all])
    .where((eb) =>
      eb.or([
        eb('case_id', 'in', [...visible]),
        // A suggestion was read in somebody's paper: who may not see the paper does not see the suggestion.
        eb.and([eb('kind', 'in', [...sharedKinds] as FactKind[]), eb('confirmed_at', 'is not', null)]),
      ]),
    );

/** One fact of a board, whether it still holds or not. */
export async function boardFact(tx: Tx, cases: BoardCases, id: string): Promise<Fact | undefined> {
  const row = await mayRead(tx, cases).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : asFact(row);
}

/**
 * Whom a fact is about: somebody by id; whom its case named before anybody was confirmed (`stated`); null for the household, where somebody said so or
 * it is what the home costs; `unsaid` for what was read on a page and confirmed by nobody for anybody.
 */
export type FactPerson = string | 'stated' | 'unsaid' | null;
const personOf = (fact: Fact): FactPerson =>
  fact.personId ?? (fact.personName !== '' ? 'stated' : isUnnamed(fact) ? 'unsaid' : null);

/** Whom facts are about, by the ids of the facts. Callers show no more of them than whose they are. */
export async function peopleOfFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, FactPerson>> {
  if (ids.length === 0) return new Map();
  const rows = await factRows(tx)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  const people = new Map<string, FactPerson>();
  for (const fact of rows.map(asFact)) people.set(fact.id, personOf(await namedSince(tx, fact)));
  return people;
}

/** The same words after somebody said whose they are; the fact itself where nobody did. */
async function namedSince(tx: Tx, fact: Fact): Promise<Fact> {
  let at = fact;
  while (isUnnamed(at) && at.replacedBy !== null) {
    const next = await factRows(tx).where('id', '=', at.replacedBy).executeTakeFirst();
    if (next === undefined || next.text !== fact.text) return fact;
    at = asFact(next);
  }
  return at;
}

/** The words of a page that say what a fact says, for whoever looks at that document; none where the fact is of another one. */
export async function placesOfFact(tx: Tx, documentId: string, factId: string): Promise<readonly string[]> {
  const row = await factRows(tx)
    .where('id', '=', factId)
    .where('source', '=', 'document')
    .where('source_id', '=', documentId)
    .executeTakeFirst();
  return row?.places ?? [];
}

/** The people by id of whom something is known from each of these papers. What was wrong, was replaced, or nobody confirmed says nothing. */
export async function peopleOfPapers(tx: Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const people = new Map<string, string[]>();
  if (ids.length === 0) return people;
  const rows = await factRows(tx)
    .where('source', '=', 'document')
    .where('source_id', 'in', [...new Set(ids)])
    .where('confirmed_at', 'is not', null)
    .where('person_id', 'is not', null)
    .where((eb) => eb.or([eb('closed_as', 'is', null), eb('closed_as', '=', 'ended')]))
    .execute();
  for (const { source_id: id, person_id: person } of rows)
    if (id !== null && person !== null) people.set(id, [...(people.get(id) ?? []), person]);
  return people;
}

/** What stood there before a fact, the newest first; of that what the reader may see. */
export async function factHistory(tx: Tx, cases: BoardCases, id: string): Promise<Fact[]> {
  const found: Fact[] = [];
  for (let ids = [id]; ids.length > 0; ) {
    const before = (await mayRead(tx, cases).where('replaced_by', 'in', ids).orderBy('id', 'desc').execute())
      .map(asFact)
      .filter((each) => !found.some((known) => known.id === each.id));
    found.push(...before);
    ids = before.map((each) => each.id);
  }
  return found;
}
