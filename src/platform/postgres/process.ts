import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { orNothing } from './error.ts';

/** Whether a process lives. A zombie does not: it only waits for its parent to take note of its death. */
export const isAlive = (pid: number): boolean => startOf(pid) !== undefined;

/** When a living process began, in ticks since the machine did: a number that was given out again belongs to another start. */
export function startOf(pid: number): string | undefined {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The name in parentheses may contain anything; the state follows the last one, the start is the twentieth after it.
  const [state = 'X', ...facts] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return 'ZX'.includes(state) ? undefined : facts[18];
}

/** Whether this live process is a PostgreSQL that works in the folder (a postmaster changes into its PGDATA). */
export function isPostgresOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  const program = orNothing(() => readlinkSync(`/proc/${pid}/exe`)) ?? '';
  return /\/postgres( \(deleted\))?$/.test(program) && orNothing(() => readlinkSync(`/proc/${pid}/cwd`)) === cluster;
}

/** Every PostgreSQL process that works in the folder, the postmaster's surviving children included. */
export function allPostgresOf(cluster: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isPostgresOf(pid, cluster));
}
