import { type Alignments, placeByAnchors } from './align.ts';
import { find, type Sheet } from './pixels.ts';
import { placeRoughly, type RoughMap, type RoughPlacement } from './rough-map.ts';
import type { Token } from './token.ts';

/**
 * The rounds in which words are looked for: how many of them, the widest first (they say best where they are), how far from their place
 * and how closely, in pixels, and how far they may lie beside where most of them put the page, as a share of its width.
 */
const ROUNDS = [
  { most: 20, reach: 30, step: 2, stray: 0.02 },
  { most: 160, reach: 26, step: 2, stray: 0.03 },
  { most: 400, reach: 16, step: 2, stray: 0.025 },
  { most: 400, reach: 8, step: 1, stray: 0.02 },
] as const;
/** Smaller ones look like anything. */
const [LEAST_WIDE, LEAST_HIGH] = [24, 7];
/** A word was found where it looks so alike, and so much more than anywhere else near by. */
const [ALIKE, CLEARLY] = [0.4, 0.1];
/** Words that must be found, and as a share of those looked for, in the first round and then. */
const [FEWEST, LEAST_AT_FIRST, LEAST_FOUND] = [12, 0.2, 0.35];

type Seen = { readonly sheet: Sheet; readonly map: RoughMap };

/**
 * Puts a page whose words are known over the picture of one that nobody could read (blurred, dark, grainy): first by where there is
 * writing at all, or by the few words that could be read (`known`), then word by word, by their look. Undefined where the picture does
 * not show the page.
 */
export function alignByPicture(
  words: readonly Token[],
  clear: Seen,
  hazy: Seen,
  known?: RoughPlacement,
): Alignments | undefined {
  const wide = words
    .filter(({ width, height }) => width >= LEAST_WIDE && height >= LEAST_HIGH)
    .toSorted((a, b) => b.width - a.width);
  const from = (rough: RoughPlacement | undefined): Alignments | undefined => {
    if (rough === undefined) return undefined;
    let found: Alignments | undefined;
    for (const { most, reach, step, stray } of ROUNDS) {
      const looked = wide.slice(0, most);
      const least = reach === ROUNDS[0].reach ? LEAST_AT_FIRST : LEAST_FOUND;
      const seen = anchors(looked, clear, hazy, found?.there ?? rough, reach, step);
      found = seen.length < looked.length * least ? undefined : placeByAnchors(seen, clear.sheet.width * stray);
      if (found === undefined || found.there.anchors < looked.length * least) return undefined;
    }
    return (found?.there.anchors ?? 0) < FEWEST ? undefined : found;
  };
  return from(known) ?? from(placeRoughly(clear.map, hazy.map));
}

function anchors(words: readonly Token[], clear: Seen, hazy: Seen, rough: RoughPlacement, reach: number, step: number) {
  return words.flatMap((word) => {
    const found = find(clear.sheet, hazy.sheet, rough, word, reach, step);
    if (found === undefined || found.likeness < ALIKE || found.likeness - found.elsewhere < CLEARLY) return [];
    return [{ ax: word.x + word.width / 2, ay: word.y + word.height / 2, bx: found.x, by: found.y, rare: 1 }];
  });
}
