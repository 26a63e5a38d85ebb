import { Worker } from 'node:worker_threads';
import type { Reply, Request } from './protocol.ts';

/** No thread could be started in time: the machine is overloaded, the task itself is blameless. Ask again later. */
export class ThreadUnavailable extends Error {
  override readonly name = 'ThreadUnavailable';
}

/** A task ran longer than its pool allows. Its thread was ended; the next task gets a fresh one. */
export class ThreadTimeout extends Error {
  override readonly name = 'ThreadTimeout';
}

/** The thread that held a task ended: out of memory, an abort in native code, a program that does not load. */
export class ThreadCrash extends Error {
  override readonly name = 'ThreadCrash';
}

/** The handler threw: the thread lives on. The message is the handler's own. */
export class ThreadTaskError extends Error {
  override readonly name = 'ThreadTaskError';
}

/** How a pool of threads is made. */
export interface PoolOptions {
  /** The program of the thread, as given by `entryUrl('…')`; it calls `serveThread`. */
  readonly entry: URL;
  /** How many threads run at most. They are started when they are needed. */
  readonly size: number;
  /** Milliseconds a task may run, counted from the moment a ready thread takes it. */
  readonly timeoutMs: number;
  /** A thread is replaced after this many tasks (WebAssembly memory never shrinks). */
  readonly recycleAfter?: number;
}

/** Threads that answer requests, each one at a time. */
export interface Pool<Req, Res> {
  /**
   * Hands a request to a free thread, in order of arrival. Buffers in `transfer` move instead of being copied and are
   * empty afterwards for the caller. Rejects with `ThreadTimeout`, `ThreadCrash` or `ThreadTaskError`.
   */
  run(request: Req, transfer?: readonly ArrayBuffer[]): Promise<Res>;
  /** Ends all threads; what still runs or waits is rejected with `ThreadCrash`. */
  close(): Promise<void>;
}

interface Task<Req, Res> {
  readonly request: Req;
  readonly transfer: readonly ArrayBuffer[];
  readonly resolve: (value: Res) => void;
  readonly reject: (error: Error) => void;
}

interface Thread<Req, Res> {
  readonly worker: Worker;
  ready: boolean;
  served: number;
  task: Task<Req, Res> | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Loading a program is not the task's fault: a thread may take this long before it says that it is ready. */
const BOOT_MS = 30_000;

/** Makes a pool. No thread runs before the first task; an idle pool does not keep the program alive. */
export function createPool<Req, Res>(options: PoolOptions): Pool<Req, Res> {
  const threads = new Set<Thread<Req, Res>>();
  const waiting: Task<Req, Res>[] = [];
  let closed = false;

  const spawn = (): Thread<Req, Res> => {
    // No heap limit of its own: a thread that runs into one quickly ends the whole process (seen with Node 24.21).
    const worker = new Worker(options.entry, {
      execArgv: [],
    });
    const thread: Thread<Req, Res> = { worker, ready: false, served: 0, task: undefined, timer: undefined };
    threads.add(thread);
    worker.on('message', (reply: Reply<Res>) => receive(thread, reply));
    worker.on('error', (error: unknown) => retire(thread, new ThreadCrash(`The thread failed: ${messageOf(error)}`)));
    worker.on('exit', (code) => retire(thread, new ThreadCrash(`The thread ended with code ${code}.`)));
    worker.unref();
    return thread;
  };

  /** Takes a thread out of service, and tells the task it held why. */
  const retire = (thread: Thread<Req, Res>, reason: Error): Promise<unknown> => {
    if (!threads.delete(thread)) return Promise.resolve();
    clearTimeout(thread.timer);
    const { task } = thread;
    thread.task = undefined;
    const ended = thread.worker.terminate();
    task?.reject(reason);
    if (!closed) schedule();
    return ended;
  };

  const receive = (thread: Thread<Req, Res>, reply: Reply<Res>): void => {
    if (!threads.has(thread)) return;
    if (reply.kind === 'ready') {
      thread.ready = true;
      clearTimeout(thread.timer);
      if (thread.task) post(thread, thread.task);
      return;
    }
    const { task } = thread;
    clearTimeout(thread.timer);
    thread.task = undefined;
    thread.served += 1;
    thread.worker.unref();
    if (reply.kind === 'done') task?.resolve(reply.value);
    else task?.reject(new ThreadTaskError(reply.message));
    if (reply.tired || thread.served >= (options.recycleAfter ?? Number.POSITIVE_INFINITY)) {
      void retire(thread, new ThreadCrash('The thread was replaced.'));
      if (!closed && threads.size < options.size) spawn();
    } else schedule();
  };

  const post = (thread: Thread<Req, Res>, task: Task<Req, Res>): void => {
    const late = new ThreadTimeout(`A task took longer than ${options.timeoutMs} ms.`);
    thread.timer = setTimeout(() => void retire(thread, late), options.timeoutMs);
    const message: Request<Req> = { request: task.request };
    try {
      thread.worker.postMessage(message, task.transfer);
    } catch (error) {
      clearTimeout(thread.timer);
      thread.task = undefined;
      thread.worker.unref();
      task.reject(new ThreadTaskError(`The request cannot be handed over: ${messageOf(error)}`));
      schedule();
    }
  };

  const schedule = (): void => {
    while (waiting.length > 0) {
      const idle = [...threads].filter((thread) => !thread.task);
      const thread = idle.find((t) => t.ready) ?? idle[0] ?? (threads.size < options.size ? spawn() : undefined);
      const task = thread && waiting.shift();
      if (!thread || !task) return;
      thread.task = task;
      thread.worker.ref();
      if (thread.ready) post(thread, task);
      else
        thread.timer = setTimeout(() => void retire(thread, new ThreadUnavailable('A thread did not start.')), BOOT_MS);
    }
  };

  return {
    run: (request, transfer = []) =>
      new Promise<Res>((resolve, reject) => {
        if (closed) return reject(new ThreadCrash('The pool is closed.'));
        waiting.push({ request, transfer, resolve, reject });
        schedule();
      }),
    close: async () => {
      closed = true;
      const gone = new ThreadCrash('The pool was closed.');
      for (const task of waiting.splice(0)) task.reject(gone);
      await Promise.all([...threads].map((thread) => retire(thread, gone)));
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
