import { tokensOf } from './terms.ts';

/** A piece of a text around what was found, in parts; `hit` is what is to be marked. */
export type Snippet = readonly { readonly text: string; readonly hit: boolean }[];

/** Where the asked terms stand in a text. */
export function hitsIn(text: string, terms: readonly string[]): { from: number; to: number; term: string }[] {
  const asked = new Set(terms);
  return tokensOf(text).flatMap(({ from, to, terms: own }) => {
    const term = own.find((each) => asked.has(each));
    return term === undefined ? [] : [{ from, to, term }];
  });
}

const BEFORE = 60;
const LENGTH = 220;

/** The piece of a text in which most of the terms stand close together; undefined when none of them does. */
export function snippetOf(text: string, terms: readonly string[]): Snippet | undefined {
  const hits = hitsIn(text, terms);
  if (hits.length === 0) return undefined;
  const met = (first: number): number =>
    new Set(hits.filter(({ from }) => from >= first && from < first + LENGTH - BEFORE).map(({ term }) => term)).size;
  const best = hits.reduce((top, hit) => (met(hit.from) > met(top.from) ? hit : top));
  const from = wordStart(text, Math.max(0, best.from - BEFORE));
  const to = Math.max(best.to, wordStart(text, Math.min(text.length, from + LENGTH)));
  const parts: { text: string; hit: boolean }[] = [];
  let at = from;
  for (const hit of hits.filter((each) => each.from >= from && each.to <= to)) {
    parts.push({ text: text.slice(at, hit.from), hit: false }, { text: text.slice(hit.from, hit.to), hit: true });
    at = hit.to;
  }
  parts.push({ text: text.slice(at, to), hit: false });
  if (from > 0) parts.unshift({ text: '… ', hit: false });
  if (to < text.length) parts.push({ text: ' …', hit: false });
  return parts.map((part) => ({ ...part, text: part.text.replace(/\s+/g, ' ') })).filter((part) => part.text !== '');
}

/** The beginning of a text, for what was found by its person, kind or topic and not by its words; undefined where it is empty. */
export function beginningOf(text: string): Snippet | undefined {
  const whole = text.replace(/\s+/g, ' ').trim();
  if (whole === '') return undefined;
  const to = wordStart(whole, Math.min(whole.length, LENGTH));
  return [{ text: to < whole.length ? `${whole.slice(0, to).trimEnd()} …` : whole, hit: false }];
}

/** The beginning of the word at a place, or the place itself where a word is endless. */
function wordStart(text: string, at: number): number {
  if (at === 0 || at >= text.length) return at;
  const space = text.lastIndexOf(' ', at);
  return space > at - 40 && space >= 0 ? space + 1 : at;
}

/** Words on a page with their places in the text they make together. */
type Placed<W> = {
  readonly text: string;
  readonly words: readonly { readonly word: W; readonly from: number; readonly to: number }[];
};

/** The text of a page, with the place of each word in it, so that what was found can be marked on its picture. */
export function placedText<W extends { readonly text: string }>(words: readonly W[]): Placed<W> {
  let text = '';
  const placed = words.map((word) => {
    const broken = /\p{Ll}-$/u.test(text); // a word that a line breaks
    if (text !== '') text += broken ? '\n' : ' ';
    const from = text.length;
    text += word.text;
    return { word, from, to: text.length };
  });
  return { text, words: placed };
}

/** Words of a page that the asked terms stand in. */
export function wordsFound<W extends { readonly text: string }>(words: readonly W[], terms: readonly string[]): W[] {
  const placed = placedText(words);
  const hits = hitsIn(placed.text, terms);
  return placed.words
    .filter((each) => hits.some((hit) => hit.from < each.to && each.from < hit.to))
    .map(({ word }) => word);
}
