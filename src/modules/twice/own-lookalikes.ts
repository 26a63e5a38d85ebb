import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import {
  type ComparedPapers,
  comparePapers,
  type Document,
  type DocumentVault,
  documentsWithMarks,
  keptPages,
  SAME,
  settlePapers,
} from '../documents/index.ts';
import { arrivalsOfCases } from '../intake/index.ts';
import { contestAmong } from './compare-document.ts';
import { mostOwn, type OwnHint, ownCases } from './own-things.ts';

/** A page that is looked at before sending waits for no more than this many comparisons of a file, and this many files. */
const mostCompared = 3;
const mostFiles = 8;
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
  const arrivals = await arrivalsOfCases(tx, [...own.keys()], mostOwn);
  const found: Lookalike[] = [];
  for (const file of files.slice(0, mostFiles)) {
    const shared = new Set(
      (await documentsWithMarks(tx, file.id, fewestMarks, mostOwn)).map((each) => each.documentId),
    );
    const near = arrivals.filter((each) => shared.has(each.documentId)).slice(0, mostCompared);
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

/** Compares what may be the same; outside of a transaction, because it takes its time. */
export async function judgeLookalikes(lookalikes: readonly Lookalike[]): Promise<OwnHint[]> {
  const hints: OwnHint[] = [];
  for (const { file, pages, others } of lookalikes) {
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
  for (const [at, file] of files.slice(0, mostFiles).entries()) {
    const shared = new Set(
      (await documentsWithMarks(tx, file.id, fewestMarks, mostOwn)).map((each) => each.documentId),
    );
    for (const other of files.slice(at + 1).filter((each) => shared.has(each.id))) {
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
  for (const { names, pages } of twins) {
    const { score } = await comparePapers(pages[0], pages[1]);
    if (score >= SAME) same.push(names);
  }
  return same;
}
