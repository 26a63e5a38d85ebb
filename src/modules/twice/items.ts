import type { Tx } from '../../platform/database/index.ts';
import { type Document, documentsByIds } from '../documents/index.ts';
import {
  type Arrival,
  arrivalsOfCases,
  arrivalsOfSubmissions,
  type Channel,
  findSubmission,
  receiptOfSubmission,
  type Submission,
  submissionsOfCase,
} from '../intake/index.ts';
import type { Pair } from './pair.ts';
import { pairsOfSubmissions } from './queries.ts';
import { saysSomething } from './same-concern.ts';
import { withDecisions } from './store.ts';

/** One way by which an item came. */
export type Way = {
  readonly submissionId: string;
  /** The number of its receipt. */
  readonly number: string;
  readonly channel: Channel;
  readonly at: Date;
  readonly documentId: string | null;
};

/**
 * One thing that arrived for a case, once, with all the ways it came. `likely`: nobody has said yet that they are the same, the bytes
 * (or the whole request) are.
 */
export type CaseItem = {
  readonly document: Document | undefined;
  /** For what was said instead of handed in: the concern of the form. */
  readonly concern: string;
  /** It was handed in later for a case that was there, and is no concern of its own. */
  readonly supplement: boolean;
  readonly ways: readonly Way[];
  readonly sure: 'single' | 'decided' | 'likely';
  /** The item is an older version of another one. */
  readonly replaced: boolean;
  /** The documents that somebody called a newer version of it. */
  readonly newer: readonly string[];
};

type Node = {
  readonly way: Way;
  readonly document: Document | undefined;
  readonly concern: string;
  readonly supplement: boolean;
};

const keyOf = (way: { submissionId: string; documentId: string | null }): string => way.documentId ?? way.submissionId;

/** Everything that arrived for a case, in the order of its first arrival: each document and each statement once. */
export const itemsOfCase = (tx: Tx, caseId: string): Promise<CaseItem[]> => itemsOfCases(tx, [caseId]);

/** Everything that arrived for several cases (those of one file): what came for two of them is one item as well. */
export async function itemsOfCases(tx: Tx, caseIds: readonly string[]): Promise<CaseItem[]> {
  const submissions: Submission[] = [];
  for (const caseId of caseIds) submissions.push(...(await submissionsOfCase(tx, caseId)));
  const here = await arrivalsOfCases(tx, caseIds, mostPapers);
  // Papers that were filed here alone: the submission they came with lies elsewhere, and says nothing here.
  const own = new Set(submissions.map((each) => each.id));
  const strangers: Submission[] = [];
  for (const id of new Set(here.map((each) => each.submissionId)))
    if (!own.has(id)) strangers.push(...[(await findSubmission(tx, id)) ?? []].flat());
  const nodes = await readNodes(tx, [...submissions, ...strangers], here, own);
  const rows = await pairsOfSubmissions(
    tx,
    [...submissions, ...strangers].map((each) => each.id),
  );
  return groupItems(nodes, await withDecisions(tx, rows));
}

/**
 * What came with the submissions of a case, as it came, for the person who sent it: also a paper that the office filed elsewhere since,
 * and nothing that was filed here alone. That came with the submission of somebody else, whose receipt is none of their business.
 */
export async function itemsAsTheyCame(tx: Tx, caseId: string): Promise<CaseItem[]> {
  const submissions = await submissionsOfCase(tx, caseId);
  const own = new Set(submissions.map((each) => each.id));
  const nodes = await readNodes(tx, submissions, await arrivalsOfSubmissions(tx, [...own]), own);
  const rows = await pairsOfSubmissions(tx, [...own]);
  const among = rows.filter((pair) => own.has(pair.earlier_submission) && own.has(pair.later_submission));
  return groupItems(nodes, await withDecisions(tx, among));
}

/** More papers than this no file has. */
const mostPapers = 10_000;

/** The papers of `here`, and what the submissions of these cases (`whole`) said. */
async function readNodes(
  tx: Tx,
  submissions: readonly Submission[],
  here: readonly Arrival[],
  whole: ReadonlySet<string>,
): Promise<Node[]> {
  const lying = new Set(here.map((each) => each.documentId));
  const arrivals = await arrivalsOfSubmissions(
    tx,
    submissions.map((each) => each.id),
  );
  const documents = await documentsByIds(
    tx,
    arrivals.map((each) => each.documentId),
  );
  const byId = new Map(documents.map((each) => [each.id, each]));
  const nodes: Node[] = [];
  for (const submission of submissions) {
    const number = (await receiptOfSubmission(tx, submission.id))?.number ?? '';
    const way = { submissionId: submission.id, number, channel: submission.channel, at: submission.receivedAt };
    const kind = { concern: submission.concern, supplement: isSupplement(submission) };
    const came = arrivals.filter((each) => each.submissionId === submission.id);
    const own = came.filter((each) => lying.has(each.documentId));
    // A letter is its paper; what stands beside it is what the office wrote about it.
    const says = came.length === 0 || (submission.channel !== 'post' && saysSomething(submission));
    if (whole.has(submission.id) && says)
      nodes.push({ way: { ...way, documentId: null }, document: undefined, ...kind });
    for (const { documentId } of own)
      nodes.push({ way: { ...way, documentId }, document: byId.get(documentId), ...kind });
  }
  return nodes;
}

/** Papers for a case that was there: the page on which they are handed in freezes what it showed as a part of that name. */
const isSupplement = ({ frozen }: Submission): boolean => {
  const { sections } = (frozen ?? {}) as { readonly sections?: unknown };
  return Array.isArray(sections) && sections.some((section) => section?.key === 'supplement');
};

/** Puts together what was decided to be the same, and what has the same bytes as long as nobody said that it differs. Pure. */
export function groupItems(nodes: readonly Node[], pairs: readonly Pair[]): CaseItem[] {
  const groups = new Map(nodes.map((node) => [keyOf(node.way), new Set([keyOf(node.way)])]));
  const likely = new Set<string>();
  const join = (one: string, other: string): boolean => {
    const [a, b] = [groups.get(one), groups.get(other)];
    if (a === undefined || b === undefined || a === b) return false;
    for (const key of b) {
      a.add(key);
      groups.set(key, a);
    }
    return true;
  };
  const same = pairs.filter((each) => each.decided?.decision === 'same');
  for (const pair of same.filter(({ reason }) => !mayBePart.has(reason))) joinPair(pair, join, nodes);
  for (const pair of parts(same, groups)) joinPair(pair, join, nodes);
  const apart = new Set(
    pairs
      .filter((each) => each.decided !== undefined && each.decided.decision !== 'same')
      .map((each) => `${keyOf(each.earlier)} ${keyOf(each.later)}`),
  );
  for (const [one, other] of looksEqual(nodes, pairs))
    if (!apart.has(`${one} ${other}`) && !apart.has(`${other} ${one}`) && join(one, other)) likely.add(one);
  const replaced = new Map<string, string[]>();
  for (const each of pairs.filter((pair) => pair.decided?.decision === 'newer'))
    replaced.set(keyOf(each.earlier), [...(replaced.get(keyOf(each.earlier)) ?? []), keyOf(each.later)]);
  return [...new Set(groups.values())].map((keys) => asItem(nodes, keys, likely, replaced));
}

/** Reasons that do not say whether the one is all of the other. */
const mayBePart: ReadonlySet<string> = new Set(['shares-pages', 'same-as-another']);

/**
 * Pairs of which one is a part of the other. A scan that holds two different papers stays an item of its own: through it they would
 * become one.
 */
function parts(same: readonly Pair[], groups: ReadonlyMap<string, ReadonlySet<string>>): Pair[] {
  const shared = same.filter(({ reason }) => mayBePart.has(reason));
  const partners = (key: string) =>
    new Set(
      shared.flatMap((each) => {
        const [one, other] = [keyOf(each.earlier), keyOf(each.later)];
        const partner = one === key ? other : other === key ? one : undefined;
        return partner === undefined ? [] : [...(groups.get(partner) ?? [])];
      }),
    );
  const holdsOne = (key: string): boolean => {
    const found = [...partners(key)];
    return found.every((each) => groups.get(each) === groups.get(found[0] ?? ''));
  };
  return shared.filter((pair) => holdsOne(keyOf(pair.earlier)) && holdsOne(keyOf(pair.later)));
}

/** Two submissions that are the same bring the same documents: those with the same bytes are one as well. */
function joinPair(pair: Pair, join: (one: string, other: string) => boolean, nodes: readonly Node[]): void {
  join(keyOf(pair.earlier), keyOf(pair.later));
  if (pair.earlier.documentId !== null) return;
  const of = (id: string) => nodes.filter((node) => node.way.submissionId === id && node.document !== undefined);
  for (const one of of(pair.earlier.submissionId))
    for (const other of of(pair.later.submissionId)) if (sameBytes(one, other)) join(keyOf(one.way), keyOf(other.way));
}

const sameBytes = (one: Node, other: Node): boolean =>
  one.document !== undefined && other.document !== undefined && one.document.sha256.equals(other.document.sha256);

function looksEqual(nodes: readonly Node[], pairs: readonly Pair[]): [string, string][] {
  const found: [string, string][] = pairs
    .filter((pair) => pair.decided === undefined && pair.level === 'same-request')
    .map((pair) => [keyOf(pair.earlier), keyOf(pair.later)]);
  nodes.forEach((one, index) => {
    for (const other of nodes.slice(index + 1))
      if (sameBytes(one, other)) found.push([keyOf(one.way), keyOf(other.way)]);
  });
  return found;
}

function asItem(
  nodes: readonly Node[],
  keys: ReadonlySet<string>,
  likely: ReadonlySet<string>,
  replaced: ReadonlyMap<string, readonly string[]>,
): CaseItem {
  const own = nodes.filter((node) => keys.has(keyOf(node.way))).sort((a, b) => a.way.at.getTime() - b.way.at.getTime());
  const doubtful = [...keys].some((key) => likely.has(key));
  return {
    document: own.find((node) => node.document !== undefined)?.document,
    concern: own[0]?.concern ?? '',
    supplement: own[0]?.supplement ?? false,
    ways: own.map((node) => node.way),
    sure: own.length === 1 ? 'single' : doubtful ? 'likely' : 'decided',
    replaced: [...keys].some((key) => replaced.has(key)),
    newer: [...keys].flatMap((key) => replaced.get(key) ?? []),
  };
}
