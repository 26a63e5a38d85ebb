import { deriveKey, type Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { JobcenterKeys } from '../settings/index.ts';
import { type EntryKind, entryTerms, type Findable, filterTerm, hashTerms, SEARCH_METHOD } from './entry.ts';

export type SearchTables = {
  search_entry: {
    id: string;
    kind: EntryKind;
    case_id: string;
    topic: string;
    author: string;
    at: Date;
    circle: readonly string[] | null;
    method: number;
    terms: readonly string[];
  };
};

/** The key of the index: from the Jobcenter's own, so that nobody without it can try words. */
export const searchKey = (keys: Pick<JobcenterKeys, 'codes'>): Secret => deriveKey(keys.codes, 'terms of the search');

/** Makes something findable, in the transaction in which it is kept; what was kept of it before is replaced. */
export async function keepFindable(tx: Tx, keys: Pick<JobcenterKeys, 'codes'>, entry: Findable): Promise<void> {
  const row: SearchTables['search_entry'] = {
    id: entry.id,
    kind: entry.kind,
    case_id: entry.caseId,
    topic: entry.topic,
    author: entry.author,
    at: entry.at,
    circle: entry.circle ?? null,
    method: SEARCH_METHOD,
    terms: hashTerms(searchKey(keys), entryTerms(entry)),
  };
  const change = ['kind', 'case_id', 'topic', 'author', 'at', 'circle', 'method', 'terms'] as const;
  await tx
    .tables<SearchTables>()
    .insertInto('search_entry')
    .values(row)
    .onConflict((c) =>
      c
        .columns(['jobcenter_id', 'id'] as never)
        .doUpdateSet((eb) => Object.fromEntries(change.map((name) => [name, eb.ref(`excluded.${name}`)]))),
    )
    .execute();
}

/** Forgets how something is found; whoever erases the thing itself calls this in the same transaction. */
export async function forgetFindable(tx: Tx, id: string): Promise<void> {
  await tx.tables<SearchTables>().deleteFrom('search_entry').where('id', '=', id).execute();
}

/** A submission and its papers lie in another case now. */
export async function moveFindables(tx: Tx, ids: readonly string[], caseId: string): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .tables<SearchTables>()
    .updateTable('search_entry')
    .set({ case_id: caseId })
    .where('id', 'in', [...ids])
    .execute();
}

/** Of the given things, those that are not findable by the present method. */
export async function notFindable(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .tables<SearchTables>()
    .selectFrom('search_entry')
    .select('id')
    .where('id', 'in', [...ids])
    .where('method', '=', SEARCH_METHOD)
    .execute();
  const there = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !there.has(id));
}

/** Something findable, and of what kind it is. */
export type FoundKind = { readonly id: string; readonly kind: EntryKind };

const kindsOf = (tx: Tx) => tx.tables<SearchTables>().selectFrom('search_entry').select(['id', 'kind']);

/** Of the given things, those that are findable. */
export const findableKinds = async (tx: Tx, ids: readonly string[]): Promise<FoundKind[]> =>
  ids.length === 0
    ? []
    : kindsOf(tx)
        .where('id', 'in', [...ids])
        .execute();

/** Everything that is findable in a case. */
export const findablesOfCase = (tx: Tx, caseId: string): Promise<FoundKind[]> =>
  kindsOf(tx).where('case_id', '=', caseId).orderBy('id').execute();

/** What is findable by a topic, in the order of ids, `size` after the given one; papers with places that were marked so among them. */
export async function findablesOfTopic(
  tx: Tx,
  keys: Pick<JobcenterKeys, 'codes'>,
  topic: string,
  { after, size }: { readonly after: string; readonly size: number },
): Promise<FoundKind[]> {
  await tx.raw('select app.seek($1::bigint[])', [hashTerms(searchKey(keys), [filterTerm.topic(topic)])]);
  const rows = await kindsOf(tx)
    .where((eb) => eb.or([eb('topic', '=', topic), eb('kind', '=', 'document')]))
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
    .execute();
  await tx.raw(`select app.seek('{}')`, []); // what else this transaction reads of the table is not narrowed
  return rows;
}

/** Forgets how everything in a case that is deleted was found: each of its words, and that there was something. */
export async function forgetFindablesOfCase(tx: Tx, caseId: string): Promise<void> {
  await tx.tables<SearchTables>().deleteFrom('search_entry').where('case_id', '=', caseId).execute();
}
