import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { readScans, unreadBatches } from '../../modules/post/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const payload = z.object({ jobcenterId: z.string().refine(isId) });
/** A look at whether the other portion is done. */
const again = 5_000;

/**
 * Reads the batches of a Jobcenter, portion by portion, one at a time in this process: reading is heavy, and everything else the
 * office waits for goes first. A second call comes back later instead of holding a place among the jobs.
 */
export function readScanned(services: JobServices) {
  let busy = false;
  return async (given: unknown): Promise<void> => {
    const { jobcenterId } = payload.parse(given);
    if (busy) return announce(services, jobcenterId, again);
    busy = true;
    try {
      const ownName = (await services.directory.byId(jobcenterId))?.name ?? '';
      const more = await readScans({ database: services.database, vault: services.vault, ownName }, jobcenterId);
      if (more) await announce(services, jobcenterId, 0);
    } finally {
      busy = false;
    }
  };
}

const announce = (services: JobServices, jobcenterId: string, inMs: number): Promise<void> =>
  services.database.tenant(jobcenterId, (tx) =>
    tx.enqueue(
      'read-scans',
      { jobcenterId },
      { runAt: new Date(tx.now.getTime() + inMs), jobKey: `read-scans ${jobcenterId}` },
    ),
  );

/** Announces again what waits to be read: no batch waits for a job that was lost. */
export const sweepScans = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    const waiting = await services.database.tenant(jobcenter.id, unreadBatches);
    if (waiting > 0) await announce(services, jobcenter.id, 0);
  });
