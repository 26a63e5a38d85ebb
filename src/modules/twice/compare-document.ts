import type { Database, Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { relatedCases } from '../cases/index.ts';
import {
  type Comparison,
  comparePapers,
  contestPages,
  type DocumentVault,
  documentsByIds,
  documentsWithMarks,
  judge,
  keptPages,
  type Laid,
  type Rivals,
  SAME,
  settleRivals,
  turned,
} from '../documents/index.ts';
import { type Arrival, arrivalsOfCases, arrivalsOfDocuments } from '../intake/index.ts';
import { askedAtOf, mostStrangers, sideOfArrival } from './notice-bytes.ts';
import { inOrder, type PageMarks, type Place } from './pair.ts';
import { noteCheck, notePair, pairedWith } from './store.ts';

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
 */
export async function compareDocument(services: Services, jobcenterId: string, documentId: string): Promise<void> {
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
  const paired = (id: string) => inTenant((tx) => pairedWith(tx, id));
  const strangers: (() => Promise<void>)[] = [];
  for (const { other, ...found } of await withoutRivals(documentId, others, pagesOf, paired)) {
    if (work.known.has(other.documentId)) continue;
    const stranger = work.far.includes(other);
    const note = (): Promise<void> => inTenant((tx) => write(tx, work.own, other, found, stranger));
    if (stranger) strangers.push(note);
    else await note();
  }
  if (strangers.length <= mostStrangers) for (const note of strangers) await note();
  await inTenant((tx) => noteCheck(tx, documentId));
}

type Candidate = Found & { readonly other: Arrival };

/**
 * The candidates that are the same paper. A paper cannot be two that are surely different: seen from the new one, the candidates are rivals;
 * seen from a candidate, the new one and what it was found to be before are. What was noted before stays; a person decides about it.
 */
async function withoutRivals(
  documentId: string,
  candidates: readonly Candidate[],
  pagesOf: (documentId: string) => Promise<readonly PageReading[]>,
  pairedWith: (documentId: string) => Promise<ReadonlySet<string>>,
): Promise<readonly Candidate[]> {
  const compared = new Map<string, Promise<readonly Laid[]>>(); // several pages ask about the same two papers
  const laidOver = async (one: string, other: string): Promise<readonly Laid[]> => {
    const back = compared.get(`${other} ${one}`);
    if (back !== undefined) return turned(await back);
    const known = compared.get(`${one} ${other}`);
    const now =
      known ?? Promise.all([pagesOf(one), pagesOf(other)]).then(async ([a, b]) => (await comparePapers(a, b)).laid);
    compared.set(`${one} ${other}`, now);
    return now;
  };
  const alike = candidates.filter(({ score }) => score >= SAME);
  const contestAmong =
    (mine: string, rivals: readonly string[]): Rivals['contest'] =>
    async (page, one, other) => {
      const [pages, first, second] = [
        await pagesOf(mine),
        await pagesOf(rivals[one.of] ?? ''),
        await pagesOf(rivals[other.of] ?? ''),
      ];
      return contestPages({ pages, page }, { ...one, pages: first }, { ...other, pages: second });
    };
  const ids = alike.map(({ other }) => other.documentId);
  const settled = await settleRivals(
    alike.map(({ laid }) => laid),
    {
      between: (one, other) => laidOver(ids[one] ?? '', ids[other] ?? ''),
      contest: contestAmong(documentId, ids),
    },
  );
  const left: Candidate[] = [];
  for (const [at, each] of alike.entries()) {
    if (judge(settled[at] ?? []) < SAME) continue;
    const before = await pairedWith(each.other.documentId);
    const rivals = candidates.filter(({ other, score }) => before.has(other.documentId) && score < SAME);
    const seen: (readonly Laid[])[] = [turned(each.laid)];
    for (const { other } of rivals) seen.push(await laidOver(each.other.documentId, other.documentId));
    const [mine] = await settleRivals(seen, {
      between: async (one, other) => (one === 0 ? (rivals[other - 1]?.laid ?? []) : []),
      contest: contestAmong(each.other.documentId, [documentId, ...rivals.map(({ other }) => other.documentId)]),
    });
    if (judge(mine ?? []) >= SAME) left.push(each);
  }
  return left;
}

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

/** What a comparison found; `laid` is seen from the new document. */
type Found = Pick<Comparison, 'score' | 'reason' | 'laid'> & { readonly marks: readonly PageMarks[] };

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
