import { type Actor, actorId } from '../../kernel/actor.ts';
import { sameBytes } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { IntakeTables } from './submission.ts';

/** What a claim without a submission has as its result. */
const nothing = '00000000-0000-0000-0000-000000000000';

/**
 * Claims the key of a command that is no submission, in the transaction that carries it out: `claimed` the first time,
 * `repeated` when the same request came before, `key-reused` when it was another one. A key in use by a running request
 * makes this one wait; when that one is rolled back, the key is free again.
 */
export async function claimCommand(
  tx: Tx,
  actor: Actor,
  key: string,
  requestHash: Buffer,
): Promise<'claimed' | 'repeated' | 'key-reused'> {
  const db = tx.tables<IntakeTables>();
  const row = { actor_id: actorId(actor), key, request_hash: requestHash, result_id: nothing, at: tx.now };
  const claimed = await db
    .insertInto('command')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (claimed !== undefined) return 'claimed';
  const first = await db
    .selectFrom('command')
    .select('request_hash')
    .where('actor_id', '=', row.actor_id)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return sameBytes(first.request_hash, requestHash) ? 'repeated' : 'key-reused';
}

/** True when a command was carried out: its form is sent, and what was typed into it needs no draft any more. */
export async function wasClaimed(tx: Tx, actor: Actor, key: string): Promise<boolean> {
  const row = await tx
    .tables<IntakeTables>()
    .selectFrom('command')
    .select('key')
    .where('actor_id', '=', actorId(actor))
    .where('key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}
