import { announceGone, announceUnread } from '../../modules/documents/index.ts';
import { enqueueUncompared } from '../../modules/twice/index.ts';
import { announceBehind } from '../jobs/describe-document.ts';
import type { Command } from './command.ts';
import { withServices } from './connect.ts';

const portion = 100_000;
/** A century: everything. */
const allDays = 36_500;

export const readAgain: Command = {
  name: 'read-again',
  summary: `Has every document read that was not read by the present method, or of which what was read is gone: after an update that reads or
compares better, after a restore, and after the folder "derived" was deleted.
Of documents that were, those are asked for facts again whose facts an older method found, and compared again that an older one compared:
what it took for the same and nobody decided about is shown no more. What a person confirmed or decided stays as it is.
The work is done by the workers, behind everything that somebody waits for; what was read before serves until then.`,
  options: {},
  run: async () => {
    await withServices(async (services) => {
      for (const jobcenter of await services.directory.all()) {
        const found = await services.database.tenant(jobcenter.id, (tx) => announceUnread(tx, 'all', portion));
        const gone = await announceGone(services, jobcenter.id, 'all', portion);
        const behind = await announceBehind(services, jobcenter.id, portion);
        const uncompared = await services.database.tenant(jobcenter.id, (tx) =>
          enqueueUncompared(tx, allDays, portion),
        );
        console.log(
          `${jobcenter.key}: ${found} documents are to be read, ${gone} once more because what was read is gone, and of those that were ${behind} to be asked for facts again and ${uncompared} to be compared again`,
        );
      }
    });
    return 0;
  },
};
