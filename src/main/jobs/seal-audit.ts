import { sealAudit } from '../../modules/audit/index.ts';
import { sealWith } from '../audit-seal.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const fullBlock = 1_000;

/** Every minute: seals what the audit log gained, block by block. */
export const sealBlocks = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    const seal = sealWith(await services.keyring.of(jobcenter.id));
    for (let sealed = fullBlock; sealed === fullBlock; )
      sealed = await services.database.tenant(jobcenter.id, (tx) => sealAudit(tx, seal));
  });
