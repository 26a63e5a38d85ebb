import type { Random } from '../../../src/main/demo/random.ts';
import type { Base } from './bases.ts';
import { type Leaf, manyPaged, type Variant } from './variants.ts';

/** A file to be made: which pages in which shape. */
export interface Plan {
  readonly leaves: readonly Leaf[];
  readonly shape: Variant;
  /** What is counted: the shape, or that it is a part, a merge, or pages in the wrong order. */
  readonly variant: Variant | 'partial' | 'merged' | 'reordered';
}

const shapes: readonly (readonly [Variant, number])[] = [
  ['resaved', 6],
  ['imaged', 6],
  ['scanned', 15],
  ['fax', 4],
  ['annotated', 11],
  ['photo', 16],
  ['bad-photo', 9],
  ['turned', 7],
  ['cropped', 4],
  ['tiff', 4],
  ['png', 3],
  ['screenshot', 4],
];
/** Shapes that parts and merges come in. */
const partShapes: readonly (readonly [Variant, number])[] = [
  ['digital', 3],
  ['resaved', 2],
  ['scanned', 6],
  ['imaged', 2],
  ['photo', 4],
  ['annotated', 2],
  ['tiff', 1],
  ['bad-photo', 1],
];

/** What becomes of each base: the original in most cases, then shapes by chance; parts of what has several pages; merges of some. */
export function planFiles(bases: readonly Base[], perBase: number, r: Random): Plan[] {
  const plans = bases.flatMap((base) => planBase(base, perBase, r));
  const merges = Math.max(1, Math.round(bases.length * perBase * 0.08));
  return [...plans, ...Array.from({ length: merges }, () => planMerge(bases, r))];
}

function planBase(base: Base, perBase: number, r: Random): Plan[] {
  const whole = base.pages.map((_, page): Leaf => ({ base, page }));
  const plans: Plan[] = r.chance(0.85) ? [{ leaves: whole, shape: 'digital', variant: 'digital' }] : [];
  while (plans.length < perBase) {
    const several = whole.length > 1;
    if (several && r.chance(0.28)) plans.push(planPart(base, r));
    else if (several && r.chance(0.07))
      plans.push({ leaves: shuffled(whole, r), shape: r.pick(['photo', 'scanned']), variant: 'reordered' });
    else {
      const shape = r.weighted(shapes);
      const leaves = manyPaged(shape) ? withBacks(whole, shape, r) : [r.pick(own(base))];
      plans.push({ leaves, shape, variant: shape });
    }
  }
  return plans;
}

/** Pages that say whose paper it is. */
const own = (base: Base): Leaf[] => {
  const all = base.pages.map((_, page) => ({ base, page }));
  const telling = all.filter(({ page }) => !base.pages[page]?.common && !base.pages[page]?.twin);
  return telling.length > 0 ? telling : all.slice(0, 1);
};

function planPart(base: Base, r: Random): Plan {
  const must = r.pick(own(base));
  const leaves = base.pages
    .map((_, page): Leaf => ({ base, page }))
    .filter((leaf) => leaf !== 'blank' && must !== 'blank' && (leaf.page === must.page || r.chance(0.3)));
  const fewer = leaves.length === base.pages.length ? [must] : leaves;
  return { leaves: fewer, shape: r.weighted(partShapes), variant: 'partial' };
}

/** Both sides through the feeder: empty backs between the pages. */
const withBacks = (leaves: readonly Leaf[], shape: Variant, r: Random): Leaf[] =>
  ['scanned', 'imaged', 'tiff', 'annotated'].includes(shape) && r.chance(0.12)
    ? leaves.flatMap((leaf): Leaf[] => [leaf, 'blank'])
    : [...leaves];

function shuffled<T>(list: readonly T[], r: Random): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const k = r.int(0, i);
    [out[i], out[k]] = [out[k] as T, out[i] as T];
  }
  return list.length > 1 && out.every((each, i) => each === list[i]) ? [...out].reverse() : out;
}

/** Two or three papers in one file: any ones, or several of a family (the last three payslips in one scan). */
function planMerge(bases: readonly Base[], r: Random): Plan {
  const first = r.pick(bases);
  const kin = bases.filter((each) => each.family === first.family && each !== first);
  const others = bases.filter((each) => each !== first);
  const pool = kin.length > 0 && r.chance(0.4) ? kin : others;
  const chosen = shuffled(pool, r).slice(
    0,
    r.weighted([
      [1, 3],
      [2, 2],
    ]),
  );
  const leaves = [first, ...chosen].flatMap((base) =>
    r.chance(0.2) ? [r.pick(own(base))] : base.pages.map((_, page): Leaf => ({ base, page })),
  );
  const blanks = r.chance(0.2) ? leaves.flatMap((leaf): Leaf[] => (r.chance(0.3) ? [leaf, 'blank'] : [leaf])) : leaves;
  const shape = r.weighted(partShapes);
  return { leaves: shape === 'digital' || shape === 'resaved' ? leaves : blanks, shape, variant: 'merged' };
}

export { shuffled };
