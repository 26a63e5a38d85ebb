import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createRandom } from '../../../src/main/demo/random.ts';
import { makeBases } from './bases.ts';
import { type LabelledFile, type LabelledSet, labelledSet, labelOf } from './labels.ts';
import { planFiles, shuffled } from './plan.ts';
import { createSetter } from './typst.ts';
import { makeVariant } from './variants.ts';

export { type LabelledFile, type LabelledSet, labelledSet, type Pair } from './labels.ts';

export interface SetOptions {
  /** The same seed gives the same files, byte by byte, and the same labels. */
  readonly seed: number;
  /** How many different papers. */
  readonly bases: number;
  /** Files of each, without the merged ones that come on top (8 %). 6 unless told. */
  readonly perBase?: number;
  /** Called after each file. */
  readonly tell?: (done: number, all: number) => void;
}

/** What `npm run bench:duplicates` measures. */
export const defaultSet = { seed: 1, bases: 52, perBase: 6 } as const;
/** A short form for tests: some 16 files. */
export const smallSet = { seed: 7, bases: 4, perBase: 4 } as const;

const mediaTypes = { pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png', tiff: 'image/tiff' } as const;

/**
 * Makes the labelled set: writes its files into `folder`, under names that say nothing, and the labels beside the folder
 * (`<folder>.labels.json`). The folder is made where it is missing; files of the same name are written over.
 */
export async function makeSet(folder: string, { seed, bases, perBase = 6, tell }: SetOptions): Promise<LabelledSet> {
  await mkdir(folder, { recursive: true });
  const plans = shuffled(
    planFiles(await makeBases(seed, bases), perBase, createRandom(`${seed}/plan`)),
    createRandom(`${seed}/names`),
  );
  const set = await createSetter();
  const files: LabelledFile[] = [];
  for (const [i, plan] of plans.entries()) {
    const { bytes, extension } = await makeVariant(plan.leaves, plan.shape, set, createRandom(`${seed}/file/${i}`));
    const name = `d${String(i + 1).padStart(4, '0')}.${extension}`;
    await writeFile(join(folder, name), bytes);
    files.push(labelOf(name, plan, mediaTypes[extension]));
    tell?.(i + 1, plans.length);
  }
  await writeFile(join(dirname(folder), `${basename(folder)}.labels.json`), JSON.stringify({ files }, undefined, 1));
  return labelledSet(files);
}
