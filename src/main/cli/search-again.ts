import { lowestId } from '../../kernel/ids.ts';
import { appointmentsAfter } from '../../modules/appointments/index.ts';
import { writtenAfter } from '../../modules/cases/index.ts';
import { circleNotesAfter } from '../../modules/contacts/index.ts';
import { readDocumentsAfter } from '../../modules/documents/index.ts';
import { valuesAfter } from '../../modules/fields/index.ts';
import { findableAnswers, findSubmission, submissionsAfter } from '../../modules/intake/index.ts';
import { keepFindable, notFindable } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { Services } from '../../surfaces/services.ts';
import { makeAppointmentsFindable, makeEventsFindable, makePaperFindable } from '../jobs/make-findable.ts';
import { makeValuesFindable } from '../jobs/own-fields.ts';
import type { Command } from './command.ts';
import { withServices } from './connect.ts';

type Needed = Pick<Services, 'database' | 'vault' | 'keyring'>;
/** A kind of things: where the next portion of them is, and how some of them are made findable. */
type Walk = {
  readonly after: (tx: Tx, id: string, size: number) => Promise<string[]>;
  readonly make: (tx: Tx, services: Needed, ids: readonly string[]) => Promise<void>;
};

const portion = 200;
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const walks: readonly Walk[] = [
  {
    after: (tx, id, size) => submissionsAfter(tx, id, last, size),
    make: async (tx, { keyring }, ids) => {
      const keys = await keyring.of(tx.jobcenterId);
      for (const id of ids) {
        const submission = await findSubmission(tx, id);
        if (submission !== undefined) await keepFindable(tx, keys, findableAnswers(submission));
      }
    },
  },
  { after: writtenAfter, make: makeEventsFindable },
  { after: circleNotesAfter, make: makeEventsFindable },
  { after: appointmentsAfter, make: makeAppointmentsFindable },
  {
    after: async (tx, id, size) => (await valuesAfter(tx, id, size)).map((value) => value.id),
    make: makeValuesFindable,
  },
  {
    after: readDocumentsAfter,
    make: async (tx, services, ids) => {
      for (const id of ids) await makePaperFindable(tx, services, id);
    },
  },
];

/** Makes everything of a Jobcenter findable that is not so by the present method, a portion a transaction; gives how much. */
export async function searchAgainIn(services: Needed, jobcenterId: string): Promise<number> {
  let made = 0;
  for (const { after, make } of walks)
    for (let id: string | undefined = lowestId(new Date(0)); id !== undefined; )
      id = await services.database.tenant(jobcenterId, async (tx): Promise<string | undefined> => {
        const ids = await after(tx, id ?? '', portion);
        const missing = await notFindable(tx, ids);
        await make(tx, services, missing);
        made += missing.length;
        return ids.at(-1);
      });
  return made;
}

export const searchAgain: Command = {
  name: 'search-again',
  summary: `Makes everything findable that is not, or by an older method: after an update of the search, and after a restore.
Can be stopped and started again; what was findable before stays so until its turn comes.`,
  options: {},
  run: async () => {
    await withServices(async (services) => {
      for (const jobcenter of await services.directory.all())
        console.log(`${jobcenter.key}: ${await searchAgainIn(services, jobcenter.id)} things can be found now`);
    });
    return 0;
  },
};
