import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import {
  type ComparablePage,
  compareDocuments,
  contest,
  copied,
  keepSheets,
  type Laid,
  type PageAt,
  preparePages,
  type SettledPapers,
  type Sheets,
  settlePapers,
} from '../modules/documents/index.ts';
import { sha256 } from '../platform/crypto/index.ts';
import { inspect } from '../platform/media/index.ts';
import { allowReaders, closeReading, readPages } from '../platform/reading/index.ts';

/** Two files by their names, how surely they are the same document (0.5 and more: yes), and why. */
export type FolderPair = readonly [fileA: string, fileB: string, score: number, reason: string];
export type FolderComparison = {
  readonly files: number;
  /** Wall time, all together, for each file. */
  readonly secondsPerDocument: number;
  readonly pairs: readonly FolderPair[];
  /** Files of which nothing could be read, with the reason. */
  readonly unread: readonly (readonly [file: string, reason: string])[];
};

/** Pairs below this have next to nothing in common and are not listed. */
const LEAST_LISTED = 0.1;

/** Pictures kept decoded while all are compared with all: 2 MB each. */
const SHEETS = 400;

type Read = {
  readonly name: string;
  readonly hash: string;
  readonly pages: readonly ComparablePage[];
  readonly problem: string | undefined;
};

/** Reads every file of a folder (and of its folders) and compares all with all, by what intake does with two papers. */
export async function compareFolder(folder: string, onProgress: (text: string) => void): Promise<FolderComparison> {
  const began = performance.now();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const files = await readAll(folder, names, onProgress);
  const compared: Compared[] = [];
  for (const [i, a] of files.entries()) {
    onProgress(`${i + 1} of ${files.length} files compared`);
    for (const [j, b] of files.entries()) {
      if (j <= i) continue;
      const found = await comparePair(a, b);
      if (found.score >= LEAST_LISTED || found.laid.length > 0) compared.push({ i, j, ...found });
    }
  }
  const pairs = (await settled(compared, files))
    .filter(({ score }) => score >= LEAST_LISTED)
    .map(
      ({ i, j, score, words }): FolderPair => [
        files[i]?.name ?? '',
        files[j]?.name ?? '',
        Math.round(score * 1_000) / 1_000,
        words,
      ],
    );
  const seconds = (performance.now() - began) / 1_000;
  return {
    files: files.length,
    secondsPerDocument: Math.round((seconds / Math.max(1, files.length)) * 1_000) / 1_000,
    pairs: pairs.toSorted((p, q) => q[2] - p[2]),
    unread: files.flatMap(({ name, problem }) => (problem === undefined ? [] : [[name, problem] as const])),
  };
}

async function readAll(folder: string, names: readonly string[], onProgress: (text: string) => void): Promise<Read[]> {
  const readers = availableParallelism();
  allowReaders(readers);
  const sheets = keepSheets(SHEETS);
  const files: Read[] = [];
  const waiting = [...names.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, name] = next;
      files[i] = await readOne(join(folder, name), name, sheets);
      onProgress(`${names.length - waiting.length} of ${names.length} files read`);
    }
  };
  try {
    await Promise.all(Array.from({ length: readers }, work));
  } finally {
    closeReading();
  }
  return files;
}

async function readOne(path: string, name: string, sheets: Sheets): Promise<Read> {
  const bytes = tryRead(path);
  if (bytes === undefined) return { name, hash: name, pages: [], problem: 'no permission, or gone' };
  const hash = sha256(bytes).toString('hex');
  const found = await inspect(bytes);
  // A PDF with scripts or files in it is refused at the door; what stands on its pages can be compared all the same.
  const mediaType = found.ok ? found.mediaType : found.reason === 'scripted' ? 'application/pdf' : undefined;
  if (mediaType === undefined) return { name, hash, pages: [], problem: found.ok ? undefined : found.reason };
  const pages = [];
  const failures: string[] = [];
  for await (const page of readPages(bytes, mediaType))
    if ('failed' in page) failures.push(page.failed);
    else pages.push(page);
  return {
    name,
    hash,
    pages: preparePages(pages, sheets),
    problem: pages.length === 0 ? (failures[0] ?? 'empty') : undefined,
  };
}

function tryRead(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // one file that may not be read ends no comparison of all the others
  }
}

type Found = { readonly score: number; readonly words: string; readonly laid: readonly Laid[] };
type Compared = Found & { readonly i: number; readonly j: number };

async function comparePair(a: Read, b: Read): Promise<Found> {
  if (a.hash === b.hash) return { score: 1, words: 'the same bytes', laid: copied(a.pages) };
  return compareDocuments(a.pages, b.pages);
}

const BY_OTHERS = {
  another: 'fits another paper as well, or better',
  third: 'both are the same as another one',
} as const satisfies Partial<Record<SettledPapers['by'], string>>;

/** What all files are to each other once they are looked at together. */
async function settled(compared: readonly Compared[], files: readonly Read[]): Promise<readonly Compared[]> {
  const known = new Map(compared.map((each) => [`${each.i} ${each.j}`, each]));
  const pageOf = ({ paper, page }: PageAt): ComparablePage | undefined =>
    files[paper]?.pages.find((each) => each.page === page);
  const found = await settlePapers(
    compared.map(({ i, j, laid }) => ({ one: i, other: j, laid })),
    async (mine, one, other) => {
      const [page, first, second] = [pageOf(mine), pageOf(one), pageOf(other)];
      return page && first && second ? contest(page, first, second) : 0;
    },
  );
  return found.map(({ one, other, score, by }): Compared => {
    const { words, laid } = known.get(`${one} ${other}`) ?? { words: '', laid: [] };
    return { i: one, j: other, score, words: by === 'comparison' ? words : BY_OTHERS[by], laid };
  });
}
