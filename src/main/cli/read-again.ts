import { announceUnread } from '../../modules/documents/index.ts';
import { announceBehind } from '../jobs/describe-document.ts';
import type { Command } from './command.ts';
import { withServices } from './connect.ts';

const portion = 100_000;

export const readAgain: Command = {
  name: 'read-again',
  summary: `Has every document read that was not read by the present method: after an update that reads or compares better.
Of documents that were, those are asked for facts again whose facts an older method found. What a person confirmed stays as it is.
The work is done by the workers, behind everything that somebody waits for; what was read before serves until then.`,
  options: {},
  run: async () => {
    await withServices(async (services) => {
      for (const jobcenter of await services.directory.all()) {
        const found = await services.database.tenant(jobcenter.id, (tx) => announceUnread(tx, 'all', portion));
        const behind = await announceBehind(services, jobcenter.id, portion);
        console.log(
          `${jobcenter.key}: ${found} documents are to be read, and ${behind} that were read are to be asked for facts again`,
        );
      }
    });
    return 0;
  },
};
