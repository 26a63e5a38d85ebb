import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { entryUrl } from '../../../src/platform/env/project.ts';

/** A program of ours that runs beside the proof. */
export type Program = {
  readonly pid: number;
  /** Gives the exit code; undefined when a signal ended it. */
  readonly ended: Promise<number | undefined>;
  readonly running: () => boolean;
  /** What it said, the last part. */
  readonly said: () => string;
  /** Resolves when it has said these words, or has ended. */
  readonly says: (words: string) => Promise<void>;
  /** Ends it and every process it started, at once. */
  readonly kill: () => Promise<void>;
  /** Asks it to end; after 20 seconds it is killed. */
  readonly stop: () => Promise<number | undefined>;
};

const kept = 20_000;

/** Starts a program of `src/main`, as a group of processes of its own. */
export function startProgram(
  name: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Program {
  const child = spawn(process.execPath, ['--enable-source-maps', ...flags, entryUrl(name).pathname, ...args], {
    env: { ...env, UV_THREADPOOL_SIZE: '16' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return programOf(child);
}

function programOf(child: ChildProcess): Program {
  let text = '';
  let over = false;
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-kept);
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      over = true;
      resolve(code ?? undefined);
      for (const listener of listeners) listener();
    });
  });
  const pid = child.pid ?? 0;
  const kill = async (): Promise<void> => {
    if (pid > 0) signalGroup(pid, 'SIGKILL');
    await ended;
  };
  return {
    pid,
    ended,
    running: () => !over,
    said: () => text,
    says: (words) =>
      new Promise((resolve) => {
        const listener = (): void => {
          if (!over && !text.includes(words)) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
        listener();
      }),
    kill,
    stop: async () => {
      if (over) return ended;
      process.kill(pid, 'SIGTERM');
      const late = new AbortController();
      void pause(20_000, undefined, { signal: late.signal }).then(kill, () => undefined);
      const code = await ended;
      late.abort();
      return code;
    },
  };
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the server says that it is ready; false when the program ends or `until` (ms) passes before. */
export async function untilReady(program: Program, baseUrl: string, until = 60_000): Promise<boolean> {
  const began = performance.now();
  while (program.running() && performance.now() - began < until) {
    const ready = await fetch(`${baseUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return true;
    await pause(25);
  }
  return false;
}

/** Processor time in milliseconds that a process and its dead children have used so far; 0 when it is gone. */
export function cpuMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0);
    return ticks * 10; // USER_HZ is 100 on every Linux that Node runs on
  } catch {
    return 0;
  }
}

/** Resident memory of a process in MB: now, and the most it ever had. */
export function memoryMb(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const value = (name: string): number =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024);
  return { now: value('VmRSS'), peak: value('VmHWM') };
}

/** The living processes that a process started. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}
