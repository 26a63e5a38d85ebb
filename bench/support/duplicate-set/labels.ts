import type { Base } from './bases.ts';
import type { Kind } from './model.ts';
import type { Plan } from './plan.ts';

/** What is known about a file of the set. */
export interface LabelledFile {
  readonly name: string;
  /** The base papers whose pages it holds. */
  readonly base: readonly string[];
  readonly kind: Kind | 'mixed';
  readonly variant: Plan['variant'];
  /** The shape of its pages; for parts and merges this says how they came. */
  readonly shape: Plan['shape'];
  readonly mediaType: string;
  /** `base#page` of every page that says whose paper it is, from 0. */
  readonly telling: readonly string[];
  /** `base#page` of pages whose very text stands in another paper of the family too. */
  readonly twins: readonly string[];
  /** Number of pages, empty ones counted. */
  readonly pages: number;
}

export type Pair = readonly [string, string];

/** Files with what each holds, and the pairs that follow from it. */
export interface LabelledSet {
  readonly files: readonly LabelledFile[];
  /** Pairs that are the same document: they share a page that says whose paper it is. */
  samePairs(): Pair[];
  /** Pairs of different papers of the same kind, sender and layout. */
  hardNegatives(): Pair[];
  /** Pairs nobody can decide: all they share is a page whose text stands in several papers of the family. Not to be counted. */
  unsettledPairs(): Pair[];
}

/** The label of a file that was made after this plan. */
export function labelOf(name: string, plan: Plan, mediaType: string): LabelledFile {
  const leaves = plan.leaves.filter((leaf) => leaf !== 'blank');
  const kinds = new Set(leaves.map(({ base }) => base.kind));
  const [kind] = kinds;
  const keys = (wanted: (page: Base['pages'][number]) => boolean): string[] =>
    leaves
      .filter(({ base, page }) => wanted(base.pages[page] as Base['pages'][number]))
      .map(({ base, page }) => `${base.id}#${page}`);
  return {
    name,
    base: [...new Set(leaves.map(({ base }) => base.id))],
    kind: kinds.size === 1 && kind ? kind : 'mixed',
    variant: plan.variant,
    shape: plan.shape,
    mediaType,
    telling: keys((page) => !page.common && !page.twin),
    twins: keys((page) => page.twin && !page.common),
    pages: plan.leaves.length,
  };
}

/** `payslip-03-b` belongs to `payslip-03`. */
const familyOf = (base: string): string => base.slice(0, -2);

/** The set of these files. */
export function labelledSet(files: readonly LabelledFile[]): LabelledSet {
  const pairs = (wanted: (a: LabelledFile, b: LabelledFile) => boolean): Pair[] =>
    files.flatMap((a, i) =>
      files
        .slice(i + 1)
        .filter((b) => wanted(a, b))
        .map((b): Pair => [a.name, b.name]),
    );
  return {
    files,
    samePairs: () => pairs(same),
    hardNegatives: () => pairs((a, b) => related(a, b) && !same(a, b) && !unsettled(a, b) && !sharesBase(a, b)),
    unsettledPairs: () => pairs(unsettled),
  };
}

const same = (a: LabelledFile, b: LabelledFile): boolean => a.telling.some((page) => b.telling.includes(page));
const sharesBase = (a: LabelledFile, b: LabelledFile): boolean => a.base.some((base) => b.base.includes(base));
const related = (a: LabelledFile, b: LabelledFile): boolean =>
  a.base.some((one) => b.base.some((other) => one !== other && familyOf(one) === familyOf(other)));

/** They hold twin pages of one family at the same place, and no telling page of it at a place that both hold. */
function unsettled(a: LabelledFile, b: LabelledFile): boolean {
  if (same(a, b)) return false;
  const place = (key: string): string => familyOf(key.slice(0, key.indexOf('#'))) + key.slice(key.indexOf('#'));
  const here = new Set(b.twins.map(place));
  if (!a.twins.some((key) => here.has(place(key)))) return false;
  const told = new Set(b.telling.map(place));
  return !a.telling.some((key) => told.has(place(key)));
}
