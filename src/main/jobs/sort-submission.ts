import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { enqueueUnsorted, sortSubmission } from '../../modules/intake/index.ts';
import { noticeSubmission } from '../../modules/twice/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const id = z.string().refine(isId);
const one = z.object({ jobcenterId: id, submissionId: id });
const sweep = z.object({ days: z.int().positive() });

/** After each submission: whom is it from, which team answers for it, was it here before? */
export const sortOne =
  ({ database }: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, submissionId } = one.parse(payload);
    await database.tenant(jobcenterId, async (tx) => {
      await sortSubmission(tx, submissionId);
      await noticeSubmission(tx, submissionId);
    });
  };

/** Announces again what was not sorted: no submission waits for a job that was lost. */
export const sweepUnsorted =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { days } = sweep.parse(payload);
    await forEachJobcenter(services, async (jobcenter) => {
      const found = await services.database.tenant(jobcenter.id, (tx) => enqueueUnsorted(tx, days));
      if (found > 0)
        services.log.warn({ jobcenter: jobcenter.key, found }, 'submissions were not sorted; announced again');
    });
  };
