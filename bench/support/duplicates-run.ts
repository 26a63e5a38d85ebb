import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { compareFolder } from '../../src/main/compare-folder.ts';
import { projectPath } from '../../src/platform/env/project.ts';
import { readingSpent } from '../../src/platform/reading/index.ts';
import { type LabelledFile, type LabelledSet, labelledSet, makeSet } from './duplicate-set/index.ts';

/** A paper that comes twice is found when the score says so. */
const SAME = 0.5;

export type Share = { readonly found: number; readonly of: number; readonly share: number };
export type DuplicatesResult = {
  readonly files: number;
  readonly basePapers: number;
  readonly precision: number;
  readonly recall: number;
  readonly recallByVariant: Readonly<Record<string, Share>>;
  readonly hardNegatives: Share;
  readonly secondsPerDocument: number;
  readonly cpuSecondsPerOcrPage: number;
  readonly ocrPages: number;
  readonly mistakes: readonly string[];
};

/** The labelled set of a seed, made once and kept in the build folder. */
export async function labelledFolder(
  options: { seed: number; bases: number; perBase: number },
  tell: (line: string) => void,
) {
  const folder = projectPath('build/duplicate-set', `${options.seed}-${options.bases}-${options.perBase}`);
  const labels = `${folder}.labels.json`;
  if (existsSync(folder) && existsSync(labels)) {
    const { files } = JSON.parse(readFileSync(labels, 'utf8')) as { files: readonly LabelledFile[] };
    return { folder, set: labelledSet(files) };
  }
  tell('making the labelled set …');
  const half = `${folder}.half`;
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(half, { recursive: true, force: true });
  const set = await makeSet(half, options);
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
  renameSync(`${half}.labels.json`, labels);
  return { folder, set };
}

const keyOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
const share = (found: number, of: number): Share => ({
  found,
  of,
  share: of === 0 ? 1 : Math.round((found / of) * 10_000) / 10_000,
});

/** Compares the whole set by the operator's own command and counts against the labels. */
export async function benchDuplicates(
  folder: string,
  set: LabelledSet,
  tell: (line: string) => void,
): Promise<DuplicatesResult> {
  const before = readingSpent();
  const compared = await compareFolder(folder, tell);
  const after = readingSpent();
  const same = new Set(set.samePairs().map(([a, b]) => keyOf(a, b)));
  const hard = new Set(set.hardNegatives().map(([a, b]) => keyOf(a, b)));
  const unsettled = new Set(set.unsettledPairs().map(([a, b]) => keyOf(a, b)));
  const said = new Map(
    compared.pairs.filter(([, , score]) => score >= SAME).map((pair) => [keyOf(pair[0], pair[1]), pair]),
  );
  const judged = [...said.keys()].filter((key) => !unsettled.has(key));
  const right = judged.filter((key) => same.has(key));
  const variants = new Map(set.files.map((file) => [file.name, file.variant as string]));
  const byVariant = new Map<string, { found: number; of: number }>();
  for (const key of same)
    for (const variant of new Set(key.split(' ').map((name) => variants.get(name) ?? '?'))) {
      const row = byVariant.get(variant) ?? { found: 0, of: 0 };
      byVariant.set(variant, { found: row.found + (said.has(key) ? 1 : 0), of: row.of + 1 });
    }
  const ocrPages = after.ocrPages - before.ocrPages;
  return {
    files: compared.files,
    basePapers: new Set(set.files.flatMap((file) => file.base)).size,
    precision: share(right.length, judged.length).share,
    recall: share(right.length, same.size).share,
    recallByVariant: Object.fromEntries([...byVariant].sort().map(([name, row]) => [name, share(row.found, row.of)])),
    hardNegatives: share(judged.filter((key) => hard.has(key)).length, hard.size),
    secondsPerDocument: compared.secondsPerDocument,
    cpuSecondsPerOcrPage: Math.round((after.ocrCpuMs - before.ocrCpuMs) / Math.max(1, ocrPages) / 10) / 100,
    ocrPages,
    mistakes: [
      ...judged
        .filter((key) => !same.has(key))
        .map((key) => `taken for the same: ${key} (${said.get(key)?.[3] ?? ''})`),
      ...[...same]
        .filter((key) => !said.has(key))
        .map(
          (key) =>
            `not found: ${key} ${key
              .split(' ')
              .map((name) => variants.get(name))
              .join('/')}`,
        ),
    ],
  };
}
