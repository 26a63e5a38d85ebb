import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { entryUrl } from '../platform/env/project.ts';
import { type ChildMessage, OperatorError, UNFIXABLE } from './child.ts';

/** A program that is kept running. */
export type Supervised = {
  /** Resolves at the first 'ready'; rejects when it cannot be started at all. */
  readonly ready: Promise<void>;
  /** Rejects when a new start cannot help; never resolves otherwise. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** A run of this length counts as healthy: the next pause is short again. */
const HEALTHY_MS = 60_000;
const GRACE_MS = 10_000;
/** So many failures before it was ever ready mean that it will not become ready. */
const FIRST_TRIES = 3;

/** Keep one of the programs of `src/main` running, with growing pauses between its crashes. */
export function keepRunning(name: string, env: Record<string, string>): Supervised {
  const ready = Promise.withResolvers<void>();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  ready.promise.catch(() => undefined);
  let child: ChildProcess | undefined;
  let stopping = false;
  let everReady = false;
  let failures = 0;
  let nextPause = FIRST_PAUSE_MS;

  const giveUp = (reason: string) => {
    const error = new OperatorError(`The ${name} process ${reason}; see the lines above.`);
    ready.reject(error);
    lost.reject(error);
  };
  const launch = () => {
    if (stopping) return;
    const began = performance.now();
    child = fork(entryUrl(name), {
      env,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message: ChildMessage) => {
      if (message.type !== 'ready') return;
      everReady = true;
      ready.resolve();
    });
    child.on('error', (error) => console.error(error));
    child.on('exit', (code, signal) => void ended(code, signal, performance.now() - began));
  };
  const ended = async (code: number | null, signal: NodeJS.Signals | null, ran: number) => {
    if (stopping) return;
    failures = ran > HEALTHY_MS ? 1 : failures + 1;
    if (code === UNFIXABLE) return giveUp('cannot start');
    if (!everReady && failures >= FIRST_TRIES) return giveUp(`ended ${failures} times before it was ready`);
    nextPause = ran > HEALTHY_MS ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, nextPause * 2);
    console.error(`The ${name} process ended (${signal ?? `code ${code}`}); it is started again.`);
    await pause(nextPause, undefined, { ref: false });
    launch();
  };
  launch();
  return {
    ready: ready.promise,
    lost: lost.promise,
    stop: () => {
      stopping = true;
      return end(child);
    },
  };
}

/** Ask a child to end, and end it after ten seconds. */
async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(patience);
}

/** Run a program once beside the others; whatever becomes of it, they go on. */
export function runOnce(name: string, env: Record<string, string>): Supervised {
  const child = fork(entryUrl(name), {
    env,
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', (error) => console.error(error));
  const never = new Promise<never>(() => undefined);
  return { ready: Promise.resolve(), lost: never, stop: () => end(child) };
}
