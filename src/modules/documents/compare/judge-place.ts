import type { Alignment, Alignments } from './align.ts';
import { type Difference, differences, EXACT, type Letter, lettersOf } from './letters.ts';
import { median } from './median.ts';
import { find, type Overlay, overlay, type Sheet } from './pixels.ts';
import type { Place } from './places.ts';
import type { Token } from './token.ts';

/** How like the same letters and how like different letters look on these two pages: what camera and printer made of them. */
export type Eye = {
  readonly same: { readonly mean: number; readonly spread: number };
  readonly other: { readonly mean: number; readonly spread: number };
  /** Log odds taken off a reading's word where the worse of both pages could hardly be read: chance makes sure readings too. */
  readonly haze: number;
  /** Both pages could be read well: ink that could not be read is handwriting then, and no blur. */
  readonly sharp: boolean;
  /** How alike whole words that read the same look, and how much more ink the second page has there. */
  readonly usual: { readonly likeness: number; readonly heavier: number };
};

/**
 * What one place says. `weight`: how much it tells papers apart. `conflict`: probability that something else stands there on the
 * other page. `agree`: the same stands there, read or seen.
 */
export type Finding = {
  readonly place: Place;
  readonly state: 'agree' | 'looks-alike' | 'conflict' | 'doubt' | 'only-a' | 'only-b' | 'unread';
  readonly conflict: number;
};

/** What was read less surely than this on one side says nothing. */
const LEGIBLE = 0.5;

/** Pages of which this share was read surely are read well; below, a sure reading counts less and less. */
const WELL_READ = 0.6;
const HAZE = 5;
/** Share of surely read letters from which on a page is neither blurred nor dark. */
const SHARP = 0.85;

/** Letters are lost by recognition more often than made up: a reading that only lacks some is likelier to be a bad one. */
const LOST = 2.5;

const sureOf = (tokens: readonly Token[]): number => Math.min(1, ...tokens.map((token) => token.sure));

/** The area that words cover together. */
export function areaOf(tokens: readonly Token[]): { x: number; y: number; width: number; height: number } {
  const x = Math.min(...tokens.map((t) => t.x));
  const y = Math.min(...tokens.map((t) => t.y));
  return {
    x,
    y,
    width: Math.max(...tokens.map((t) => t.x + t.width)) - x,
    height: Math.max(...tokens.map((t) => t.y + t.height)) - y,
  };
}

/** Learns from places that read the same how alike their letters look, and how alike neighbouring ones do. */
export function learnEye(a: Sheet, b: Sheet, { there }: Alignments, agreeing: readonly Place[], legible: number): Eye {
  const same: number[] = [];
  const other: number[] = [];
  const [wholes, inks]: [number[], number[]] = [[], []];
  const step = Math.max(1, Math.floor(agreeing.length / 14));
  for (let i = 0; i < agreeing.length; i += step) {
    const place = agreeing[i];
    if (place === undefined) continue;
    const letters = lettersOf(place.a);
    if (letters.length < 3) continue;
    const over = overlay(a, b, there, areaOf(place.a));
    push(wholes, over.whole);
    inks.push(over.heavier);
    for (const letter of letters) push(same, over.cell(letter.from - 1, letter.to + 1));
    const first = letters[0];
    const last = letters.at(-1);
    if (first !== undefined && last !== undefined) {
      const width = (last.to - first.from) / letters.length;
      const area = areaOf(place.a);
      const beside = overlay(a, b, shifted(there, width * 1.5), {
        ...area,
        width: Math.max(8, area.width - width * 2),
      });
      for (const letter of letters.slice(0, -2)) push(other, beside.cell(letter.from - 1, letter.to + 1));
    }
  }
  return {
    same: spreadOf(same, 0.85, 0.12),
    other: spreadOf(other, 0.35, 0.25),
    haze: Math.max(0, WELL_READ - legible) * HAZE,
    sharp: legible >= SHARP,
    usual: { likeness: median(wholes) ?? 0, heavier: median(inks) ?? 1 },
  };
}

const push = (list: number[], value: number | undefined): void => {
  if (value !== undefined) list.push(value);
};

/** The same placement, read a little further to the right: letters then meet other letters. */
const shifted = (there: Alignments['there'], by: number): Alignments['there'] => ({
  ...there,
  map: (x, y) => there.map(x + by, y),
});

function spreadOf(values: readonly number[], mean: number, spread: number): { mean: number; spread: number } {
  if (values.length < 12) return { mean, spread };
  const sorted = values.toSorted((x, y) => x - y);
  const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  return { mean: quantile(0.5), spread: Math.max(0.06, (quantile(0.75) - quantile(0.25)) / 1.35) };
}

/** Judges one place where the readings part or one is missing; `agree` is decided before. */
export function judgePlace(a: Sheet, b: Sheet, alignments: Alignments, eye: Eye, place: Place): Finding {
  if (place.a.length === 0 || place.b.length === 0) return judgeOneSided(a, b, alignments, eye, place);
  const lettersA = lettersOf(place.a);
  const lettersB = lettersOf(place.b);
  const parts = differences(lettersA, lettersB);
  if (parts.length === 0) return { place, state: 'agree', conflict: 0 };
  const over = overlay(a, b, alignments.there, areaOf(place.a));
  const back = overlay(b, a, alignments.back, areaOf(place.b));
  const sure = Math.min(sureOf(place.a), sureOf(place.b));
  if (sure < UNREADABLE && otherInk(a, b, alignments, eye, place)) return { place, state: 'conflict', conflict: 0.95 };
  const lies = liesOver(lettersA, parts, over, eye);
  let [worst, alike, seen] = [0, 0, 0];
  for (const part of parts) {
    seen += 1;
    const away =
      beyond(part.a, lettersA, place.a, alignments.there, b) || beyond(part.b, lettersB, place.b, alignments.back, a);
    if (away) continue;
    const q = seenLikeness(part.a, lettersA, over) ?? seenLikeness(part.b, lettersB, back);
    const other = seenLikeness(part.b, lettersB, back) ?? q;
    const likeness = q === undefined || other === undefined ? undefined : Math.min(q, other);
    const lost = lostLetters(part, [lettersA, lettersB], [over, back], [sureOf(place.a), sureOf(place.b)]);
    const cut = part.a[0] === part.a[1] || part.b[0] === part.b[1];
    const prior = priorOf(sure) - (lost ? LOST : cut && sure < 0.995 ? LOST / 2 : 0) - eye.haze;
    const most = sure > PLAIN && isOtherDigit(part, lettersA, lettersB) ? SEEN_CLEARLY : SEEN;
    const evidence = likeness === undefined || !lies ? 0 : ratio(likeness, eye, most);
    worst = Math.max(worst, 1 / (1 + Math.exp(-(prior + (lost ? Math.min(0, evidence) : evidence)))));
    if (evidence < -0.7) alike += 1;
  }
  if (worst > 0.6 && !(sure < EXACT && onlyAdded(a, b, alignments, place, over, back)))
    return { place, state: 'conflict', conflict: worst };
  if (seen > 0 && alike === seen) return { place, state: 'looks-alike', conflict: worst };
  return { place, state: sure < LEGIBLE ? 'unread' : 'doubt', conflict: worst };
}

/** Readings that differ and are less sure than this say little, and the ink says more: handwriting, a worn stamp. */
const UNREADABLE = 0.9;
/**
 * Two places that look so much less alike than words that read the same are written otherwise: of 998 figures of the same papers that were
 * misread, 4 did. Where all ink of one page is there on the other, a pen may have gone over it, and where only one page was read there, its
 * neighbours may have been taken for the place: then it has to look stranger still.
 */
const [UNLIKE, UNLIKE_COVERED, UNLIKE_ALONE] = [0.22, 0.4, 0.45];
/** The same writing may lie so far beside its place, in pixels, on bent paper. */
const STRAYED = 28;
/** Other writing takes about as much ink, within this factor; a stamp or a pen over the same writing adds more. */
const AS_MUCH_INK = 1.6;
/** How surely a figure that was read on one page only is another one by its ink. */
const ONE_SIDED = 0.92;
/** Share of the ink that the other page lacks; of the same writing nothing is lacking, whatever was photographed. */
const LACKING = 0.02;

/**
 * Share of a place's ink from which on what one page has more is no other digit (an 8 for a 3 adds a third of that digit), but a stamp or
 * a pen over it; of words a stroke is enough.
 */
const added = (kind: Place['kind'], letters: number): number =>
  kind === 'figure' ? Math.max(0.12, 0.6 / letters) : 0.06;

/** True where all ink of one page is there on the other, under a good deal more: what was read there is not what was printed. */
function onlyAdded(
  a: Sheet,
  b: Sheet,
  { there, back }: Alignments,
  place: Place,
  over: Overlay,
  under: Overlay,
): boolean {
  const letters = Math.max(lettersOf(place.a).length, lettersOf(place.b).length);
  if (letters < 3) return false;
  const covers = (all: Overlay, area: Area, others: () => Overlay, on: Area): boolean =>
    all.missing(area.x, area.x + area.width) < LACKING &&
    others().missing(on.x, on.x + on.width) > added(place.kind, letters);
  const [onA, onB] = [areaOf(place.a), areaOf(place.b)];
  const [fromA, fromB] = [laidOver(onA, there), laidOver(onB, back)];
  return (
    covers(over, onA, () => overlay(b, a, back, fromA), fromA) ||
    covers(under, onB, () => overlay(a, b, there, fromB), fromB)
  );
}

/**
 * True where a figure cannot be read, or only on one of two clear pages, and is written otherwise: it looks less alike, either way, than what reads
 * the same on these pages, with about as much ink, or with ink on each where the other has none. A stamp or a pen over the place only adds
 * ink on one of them. Words that were taken for its neighbours are not looked at.
 */
function otherInk(a: Sheet, b: Sheet, { there, back }: Alignments, { sharp, usual }: Eye, place: Place): boolean {
  if (!sharp || place.kind !== 'figure') return false;
  const figures = (tokens: readonly Token[]): readonly Token[] => {
    const only = tokens.filter((token) => token.kind === 'figure');
    return only.length === 0 ? tokens : only;
  };
  const onA = place.a.length === 0 ? laidOver(areaOf(figures(place.b)), back) : areaOf(figures(place.a));
  const onB = place.b.length === 0 ? laidOver(areaOf(figures(place.a)), there) : areaOf(figures(place.b));
  const [over, under] = [overlay(a, b, there, onA), overlay(b, a, back, onB)];
  const lacks = ({ missing }: Overlay, { x, width }: Area): boolean => missing(x, x + width) >= LACKING;
  const bothLack = lacks(over, onA) && lacks(under, onB);
  const readOnce = place.a.length === 0 || place.b.length === 0;
  const unlike = usual.likeness - (readOnce ? UNLIKE_ALONE : bothLack ? UNLIKE : UNLIKE_COVERED);
  if ([over, under].some(({ whole }) => (whole ?? 1) >= unlike)) return false;
  const more = [over.heavier / usual.heavier, under.heavier * usual.heavier];
  const other = bothLack || more.every((ink) => ink < AS_MUCH_INK && ink > 1 / AS_MUCH_INK);
  if (!other) return false;
  const near = [find(a, b, there, onA, STRAYED, 2), find(b, a, back, onB, STRAYED, 2)];
  return (
    near.some((seen) => seen !== undefined) && near.every((seen) => (seen?.likeness ?? 0) <= usual.likeness - UNLIKE)
  );
}

export type Area = ReturnType<typeof areaOf>;

/** Where a place of one page lies on the other. */
export function laidOver({ x, y, width, height }: Area, { map }: Alignment): Area {
  const corners = [map(x, y), map(x + width, y), map(x, y + height), map(x + width, y + height)];
  const [xs, ys] = [corners.map(([cx]) => cx), corners.map(([, cy]) => cy)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** A sheet's border, as a share of its width: what lies beyond may be cut or in the shadow of the edge. */
const BORDER = 0.02;

/** True where letters of one page lie outside the other page, or at its very edge. */
function beyond(
  [from, to]: readonly [number, number],
  letters: readonly Letter[],
  tokens: readonly Token[],
  alignment: Alignment,
  other: Sheet,
): boolean {
  const [first, last] = [letters[from], letters[to - 1]];
  if (first === undefined || last === undefined || to <= from) return false;
  const { y, height } = areaOf(tokens);
  const margin = other.width * BORDER;
  return [first.from, last.to].some((x) => {
    const [ox, oy] = alignment.map(x, y + height / 2);
    return ox < margin || oy < margin || ox > other.width - margin || oy > other.height - margin;
  });
}

/** Of two readings that part at one spot only, this share of letters has to be the same before they can vouch for the place. */
const VOUCHING = 0.6;

/**
 * False where readings part at one spot and the letters that were read the same look unlike: the place does not lie over the other
 * one, and nothing can be seen there. Letters that two other words share by chance vouch for nothing.
 */
function liesOver(letters: readonly Letter[], parts: readonly Difference[], over: Overlay, eye: Eye): boolean {
  const same = letters.filter((_, i) => !parts.some(({ a: [from, to] }) => i >= from && i < to));
  if (parts.length > 1 || same.length < 3 || same.length < letters.length * VOUCHING) return true;
  const seen = same.flatMap((letter) => over.cell(letter.from - 1, letter.to + 1) ?? []).toSorted((p, q) => p - q);
  const middle = seen[Math.floor(seen.length / 2)];
  return seen.length < 2 || middle === undefined || middle > (eye.same.mean + eye.other.mean) / 2;
}

/**
 * True where one reading only lacks letters of the other one, and there is ink where they should be: recognition lost them, nobody
 * left them out. What a text layer says is complete.
 */
function lostLetters(
  { a, b }: Difference,
  [lettersA, lettersB]: readonly [readonly Letter[], readonly Letter[]],
  [over, back]: readonly [Overlay, Overlay],
  [sureA, sureB]: readonly [number, number],
): boolean {
  const onA = b[0] === b[1];
  if (!onA && a[0] !== a[1]) return false;
  if ((onA ? sureB : sureA) >= EXACT) return false;
  const [range, letters, view] = onA ? [a, lettersA, over] : [b, lettersB, back];
  const [first, last] = [letters[range[0]], letters[range[1] - 1]];
  return first !== undefined && last !== undefined && view.missing(first.from, last.to) < 0.5;
}

/** Readings that differ: how likely they differ on paper too, before anybody looks (log odds). */
const priorOf = (sure: number): number =>
  sure >= EXACT ? 7 : sure > 0.93 ? 1.2 : sure > 0.85 ? 0.2 : sure > 0.7 ? -1.2 : sure > 0.5 ? -2.8 : -4.5;

/** Most that the look of letters can say (log odds); where a digit plainly stands against another one it says more. */
const [SEEN, SEEN_CLEARLY] = [4, 6];
/** Readings from this sureness on are plain enough for that; below, a stamp may lie over them. */
const PLAIN = 0.6;

function isOtherDigit({ a, b }: Difference, lettersA: readonly Letter[], lettersB: readonly Letter[]): boolean {
  const digits = (letters: readonly Letter[], [from, to]: readonly [number, number]): boolean =>
    to > from && letters.slice(from, to).every(({ char }) => /\d/.test(char));
  return a[1] - a[0] === b[1] - b[0] && digits(lettersA, a) && digits(lettersB, b);
}

/** Log of how much likelier the likeness is for different letters than for the same, within bounds. */
function ratio(likeness: number, { same, other }: Eye, most: number): number {
  const z = (likeness - same.mean) / (same.spread * 1.3);
  const y = (likeness - other.mean) / (other.spread * 1.2);
  // The same letters look unlike more often than a bell curve says: a speck, a crease, a stamp (Student's t, six degrees).
  const logSame = (likeness >= same.mean ? 0 : -3.5 * Math.log(1 + (z * z) / 6)) - Math.log(same.spread);
  const logOther = likeness <= other.mean ? -Math.log(other.spread) : -(y * y) / 2 - Math.log(other.spread);
  return Math.max(-4, Math.min(most, logOther - logSame));
}

function seenLikeness(
  range: readonly [number, number],
  letters: readonly Letter[],
  over: ReturnType<typeof overlay>,
): number | undefined {
  const [from, to] = range;
  if (to <= from) return undefined;
  let worst: number | undefined;
  for (let i = from; i < to; i++) {
    const letter = letters[i];
    const likeness = letter === undefined ? undefined : over.cell(letter.from - 1, letter.to + 1);
    if (likeness !== undefined && (worst === undefined || likeness < worst)) worst = likeness;
  }
  return worst;
}

/** A word on one page only: not recognised on the other, or really not there. */
function judgeOneSided(a: Sheet, b: Sheet, { there, back }: Alignments, eye: Eye, place: Place): Finding {
  const onA = place.b.length === 0;
  const tokens = onA ? place.a : place.b;
  const area = areaOf(tokens);
  const over = onA ? overlay(a, b, there, area) : overlay(b, a, back, area);
  const whole = over.whole;
  if (whole === undefined) return { place, state: 'unread', conflict: 0 };
  if (sureOf(tokens) > 0.75 && otherInk(a, b, { there, back }, eye, place))
    return { place, state: 'conflict', conflict: ONE_SIDED };
  const missing = over.missing(area.x, area.x + area.width);
  if (missing > 0.5 && sureOf(tokens) > 0.75) return { place, state: onA ? 'only-a' : 'only-b', conflict: 0 };
  const midpoint = (eye.same.mean + eye.other.mean) / 2;
  return { place, state: whole > midpoint ? 'looks-alike' : 'unread', conflict: 0 };
}
