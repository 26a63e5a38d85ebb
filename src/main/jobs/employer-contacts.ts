import { dayInGermany } from '../../kernel/dates.ts';
import { forgetContacts } from '../../modules/employers/index.ts';
import { retentionRules } from '../../modules/files/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

/** Every night: deletes people at employers' of whom for as many years as the rule says nobody said that they still are the ones to call. */
export const forgetEmployerContacts = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    const today = dayInGermany(services.clock.now());
    for (let deleted = 1; deleted > 0; )
      deleted = await services.database.tenant(jobcenter.id, async (tx) => {
        const { years, byItself } = (await retentionRules(tx))['employer-contacts'];
        return byItself ? forgetContacts(tx, { today, years }) : 0;
      });
  });
