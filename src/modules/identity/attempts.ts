import { hmac, type Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';

type AttemptTables = { attempt: { id: string; kind: string; subject: Buffer; at: Date } };

/** So many failed proofs of a kind about a subject in so many minutes, and no more. */
export type Limit = {
  readonly kind: string;
  readonly subject: string;
  readonly most: number;
  readonly minutes: number;
};

/** A try that counts as failed until it is taken back. */
export type Attempt = { readonly ids: readonly string[] };

/** What an attempt was about, as a keyed hash: numbers, logins and addresses are not kept. */
const hashed = (key: Secret, kind: string, subject: string): Buffer => hmac(key, `attempt ${kind} ${subject}`);

/**
 * Begins a try under all the limits, or gives undefined where one of them is reached. It is counted before the proof is looked
 * at, one after the other for each subject: many tries at the same time gain nothing. Where the proof takes long (a password),
 * this runs in a short transaction of its own; `takeBack` when the proof was right.
 */
export async function beginAttempt(tx: Tx, key: Secret, limits: readonly Limit[]): Promise<Attempt | undefined> {
  const counted = limits.map((limit) => ({ ...limit, subject: hashed(key, limit.kind, limit.subject) }));
  // In one order for everybody, so that two never wait for each other.
  for (const lock of counted.map(({ subject }) => subject.toString('hex')).toSorted())
    await tx.raw('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
  for (const limit of counted) if ((await countAttempts(tx, limit)) >= limit.most) return undefined;
  const rows = counted.map(({ kind, subject }) => ({ id: tx.newId(), kind, subject, at: tx.now }));
  await tx.tables<AttemptTables>().insertInto('attempt').values(rows).execute();
  return { ids: rows.map((row) => row.id) };
}

async function countAttempts(tx: Tx, limit: Pick<Limit, 'kind' | 'minutes'> & { subject: Buffer }): Promise<number> {
  const row = await tx
    .tables<AttemptTables>()
    .selectFrom('attempt')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('kind', '=', limit.kind)
    .where('subject', '=', limit.subject)
    .where('at', '>', new Date(tx.now.getTime() - limit.minutes * 60_000))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The proof was right: the try did not fail. */
export async function takeBack(tx: Tx, { ids }: Attempt): Promise<void> {
  await tx
    .tables<AttemptTables>()
    .deleteFrom('attempt')
    .where('id', 'in', [...ids])
    .execute();
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
