import type { PageReading } from '../../../platform/reading/index.ts';
import { alignPages } from './align.ts';
import { type Finding, judgePlace, learnEye } from './judge-place.ts';
import { differences, lettersOf } from './letters.ts';
import type { Sheet } from './pixels.ts';
import { type Place, placesOf } from './places.ts';
import { type Token, tokensOf } from './token.ts';

/** A page made ready for comparing. */
export type ComparablePage = {
  readonly page: number;
  readonly tokens: readonly Token[];
  readonly width: number;
  readonly height: number;
  /** Its picture, decoded when pixels have to decide. */
  readonly sheet: () => Promise<Sheet>;
  readonly blank: boolean;
  /** Shapes of its longer words. */
  readonly shapes: ReadonlySet<string>;
};

export function comparable(reading: PageReading, sheet: () => Promise<Sheet>): ComparablePage {
  const tokens = tokensOf(reading.words);
  const shapes = new Set(tokens.filter((token) => token.fold.length >= 4).map((token) => token.fold));
  const { page, width, height, blank } = reading;
  return { page, width, height, tokens, sheet, blank, shapes };
}

/** What two pages have in common and what not. */
export type PageComparison = {
  readonly anchors: number;
  readonly findings: readonly Finding[];
  /** Share of what can be compared that is the same, 0 to 1. */
  readonly covered: number;
  /** How much the agreeing places tell this paper apart from others, in bits. */
  readonly evidence: number;
  /** Sure differences, weighed. */
  readonly conflict: number;
  /** Printed words on one page only, as lines of them. */
  readonly added: number;
};

const weights = { figure: 1, name: 0.6, word: 0.35 } as const;

/** Pages of which less than this share reads the same are not looked at more closely. */
const LEAST_READ_ALIKE = 0.08;

/** Compares two pages place by place; undefined where they cannot be put over each other. */
export async function comparePages(a: ComparablePage, b: ComparablePage): Promise<PageComparison | undefined> {
  const alignments = alignPages(a.tokens, b.tokens, a.width);
  if (alignments === undefined) return undefined;
  const places = placesOf(a.tokens, b.tokens, alignments, a, b);
  const agreeing: Place[] = [];
  const open: Place[] = [];
  for (const place of places) (readsTheSame(place) ? agreeing : open).push(place);
  if (agreeing.length < places.length * LEAST_READ_ALIKE) return undefined;
  const findings = agreeing.map((place): Finding => ({ place, state: 'agree', conflict: 0 }));
  if (open.length > 0) {
    const [sheetA, sheetB] = [await a.sheet(), await b.sheet()];
    const eye = learnEye(sheetA, sheetB, alignments, agreeing);
    for (const place of open) findings.push(judgePlace(sheetA, sheetB, alignments, eye, place));
  }
  return { anchors: alignments.there.anchors, findings, ...summary(findings) };
}

const readsTheSame = ({ a, b }: Place): boolean => {
  if (a.length === 0 || b.length === 0) return false;
  const [one, other] = [a.map((t) => t.plain).join(''), b.map((t) => t.plain).join('')];
  return one === other || differences(lettersOf(a), lettersOf(b)).length === 0;
};

function summary(findings: readonly Finding[]): Omit<PageComparison, 'anchors' | 'findings'> {
  let [same, all, evidence, conflict] = [0, 0, 0, 0];
  const seen = new Set<string>();
  for (const { place, state, conflict: probability } of findings) {
    const weight =
      weights[place.kind] * Math.min(3, Math.max(1, lettersOf(place.a.length > 0 ? place.a : place.b).length / 4));
    if (state !== 'unread') all += weight;
    if (state === 'agree' || state === 'looks-alike') same += weight;
    if (state === 'agree') {
      const text = place.a.map((t) => t.plain).join('');
      if (!seen.has(text)) evidence += bitsOf(place, text);
      seen.add(text);
    }
    if (state === 'conflict') conflict += weights[place.kind] * probability;
  }
  return { covered: all === 0 ? 0 : same / all, evidence, conflict, added: addedLines(findings) };
}

/** What one agreeing place is worth: digits are chosen from ten, words from a language that all papers share. */
function bitsOf(place: Place, text: string): number {
  if (place.kind === 'figure') return Math.min(10, text.replace(/\D/g, '').length) * 1.5;
  return place.kind === 'name' ? 1.2 : 0.3;
}

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
