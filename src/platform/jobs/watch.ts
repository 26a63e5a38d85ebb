import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log/index.ts';
import { moveOutbox, outboxChannel, type SlowTasks } from './outbox.ts';
import { presenceLock, unlockJobsOfDeadWorkers } from './presence.ts';

const lookEveryMs = 2_000;
const reconnectMs = 500;

/** Keeps an eye on the outbox and on dead workers until `stop`. */
export type Watch = {
  /** Looks into the outbox now. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * One session that listens for the bell and shows that this worker lives; it comes back by itself when the connection is
 * lost. Every two seconds the outbox and the locks of dead workers are looked at, bell or not.
 */
export function startWatch(options: {
  readonly url: string;
  readonly queue: pg.Pool;
  readonly workerId: string;
  readonly slow: SlowTasks;
  readonly log: Log;
}): Watch {
  const { url, queue, workerId, slow, log } = options;
  const ending = new AbortController();
  let bell = Promise.withResolvers<void>();
  const wake = (): void => bell.resolve();

  const look = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      bell = Promise.withResolvers<void>();
      try {
        await moveOutbox(queue, slow);
        const dead = await unlockJobsOfDeadWorkers(queue);
        if (dead > 0) log.warn({ workers: dead }, 'jobs of workers that are gone were freed');
      } catch (err) {
        log.warn({ err }, 'the outbox could not be read; trying again');
      }
      await Promise.race([bell.promise, rest(lookEveryMs, ending.signal)]);
    }
  };
  const listen = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const session = new pg.Client({ connectionString: url, application_name: 'tandem worker', keepAlive: true });
      try {
        await hold(session, workerId, wake, ending.signal);
      } catch (err) {
        log.warn({ err }, 'the session of this worker was lost; connecting again');
      } finally {
        await session.end().catch(() => undefined);
      }
      await rest(reconnectMs, ending.signal);
    }
  };
  const running = Promise.all([look(), listen()]);
  return {
    wake,
    stop: async () => {
      ending.abort();
      wake();
      await running;
    },
  };
}

/** Resolves at the stop, rejects when the session is lost. */
async function hold(session: pg.Client, workerId: string, wake: () => void, stopped: AbortSignal): Promise<void> {
  const lost = new Promise<never>((_, reject) => {
    session.on('error', reject);
    session.on('end', () => reject(new Error('The session ended.')));
  });
  lost.catch(() => undefined);
  session.on('notification', wake);
  await session.connect();
  await session.query(presenceLock, [workerId]);
  await session.query(`listen ${outboxChannel}`);
  wake();
  await Promise.race([
    lost,
    new Promise<void>((resolve) => {
      if (stopped.aborted)
        resolve(); // stopped while it was connecting: the event is over
      else stopped.addEventListener('abort', () => resolve(), { once: true });
    }),
  ]);
}

const rest = (ms: number, stopped: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal: stopped }).catch(() => undefined);
