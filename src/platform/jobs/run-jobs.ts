import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { databaseError } from '../database/errors.ts';
import type { Log } from '../log/index.ts';
import type { Slow, Task } from './task.ts';
import { startWatch } from './watch.ts';

export type JobRunner = {
  /** Name under which this worker holds its jobs. */
  readonly id: string;
  /** Looks into the outbox now: set it as `database.onEnqueued` of the worker's own database. */
  readonly wake: () => void;
  /** Lets the running jobs end, then resolves. */
  readonly stop: () => Promise<void>;
  /** Resolves after `stop`; rejects when the queue stopped by itself. */
  readonly ended: Promise<void>;
};

export type JobOptions = {
  /** Address of the database that holds queue and outbox, as a role that may write both. */
  readonly url: string;
  readonly tasks: readonly Task[];
  readonly log: Log;
  /** Jobs at a time in this process. */
  readonly concurrency?: number;
};

const pollMs = 2_000;

/** Works off the queue: takes over the outbox, runs the jobs and their schedule, frees the jobs of workers that died. */
export async function startJobs({ url, tasks, log, concurrency = 4 }: JobOptions): Promise<JobRunner> {
  const queue = new pg.Pool({ connectionString: url, max: concurrency + 4, application_name: 'tandem worker' });
  queue.on('error', () => undefined); // an idle connection that dies is replaced at the next use
  queue.on('connect', (client) => client.on('error', () => undefined)); // and so is one that dies at work: its query fails
  const events: WorkerEvents = new EventEmitter();
  const name = Promise.withResolvers<string>();
  const named = (slow: Slow): string[] => tasks.filter((task) => task.slow === slow).map((task) => task.name);
  const slow = { soon: named('soon'), last: named('last') };
  events.once('pool:create', ({ workerPool }) => name.resolve(workerPool.id));
  events.on('job:failed', ({ job }) => log.error({ job: job.id, task: job.task_identifier }, 'a job failed for good'));
  try {
    const runner = await run({
      pgPool: queue,
      taskList: Object.fromEntries(tasks.map((task) => [task.name, shielded(task, log)])) satisfies TaskList,
      parsedCronItems: parseCronItems(tasks.flatMap(schedule)),
      concurrency,
      pollInterval: pollMs,
      noHandleSignals: true,
      events,
      logger: new Logger(() => () => undefined), // its lines quote errors and payloads; ours are written below
    });
    return supervised(
      runner,
      startWatch({ url, queue, workerId: await name.promise, slow, log }),
      queue,
      await name.promise,
    );
  } catch (error) {
    await queue.end();
    throw error;
  }
}

function supervised(
  runner: Runner,
  watch: { wake: () => void; stop: () => Promise<void> },
  queue: pg.Pool,
  id: string,
): JobRunner {
  const ended = runner.promise.finally(async () => {
    await watch.stop();
    await queue.end();
  });
  ended.catch(() => undefined);
  return {
    id,
    wake: watch.wake,
    ended,
    stop: async () => {
      await runner.stop().catch(() => undefined); // it may have ended by itself
      await ended.catch(() => undefined);
    },
  };
}

/** Runs a task; what it throws is logged by its codes, and only those are kept with the job, never a value of a person. */
const shielded =
  (task: Task, log: Log) =>
  async (payload: unknown): Promise<void> => {
    const began = performance.now();
    try {
      await task.run(payload);
      log.debug({ task: task.name, ms: Math.round(performance.now() - began) }, 'job done');
    } catch (err) {
      log.error({ task: task.name, err }, 'a job failed; it is tried again');
      const { code } = databaseError(err);
      throw new Error(`${task.name}: ${err instanceof Error ? err.name : 'failure'}${code && ` ${code}`}`);
    }
  };

/** One waiting job of a kind and schedule at a time, one running at a time: a slow hour never piles them up. */
const schedule = (task: Task) =>
  (task.schedule ?? []).map(({ cron, payload = {} }, index) => ({
    task: task.name,
    match: cron,
    payload,
    identifier: `${task.name} ${index}`,
    options: { jobKey: `${task.name} ${index}`, queueName: task.name, maxAttempts: 3 },
  }));
