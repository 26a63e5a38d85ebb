import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import {
  type ComparedPapers,
  comparePapers,
  type Document,
  type DocumentVault,
  documentsByIds,
  documentsWithMarks,
  keptPages,
  SAME,
  settlePapers,
} from '../documents/index.ts';
import { arrivalsSentTo } from '../intake/index.ts';
import { contestAmong } from './compare-document.ts';
import { mostOwn, type OwnHint, ownCases } from './own-things.ts';

/** A page that is looked at before sending waits for no more than this many comparisons of a file, and this many files. */
const mostCompared = 3;
const mostFiles = 8;
/** Longer papers are compared after they came. */
const mostPages = 12;
const patienceMs = 6_000;
const fewestMarks = 4;

/** Two documents that share much of what tells papers apart; whether they are the same is not judged yet. */
export type Lookalike = {
  readonly file: Document;
  readonly pages: readonly PageReading[];
  readonly others: readonly (Pick<OwnHint, 'channel' | 'at'> & { readonly pages: readonly PageReading[] })[];
};

/**
 * Files that may be here in another shape, among the same things as `ownHints` and no others. What was not read yet gives nothing: then
 * there is no hint, and the office sees it later.
 */
export async function ownLookalikes(
  tx: Tx,
  vault: DocumentVault,
  files: readonly Document[],
  caseIds: readonly string[],
): Promise<Lookalike[]> {
  if (files.length === 0 || caseIds.length === 0) return [];
  const own = await ownCases(tx, caseIds);
  const arrivals = await arrivalsSentTo(tx, [...own.keys()], mostOwn);
  const found: Lookalike[] = [];
  const short = await shortOnes(tx, [...files.map(({ id }) => id), ...arrivals.map(({ documentId }) => documentId)]);
  for (const file of files.filter(({ id }) => short.has(id)).slice(0, mostFiles)) {
    const shared = await documentsWithMarks(tx, file.id, fewestMarks, mostOwn);
    const near = shared
      .flatMap(({ documentId }) => arrivals.find((each) => each.documentId === documentId) ?? [])
      .filter(({ documentId }) => short.has(documentId))
      .slice(0, mostCompared);
    const pages = near.length === 0 ? undefined : await keptPages(tx, vault, file.id);
    if (pages === undefined) continue;
    const others = [];
    for (const { documentId, channel, receivedAt: at } of near) {
      const theirs = await keptPages(tx, vault, documentId);
      if (theirs !== undefined) others.push({ channel, at, pages: theirs });
    }
    found.push({ file, pages, others });
  }
  return found;
}

/** Of these documents those whose pages a page of the portal may wait for, and the web process may hold in memory. */
async function shortOnes(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const documents = await documentsByIds(tx, ids);
  return new Set(documents.filter(({ pages }) => pages <= mostPages).map(({ id }) => id));
}

/**
 * Compares what may be the same; outside of a transaction, because it takes its time. The person waits for the page: what is not known
 * after some seconds is not said, and the office sees it later.
 */
export async function judgeLookalikes(lookalikes: readonly Lookalike[]): Promise<OwnHint[]> {
  const hints: OwnHint[] = [];
  const enough = AbortSignal.timeout(patienceMs);
  for (const { file, pages, others } of lookalikes) {
    if (enough.aborted) break;
    const papers = [pages, ...others.map((other) => other.pages)];
    const compared: ComparedPapers[] = [];
    for (const [one, a] of papers.entries())
      for (const [other, b] of papers.entries())
        if (other > one) compared.push({ one, other, laid: (await comparePapers(a, b)).laid });
    const settled = await settlePapers(
      compared,
      contestAmong(async (at) => papers[at] ?? []),
    );
    const same = settled.find(({ one, score }) => one === 0 && score >= SAME);
    const found = same && others[same.other - 1];
    if (found === undefined) continue;
    const { channel, at } = found;
    hints.push({ documentId: file.id, name: file.name, level: 'same-document', channel, at });
  }
  return hints;
}

/** Two files of one draft that look alike, to be judged. */
export type TwinFiles = {
  readonly names: readonly [string, string];
  readonly pages: readonly [readonly PageReading[], readonly PageReading[]];
};

/** Files that lie in one draft and may be the same paper in two shapes; they are the person's own, whoever it is. */
export async function twinFiles(tx: Tx, vault: DocumentVault, files: readonly Document[]): Promise<TwinFiles[]> {
  const found: TwinFiles[] = [];
  const short = await shortOnes(
    tx,
    files.map(({ id }) => id),
  );
  for (const [at, file] of files.slice(0, mostFiles).entries()) {
    if (!short.has(file.id)) continue;
    const shared = new Set(
      (await documentsWithMarks(tx, file.id, fewestMarks, mostOwn)).map((each) => each.documentId),
    );
    for (const other of files.slice(at + 1).filter(({ id }) => shared.has(id) && short.has(id))) {
      const [one, two] = [await keptPages(tx, vault, file.id), await keptPages(tx, vault, other.id)];
      if (one !== undefined && two !== undefined && found.length < mostFiles)
        found.push({ names: [file.name, other.name], pages: [one, two] });
    }
  }
  return found;
}

/** The names of files that turned out to be the same, two by two; outside of a transaction. */
export async function judgeTwins(twins: readonly TwinFiles[]): Promise<(readonly [string, string])[]> {
  const same: (readonly [string, string])[] = [];
  const enough = AbortSignal.timeout(patienceMs);
  for (const { names, pages } of twins) {
    if (enough.aborted) break;
    const { score } = await comparePapers(pages[0], pages[1]);
    if (score >= SAME) same.push(names);
  }
  return same;
}
