import { lstat, readdir, readFile, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { endedBatches, eraseBatch, isErasedScan, mostBytes } from '../../modules/post/index.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { forEachJobcenter, type JobServices } from './job-services.ts';

const actor = { kind: 'system', name: 'erase-scans' } as const;
const portion = 100;
const dayMs = 86_400_000;
const zero = '00000000-0000-0000-0000-000000000000';

/**
 * Every night: deletes the files of stacks whose letters were all filed so many days ago, first the sealed one with everything made
 * from it, then the scanner's copy in `done`. Killed anywhere in between, the next night goes on: which copies may go is asked anew.
 */
export const eraseScans = (services: JobServices) => (): Promise<void> =>
  forEachJobcenter(services, async (jobcenter) => {
    const batches = await eraseEnded(services, jobcenter.id);
    const copies = services.scanFolder === undefined ? 0 : await removeCopies(services, jobcenter, services.scanFolder);
    if (batches + copies > 0)
      services.log.info({ jobcenter: jobcenter.key, batches, copies }, 'scans of filed letters were deleted');
  });

async function eraseEnded(services: JobServices, jobcenterId: string): Promise<number> {
  const { database, scanKeepDays } = services;
  let erased = 0;
  for (let after = zero; ; ) {
    const ids = await database.tenant(jobcenterId, (tx) => endedBatches(tx, after, portion));
    for (const id of ids) {
      const blob = await database.tenant(jobcenterId, (tx) => eraseBatch(tx, actor, id, scanKeepDays));
      if (blob === undefined) continue;
      await services.blobs.remove(blob);
      await removeDerived(services.derivedFolder, blob);
      erased += 1;
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < portion) return erased;
    after = last;
  }
}

/** Words and pictures of the pages lie beside each other under the name of the file, with a dot behind it. */
export async function removeDerived(folder: string, blob: string): Promise<void> {
  const place = join(folder, dirname(blob));
  const names = await readdir(place).catch(() => []); // nothing was made from it
  for (const name of names) if (name.startsWith(`${basename(blob)}.`)) await unlink(join(place, name));
}

/** Copies in `done`, below the folder of the Jobcenter and of each team; what is no copy of a deleted stack stays. */
async function removeCopies(services: JobServices, { id, key }: Jobcenter, scanFolder: string): Promise<number> {
  const root = join(scanFolder, key);
  const before = services.clock.now().getTime() - services.scanKeepDays * dayMs;
  let removed = 0;
  for (const folder of ['', ...(await readdir(root).catch(() => []))]) {
    const done = join(root, folder, 'done');
    for (const name of await readdir(done).catch(() => [])) {
      const path = join(done, name);
      const stats = await lstat(path).catch(() => undefined);
      if (!stats?.isFile() || stats.mtimeMs > before || stats.size > mostBytes) continue;
      const hash = sha256(await readFile(path));
      if (!(await services.database.tenant(id, (tx) => isErasedScan(tx, hash)))) continue;
      await unlink(path);
      removed += 1;
    }
  }
  return removed;
}
