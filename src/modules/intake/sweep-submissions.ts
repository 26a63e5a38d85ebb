import { lowestId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/database/index.ts';
import { unsortedCases } from '../cases/index.ts';
import type { IntakeTables } from './submission.ts';

/** A submission younger than this may still be waiting for its turn. */
const patienceMs = 5 * 60_000;
const portion = 500;

/**
 * Announces again the sorting of submissions of the last `days` that nobody has been told to look at after five minutes;
 * gives how many. Ids grow with time, so the walk follows the primary key.
 */
export async function enqueueUnsorted(tx: Tx, days: number): Promise<number> {
  const until = lowestId(new Date(tx.now.getTime() - patienceMs));
  let after = lowestId(new Date(tx.now.getTime() - days * 86_400_000));
  for (let found = 0; ; ) {
    const rows = await tx
      .tables<IntakeTables>()
      .selectFrom('submission')
      .select(['id', 'case_id'])
      .where('id', '>', after)
      .where('id', '<', until)
      .orderBy('id')
      .limit(portion)
      .execute();
    const unsorted = await unsortedCases(
      tx,
      rows.map((row) => row.case_id),
    );
    for (const { id } of rows.filter((row) => unsorted.has(row.case_id))) {
      await tx.enqueue('sort-submission', { jobcenterId: tx.jobcenterId, submissionId: id }, { jobKey: `sort ${id}` });
      found += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < portion) return found;
    after = last.id;
  }
}
