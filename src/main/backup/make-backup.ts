import { constants, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { hmac, loadMasterSecret } from '../../platform/crypto/index.ts';
import type { Config } from '../../platform/env/config.ts';
import { projectPath } from '../../platform/env/project.ts';
import { OperatorError } from '../child.ts';
import { format, hashOf, type Manifest, manifestName, sync } from './manifest.ts';
import { listTables, writeTable } from './tables.ts';

export type BackupResult = {
  readonly tables: number;
  readonly rows: number;
  readonly blobs: number;
  readonly bytes: number;
  readonly problems: number;
};
export type BackupOptions = {
  readonly config: Config;
  readonly ownerUrl: string;
  readonly to: string;
  readonly onProgress?: (text: string) => void;
  readonly onProblem?: (text: string) => void;
};

/** Bytes that sealing adds to a document: nonce and tag. */
const sealBytes = 28;
/** Blobs that are copied at a time. */
const lanes = 8;

/**
 * Writes one folder from which everything comes back: all tables as of one instant, the documents they name, the secrets.
 * Runs beside the working system. The folder gets its name last, so an interrupted backup is never taken for a complete one.
 */
export async function makeBackup(options: BackupOptions): Promise<BackupResult> {
  const to = resolve(options.to);
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new OperatorError(`${to} is not empty; a backup needs a folder of its own.`);
  const temp = join(dirname(to), `.${basename(to)}.unfinished-${process.pid}`);
  await mkdir(dirname(to), { recursive: true });
  await rm(temp, { recursive: true, force: true });
  await mkdir(join(temp, 'tables'), { recursive: true, mode: 0o700 });
  try {
    const result = await fill(options, temp);
    await rename(temp, to);
    await sync(dirname(to));
    return result;
  } catch (error) {
    await rm(temp, { recursive: true, force: true });
    throw error;
  }
}

type Snapshot = Pick<Manifest, 'takenAt' | 'postgres' | 'jobcenters' | 'migrations' | 'tables'> & {
  readonly blobs: readonly NamedBlob[];
};
type NamedBlob = {
  readonly jobcenterId: string;
  readonly documentId: string;
  readonly name: string;
  readonly bytes: number;
};

async function fill(options: BackupOptions, folder: string): Promise<BackupResult> {
  const { config, onProgress = () => undefined, onProblem = () => undefined } = options;
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    const snapshot = await writeTables(client, folder, onProgress);
    const copied = await copyBlobs(client, snapshot.blobs, {
      from: config.blobFolder,
      to: join(folder, 'blobs'),
      onProgress,
    });
    copied.problems.forEach(onProblem);
    const lines = Readable.from(copied.list.values().map((entry) => `${JSON.stringify(entry)}\n`));
    await pipeline(lines, createGzip(), createWriteStream(join(folder, 'blobs.jsonl.gz'), { mode: 0o600 }));
    await copySecrets(config, folder);
    const { blobs: _, ...facts } = snapshot;
    const bytes = copied.list.reduce((sum, [, size]) => sum + size, 0);
    const manifest: Manifest = {
      format,
      tandem: (JSON.parse(await readFile(projectPath('package.json'), 'utf8')) as { version: string }).version,
      ...facts,
      blobs: { count: copied.list.length, bytes, list: 'blobs.jsonl.gz' },
      erasedSince: copied.erased,
      secretCheck: secretCheck(loadMasterSecret(config.secretsFolder, config.secret)),
      files: await describeFiles(folder),
    };
    await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await sync(join(folder, manifestName));
    await sync(folder);
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      blobs: copied.list.length,
      bytes,
      problems: copied.problems.length,
    };
  } finally {
    await client.end();
  }
}

/** A fingerprint of the master secret that cannot be turned back. */
export const secretCheck = (master: Uint8Array): string =>
  hmac(master, 'which secret a backup belongs to').toString('hex');

async function writeTables(client: pg.Client, folder: string, onProgress: (text: string) => void): Promise<Snapshot> {
  await client.query('begin isolation level repeatable read read only');
  const one = async <Row extends object>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;
  const [facts] = await one<{ at: Date; version: string }>(
    "select now() as at, current_setting('server_version') as version",
  );
  const jobcenters = await one<{ id: string; key: string }>('select id, key from app.jobcenter order by key');
  const migrations = await one<{ name: string; sha256: string }>(
    'select name, sha256 from public.migration order by name',
  );
  const tables: Manifest['tables'] = [];
  const ids = jobcenters.map((jobcenter) => jobcenter.id);
  for (const table of await listTables(client)) {
    const file = `tables/${table.name}.gz`;
    onProgress(`table ${table.name}`);
    const rows = await writeTable(client, table, ids, join(folder, file));
    await sync(join(folder, file));
    tables.push({ table: table.name, columns: [...table.columns], rows, file });
  }
  const blobs: NamedBlob[] = [];
  for (const jobcenterId of ids) {
    await client.query('select app.enter($1)', [jobcenterId]);
    const sql = 'select id, blob, bytes from app.document where jobcenter_id = $1 and erased_at is null';
    const { rows } = await client.query<{ id: string; blob: string; bytes: number }>(sql, [jobcenterId]);
    for (const row of rows) blobs.push({ jobcenterId, documentId: row.id, name: row.blob, bytes: Number(row.bytes) });
  }
  await client.query('commit');
  return {
    takenAt: (facts?.at ?? new Date(0)).toISOString(),
    postgres: facts?.version ?? '',
    jobcenters,
    migrations,
    tables,
    blobs,
  };
}

type Copied = {
  readonly list: [string, number, string][];
  readonly erased: Manifest['erasedSince'];
  readonly problems: string[];
};

/** Blobs are written once and never changed, so those of the snapshot can be copied after it. */
async function copyBlobs(
  client: pg.Client,
  blobs: readonly NamedBlob[],
  way: { from: string; to: string; onProgress: (text: string) => void },
): Promise<Copied> {
  const copied: Copied = { list: [], erased: [], problems: [] };
  const folders = new Set<string>();
  const waiting = blobs.values();
  const missing: NamedBlob[] = [];
  await mkdir(way.to, { mode: 0o700 });
  const lane = async (): Promise<void> => {
    for (const blob of waiting) {
      const target = join(way.to, blob.name);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      folders.add(dirname(target));
      const arrived = await copyFile(
        join(way.from, blob.name),
        target,
        constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE,
      ).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
          return false;
        },
      );
      if (!arrived) {
        missing.push(blob);
        continue;
      }
      await sync(target);
      const { size } = await stat(target);
      if (size !== blob.bytes + sealBytes)
        copied.problems.push(`blob ${blob.name} has ${size} bytes instead of ${blob.bytes + sealBytes}`);
      copied.list.push([blob.name, size, await hashOf(target)]);
      if (copied.list.length % 100 === 0) way.onProgress(`${copied.list.length} of ${blobs.length} documents`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (const folder of folders) await sync(folder);
  await sync(way.to);
  copied.list.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const blob of missing) {
    if (await erasedSince(client, blob))
      copied.erased.push({ jobcenterId: blob.jobcenterId, documentId: blob.documentId });
    else copied.problems.push(`blob ${blob.name} is missing`);
  }
  return copied;
}

async function erasedSince(client: pg.Client, { jobcenterId, documentId }: NamedBlob): Promise<boolean> {
  await client.query('begin');
  await client.query('select app.enter($1)', [jobcenterId]);
  const { rowCount } = await client.query(
    'select 1 from app.document where jobcenter_id = $1 and id = $2 and erased_at is null',
    [jobcenterId, documentId],
  );
  await client.query('commit');
  return rowCount === 0;
}

/** The master key, unless the operator keeps it elsewhere; and the logins of a demonstration. */
async function copySecrets(config: Config, folder: string): Promise<void> {
  const secrets = join(folder, 'secrets');
  await mkdir(secrets, { mode: 0o700 });
  const wanted = [
    ...(config.secret === undefined ? [join(config.secretsFolder, 'master.key')] : []),
    config.demoAccessFile,
  ];
  for (const file of wanted.filter((each) => existsSync(each))) {
    const target = join(secrets, basename(file));
    await writeFile(target, await readFile(file), { mode: 0o600, flag: 'wx' });
    await sync(target);
  }
  await sync(secrets);
}

async function describeFiles(folder: string): Promise<Manifest['files']> {
  const paths = ['tables', 'secrets'].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => `${name}/${file}`),
  );
  await sync(join(folder, 'tables'));
  await sync(join(folder, 'blobs.jsonl.gz'));
  const files: Manifest['files'] = [];
  for (const path of [...paths.sort(), 'blobs.jsonl.gz']) {
    const { size } = await stat(join(folder, path));
    files.push({ path, bytes: size, sha256: await hashOf(join(folder, path)) });
  }
  return files;
}
