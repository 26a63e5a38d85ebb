import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { FindFor, TextHit, TextQuery } from './query.ts';
import type { SearchTables } from './store.ts';

type Look = {
  readonly from?: Date | undefined;
  readonly before?: TextQuery['before'] | undefined;
  readonly reader: FindFor;
  readonly size: number;
  /** Who has all of one of these fits better, the best first. Without `behind` those are left out: they were found before. */
  readonly better?: readonly (readonly string[])[];
  /** Everything in the order of its fit, behind this one where somebody pages on. */
  readonly byFit?: { readonly behind?: { readonly place: number; readonly at: Date; readonly id: string } | undefined };
};

/**
 * One look into the index: the hits, with the place of what they have of `better`, and how many things were gone through for them. They come first and in
 * their order, and their cases are asked one by one until the page is full: a plan that begins with all cases of the house costs as much as there are. What
 * fits better is asked last, of what may be opened, because the hashes are long.
 */
export async function lookUp(
  tx: Tx,
  hashes: readonly string[],
  { reader, from, before, better = [], byFit, size }: Look,
): Promise<{ readonly hits: TextHit[]; readonly places: number[]; readonly seen: number }> {
  await tx.raw('select app.seek($1::bigint[])', [hashes]);
  const place = sql<number>`(select case ${sql.join(
    better.map((each, at) => sql`when e.terms @> ${each}::bigint[] then ${at}::int`),
    sql` `,
  )} else ${better.length}::int end from search_entry e where e.id = hit.id)`;
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
        const open = db
          .selectFrom('hit')
          .select(['id', 'kind', 'caseId', 'topic', 'author', 'at'])
          .select((byFit === undefined ? sql<number>`0` : place).as('place'))
          .where(
            sql<boolean>`case when ${reader.mayOpen(sql<string>`hit."caseId"`)} is null then false
              else ${better.length === 0 || byFit !== undefined ? sql`true` : sql`${place} = ${better.length}::int`} end`,
          )
          .as('open');
        const page = db
          .selectFrom(open)
          .selectAll()
          .orderBy('place')
          .orderBy('at', 'desc')
          .orderBy('id', 'desc')
          .limit(size);
        const { behind } = byFit ?? {};
        return (
          behind === undefined
            ? page
            : page.where(
                sql<boolean>`(-place, at, id) < (${-behind.place}::int, ${behind.at}::timestamptz, ${behind.id}::uuid)`,
              )
        ).as('found');
      },
      (join) => join.onTrue(),
    )
    .select(['seen', 'place', 'id', 'kind', 'caseId', 'topic', 'author', 'at'])
    .orderBy('place')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const found = rows.filter(({ id }) => id !== null);
  return {
    hits: found.map(({ seen: _, place: __, ...hit }) => hit as TextHit),
    places: found.map(({ place: each }) => each ?? 0),
    seen: rows[0]?.seen ?? 0,
  };
}
