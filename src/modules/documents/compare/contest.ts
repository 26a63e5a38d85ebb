import { type Alignment, alignPages } from './align.ts';
import { type ComparablePage, comparePages } from './compare-pages.ts';
import { areaOf, type Finding } from './judge-place.ts';
import { differences, type Letter, lettersOf } from './letters.ts';
import { overlay, type Sheet } from './pixels.ts';
import type { Token } from './token.ts';

/** How much more alike, in all and at each place on average, a page must look to one of two papers than to the other. */
const [IN_ALL, ON_AVERAGE] = [0.2, 0.06];
/** How much less alike than elsewhere the letters may look that speak for a paper: under a stamp neither of them is to be seen. */
const HIDDEN = 0.2;
/** Places that both papers share and that tell how alike the same letters look on this page. */
const MOST_SHARED = 25;

/**
 * Which of two papers of one layout a page is: 1 the first, -1 the other, 0 where it cannot be seen. Only the places where the two papers
 * surely differ are looked at, and on the page only their ink, whatever was read there: of two known numbers even a blurred picture tells
 * which one it shows, where no recogniser can read it.
 */
export async function contest(mine: ComparablePage, one: ComparablePage, other: ComparablePage): Promise<-1 | 0 | 1> {
  const compared = await comparePages(one, other);
  const [onOne, onOther] = [over(one, mine), over(other, mine)];
  if (compared === undefined || onOne === undefined || onOther === undefined) return 0;
  const usual = median(await usualLikeness(compared.findings, one, mine, onOne));
  if (usual === undefined) return 0;
  const [sheet, sheetOne, sheetOther] = [await mine.sheet(), await one.sheet(), await other.sheet()];
  const places = compared.findings.flatMap(({ state, place }) => {
    if (state !== 'conflict' || place.a.length === 0 || place.b.length === 0) return [];
    const [lettersOne, lettersOther] = [lettersOf(place.a), lettersOf(place.b)];
    const parts = differences(lettersOne, lettersOther).filter(({ a, b }) => a[1] > a[0] && b[1] > b[0]);
    const first = cells(
      { sheet: sheetOne, tokens: place.a, letters: lettersOne },
      parts.map(({ a }) => a),
      sheet,
      onOne,
    );
    const second = cells(
      { sheet: sheetOther, tokens: place.b, letters: lettersOther },
      parts.map(({ b }) => b),
      sheet,
      onOther,
    );
    return first === undefined || second === undefined ? [] : [{ first, second }];
  });
  const lead = places.reduce((sum, { first, second }) => sum + first - second, 0);
  if (Math.abs(lead) < IN_ALL || Math.abs(lead) < ON_AVERAGE * places.length) return 0;
  const winner = mean(places.map(({ first, second }) => (lead > 0 ? first : second)));
  return winner === undefined || winner < usual - HIDDEN ? 0 : lead > 0 ? 1 : -1;
}

const over = (from: ComparablePage, to: ComparablePage): Alignment | undefined =>
  alignPages(from.tokens, to.tokens, from.width)?.there;

type Written = { readonly sheet: Sheet; readonly tokens: readonly Token[]; readonly letters: readonly Letter[] };

/** How alike the letters within these ranges look on the page, on average. */
function cells(
  { sheet, tokens, letters }: Written,
  ranges: readonly (readonly [number, number])[],
  page: Sheet,
  alignment: Alignment,
): number | undefined {
  const { cell } = overlay(sheet, page, alignment, areaOf(tokens));
  return mean(
    ranges.flatMap(([from, to]) =>
      letters.slice(from, to).flatMap((letter) => cell(letter.from - 1, letter.to + 1) ?? []),
    ),
  );
}

async function usualLikeness(
  findings: readonly Finding[],
  one: ComparablePage,
  mine: ComparablePage,
  alignment: Alignment,
): Promise<number[]> {
  const agreeing = findings.filter(({ state }) => state === 'agree');
  const figures = agreeing.filter(({ place }) => place.kind === 'figure');
  const [sheet, page] = [await one.sheet(), await mine.sheet()];
  return (figures.length < 3 ? agreeing : figures)
    .slice(0, MOST_SHARED)
    .flatMap(({ place }) => overlay(sheet, page, alignment, areaOf(place.a)).whole ?? []);
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0) / values.length;

const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
