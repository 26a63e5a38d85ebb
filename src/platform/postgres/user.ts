import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { orNothing, PostgresError } from './error.ts';

/** The account of the operating system under which PostgreSQL runs; it refuses to run as root. */
export type PgUser = { readonly uid: number; readonly gid: number };

const CANDIDATES = ['tandem', 'postgres', 'nobody'];

export const runningAsRoot = (): boolean => process.getuid?.() === 0;

/** Who PostgreSQL is to run as: the owner of an existing cluster; otherwise ourselves, or as root a service account. */
export function pgUser(existingCluster: string): PgUser {
  const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  const owner = orNothing(() => statSync(existingCluster));
  if (!runningAsRoot()) {
    if (!owner || owner.uid === self.uid) return self;
    throw new PostgresError(
      `The database in ${existingCluster} belongs to the account number ${owner.uid}; start Tandem with that account or as root.`,
    );
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of CANDIDATES) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new PostgresError(
    `PostgreSQL cannot run as root and this machine has no account ${CANDIDATES.join(', ')}; start Tandem as an ordinary user.`,
  );
}

/** Options for starting a program as that user, with nothing of our environment that PostgreSQL would listen to. */
export function asUser(user: PgUser): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return runningAsRoot() ? { uid: user.uid, gid: user.gid, env } : { env };
}

/** Make a folder, if it is missing, that others may pass through when we are root, whatever the umask says. */
export function passable(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!made || !runningAsRoot()) return;
  for (let path = folder; path.length >= made.length; path = dirname(path)) chmodSync(path, 0o711);
}

/** Whether that user can really enter (and write) the folder; tried rather than computed from bits, as ACLs count too. */
export function canUse(user: PgUser, folder: string): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1" && test -w .', 'sh', folder], {
      ...asUser(user),
      cwd: '/',
      stdio: 'ignore',
    }).status === 0
  );
}
