import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { APP, DATABASE, ensureCluster, OWNER, SUPERUSER } from './cluster.ts';
import { type Home, openHome } from './home.ts';
import { bringUp, serves, shutDown } from './postmaster.ts';

export { PostgresError } from './error.ts';

/** A running PostgreSQL of ours. The addresses are understood by `pg` and by psql. */
export type Postgres = {
  /** For the application: no table is its own, row-level security binds it. */
  readonly appUrl: string;
  /** For migrations, jobs and backups: owns the database, is no superuser. */
  readonly ownerUrl: string;
  /** For repairs only. */
  readonly superuserUrl: string;
  readonly appRole: string;
  readonly pid: number;
  /** True when it ran already and was not started by this call. */
  readonly adopted: boolean;
  /** Where the cluster lies; outside the data folder when PostgreSQL's user cannot enter that. */
  readonly folder: string;
  alive(): boolean;
  /** Fast shutdown; resolves when the server is gone. A throwaway server takes its files with it. */
  stop(): Promise<void>;
};

export type StartOptions = {
  /** The installation's data folder; the cluster lies in `postgres` below it. Made when missing. */
  readonly dataDir: string;
  /** For tests: nothing is forced to disk, the owner may make databases, and stop() removes everything. */
  readonly throwaway?: boolean;
  /** Told in plain lines what an operator should know. */
  readonly log?: (line: string) => void;
};

/**
 * Start the PostgreSQL that npm brought, or adopt the one that already runs on this data folder; makes the cluster the
 * first time. Safe to call from several processes at once and after any crash.
 * @throws PostgresError with one sentence for the operator
 */
export async function startPostgres({
  dataDir,
  throwaway = false,
  log = () => undefined,
}: StartOptions): Promise<Postgres> {
  const home = openHome(dataDir, throwaway);
  if (home.moved && !throwaway) {
    log(
      `PostgreSQL's user cannot enter ${dataDir}; the database lies in ${home.folder} (noted in ${join(dataDir, 'postgres.json')}).`,
    );
  }
  const binaries = findBinaries(home.user, home.copies);
  await ensureCluster(home, binaries, throwaway);
  const { pid, socket, adopted } = await bringUp(home, binaries, { throwaway, log });
  const url = (user: string, password: string) =>
    `postgresql://${user}:${password}@/${DATABASE}?host=${encodeURIComponent(socket)}&port=5432`;
  return {
    appUrl: url(APP, home.passwords.app),
    ownerUrl: url(OWNER, home.passwords.owner),
    superuserUrl: url(SUPERUSER, home.passwords.superuser),
    appRole: APP,
    pid,
    adopted,
    folder: home.folder,
    alive: () => serves(pid, home.cluster),
    stop: async () => {
      await shutDown(home.cluster);
      if (throwaway) discard(home, dataDir, socket);
      else if (!socket.startsWith(home.folder)) rmSync(socket, { recursive: true, force: true });
    },
  };
}

function discard(home: Home, dataDir: string, socket: string): void {
  for (const path of [home.folder, socket, join(dataDir, 'postgres.json')])
    rmSync(path, { recursive: true, force: true });
}
