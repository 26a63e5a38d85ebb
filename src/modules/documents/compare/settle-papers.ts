import { ALIKE, judge, type Laid, SAME, TELLS_ITSELF } from './compare-documents.ts';
import { contested } from './contested.ts';
import { keyOf, type Link, linkedPages } from './linked-pages.ts';

/** A page of one of the papers that are settled together. `paper` is its place in their list, `page` its number in the file. */
export type PageAt = { readonly paper: number; readonly page: number };

/** Which of two pages a third one is, by `contest`: 1 the first, -1 the other, 0 where it cannot be seen. */
export type Contest = (mine: PageAt, one: PageAt, other: PageAt) => Promise<-1 | 0 | 1>;

/** Two papers of a list (`one` before `other`) and the pages of theirs that were laid over each other, `a` of `one` and `b` of `other`. */
export type ComparedPapers = { readonly one: number; readonly other: number; readonly laid: readonly Laid[] };

/** What two papers are to each other once all were looked at together: `score` as in `Comparison`. */
export type SettledPapers = {
  readonly one: number;
  readonly other: number;
  readonly score: number;
  /** `another`: a page of theirs rather is another paper, or may be. `third`: both are the same as others are. */
  readonly by: 'comparison' | 'another' | 'third';
};

/** The score of two papers that are the same by what others say, and the most of two that are not. */
const [BY_OTHERS, NOT] = [0.6, 0.4];
/** Sure differences from which on two papers that were compared are not the same, whatever others say. */
const CONTRADICTS = 2.5;

/**
 * Settles many papers together. A page cannot be two papers that are surely different, and one reading may be wrong: all shapes of a paper
 * decide together. Pages that are linked more than they are parted, on average over all shapes, are one paper; two hazy shapes that
 * fit the same clear ones are the same without having been recognised in each other.
 *
 * Gives what each two of `compared` are, and two that were not but are the same by what others say.
 */
export async function settlePapers(
  compared: readonly ComparedPapers[],
  contest: Contest,
): Promise<readonly SettledPapers[]> {
  const rivals = await contested(
    compared.flatMap((each) => linksOf(each, NONE)),
    contest,
  );
  const links = compared.flatMap((each) => linksOf(each, rivals));
  const hazy = hazyPages(links);
  const together = new Map(
    linkedPages(links).flatMap((group) => pairsOf(group).map((pair) => [`${pair.one} ${pair.other}`, pair] as const)),
  );
  const settled = compared.map(({ one, other, laid }): SettledPapers => {
    const score = judge(laid);
    const pair = together.get(`${one} ${other}`);
    const same = pair !== undefined && (laid.length > 0 || hazy(pair));
    together.delete(`${one} ${other}`);
    if (same === score >= SAME || (same && contradicts(laid))) return { one, other, score, by: 'comparison' };
    return same ? { one, other, score: BY_OTHERS, by: 'third' } : { one, other, score: NOT, by: 'another' };
  });
  const byOthers = [...together.values()].filter(hazy);
  return [
    ...settled,
    ...byOthers.map(({ one, other }): SettledPapers => ({ one, other, score: BY_OTHERS, by: 'third' })),
  ];
}

/** Two papers of one group, and their pages in it. */
type Together = { readonly one: number; readonly other: number; readonly pages: readonly PageAt[] };

/** Share of the figures made out on one of its links at least, from which on a page can be read. */
const READ = 0.95;

/**
 * Tells of two papers whether a page of them could hardly be read anywhere: only then it says nothing that they have nothing in common. Two
 * receipts on one sheet are each the same as the sheet, and not the same as each other.
 */
function hazyPages(links: readonly Link[]): (pair: Together) => boolean {
  const most = new Map<string, number>();
  for (const { from, to, laid, weight } of links)
    if (weight > 0) for (const key of [keyOf(from), keyOf(to)]) most.set(key, Math.max(most.get(key) ?? 0, laid.known));
  return ({ pages }) => pages.some((page) => (most.get(keyOf(page)) ?? 0) < READ);
}

/** A file and its copy, byte for byte, as pages that were laid over each other. */
export const copied = (pages: readonly { readonly page: number; readonly blank: boolean }[]): Laid[] =>
  pages
    .filter(({ blank }) => !blank)
    .map(({ page }) => ({ a: page, b: page, score: 1, covered: 1, evidence: SURE, conflict: 0, known: 1, kin: [] }));

/** Bits that say beyond doubt which paper a page is. */
const SURE = 200;

/** Each two papers that have a page in a group. */
function pairsOf(group: readonly PageAt[]): Together[] {
  const papers = [...new Set(group.map(({ paper }) => paper))].toSorted((p, q) => p - q);
  return papers.flatMap((one, at) =>
    papers
      .slice(at + 1)
      .map((other) => ({ one, other, pages: group.filter(({ paper }) => paper === one || paper === other) })),
  );
}

/** Whether two papers surely differ, or differ on another page than the one they share: then no other paper makes them the same. */
const contradicts = (laid: readonly Laid[]): boolean =>
  laid.some(({ score, conflict }) => score >= SAME || conflict >= CONTRADICTS);

/** Sure differences from which on two pages are two papers; what one counts against a page that is the same, and what several count at most. */
const [APART, AGAINST, MOST] = [0.7, 0.35, 1];
/** Sure differences from which on two pages whose figures could be made out never become one paper, however many others fit both. */
const [NEVER, READ_WELL] = [1.5, 0.9];
/** What a page that is the same counts where another page of the same two papers says something else. */
const TAKEN_BACK = -0.3;
/** What is taken off where none of the figures could be made out. */
const UNSEEN = 0.6;

const NONE: ReadonlyMap<string, number> = new Map();

/** The links of two papers' pages; `rivals` says what is left of those whose page is another paper, or may be. */
function linksOf({ one, other, laid }: ComparedPapers, rivals: ReadonlyMap<string, number>): Link[] {
  // A page that is another paper takes the rest of its file along, where they belong together.
  const keyOfLink = (at: number): string => `${one} ${other} ${at}`;
  const refused = laid.map((pair, at) =>
    rivals.has(keyOfLink(at)) ? { ...pair, score: Math.min(NOT, pair.score), conflict: OTHER } : pair,
  );
  const same = judge(refused) >= SAME;
  const telling = laid.some(({ evidence, covered }) => evidence >= TELLS_ITSELF && covered > ALIKE);
  return laid.flatMap((pair, at): Link[] => {
    const { score, evidence, conflict, known } = pair;
    const link = {
      key: keyOfLink(at),
      from: { paper: one, page: pair.a },
      to: { paper: other, page: pair.b },
      laid: pair,
    };
    const seen = 1 - UNSEEN * (1 - known);
    if (score < SAME && conflict >= NEVER && known >= READ_WELL) return [{ ...link, weight: Number.NEGATIVE_INFINITY }];
    if (score < SAME) return [{ ...link, weight: conflict >= APART ? -Math.min(MOST, conflict * AGAINST) * seen : 0 }];
    // A page of terms is the same in two papers of a sender, and does not say which of the two a third one is.
    if (telling && same && evidence < TELLS_ITSELF) return [];
    const left = rivals.get(link.key);
    return [{ ...link, weight: left !== undefined ? left * score * seen : same ? score * seen : TAKEN_BACK }];
  });
}
/** Sure differences that a page which is another paper counts as. */
const OTHER = 4;
