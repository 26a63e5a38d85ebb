import type { Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { filterTerm, hashTerms } from './entry.ts';
import { wantedFor } from './fit.ts';
import { lookUp } from './look-up.ts';
import type { FindFor, TextHit, TextHits, TextQuery } from './query.ts';
import { EVERYTHING, spansBefore, spansUntil } from './spans.ts';

/**
 * Things with all of the words: first what is about them, then where they stand close together, then what only names them, of each the newest first.
 * Where no thing has all words, those with all but one, the newest first. Only what the reader may open: the condition is in the query, so that
 * nobody learns from a count or a gap either.
 */
export async function findTexts(
  tx: Tx,
  key: Secret,
  reader: FindFor,
  query: TextQuery,
  size: number,
): Promise<TextHits> {
  if (query.terms.length === 0) return { hits: [], words: 0, more: false };
  const found = await allOrFewer(tx, key, reader, query, size);
  await tx.raw(`select app.seek('{}')`, []); // what else this transaction reads of the table is not narrowed
  return found;
}

async function allOrFewer(tx: Tx, key: Secret, reader: FindFor, query: TextQuery, size: number): Promise<TextHits> {
  const { terms } = query;
  const plain = (words: readonly string[], most: number) => newest(tx, key, reader, query, { terms: words }, most);
  const all = query.order === 'time' ? await plain(terms, size + 1) : await bestFirst(tx, key, reader, query, size + 1);
  if (all.length > 0 || terms.length === 1 || query.before !== undefined) return cut(all, terms.length, size);
  const some = new Map<string, TextHit>();
  for (const left of terms)
    for (const hit of await plain(
      terms.filter((term) => term !== left),
      size,
    ))
      some.set(hit.id, hit);
  return { ...cut([...some.values()].sort(newestFirst), terms.length - 1, size), more: false };
}

/** Few are gone through at once; of many, one fit after the other is asked for, until the page is full. */
async function bestFirst(tx: Tx, key: Secret, reader: FindFor, query: TextQuery, size: number): Promise<TextHit[]> {
  const wanted = wantedFor(query.terms);
  const few = await fewAtOnce(tx, key, reader, query, wanted, size);
  if (few !== undefined) return few;
  const from = query.before?.fit === undefined ? 0 : wanted.findIndex(({ fit }) => fit === query.before?.fit);
  const { before, ...unstarted } = query;
  const hits: TextHit[] = [];
  for (const [at, { fit, terms }] of wanted.entries()) {
    if (at < from || hits.length >= size) continue;
    const better = wanted.slice(0, at).map((each) => each.terms);
    const asked = at === from ? query : unstarted;
    const found = await newest(tx, key, reader, asked, { terms, better }, size - hits.length);
    hits.push(...found.map((hit) => ({ ...hit, fit })));
  }
  return hits;
}

/**
 * Whatever fits has the words themselves, too. Where the last days say that few things have them, one look gives all of them in their order: a look
 * for each fit would go through the long lists of the same words again. Nothing where there are too many.
 */
async function fewAtOnce(
  tx: Tx,
  key: Secret,
  reader: FindFor,
  query: TextQuery,
  wanted: ReturnType<typeof wantedFor>,
  size: number,
): Promise<TextHit[] | undefined> {
  const terms = [...query.terms, ...filtersOf(query)];
  const within = (span: readonly string[]) => hashTerms(key, [...terms, ...span.map(filterTerm.span)]);
  const {
    spans: [span],
    whole,
    covers,
  } = spansUntil(tx.now, query.from);
  if (span !== undefined) {
    const { seen } = await lookUp(tx, within([span.name]), { reader, from: query.from, size: 0 });
    if (!isSoon(seen, span.covers, covers, MAYBE_FEW)) return undefined;
  }
  const fits = wanted.map(({ fit }) => fit);
  const better = wanted.slice(0, -1).map((each) => hashTerms(key, each.terms));
  const behind = query.before && { ...query.before, place: fits.indexOf(query.before.fit ?? 'about') };
  const all = await lookUp(tx, within(whole), {
    reader,
    from: query.from,
    better,
    byFit: { most: MANY_AT_ONCE, behind },
    size,
  });
  if (all.seen > MANY_AT_ONCE) return undefined; // after a quiet weekend there were few lately, and are many all the same
  return all.hits.map((hit, at) => ({ ...hit, fit: fits[all.places[at] ?? 0] ?? 'named' }));
}

const cut = (hits: readonly TextHit[], words: number, size: number): TextHits => ({
  hits: hits.slice(0, size),
  words,
  more: hits.length > size,
});

const newestFirst = (a: TextHit, b: TextHit): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

/** The next span is chosen so that it would be full if the hits of it came half as often as those of the last one. */
const AMPLE = 2;
/** So many things are gone through in a few milliseconds: a span that has no more of them is asked for at once. */
const FEW = 2_000;
/** So many may be gone through for all fits together: it takes less time than the looks for each. */
const MANY_AT_ONCE = 3_000;
/** What one or two days say is rough: where no more than this is to be expected, it is tried. Where it is more than `MANY_AT_ONCE`, the look ends there. */
const MAYBE_FEW = 12_000;

/**
 * The newest hits. A word that stands in every tenth letter has more of them than anybody can sort while a client is speaking: so the index is asked
 * for the last days first; how much came of it, and how much was gone through for it, says which longer span would fill the page or is soon gone
 * through, or that everything is.
 */
async function newest(
  tx: Tx,
  key: Secret,
  reader: FindFor,
  query: TextQuery,
  { terms, better = [] }: { readonly terms: readonly string[]; readonly better?: readonly (readonly string[])[] },
  size: number,
): Promise<TextHit[]> {
  const wanted = [...terms, ...filtersOf(query)];
  const look = { reader, ...query, better: better.map((each) => hashTerms(key, each)), size };
  const within = (...span: string[]) => lookUp(tx, hashTerms(key, [...wanted, ...span.map(filterTerm.span)]), look);
  const end = query.before?.at ?? tx.now;
  const { spans, whole, covers: wholeCovers } = spansUntil(end, query.from);
  for (let at = 0; at < spans.length; ) {
    const span = spans[at];
    if (span === undefined) break;
    const { hits, seen } = await within(span.name);
    if (hits.length >= size) return hits;
    const soon = (covers: number): boolean => isSoon(seen, span.covers, covers);
    if (soon(wholeCovers)) break;
    const filling = hits.length === 0 ? Number.POSITIVE_INFINITY : (AMPLE * span.covers * size) / hits.length;
    const longer = spans.findLastIndex(({ covers }, i) => i > at && soon(covers));
    const full = spans.findIndex(({ covers }, i) => i > at && covers >= filling);
    // Where nothing came and much was gone through, one step further: the reader may open little of it.
    const next = Math.max(longer, full, hits.length === 0 ? at + 1 : -1);
    if (next < 0) break;
    at = next;
  }
  return (await within(...whole)).hits;
}

/** Whether a span will have few things, by what came of another one. */
const isSoon = (seen: number, covered: number, covers: number, few = FEW): boolean =>
  (Math.max(seen, 1) * covers) / covered <= few;

/** So many things may be gone through without a word; it takes some ten milliseconds. */
const MANY = 20_000;

/**
 * Without a word: the newest things that fit the filters, as far back as it is cheap. No look goes through all there is: where a longer span would be more
 * than can be gone through at once, what is older is left to a search with a word (`older`).
 */
export async function findNewest(
  tx: Tx,
  key: Secret,
  reader: FindFor,
  query: TextQuery,
  size: number,
): Promise<TextHits> {
  const filters = filtersOf(query);
  if (filters.length === 0 && query.from === undefined) return { hits: [], words: 0, more: false };
  const within = (...span: string[]) =>
    lookUp(tx, hashTerms(key, [...filters, ...span.map(filterTerm.span)]), { reader, ...query, size: size + 1 });
  let found: TextHits = { hits: [], words: 0, more: false };
  let before = { covers: 0, seen: 0 };
  for (const { name, covers } of spansBefore(query.before?.at ?? tx.now)) {
    if ((before.seen * covers) / Math.max(before.covers, 1) > MANY) {
      found = { ...found, older: true };
      break;
    }
    const { hits, seen } = await within(name);
    found = cut(hits, 0, size);
    before = { covers, seen };
    if (found.more) break;
  }
  const wanted = query.from === undefined ? EVERYTHING : tx.now.getTime() - query.from.getTime();
  if (!found.more && found.older !== true && before.covers < wanted) {
    const all = filters.length > 0 && (Math.max(before.seen, 1) * EVERYTHING) / before.covers <= MANY;
    found = all ? cut((await within()).hits, 0, size) : { ...found, older: true };
  }
  await tx.raw(`select app.seek('{}')`, []); // as above
  return found;
}

function filtersOf({ kind, topic, author, language }: TextQuery): string[] {
  return [
    ...(kind !== undefined && topic !== undefined
      ? [filterTerm.both(kind, topic)]
      : [
          ...(kind === undefined ? [] : [filterTerm.kind(kind)]),
          ...(topic === undefined ? [] : [filterTerm.topic(topic)]),
        ]),
    ...(author === undefined ? [] : [filterTerm.author(author)]),
    ...(language === undefined ? [] : [filterTerm.language(language)]),
  ];
}
