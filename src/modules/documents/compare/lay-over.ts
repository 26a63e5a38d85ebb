import { type Alignments, alignPages } from './align.ts';
import { alignByPicture } from './align-by-picture.ts';
import type { ComparablePage } from './compare-pages.ts';
import { placedAtAll } from './rough-map.ts';
import type { Token } from './token.ts';

/** How legible a page is: the share of its letters that were read surely. */
export function legibility(tokens: readonly Token[]): number {
  let [sure, all] = [0, 0];
  for (const token of tokens) {
    all += token.plain.length;
    if (token.sure > 0.7) sure += token.plain.length;
  }
  return all === 0 ? 0 : sure / all;
}

/** Below the first share of surely read letters a page's words tell little, above the second they tell what stands there. */
const [HAZY, CLEAR] = [0.5, 0.7];

/** True for a page of which hardly anything could be read. */
export const isHazy = (page: ComparablePage): boolean => legibility(page.tokens) < HAZY;

/** True where one page is hazy, the other clear, and both have their writing at the same places: cheap, before they are laid over each other. */
export async function mayBeSeenOver(a: ComparablePage, b: ComparablePage): Promise<boolean> {
  const clear = clearSide(a, b);
  if (clear === undefined) return false;
  return clear === 'a'
    ? placedAtAll(await a.roughMap(), await b.roughMap())
    : placedAtAll(await b.roughMap(), await a.roughMap());
}

/** Which of two pages can be read, where the other one hardly can. */
export function clearSide(a: ComparablePage, b: ComparablePage): 'a' | 'b' | undefined {
  const [ofA, ofB] = [legibility(a.tokens), legibility(b.tokens)];
  if (ofA < HAZY && ofB >= CLEAR) return 'b';
  return ofB < HAZY && ofA >= CLEAR ? 'a' : undefined;
}

/** Two pages laid over each other by the words of the clear one and the picture of the hazy one. */
export type SeenOver = { readonly alignments: Alignments; readonly clear: 'a' | 'b' };

/** Undefined where not one of the pages is clear and the other hazy, or the picture does not show the page. */
export async function seenOver(a: ComparablePage, b: ComparablePage): Promise<SeenOver | undefined> {
  const clear = clearSide(a, b);
  if (clear === undefined) return undefined;
  const [one, other] = clear === 'a' ? [a, b] : [b, a];
  const known = alignPages(one.tokens, other.tokens, one.width);
  const found = alignByPicture(one.tokens, await seen(one), await seen(other), known?.there);
  if (found === undefined || found.there.anchors < (known?.there.anchors ?? 0)) return undefined;
  return { alignments: clear === 'a' ? found : { there: found.back, back: found.there }, clear };
}

const seen = async (page: ComparablePage) => ({ sheet: await page.sheet(), map: await page.roughMap() });

/** The same placement, made closer word by word as they look; undefined where that finds no more words. */
export async function closerOver(
  a: ComparablePage,
  b: ComparablePage,
  known: Alignments | undefined,
): Promise<Alignments | undefined> {
  const [onA, onB] = [await seen(a), await seen(b)];
  const there = alignByPicture(a.tokens, onA, onB, known?.there);
  // Words of a flat page are found on a bent one where those of the bent one are not found on the flat one.
  const back = alignByPicture(b.tokens, onB, onA, known?.back);
  const most = [there, back && { there: back.back, back: back.there }]
    .flatMap((found) => found ?? [])
    .toSorted((p, q) => q.there.anchors - p.there.anchors)[0];
  return most !== undefined && most.there.anchors > (known?.there.anchors ?? 0) ? most : undefined;
}

/** How two pages lie over each other: by their words, or, where one of them could hardly be read, as they look. */
export async function layOver(a: ComparablePage, b: ComparablePage): Promise<Alignments | undefined> {
  const seen = await seenOver(a, b);
  return seen?.alignments ?? alignPages(a.tokens, b.tokens, a.width);
}
