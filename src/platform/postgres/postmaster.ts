import { spawn } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { orNothing, PostgresError } from './error.ts';
import { type Home, socketFolder } from './home.ts';
import { allPostgresOf, isAlive, isPostgresOf, startOf } from './process.ts';
import { settingsFile } from './settings.ts';
import { asUser, runningAsRoot } from './user.ts';

export type Postmaster = { readonly pid: number; readonly socket: string; readonly adopted: boolean };

type PidFile = { readonly pid: number; readonly socket: string; readonly status: string };

/** How long a start may be refused because the last one is not quite gone. PID 1 reaps the dead slowly in containers. */
const REFUSED_MS = 60_000;
const STEP_MS = 20;

function readPidFile(cluster: string): PidFile | undefined {
  const lines = orNothing(() => readFileSync(join(cluster, 'postmaster.pid'), 'utf8'))?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socket: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

/** The running postmaster of the cluster, if there is one that accepts connections. */
function running(cluster: string): PidFile | undefined {
  const file = readPidFile(cluster);
  return file && isPostgresOf(file.pid, cluster) ? file : undefined;
}

/**
 * Adopt the postmaster that runs (ours of an earlier life, or of another start at this moment), or start one. Waits as
 * long as a living one recovers; gives up on one that refuses to start.
 */
export async function bringUp(
  home: Home,
  binaries: Binaries,
  options: { throwaway: boolean; log: (line: string) => void },
): Promise<Postmaster> {
  const began = performance.now();
  let spawned: number | undefined;
  let told = false;
  for (;;) {
    const found = running(home.cluster);
    if (found?.status === 'ready') return { pid: found.pid, socket: found.socket, adopted: found.pid !== spawned };
    if (!found && (spawned === undefined || !isAlive(spawned))) {
      if (spawned !== undefined) await afterRefusal(home, performance.now() - began);
      spawned = launch(home, binaries, options.throwaway);
    }
    if (!told && performance.now() - began > 5_000) {
      told = true;
      options.log('The database repairs itself after a hard stop; this can take a moment.');
    }
    await pause(STEP_MS);
  }
}

const startLog = (home: Home): string => join(home.folder, 'log', 'start.log');

/** Start the postmaster in a session of its own: Ctrl-C in our terminal and our own death do not touch it. */
function launch(home: Home, binaries: Binaries, throwaway: boolean): number {
  const logs = join(home.folder, 'log');
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const settings = join(home.cluster, 'tandem.conf');
  const temp = `${settings}.${process.pid}`;
  writeFileSync(temp, settingsFile(socketFolder(home), logs, throwaway), { mode: 0o600 });
  if (runningAsRoot()) for (const path of [logs, temp]) chownSync(path, home.user.uid, home.user.gid);
  renameSync(temp, settings);
  const output = openSync(startLog(home), 'w', 0o600);
  const child = spawn(binaries.postgres, ['-D', home.cluster], {
    ...asUser(home.user),
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.on('error', () => undefined); // no pid then, and the caller says so
  child.unref();
  if (child.pid === undefined)
    throw new PostgresError(`PostgreSQL could not be started: ${binaries.postgres} does not run.`);
  return child.pid;
}

/** The postmaster we started ended at once: wait and try again where that can help, otherwise say what it said. */
async function afterRefusal(home: Home, elapsed: number): Promise<void> {
  const said = orNothing(() => readFileSync(startLog(home), 'utf8')) ?? '';
  const busy =
    /lock file .* already exists|pre-existing shared memory|another (?:server|postmaster)|could not lock/i.test(said);
  if (!busy || elapsed > REFUSED_MS) {
    const reason = /^.*(?:FATAL|PANIC):\s*(.*)$/m.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
    throw new PostgresError(
      `PostgreSQL does not start: ${reason || 'it gave no reason'} (more in ${join(home.folder, 'log')}).`,
    );
  }
  dropForeignPidFile(home.cluster);
  await pause(200);
}

/**
 * A pid file that names a live foreign program (the number was given out again) stops PostgreSQL for ever. It may go only
 * when no PostgreSQL process at all works in the folder: otherwise it is PostgreSQL's guard against a second writer.
 */
function dropForeignPidFile(cluster: string): void {
  const file = readPidFile(cluster);
  if (!file || !isAlive(file.pid) || isPostgresOf(file.pid, cluster) || allPostgresOf(cluster).length > 0) return;
  if (readPidFile(cluster)?.pid === file.pid) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Whether this postmaster still serves the cluster. */
export const serves = (pid: number, cluster: string): boolean => isPostgresOf(pid, cluster);

/** Stop it: open transactions are rolled back, everything committed is written down; resolves when it is gone. */
export async function shutDown(cluster: string): Promise<void> {
  const pid = running(cluster)?.pid;
  if (pid === undefined) return;
  // Not by its program and folder: a process that is ending lets go of them before its files and locks.
  const start = startOf(pid);
  process.kill(pid, 'SIGINT');
  const began = performance.now();
  let forced = false;
  while (start !== undefined && startOf(pid) === start) {
    if (!forced && performance.now() - began > 30_000) {
      forced = true;
      process.kill(pid, 'SIGQUIT'); // loses nothing committed: the next start replays the log
    }
    await pause(STEP_MS);
  }
}
