import type { Amount } from './paper-values.ts';

/** Whether an amount is the one that holds now and for a month (`wanted`), or what was before or of a whole year (`unwanted`). */
type Mark = 'wanted' | 'unwanted' | undefined;
export type Candidate = Amount & { readonly mark: Mark };

const unwantedWords = String.raw`bisher\p{L}*|alte[rnms]?|statt|zuvor|kumuliert\p{L}*|kum\.|aufgelaufen\p{L}*|jahr\p{L}*|jährlich\p{L}*`;
const wantedWords = String.raw`neu(?:e[rnms]?)?|(?:zu)?künftig\p{L}*|nunmehr|ab|auf|laufend\p{L}*|lfd\.?|monat\p{L}*`;
const marks = new RegExp(
  String.raw`(?<!\p{L})(?:(?<unwanted>${unwantedWords})|(?<wanted>${wantedWords}))(?!\p{L})`,
  'giu',
);

/** The last such word decides: it stands nearest to the amount. */
export function markIn(text: string): Mark {
  const groups = [...text.matchAll(marks)].at(-1)?.groups;
  if (groups === undefined) return undefined;
  return groups['wanted'] === undefined ? 'unwanted' : 'wanted';
}

const currency = /€|\b(?:EUR|Euro)\b/giu;
const ofSquareMetre = /^\s*(?:€|EUR|Euro)?\s*(?:\/|je|pro)\s*(?:m²|m2|qm|quadratmeter)/i;
const leading = new RegExp(`^(?:${unwantedWords}|${wantedWords}|um|von|dem|den|miete|sich)$`, 'iu');

/** Whether what follows is still said of the same name: no other word stands before the amount. */
function goesOn(between: string): boolean {
  const words = between.replaceAll(currency, ' ').match(/\p{L}+\.?/gu) ?? [];
  return !words.some((word) => word.length >= 4) || leading.test(words.at(-1) ?? '');
}

/** The amounts behind a name in its row, each with what the words beside it say of it. `before`: what stands in front of the name. */
export function candidatesBehind(
  text: string,
  amounts: readonly Amount[],
  from: number,
  to: number,
  before: string,
): Candidate[] {
  const found: (Candidate & { readonly between: string })[] = [];
  let end = from;
  for (const amount of amounts.filter(({ at }) => at >= from && at < to)) {
    const between = text.slice(end, amount.at);
    if (end !== from && !goesOn(between)) break;
    end = amount.at + amount.said.length;
    // What a rent rises by, and what a square metre costs, is no rent.
    if (/\bum\s*$/i.test(between) || ofSquareMetre.test(text.slice(end))) continue;
    found.push({ ...amount, between, mark: markIn(between) ?? (found.length === 0 ? markIn(before) : undefined) });
  }
  return found.map(({ between, ...each }, index) => {
    const next = found[index + 1]?.between.replaceAll(currency, '').trim() ?? '';
    return /\bvon\s*$/i.test(between) && /\bauf$/i.test(next) ? { ...each, mark: 'unwanted' } : each;
  });
}

const columnWords = String.raw`(?<unwanted>kumuliert\p{L}*|kum\.|aufgelaufen\p{L}*|jahr\p{L}*|bisher\p{L}*|alt(?:e[rnms]?)?)|(?<wanted>(?:(?:lfd\.?|laufende[rnms]?)\s+)?monat\p{L}*|lfd\.?|laufend\p{L}*|betrag|aktuell\p{L}*|neu(?:e[rnms]?)?|(?:zu)?künftig\p{L}*)`;
/** `Betrag | kumuliert` are two columns, and so are `Betrag Monat | Betrag Jahr`. */
const columns = ['', String.raw`(?:betrag|wert|summe)\s+`].map(
  (before) => new RegExp(String.raw`(?<!\p{L})${before}(?:${columnWords})(?!\p{L})`, 'giu'),
);

/** A row of headings that tells so many columns apart, that of the month from that of the year or the new from the old: a mark for each. */
export function columnMarks(text: string, count: number): Mark[] | undefined {
  const found = columns.map((pattern) =>
    [...text.matchAll(pattern)].map((each): Mark => (each.groups?.['wanted'] ? 'wanted' : 'unwanted')),
  );
  return found.find((each) => each.length === count && new Set(each).size === 2);
}

/**
 * Of different amounts of one name the one that is marked; where none or several are, none: a board that says the old rent or the wage of a year does
 * more harm than one that says nothing.
 */
export function chosen(candidates: readonly Candidate[]): Candidate | undefined {
  const different = (list: readonly Candidate[]) => new Set(list.map(({ cents }) => cents)).size;
  const wanted = candidates.filter(({ mark }) => mark === 'wanted');
  if (wanted.length > 0) return different(wanted) === 1 ? wanted[0] : undefined;
  if (candidates.some(({ mark }) => mark === 'unwanted')) return undefined;
  return different(candidates) === 1 ? candidates[0] : undefined;
}
