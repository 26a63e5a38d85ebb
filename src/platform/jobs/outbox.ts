import type pg from 'pg';
import type { Slow } from './task.ts';

/** The channel on which processes that announced work wake the workers. */
export const outboxChannel = 'tandem_outbox';

const portion = 500;

/** Slow jobs go through so many lines, whatever number of workers there is: never all of their hands are at them. */
const slowLines = 2;

/**
 * One statement takes the oldest rows out of the outbox and puts them into the queue: whatever happens, a row is in exactly
 * one of the two. Several workers share the work, none waits for another. Of several rows with one key the newest counts.
 */
const move = `
  with oldest as (
    select id from queue.outbox order by id limit ${portion} for update skip locked
  ), taken as (
    delete from queue.outbox o using oldest where o.id = oldest.id returning o.*
  ), wanted as (
    select distinct on (coalesce(job_key, '#' || id)) * from taken order by coalesce(job_key, '#' || id), id desc
  ), specs as (
    select array_agg(row(task, payload::json, case when task = any($1::text[] || $2::text[]) then 'slow ' || id % ${slowLines} end, run_at,
        null, job_key, case when task = any($1::text[]) then 10 when task = any($2::text[]) then 20 end, null)::graphile_worker.job_spec order by id) as list
      from wanted having count(*) > 0
  ), added as (
    select count(*) from specs, lateral graphile_worker.add_jobs(specs.list)
  )
  select (select count(*) from taken)::int as taken, (select * from added)::int as added`;

/** Names of the slow tasks. */
export type SlowTasks = Readonly<Record<Slow, readonly string[]>>;

/**
 * Moves everything that committed transactions announced into the queue; gives the number of rows moved. Slow tasks come after
 * the others, and among them those last that nobody waits for.
 */
export async function moveOutbox(
  queue: Pick<pg.Pool, 'query'>,
  slow: SlowTasks = { soon: [], last: [] },
): Promise<number> {
  for (let moved = 0; ; ) {
    const { rows } = await queue.query<{ taken: number; added: number }>(move, [slow.soon, slow.last]);
    const taken = rows[0]?.taken ?? 0;
    moved += taken;
    if (taken < portion) return moved;
  }
}
