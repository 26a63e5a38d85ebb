import { hashPassword, randomToken, type Secret, sha256, verifyPassword } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { openTotp, type Role, type Staff, type StaffTables, staffByLogin, teamsOf } from './staff.ts';
import { type StandIn, standInsOf } from './substitution.ts';
import { totpStep } from './totp.ts';

/** Who is signed in, and for whom they stand in at this moment. */
export type SignedIn = Staff & { readonly standsFor: readonly StandIn[] };
export type Session = { readonly id: string; readonly staff: SignedIn; readonly secondFactor: boolean };

type SessionTables = StaffTables & {
  staff_session: {
    id: string;
    token_hash: Buffer;
    staff_id: string;
    created_at: Date;
    second_factor_at: Date | null;
    challenge: string | null;
    last_seen_at: Date;
    expires_at: Date;
    ended_at: Date | null;
  };
};

const workingDay = 12 * 3_600_000;
const idle = 2 * 3_600_000;
let decoy: Promise<string> | undefined;

/** First factor: gives a session token when the password is right; the session may do nothing before its second factor. */
export async function signIn(
  tx: Tx,
  input: { readonly login: string; readonly password: string },
): Promise<{ kind: 'first-factor'; token: string; staffId: string } | { kind: 'refused' }> {
  const staff = await staffByLogin(tx, input.login);
  decoy ??= hashPassword(randomToken());
  const right = await verifyPassword(staff?.password_hash ?? (await decoy), input.password); // the same time for unknown logins
  if (staff === undefined || !right) return { kind: 'refused' };
  return { kind: 'first-factor', token: await newSession(tx, staff.id, null), staffId: staff.id };
}

/** Opens a session that has shown both factors at `secondFactorAt`, or waits for the second one; gives its token. */
export async function newSession(tx: Tx, staffId: string, secondFactorAt: Date | null): Promise<string> {
  const token = randomToken();
  await tx
    .tables<SessionTables>()
    .insertInto('staff_session')
    .values({
      id: tx.newId(),
      token_hash: sha256(token),
      staff_id: staffId,
      created_at: tx.now,
      second_factor_at: secondFactorAt,
      challenge: null,
      last_seen_at: tx.now,
      expires_at: new Date(tx.now.getTime() + workingDay),
      ended_at: null,
    })
    .execute();
  return token;
}

/**
 * The running session of a token: ends after twelve hours, or two without use. Only seen-at is written, once a minute; with `quiet`
 * not even that: what a page does by itself is no use of it.
 */
export async function findSession(tx: Tx, token: string, quiet = false): Promise<Session | undefined> {
  const db = tx.tables<SessionTables>();
  const row = await db
    .selectFrom('staff_session as s')
    .innerJoin('staff as p', 'p.id', 's.staff_id')
    .select(['s.id', 's.second_factor_at', 's.last_seen_at', 'p.id as staff_id', 'p.login', 'p.name', 'p.role'])
    .where('s.token_hash', '=', sha256(token))
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', tx.now)
    .where('s.last_seen_at', '>', new Date(tx.now.getTime() - idle))
    .where('p.disabled_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (!quiet && tx.now.getTime() - row.last_seen_at.getTime() > 60_000)
    await db.updateTable('staff_session').set({ last_seen_at: tx.now }).where('id', '=', row.id).execute();
  const staff = {
    id: row.staff_id,
    login: row.login,
    name: row.name,
    role: row.role as Role,
    teamIds: await teamsOf(tx, row.staff_id),
    standsFor: await standInsOf(tx, row.staff_id),
  };
  return { id: row.id, staff, secondFactor: row.second_factor_at !== null };
}

/** A session that runs, for what is kept of it outside the database: the hash of its token, whose it is, and when it ends at the latest. */
export type RunningSession = { readonly tokenHash: Buffer; readonly staff: SignedIn; readonly expiresAt: Date };

/** Every session with both factors that runs now, of people who are not locked out. */
export async function runningSessions(tx: Tx): Promise<RunningSession[]> {
  const rows = await tx
    .tables<SessionTables>()
    .selectFrom('staff_session as s')
    .innerJoin('staff as p', 'p.id', 's.staff_id')
    .select(['s.token_hash', 's.expires_at', 'p.id', 'p.login', 'p.name', 'p.role'])
    .where('s.ended_at', 'is', null)
    .where('s.second_factor_at', 'is not', null)
    .where('s.expires_at', '>', tx.now)
    .where('s.last_seen_at', '>', new Date(tx.now.getTime() - idle))
    .where('p.disabled_at', 'is', null)
    .execute();
  const running: RunningSession[] = [];
  for (const { token_hash: tokenHash, expires_at: expiresAt, role, ...person } of rows) {
    const staff = {
      ...person,
      role: role as Role,
      teamIds: await teamsOf(tx, person.id),
      standsFor: await standInsOf(tx, person.id),
    };
    running.push({ tokenHash, expiresAt, staff });
  }
  return running;
}

/** For so long after its last use an expired session still says whose it was: what its owner had typed is kept for them. */
const rememberedMs = 3 * 86_400_000;

/**
 * Whose session it was, when it had both factors and has run out by itself. It opens nothing any more; it only tells for whom a form
 * that was sent too late is kept. Sessions that somebody ended say nothing.
 */
export async function expiredSessionOf(tx: Tx, token: string): Promise<{ readonly staffId: string } | undefined> {
  return tx
    .tables<SessionTables>()
    .selectFrom('staff_session as s')
    .innerJoin('staff as p', 'p.id', 's.staff_id')
    .select('p.id as staffId')
    .where('s.token_hash', '=', sha256(token))
    .where('s.ended_at', 'is', null)
    .where('s.second_factor_at', 'is not', null)
    .where('s.last_seen_at', '>', new Date(tx.now.getTime() - rememberedMs))
    .where('p.disabled_at', 'is', null)
    .executeTakeFirst();
}

/** Second factor by authenticator app: a code counts once, also for somebody who looked over the shoulder. */
export async function confirmSecondFactor(
  tx: Tx,
  key: Secret,
  session: Session,
  proof: { readonly code: string } | { readonly passkey: true },
): Promise<'confirmed' | 'refused'> {
  const db = tx.tables<SessionTables>();
  if ('code' in proof) {
    const staff = await db
      .selectFrom('staff')
      .select(['id', 'totp_secret', 'totp_last_step'])
      .where('id', '=', session.staff.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const step =
      staff.totp_secret === null ? undefined : totpStep(openTotp(key, staff.id, staff.totp_secret), proof.code, tx.now);
    if (step === undefined || step <= Number(staff.totp_last_step)) return 'refused';
    await db.updateTable('staff').set({ totp_last_step: step }).where('id', '=', staff.id).execute();
  }
  await db.updateTable('staff_session').set({ second_factor_at: tx.now }).where('id', '=', session.id).execute();
  return 'confirmed';
}

/** Signs out; a session that has ended already stays so. */
export async function endSession(tx: Tx, sessionId: string): Promise<void> {
  await tx
    .tables<SessionTables>()
    .updateTable('staff_session')
    .set({ ended_at: tx.now })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends every session of a member of staff. */
export async function endSessionsOf(tx: Tx, staffId: string): Promise<void> {
  await tx
    .tables<SessionTables>()
    .updateTable('staff_session')
    .set({ ended_at: tx.now })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Keeps the challenge of a passkey ceremony with the session. */
export async function keepChallenge(tx: Tx, sessionId: string, challenge: string): Promise<void> {
  await tx
    .tables<SessionTables>()
    .updateTable('staff_session')
    .set({ challenge })
    .where('id', '=', sessionId)
    .execute();
}

/** Gives the challenge and forgets it: it serves once. */
export async function takeChallenge(tx: Tx, sessionId: string): Promise<string | undefined> {
  const db = tx.tables<SessionTables>();
  const row = await db
    .selectFrom('staff_session')
    .select('challenge')
    .where('id', '=', sessionId)
    .forUpdate()
    .executeTakeFirst();
  await db.updateTable('staff_session').set({ challenge: null }).where('id', '=', sessionId).execute();
  return row?.challenge ?? undefined;
}
