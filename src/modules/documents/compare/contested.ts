import { type Laid, SAME, TELLS_ITSELF } from './compare-documents.ts';
import { keyOf, type Link, linkedPages } from './linked-pages.ts';
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
 * clearly better, or these two say nothing about it. Gives what is left of the links that lost, by their keys.
 */
export async function contested(links: readonly Link[], contest: Contest): Promise<ReadonlyMap<string, number>> {
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
  const left = new Map<string, number>();
  for (const { mine, claims: rivals } of claims.values())
    for (const [claim, share] of await losers(
      mine,
      rivals,
      (one, other) => byPages.get(pair(one.page, other.page)),
      contest,
    ))
      left.set(claim.link.key, Math.min(share, left.get(claim.link.key) ?? 1));
  return left;
}

const pair = (one: PageAt, other: PageAt): string => `${keyOf(one)} ${keyOf(other)}`;

const strengthOf = ({ evidence, known, conflict }: Laid): number => evidence + KNOWN * known - DIFFERENCE * conflict;

const whole = ({ covered, known, conflict }: Laid): boolean => covered >= WHOLE && known === 1 && conflict === 0;

/** What a link says of two claims: a page that tells by itself what it is may lie in two papers that differ elsewhere. */
const relation = ({ laid, weight }: Link): number =>
  laid.score >= SAME && laid.evidence >= TELLS_ITSELF ? laid.score : weight;

/** The claims of a page that lose against others, and what is left of them. */
async function losers(
  mine: PageAt,
  claims: readonly Claim[],
  linkOf: (one: Claim, other: Claim) => Link | undefined,
  contest: Contest,
): Promise<ReadonlyMap<Claim, number>> {
  const lost = new Map<Claim, number>();
  const links = claims.flatMap((one, at) => claims.slice(at + 1).flatMap((other) => linkOf(one, other) ?? []));
  if (!links.some((link) => relation(link) < 0)) return lost;
  const groups = groupsOf(claims, links);
  // Only what differs from the rival loses: a copy of the page in question fits both as well as the page does.
  const differs = (claim: Claim, rivals: readonly Claim[]): boolean =>
    rivals.some((rival) => {
      const link = linkOf(claim, rival);
      return link !== undefined && relation(link) < 0;
    });
  const lose = (group: readonly Claim[], rivals: readonly Claim[], share: number): void => {
    for (const claim of group)
      if (!whole(claim.link.laid) && differs(claim, rivals)) lost.set(claim, Math.min(share, lost.get(claim) ?? 1));
  };
  for (const [at, group] of groups.entries())
    for (const other of groups.slice(at + 1)) {
      const between = group.flatMap((one) => other.flatMap((rival) => linkOf(one, rival) ?? []));
      if (between.reduce((sum, link) => sum + relation(link), 0) >= 0) continue;
      const [one, rival] = [strongest(group), strongest(other)];
      if (one === undefined || rival === undefined) continue;
      const seen = await contest(mine, one.page, rival.page);
      const lead = strengthOfAll(group) - strengthOfAll(other);
      if (seen < 0) lose(group, other, SEEN);
      if (seen > 0) lose(other, group, SEEN);
      if (seen === 0 && lead < LEAD) lose(group, other, AS_WELL);
      if (seen === 0 && lead > -LEAD) lose(other, group, AS_WELL);
    }
  return lost;
}

const strongest = (group: readonly Claim[]): Claim | undefined => group.toSorted((p, q) => q.strength - p.strength)[0];

function strengthOfAll(group: readonly Claim[]): number {
  // A mere copy of the page in question fits nothing better than the page does; what differs from it is another paper.
  const others = group.filter(({ link }) => !whole(link.laid));
  if (others.length === 0) return Number.POSITIVE_INFINITY;
  const best = others
    .map(({ strength }) => strength)
    .toSorted((a, b) => b - a)
    .slice(0, BEST);
  const mean = best.reduce((sum, each) => sum + each, 0) / best.length;
  return mean + Math.log2(others.length); // a paper that came in many shapes is likelier to come once more
}

/** Claims that are one paper go together, whatever one of its shapes says. */
function groupsOf(claims: readonly Claim[], links: readonly Link[]): readonly Claim[][] {
  const groups = linkedPages(links.map((link) => ({ ...link, weight: relation(link) })));
  const groupOf = new Map(groups.flatMap((group) => group.map((page) => [keyOf(page), group] as const)));
  const found = new Map<unknown, Claim[]>();
  for (const claim of claims) {
    const group = groupOf.get(keyOf(claim.page)) ?? claim;
    found.set(group, [...(found.get(group) ?? []), claim]);
  }
  return [...found.values()];
}
