import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type EntryKind, filterTerm, hashTerms } from './entry.ts';
import { spansBefore } from './spans.ts';
import type { SearchTables } from './store.ts';

export type TextQuery = {
  /** What `askedTerms` made of the words. */
  readonly terms: readonly string[];
  readonly kind?: EntryKind;
  readonly topic?: string;
  readonly author?: string;
  readonly from?: Date;
  /** Older than this hit: the next page. */
  readonly before?: { readonly at: Date; readonly id: string };
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
};
export type TextHits = {
  readonly hits: readonly TextHit[];
  /** How many of the asked words each hit has at least. */
  readonly words: number;
  readonly more: boolean;
};

/**
 * Things with all of the words, the newest first; where there is none, those with all words but one. Only what the reader may open:
 * the condition is in the query, so that nobody learns from a count or a gap either.
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
  const all = await newest(tx, key, reader, query, size + 1);
  if (all.length > 0 || terms.length === 1 || query.before !== undefined) return cut(all, terms.length, size);
  const some = new Map<string, TextHit>();
  for (const left of terms) {
    const fewer = { ...query, terms: terms.filter((term) => term !== left) };
    for (const hit of await newest(tx, key, reader, fewer, size)) some.set(hit.id, hit);
  }
  return { ...cut([...some.values()].sort(newestFirst), terms.length - 1, size), more: false };
}

const cut = (hits: readonly TextHit[], words: number, size: number): TextHits => ({
  hits: hits.slice(0, size),
  words,
  more: hits.length > size,
});

const newestFirst = (a: TextHit, b: TextHit): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

/** The next span is chosen so that it would be full if the hits of it came half as often as those of the last one. */
const AMPLE = 2;

/**
 * The newest hits. A word that stands in every tenth letter has more of them than anybody can sort while a client is speaking: so
 * the index is asked for the last days first; how much came of it says which longer span would fill the page, or that only
 * everything can.
 */
async function newest(tx: Tx, key: Secret, reader: FindFor, query: TextQuery, size: number): Promise<TextHit[]> {
  const wanted = [
    ...query.terms,
    ...(query.kind === undefined ? [] : [filterTerm.kind(query.kind)]),
    ...(query.topic === undefined ? [] : [filterTerm.topic(query.topic)]),
    ...(query.author === undefined ? [] : [filterTerm.author(query.author)]),
  ];
  const within = (...span: string[]) =>
    lookUp(tx, hashTerms(key, [...wanted, ...span.map(filterTerm.span)]), reader, query, size);
  const spans = spansBefore(query.before?.at ?? tx.now);
  for (let at = 0; at < spans.length; ) {
    const span = spans[at];
    if (span === undefined) break;
    const hits = await within(span.name);
    if (hits.length >= size) return hits;
    const needed = hits.length === 0 ? 0 : (AMPLE * span.covers * size) / hits.length;
    // After nothing the steps become longer: a word that is so rare is quickly found everywhere.
    const next = hits.length === 0 ? 2 * at + 1 : spans.findIndex(({ covers }, i) => i > at && covers >= needed);
    if (next < 0) break;
    at = next;
  }
  return within();
}

/**
 * One look into the index. The hits come first and in their order (`offset 0` keeps the planner from turning it round), and their
 * cases are asked one by one until the page is full: a plan that begins with all cases of the house costs as much as there are.
 */
async function lookUp(
  tx: Tx,
  hashes: readonly string[],
  reader: FindFor,
  query: TextQuery,
  size: number,
): Promise<TextHit[]> {
  await tx.raw('select app.seek($1::bigint[])', [hashes]);
  const { from, before } = query;
  return tx
    .tables<SearchTables>()
    .selectFrom((db) => {
      let rows = db
        .selectFrom('search_entry')
        .select(['id', 'kind', 'case_id as caseId', 'topic', 'author', 'at'])
        .where(sql<boolean>`(search_entry.circle is null or search_entry.circle && ${reader.circles}::uuid[])`)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .offset(sql<number>`0` as never);
      if (from !== undefined) rows = rows.where('at', '>=', from);
      if (before !== undefined)
        rows = rows.where(
          sql<boolean>`(search_entry.at, search_entry.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
        );
      return rows.as('hit');
    })
    .selectAll()
    .where(sql<boolean>`${reader.mayOpen(sql<string>`hit."caseId"`)} is not null`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .execute();
}
