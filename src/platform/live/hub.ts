import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log/index.ts';
import { liveChannel } from './bell.ts';

const reconnectMs = 500;

/** Hears what changed, from all processes, over one connection of this process. */
export type LiveHub = {
  /** Calls back at each change of a topic, and after each gap in which one may have been missed. Gives the way out. */
  readonly subscribe: (topic: string, hear: () => void) => () => void;
  /** Runs before the hub closes, so that open pages are told. Gives the way out. */
  readonly beforeClose: (run: () => void) => () => void;
  readonly close: () => Promise<void>;
};

/** Opens a hub; it connects when somebody first subscribes, and again by itself whenever the connection is lost. */
export function openLiveHub({ url, log }: { readonly url: string; readonly log: Log }): LiveHub {
  const ears = new Map<string, Set<() => void>>();
  const farewells = new Set<() => void>();
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  const call = (topic: string): void => {
    for (const hear of ears.get(topic) ?? []) hear();
  };
  const listen = async (): Promise<void> => {
    for (let first = true; !ending.signal.aborted; first = false) {
      const session = new pg.Client({ connectionString: url, application_name: 'tandem live', keepAlive: true });
      try {
        await hold(session, ending.signal, {
          listening: () => {
            if (!first) for (const topic of ears.keys()) call(topic);
          },
          heard: (payload) => {
            for (const topic of payload.split(' ')) call(topic);
          },
        });
      } catch (err) {
        log.warn({ err }, 'the connection for live pages was lost; connecting again');
      } finally {
        await session.end().catch(() => undefined);
      }
      await pause(reconnectMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  return {
    subscribe: (topic, hear) => {
      if (!ending.signal.aborted) running ??= listen();
      const set = ears.get(topic) ?? new Set();
      ears.set(topic, set.add(hear));
      return () => {
        set.delete(hear);
        if (set.size === 0) ears.delete(topic);
      };
    },
    beforeClose: (run) => {
      if (ending.signal.aborted) queueMicrotask(run); // a stream that was asked for while everything closes
      farewells.add(run);
      return () => farewells.delete(run);
    },
    close: async () => {
      ending.abort();
      for (const run of [...farewells]) run();
      await running;
    },
  };
}

type Heard = { readonly listening: () => void; readonly heard: (payload: string) => void };

/** Resolves at the stop, rejects when the connection is lost. */
async function hold(session: pg.Client, stopped: AbortSignal, { listening, heard }: Heard): Promise<void> {
  const lost = new Promise<never>((_, reject) => {
    session.on('error', reject);
    session.on('end', () => reject(new Error('The connection ended.')));
  });
  lost.catch(() => undefined);
  session.on('notification', ({ payload }) => heard(payload ?? ''));
  await session.connect();
  await session.query(`listen ${liveChannel}`);
  listening();
  await Promise.race([
    lost,
    new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true })),
  ]);
}
