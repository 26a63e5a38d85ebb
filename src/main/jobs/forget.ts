import { forgetAttempts } from '../../modules/identity/index.ts';
import { forgetCommands } from '../../modules/intake/index.ts';
import { forgetPresence, forgetStaffDrafts } from '../../modules/together/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

/** Every night: forgets failed proofs of identity, idempotency keys, drafts of staff and signs of presence that have served their time. */
export const forgetOldRows = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    const attempts = await services.database.tenant(jobcenter.id, forgetAttempts);
    const commands = await services.database.tenant(jobcenter.id, forgetCommands);
    const drafts = await services.database.tenant(jobcenter.id, forgetStaffDrafts);
    const windows = await services.database.tenant(jobcenter.id, forgetPresence);
    services.log.info({ jobcenter: jobcenter.key, attempts, commands, drafts, windows }, 'old rows forgotten');
  });
