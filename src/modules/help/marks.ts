import type { Tx } from '../../platform/database/index.ts';

type HelpTables = {
  news_seen: { staff_id: string; entry: string; seen_at: Date };
  tour_tick: { staff_id: string; task: string; ticked_at: Date };
};

/** Which entries of what is new somebody has seen, by their names. */
export async function seenNews(tx: Tx, staffId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .tables<HelpTables>()
    .selectFrom('news_seen')
    .select('entry')
    .where('staff_id', '=', staffId)
    .execute();
  return new Set(rows.map((row) => row.entry));
}

/** Keeps that somebody has seen entries; those seen before stay as they are. */
export async function markNewsSeen(tx: Tx, staffId: string, entries: readonly string[]): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .tables<HelpTables>()
    .insertInto('news_seen')
    .values(entries.map((entry) => ({ staff_id: staffId, entry, seen_at: tx.now })))
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The tasks of the first week that somebody has ticked, each with when. Nobody else is ever shown them. */
export async function tickedTasks(tx: Tx, staffId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .tables<HelpTables>()
    .selectFrom('tour_tick')
    .select(['task', 'ticked_at'])
    .where('staff_id', '=', staffId)
    .execute();
  return new Map(rows.map((row) => [row.task, row.ticked_at]));
}

/** Ticks a task, or takes the tick back; both can be repeated. */
export async function tickTask(tx: Tx, staffId: string, task: string, done: boolean): Promise<void> {
  const db = tx.tables<HelpTables>();
  if (done)
    await db
      .insertInto('tour_tick')
      .values({ staff_id: staffId, task, ticked_at: tx.now })
      .onConflict((c) => c.doNothing())
      .execute();
  else await db.deleteFrom('tour_tick').where('staff_id', '=', staffId).where('task', '=', task).execute();
}
