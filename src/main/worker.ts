// One worker process (`npm run worker`): runs the jobs; as many as wanted may run beside each other.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../platform/env/config.ts';
import { type JobRunner, startJobs } from '../platform/jobs/index.ts';
import { announceReady, closeGracefully, runProgram } from './child.ts';
import { compose } from './compose.ts';
import { allTasks } from './jobs/index.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './own-database.ts';
import { publishEverywhere } from './publish-forms.ts';

const again = 2_000;

await runProgram(async () => {
  const config = loadConfig();
  const database = await openDatabase(config);
  if (config.database === undefined) await migrate({ ownerUrl: database.urls.owner, appRole: database.appRole });
  const { services, close } = compose({ config, urls: database.urls, name: 'worker', poolSize: 6 });
  const { log } = services;
  const tasks = allTasks({
    ...services,
    blobFolder: config.blobFolder,
    scanFolder: config.scanFolder,
    derivedFolder: join(config.dataFolder, 'derived'),
  });
  const ending = new AbortController();
  let runner: JobRunner | undefined;
  services.database.onEnqueued = () => runner?.wake();

  /** Works until the end; when the database is lost it comes back with it. */
  const work = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      try {
        await publishEverywhere(services);
        runner = await startJobs({ url: database.urls.queue, tasks, log });
        if (ending.signal.aborted) await runner.stop();
        log.info({ worker: runner.id, tasks: tasks.length }, 'worker is ready');
        announceReady();
        await runner.ended;
      } catch (err) {
        log.error({ err }, 'the queue stopped; starting again');
      }
      await pause(again, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const working = work();
  closeGracefully(async () => {
    ending.abort();
    await runner?.stop();
    await working;
    await close();
    await database.stop();
  });
});
