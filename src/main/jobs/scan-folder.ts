import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { cleanName } from '../../modules/documents/index.ts';
import {
  type BatchProblem,
  mostBytes,
  type NewScan,
  noteAgain,
  noteMoved,
  refuseScan,
  takeOnce,
  takeScan,
} from '../../modules/post/index.ts';
import { allTeams, type Jobcenter } from '../../modules/settings/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { kindOf } from '../../platform/media/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const actor = { kind: 'system', name: 'scan-folder' } as const;
/** A file that changed less than this long ago may still be growing. */
const quietMs = 10_000;
/** A PDF without its end may still be written (a paper jam); after this long it is taken as it is. */
const patienceMs = 10 * 60_000;
const done = 'done';
const problem = 'problem';

type Found = {
  readonly folder: string;
  readonly name: string;
  readonly stats: Stats;
  readonly teamId: string | null;
  /** Where it lies below the folder of the Jobcenter. */
  readonly place: string;
};

/**
 * Every minute: takes what scanners wrote into `<folder>/<Jobcenter>/<team>/` (or without a team: for the leads). Hash first, then
 * the sealed bytes, then the rows, and only then the file goes to `done`; killed anywhere in between it goes on there.
 */
export const watchScans = (services: JobServices) => async (): Promise<void> => {
  const { scanFolder } = services;
  if (scanFolder === undefined) return;
  await forEachJobcenter(services, async (jobcenter) => {
    for (const file of await waitingFiles(services, join(scanFolder, jobcenter.key), jobcenter)) {
      const taken = await take(services, jobcenter, file);
      if (taken === undefined) continue;
      await moveTo(file, taken.to);
      await services.database.tenant(jobcenter.id, (tx) => noteMoved(tx, taken.batchId));
    }
  });
};

async function waitingFiles(services: JobServices, root: string, jobcenter: Jobcenter): Promise<Found[]> {
  const teams = await services.database.tenant(jobcenter.id, allTeams);
  const own = await filesIn(root, null, '');
  const theirs = await Promise.all(teams.map((team) => filesIn(join(root, team.key), team.id, `${team.key}/`)));
  const before = services.clock.now().getTime() - quietMs;
  return [own, ...theirs].flat().filter(({ stats }) => stats.mtimeMs <= before);
}

async function filesIn(folder: string, teamId: string | null, prefix: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => []); // no such folder: nothing there
  const found: Found[] = [];
  for (const name of names.sort()) {
    if (/^[.~]|\.(?:tmp|part|partial|lock)$/i.test(name)) continue;
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats?.isFile()) found.push({ folder, name, stats, teamId, place: `${prefix}${name}` });
  }
  return found;
}

type Taken = { readonly batchId: string; readonly to: typeof done | typeof problem };

/** Takes one file; gives where it goes, undefined when it is not finished yet. */
async function take(services: JobServices, jobcenter: Jobcenter, file: Found): Promise<Taken | undefined> {
  const { database, vault } = services;
  const scan: NewScan = {
    name: cleanName(file.name),
    source: 'folder',
    teamId: file.teamId,
    createdBy: null,
    folderPlace: file.place,
  };
  const refuse = async (why: BatchProblem, hash: Buffer): Promise<Taken> => {
    const row = { ...scan, sha256: hash };
    return { batchId: await database.tenant(jobcenter.id, (tx) => refuseScan(tx, actor, row, why)), to: problem };
  };
  if (file.stats.size > mostBytes) return refuse('too-large', sha256(file.place));
  const bytes = await readFile(join(file.folder, file.name));
  if (!(await isStill(file))) return undefined;
  const hash = sha256(bytes);
  const before = await database.tenant(jobcenter.id, (tx) => noteAgain(tx, hash, file.place));
  if (before !== undefined) return { batchId: before.batchId, to: done };
  const mediaType = kindOf(bytes);
  if (mediaType === undefined) return refuse(bytes.length === 0 ? 'empty' : 'unknown-type', hash);
  if (mediaType === 'application/pdf' && !endsWhole(bytes)) {
    if (services.clock.now().getTime() - file.stats.mtimeMs < patienceMs) return undefined;
    return refuse('broken', hash);
  }
  const document = await vault.prepare(
    jobcenter.id,
    { name: scan.name, bytes, mediaType, pages: 0 },
    { consume: true },
  );
  const taken = await takeOnce(() => database.tenant(jobcenter.id, (tx) => takeScan(tx, actor, document, scan)));
  return { batchId: taken.batchId, to: done };
}

const endsWhole = (bytes: Buffer): boolean => bytes.subarray(-2_048).includes('startxref');

async function isStill({ folder, name, stats }: Found): Promise<boolean> {
  const now = await lstat(join(folder, name)).catch(() => undefined);
  return now !== undefined && now.size === stats.size && now.mtimeMs === stats.mtimeMs;
}

/** Moves a file out of the scanner's way; one of the same name there stays. */
async function moveTo(file: Found, target: Taken['to']): Promise<void> {
  const folder = join(file.folder, target);
  await mkdir(folder, { recursive: true });
  const free = await freeName(folder, file.name);
  await rename(join(file.folder, file.name), join(folder, free));
}

async function freeName(folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : `${stem} (${copy})${ending}`;
    if ((await lstat(join(folder, candidate)).catch(() => undefined)) === undefined) return candidate;
  }
}
