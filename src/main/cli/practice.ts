import { join } from 'node:path';
import { loadConfig } from '../../platform/env/config.ts';
import { OperatorError } from '../child.ts';
import { fillPractice } from '../demo/fill.ts';
import { emptyPractice, ensurePractice } from '../practice/practice.ts';
import { type Command, jobcenter, UsageError, type Values } from './command.ts';
import { realJobcenterOf, withServices } from './connect.ts';

const usual = 120;
const cases = { value: 'n', help: `Number of invented submissions, from 10 to 2000; ${usual} without it.` } as const;

function countOf(values: Values): number {
  const count = Number(values.maybe('cases') ?? usual);
  if (!Number.isInteger(count) || count < 10 || count > 2_000)
    throw new UsageError('--cases is a whole number from 10 to 2000.');
  return count;
}

export const practiceCreate: Command = {
  name: 'practice create',
  summary: `Makes a practice Jobcenter beside a real one, with invented cases; its staff reach it by a link in the workspace.
Can be repeated: it adds what is missing.`,
  options: { jobcenter, cases },
  run: async (values) => {
    const count = countOf(values);
    await withServices(async (services, master) => {
      const home = await realJobcenterOf(services, values.one('jobcenter'));
      const practice = await ensurePractice(services, master, home);
      const added = await fillPractice(services, practice, count);
      console.log(`${practice.name} (${practice.key}) is ready; ${added} invented submissions were added.`);
    });
    return 0;
  },
};

export const practiceReset: Command = {
  name: 'practice reset',
  summary:
    'Deletes everything that was done in a practice Jobcenter and fills it anew; for every night, or before a course.',
  options: { jobcenter, cases },
  run: async (values) => {
    const count = countOf(values);
    const { blobFolder, dataFolder } = loadConfig();
    await withServices(async (services, master) => {
      const home = await realJobcenterOf(services, values.one('jobcenter'));
      const found = await services.directory.practiceFor(home.id);
      if (found === undefined)
        throw new OperatorError(`${home.key} has no practice Jobcenter; "practice create" makes one.`);
      const rows = await emptyPractice(services, found, [blobFolder, join(dataFolder, 'derived')]);
      await ensurePractice(services, master, home);
      const added = await fillPractice(services, found, count);
      console.log(`${found.name}: ${rows} rows were deleted, ${added} invented submissions were added.`);
    });
    return 0;
  },
};
