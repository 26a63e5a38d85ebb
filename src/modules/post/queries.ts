import { sql } from 'kysely';
import type { Tx } from '../../platform/database/index.ts';
import type { CaseReader } from '../cases/index.ts';
import { batchVisibleTo } from './access.ts';
import { batchColumns, letterColumns, type PostTables, type ScanBatch, type ScanLetter } from './batch.ts';

/** How far a batch is. */
export type BatchProgress = {
  readonly read: number;
  readonly failed: number;
  readonly letters: number;
  readonly open: number;
  readonly aside: number;
  readonly filed: number;
  readonly doubtful: number;
};
/**
 * Where the scanner went on writing into a file that was taken. `earlier`: the batch that holds the beginning of this one. `later`: the batch that holds
 * the whole file, of which this one holds the beginning or says why it could not be taken.
 */
export type GrownFile = { readonly earlier?: string; readonly later?: string };
export type BatchRow = ScanBatch & BatchProgress & GrownFile;

const mostBatches = 100;

/** The newest batches a reader may see. */
export async function listBatches(tx: Tx, reader: CaseReader): Promise<BatchRow[]> {
  const batches = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(batchColumns)
    .where(batchVisibleTo(reader))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostBatches)
    .execute();
  const progress = await progressOf(
    tx,
    batches.map((batch) => batch.id),
  );
  const grown = await grownFiles(tx, batches);
  return batches.map((batch) => ({ ...batch, ...(progress.get(batch.id) ?? nothing), ...grown(batch) }));
}

async function grownFiles(tx: Tx, batches: readonly ScanBatch[]): Promise<(batch: ScanBatch) => GrownFile> {
  if (batches.length === 0) return () => ({});
  const ids = batches.map(({ id }) => id);
  const before = batches.flatMap(({ grownFrom }) => grownFrom ?? []);
  const rows = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(['id', 'grown_from', 'problem'])
    .where((eb) => eb.or([eb('grown_from', 'in', ids), ...(before.length === 0 ? [] : [eb('id', 'in', before)])]))
    .orderBy('id')
    .execute();
  return ({ id, grownFrom }) => {
    const later = rows.findLast((row) => row.grown_from === id)?.id;
    const earlier = rows.find((row) => row.id === grownFrom && row.problem === null)?.id;
    return { ...(earlier === undefined ? {} : { earlier }), ...(later === undefined ? {} : { later }) };
  };
}

const nothing: BatchProgress = { read: 0, failed: 0, letters: 0, open: 0, aside: 0, filed: 0, doubtful: 0 };

/** A batch the reader may see, with how far it is. */
export async function findBatch(tx: Tx, reader: CaseReader, id: string): Promise<BatchRow | undefined> {
  const batch = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(batchColumns)
    .where('id', '=', id)
    .where(batchVisibleTo(reader))
    .executeTakeFirst();
  if (batch === undefined) return undefined;
  const grown = await grownFiles(tx, [batch]);
  return { ...batch, ...((await progressOf(tx, [id])).get(id) ?? nothing), ...grown(batch) };
}

async function progressOf(tx: Tx, ids: readonly string[]): Promise<Map<string, BatchProgress>> {
  if (ids.length === 0) return new Map();
  const db = tx.tables<PostTables>();
  const pages = await db
    .selectFrom('scan_page')
    .select(['batch_id', 'state'])
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('batch_id', 'in', [...ids])
    .where('state', '!=', 'waiting')
    .groupBy(['batch_id', 'state'])
    .execute();
  const letters = await db
    .selectFrom('scan_letter')
    .select(['batch_id', 'state'])
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .select(sql<number>`count(*) filter (where cardinality(doubts) > 0)`.as('doubtful'))
    .where('batch_id', 'in', [...ids])
    .groupBy(['batch_id', 'state'])
    .execute();
  return new Map(
    ids.map((id) => {
      const of = (state: string): number =>
        Number(letters.find((row) => row.batch_id === id && row.state === state)?.n ?? 0);
      const own = pages.filter((row) => row.batch_id === id);
      const failed = Number(own.find((row) => row.state === 'failed')?.n ?? 0);
      const read = own.reduce((sum, row) => sum + Number(row.n), 0);
      const doubtful = letters
        .filter((row) => row.batch_id === id && row.state !== 'filed' && row.state !== 'returned')
        .reduce((sum, row) => sum + Number(row.doubtful), 0);
      const counts = { open: of('open'), aside: of('aside'), filed: of('filed') + of('returned') };
      return [id, { read, failed, doubtful, ...counts, letters: counts.open + counts.aside + counts.filed }];
    }),
  );
}

/** The letters of a batch in the order of the stack. */
export const lettersOfBatch = (tx: Tx, batchId: string): Promise<ScanLetter[]> =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .select(letterColumns)
    .where('batch_id', '=', batchId)
    .orderBy('position')
    .orderBy('id')
    .execute();

/** A letter the reader may see, with its batch. */
export async function findLetter(
  tx: Tx,
  reader: CaseReader,
  id: string,
): Promise<{ letter: ScanLetter; batch: ScanBatch } | undefined> {
  const letter = await tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .select(letterColumns)
    .where('id', '=', id)
    .executeTakeFirst();
  if (letter === undefined) return undefined;
  const batch = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select(batchColumns)
    .where('id', '=', letter.batchId)
    .where(batchVisibleTo(reader))
    .executeTakeFirst();
  return batch === undefined ? undefined : { letter, batch };
}

/** The next letter of a batch that is open, after a place in the stack; from the top again when none follows. */
export async function nextOpenLetter(tx: Tx, batchId: string, after: number): Promise<ScanLetter | undefined> {
  const open = tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .select(letterColumns)
    .where('batch_id', '=', batchId)
    .where('state', '=', 'open')
    .orderBy('position')
    .limit(1);
  return (await open.where('position', '>', after).executeTakeFirst()) ?? (await open.executeTakeFirst());
}

/** The letter this member of staff filed last in a batch: what "back" takes up again. */
export const lastFiled = (tx: Tx, batchId: string, staffId: string): Promise<ScanLetter | undefined> =>
  tx
    .tables<PostTables>()
    .selectFrom('scan_letter')
    .select(letterColumns)
    .where('batch_id', '=', batchId)
    .where('state', 'in', ['filed', 'returned'])
    .where('filed_by', '=', staffId)
    .orderBy('filed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** How many batches wait to be read. */
export async function unreadBatches(tx: Tx): Promise<number> {
  const rows = await tx
    .tables<PostTables>()
    .selectFrom('scan_batch')
    .select('id')
    .where('state', 'in', ['arrived', 'reading'])
    .execute();
  return rows.length;
}
