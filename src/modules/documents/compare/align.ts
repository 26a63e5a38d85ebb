import { median } from './median.ts';
import { countFolds, type Token } from './token.ts';

/** A place of page A and the same place of page B, in their pixels. */
export type Pair = {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly rare: number;
};
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** How page A lies on page B. */
export type Alignment = {
  /** Places that agree; each is one word found on both pages. */
  readonly anchors: number;
  /** Where a point of A is on B. */
  readonly map: (x: number, y: number) => readonly [x: number, y: number];
  /** Size of B's writing against A's. */
  readonly scale: number;
};
/** Both ways. */
export type Alignments = { readonly there: Alignment; readonly back: Alignment };

const ROUNDS = 600;
const FEWEST = 5;
/** How far a word may lie beside where its neighbours say, as shares of the width: first far, then near. */
const GROWTH = [0.025, 0.025, 0.02, 0.015, 0.012] as const;
/** How often a word may stand on a page and still say where it belongs. */
const MOST_OFTEN = 4;
const NEIGHBOURS = 6;

/**
 * Puts two pages over each other by the words they share: the placement that most words agree with, then bent to what their
 * neighbours say, because photographed paper is never flat. Undefined where too few words agree. `width` is A's.
 */
export function alignPages(a: readonly Token[], b: readonly Token[], width: number): Alignments | undefined {
  const pairs = candidates(a, b, MOST_OFTEN);
  if (pairs.length < FEWEST) return undefined;
  let best = bestPlacement(pairs, width * 0.03);
  if (best === undefined) return undefined;
  const all = candidates(a, b, 12);
  let inliers: Pair[] = [];
  for (const tolerance of [0.04, 0.03, 0.02, 0.02]) {
    inliers = closest(all, flat(best), width * tolerance);
    if (inliers.length < FEWEST) return undefined;
    const fitted: Affine | undefined = fitAffine(inliers);
    if (fitted === undefined || !plausible(fitted)) return undefined;
    best = fitted;
  }
  return grown(inliers, best, all, width);
}

/** Words that were found by their look, put together like `alignPages` does. Those further off than `tolerance` (pixels) are left out. */
export function placeByAnchors(pairs: readonly Pair[], tolerance: number): Alignments | undefined {
  const best = bestPlacement(pairs, tolerance * 1.5);
  if (best === undefined) return undefined;
  let [inliers, placement] = [closest(pairs, flat(best), tolerance * 1.5), best];
  for (let round = 0; round < 2; round++) {
    const fitted = inliers.length < FEWEST ? undefined : fitAffine(inliers);
    if (fitted === undefined || !plausible(fitted)) return undefined;
    placement = fitted;
    inliers = closest(pairs, flat(placement), tolerance);
  }
  return grown(inliers, placement, pairs, tolerance * 40);
}

/**
 * Words further off that agree with their neighbours belong to it too: seen from an angle and bent, paper leaves the flat placement
 * bit by bit, so what was found is bent to its neighbours and looked for again.
 */
function grown(
  inliers: readonly Pair[],
  placement: Affine,
  all: readonly Pair[],
  width: number,
): Alignments | undefined {
  let near = inliers;
  for (const tolerance of GROWTH) {
    const bent = bend(near, placement);
    const more = closest(all, bent, width * tolerance);
    if (more.length < near.length * 0.7) break;
    near = more;
  }
  if (near.length < FEWEST) return undefined;
  const swapped = near.map(({ ax, ay, bx, by, rare }) => ({ ax: bx, ay: by, bx: ax, by: ay, rare }));
  const reverse = fitAffine(swapped);
  return reverse === undefined ? undefined : { there: placed(near, placement), back: placed(swapped, reverse) };
}

/** Where a flat placement puts a point. */
const flat =
  (m: Affine): Alignment['map'] =>
  (x, y) => [m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]];

const placed = (anchors: readonly Pair[], placement: Affine): Alignment => ({
  anchors: anchors.length,
  map: bend(anchors, placement),
  scale: Math.sqrt(Math.abs(determinant(placement))),
});

const middle = (token: Token): readonly [number, number] => [token.x + token.width / 2, token.y + token.height / 2];

function candidates(a: readonly Token[], b: readonly Token[], often: number): Pair[] {
  const [inA, inB] = [countFolds(a), countFolds(b)];
  const pairs: Pair[] = [];
  for (const [fold, ofA] of inA) {
    const ofB = inB.get(fold);
    if (ofB === undefined || fold.length < 3 || ofA.length > often || ofB.length > often) continue;
    const rare = Math.min(fold.length, 10) / (ofA.length * ofB.length);
    for (const one of ofA)
      for (const other of ofB) {
        const [ax, ay] = middle(one);
        const [bx, by] = middle(other);
        pairs.push({ ax, ay, bx, by, rare });
      }
  }
  return pairs.sort((one, other) => other.rare - one.rare).slice(0, 900);
}

/** Tries placements that two pairs define, the rare ones first; gives the one that most weight agrees with. */
function bestPlacement(pairs: readonly Pair[], tolerance: number): Affine | undefined {
  const top = pairs.slice(0, 160);
  let seed = 12_345;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor(((seed >>> 8) / 0x7fffff) * below) % below;
  };
  let best: { placement: Affine; weight: number } | undefined;
  const rounds = Math.min(ROUNDS, top.length * top.length);
  for (let round = 0; round < rounds; round++) {
    const [one, other] = [top[random(top.length)], top[random(top.length)]];
    if (one === undefined || other === undefined) continue;
    const placement = similarity(one, other);
    if (placement === undefined) continue;
    let weight = 0;
    for (const pair of top) if (misses(placement, pair) < tolerance) weight += pair.rare;
    if (weight > (best?.weight ?? 0)) best = { placement, weight };
  }
  return best?.placement;
}

/** The turn, size and shift that two pairs define; undefined where no paper is placed like that. */
function similarity(p: Pair, q: Pair): Affine | undefined {
  const [ux, uy, vx, vy] = [q.ax - p.ax, q.ay - p.ay, q.bx - p.bx, q.by - p.by];
  const length = ux * ux + uy * uy;
  if (length < 80 * 80) return undefined;
  const a = (ux * vx + uy * vy) / length;
  const b = (ux * vy - uy * vx) / length;
  const scale = Math.hypot(a, b);
  if (scale < 0.3 || scale > 3.3 || Math.abs(Math.atan2(b, a)) > 0.3) return undefined;
  return [a, -b, p.bx - a * p.ax + b * p.ay, b, a, p.by - b * p.ax - a * p.ay];
}

const determinant = ([a, b, , d, e]: Affine): number => a * e - b * d;

function plausible(m: Affine): boolean {
  const [a, b, , d, e] = m;
  const [sx, sy] = [Math.hypot(a, d), Math.hypot(b, e)];
  return determinant(m) > 0.05 && sx / sy < 1.6 && sy / sx < 1.6;
}

const misses = (m: Affine, p: Pair): number =>
  Math.hypot(m[0] * p.ax + m[1] * p.ay + m[2] - p.bx, m[3] * p.ax + m[4] * p.ay + m[5] - p.by);

/** Pairs that lie where `map` says, within the tolerance; each place of either page once, the best fitting first. */
function closest(pairs: readonly Pair[], map: Alignment['map'], tolerance: number): Pair[] {
  const used = new Set<string>();
  return pairs
    .map((pair) => {
      const [x, y] = map(pair.ax, pair.ay);
      return { pair, off: Math.hypot(x - pair.bx, y - pair.by) };
    })
    .filter(({ off }) => off < tolerance)
    .sort((one, other) => one.off - other.off)
    .flatMap(({ pair }) => {
      const [keyA, keyB] = [`a${pair.ax},${pair.ay}`, `b${pair.bx},${pair.by}`];
      if (used.has(keyA) || used.has(keyB)) return [];
      used.add(keyA);
      used.add(keyB);
      return [pair];
    });
}

/** Least squares. */
function fitAffine(pairs: readonly Pair[]): Affine | undefined {
  let [sxx, sxy, syy, sx, sy, n] = [0, 0, 0, 0, 0, 0];
  let [xu, yu, u, xv, yv, v] = [0, 0, 0, 0, 0, 0];
  for (const { ax, ay, bx, by } of pairs) {
    sxx += ax * ax;
    sxy += ax * ay;
    syy += ay * ay;
    sx += ax;
    sy += ay;
    n += 1;
    xu += ax * bx;
    yu += ay * bx;
    u += bx;
    xv += ax * by;
    yv += ay * by;
    v += by;
  }
  const rows = [
    [sxx, sxy, sx],
    [sxy, syy, sy],
    [sx, sy, n],
  ] as const;
  const one = solve3(rows, [xu, yu, u]);
  const other = solve3(rows, [xv, yv, v]);
  return one === undefined || other === undefined ? undefined : [...one, ...other];
}

type Row3 = readonly [number, number, number];

/** Cramer's rule. */
function solve3([r0, r1, r2]: readonly [Row3, Row3, Row3], right: Row3): Row3 | undefined {
  const det = (a: Row3, b: Row3, c: Row3): number =>
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
  const all = det(r0, r1, r2);
  if (Math.abs(all) < 1e-6) return undefined;
  const column = (k: 0 | 1 | 2): number => {
    const put = (row: Row3, value: number): Row3 => [
      k === 0 ? value : row[0],
      k === 1 ? value : row[1],
      k === 2 ? value : row[2],
    ];
    return det(put(r0, right[0]), put(r1, right[1]), put(r2, right[2])) / all;
  };
  return [column(0), column(1), column(2)];
}

/** Anchors from which on a sheet's perspective and curl can be told from chance. */
const ENOUGH_FOR_CURVE = 20;
/** Keeps the curve flat where nothing speaks for it. */
const STIFFNESS = 0.02;

/** The placement, curved as perspective and curled paper are, then corrected by how far the nearest anchors lie beside it. */
function bend(anchors: readonly Pair[], m: Affine): (x: number, y: number) => readonly [number, number] {
  const curve = anchors.length < ENOUGH_FOR_CURVE ? undefined : fitCurve(anchors, m);
  const base = (x: number, y: number): readonly [number, number] => {
    const [dx, dy] = curve?.(x, y) ?? [0, 0];
    return [m[0] * x + m[1] * y + m[2] + dx, m[3] * x + m[4] * y + m[5] + dy];
  };
  const rests = anchors.map((p) => {
    const [x, y] = base(p.ax, p.ay);
    return { x: p.ax, y: p.ay, dx: p.bx - x, dy: p.by - y };
  });
  return (x, y) => {
    const near: { d: number; dx: number; dy: number }[] = [];
    for (const rest of rests) {
      const d = (rest.x - x) ** 2 + ((rest.y - y) * 1.5) ** 2;
      if (d === 0 && rests.length > 8) continue; // a word does not vouch for itself
      if (near.length < NEIGHBOURS || d < (near.at(-1)?.d ?? 0)) {
        near.push({ d, dx: rest.dx, dy: rest.dy });
        near.sort((one, other) => one.d - other.d);
        if (near.length > NEIGHBOURS) near.pop();
      }
    }
    const [bx, by] = base(x, y);
    return [bx + (median(near.map((r) => r.dx)) ?? 0), by + (median(near.map((r) => r.dy)) ?? 0)];
  };
}

/** What a flat placement leaves over, as a surface of second order (least squares, twice, the second time without outliers). */
function fitCurve(anchors: readonly Pair[], m: Affine): (x: number, y: number) => readonly [number, number] {
  const size = Math.max(...anchors.map((p) => Math.max(p.ax, p.ay)), 1);
  const terms = (x: number, y: number): number[] => {
    const [u, v] = [(x / size) * 2 - 1, (y / size) * 2 - 1];
    return [1, u, v, u * v, u * u, v * v];
  };
  const left = anchors.map((p) => ({
    terms: terms(p.ax, p.ay),
    dx: p.bx - (m[0] * p.ax + m[1] * p.ay + m[2]),
    dy: p.by - (m[3] * p.ax + m[4] * p.ay + m[5]),
  }));
  const at = (row: readonly number[], by: readonly number[]): number =>
    row.reduce((sum, term, i) => sum + term * (by[i] ?? 0), 0);
  const fit = (rows: typeof left): readonly [number[], number[]] => {
    const matrix = Array.from({ length: 6 }, (_, i) =>
      Array.from(
        { length: 6 },
        (__, j) =>
          rows.reduce((sum, row) => sum + (row.terms[i] ?? 0) * (row.terms[j] ?? 0), 0) +
          (i === j && i > 2 ? STIFFNESS * rows.length : 0),
      ),
    );
    const right = (of: 'dx' | 'dy'): number[] =>
      Array.from({ length: 6 }, (_, i) => rows.reduce((sum, row) => sum + (row.terms[i] ?? 0) * row[of], 0));
    return [solve(matrix, right('dx')), solve(matrix, right('dy'))];
  };
  const first = fit(left);
  const off = left.map((row) => Math.hypot(row.dx - at(row.terms, first[0]), row.dy - at(row.terms, first[1])));
  const limit = 3 * Math.max(1, median(off) ?? 0);
  const [byX, byY] = fit(left.filter((_, i) => (off[i] ?? 0) <= limit));
  return (x, y) => {
    const row = terms(x, y);
    return [at(row, byX), at(row, byY)];
  };
}

/** Gauss, with the largest pivot; what has no solution gives zeros. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let column = 0; column < n; column++) {
    const best = rows
      .slice(column)
      .reduce(
        (most, row, i) => (Math.abs(row[column] ?? 0) > Math.abs(rows[most]?.[column] ?? 0) ? i + column : most),
        column,
      );
    [rows[column], rows[best]] = [rows[best] ?? [], rows[column] ?? []];
    const pivot = rows[column]?.[column] ?? 0;
    if (Math.abs(pivot) < 1e-9) return Array.from({ length: n }, () => 0);
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = (rows[i]?.[column] ?? 0) / pivot;
      rows[i] = (rows[i] ?? []).map((value, j) => value - factor * (rows[column]?.[j] ?? 0));
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}
