import { dayInGermany } from '../../kernel/dates.ts';
import type { Database, Tx } from '../../platform/database/index.ts';
import { codesOn, inkOn, inspect, type MediaType } from '../../platform/media/index.ts';
import { type PageFailure, type PageReading, readPages } from '../../platform/reading/index.ts';
import { type DocumentVault, findDocument } from '../documents/index.ts';
import { type BatchProblem, mostPages, type PostTables } from './batch.ts';
import { makeLetters, type Office } from './make-letters.ts';
import { marksOf } from './marks.ts';
import { keepPage } from './page-store.ts';

/** What reading batches works with. */
export type ScanServices = { readonly database: Database; readonly vault: DocumentVault; readonly ownName: string };

/** Pages of one piece of work: after it other batches have their turn, and a kill loses no more than the page at hand. */
const portion = 5;

type Waiting = {
  readonly id: string;
  readonly documentId: string;
  readonly mediaType: MediaType;
  readonly arrived: boolean;
};

/**
 * Reads a portion of the oldest batch that waits: looks at the file, then page by page, each in a transaction of its own, and
 * makes letters of what is read. Gives true while there is more to do. Whatever is killed in the middle goes on with the first
 * page that is not read.
 */
export async function readScans(services: ScanServices, jobcenterId: string): Promise<boolean> {
  const batch = await services.database.tenant(jobcenterId, nextBatch);
  if (batch === undefined) return false;
  const bytes = await services.database.tenant(jobcenterId, (tx) => services.vault.read(tx, batch.documentId));
  if (bytes === undefined) {
    await endAsProblem(services, jobcenterId, batch.id, 'broken'); // the document was erased
    return true;
  }
  if (batch.arrived) await lookAt(services, jobcenterId, batch, bytes);
  else await readPortion(services, jobcenterId, batch, bytes);
  return true;
}

async function nextBatch(tx: Tx): Promise<Waiting | undefined> {
  const row = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(['id', 'document_id', 'state'])
    .where('state', 'in', ['arrived', 'reading'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const document = row?.document_id ? await findDocument(tx, row.document_id) : undefined;
  if (row === undefined || document === undefined) return undefined;
  const mediaType = document.mediaType as MediaType;
  return { id: row.id, documentId: document.id, mediaType, arrived: row.state === 'arrived' };
}

/** Is it what it says, and how many pages has it? */
async function lookAt(services: ScanServices, jobcenterId: string, batch: Waiting, bytes: Buffer): Promise<void> {
  const found = await inspect(bytes);
  if (!found.ok) return endAsProblem(services, jobcenterId, batch.id, found.reason);
  if (found.pages > mostPages) return endAsProblem(services, jobcenterId, batch.id, 'too-many-pages');
  await services.database.tenant(jobcenterId, async (tx) => {
    const db = tx.tables<PostTables>();
    const rows = Array.from({ length: found.pages }, (_, index) => ({
      batch_id: batch.id,
      page: index + 1,
      state: 'waiting' as const,
    }));
    await db
      .insertInto('scan_page')
      .values(rows as never)
      .onConflict((c) => c.doNothing())
      .execute();
    await db
      .updateTable('scan_batch')
      .set({ state: 'reading', pages: found.pages })
      .where('id', '=', batch.id)
      .where('state', '=', 'arrived')
      .execute();
  });
}

const endAsProblem = (services: ScanServices, jobcenterId: string, batchId: string, problem: BatchProblem) =>
  services.database.tenant(jobcenterId, async (tx) => {
    await tx
      .tables<PostTables>()
      .updateTable('scan_batch')
      .set({ state: 'problem', problem })
      .where('id', '=', batchId)
      .where('state', 'in', ['arrived', 'reading'])
      .execute();
  });

async function readPortion(services: ScanServices, jobcenterId: string, batch: Waiting, bytes: Buffer): Promise<void> {
  const { database } = services;
  const waiting = await database.tenant(jobcenterId, (tx) => waitingPages(tx, batch.id));
  const [from, to] = [waiting[0], waiting.at(-1)];
  if (from !== undefined && to !== undefined) {
    const left = new Set(waiting);
    for await (const result of readPages(bytes, batch.mediaType, { from, to })) {
      if (!left.delete(result.page)) continue;
      await keepResult(services, jobcenterId, batch, result);
    }
    for (const page of left) await keepResult(services, jobcenterId, batch, { page, failed: 'broken' });
  }
  await database.tenant(jobcenterId, async (tx) => {
    const office: Office = { store: services.vault, ownName: services.ownName, today: dayInGermany(tx.now) };
    await makeLetters(tx, office, batch.id);
    if ((await waitingPages(tx, batch.id)).length > 0) return;
    await tx
      .tables<PostTables>()
      .updateTable('scan_batch')
      .set({ state: 'ready' })
      .where('id', '=', batch.id)
      .where('state', '=', 'reading')
      .execute();
  });
}

/** The first pages that wait, without a gap, at most a portion of them. */
async function waitingPages(tx: Tx, batchId: string): Promise<number[]> {
  const rows = await tx
    .tables<PostTables>()
    .selectFrom('scan_page')
    .select('page')
    .where('batch_id', '=', batchId)
    .where('state', '=', 'waiting')
    .orderBy('page')
    .limit(portion)
    .execute();
  const pages = rows.map((row) => row.page);
  return pages.filter((page, index) => page === (pages[0] ?? 0) + index);
}

/** Print on less than this part of a page may be dirt. */
const dirt = 0.0002;

/** Two must agree that a side is blank: what is folded away is easily overlooked, and four lines of a letter cover very little. */
const hasNoPrint = async (picture: Uint8Array): Promise<boolean> => ((await inkOn(picture, 'image/jpeg')) ?? 1) < dirt;

async function keepResult(
  services: ScanServices,
  jobcenterId: string,
  batch: Waiting,
  result: PageReading | PageFailure,
): Promise<void> {
  const codes = 'failed' in result ? [] : await codesOn(result.picture, 'image/jpeg');
  const empty = !('failed' in result) && result.blank && codes.length === 0 && (await hasNoPrint(result.picture));
  await services.database.tenant(jobcenterId, async (tx) => {
    const change =
      'failed' in result
        ? { state: 'failed' as const, failure: result.failed }
        : await readChange(services, tx, batch.documentId, result, codes, empty);
    await tx
      .tables<PostTables>()
      .updateTable('scan_page')
      .set(change)
      .where('batch_id', '=', batch.id)
      .where('page', '=', result.page)
      .where('state', '=', 'waiting')
      .execute();
  });
}

async function readChange(
  services: ScanServices,
  tx: Tx,
  documentId: string,
  result: PageReading,
  codes: readonly string[],
  empty: boolean,
) {
  const { separator, marks } = await marksOf(tx, result, codes);
  await keepPage(tx, services.vault, documentId, result);
  return {
    state: 'read' as const,
    width: result.width,
    height: result.height,
    turned: result.turned,
    blank: empty && result.words.length === 0,
    separator,
    signs: JSON.stringify(marks),
  };
}
