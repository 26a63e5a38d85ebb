import type { Tx } from '../../platform/database/index.ts';
import type { IntakeTables } from './submission.ts';

/** No program retries a request after three months; a key may be used anew then. */
const keptDays = 90;

/** Whoever fills a demonstration remembers for ever what is there: its submissions lie in the past, and it looks at every start. */
const remembers = 'seed';

/** Forgets idempotency keys older than 90 days; gives how many. */
export async function forgetCommands(tx: Tx): Promise<number> {
  const { numDeletedRows } = await tx
    .tables<IntakeTables>()
    .deleteFrom('command')
    .where('actor_id', '!=', remembers)
    .where('at', '<', new Date(tx.now.getTime() - keptDays * 86_400_000))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
