import type { Tx } from '../../platform/database/index.ts';

/** Failed proofs are needed for the throttle only, whose longest look back is one day (data minimisation, Art. 5 (1) e DSGVO). */
const keptDays = 2;

/** Forgets failed proofs older than two days; gives how many. */
export async function forgetAttempts(tx: Tx): Promise<number> {
  const { numDeletedRows } = await tx
    .tables<{ attempt: { at: Date } }>()
    .deleteFrom('attempt')
    .where('at', '<', new Date(tx.now.getTime() - keptDays * 86_400_000))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
