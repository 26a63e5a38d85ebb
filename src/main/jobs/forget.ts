import { forgetAttempts } from '../../modules/identity/index.ts';
import { forgetCommands } from '../../modules/intake/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

/** Every night: forgets failed proofs of identity and idempotency keys that have served their time. */
export const forgetOldRows = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    const attempts = await services.database.tenant(jobcenter.id, forgetAttempts);
    const commands = await services.database.tenant(jobcenter.id, forgetCommands);
    services.log.info({ jobcenter: jobcenter.key, attempts, commands }, 'old rows forgotten');
  });
