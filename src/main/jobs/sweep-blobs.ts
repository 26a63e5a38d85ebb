import { livingDocuments } from '../../modules/documents/index.ts';
import { openBlobFolder } from '../../platform/blobs/index.ts';
import { listBlobFolder } from '../../platform/blobs/list-folder.ts';
import type { JobServices } from './job-services.ts';

/** A blob is stored before the row that names it; no upload takes a day. */
const patienceMs = 24 * 3_600_000;
const portion = 500;
/** From this many on, a folder in which most blobs belong to nothing is another database's folder: hands off. */
const suspicious = 100;

/** Every night: removes blobs that no document names any more, and what was made from them. */
export const sweepBlobs = (services: JobServices) => async (): Promise<void> => {
  for (const folder of [services.blobFolder, services.derivedFolder]) {
    const { seen, orphans } = await findOrphans(services, folder);
    if (orphans.length >= suspicious && orphans.length * 2 > seen) {
      services.log.error(
        { seen, orphans: orphans.length },
        'most blobs belong to no document of this database; none was removed',
      );
      continue;
    }
    const store = openBlobFolder(folder);
    for (const name of orphans) await store.remove(name);
    if (orphans.length > 0)
      services.log.info({ seen, removed: orphans.length }, 'blobs without a document were removed');
  }
};

/** Names are `<Jobcenter>/<part>/<document>`, with `.<what>` behind it for things made from the document. */
const place = /^([0-9a-f-]{36})\/[0-9a-f]{8}\/([0-9a-f-]{36})(?:\..+)?$/;

async function findOrphans(services: JobServices, folder: string): Promise<{ seen: number; orphans: string[] }> {
  const known = new Set((await services.directory.all()).map((jobcenter) => jobcenter.id));
  const before = services.clock.now().getTime() - patienceMs;
  const orphans: string[] = [];
  let seen = 0;
  let waiting: { name: string; jobcenterId: string; documentId: string }[] = [];
  const judge = async (): Promise<void> => {
    for (const [jobcenterId, blobs] of Map.groupBy(waiting, (blob) => blob.jobcenterId)) {
      const living = await services.database.tenant(jobcenterId, (tx) =>
        livingDocuments(tx, [...new Set(blobs.map((blob) => blob.documentId))]),
      );
      orphans.push(...blobs.filter((blob) => !living.has(blob.documentId)).map((blob) => blob.name));
    }
    waiting = [];
  };
  for await (const { name, changedAt } of listBlobFolder(folder)) {
    const [, jobcenterId = '', documentId = ''] = place.exec(name) ?? [];
    if (!known.has(jobcenterId) || changedAt.getTime() > before) continue;
    seen += 1;
    waiting.push({ name, jobcenterId, documentId });
    if (waiting.length >= portion) await judge();
  }
  await judge();
  return { seen, orphans };
}
