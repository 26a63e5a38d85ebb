import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { entryUrl } from '../env/project.ts';
import type { ReadingAnswer, ReadingTask } from './protocol.ts';

const WATCH_MS = 500;
const BOOT_MS = 60_000;
/** Reading gives way to people who wait for a page. */
const NICENESS = 10;

/** A machine under load is slow and blameless: what counts is processor time, and a long wait only as a last resort. */
const PATIENCE = 10;
/** Hundredths of a second, in which the kernel counts (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Why a process was ended in the middle of a task. */
export type Loss = 'timeout' | 'memory' | 'broken';
export class ReadingLost extends Error {
  override readonly name = 'ReadingLost';
  readonly reason: Loss;
  constructor(reason: Loss) {
    super(`The reading process was lost: ${reason}.`);
    this.reason = reason;
  }
}

/** A process of its own, because foreign files crash libraries, and a crash must cost one page and not the worker. */
export type ReadingProcess = {
  /** Hands over one task of so much processor time and waits for its answer; throws ReadingLost, and the process is gone then. */
  readonly ask: (task: ReadingTask, timeoutMs: number) => Promise<ReadingAnswer>;
  readonly alive: () => boolean;
  readonly end: () => void;
};

/** Starts a process that may hold so many bytes of memory. */
export async function startReadingProcess(memoryBytes: number): Promise<ReadingProcess> {
  const child = fork(entryUrl('reading-process'), {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=700'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  yieldTo(child);
  let waiting:
    | { readonly resolve: (answer: ReadingAnswer) => void; readonly reject: (error: Error) => void }
    | undefined;
  let alive = true;
  const lose = (reason: Loss): void => {
    alive = false;
    child.kill('SIGKILL');
    waiting?.reject(new ReadingLost(reason));
    waiting = undefined;
  };
  child.on('message', (answer: ReadingAnswer) => {
    const asked = waiting;
    waiting = undefined;
    asked?.resolve(answer);
  });
  child.on('error', () => lose('broken'));
  child.on('exit', () => lose('broken'));
  child.unref();
  child.channel?.unref();
  const next = (timeoutMs: number): Promise<ReadingAnswer> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => lose('timeout'), timeoutMs * PATIENCE);
      const before = cpuMs(child);
      const watch = setInterval(() => {
        if (residentBytes(child) > memoryBytes) lose('memory');
        else if (cpuMs(child) - before > timeoutMs) lose('timeout');
      }, WATCH_MS);
      const settled = (): void => {
        clearTimeout(late);
        clearInterval(watch);
      };
      waiting = {
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
    });
  await next(BOOT_MS);
  return {
    alive: () => alive,
    end: () => {
      alive = false;
      child.kill('SIGKILL');
    },
    ask: (task, timeoutMs) => {
      if (!alive) return Promise.reject(new ReadingLost('broken'));
      const answer = next(timeoutMs);
      child.send(task, (error) => {
        if (error) lose('broken');
      });
      return answer;
    },
  };
}

function yieldTo(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, NICENESS);
  } catch {
    // Already gone, or not allowed: it works all the same.
  }
}

/** Processor time of a child by what the kernel says; zero where it cannot be told. */
function cpuMs({ pid }: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Memory of a child by what the kernel says; zero where it cannot be told. */
function residentBytes({ pid }: ChildProcess): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4_096;
  } catch {
    return 0;
  }
}
