import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { OperatorError } from '../child.ts';

export const manifestName = 'manifest.json';
/** Grows when a newer Tandem writes backups that an older one could misread. */
export const format = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.object({
  format: z.literal(format),
  tandem: z.string(),
  postgres: z.string(),
  /** The instant of the snapshot: everything committed before it is in the backup. */
  takenAt: z.iso.datetime(),
  jobcenters: z.array(z.object({ id: z.uuid(), key: z.string() })),
  /** The migrations that had been applied, with their hashes: the schema the tables have. */
  migrations: z.array(z.object({ name: z.string(), sha256: hash })),
  tables: z.array(z.object({ table: z.string(), columns: z.array(z.string()), rows: z.int(), file: z.string() })),
  blobs: z.object({ count: z.int(), bytes: z.int(), list: z.string() }),
  /** Documents whose bytes were deleted between the snapshot and the copy: they stay deleted after a restore. */
  erasedSince: z.array(z.object({ jobcenterId: z.uuid(), documentId: z.uuid() })),
  /** Tells whether a master secret is the right one, without telling anything about it. */
  secretCheck: z.string(),
  /** Every file but the blobs (their list has their hashes) and this one. */
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: hash })),
});
export type Manifest = z.infer<typeof schema>;

/** A blob in the list of blobs. */
export const listedBlob = z.tuple([z.string(), z.int(), hash]);

/** Reads the manifest of a backup; a folder without one is no complete backup. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => {
    throw new OperatorError(`${folder} is not a backup: it has no readable ${manifestName}.`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new OperatorError(`The ${manifestName} in ${folder} is damaged.`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const newer = (content as { format?: unknown } | null)?.format !== format;
  throw new OperatorError(
    newer
      ? `The backup in ${folder} was made by another version of Tandem and cannot be read by this one.`
      : `The ${manifestName} in ${folder} is damaged.`,
  );
}

/** Compares every file that the manifest names with its hash; throws at the first that differs. */
export async function checkFiles(folder: string, manifest: Manifest): Promise<void> {
  for (const file of manifest.files) {
    const sum = await hashOf(join(folder, file.path)).catch(() => undefined);
    if (sum === undefined) throw new OperatorError(`The backup is not complete: ${file.path} is missing.`);
    if (sum !== file.sha256) throw new OperatorError(`The backup is damaged: ${file.path} is not as it was written.`);
  }
}

/** SHA-256 of a file, hexadecimal. */
export async function hashOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(path), sum);
  return sum.digest('hex');
}

/** Forces a file or folder to disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
