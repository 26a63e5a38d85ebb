import type pg from 'pg';

/** Namespace of our advisory locks on the presence of a worker; any fixed number. */
const space = 1_414_745_933;

/** A worker holds this lock as long as its session lives; the server lets go of it the moment the process is gone. */
export const presenceLock: string = `select pg_advisory_lock(${space}, hashtext($1))`;

/** Jobs younger than this are left alone: their worker may be about to take its lock. */
const settled = '5 seconds';

const unlock = `
  with holder as (
    select distinct locked_by from graphile_worker._private_jobs
     where locked_by is not null and locked_at < now() - interval '${settled}'
     union
    select distinct locked_by from graphile_worker._private_job_queues
     where locked_by is not null and locked_at < now() - interval '${settled}'
  ), dead as materialized (
    select array_agg(locked_by) as ids from holder where pg_try_advisory_xact_lock(${space}, hashtext(locked_by))
  )
  select cardinality(ids) as workers, graphile_worker.force_unlock_workers(ids) from dead where ids is not null`;

/**
 * Frees the jobs of workers that died in the middle of them (kill -9, power, out of memory), so that they are taken again at
 * once; the queue by itself would wait four hours. A worker counts as dead when nobody holds its lock. Gives their number.
 */
export async function unlockJobsOfDeadWorkers(queue: Pick<pg.Pool, 'query'>): Promise<number> {
  const { rows } = await queue.query<{ workers: number }>(unlock);
  return rows[0]?.workers ?? 0;
}
