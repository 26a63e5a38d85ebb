import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { codeOf, orNothing, PostgresError } from './error.ts';
import type { Home } from './home.ts';
import { isAlive } from './process.ts';
import { INCLUDE } from './settings.ts';
import { asUser, runningAsRoot } from './user.ts';

export const DATABASE = 'tandem';
export const SUPERUSER = 'postgres';
export const OWNER = 'tandem_owner';
export const APP = 'tandem_app';

/**
 * Make sure that the cluster is there. It is made complete (roles and database included) in a temporary folder and then
 * renamed, so a crash leaves nothing half made, and of two first starts one wins.
 */
export async function ensureCluster(home: Home, binaries: Binaries, throwaway: boolean): Promise<void> {
  if (existsSync(home.cluster)) return checkVersion(home.cluster, binaries.major);
  sweep(home.folder);
  const temp = mkdtempSync(join(home.folder, `making-${process.pid}-`));
  try {
    await make(home, binaries, temp, throwaway);
    renameSync(temp, home.cluster);
    syncFolder(home.folder);
  } catch (error) {
    rmSync(temp, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  }
}

function checkVersion(cluster: string, major: string): void {
  const found = orNothing(() => readFileSync(join(cluster, 'PG_VERSION'), 'utf8'))?.trim();
  if (found === major) return;
  if (found === undefined) {
    throw new PostgresError(
      `${cluster} is not a PostgreSQL database (PG_VERSION is missing); restore it from a backup or move it away.`,
    );
  }
  throw new PostgresError(
    `The database in ${cluster} was made by PostgreSQL ${found} and this Tandem brings PostgreSQL ${major}; nothing was changed. Use the Tandem that made it, or carry the data over with pg_dump and set DATABASE_URL.`,
  );
}

/** Put the new name itself on disk. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Leftovers of starts that were killed while they made a cluster. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^making-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function make(home: Home, binaries: Binaries, temp: string, throwaway: boolean): Promise<void> {
  const passwordFile = `${temp}/superuser`;
  const data = `${temp}/data`;
  writeFileSync(passwordFile, home.passwords.superuser, { mode: 0o600 });
  if (runningAsRoot()) for (const path of [temp, passwordFile]) chownSync(path, home.user.uid, home.user.gid);
  // ICU sorts German names as people expect on every machine; C.UTF-8 below it depends on nothing of the system.
  await run(home, binaries.initdb, [
    ...['-D', data, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    ...[
      '--locale-provider=icu',
      '--icu-locale=de-DE',
      '--locale=C.UTF-8',
      '--lc-messages=C',
      '--text-search-config=simple',
    ],
    ...['--data-checksums', '--no-instructions', ...(throwaway ? ['--no-sync'] : [])],
  ]);
  await run(
    home,
    binaries.postgres,
    ['--single', '-D', data, '-c', `fsync=${throwaway ? 'off' : 'on'}`, 'template1'],
    bootstrap(home, throwaway),
  );
  appendFileSync(`${data}/postgresql.conf`, INCLUDE);
  flatten(temp, data);
}

/** PGDATA must be `temp` itself, so that one rename shows it. */
function flatten(temp: string, data: string): void {
  rmSync(`${temp}/superuser`);
  for (const name of readdirSync(data)) renameSync(join(data, name), join(temp, name));
  rmSync(data, { recursive: true });
}

/** One statement a line, as the single-user mode reads it. */
function bootstrap({ passwords }: Home, throwaway: boolean): string {
  const plain = 'LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION';
  return [
    `CREATE ROLE ${OWNER} ${plain} ${throwaway ? 'CREATEDB' : 'NOCREATEDB'} PASSWORD '${passwords.owner}'`,
    `CREATE ROLE ${APP} ${plain} NOCREATEDB PASSWORD '${passwords.app}'`,
    // A web request that takes longer than this is broken; it must not hold locks against everybody else.
    `ALTER ROLE ${APP} SET statement_timeout = '30s'`,
    `ALTER ROLE ${APP} SET lock_timeout = '10s'`,
    `ALTER ROLE ${APP} SET idle_in_transaction_session_timeout = '60s'`,
    `ALTER ROLE ${APP} SET transaction_timeout = '5min'`,
    // The owner makes backups of the running server (functions are per database: template1 hands them on).
    `GRANT EXECUTE ON FUNCTION pg_catalog.pg_backup_start(text, boolean) TO ${OWNER}`,
    `GRANT EXECUTE ON FUNCTION pg_catalog.pg_backup_stop(boolean) TO ${OWNER}`,
    `GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO ${OWNER}`,
    `GRANT pg_monitor TO ${OWNER}`,
    `CREATE DATABASE ${DATABASE} OWNER ${OWNER} TEMPLATE template1`,
    `REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${DATABASE} TO ${APP}`,
    '',
  ].join('\n');
}

function run(home: Home, program: string, args: readonly string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...asUser(home.user), cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined); // it died early; its exit says why
    child.on('error', reject);
    child.on('close', (code) => {
      const problem = /^.*(?:error|ERROR|FATAL|PANIC):.*$/m.exec(output)?.[0];
      if (code === 0 && !problem) return resolve();
      reject(
        new PostgresError(`The database could not be made in ${home.folder}: ${problem ?? output.trim().slice(-300)}`),
      );
    });
    child.stdin.end(input);
  });
}
