import type { Stats } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { cleanName } from '../../modules/documents/index.ts';
import {
  type BatchProblem,
  endWatch,
  mostBytes,
  type NewScan,
  noteAgain,
  noteMoved,
  noteSame,
  refusedAt,
  refuseScan,
  takeOnce,
  takeScan,
  type WatchedFile,
  watchedFiles,
} from '../../modules/post/index.ts';
import { allTeams, type Jobcenter } from '../../modules/settings/index.ts';
import { StorageFull } from '../../platform/blobs/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { isDatabaseLost } from '../../platform/database/index.ts';
import { kindOf } from '../../platform/media/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const actor = { kind: 'system', name: 'scan-folder' } as const;
/** A file that changed less than this long ago may still be growing. */
const quietMs = 10_000;
/** Between two pages a TIFF is whole; the longest that a scanner takes for a page, or somebody for laying in the next sheets. */
const tiffQuietMs = 2 * 60_000;
/** A PDF without its end, or a file without anything, may still be written (a paper jam); after this long it is taken as it is. */
const patienceMs = 10 * 60_000;
const done = 'done';
const problem = 'problem';

type Found = {
  /** The folder of the scanner, and the file in it or in what it was moved to. */
  readonly folder: string;
  readonly path: string;
  readonly stats: Stats;
  readonly teamId: string | null;
  /** Where it lies (or lay when it was taken) below the folder of the Jobcenter. */
  readonly place: string;
  /** The batch that it was taken as before it grew. */
  readonly before?: WatchedFile;
};

/**
 * Every minute: takes what scanners wrote into `<folder>/<Jobcenter>/<team>/` (or without a team: for the leads). Hash first, then
 * the sealed bytes, then the rows, and only then the file goes to `done`; killed anywhere in between it goes on there. A scanner may
 * go on writing into a file that was moved: what grew there is taken as it is then, and both batches say so. One file that cannot be
 * opened stops no other.
 */
export const watchScans = (services: JobServices) => async (): Promise<void> => {
  const { scanFolder } = services;
  if (scanFolder === undefined) return;
  await forEachJobcenter(services, async (jobcenter) => {
    const root = join(scanFolder, jobcenter.key);
    const teams = await services.database.tenant(jobcenter.id, allTeams);
    /** Names of files may be names of people, and stand in errors of the file system: the log says the folder and the kind of error. */
    const guarded = async (folder: string, work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (error instanceof StorageFull || isDatabaseLost(error)) throw error;
        const { code, path } = error as NodeJS.ErrnoException;
        const what = path === undefined ? { err: error } : { code };
        services.log.error({ jobcenter: jobcenter.key, folder, ...what }, 'a file of the scanner was not taken');
      }
    };
    for (const [key, teamId] of [['', null], ...teams.map((team) => [team.key, team.id] as const)] as const) {
      const files: Found[] = [];
      await guarded(key, async () => void files.push(...(await waitingFiles(services, root, key, teamId))));
      for (const file of files) await guarded(key, () => takeAway(services, jobcenter, root, file));
    }
    for (const file of await services.database.tenant(jobcenter.id, watchedFiles))
      await guarded(dirname(file.file), () => lookAgain(services, jobcenter, root, file));
  });
};

const isQuiet = (services: JobServices, { mtimeMs }: Stats, ms: number): boolean =>
  mtimeMs <= services.clock.now().getTime() - ms;
/** Changes whenever somebody writes into the file. */
const stampOf = ({ size, mtimeMs }: Stats): string => `${size} ${mtimeMs}`;
const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
const orMissing = (error: unknown): undefined => {
  if (!isMissing(error)) throw error;
  return undefined;
};

async function waitingFiles(services: JobServices, root: string, key: string, teamId: string | null): Promise<Found[]> {
  const folder = join(root, key);
  const names = (await readdir(folder).catch(orMissing)) ?? [];
  const found: Found[] = [];
  for (const name of names.sort()) {
    if (/^[.~]|\.(?:tmp|part|partial|lock)$/i.test(name)) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile() && isQuiet(services, stats, quietMs))
      found.push({ folder, path, stats, teamId, place: join(key, name) });
  }
  return found;
}

async function takeAway(services: JobServices, jobcenter: Jobcenter, root: string, file: Found): Promise<void> {
  const taken = await take(services, jobcenter, file);
  if (taken === undefined) return;
  const where = { file: relative(root, await moveTo(file, taken.to)), stamp: stampOf(file.stats) };
  await services.database.tenant(jobcenter.id, async (tx) => {
    await noteMoved(tx, taken.batchId, where);
    if (taken.instead !== undefined) await endWatch(tx, taken.instead);
  });
}

/** Takes a file that was moved away and written into since as what it is now. */
async function lookAgain(services: JobServices, jobcenter: Jobcenter, root: string, file: WatchedFile): Promise<void> {
  const path = join(root, file.file);
  const stats = await lstat(path).catch(orMissing);
  if (stats === undefined) return services.database.tenant(jobcenter.id, (tx) => endWatch(tx, file.batchId));
  if (stampOf(stats) === file.stamp || !isQuiet(services, stats, quietMs)) return;
  const { place, teamId } = file;
  await takeAway(services, jobcenter, root, {
    folder: dirname(dirname(path)),
    path,
    stats,
    teamId,
    place,
    before: file,
  });
}

/** `instead`: the earlier batch of the same file, which this one stands for now. */
type Taken = { readonly batchId: string; readonly to: typeof done | typeof problem; readonly instead?: string };

/** Takes one file; gives where it goes, undefined when it is not finished yet, holds what it held, or cannot be opened. */
async function take(services: JobServices, jobcenter: Jobcenter, file: Found): Promise<Taken | undefined> {
  const { database, vault } = services;
  const inTenant = <T>(work: Parameters<typeof database.tenant<T>>[1]): Promise<T> =>
    database.tenant(jobcenter.id, work);
  const instead = file.before?.batchId ?? (await inTenant((tx) => refusedAt(tx, file.place)));
  const scan: NewScan = {
    name: cleanName(basename(file.place)),
    source: 'folder',
    teamId: file.teamId,
    createdBy: null,
    folderPlace: file.place,
  };
  const grown = instead === undefined ? {} : { grownFrom: instead };
  const later = instead === undefined ? {} : { instead };
  const refuse = async (why: BatchProblem, hash: Buffer): Promise<Taken> => {
    const row = { ...scan, sha256: hash, ...(why === 'no-access' ? {} : grown) };
    return { batchId: await inTenant((tx) => refuseScan(tx, actor, row, why)), to: problem, ...later };
  };
  const isKnown = async (hash: Buffer): Promise<boolean> => {
    if (file.before?.sha256.equals(hash) !== true) return false;
    const { batchId } = file.before;
    await inTenant((tx) => noteSame(tx, batchId, stampOf(file.stats)));
    return true;
  };
  const { stats } = file;
  if (stats.size > mostBytes) {
    const hash = sha256(file.place);
    return (await isKnown(hash)) ? undefined : refuse('too-large', hash);
  }
  const bytes = await readFile(file.path).catch(async (error: NodeJS.ErrnoException) => {
    if (isMissing(error)) return undefined; // somebody took it away
    // It stays where it is, and is tried again; the row says so once.
    await refuse('no-access', sha256(`no access ${file.place}`));
    throw error;
  });
  if (bytes === undefined || !(await isStill(file))) return undefined;
  const hash = sha256(bytes);
  if (await isKnown(hash)) return undefined;
  const mediaType = kindOf(bytes);
  const waits =
    mediaType === 'image/tiff'
      ? tiffQuietMs
      : bytes.length === 0 || (mediaType === 'application/pdf' && !endsWhole(bytes))
        ? patienceMs
        : quietMs;
  if (!isQuiet(services, stats, waits)) return undefined;
  const before = await inTenant((tx) => noteAgain(tx, hash, file.place));
  if (before !== undefined) return { batchId: before.batchId, to: done, ...later };
  if (mediaType === undefined) return refuse(bytes.length === 0 ? 'empty' : 'unknown-type', hash);
  if (mediaType === 'application/pdf' && !endsWhole(bytes)) return refuse('broken', hash);
  const document = await vault.prepare(
    jobcenter.id,
    { name: scan.name, bytes, mediaType, pages: 0 },
    { consume: true },
  );
  const taken = await takeOnce(() => inTenant((tx) => takeScan(tx, actor, document, { ...scan, ...grown })));
  return { batchId: taken.batchId, to: done, ...later };
}

const endsWhole = (bytes: Buffer): boolean => bytes.subarray(-2_048).includes('startxref');

async function isStill({ path, stats }: Found): Promise<boolean> {
  const now = await lstat(path).catch(() => undefined);
  return now !== undefined && stampOf(now) === stampOf(stats);
}

/** Moves a file out of the scanner's way, where it does not lie there yet; one of the same name there stays. Gives where it lies. */
async function moveTo(file: Found, target: Taken['to']): Promise<string> {
  const folder = join(file.folder, target);
  if (dirname(file.path) === folder) return file.path;
  await mkdir(folder, { recursive: true });
  const path = join(folder, await freeName(folder, basename(file.path)));
  await rename(file.path, path);
  return path;
}

async function freeName(folder: string, name: string): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : `${stem} (${copy})${ending}`;
    if ((await lstat(join(folder, candidate)).catch(() => undefined)) === undefined) return candidate;
  }
}
