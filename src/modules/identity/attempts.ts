import { hmac, type Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';

type AttemptTables = { attempt: { id: string; kind: string; subject: Buffer; at: Date } };

/** What an attempt was about, as a keyed hash: numbers, logins and addresses are not kept. */
const hashed = (key: Secret, kind: string, subject: string): Buffer => hmac(key, `attempt ${kind} ${subject}`);

/** Notes one failed proof. Runs in a transaction of its own, so that it stays when the request ends in refusal. */
export async function recordAttempt(tx: Tx, key: Secret, kind: string, subject: string): Promise<void> {
  await tx
    .tables<AttemptTables>()
    .insertInto('attempt')
    .values({ id: tx.newId(), kind, subject: hashed(key, kind, subject), at: tx.now })
    .execute();
}

/** Failed proofs in the last `minutes`. */
export async function countAttempts(
  tx: Tx,
  key: Secret,
  kind: string,
  subject: string,
  minutes: number,
): Promise<number> {
  const row = await tx
    .tables<AttemptTables>()
    .selectFrom('attempt')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('kind', '=', kind)
    .where('subject', '=', hashed(key, kind, subject))
    .where('at', '>', new Date(tx.now.getTime() - minutes * 60_000))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Forgets the failed proofs of a subject after it proved itself. */
export async function clearAttempts(tx: Tx, key: Secret, kind: string, subject: string): Promise<void> {
  await tx
    .tables<AttemptTables>()
    .deleteFrom('attempt')
    .where('kind', '=', kind)
    .where('subject', '=', hashed(key, kind, subject))
    .execute();
}

export type Limit = {
  readonly kind: string;
  readonly subject: string;
  readonly most: number;
  readonly minutes: number;
};

/** True when any of the limits is reached. */
export async function throttled(tx: Tx, key: Secret, limits: readonly Limit[]): Promise<boolean> {
  for (const { kind, subject, most, minutes } of limits)
    if ((await countAttempts(tx, key, kind, subject, minutes)) >= most) return true;
  return false;
}
