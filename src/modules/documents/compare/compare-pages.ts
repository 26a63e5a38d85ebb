import type { PageReading } from '../../../platform/reading/index.ts';
import { type Alignment, type Alignments, alignPages } from './align.ts';
import { type Look, looksOf } from './judge-by-look.ts';
import { type Finding, judgePlace, learnEye } from './judge-place.ts';
import { closerOver, isHazy, legibility, seenOver } from './lay-over.ts';
import { differences, EXACT, lettersOf } from './letters.ts';
import type { Sheet } from './pixels.ts';
import { type Place, placesOf } from './places.ts';
import { type RoughMap, roughMapOf } from './rough-map.ts';
import { isMonth, type Token, type TokenKind, tokensOf } from './token.ts';

/** A page made ready for comparing. */
export type ComparablePage = {
  readonly page: number;
  readonly tokens: readonly Token[];
  readonly width: number;
  readonly height: number;
  /** Its picture, decoded when pixels have to decide. */
  readonly sheet: () => Promise<Sheet>;
  /** Where there is writing on its picture. */
  readonly roughMap: () => Promise<RoughMap>;
  readonly blank: boolean;
  /** Shapes of its longer words. */
  readonly shapes: ReadonlySet<string>;
};

export function comparable(reading: PageReading, sheet: () => Promise<Sheet>): ComparablePage {
  const tokens = tokensOf(reading.words);
  const shapes = new Set(tokens.filter((token) => token.fold.length >= 4).map((token) => token.fold));
  const { page, width, height, blank } = reading;
  let map: Promise<RoughMap> | undefined;
  const roughMap = (): Promise<RoughMap> => {
    map ??= sheet().then(roughMapOf);
    return map;
  };
  return { page, width, height, tokens, sheet, roughMap, blank, shapes };
}

/** What two pages have in common and what not. */
export type PageComparison = {
  readonly anchors: number;
  /** How they lie over each other. */
  readonly alignments: Alignments;
  readonly findings: readonly Finding[];
  /** Share of what can be compared that is the same, 0 to 1. */
  readonly covered: number;
  /** How much the agreeing places tell this paper apart from others, in bits. */
  readonly evidence: number;
  /** Sure differences, weighed. */
  readonly conflict: number;
  /** Share of the figures that agree or differ for sure; the rest could not be made out on one of the pages. */
  readonly known: number;
  /** Printed words on one page only, as lines of them. */
  readonly added: number;
};

/** What one sure difference of a kind is worth: a number alone can tell two papers apart, a name nearly. */
const againstWeights = { figure: 1, name: 0.8, word: 0.4 } as const;
const weights = { figure: 1, name: 0.6, word: 0.35 } as const;

/** Below the first share of surely read letters the worse of two pages says little by its look, above the second it is clear. */
const [HAZY, CLEAR] = [0.35, 0.7];

/** How clear the worse of two pages is, 0 to 1: on a hazy one all letters look alike, and faint ones look like none. */
const clearOf = (a: ComparablePage, b: ComparablePage): number =>
  Math.max(0, Math.min(1, (Math.min(legibility(a.tokens), legibility(b.tokens)) - HAZY) / (CLEAR - HAZY)));

/** What the places of a page have to be seen with. */
type View = {
  readonly height: number;
  readonly more: ReadonlySet<Token>;
  readonly clear: number;
  /** Words that could not be made out count as well: nothing else tells how much of a hazy page was found again. */
  readonly all?: boolean;
};

/**
 * Compares two pages place by place; undefined where they cannot be put over each other. Of a page that hardly anybody could read, what
 * was read says little: where that is not enough, it is its picture that is compared with the words of the other one (`mayLook`).
 */
// biome-ignore format: one signature
export async function comparePages(a: ComparablePage, b: ComparablePage, mayLook = true): Promise<PageComparison | undefined> {
  const read = await compareByWords(a, b);
  if (!mayLook || (!isHazy(a) && !isHazy(b))) return read;
  if (read !== undefined && read.evidence >= ENOUGH_READ && read.known >= MADE_OUT) return read;
  const look = await compareByLook(a, b);
  // A difference that was read stays one, however alike the rest looks.
  return look === undefined ? read : { ...look, conflict: Math.max(look.conflict, read?.conflict ?? 0) };
}

/** Bits that were read on both pages, and the share of the figures that could be made out, from which on a hazy page need not be looked at. */
const [ENOUGH_READ, MADE_OUT] = [30, 0.6];

/** Pages of which less than this share reads the same are not looked at more closely. */
const LEAST_READ_ALIKE = 0.08;

/** From so many sure differences on that were read on one page only, and hardly any others, paper is bent where nothing was read. */
const ASKEW = 3;

async function compareByWords(a: ComparablePage, b: ComparablePage): Promise<PageComparison | undefined> {
  const alignments = alignPages(a.tokens, b.tokens, a.width);
  const found = alignments && (await compareLaid(a, b, alignments));
  const differing = found?.findings.filter(({ state }) => state === 'conflict') ?? [];
  const alone = differing.filter(({ place: { a: onA, b: onB } }) => onA.length === 0 || onB.length === 0).length;
  if (found === undefined || alone < ASKEW || differing.length > alone * 1.5 + 1) return found;
  const closer = await closerOver(a, b, alignments);
  return (closer && (await compareLaid(a, b, closer))) ?? found;
}

async function compareLaid(
  a: ComparablePage,
  b: ComparablePage,
  alignments: Alignments,
): Promise<PageComparison | undefined> {
  const places = placesOf(a.tokens, b.tokens, alignments, a, b);
  const agreeing: Place[] = [];
  const open: Place[] = [];
  for (const place of places) (readsTheSame(place) ? agreeing : open).push(place);
  if (agreeing.length < places.length * LEAST_READ_ALIKE) return undefined;
  const findings = agreeing.map((place): Finding => ({ place, state: 'agree', conflict: 0 }));
  if (open.length > 0) {
    const [sheetA, sheetB] = [await a.sheet(), await b.sheet()];
    const eye = learnEye(sheetA, sheetB, alignments, agreeing, Math.min(legibility(a.tokens), legibility(b.tokens)));
    const moved = movedWords(a.tokens, b.tokens, alignments, agreeing, a.width);
    const strayed = open.filter(moved);
    for (const place of strayed) findings.push({ place, state: 'unread', conflict: 0 });
    const looked = worthALook(
      open.filter((place) => !strayed.includes(place)),
      agreeing.length,
    );
    for (const place of looked) findings.push(judgePlace(sheetA, sheetB, alignments, eye, place));
  }
  return {
    anchors: alignments.there.anchors,
    alignments,
    findings,
    ...summary(findings, { height: a.height, more: accountDigits([a.tokens, b.tokens]), clear: clearOf(a, b) }),
  };
}

const UNSEEN: Look = { state: 'unread', conflict: 0 };

/** What a place that looks alike on a hazy page is worth, against one that reads the same. */
const LOOKS_ALIKE = 0.5;

/**
 * Compares the words of the page that could be read with the picture of the other one. What was read on the hazy one counts only where it
 * is the same: wrong readings are joined and torn apart at random. Undefined where not one page is clear and the other hazy, or nothing can be told.
 */
async function compareByLook(a: ComparablePage, b: ComparablePage): Promise<PageComparison | undefined> {
  const there = await seenOver(a, b);
  if (there === undefined) return undefined;
  const { alignments, clear } = there;
  const [page, other, over] = clear === 'a' ? [a, b, alignments.there] : [b, a, alignments.back];
  const looks = looksOf(await page.sheet(), await other.sheet(), over, page.tokens);
  if (looks === undefined) return undefined;
  const findings = placesOf(a.tokens, b.tokens, alignments, a, b).flatMap((place): Finding[] => {
    if (readsTheSame(place)) return [{ place, state: 'agree', conflict: 0 }];
    return place[clear].map((word) => ({
      place: { a: clear === 'a' ? [word] : [], b: clear === 'b' ? [word] : [], kind: word.kind },
      ...(looks.get(word) ?? UNSEEN),
    }));
  });
  const view = { height: page.height, more: accountDigits([a.tokens, b.tokens]), clear: 2 * LOOKS_ALIKE, all: true };
  return { anchors: alignments.there.anchors, alignments, findings, ...summary(findings, view) };
}

/** How far from its place, as a share of the page's width, a word may be found where bent paper misled the placement. */
const STRAYED = 0.05;
/** The same for words that stand on a page more than once: in heights of the word, so that a row is not taken for the next one. */
const STRAYED_ROWS = 0.9;

/**
 * Tells of a place whether its word only strayed: it stands near where it should be on the other page, where nothing else agreed
 * with it. What stands twice (a date in every row) must be on its line.
 */
function movedWords(
  a: readonly Token[],
  b: readonly Token[],
  { there, back }: Alignments,
  agreeing: readonly Place[],
  width: number,
): (place: Place) => boolean {
  const taken = new Set(agreeing.flatMap((place) => [...place.a, ...place.b]));
  const finder = (tokens: readonly Token[], from: readonly Token[], { map }: Alignment) => {
    const [free, often] = [new Map<string, Token[]>(), new Map<string, number>()];
    for (const token of [...tokens, ...from]) often.set(token.plain, (often.get(token.plain) ?? 0) + 1);
    for (const token of tokens) if (!taken.has(token)) free.set(token.plain, [...(free.get(token.plain) ?? []), token]);
    return (token: Token, here: ReadonlySet<Token>): boolean => {
      const [x, y] = map(token.x + token.width / 2, token.y + token.height / 2);
      return (free.get(token.plain) ?? []).some((other) => {
        if (here.has(other)) return false;
        const [dx, dy] = [Math.abs(x - other.x - other.width / 2), Math.abs(y - other.y - other.height / 2)];
        if (Math.hypot(dx, dy) > width * STRAYED) return false;
        return (often.get(token.plain) ?? 0) <= 2 || dy < other.height * STRAYED_ROWS;
      });
    };
  };
  const [onB, onA] = [finder(b, a, there), finder(a, b, back)];
  return ({ a: ofA, b: ofB }) => {
    const here = new Set([...ofA, ...ofB]);
    const strayed = (tokens: readonly Token[], found: (token: Token, here: ReadonlySet<Token>) => boolean): boolean => {
      const longer = tokens.filter((token) => token.plain.length >= 3);
      return longer.length > 0 && longer.every((token) => found(token, here));
    };
    return strayed(ofA, onB) || strayed(ofB, onA);
  };
}

/** Places that are looked at where most of the page reads differently anyway: enough to say what differs. */
const FEW_LOOKS = 24;

/** Open places, those that tell most first; of pages that read differently nearly everywhere a few are enough. */
function worthALook(open: readonly Place[], agreeing: number): readonly Place[] {
  const both = open.filter(({ a, b }) => a.length > 0 && b.length > 0);
  const sure = both.filter(({ a, b }) => [...a, ...b].every((token) => token.sure > 0.85));
  if (sure.length < FEW_LOOKS || sure.length < agreeing * 0.4) return open;
  return sure.toSorted((p, q) => Number(q.kind === 'figure') - Number(p.kind === 'figure')).slice(0, FEW_LOOKS);
}

const readsTheSame = ({ a, b, kind }: Place): boolean => {
  if (a.length === 0 || b.length === 0) return false;
  if (differences(lettersOf(a), lettersOf(b)).length === 0) return true;
  if (kind !== 'figure') return false;
  const [one, other] = [withoutSpecks(a), withoutSpecks(b)];
  return one.length > 0 && other.length > 0 && differences(lettersOf(one), lettersOf(other)).length === 0;
};

/** Of a figure: without a stroke beside it that was read as a letter or two. */
const withoutSpecks = (tokens: readonly Token[]): readonly Token[] =>
  tokens.filter(({ plain }) => plain.length > 2 || /\d/.test(plain));

function summary(
  findings: readonly Finding[],
  { height, more, clear, all: whole = false }: View,
): Omit<PageComparison, 'anchors' | 'alignments' | 'findings'> {
  let [same, all, evidence, conflict, settled, figures] = [0, 0, 0, 0, 0, 0];
  const seen = new Set<string>();
  for (const { place, state, conflict: probability } of findings) {
    const tokens = place.a.length > 0 ? place.a : place.b;
    const weight = weights[place.kind] * Math.min(3, Math.max(1, lettersOf(tokens).length / 4));
    if (state !== 'unread' || (whole && lettersOf(tokens).length >= 3)) all += weight;
    const agrees = state === 'agree' || state === 'looks-alike';
    if (agrees) {
      same += weight;
      const text = tokens.map((t) => t.plain).join('');
      if (!seen.has(text) && !tokens.every((token) => more.has(token)))
        evidence += bitsOf(tokens, place.kind, text, height) * (state === 'agree' ? 1 : 0.5 * clear);
      seen.add(text);
    }
    if (state === 'conflict')
      conflict += againstWeight(place) * probability ** 3 * (inFoot(tokens, height) ? FOOT_SHARE : 1);
    if (place.kind !== 'figure') continue;
    figures += 1;
    if (agrees || state === 'conflict') settled += 1;
  }
  const covered = all === 0 ? 0 : same / all;
  const known = figures === 0 ? 1 : settled / figures;
  return { covered, evidence, conflict, known, added: addedLines(findings) * clear };
}

/** Groups of digits that follow the head of an IBAN: together they are one number, often the sender's own. */
function accountDigits(pages: readonly (readonly Token[])[]): Set<Token> {
  const more = new Set<Token>();
  for (const tokens of pages)
    for (const head of tokens.filter((token) => isAccountHead(token.plain))) {
      let last = head;
      for (let next = nextOnLine(tokens, last); next !== undefined; next = nextOnLine(tokens, last)) {
        if (!/^\d{1,4}$/.test(next.plain)) break;
        more.add(next);
        last = next;
      }
    }
  return more;
}

const nextOnLine = (tokens: readonly Token[], { x, y, width, height }: Token): Token | undefined =>
  tokens.find(
    (token) =>
      Math.abs(token.y + token.height / 2 - y - height / 2) < height * 0.8 &&
      token.x > x && // a speck of a pixel would follow itself for ever
      token.x >= x + width - 2 &&
      token.x < x + width + height * 2.5,
  );

/**
 * What a sure difference at a place is worth. Where two text layers say what stands there nobody misread it: another name is another name
 * (Mina is not Nina), and a digit by itself is a number (Klasse 3 is not Klasse 4).
 */
function againstWeight(place: Place): number {
  const { a, b, kind } = place;
  if (a.length === 0 || b.length === 0 || ![...a, ...b].every((token) => token.sure >= EXACT))
    return againstWeights[kind] * unlikeness(place);
  const digits = (tokens: readonly Token[]): string => tokens.map(({ plain }) => plain.replace(/\D/g, '')).join(' ');
  return digits(a) === digits(b) ? againstWeights[kind] : againstWeights.figure;
}

/**
 * How much two readings of a place differ, 0 to 1. One figure tells two papers apart; of a word a letter or two are rather misread
 * than written otherwise.
 */
function unlikeness({ a, b, kind }: Place): number {
  if (kind === 'figure') return 1;
  const [one, other] = [lettersOf(a), lettersOf(b)];
  const changed = differences(one, other).reduce(
    (sum, part) => sum + Math.max(part.a[1] - part.a[0], part.b[1] - part.b[0]),
    0,
  );
  return Math.min(1, (2 * changed) / Math.max(1, one.length, other.length));
}

/** Below this share of a page stand bank, register and telephone numbers of the sender, in small print: all its letters carry them. */
const FOOT = 0.92;
/** What a place there is worth, for and against, as a share of what it is elsewhere. */
const FOOT_SHARE = 0.2;

const inFoot = (tokens: readonly Token[], height: number): boolean => (tokens[0]?.y ?? 0) > height * FOOT;

/** Bits of a month's name: somebody wrote a day out on this paper. */
const MONTH = 6;
/** Bits of an account number: the sender's own stands on all its papers. */
const ACCOUNT = 4;

/**
 * What one agreeing place says about *this* paper, in bits. A number of four digits or more was chosen for it; running text, names
 * of laws and the foot of the page are shared by all papers of a sender.
 */
function bitsOf(tokens: readonly Token[], kind: TokenKind, text: string, height: number): number {
  const digits = text.replace(/\D/g, '').length;
  if (kind === 'figure' && tokens.some((token) => isMonth(token.plain))) return MONTH;
  if (isAccountHead(text)) return ACCOUNT;
  if (kind !== 'figure' || digits < 4) return kind === 'name' ? 0.1 : 0.02;
  return Math.min(10, digits) * 1.5 * (inFoot(tokens, height) ? FOOT_SHARE : 1);
}

/** The land and check digits of an IBAN, with or without the groups that follow. */
const isAccountHead = (plain: string): boolean => /^[a-z]{2}\d{2}(\d{4})*\d{0,3}$/.test(plain);

/** Lines on which several surely printed words stand on one page only. */
function addedLines(findings: readonly Finding[]): number {
  const lines = new Map<string, number>();
  for (const { place, state } of findings) {
    if (state !== 'only-a' && state !== 'only-b') continue;
    const token = (state === 'only-a' ? place.a : place.b)[0];
    if (token === undefined || token.plain.length < 2) continue;
    const key = `${state} ${Math.round((token.y + token.height / 2) / 24)}`;
    lines.set(key, (lines.get(key) ?? 0) + (token.kind === 'figure' ? 1 : 0.7));
  }
  return [...lines.values()].filter((n) => n >= 0.7).length;
}
