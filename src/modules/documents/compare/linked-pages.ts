import type { Laid } from './compare-documents.ts';
import type { PageAt } from './settle-papers.ts';

/**
 * How surely two pages are the same (more than 0) or two papers (less than 0; minus infinity: never one); 0 where they were compared and
 * neither could be said.
 */
export type Link = {
  readonly key: string;
  readonly from: PageAt;
  readonly to: PageAt;
  readonly laid: Laid;
  readonly weight: number;
};

export const keyOf = ({ paper, page }: PageAt): string => `${paper} ${page}`;

/** The mean weight over all links of two groups of pages, from which on they are one paper. */
const JOINS = 0.15;

type Between = { sum: number; readonly count: number };

/**
 * Puts pages together that are one paper: those with the strongest links first, then groups whose pages are linked on average over all
 * pairs that were compared (average linkage), so that one wrong reading joins nothing and parts nothing.
 */
export function linkedPages(links: readonly Link[]): readonly (readonly PageAt[])[] {
  const pages = new Map(links.flatMap(({ from, to }) => [[keyOf(from), from] as const, [keyOf(to), to] as const]));
  const keys = [...pages.keys()];
  const groupOf = new Map(keys.map((key, at) => [key, at]));
  const members = new Map([...pages.values()].map((page, at) => [at, [page]]));
  const between = new Map<number, Map<number, Between>>(keys.map((_, at) => [at, new Map()]));
  const add = (one: number, other: number, { sum, count }: Between): void => {
    const was = between.get(one)?.get(other);
    between.get(one)?.set(other, { sum: sum + (was?.sum ?? 0), count: count + (was?.count ?? 0) });
  };
  for (const { from, to, weight } of links) {
    const [one, other] = [groupOf.get(keyOf(from)) ?? 0, groupOf.get(keyOf(to)) ?? 0];
    add(one, other, { sum: weight, count: 1 });
    add(other, one, { sum: weight, count: 1 });
  }
  for (let next = strongest(between); next !== undefined; next = strongest(between)) {
    const [kept, gone] = next;
    for (const [other, link] of between.get(gone) ?? []) {
      between.get(other)?.delete(gone);
      if (other === kept) continue;
      add(kept, other, link);
      add(other, kept, link);
    }
    between.delete(gone);
    members.get(kept)?.push(...(members.get(gone) ?? []));
    members.delete(gone);
  }
  return [...members.values()];
}

/** The two groups that belong together most; of those that do so equally, the ones that were compared more often. */
function strongest(between: ReadonlyMap<number, ReadonlyMap<number, Between>>): readonly [number, number] | undefined {
  let best: readonly [number, number] | undefined;
  let most = JOINS;
  for (const [one, others] of between)
    for (const [other, { sum, count }] of others) {
      if (other < one) continue;
      const value = sum / count + OFTEN * Math.min(20, count);
      if (value <= most) continue;
      most = value;
      best = [one, other];
    }
  return best;
}
/** What one comparison more counts between links of the same strength. */
const OFTEN = 0.001;
