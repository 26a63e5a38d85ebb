import { type AuditLook, looksAt } from '../../../modules/audit/index.ts';
import { casesByIds, type FiledCase, visibleCases } from '../../../modules/cases/index.ts';
import { type CasePerson, type NoteTopic, noteTopics, peopleOfCase } from '../../../modules/contacts/index.ts';
import {
  type ForeignPages,
  keptPageWords,
  languagesOf,
  type Unread,
  whyUnread,
} from '../../../modules/documents/index.ts';
import { placesOfFact } from '../../../modules/facts/index.ts';
import {
  copiesOf,
  type FileMark,
  type FileMove,
  type FilePart,
  factsOfDocuments,
  fileParts,
  holdsOnDocument,
  type LegalHold,
  marksOfDocument,
  movesOfDocument,
  noFacts,
  type PageTurn,
  type RetentionClass,
  type RetentionRule,
  retentionRules,
  turnsOf,
} from '../../../modules/files/index.ts';
import { type Present, presentIn } from '../../../modules/together/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { PageReading } from '../../../platform/reading/index.ts';
import { contentsOfFile, everyDocument, type FiledDocument, teamOfConcern } from '../../file-contents.ts';
import { retentionOfPaper } from '../../retention-of-paper.ts';
import { topicTitles } from '../contacts/words.ts';
import { type ReadablePaper, readablePaper, recordRead } from '../documents/readable.ts';
import { casesFollowed, stampOf } from '../together/stamp.ts';
import type { StaffVisit } from '../visit.ts';
import { liesAlone } from './alone.ts';
import { type FactStates, factStates } from './describe.ts';
import type { ReaderView } from './view.ts';

/** One page of a document, ready to be shown. */
export type ShownPage = {
  readonly paper: ReadablePaper;
  readonly page: number;
  readonly words: Omit<PageReading, 'picture'> | undefined;
  /** Why there are no words of it, where there are none. */
  readonly unread: Unread | undefined;
  readonly turns: ReadonlyMap<number, PageTurn>;
  readonly marks: readonly FileMark[];
  /** Words of the page that say what a fact says. */
  readonly places: readonly string[];
};

/** A move of the document with those who had looked at it where it lay before. */
export type SeenMove = {
  readonly move: FileMove;
  readonly from: FiledCase | undefined;
  readonly to: FiledCase | undefined;
  /** Undefined where the reader may not know who works there. */
  readonly looks: readonly AuditLook[] | undefined;
};

export type ReaderData = {
  readonly shown: ShownPage;
  readonly beside: ShownPage | undefined;
  /** Its languages where it is not in German. */
  readonly languages: readonly ForeignPages[];
  /** The document at its place in the file, and everything else that lies there. */
  readonly filed: FiledDocument;
  readonly file: string | undefined;
  readonly others: readonly FiledDocument[];
  readonly cases: readonly FiledCase[];
  readonly parts: readonly FilePart[];
  readonly moves: readonly SeenMove[];
  /** Somebody filed it apart from what it came with. */
  readonly alone: boolean;
  readonly holds: readonly LegalHold[];
  /** How often each field about it was written. */
  readonly factStates: FactStates;
  /** By which rule it is kept: its class as it is derived where nobody chooses one, and the rule that holds now. */
  readonly kept: { readonly usual: RetentionClass; readonly rule: RetentionRule };
  /** What the topics of marks are called. */
  readonly topics: ReadonlyMap<string, string>;
  /** What a note can be about, and whom of; asked for where a place is marked. */
  readonly note: { readonly topics: readonly NoteTopic[]; readonly people: readonly CasePerson[] } | undefined;
  /** The file whose cases the page follows, where it shows papers of two. */
  readonly followedFile: string | undefined;
  /** What of its case was seen, and who else is there (js/live.js). */
  readonly stamp: string;
  readonly present: readonly Present[];
};

async function shownPage(
  tx: Tx,
  visit: StaffVisit,
  id: string,
  page: number,
  fact?: string,
): Promise<ShownPage | undefined> {
  const paper = await readablePaper(tx, visit, id);
  if (paper === undefined) return undefined;
  const at = Math.max(1, Math.min(page, paper.document.pages));
  await recordRead(tx, visit, { document: paper.document, caseId: paper.case.id }, { page: at });
  const words = await keptPageWords(tx, visit.services.vault, id, at);
  return {
    paper,
    page: at,
    words,
    unread: words === undefined ? await whyUnread(tx, id, at) : undefined,
    turns: await turnsOf(tx, id),
    marks: await marksOfDocument(tx, id),
    places: fact === undefined ? [] : await placesOfFact(tx, id, fact),
  };
}

/** Everything the reader shows, read and logged in one transaction; undefined where the reader may not see the document. */
export async function loadReader(
  tx: Tx,
  visit: StaffVisit,
  id: string,
  view: Pick<ReaderView, 'page' | 'fact' | 'beside' | 'besidePage' | 'panel'>,
): Promise<ReaderData | undefined> {
  const shown = await shownPage(tx, visit, id, view.page, view.fact);
  if (shown === undefined) return undefined;
  const states = await factStates(tx, id); // versions before values
  const beside = view.beside === undefined ? undefined : await shownPage(tx, visit, view.beside, view.besidePage);
  const follows = await followedBy(tx, visit, shown, beside);
  const stamp = await stampOf(tx, follows.cases);
  const present = await presentIn(tx, follows.cases, visit.staff.id);
  const file = shown.paper.case.fileId ?? undefined;
  const teamOf = await teamOfConcern(visit.services, visit.jobcenter.id);
  const contents = file === undefined ? undefined : await contentsOfFile(tx, visit.reader, file, teamOf);
  const every = everyDocument(contents?.documents ?? []);
  const filed = every.find((each) => each.document.id === id) ?? (await onItsOwn(tx, shown.paper));
  return {
    shown,
    stamp,
    present,
    beside,
    followedFile: follows.file,
    filed,
    kept: await keptBy(tx, filed),
    file,
    others: every.filter((each) => each.document.id !== id && each.document.erasedAt === null),
    cases: contents?.cases ?? [],
    parts: await fileParts(tx, true),
    moves: await movesWithLooks(tx, visit, id),
    alone: await liesAlone(tx, shown.paper),
    holds: await holdsOnDocument(tx, shown.paper.case, id),
    factStates: states,
    note:
      view.panel === 'markieren'
        ? { topics: await noteTopics(tx), people: await peopleOfCase(tx, shown.paper.case) }
        : undefined,
    topics: await topicTitles(tx, visit),
    languages: (await languagesOf(tx, [id])).get(id) ?? [],
  };
}

/** Which cases the page follows: that of its paper; all of the file where a paper of another one of them lies beside it, as the file's own page does. */
async function followedBy(
  tx: Tx,
  visit: StaffVisit,
  { paper: { case: own } }: ShownPage,
  beside: ShownPage | undefined,
): Promise<{ readonly cases: readonly string[]; readonly file?: string }> {
  const other = beside?.paper.case;
  if (other !== undefined && other.id !== own.id && own.fileId !== null && other.fileId === own.fileId) {
    const cases = await casesFollowed(tx, visit.reader, own.fileId);
    if (cases.includes(own.id) && cases.includes(other.id)) return { cases, file: own.fileId };
  }
  return { cases: [own.id] };
}

/** A copy goes with its original, whose place says how long. */
async function keptBy(tx: Tx, { document, facts, case: place, part }: FiledDocument): Promise<ReaderData['kept']> {
  const documentId = facts.copyOf ?? document.id;
  const own = (await factsOfDocuments(tx, [documentId])).get(documentId) ?? noFacts;
  const paper = { documentId, concern: place.concern, part };
  const usual = await retentionOfPaper(tx, { ...paper, facts: { ...own, retention: null } });
  return { usual, rule: (await retentionRules(tx))[await retentionOfPaper(tx, { ...paper, facts: own })] };
}

/** One of several ways of a document: the file shows it once, under the first of them. */
async function onItsOwn(tx: Tx, paper: ReadablePaper): Promise<FiledDocument> {
  const [place] = await casesByIds(tx, [paper.case.id]);
  if (place === undefined) throw new Error('A document without its case.');
  const { document } = paper;
  const facts = (await factsOfDocuments(tx, [document.id])).get(document.id) ?? noFacts;
  return {
    document,
    facts,
    part: facts.part ?? 'general',
    case: place,
    ways: [],
    at: document.createdAt,
    versions: [],
    copies: [],
  };
}

/** Who had seen it at the old place is told to whoever may see that place; the others learn that it came from elsewhere. */
async function movesWithLooks(tx: Tx, visit: StaffVisit, id: string): Promise<SeenMove[]> {
  const moves = await movesOfDocument(tx, id);
  const ids = moves.flatMap((move) => [move.fromCase, move.toCase].filter((each) => each !== null));
  const cases = new Map((await casesByIds(tx, ids)).map((each) => [each.id, each]));
  const visible = await visibleCases(tx, visit.reader, ids);
  const seen: SeenMove[] = [];
  for (const move of moves) {
    const mayKnow = move.fromCase === null || visible.has(move.fromCase);
    const looks = mayKnow ? await looksThere(tx, move, id) : undefined;
    seen.push({
      move,
      from: mayKnow ? cases.get(move.fromCase ?? '') : undefined,
      to: visible.has(move.toCase ?? '') ? cases.get(move.toCase ?? '') : undefined,
      looks,
    });
  }
  return seen;
}

/** Everybody who had looked at the paper, or taken it away, while it lay at the place from which it was moved. */
const looksThere = async (tx: Tx, { fromCase, at }: FileMove, subjectId: string): Promise<AuditLook[]> =>
  fromCase === null
    ? []
    : looksAt(tx, {
        caseId: fromCase,
        subjectIds: [subjectId, ...(await copiesOf(tx, [subjectId])).map((each) => each.documentId)],
        until: at,
      });
