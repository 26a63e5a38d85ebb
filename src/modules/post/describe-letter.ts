import {
  amountsIn,
  contradiction,
  daysIn,
  linesOf,
  missingNumbers,
  pageIdentity,
  personClues,
  type SeenPage,
  stampDay,
  suggestKind,
  suggestSender,
  totalChange,
} from '../documents/index.ts';
import type { Doubt, ScanPage } from './batch.ts';
import type { HeadsDiffer, LetterSuggestion, TotalsDiffer } from './suggestion.ts';

/** A page of a letter with what was read on it; undefined where nothing could be read. */
export type ReadScanPage = { readonly page: ScanPage; readonly seen: SeenPage | undefined };

const mostDays = 8;
const mostAmounts = 12;
const caseNumber = /\bV\s?[-–]\s?([0-9A-Z]{4})\s?[-–]\s?([0-9A-Z]{4})\b/g;

/** What is suggested for a letter, from the words of its pages. `ownName` is the office's own, which is never the sender. */
export function describeLetter(
  pages: readonly ReadScanPage[],
  context: { readonly ownName: string; readonly today: string },
): LetterSuggestion {
  const year = Number(context.today.slice(0, 4));
  const read = pages.flatMap(({ seen }) => (seen === undefined || seen.words.length === 0 ? [] : [linesOf(seen)]));
  const first = read[0] ?? [];
  const all = read.flat();
  const text = all.map((line) => line.text).join('\n');
  const kind = suggestKind(first);
  const sender = suggestSender(first, context.ownName);
  const clues = personClues([...first, ...all.slice(first.length)], year);
  const stamped = stampDay(first, context.today);
  const returns = pages.find(({ page }) => page.signs?.returns !== undefined)?.page.signs?.returns;
  const languages = [...new Set(pages.flatMap(({ page }) => page.signs?.language ?? []))];
  const heads = headsOf(pages, { ...context, thisYear: year });
  const totals = totalsOf(pages.map(({ page }) => page));
  return {
    kind: kind.kind,
    kindWords: kind.words,
    ...(sender === undefined ? {} : { sender }),
    names: clues.names.map(({ familyName, givenName }) => ({ familyName, givenName })),
    birthDates: clues.birthDates,
    fileNumbers: clues.fileNumbers,
    caseNumbers: [...new Set([...text.matchAll(caseNumber)].map((match) => `V-${match[1]}-${match[2]}`))].slice(0, 4),
    ...(returns === undefined ? {} : { returns }),
    ...(languages.length === 0 ? {} : { languages }),
    days: [...new Set(daysIn(text, year).map(({ day }) => day))].slice(0, mostDays),
    amounts: amountsIn(text).slice(0, mostAmounts),
    ...(stamped === undefined ? {} : { stampedOn: stamped }),
    ...(heads === undefined ? {} : { heads }),
    // With two totals on its pages it is two letters, and what each of them lacks stands there.
    ...(totals === undefined ? missingOf(pages.map(({ page }) => page)) : { missing: [], totals }),
  };
}

/**
 * The first sheet whose printed number goes on, `2 von 2` after `1 von 2`, though its head names another letter than every sheet before it: two
 * letters of as many pages lost a sheet each. One that agrees with any sheet before it goes on with that. A sheet without a number is no claim to be
 * of the letter, and may be an enclosure.
 */
function headsOf(
  pages: readonly ReadScanPage[],
  { ownName, thisYear }: { readonly ownName: string; readonly thisYear: number },
): HeadsDiffer | undefined {
  const numbered = pages.filter(({ page, seen }) => seen !== undefined && page.signs?.number !== undefined);
  const told = numbered.map(({ page, seen }, at) => ({
    page,
    says: pageIdentity(seen === undefined ? [] : linesOf(seen), { first: at === 0, ownName, thisYear }),
  }));
  for (const [at, { page, says }] of told.entries()) {
    const earlier = told.slice(0, at).map((each) => ({ sheet: each.page.page, found: contradiction(each.says, says) }));
    const [first] = earlier;
    if (first === undefined || typeof first.found === 'string' || earlier.some(({ found }) => found === 'agreed'))
      continue;
    return { ...first.found, sheets: [first.sheet, page.page] };
  }
  return undefined;
}

/**
 * Page numbers that no page of the letter has. A sheet that nobody could read is one of those that its place allows, `2` or `3` between `1` and `4`:
 * where it fills the gap nothing is missing there, and where the gap is larger so many of its numbers are.
 */
function missingOf(pages: readonly ScanPage[]): Pick<LetterSuggestion, 'missing' | 'missingCount'> {
  const open = new Set(missingNumbers(pages.flatMap(({ signs }) => signs ?? [])));
  const gaps = new Map<string, { between: readonly [number, number]; sheets: number }>();
  for (const [at, { state }] of pages.entries()) {
    if (state !== 'failed') continue;
    const numbered = (some: readonly ScanPage[]) => some.flatMap(({ signs }) => signs?.number ?? []);
    const before = numbered(pages.slice(0, at)).at(-1) ?? 0;
    const next = numbered(pages.slice(at))[0] ?? Number.POSITIVE_INFINITY;
    const between = [Math.min(before, next), Math.max(before, next)] as const;
    gaps.set(between.join(), { between, sheets: (gaps.get(between.join())?.sheets ?? 0) + 1 });
  }
  const doubtful: number[] = [];
  let count = 0;
  for (const { between, sheets } of gaps.values()) {
    const numbers = [...open].filter((n) => n > between[0] && n < between[1]);
    for (const n of numbers) open.delete(n);
    if (numbers.length <= sheets) continue;
    doubtful.push(...numbers);
    count += numbers.length - sheets;
  }
  const missing = [...open, ...doubtful].sort((a, b) => a - b);
  return doubtful.length === 0 ? { missing } : { missing, missingCount: open.size + count };
}

function totalsOf(pages: readonly ScanPage[]): TotalsDiffer | undefined {
  const change = totalChange(pages.map(({ signs }) => signs));
  const after = change === undefined ? undefined : pages[change.at];
  const before = pages.slice(0, change?.at).findLast(({ signs }) => signs?.of !== undefined);
  if (change === undefined || after === undefined || before === undefined) return undefined;
  return { sheets: [before.page, after.page], totals: change.totals, missing: change.missing };
}

/** What is wrong with a letter as it was scanned. */
export function doubtsOf(
  pages: readonly ScanPage[],
  { missing, totals, heads }: Pick<LetterSuggestion, 'missing' | 'totals' | 'heads'>,
): Doubt[] {
  const written = pages.filter((page) => !page.blank);
  const failed = written.some((page) => page.state === 'failed');
  return [
    ...(missing.length > 0 ? ['pages-missing' as const] : []),
    ...(totals === undefined ? [] : ['totals-differ' as const]),
    ...(heads === undefined || totals !== undefined ? [] : ['heads-differ' as const]),
    ...(failed ? ['unreadable' as const] : []),
    ...(written.some((page) => page.signs?.cut) ? ['cut-edge' as const] : []),
    ...(written.some((page) => page.signs?.language !== undefined) ? ['foreign-language' as const] : []),
    ...(written.some((page) => page.signs?.foreign && page.signs.language === undefined)
      ? ['foreign-script' as const]
      : []),
    ...(written.length === 0 ? ['only-blank' as const] : []),
    ...(written.length > 0 && !failed && written.every((page) => (page.signs?.words ?? 0) === 0)
      ? ['nothing-read' as const]
      : []),
  ];
}
