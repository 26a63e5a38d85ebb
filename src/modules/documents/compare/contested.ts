import { type Laid, SAME, TELLS_ITSELF } from './compare-documents.ts';
import { keyOf, type Link } from './linked-pages.ts';
import type { Contest, PageAt } from './settle-papers.ts';

/** How much better, in bits, a page must fit one of two papers than the other to be said to be that one. */
const LEAD = 2;
/** What one sure difference costs, in bits. */
const DIFFERENCE = 12;
/** What it is worth, in bits, that every figure of the page could be made out on the other one: the one that tells them apart is among them. */
const KNOWN = 30;
/** A group of shapes of one paper is as strong as the mean of its best so many. */
const BEST = 3;
/** What a link counts where its page fits another paper as well, and where it was seen to be another paper: then it parts. */
const [AS_WELL, SEEN] = [0, -1];
/** Share of a page that is the same, from which on nothing is missing on either: whatever it is, they are the same. */
const WHOLE = 0.985;

/** A page that another one was found to be the same as. */
type Claim = { readonly page: PageAt; readonly link: Link; readonly strength: number };

/**
 * Where a page was found to be the same as two that are surely different from each other (a stamp or a blur lies over the one number
 * that tells them apart), it is the one that it looks like where these two differ; where that cannot be seen, the one that it fits
 * clearly better, or these two say nothing about it. Gives what is left of the links that lost, by what was laid over each other.
 */
export async function contested(links: readonly Link[], contest: Contest): Promise<ReadonlyMap<Laid, number>> {
  const byPages = new Map(
    links.flatMap((link) => [[pair(link.from, link.to), link] as const, [pair(link.to, link.from), link] as const]),
  );
  const claims = new Map<string, { readonly mine: PageAt; readonly claims: Claim[] }>();
  for (const link of links.filter(({ weight }) => weight > 0))
    for (const [mine, page] of [
      [link.from, link.to],
      [link.to, link.from],
    ] as const) {
      const of = claims.get(keyOf(mine)) ?? { mine, claims: [] };
      of.claims.push({ page, link, strength: strengthOf(link.laid) });
      claims.set(keyOf(mine), of);
    }
  const left = new Map<Laid, number>();
  for (const { mine, claims: rivals } of claims.values())
    for (const [claim, share] of await losers(
      mine,
      rivals,
      (one, other) => byPages.get(pair(one.page, other.page)),
      contest,
    ))
      left.set(claim.link.laid, Math.min(share, left.get(claim.link.laid) ?? 1));
  return left;
}

const pair = (one: PageAt, other: PageAt): string => `${keyOf(one)} ${keyOf(other)}`;

const strengthOf = ({ evidence, known, conflict }: Laid): number => evidence + KNOWN * known - DIFFERENCE * conflict;

const whole = ({ covered, known, conflict }: Laid): boolean => covered >= WHOLE && known === 1 && conflict === 0;

type Relation = 'same' | 'apart' | 'unknown';
type Relate = (one: Claim, other: Claim) => Relation;

/** The claims of a page that lose against others, and what is left of them. */
async function losers(
  mine: PageAt,
  claims: readonly Claim[],
  linkOf: (one: Claim, other: Claim) => Link | undefined,
  contest: Contest,
): Promise<ReadonlyMap<Claim, number>> {
  const relation: Relate = (one, other) => relationOf(linkOf(one, other));
  const lost = new Map<Claim, number>();
  const pairs = claims.flatMap((one, at) => claims.slice(at + 1).map((other) => [one, other] as const));
  if (!pairs.some(([one, other]) => relation(one, other) === 'apart')) return lost;
  const strength = ([one, other]: readonly [Claim, Claim]): number => {
    const link = linkOf(one, other);
    return link === undefined ? 0 : strengthOf(link.laid);
  };
  const sure = pairs
    .filter(([one, other]) => relation(one, other) === 'same')
    .toSorted((p, q) => strength(q) - strength(p));
  const groups = groupsOf(claims, sure, relation);
  const lose = (group: readonly Claim[], share: number): void => {
    for (const claim of group) if (!whole(claim.link.laid)) lost.set(claim, Math.min(share, lost.get(claim) ?? 1));
  };
  for (const [at, group] of groups.entries())
    for (const other of groups.slice(at + 1)) {
      const [one, rival] = [strongest(group), strongest(other)];
      if (one === undefined || rival === undefined || !differ(group, other, relation)) continue;
      const seen = await contest(mine, one.page, rival.page);
      const lead = strengthOfAll(group) - strengthOfAll(other);
      if (seen < 0) lose(group, SEEN);
      if (seen > 0) lose(other, SEEN);
      if (seen === 0 && lead < LEAD) lose(group, AS_WELL);
      if (seen === 0 && lead > -LEAD) lose(other, AS_WELL);
    }
  return lost;
}

const strongest = (group: readonly Claim[]): Claim | undefined => group.toSorted((p, q) => q.strength - p.strength)[0];

function strengthOfAll(group: readonly Claim[]): number {
  const best = group
    .map(({ strength }) => strength)
    .toSorted((a, b) => b - a)
    .slice(0, BEST);
  const mean = best.reduce((sum, each) => sum + each, 0) / best.length;
  // A paper that came in many shapes is likelier to come once more; a mere copy of this one says nothing about that.
  return mean + Math.log2(Math.max(1, group.filter(({ link }) => !whole(link.laid)).length));
}

/** Two groups are different papers when at least as many of their members are surely different as are the same: one reading alone may be wrong. */
function differ(one: readonly Claim[], other: readonly Claim[], relation: Relate): boolean {
  const all = one.flatMap((claim) => other.map((rival) => relation(claim, rival)));
  const count = (kind: Relation): number => all.filter((each) => each === kind).length;
  return count('apart') > 0 && count('apart') >= count('same');
}

/** Claims that are the same paper go together, the surest first. */
function groupsOf(
  claims: readonly Claim[],
  sure: readonly (readonly [Claim, Claim])[],
  relation: Relate,
): readonly Claim[][] {
  const groups = claims.map((claim) => [claim]);
  for (const [i, j] of sure) {
    const [one, other] = [groups.find((group) => group.includes(i)), groups.find((group) => group.includes(j))];
    if (one === undefined || other === undefined || one === other) continue;
    if (differ(one, other, relation)) continue;
    one.push(...other);
    groups.splice(groups.indexOf(other), 1);
  }
  return groups;
}

function relationOf(link: Link | undefined): Relation {
  if (link === undefined) return 'unknown';
  const { laid, weight } = link;
  // A page of terms is the same in two papers of a sender; one that tells by itself what it is lies in both of them.
  if (laid.score >= SAME) return weight > 0 || laid.evidence >= TELLS_ITSELF ? 'same' : 'apart';
  return weight < 0 ? 'apart' : 'unknown';
}
