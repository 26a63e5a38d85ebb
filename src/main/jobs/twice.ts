import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import {
  compareDocument,
  enqueueUncompared,
  enqueueUnnoticed,
  noticeCase,
  noticeSubmission,
} from '../../modules/twice/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const id = z.string().refine(isId);
const ofSubmission = z.object({ jobcenterId: id, submissionId: id });
const ofDocument = z.object({ jobcenterId: id, documentId: id, again: z.literal(1).optional() });
const ofCase = z.object({ jobcenterId: id, caseId: id });
const sweep = z.object({ days: z.int().positive() });

/** Was it here before: the same request, the same concern, the same bytes? Looked for again where it was missed. */
export const noticeOne =
  ({ database }: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, submissionId } = ofSubmission.parse(payload);
    await database.tenant(jobcenterId, (tx) => noticeSubmission(tx, submissionId));
  };

/** After a person was confirmed: the case is looked at beside the other cases of the household. */
export const noticeOfCase =
  ({ database }: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, caseId } = ofCase.parse(payload);
    await database.tenant(jobcenterId, (tx) => noticeCase(tx, caseId));
  };

/** After a document was read: is it here in another shape? */
export const compareOne =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, documentId, again } = ofDocument.parse(payload);
    await compareDocument(services, jobcenterId, documentId, again === 1);
  };

/** Announces again what was not looked at: no submission waits for a job that was lost. */
export const sweepTwice =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { days } = sweep.parse(payload);
    await forEachJobcenter(services, async (jobcenter) => {
      const found = await services.database.tenant(jobcenter.id, async (tx) => {
        const submissions = await enqueueUnnoticed(tx, days);
        return submissions + (await enqueueUncompared(tx, days));
      });
      if (found > 0)
        services.log.warn(
          { jobcenter: jobcenter.key, found },
          'submissions or documents were not compared; announced again',
        );
    });
  };
