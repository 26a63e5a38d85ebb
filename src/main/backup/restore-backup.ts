import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import type { Config, DatabaseUrls } from '../../platform/env/config.ts';
import { projectPath } from '../../platform/env/project.ts';
import { OperatorError } from '../child.ts';
import { migrate } from '../migrate.ts';
import { secretCheck } from './make-backup.ts';
import { checkFiles, hashOf, listedBlob, type Manifest, readManifest, sync } from './manifest.ts';
import { readTable, unforced } from './tables.ts';

export type RestoreOptions = {
  readonly config: Config;
  readonly urls: Pick<DatabaseUrls, 'owner'>;
  readonly appRole: string;
  readonly from: string;
  readonly onProgress?: (text: string) => void;
};

/**
 * Brings a backup back into an empty database and data folder; refuses anything that is not empty. The backup is examined
 * before anything is written, rows come in one transaction, and documents and secrets are in place before it commits.
 */
export async function restoreBackup(
  options: RestoreOptions,
): Promise<{ readonly rows: number; readonly blobs: number }> {
  const { config, urls, appRole, onProgress = () => undefined } = options;
  const from = resolve(options.from);
  const manifest = await readManifest(from);
  onProgress('examining the backup');
  await checkFiles(from, manifest);
  const master = chooseSecret(config, from, manifest);
  requireKnownSchema(manifest);
  requireEmptyFolder(config.blobFolder);
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  const arriving = `${config.blobFolder}.arriving-${process.pid}`;
  try {
    await requireEmptyDatabase(client);
    await migrate({ ownerUrl: urls.owner, appRole, only: new Set(manifest.migrations.map((each) => each.name)) });
    const blobs = await copyBlobs(from, arriving, manifest, onProgress);
    const rows = await load(client, from, manifest, onProgress, async () => {
      await putBlobs(arriving, config.blobFolder);
      await putSecrets(config, from, master);
    });
    await migrate({ ownerUrl: urls.owner, appRole });
    await client.query('analyze');
    return { rows, blobs };
  } finally {
    await rm(arriving, { recursive: true, force: true });
    await client.end();
  }
}

/** The master key to put into place, or undefined where the operator keeps it elsewhere. Throws when it cannot be the right one. */
function chooseSecret(config: Config, from: string, manifest: Manifest): Buffer | undefined {
  const text = (file: string): Buffer | undefined => (existsSync(file) ? readFileSync(file) : undefined);
  const fits = (bytes: Uint8Array): boolean => secretCheck(bytes) === manifest.secretCheck;
  const decode = (file: Buffer): Buffer => Buffer.from(file.toString().trim(), 'base64');
  if (config.secret !== undefined) {
    if (!fits(config.secret))
      throw new OperatorError('TANDEM_SECRET is not the secret of the installation that made this backup.');
    return undefined;
  }
  const existing = text(join(config.secretsFolder, 'master.key'));
  if (existing !== undefined && !fits(decode(existing)))
    throw new OperatorError(
      `There is another master key in ${config.secretsFolder}; a restore needs a fresh data folder.`,
    );
  const saved = text(join(from, 'secrets', 'master.key'));
  if (saved !== undefined && !fits(decode(saved)))
    throw new OperatorError('The master key in the backup does not belong to it.');
  if (saved === undefined && existing === undefined)
    throw new OperatorError('The backup holds no master key; give the one of its installation as TANDEM_SECRET.');
  return existing === undefined ? saved : undefined;
}

function requireKnownSchema(manifest: Manifest): void {
  const unknown = manifest.migrations.find(({ name }) => !existsSync(projectPath('db/migrations', basename(name))));
  if (unknown !== undefined)
    throw new OperatorError('The backup was made by a newer Tandem; restore it with that one.');
}

function requireEmptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new OperatorError(`There are documents in ${folder} already; a restore needs a fresh data folder.`);
}

async function requireEmptyDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ made: boolean }>("select to_regclass('app.jobcenter') is not null as made");
  if (!rows[0]?.made) return;
  const { rowCount } = await client.query('select 1 from app.jobcenter limit 1');
  if (rowCount !== 0) throw new OperatorError('The database has data already; a restore needs an empty one.');
}

/** Copies the documents beside their place, each compared with its hash. */
async function copyBlobs(
  from: string,
  to: string,
  manifest: Manifest,
  onProgress: (text: string) => void,
): Promise<number> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const folders = new Set<string>();
  let count = 0;
  for await (const line of createInterface({
    input: createReadStream(join(from, manifest.blobs.list)).pipe(createGunzip()),
  })) {
    const [name, , sum] = listedBlob.parse(JSON.parse(line));
    if (normalize(name) !== name || name.startsWith('/') || name.startsWith('..'))
      throw new OperatorError('The backup names a document outside of its folder.');
    const target = join(to, name);
    if (!folders.has(dirname(target))) await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    folders.add(dirname(target));
    await copyFile(join(from, 'blobs', name), target).catch(() => {
      throw new OperatorError(`The backup is not complete: the document ${name} is missing.`);
    });
    if ((await hashOf(target)) !== sum)
      throw new OperatorError(`The backup is damaged: the document ${name} is not as it was written.`);
    await sync(target);
    count += 1;
    if (count % 100 === 0) onProgress(`${count} of ${manifest.blobs.count} documents`);
  }
  for (const folder of folders) await sync(folder);
  if (count !== manifest.blobs.count)
    throw new OperatorError(`The backup is damaged: it lists ${count} documents instead of ${manifest.blobs.count}.`);
  return count;
}

async function load(
  client: pg.Client,
  from: string,
  manifest: Manifest,
  onProgress: (text: string) => void,
  beforeCommit: () => Promise<void>,
): Promise<number> {
  let total = 0;
  await client.query('begin');
  await client.query('lock table app.jobcenter in access exclusive mode');
  await requireEmptyDatabase(client); // again: now nobody else can begin
  const protectedTables = manifest.tables
    .filter((table) => table.columns.includes('jobcenter_id'))
    .map((table) => table.table);
  await unforced(client, protectedTables, async () => {
    for (const { table, columns, rows, file } of manifest.tables) {
      onProgress(`table ${table}`);
      const loaded = await readTable(client, { name: table, columns }, join(from, file));
      if (loaded !== rows)
        throw new OperatorError(`The backup is damaged: ${file} holds ${loaded} rows instead of ${rows}.`);
      total += loaded;
    }
    for (const { jobcenterId, documentId } of manifest.erasedSince) {
      const erase =
        'update app.document set key_id = null, wrapped_key = null, erased_at = $3 where jobcenter_id = $1 and id = $2';
      await client.query(erase, [jobcenterId, documentId, manifest.takenAt]);
    }
  });
  await beforeCommit();
  await client.query('commit');
  return total;
}

async function putBlobs(arriving: string, folder: string): Promise<void> {
  if (existsSync(folder)) await rmdir(folder);
  await rename(arriving, folder);
  await sync(dirname(folder));
}

async function putSecrets(config: Config, from: string, master: Buffer | undefined): Promise<void> {
  const write = async (file: string, bytes: Uint8Array): Promise<void> => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
    await sync(file);
    await sync(dirname(file));
  };
  if (master !== undefined) await write(join(config.secretsFolder, 'master.key'), master);
  const demo = join(from, 'secrets', basename(config.demoAccessFile));
  if (existsSync(demo) && !existsSync(config.demoAccessFile)) await write(config.demoAccessFile, readFileSync(demo));
}
