import type { Alignment } from './align.ts';
import type { Finding } from './judge-place.ts';
import { lettersOf } from './letters.ts';
import { median } from './median.ts';
import { find, type Overlay, overlay, type Sheet } from './pixels.ts';
import type { Token } from './token.ts';

/** Words that tell how alike the same words look on a hazy picture, and other words in their place. */
const MOST_LEARNT = 60;
/** Words of a size: one can be looked for in the place of the other. */
const [AS_WIDE, AS_HIGH] = [0.15, 0.3];
/** Other figures of the page that are looked for in the place of one. */
const RIVALS = 6;
/** So much more alike than the one that should be there, another figure looks where something else stands. */
const BEATEN = 0.12;
/** Figures look so much less alike than words do at most, and one that says what it should is so much ahead of others of its size. */
const [LESS, AHEAD] = [0.1, 0.02];
/** A figure without another one of its size looks so much less alike than figures of this page do where something else stands. */
const FAINT = 0.7;
/** A word that is found so near, in pixels, only lies beside its place on bent paper. */
const STRAYED = 14;
/** Where something else stands there is about as much ink; a finger, a fold or a stamp is more or less of it. */
const AS_MUCH_INK = 1.8;
/** The same words must look so much more alike than others for anything to be seen at all. */
const TELLING = 0.12;

/** What one word of the clear page looks like on the picture of the hazy one. */
export type Look = {
  readonly state: Extract<Finding['state'], 'looks-alike' | 'conflict' | 'unread'>;
  readonly conflict: number;
};

/**
 * How the words of a clear page look on the picture of one that nobody could read: more like what should stand there than other words do, or
 * less. A figure is looked at beside other figures of its size that stand on the page: where one of those looks more alike, another number
 * stands there. Where the words around look strange as well, the picture does not lie over the page. Undefined where it is too blurred to
 * tell words apart by their look.
 */
export function looksOf(
  clear: Sheet,
  hazy: Sheet,
  over: Alignment,
  words: readonly Token[],
): ReadonlyMap<Token, Look> | undefined {
  const seen = (word: Token, at: Token = word): Overlay => {
    const [from, to] = [middleOf(word), middleOf(at)];
    const map: Alignment['map'] = (x, y) => over.map(x + to[0] - from[0], y + to[1] - from[1]);
    return overlay(clear, hazy, { ...over, map }, word);
  };
  const longer = words.filter((word) => lettersOf([word]).length >= 3);
  const learnt = longer.filter((_, i) => i % Math.ceil(longer.length / MOST_LEARNT) === 0);
  const same = learnt.map((word) => seen(word));
  const others = learnt.flatMap((word) => {
    const rival = longer.find((other) => isOther(other, word));
    return rival === undefined ? [] : [seen(rival, word).whole ?? 0];
  });
  const usual = median(same.flatMap(({ whole }) => whole ?? []));
  const [strange, ink] = [median(others), median(same.map(({ heavier }) => heavier))];
  if (usual === undefined || strange === undefined || ink === undefined || usual - strange < TELLING) return undefined;
  const figures = longer.filter(({ kind }) => kind === 'figure');
  const usualFigure = Math.max(median(figures.flatMap((word) => seen(word).whole ?? [])) ?? usual, usual - LESS);
  const middle = (usual + strange) / 2;
  const strayed = (word: Token): boolean =>
    (find(clear, hazy, over, word, STRAYED, 1)?.likeness ?? 0) > (word.kind === 'figure' ? usualFigure : middle);
  const look = (word: Token): Look => {
    const { whole, heavier } = seen(word);
    if (whole === undefined) return { state: 'unread', conflict: 0 };
    const visible = heavier / ink < AS_MUCH_INK && heavier / ink > 1 / AS_MUCH_INK;
    const rivals = word.kind === 'figure' ? figures.filter((other) => isOther(other, word)).slice(0, RIVALS) : [];
    const best = Math.max(...rivals.map((other) => seen(other, word).whole ?? 0));
    const beaten =
      rivals.length > 0
        ? best - whole > BEATEN
        : word.kind === 'figure'
          ? whole < FAINT * usualFigure
          : whole < strange;
    if (visible && beaten && lettersOf([word]).length >= 3)
      return strayed(word) ? { state: 'unread', conflict: 0 } : { state: 'conflict', conflict: OTHER };
    const alike =
      word.kind === 'figure' ? whole > Math.max(middle, usualFigure - LESS) && whole - best > AHEAD : whole > middle;
    return { state: alike ? 'looks-alike' : 'unread', conflict: 0 };
  };
  const looks = new Map(words.map((word) => [word, look(word)]));
  for (const word of words) {
    if (looks.get(word)?.state !== 'conflict') continue;
    const around = nearest(words, word).filter((other) => looks.get(other)?.state === 'looks-alike').length;
    if (around < BELIEVED[word.kind]) looks.set(word, { state: 'unread', conflict: 0 });
  }
  return looks;
}

/** Of so many words around one, so many must look alike before it is believed to be another one; numbers change together, words do not. */
const AROUND = 6;
const BELIEVED = { figure: 2, name: 5, word: 5 } as const;

function nearest(words: readonly Token[], word: Token): readonly Token[] {
  const [x, y] = middleOf(word);
  const far = (other: Token): number => {
    const [ox, oy] = middleOf(other);
    return Math.hypot(x - ox, 2 * (y - oy));
  };
  return words
    .filter((other) => other !== word && lettersOf([other]).length >= 3)
    .toSorted((one, other) => far(one) - far(other))
    .slice(0, AROUND);
}

/** How surely another number stands where one does not look like itself. One alone makes two papers of it: what is said to be there already is not sent. */
const OTHER = 0.92;

const middleOf = ({ x, y, width, height }: Token): readonly [number, number] => [x + width / 2, y + height / 2];

/** True for words that say something else and are of the same size. */
const isOther = (one: Token, other: Token): boolean =>
  Math.abs(one.width / other.width - 1) < AS_WIDE &&
  Math.abs(one.height / other.height - 1) < AS_HIGH &&
  one.plain.length === other.plain.length &&
  one.plain !== other.plain;
