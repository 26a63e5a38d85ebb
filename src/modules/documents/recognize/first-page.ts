import { asDigits, fold } from './fold.ts';
import { type Line, linesOf, type SeenPage } from './lines.ts';

/** What a page says about its place in a letter. */
export type PageSigns = {
  /** `Seite 2 von 5`: which page of how many, as printed. */
  readonly number?: number;
  readonly of?: number;
  /** Clues of a first page: `letterhead`, `address`, `date`, `subject`, `salutation`. */
  readonly first: readonly FirstClue[];
  /** Width by height, so that a change of the paper is seen. */
  readonly shape: number;
  /** The folded first line, to notice another sender's head; empty where there is none. */
  readonly head: string;
};
export type FirstClue = 'letterhead' | 'address' | 'date' | 'subject' | 'salutation' | 'title';

const d = '[0-9OolI|]';
const numbered = new RegExp(
  `(?<![\\p{L}])(?:seite|blatt|page|bl\\.|s\\.)\\s*:?\\s*(${d}{1,3})(?:\\s*(?:von|/|of|\\|)\\s*(${d}{1,3}))?\\b`,
  'iu',
);
const bare = new RegExp(`^[-–—\\s]*(${d}{1,3})\\s*(?:/|von)\\s*(${d}{1,3})[-–—\\s]*$`);
const dashed = new RegExp(`^[-–—]\\s*(${d}{1,3})\\s*[-–—]$`);
const dated =
  /\b(?:den|datum:?)\s+\d{1,2}\.|\b\d{1,2}\.\s?(?:\d{1,2}\.|januar|februar|m[aä]rz|april|mai|juni|juli|august|september|oktober|november|dezember)\s?\d{2,4}/i;
const place = /^(?:D-)?\d{5}\s+\p{Lu}/u;
const firm = /(?:\b\d{5}\b.*[·•|]|[·•|].*\b\d{5}\b|GmbH|e\.\s?V\.|\bAG\b|Tel(?:efon)?[.:])/u;
/** Offices and practices write their name alone at the top, without an address beside it. */
const office =
  /^(?:jobcenter|agentur für arbeit|familienkasse|finanzamt|amtsgericht|sozialgericht|standesamt|bürgeramt|jugendamt|landratsamt|stadt|gemeinde|praxis|dr\. med)(?![\p{L}])/iu;
const salutation = /sehr geehrte|liebe(?:r)?\s+\p{Lu}|guten tag/iu;
const subject =
  /^(?:betreff|betr\.?|ihr (?:schreiben|zeichen)|unser zeichen|aktenzeichen|rechnung|bescheid|kündigung|mietvertrag|kontoauszug|abrechnung)/iu;
/** Letters of a title are at least this much larger than those of the text. */
const titleFactor = 1.5;

/** Reads the signs of a page's place in a letter. A page without words has none. */
export function pageSigns(page: SeenPage): PageSigns {
  const lines = linesOf(page);
  const numbers = printedNumber(lines);
  return {
    ...numbers,
    first: firstClues(lines),
    shape: Math.round((page.width / Math.max(1, page.height)) * 100) / 100,
    head: fold(lines[0]?.text ?? '').slice(0, 60),
  };
}

/** Page numbers stand in the upper or lower part; in the middle a "Seite 3" is text. */
function printedNumber(lines: readonly Line[]): { number?: number; of?: number } {
  for (const { text, top } of [...lines].sort((a, b) => b.top - a.top)) {
    if (top > 0.2 && top < 0.8) continue;
    const match =
      numbered.exec(text) ?? bare.exec(text.trim()) ?? (top > 0.9 || top < 0.1 ? dashed.exec(text.trim()) : null);
    if (match === null) continue;
    const number = Number(asDigits(match[1] ?? ''));
    const of = match[2] === undefined ? undefined : Number(asDigits(match[2]));
    if (number < 1 || number > 500 || (of !== undefined && of < number)) continue;
    return of === undefined ? { number } : { number, of };
  }
  return {};
}

function firstClues(lines: readonly Line[]): FirstClue[] {
  const upper = lines.filter((line) => line.top < 0.45);
  const sizes = lines.map((line) => line.size).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const clues: FirstClue[] = [];
  if (
    upper.some(
      ({ text, top }) =>
        (top < 0.25 && firm.test(text)) || (top < 0.12 && text.length < 60 && office.test(text.trim())),
    )
  )
    clues.push('letterhead');
  if (upper.some(({ text, top, left }) => top > 0.1 && top < 0.35 && left < 0.5 && place.test(text.trim())))
    clues.push('address');
  if (upper.some(({ text }) => dated.test(text))) clues.push('date');
  if (upper.some(({ text }) => subject.test(text.trim()))) clues.push('subject');
  if (lines.some(({ text, top }) => top < 0.6 && salutation.test(text))) clues.push('salutation');
  if (
    lines.length > 4 &&
    upper.some(({ size, top, text }) => top < 0.3 && text.length > 3 && size > usual * titleFactor)
  )
    clues.push('title');
  return clues;
}

export type Beginning = 'page-number' | 'first-page' | 'sender' | 'paper';

/**
 * Why a page may begin a new letter after another; undefined when it goes on. A printed "Seite 1" or a number that starts again
 * is surest; a number that goes on speaks against everything else.
 */
export function beginsLetter(page: PageSigns, before: PageSigns): Beginning | undefined {
  if (page.number === 1) return 'page-number';
  if (page.number !== undefined) {
    if (before.number !== undefined && page.number < before.number) return 'page-number';
    return undefined; // page 2, 3 … of something: never a beginning by its looks
  }
  const clues = page.first.length;
  if (clues >= 3) return 'first-page';
  if (clues >= 2 && page.first.includes('title') && complete(before)) return 'first-page';
  const writes = page.first.some((clue) => clue === 'letterhead' || clue === 'address' || clue === 'salutation');
  if (clues >= 2 && writes && page.head !== '' && page.head !== before.head && complete(before)) return 'sender';
  if (clues >= 1 && Math.abs(page.shape - before.shape) > 0.08) return 'paper';
  return undefined;
}

/** The page before was the last one of its letter, or says nothing about it. */
const complete = (before: PageSigns): boolean => before.of === undefined || before.number === before.of;

/** Page numbers that jump within a letter: two sheets went through the scanner at once. Gives the numbers that are missing. */
export function missingNumbers(pages: readonly PageSigns[]): number[] {
  const numbers = pages.flatMap((page) => (page.number === undefined ? [] : [page.number]));
  const total = Math.max(0, ...pages.map((page) => page.of ?? 0), ...numbers);
  if (numbers.length < 2 && pages.every((page) => page.of === undefined)) return [];
  const first = Math.min(...numbers);
  const from = pages.some((page) => page.of !== undefined) ? 1 : first;
  return Array.from({ length: Math.max(0, total - from + 1) }, (_, i) => from + i).filter(
    (n) => !numbers.includes(n) && n <= 60,
  );
}

/** A total that changes within a letter: from `at` on (an index of its pages) it is another one. */
export type TotalChange = {
  readonly at: number;
  readonly totals: readonly [before: number, after: number];
  /** The numbers that are missing before and after the change. */
  readonly missing: readonly [before: readonly number[], after: readonly number[]];
};

/**
 * `1 von 2` followed by `2 von 3`: two sheets went through the scanner at once, the last of one letter and the first of the next, and the numbers go on
 * all the same. A single total that differs between equal ones is misread and no change; nor is one where no page is missing.
 */
export function totalChange(pages: readonly (PageSigns | null)[]): TotalChange | undefined {
  const told = pages.flatMap((page, at) => (page?.of === undefined ? [] : [{ at, of: page.of }]));
  for (const [i, { at, of }] of told.entries()) {
    const before = told[i - 1]?.of;
    if (before === undefined || before === of) continue;
    const misread = told.slice(i).some((each) => each.of === before) || told.slice(0, i).some((each) => each.of === of);
    if (misread) continue;
    const missing = [lacking(pages.slice(0, at), before), lacking(pages.slice(at), of)] as const;
    if (missing.some((numbers) => numbers.length > 0)) return { at, totals: [before, of], missing };
  }
  return undefined;
}

const lacking = (pages: readonly (PageSigns | null)[], total: number): number[] =>
  Array.from({ length: total }, (_, i) => i + 1).filter((n) => !pages.some((page) => page?.number === n));
