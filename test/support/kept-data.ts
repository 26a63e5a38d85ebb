import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../../src/platform/env/project.ts';
import type { Postgres } from '../../src/platform/postgres/index.ts';

const folder = projectPath('build');
const newest = 3;

export type KeptData = {
  readonly name: string;
  /** Words and files (patterns from the project's folder) that decide what is made. */
  readonly words: readonly string[];
  readonly files: readonly string[];
  /** Makes it in an empty data folder; the server still runs, and nobody else is connected. */
  readonly make: (dataDir: string) => Promise<Pick<Postgres, 'folder' | 'stop'>>;
};

/**
 * Fills a fresh data folder with a copy of one that was made and shut down cleanly before, because to make one takes seconds. The first
 * is kept in the build folder, by the hash of what it is made from; no two servers ever share a file. Gives false, and leaves the folder
 * as it is, where PostgreSQL's user cannot enter a temporary folder.
 */
export async function fillFromKept(data: KeptData, dataDir: string): Promise<boolean> {
  const hash = createHash('sha256').update([process.getuid?.(), ...data.words].join(' '));
  for (const file of globSync(data.files, { cwd: projectPath() }).sort())
    hash.update(file).update(readFileSync(projectPath(file)));
  const kept = join(folder, `${data.name}-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(kept) && !(await keep(data, kept))) return false;
  copy(kept, dataDir);
  return true;
}

/** Complete and on disk before it has its name: of several who make it at once one wins, and a killed one leaves nothing half made. */
async function keep(data: KeptData, kept: string): Promise<boolean> {
  const place = mkdtempSync(join(tmpdir(), 'tandem-kept-'));
  let temp: string | undefined;
  let server: Pick<Postgres, 'folder' | 'stop'> | undefined;
  try {
    chmodSync(place, 0o711); // so that PostgreSQL's user may pass when this runs as root
    server = await data.make(place);
    await server.stop();
    if (!server.folder.startsWith(place)) return false;
    mkdirSync(folder, { recursive: true });
    temp = mkdtempSync(`${kept}.`);
    copy(place, temp);
    run('sync', ['-f', temp]);
    prune(data.name);
    renameSync(temp, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
  } finally {
    for (const each of [place, temp, server?.folder])
      if (each !== undefined) rmSync(each, { recursive: true, force: true });
  }
  return true;
}

/** With owners and rights, and without a second set of blocks where the file system can do that. */
const copy = (from: string, to: string): void =>
  run('cp', ['-a', '--reflink=auto', ...readdirSync(from).map((name) => join(from, name)), to]);

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${program}: ${stderr}`);
}

/** Those of older code, and what was left by a run that was killed: the newest stay. */
function prune(name: string): void {
  const age = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const all = readdirSync(folder).filter((each) => each.startsWith(`${name}-`));
  const paths = all.map((each) => join(folder, each)).sort((a, b) => age(b) - age(a));
  for (const path of paths.slice(newest)) rmSync(path, { recursive: true, force: true });
}
