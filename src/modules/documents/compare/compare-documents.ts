import type { Box } from '../../../platform/reading/index.ts';
import { type ComparablePage, comparePages, type PageComparison } from './compare-pages.ts';
import { areaOf, type Finding, laidOver } from './judge-place.ts';
import { clearSide, mayBeSeenOver } from './lay-over.ts';

/** A place of both pages and what was read there. */
export type Mark = { readonly a: Box; readonly b: Box; readonly textA: string; readonly textB: string };

/** Two pages, by their numbers in the files, that lie over each other. */
export type PagePair = {
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly agree: readonly Mark[];
  readonly differ: readonly Mark[];
};

export type ComparisonReason = 'same-content' | 'shares-pages' | 'other-content' | 'little-in-common' | 'unreadable';

/** Two pages that were laid over each other, in figures: what `judge` decides by. */
export type Laid = {
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly covered: number;
  /** Bits, sure differences, and the share of the figures that were made out, as in `PageComparison`. */
  readonly evidence: number;
  readonly conflict: number;
  readonly known: number;
  /** Which others of the same comparison belong, on both sides, to the same paper as this one. */
  readonly kin: readonly number[];
};

/** The same laid pages, seen from the other paper. */
export const turned = (laid: readonly Laid[]): Laid[] => laid.map((pair) => ({ ...pair, a: pair.b, b: pair.a }));

/** Whether two documents are the same paper: a score of 0.5 or more says so. */
export type Comparison = {
  readonly score: number;
  readonly laid: readonly Laid[];
  readonly reason: ComparisonReason;
  /** For operators, in English. */
  readonly words: string;
  /** Pages that were found to lie over each other, the most alike first. */
  readonly pages: readonly PagePair[];
};

/** Shared shapes of words below which two pages are not laid over each other at all, and as a share of the smaller page. */
const FEWEST_SHARED = 6;
const LEAST_SHARE = 0.12;
const MOST_MARKS = 60;
/** Pairs of pages of two papers that are compared by their look, at up to half a second each; the others by what was read on them. */
const MOST_LOOKS = 120;
/** Pairs that are asked whether it is worth that, at a millisecond each. */
const MOST_TRIES = 2_000;

/**
 * Compares two documents page by page and place by place. One page that is the same makes them the same paper (a part, a longer
 * scan, two documents in one file), unless another page of the same paper says something else.
 */
export async function compareDocuments(
  a: readonly ComparablePage[],
  b: readonly ComparablePage[],
): Promise<Comparison> {
  const [pagesA, pagesB] = [readable(a), readable(b)];
  if (pagesA.length === 0 || pagesB.length === 0)
    return { score: 0, laid: [], reason: 'unreadable', words: 'one of them has no readable page', pages: [] };
  const matched = await matchPages(pagesA, pagesB);
  const best = matched[0];
  if (best === undefined)
    return { score: 0, laid: [], reason: 'little-in-common', words: 'they have little in common', pages: [] };
  const laid = layOut(matched, pagesA, pagesB);
  const score = judge(laid);
  return {
    score,
    laid,
    ...say(best.compared, score, pagesA.length, pagesB.length, matched.filter((pair) => pair.score >= 0.5).length),
    pages: matched.map((pair) => ({ a: pair.a, b: pair.b, score: pair.score, ...marksOf(pair.compared) })),
  };
}

const readable = (pages: readonly ComparablePage[]): ComparablePage[] => pages.filter((page) => !page.blank);

/** Lays every page of one document over every page of the other; each page is kept with one other at most, the most alike first. */
async function matchPages(a: readonly ComparablePage[], b: readonly ComparablePage[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  let [looks, tries] = [0, 0];
  for (const one of a)
    for (const other of b) {
      const mayLook = looks < MOST_LOOKS && tries < MOST_TRIES && clearSide(one, other) !== undefined;
      if (mayLook) tries += 1;
      if (!mayLieOver(one, other) && !(mayLook && (await mayBeSeenOver(one, other)))) continue;
      if (mayLook) looks += 1;
      const compared = await comparePages(one, other, mayLook);
      if (compared !== undefined) pairs.push({ a: one.page, b: other.page, compared, score: scoreOf(compared) });
    }
  pairs.sort((p, q) => q.score - p.score || q.compared.covered - p.compared.covered);
  return oneToOne(pairs);
}

/** Cheap: whether two pages share enough words for being the same, however badly one was read. */
function mayLieOver(a: ComparablePage, b: ComparablePage): boolean {
  const [small, large] = a.shapes.size < b.shapes.size ? [a.shapes, b.shapes] : [b.shapes, a.shapes];
  let shared = 0;
  for (const shape of small) if (large.has(shape)) shared += 1;
  return shared >= Math.max(FEWEST_SHARED, small.size * LEAST_SHARE);
}

const clamp = (value: number): number => Math.max(0, Math.min(1, value));

/**
 * The score of two pages. What is not the same must be explained by how badly it was read: sure differences count much more than
 * many agreements, and a page without anything of its own proves nothing.
 */
function scoreOf({ covered, evidence, conflict, known, added, anchors }: PageComparison): number {
  const alike = clamp((covered - 0.35) / 0.4);
  const own = clamp((evidence - FILLED_IN * Math.max(0, added - 1) - UNKNOWN * (1 - known) - 7) / 8);
  const enough = clamp((anchors - 4) / 8);
  const against = 1.15 * conflict + 0.1 * Math.max(0, added - 3);
  return clamp(alike * Math.min(own, enough) * (1.35 - against));
}

/** Bits that a line on one page only takes off what both share: a form that somebody filled in is not the blank one. */
const FILLED_IN = 4;
/** Bits that are asked for on top where no figure of the page could be made out on the other one. */
const UNKNOWN = 4;

type Pair = {
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly compared: PageComparison;
};

/** Each page lies over one page of the other file at most. */
function oneToOne(pairs: readonly Pair[]): Pair[] {
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  return pairs.filter((pair) => {
    if (usedA.has(pair.a) || usedB.has(pair.b) || pair.compared.covered < 0.25) return false;
    usedA.add(pair.a);
    usedB.add(pair.b);
    return true;
  });
}

/** Bits from which on a page says by itself which paper it belongs to; a page of terms with a date does not. */
export const TELLS_ITSELF = 30;

/** Below this many a page may still be the terms of a contract with its number and day: one sure difference on the sheet beside it tells more. */
const TELLS_MORE = 60;

/** A telling page that covers the other so far and differs is the same sheet with another sum; next month's differs in more. */
const AMENDED = 0.9;

/** Bits from which on a page without a difference is that page whatever lies beside it: two statements of one account were put into one file. */
const BEYOND_DOUBT = 100;

/**
 * The best page decides. Another page that surely says something else takes that back where it belongs to the same paper: it looks
 * alike at the same distance, or is the same telling page with another sum (whatever order the pages lie in), or both carry the same
 * numbers (the account, the contract) and the best page is not beyond doubt, or it hardly has anything of its own.
 */
export function judge(laid: readonly Laid[]): number {
  const best = laid.reduce<Laid | undefined>((a, b) => (a === undefined || b.score > a.score ? b : a), undefined);
  if (best === undefined) return 0;
  const against = laid.some((pair, at) => {
    if (pair === best || pair.score >= SAME) return false;
    const { covered, conflict } = pair;
    if (best.evidence < TELLS_ITSELF && covered > ALIKE && conflict > 0.7) return true;
    const beside = pair.b - best.b === pair.a - best.a;
    if (beside && best.evidence < TELLS_MORE && covered > AMENDED && conflict > 0.7) return true;
    if (covered > ALIKE ? conflict < 1.2 : conflict < 4) return false;
    if (covered > ALIKE && beside) return true;
    if (covered > AMENDED && pair.evidence >= TELLS_ITSELF) return true;
    return (best.evidence < BEYOND_DOUBT || best.conflict > 0) && best.kin.includes(at);
  });
  return against ? Math.min(best.score, 0.4) : best.score;
}

/** From here on two pages are the same, and two that cover each other so far look alike. */
export const SAME = 0.5;
export const ALIKE = 0.6;

function layOut(matched: readonly Pair[], a: readonly ComparablePage[], b: readonly ComparablePage[]): Laid[] {
  return matched.map((pair, at) => ({
    a: pair.a,
    b: pair.b,
    score: pair.score,
    covered: pair.compared.covered,
    evidence: pair.compared.evidence,
    conflict: pair.compared.conflict,
    known: pair.compared.known,
    kin: matched.flatMap((other, of) =>
      of !== at && belong(a, pair.a, other.a) && belong(b, pair.b, other.b) ? [of] : [],
    ),
  }));
}

/** Numbers that two pages of one file must share to be pages of one paper; years and house numbers are too short. */
const SHARED_NUMBERS = 3;

function belong(pages: readonly ComparablePage[], one: number, other: number): boolean {
  const numbers = (page: number): Set<string> =>
    new Set(
      (pages.find((each) => each.page === page)?.tokens ?? [])
        .filter((token) => token.kind === 'figure' && token.plain.length >= 4 && !/^(19|20)\d\d$/.test(token.plain))
        .map((token) => token.plain),
    );
  const ofOther = numbers(other);
  return [...numbers(one)].filter((number) => ofOther.has(number)).length >= SHARED_NUMBERS;
}

// biome-ignore format: one signature
function say(best: PageComparison, score: number, pagesA: number, pagesB: number, same: number): Pick<Comparison, 'reason' | 'words'> {
  const agreeing = best.findings.filter((f) => f.state === 'agree' || f.state === 'looks-alike').length;
  const differing = best.findings.filter((f) => f.state === 'conflict');
  if (score >= 0.5) {
    const whole = same >= pagesA && same >= pagesB;
    return whole
      ? { reason: 'same-content', words: `the same at ${agreeing} places, no sure difference` }
      : { reason: 'shares-pages', words: `${same} of ${pagesA} and ${pagesB} pages are the same` };
  }
  const first = differing.toSorted((p, q) => q.conflict - p.conflict)[0];
  if (first !== undefined)
    return { reason: 'other-content', words: `alike, but ${differing.length} places differ: "${textOf(first.place.a)}" and "${textOf(first.place.b)}"` };
  return { reason: 'little-in-common', words: `only ${agreeing} places are the same` };
}

const textOf = (tokens: readonly { readonly text: string }[]): string =>
  tokens
    .map((t) => t.text)
    .join(' ')
    .slice(0, 60);

function marksOf({ findings, alignments: { there, back } }: PageComparison): Pick<PagePair, 'agree' | 'differ'> {
  // A word that nobody could read on a hazy page has its place there all the same.
  const onA = ({ place: { a, b } }: Finding): Box => (a.length > 0 ? areaOf(a) : laidOver(areaOf(b), back));
  const onB = ({ place: { a, b } }: Finding): Box => (b.length > 0 ? areaOf(b) : laidOver(areaOf(a), there));
  const mark = (finding: Finding): Mark => {
    const { a, b } = finding.place;
    const same = finding.state !== 'conflict';
    return {
      a: onA(finding),
      b: onB(finding),
      textA: textOf(a.length > 0 || !same ? a : b),
      textB: textOf(b.length > 0 || !same ? b : a),
    };
  };
  const telling = (f: Finding): number => (f.place.kind === 'figure' ? 2 : f.place.kind === 'name' ? 1 : 0);
  const agree = findings
    .filter((f) => f.state === 'agree' || f.state === 'looks-alike')
    .toSorted((p, q) => telling(q) - telling(p));
  const differ = findings.filter((f) => f.state === 'conflict').toSorted((p, q) => q.conflict - p.conflict);
  return { agree: agree.slice(0, MOST_MARKS).map(mark), differ: differ.slice(0, MOST_MARKS).map(mark) };
}
