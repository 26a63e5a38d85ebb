import { parentPort } from 'node:worker_threads';
import type { Reply, Request } from './protocol.ts';

/** What a thread may say about its answers. */
export interface ServeOptions<Res> {
  /** Buffers of an answer that move to the caller instead of being copied. */
  readonly transfer?: (response: Res) => readonly ArrayBuffer[];
  /** Asked after each task: true when this thread has grown too large and should be replaced. */
  readonly tired?: () => boolean;
}

/**
 * Makes the running thread answer the requests of its pool. Called once, at the end of the thread's program, when
 * everything it needs is loaded: the pool starts to count a task's time from then on.
 */
export function serveThread<Req, Res>(handler: (request: Req) => Promise<Res>, options: ServeOptions<Res> = {}): void {
  const port = parentPort;
  if (!port) throw new Error('serveThread runs in a worker thread only.');
  const say = (reply: Reply<Res>, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(reply, transfer);
  const tired = (): boolean => options.tired?.() ?? false;
  const answer = async (request: Req): Promise<void> => {
    try {
      const value = await handler(request);
      say({ kind: 'done', value, tired: tired() }, options.transfer?.(value));
    } catch (error) {
      say({ kind: 'failed', message: error instanceof Error ? error.message : String(error), tired: tired() });
    }
  };
  port.on('message', (message: Request<Req>) => void answer(message.request));
  say({ kind: 'ready' });
}

/**
 * Swallows what this thread prints: parsers of foreign files are talkative, and what they say quotes the files. Done in
 * the thread, because a pool that reads the thread's output would keep the program alive.
 */
export function silenceThread(): void {
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
}
