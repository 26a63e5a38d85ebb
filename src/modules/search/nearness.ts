import { hitsIn, type Snippet } from './snippet.ts';

/**
 * How well the words fit: 3 where all of them stand in the title, 2 where they stand beside each other in the text, 1 where all of them stand in the
 * piece that is shown, 0 otherwise. The index holds no places (that would tell what stands in the texts), so it is asked of the few hits of a page,
 * which are opened anyway.
 */
export function nearnessOf(
  shown: { readonly title: string; readonly snippet: Snippet | undefined },
  terms: readonly string[],
): number {
  const inTitle = new Set(hitsIn(shown.title, terms).map(({ term }) => term));
  if (terms.length > 0 && inTitle.size === new Set(terms).size) return 3;
  const text = (shown.snippet ?? []).map((part) => part.text).join('');
  const hits = hitsIn(text, terms);
  const wanted = new Set(terms).size;
  if (new Set(hits.map(({ term }) => term)).size < wanted) return 0;
  return hits.some((_, first) => stand(text, hits.slice(first, first + wanted), wanted)) ? 2 : 1;
}

/** Whether these hits are all of the words, with nothing but signs and spaces between them. */
const stand = (text: string, hits: ReturnType<typeof hitsIn>, wanted: number): boolean =>
  new Set(hits.map(({ term }) => term)).size === wanted &&
  hits.every((hit, at) => at === 0 || !/[\p{L}\p{N}]/u.test(text.slice(hits[at - 1]?.to ?? 0, hit.from)));

const day = 86_400_000;
/** How old something is, as somebody remembers it: of this week, this month, this quarter, this year, and each year before. */
const bands = [7, 31, 92, 366].map((days) => days * day);
function bandOf(at: Date, now: Date): number {
  const age = now.getTime() - at.getTime();
  const band = bands.findIndex((most) => age <= most);
  return band >= 0 ? band : bands.length + Math.floor(age / (366 * day));
}

/**
 * Hits of one page, given from the newest: what is of another time stays in that order, and of one time what fits better comes first. So the newest
 * is still on top, and a letter about exactly this is not below ten of the same week that only name the words.
 */
export const byTimeAndNearness = <
  Hit extends { readonly at: Date; readonly title: string; readonly snippet: Snippet | undefined },
>(
  hits: readonly Hit[],
  terms: readonly string[],
  now: Date,
): Hit[] =>
  hits
    .map((hit) => ({ hit, band: bandOf(hit.at, now), near: nearnessOf(hit, terms) }))
    .toSorted((a, b) => a.band - b.band || b.near - a.near)
    .map(({ hit }) => hit);
