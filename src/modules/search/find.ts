import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type EntryKind, filterTerm, hashTerms } from './entry.ts';
import { type Fit, wantedFor } from './fit.ts';
import { spansBefore } from './spans.ts';
import type { SearchTables } from './store.ts';

export type TextQuery = {
  /** What `askedTerms` made of the words. */
  readonly terms: readonly string[];
  readonly kind?: EntryKind;
  readonly topic?: string;
  readonly author?: string;
  readonly language?: string;
  readonly from?: Date;
  /** What fits better comes first (so it is unless said otherwise), or simply what is newer. */
  readonly order?: 'fit' | 'time';
  /** Behind this hit: the next page. */
  readonly before?: { readonly at: Date; readonly id: string; readonly fit?: Fit };
};

/**
 * Who asks: the circles whose notes they may read, and a query of the module that knows the cases. It gives a row where they may open
 * the case whose id stands in a column of ours, and becomes part of our query.
 */
export type FindFor = {
  readonly circles: readonly string[];
  readonly mayOpen: (caseId: RawBuilder<string>) => Expression<unknown>;
};

export type TextHit = {
  readonly id: string;
  readonly kind: EntryKind;
  readonly caseId: string;
  readonly topic: string;
  readonly author: string;
  readonly at: Date;
  /** How well it fits, where the order is by that. */
  readonly fit?: Fit;
};
export type TextHits = {
  readonly hits: readonly TextHit[];
  /** How many of the asked words each hit has at least. */
  readonly words: number;
  readonly more: boolean;
  /** Asked without a word: older ones were not looked for, because there are too many to go through. */
  readonly older?: boolean;
};

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

/** One fit after the other, until the page is full. */
async function bestFirst(tx: Tx, key: Secret, reader: FindFor, query: TextQuery, size: number): Promise<TextHit[]> {
  const wanted = wantedFor(query.terms);
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

const cut = (hits: readonly TextHit[], words: number, size: number): TextHits => ({
  hits: hits.slice(0, size),
  words,
  more: hits.length > size,
});

const newestFirst = (a: TextHit, b: TextHit): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

const DAY = 86_400_000;
/** The next span is chosen so that it would be full if the hits of it came half as often as those of the last one. */
const AMPLE = 2;
/** So many things are gone through in a few milliseconds: a span that has no more of them is asked for at once. */
const FEW = 2_000;
/** What is asked for without a span is taken to lie in so much time, where it comes to how much that will be. */
const EVERYTHING = 5 * 366 * DAY;

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
  const not = better.map((each) => hashTerms(key, each));
  const within = (...span: string[]) =>
    lookUp(tx, hashTerms(key, [...wanted, ...span.map(filterTerm.span)]), not, reader, query, size);
  const spans = spansBefore(query.before?.at ?? tx.now);
  for (let at = 0; at < spans.length; ) {
    const span = spans[at];
    if (span === undefined) break;
    const { hits, seen } = await within(span.name);
    if (hits.length >= size) return hits;
    const soon = (covers: number): boolean => (Math.max(seen, 1) * covers) / span.covers <= FEW;
    if (soon(EVERYTHING)) break;
    const filling = hits.length === 0 ? Number.POSITIVE_INFINITY : (AMPLE * span.covers * size) / hits.length;
    const longer = spans.findLastIndex(({ covers }, i) => i > at && soon(covers));
    const full = spans.findIndex(({ covers }, i) => i > at && covers >= filling);
    // Where nothing came and much was gone through, one step further: the reader may open little of it.
    const next = Math.max(longer, full, hits.length === 0 ? at + 1 : -1);
    if (next < 0) break;
    at = next;
  }
  return (await within()).hits;
}

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
    lookUp(tx, hashTerms(key, [...filters, ...span.map(filterTerm.span)]), [], reader, query, size + 1);
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

/**
 * One look into the index: the hits, and how many things were gone through for them. They come first and in their order, and their cases are asked one
 * by one until the page is full: a plan that begins with all cases of the house costs as much as there are. `not`: who has all of one of these was
 * found before; it is asked last, of what may be opened, because the hashes are long.
 */
async function lookUp(
  tx: Tx,
  hashes: readonly string[],
  not: readonly (readonly string[])[],
  reader: FindFor,
  { from, before }: TextQuery,
  size: number,
): Promise<{ readonly hits: TextHit[]; readonly seen: number }> {
  await tx.raw('select app.seek($1::bigint[])', [hashes]);
  const rows = await tx
    .tables<SearchTables>()
    .with(
      (cte) => cte('hit').materialized(),
      (db) => {
        let all = db
          .selectFrom('search_entry')
          .select(['id', 'kind', 'case_id as caseId', 'topic', 'author', 'at'])
          .select(sql`search_entry.jobcenter_id`.as('jobcenter_id'))
          .where(sql<boolean>`(search_entry.circle is null or search_entry.circle && ${reader.circles}::uuid[])`)
          .orderBy('at', 'desc')
          .orderBy('id', 'desc');
        if (from !== undefined) all = all.where('at', '>=', from);
        if (before !== undefined)
          all = all.where(
            sql<boolean>`(search_entry.at, search_entry.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
          );
        return all;
      },
    )
    .selectFrom((db) => db.selectFrom('hit').select(sql<number>`count(*)::int`.as('seen')).as('counted'))
    .leftJoinLateral(
      (db) => {
        const better = db
          .selectFrom('search_entry as e')
          .select('e.id')
          .where(sql<boolean>`e.id = hit.id`)
          .where(({ or }) => or(not.map((each) => sql<boolean>`e.terms @> ${each}::bigint[]`)));
        return db
          .selectFrom('hit')
          .select(['id', 'kind', 'caseId', 'topic', 'author', 'at'])
          .where(
            sql<boolean>`case when ${reader.mayOpen(sql<string>`hit."caseId"`)} is null then false
              else ${not.length === 0 ? sql`true` : sql`not exists ${better}`} end`,
          )
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(size)
          .as('found');
      },
      (join) => join.onTrue(),
    )
    .select(['seen', 'id', 'kind', 'caseId', 'topic', 'author', 'at'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return {
    hits: rows.flatMap(({ seen: _, ...hit }) => (hit.id === null ? [] : [hit as TextHit])),
    seen: rows[0]?.seen ?? 0,
  };
}
