import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { randomToken } from '../crypto/index.ts';
import type { Log } from '../log/index.ts';
import { liveChannel } from './bell.ts';

const reconnectMs = 500;
/** So many topics are remembered; then the memory begins anew, which is as good as a gap. */
const mostTopics = 50_000;

/** What was heard last of each topic since this process hears without a gap. */
class Memory {
  #run: string | undefined;
  #count = 0;
  readonly #last = new Map<string, number>();
  begin(): void {
    this.#run = randomToken();
    this.#last.clear();
  }
  end(): void {
    this.#run = undefined;
  }
  note(topic: string): void {
    if (this.#last.size >= mostTopics) this.begin();
    this.#count += 1;
    this.#last.set(topic, this.#count);
  }
  mark = (): string => (this.#run === undefined ? '' : `${this.#run}.${this.#count}`);
  since(mark: string, topic: string): 'changed' | 'same' | 'unknown' {
    const [run, count] = mark.split('.');
    if (this.#run === undefined || run !== this.#run) return 'unknown';
    return (this.#last.get(topic) ?? 0) > Number(count) ? 'changed' : 'same';
  }
}

/** Hears what changed, from all processes, over one connection of this process. */
export type LiveHub = {
  /** Calls back at each change of a topic, and after each gap in which one may have been missed. Gives the way out. */
  readonly subscribe: (topic: string, hear: () => void) => () => void;
  /** How far this process has heard by now: a mark for `since`. Empty while it hears nothing. */
  readonly heard: () => string;
  /**
   * What became of a topic since a mark: `changed`, `same`, or `unknown` where the mark is from another process or from before a gap.
   */
  readonly since: (mark: string, topic: string) => 'changed' | 'same' | 'unknown';
  /** Runs before the hub closes, so that open pages are told. Gives the way out. */
  readonly beforeClose: (run: () => void) => () => void;
  readonly close: () => Promise<void>;
};

/** Opens a hub; it connects when somebody first subscribes, and again by itself whenever the connection is lost. */
export function openLiveHub({ url, log }: { readonly url: string; readonly log: Log }): LiveHub {
  const ears = new Map<string, Set<() => void>>();
  const farewells = new Set<() => void>();
  const memory = new Memory();
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
            memory.begin();
            if (!first) for (const topic of ears.keys()) call(topic);
          },
          heard: (payload) => {
            for (const topic of payload.split(' ')) {
              memory.note(topic);
              call(topic);
            }
          },
        });
      } catch (err) {
        log.warn({ err }, 'the connection for live pages was lost; connecting again');
      } finally {
        memory.end();
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
    heard: () => memory.mark(),
    since: (mark, topic) => memory.since(mark, topic),
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
