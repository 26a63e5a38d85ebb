import { addDays, type Day, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { CaseReader } from '../cases/index.ts';
import { batchVisibleTo } from './access.ts';
import { batchColumns, type PostTables, type ScanBatch } from './batch.ts';
import { asideDays, eraseDay } from './erase-batch.ts';

/** So many days before it is deleted, the scan of a letter that lies aside is named to whoever could take the letter up again. */
const warnDays = 30;
const dayMs = 86_400_000;
/** More than that are not named at once: the next ones first. */
const mostEnding = 100;

/** Whether a day comes so soon that it is warned of. */
export const comesSoon = (day: Day, now: Date): boolean => day <= addDays(dayInGermany(now), warnDays);

/**
 * The day from which the scanner's file of each of these batches is deleted, where it is known: by the rule by which the job deletes (`eraseDay`), so
 * that no page can name another one. Of the pages only what the rule asks for is read, once for those that are alike.
 */
export async function eraseDays(
  tx: Tx,
  batches: readonly Pick<ScanBatch, 'id' | 'state' | 'documentId' | 'createdAt'>[],
  keepDays: number,
): Promise<Map<string, Day>> {
  if (batches.length === 0) return new Map();
  const ids = batches.map(({ id }) => id);
  const db = tx.tables<PostTables>();
  const letters = await db
    .selectFrom('scan_letter')
    .select(['id', 'batch_id as batchId', 'state', 'filed_at as filedAt', 'aside_at as asideAt'])
    .where('batch_id', 'in', ids)
    .execute();
  const pages = await db
    .selectFrom('scan_page')
    .select(['batch_id as batchId', 'letter_id as letterId', 'separator', 'blank'])
    .distinct()
    .where('batch_id', 'in', ids)
    .execute();
  const days = new Map<string, Day>();
  for (const batch of batches) {
    const own = ({ batchId }: { batchId: string }): boolean => batchId === batch.id;
    const day = eraseDay(batch, letters.filter(own), pages.filter(own), keepDays);
    if (day !== undefined) days.set(batch.id, day);
  }
  return days;
}

/** A batch whose letters that lie aside lose their pages soon: how many, and from which day. */
export type EndingBatch = { readonly id: string; readonly name: string; readonly aside: number; readonly day: Day };

/**
 * Asks for the batches a reader may see whose letters that lie aside lose their pages within `warnDays`, the next one first. Each condition follows from
 * `eraseDay`, with a day more than needed: stacks that have no day, as one of their letters is open, or a late one take no place.
 */
export function askEnding(tx: Tx, reader: CaseReader, keepDays: number) {
  const before = (days: number): Date => new Date(tx.now.getTime() - (days - warnDays - 1) * dayMs);
  const [lain, kept] = [before(asideDays), before(keepDays)];
  return (
    tx
      .tables<PostTables>()
      .selectFrom('scan_batch')
      .innerJoinLateral(
        (eb) =>
          eb
            .selectFrom('scan_letter')
            .whereRef('scan_letter.batch_id', '=', 'scan_batch.id')
            .where('scan_letter.state', '=', 'aside')
            .where(({ exists, selectFrom }) =>
              exists(
                selectFrom('scan_page')
                  .select('scan_page.page')
                  .whereRef('scan_page.letter_id', '=', 'scan_letter.id')
                  .where('scan_page.blank', '=', false),
              ),
            )
            .select(({ fn }) => [fn.countAll<number>().as('aside'), fn.max('scan_letter.aside_at').as('newest')])
            .as('lying'),
        (join) => join.onTrue(),
      )
      .select(batchColumns)
      .select('lying.aside')
      .where(batchVisibleTo(reader))
      .where('scan_batch.state', '=', 'ready')
      .where('scan_batch.document_id', 'is not', null)
      // No letter was put aside before its stack was there.
      .where('scan_batch.created_at', '<', lain < kept ? lain : kept)
      .where('lying.newest', '<', lain)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('scan_letter')
              .select('scan_letter.id')
              .whereRef('scan_letter.batch_id', '=', 'scan_batch.id')
              .where((eb) => eb.or([eb('scan_letter.state', '=', 'open'), eb('scan_letter.filed_at', '>=', kept)])),
          ),
        ),
      )
      .orderBy('lying.newest')
      .orderBy('scan_batch.id')
      .limit(mostEnding)
  );
}

/**
 * The batches a reader may see with letters that lie aside and lose their pages soon, the next one first. They are older than what the list of batches
 * shows: nobody would come across them.
 */
export async function endingBatches(tx: Tx, reader: CaseReader, keepDays: number): Promise<EndingBatch[]> {
  const rows = await askEnding(tx, reader, keepDays).execute();
  const days = await eraseDays(tx, rows, keepDays);
  return rows
    .flatMap(({ id, name, aside }) => {
      const day = days.get(id);
      return day === undefined || !comesSoon(day, tx.now) ? [] : [{ id, name, aside: Number(aside), day }];
    })
    .toSorted((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
}
