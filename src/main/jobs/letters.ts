import { z } from 'zod';
import { isId } from '../../kernel/ids.ts';
import { dropStaleDrafts, sweepLetters } from '../../modules/notices/index.ts';
import { tellOfLetter } from '../../surfaces/channels/email/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const one = z.object({ jobcenterId: z.string().refine(isId), noticeId: z.string().refine(isId) });
const actor = { kind: 'system', name: 'letters' } as const;

/** Tells a person by e-mail that a letter waits on their page. */
export const tellOne =
  (services: JobServices) =>
  async (payload: unknown): Promise<void> => {
    const { jobcenterId, noticeId } = one.parse(payload);
    const jobcenter = await services.directory.byId(jobcenterId);
    // From practice nothing ever goes out.
    if (jobcenter !== undefined && jobcenter.practiceOf == null) await tellOfLetter(services, jobcenter, noticeId);
  };

/** Announces again what a lost job left behind, and turns letters of which nobody could be told to the post. */
export const sweepUntold = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id }) => {
    await services.database.tenant(id, (tx) => sweepLetters(tx, actor));
  });

/** Every night: throws away drafts of letters that nobody touched for half a year. */
export const dropOldLetterDrafts = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async ({ id }) => {
    await services.database.tenant(id, (tx) => dropStaleDrafts(tx, actor));
  });
