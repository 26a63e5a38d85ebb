import type { Database } from '../database/index.ts';

/** The channel on which processes tell each other what changed. */
export const liveChannel = 'tandem_live';

/** Quiet time between two notifications of one process: NOTIFY takes a lock on the whole server for a moment. */
const quietMs = 50;
/** A payload holds less than 8,000 bytes: so many ids with their blanks. */
const portion = 150;

/**
 * Tells all processes what committed transactions touched: set it as `database.onTouched`. At once, then gathered every 50 ms, in a
 * statement of its own after the commit, so that writers never wait for each other's notifications. A notification that is lost
 * is no loss of data: open pages compare what they show every few seconds.
 */
export function createLiveBell(database: Pick<Database, 'shared'>): (topics: readonly string[]) => void {
  const waiting = new Set<string>();
  let quiet = false;
  const tell = (): void => {
    if (waiting.size === 0) return;
    const topics = [...waiting].slice(0, portion);
    for (const topic of topics) waiting.delete(topic);
    quiet = true;
    database.shared(`select pg_notify('${liveChannel}', $1)`, [topics.join(' ')]).catch(() => undefined);
    setTimeout(() => {
      quiet = false;
      tell();
    }, quietMs).unref();
  };
  return (topics) => {
    for (const topic of topics) waiting.add(topic);
    if (!quiet) tell();
  };
}
