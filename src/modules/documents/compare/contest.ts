import type { Alignment } from './align.ts';
import { type ComparablePage, comparePages } from './compare-pages.ts';
import { areaOf, type Finding } from './judge-place.ts';
import { layOver } from './lay-over.ts';
import { differences, lettersOf } from './letters.ts';
import { median } from './median.ts';
import { overlay, type Sheet } from './pixels.ts';
import type { Token } from './token.ts';

/** How much more alike, in all and at each place on average, a page must look to one of two papers than to the other. */
const [IN_ALL, ON_AVERAGE] = [0.1, 0.05];
/** How much less alike than elsewhere the letters may look that speak for a paper: under a stamp neither of them is to be seen. */
const HIDDEN = 0.1;
/** Places that both papers share and that tell how alike the same letters look on this page. */
const MOST_SHARED = 25;

/**
 * Which of two papers of one layout a page is: 1 the first, -1 the other, 0 where it cannot be seen. Only the places where the two papers
 * surely differ are looked at, and on the page only their ink, whatever was read there: of two known numbers even a blurred picture tells
 * which one it shows, where no recogniser can read it.
 */
export async function contest(mine: ComparablePage, one: ComparablePage, other: ComparablePage): Promise<-1 | 0 | 1> {
  const compared = await comparePages(one, other);
  const [onOne, onOther] = [await over(one, mine), await over(other, mine)];
  if (compared === undefined || onOne === undefined || onOther === undefined) return 0;
  const page = await mine.sheet();
  const [first, second]: readonly [Side, Side] = [
    { sheet: await one.sheet(), page, alignment: onOne, of: ({ place }) => place.a },
    { sheet: await other.sheet(), page, alignment: onOther, of: ({ place }) => place.b },
  ];
  const [usualFirst, usualSecond] = [usualLikeness(compared.findings, first), usualLikeness(compared.findings, second)];
  if (usualFirst === undefined || usualSecond === undefined) return 0;
  // A crisp copy looks more alike everywhere than a blurred one: what counts is how alike against the rest of its page.
  const places = compared.findings.flatMap((finding) => {
    const { state, place } = finding;
    if (state !== 'conflict' || place.a.length === 0 || place.b.length === 0) return [];
    const parts = differences(lettersOf(place.a), lettersOf(place.b)).filter(({ a, b }) => a[1] > a[0] && b[1] > b[0]);
    const [seenFirst, seenSecond] = [
      cells(
        first,
        place.a,
        parts.map(({ a }) => a),
      ),
      cells(
        second,
        place.b,
        parts.map(({ b }) => b),
      ),
    ];
    if (seenFirst === undefined || seenSecond === undefined) return [];
    return [{ first: seenFirst - usualFirst, second: seenSecond - usualSecond }];
  });
  const lead = places.reduce((sum, place) => sum + place.first - place.second, 0);
  if (Math.abs(lead) < IN_ALL || Math.abs(lead) < ON_AVERAGE * places.length) return 0;
  const winner = mean(places.map((place) => (lead > 0 ? place.first : place.second)));
  return winner === undefined || winner < -HIDDEN ? 0 : lead > 0 ? 1 : -1;
}

/** One of the two papers, laid over the page. */
type Side = {
  readonly sheet: Sheet;
  readonly page: Sheet;
  readonly alignment: Alignment;
  /** Its words at a place where the two were compared. */
  readonly of: (finding: Finding) => readonly Token[];
};

const over = async (from: ComparablePage, to: ComparablePage): Promise<Alignment | undefined> =>
  (await layOver(from, to))?.there;

/** How alike the letters within these ranges of some words look on the page, on average. */
function cells(
  { sheet, page, alignment }: Side,
  tokens: readonly Token[],
  ranges: readonly (readonly [number, number])[],
): number | undefined {
  const letters = lettersOf(tokens);
  const { cell } = overlay(sheet, page, alignment, areaOf(tokens));
  return mean(
    ranges.flatMap(([from, to]) =>
      letters.slice(from, to).flatMap((letter) => cell(letter.from - 1, letter.to + 1) ?? []),
    ),
  );
}

/** How alike what both papers share looks on the page: numbers, where there are some. */
function usualLikeness(findings: readonly Finding[], side: Side): number | undefined {
  const agreeing = findings.filter(({ state }) => state === 'agree');
  const figures = agreeing.filter(({ place }) => place.kind === 'figure');
  return median(
    (figures.length < 3 ? agreeing : figures)
      .slice(0, MOST_SHARED)
      .flatMap((finding) => overlay(side.sheet, side.page, side.alignment, areaOf(side.of(finding))).whole ?? []),
  );
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0) / values.length;
