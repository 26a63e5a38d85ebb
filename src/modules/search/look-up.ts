import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { FindFor, TextHit, TextQuery } from './query.ts';
import type { SearchTables } from './store.ts';

type Look = {
  readonly from?: Date | undefined;
  readonly before?: TextQuery['before'] | undefined;
  readonly reader: FindFor;
  readonly size: number;
  /** Who has all of one of these fits better, the best first. Without `byFit` those are left out: they were found before. */
  readonly better?: readonly (readonly string[])[];
  /**
   * Everything in the order of its fit, behind this one where somebody pages on; nothing where more than `most` would have to be gone through. `seen` is
   * one more than `most` then.
   */
  readonly byFit?: {
    readonly most: number;
    readonly behind?: { readonly place: number; readonly at: Date; readonly id: string } | undefined;
  };
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
  const mayOpen = reader.mayOpen(sql<string>`hit."caseId"`);
  const newestFirst = sql`at desc, id desc`;
  const rows = await tx
    .tables<SearchTables>()
    .with(
      (cte) => cte('hit').materialized(),
      (db) => {
        let all = db
          .selectFrom('search_entry')
          .select(['id', 'kind', 'case_id as caseId', 'topic', 'author', 'at'])
          .select(sql`search_entry.jobcenter_id`.as('jobcenter_id'))
          .where(sql<boolean>`(search_entry.circle is null or search_entry.circle && ${reader.circles}::uuid[])`);
        if (from !== undefined) all = all.where('at', '>=', from);
        if (before !== undefined)
          all = all.where(
            sql<boolean>`(search_entry.at, search_entry.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
          );
        // Sorted, all would be gone through before it is known how many there are.
        return byFit === undefined ? all.orderBy(newestFirst) : all.limit(byFit.most + 1);
      },
    )
    .selectFrom((db) => db.selectFrom('hit').select(sql<number>`count(*)::int`.as('seen')).as('counted'))
    .leftJoinLateral(
      (db) => {
        const fits =
          byFit !== undefined
            ? sql`counted.seen <= ${byFit.most}::int`
            : better.length === 0
              ? sql`true`
              : sql`${place} = ${better.length}::int`;
        const open = db
          .selectFrom('hit')
          .select(['id', 'kind', 'caseId', 'topic', 'author', 'at'])
          .where(
            byFit === undefined
              ? sql<boolean>`case when ${mayOpen} is null then false else ${fits} end`
              : sql<boolean>`case when ${fits} then ${mayOpen} is not null else false end`,
          );
        if (byFit === undefined)
          return open.select(sql<number>`0`.as('place')).orderBy(newestFirst).limit(size).as('found');
        const { behind } = byFit;
        const all = open.select(place.as('place'));
        return db
          .selectFrom(all.as('open'))
          .selectAll()
          .where(
            behind === undefined
              ? sql<boolean>`true`
              : sql<boolean>`(-place, at, id) < (${-behind.place}::int, ${behind.at}::timestamptz, ${behind.id}::uuid)`,
          )
          .orderBy('place')
          .orderBy(newestFirst)
          .limit(size)
          .as('found');
      },
      (join) => join.onTrue(),
    )
    .select(['seen', 'place', 'id', 'kind', 'caseId', 'topic', 'author', 'at'])
    .orderBy('place')
    .orderBy(newestFirst)
    .execute();
  const found = rows.filter(({ id }) => id !== null);
  return {
    hits: found.map(({ seen: _, place: __, ...hit }) => hit as TextHit),
    places: found.map(({ place: each }) => each ?? 0),
    seen: rows[0]?.seen ?? 0,
  };
}
