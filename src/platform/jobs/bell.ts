import type { Database } from '../database/index.ts';
import { outboxChannel } from './outbox.ts';

/** Quiet time between two rings: NOTIFY takes a lock on the whole server for a moment, so a busy hour must not ring for each row. */
const quietMs = 100;

/**
 * Makes the bell that wakes the workers after a commit that announced work: set it as `database.onEnqueued`. It rings at
 * once, then at most once per 100 ms, in a statement of its own. A ring that fails is no loss: workers look every two seconds.
 */
export function createOutboxBell(database: Pick<Database, 'shared'>): () => void {
  let quiet = false;
  let again = false;
  const ring = (): void => {
    if (quiet) {
      again = true;
      return;
    }
    quiet = true;
    again = false;
    database.shared(`notify ${outboxChannel}`).catch(() => undefined);
    setTimeout(() => {
      quiet = false;
      if (again) ring();
    }, quietMs).unref();
  };
  return ring;
}
