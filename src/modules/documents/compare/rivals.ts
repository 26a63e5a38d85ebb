import { ALIKE, judge, type Laid, SAME, TELLS_ITSELF } from './compare-documents.ts';

/** Sure differences from which on two pages that look alike are two papers. */
const APART = 0.7;
/** How much better, in bits, a page must fit one of two papers than the other to be said to be that one. */
const LEAD = 2;
/** What one sure difference costs, in bits. */
const DIFFERENCE = 12;
/** What it is worth, in bits, that every figure of the page could be made out on the other one: the one that tells them apart is among them. */
const KNOWN = 30;
/** A group of shapes of one paper is as strong as the mean of its best so many. */
const BEST = 3;

/** Pages of one other paper over which a page was laid. `of` is the paper's place in the list, `at` the pair's in its comparison. */
type Claim = {
  readonly of: number;
  readonly at: number;
  readonly page: number;
  readonly strength: number;
  /** Nothing on one of the two pages is missing on the other: whatever it is, they are the same. */
  readonly whole: boolean;
};

/** A page of one of the others. `of` is the paper's place in the list. */
export type RivalPage = { readonly of: number; readonly page: number };

/** What can be asked about the others. */
export type Rivals = {
  /** The laid pages of two of them (`a` and `b` in the order asked for). */
  readonly between: (one: number, other: number) => Promise<readonly Laid[]>;
  /** Which of two pages a page of the paper in question is, by `contest`: 1 the first, -1 the other, 0 unknown. */
  readonly contest: (page: number, one: RivalPage, other: RivalPage) => Promise<-1 | 0 | 1>;
};

/**
 * A page cannot be two papers. Where it was found to be the same as two pages that are surely different from each other (a stamp or a
 * blur lies over the one number that tells them apart), it is the one that it looks like where these two differ; where that cannot be seen,
 * the one that it fits clearly better, or neither of them.
 *
 * `found` holds the laid pages of one paper (`a`) with each of several others (`b`). Gives `found` anew: pairs that cannot be are a sure
 * difference.
 */
export async function settleRivals(found: readonly (readonly Laid[])[], others: Rivals): Promise<(readonly Laid[])[]> {
  const claims = new Map<number, Claim[]>();
  for (const [of, laid] of found.entries())
    for (const [at, pair] of laid.entries())
      if (pair.score >= SAME) claims.set(pair.a, [...(claims.get(pair.a) ?? []), claimOf(of, at, pair)]);
  const refused = new Set<string>();
  for (const [page, rivals] of claims)
    for (const { of, at } of await losers(page, rivals, others)) refused.add(`${of} ${at}`);
  return found.map((laid, of) =>
    laid.map((pair, at) =>
      refused.has(`${of} ${at}`)
        ? { ...pair, score: Math.min(pair.score, 0.4), conflict: Math.max(pair.conflict, 4) }
        : pair,
    ),
  );
}

/** Share of a page that is the same, from which on nothing is missing on either. */
const WHOLE = 0.985;

const claimOf = (of: number, at: number, pair: Laid): Claim => ({
  of,
  at,
  page: pair.b,
  strength: strengthOf(pair),
  whole: pair.covered >= WHOLE && pair.known === 1 && pair.conflict === 0,
});

const strengthOf = ({ evidence, known, conflict }: Laid): number => evidence + KNOWN * known - DIFFERENCE * conflict;

/** The same laid pages, seen from the other paper. */
export const turned = (laid: readonly Laid[]): Laid[] => laid.map((pair) => ({ ...pair, a: pair.b, b: pair.a }));

/** What two of the others are to each other, and how surely they are the same. */
type Relation = { readonly kind: 'same' | 'apart' | 'unknown'; readonly strength: number };
type Relate = (i: number, j: number) => Relation['kind'];

async function losers(page: number, claims: readonly Claim[], { between, contest }: Rivals): Promise<readonly Claim[]> {
  if (claims.length < 2) return [];
  const relations = new Map<string, Relation>();
  for (const [i, one] of claims.entries())
    for (const [k, other] of claims.slice(i + 1).entries())
      relations.set(`${i} ${i + 1 + k}`, relationOf(one, other, await between(one.of, other.of)));
  const relation: Relate = (i, j) => relations.get(i < j ? `${i} ${j}` : `${j} ${i}`)?.kind ?? 'unknown';
  if (![...relations.values()].some(({ kind }) => kind === 'apart')) return [];
  const apart = apartBy(relation);
  const sure = [...relations]
    .filter(([, { kind }]) => kind === 'same')
    .toSorted((p, q) => q[1].strength - p[1].strength);
  const groups = groupsOf(
    claims.length,
    sure.map(([pair]) => pair.split(' ').map(Number) as [number, number]),
    apart,
  );
  const strength = (group: readonly number[]): number => {
    const best = group.map((i) => claims[i]?.strength ?? 0).toSorted((a, b) => b - a);
    const mean = best.slice(0, BEST).reduce((sum, each) => sum + each, 0) / Math.min(BEST, best.length);
    // A paper that came in many shapes is likelier to come once more; a mere copy of this one says nothing about that.
    return mean + Math.log2(Math.max(1, group.filter((i) => claims[i]?.whole === false).length));
  };
  const strongest = (group: readonly number[]): Claim | undefined =>
    group.flatMap((i) => claims[i] ?? []).toSorted((p, q) => q.strength - p.strength)[0];
  const lost = new Set<readonly number[]>();
  for (const [i, group] of groups.entries())
    for (const other of groups.slice(i + 1)) {
      const [one, rival] = [strongest(group), strongest(other)];
      if (one === undefined || rival === undefined || !apart(group, other)) continue;
      const seen = await contest(page, one, rival);
      const lead = strength(group) - strength(other);
      if (seen < 0 || (seen === 0 && lead < LEAD)) lost.add(group);
      if (seen > 0 || (seen === 0 && lead > -LEAD)) lost.add(other);
    }
  return [...lost]
    .flat()
    .flatMap((i) => claims[i] ?? [])
    .filter(({ whole }) => !whole);
}

/** Two groups are different papers when at least as many of their members are surely different as are the same: one reading alone may be wrong. */
const apartBy =
  (relation: Relate) =>
  (one: readonly number[], other: readonly number[]): boolean => {
    const all = one.flatMap((i) => other.map((j) => relation(i, j)));
    const count = (kind: Relation['kind']): number => all.filter((each) => each === kind).length;
    return count('apart') > 0 && count('apart') >= count('same');
  };

/** Claims that are the same paper go together, the surest first. */
function groupsOf(
  count: number,
  sure: readonly (readonly [number, number])[],
  apart: ReturnType<typeof apartBy>,
): (readonly number[])[] {
  const groups: number[][] = Array.from({ length: count }, (_, i) => [i]);
  for (const [i, j] of sure) {
    const [one, other] = [groups.find((group) => group.includes(i)), groups.find((group) => group.includes(j))];
    if (one === undefined || other === undefined || one === other) continue;
    if (apart(one, other)) continue;
    one.push(...other);
    groups.splice(groups.indexOf(other), 1);
  }
  return groups;
}

function relationOf(one: Claim, other: Claim, laid: readonly Laid[]): Relation {
  const pair = laid.find((each) => each.a === one.page && each.b === other.page);
  if (one.of === other.of || pair === undefined) return { kind: 'unknown', strength: 0 };
  const strength = strengthOf(pair);
  // A page of terms is the same in two papers of a sender, and does not say which of the two a third one is.
  if (pair.score >= SAME)
    return { kind: pair.evidence >= TELLS_ITSELF || judge(laid) >= SAME ? 'same' : 'apart', strength };
  return { kind: pair.covered > ALIKE && pair.conflict >= APART ? 'apart' : 'unknown', strength };
}
