import type { Database, Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { relatedCases } from '../cases/index.ts';
import {
  type ComparedPapers,
  type Comparison,
  type Contest,
  comparePapers,
  contestPages,
  type DocumentVault,
  documentsByIds,
  documentsWithMarks,
  keptPages,
  type Laid,
  type PageOf,
  SAME,
  settlePapers,
  turned,
} from '../documents/index.ts';
import { type Arrival, arrivalsOfCases, arrivalsOfDocuments } from '../intake/index.ts';
import { askedAtOf, mostStrangers, sideOfArrival } from './notice-bytes.ts';
import { inOrder, type PageMarks, type Place } from './pair.ts';
import { noteCheck, notePair, openPairsOf, pairedWith, renewPair, suggestedAmong } from './store.ts';

type Services = { readonly database: Database; readonly vault: DocumentVault };

/** So many documents of the household are compared with a new one, the newest first. */
const mostNear = 300;
/** Beyond the household: documents that share at least so many telling words and numbers, and so many of those. */
const fewestMarks = 8;
const mostFar = 12;
/** `known`: documents that are paired with the new one already; they stay rivals of the others and are not written again. */
type Work = {
  readonly own: Arrival;
  readonly near: readonly Arrival[];
  readonly far: readonly Arrival[];
  readonly known: ReadonlySet<string>;
};

/**
 * The job after a document was read: is it here already in another shape? Compared with the newest documents of the household; beyond it
 * only with the few that share many telling words, to find what was filed with the wrong person. What is found is a pair with its marks.
 * A document that lies in a draft, or was not read yet, is looked at when it comes again. Repeatable.
 *
 * What comes later may show that two earlier papers are the same or are not: then one of them is compared `again`, and what nobody
 * decided is what is said now, whatever came first.
 */
export async function compareDocument(
  services: Services,
  jobcenterId: string,
  documentId: string,
  again = false,
): Promise<void> {
  const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
  const work = await inTenant((tx) => candidates(tx, documentId));
  if (work === undefined) return;
  const pages = await inTenant((tx) => keptPages(tx, services.vault, documentId));
  if (pages === undefined) return;
  const others: Candidate[] = [];
  for (const other of [...work.near, ...work.far]) {
    const theirs = await inTenant((tx) => keptPages(tx, services.vault, other.documentId));
    if (theirs !== undefined) others.push({ other, ...(await inOrderCompared(work.own, pages, other, theirs)) });
  }
  const pagesOf = async (id: string) => (await inTenant((tx) => keptPages(tx, services.vault, id))) ?? [];
  const { same, among } = await settled(documentId, others, pagesOf);
  await inTenant((tx) => renew(tx, documentId, others, same, again));
  const strangers: (() => Promise<void>)[] = [];
  for (const { other, ...found } of same) {
    if (work.known.has(other.documentId)) continue;
    const stranger = work.far.includes(other);
    const note = (): Promise<void> => inTenant((tx) => write(tx, work.own, other, found, stranger));
    if (stranger) strangers.push(note);
    else await note();
  }
  if (strangers.length <= mostStrangers) for (const note of strangers) await note();
  await inTenant(async (tx) => {
    if (!again) await compareAgain(tx, among);
    await noteCheck(tx, documentId);
  });
}

/** Two earlier papers and whether they are the same. */
type Among = { readonly one: string; readonly other: string; readonly same: boolean };

/** Has one of two earlier papers compared again where the lists say otherwise of them than is known now. */
async function compareAgain(tx: Tx, among: readonly Among[]): Promise<void> {
  const ids = new Set(among.flatMap(({ one, other }) => [one, other]));
  const suggested = await suggestedAmong(tx, [...ids]);
  const changed = new Set<string>();
  for (const { one, other, same } of among) {
    const said = suggested.get(`${one} ${other}`);
    if (said !== 'settled' && (said === 'shown') !== same) changed.add(one);
  }
  for (const documentId of changed)
    await tx.enqueue(
      'compare-document',
      { jobcenterId: tx.jobcenterId, documentId, again: 1 },
      { jobKey: `compare again ${documentId}` },
    );
}

type Candidate = Found & { readonly other: Arrival };

/**
 * What an older method suggested and nobody decided about is what the present one says, as far as it compared the two again. What people
 * decided stays. A paper that lies with somebody else keeps that as its reason.
 */
async function renew(
  tx: Tx,
  documentId: string,
  compared: readonly Candidate[],
  same: readonly Candidate[],
  all: boolean,
): Promise<void> {
  const open = await openPairsOf(tx, documentId, all);
  for (const { other, reason } of compared) {
    const pair = open.get(other.documentId);
    // What could not be compared this time (a limit of time, pages that are gone) says nothing about what was found before.
    if (pair === undefined || reason === 'unreadable') continue;
    const found = same.find((each) => each.other.documentId === other.documentId);
    await renewPair(
      tx,
      pair.id,
      found && { ...found, reason: pair.reason.endsWith('-elsewhere') ? pair.reason : found.reason },
    );
  }
}

/** So many papers are settled together: those that were found to be the same, and those that look most like it. What else was found stands alone. */
const mostSettled = 16;

/**
 * The candidates that are the same paper once they were looked at together with what they are to each other (`settlePapers`), and
 * what these are to each other.
 */
async function settled(
  documentId: string,
  candidates: readonly Candidate[],
  pagesOf: (documentId: string) => Promise<readonly PageReading[]>,
): Promise<{ readonly same: readonly Candidate[]; readonly among: readonly Among[] }> {
  if (!candidates.some(({ score }) => score >= SAME)) return { same: [], among: [] };
  const likest = candidates
    .filter(({ score, laid }) => score >= SAME || laid.length > 0)
    .toSorted((p, q) => q.score - p.score || likeness(q.laid) - likeness(p.laid))
    .slice(0, mostSettled);
  const ids = [documentId, ...likest.map(({ other }) => other.documentId)];
  const paper = (at: number): Promise<readonly PageReading[]> => pagesOf(ids[at] ?? ''); // two in memory at a time
  const compared: ComparedPapers[] = likest.map(({ laid }, at) => ({ one: 0, other: at + 1, laid }));
  for (const one of ids.keys())
    for (const other of ids.keys())
      if (one > 0 && other > one)
        compared.push({ one, other, laid: (await comparePapers(await paper(one), await paper(other))).laid });
  const found = await settlePapers(compared, contestAmong(paper));
  const same = found.flatMap(({ one, other, score, by }): Candidate[] => {
    const candidate = one === 0 && score >= SAME ? likest[other - 1] : undefined;
    if (candidate === undefined) return [];
    return [by === 'third' ? { ...candidate, score, reason: 'same-as-another' } : candidate];
  });
  const among = found
    .filter(({ one }) => one > 0)
    .map(({ one, other, score }): Among => ({ one: ids[one] ?? '', other: ids[other] ?? '', same: score >= SAME }));
  return { same: [...same, ...candidates.filter((each) => each.score >= SAME && !likest.includes(each))], among };
}

/** `contest` among papers, by their places in a list. */
export const contestAmong =
  (pagesOf: (paper: number) => Promise<readonly PageReading[]>): Contest =>
  async (...asked) => {
    const found: PageOf[] = [];
    for (const { paper, page } of asked) {
      const only = (await pagesOf(paper)).find((each) => each.page === page);
      found.push({ page, pages: only === undefined ? [] : [only] });
    }
    const [mine, one, other] = found;
    return mine && one && other ? contestPages(mine, one, other) : 0;
  };

/** How much of the page that lies over another best is the same. */
const likeness = (laid: readonly Laid[]): number => Math.max(0, ...laid.map(({ covered }) => covered));

async function candidates(tx: Tx, documentId: string): Promise<Work | undefined> {
  const [own] = await arrivalsOfDocuments(tx, [documentId]);
  if (own === undefined) return undefined;
  const household = (await relatedCases(tx, own.caseId)).map((each) => each.id);
  const near = await arrivalsOfCases(tx, household, mostNear);
  const shared = await documentsWithMarks(tx, documentId, fewestMarks, mostFar);
  const far = await arrivalsOfDocuments(
    tx,
    shared.map((each) => each.documentId),
  );
  const known = await pairedWith(tx, documentId);
  const fresh = await unlikeBytes(tx, documentId, [...near, ...far]);
  const isNear = (each: Arrival): boolean => household.includes(each.caseId);
  const once = [...new Map(fresh.map((each) => [each.documentId, each])).values()];
  return { own, near: once.filter(isNear), far: once.filter((each) => !isNear(each)), known };
}

/** Others than the document itself and those with its bytes: these are a pair without any comparison. */
async function unlikeBytes(tx: Tx, documentId: string, others: readonly Arrival[]): Promise<Arrival[]> {
  const documents = await documentsByIds(tx, [documentId, ...others.map((each) => each.documentId)]);
  const own = documents.find((each) => each.id === documentId);
  const same = new Set(
    documents.filter((each) => own === undefined || each.sha256.equals(own.sha256)).map((each) => each.id),
  );
  return others.filter((each) => !same.has(each.documentId));
}

/** What a comparison found; `laid` is seen from the new document. `same-as-another`: both are the same as a third paper. */
type Found = Pick<Comparison, 'score' | 'laid'> & {
  readonly reason: Comparison['reason'] | 'same-as-another';
  readonly marks: readonly PageMarks[];
};

/** Compares with the earlier one on the left, so that the marks fit the pair. */
async function inOrderCompared(
  own: Arrival,
  ownPages: readonly PageReading[],
  other: Arrival,
  otherPages: readonly PageReading[],
): Promise<Found> {
  const ownFirst = inOrder(sideOfArrival(own), sideOfArrival(other)).earlier.documentId === own.documentId;
  const [left, right] = ownFirst ? [ownPages, otherPages] : [otherPages, ownPages];
  const { score, reason, pages, laid } = await comparePapers(left, right);
  const marks = pages.flatMap((pair): PageMarks[] => {
    const a = left.find((page) => page.page === pair.a);
    const b = right.find((page) => page.page === pair.b);
    if (a === undefined || b === undefined) return [];
    return [
      {
        a: pair.a,
        b: pair.b,
        agree: pair.agree.map((mark) => ({ a: share(mark.a, a), b: share(mark.b, b), text: mark.textA })),
        differ: pair.differ.map((mark) => ({
          a: share(mark.a, a),
          b: share(mark.b, b),
          textA: mark.textA,
          textB: mark.textB,
        })),
      },
    ];
  });
  return { score, reason, marks, laid: ownFirst ? laid : turned(laid) };
}

/** A place in pixels as shares of its page. */
const share = (box: Place, page: Pick<PageReading, 'width' | 'height'>): Place => ({
  x: box.x / page.width,
  y: box.y / page.height,
  width: box.width / page.width,
  height: box.height / page.height,
});

async function write(tx: Tx, own: Arrival, other: Arrival, found: Found, stranger: boolean): Promise<void> {
  const reason = stranger ? 'same-document-elsewhere' : found.reason;
  const askedAt = await askedAtOf(tx, own, other);
  await notePair(tx, sideOfArrival(own), sideOfArrival(other), {
    level: 'same-document',
    score: Math.min(1, found.score),
    reason,
    marks: found.marks,
    askedAt,
  });
}
