import { hashPassword, open, type Secret, seal } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';

/** `clerk` works on the cases of the own teams, `lead` on all cases of the Jobcenter. */
export const roles = ['clerk', 'lead'] as const;
export type Role = (typeof roles)[number];

export type Staff = {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
};
export type NewStaff = {
  readonly id?: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly totpSecret: string;
  readonly teamIds: readonly string[];
};

export type StaffTables = {
  staff: {
    id: string;
    login: string;
    name: string;
    role: string;
    password_hash: string;
    totp_secret: Buffer | null;
    totp_last_step: number;
    created_at: Date;
    disabled_at: Date | null;
  };
  staff_team: { staff_id: string; team_id: string; since: Date };
};

const context = (staffId: string): string => `totp ${staffId}`;
export const sealTotp = (key: Secret, staffId: string, secret: string): Buffer =>
  seal(key, Buffer.from(secret), context(staffId));
export const openTotp = (key: Secret, staffId: string, sealed: Buffer): string =>
  open(key, sealed, context(staffId)).toString();

/** Adds a member of staff. Logins are lower case and unique within the Jobcenter. `key` seals the TOTP secret. */
export async function addStaff(
  tx: Tx,
  key: Secret,
  staff: NewStaff,
): Promise<{ kind: 'added'; id: string } | { kind: 'exists' }> {
  const db = tx.tables<StaffTables>();
  const id = staff.id ?? tx.newId();
  const added = await db
    .insertInto('staff')
    .values({
      id,
      login: staff.login.toLowerCase(),
      name: staff.name,
      role: staff.role,
      password_hash: await hashPassword(staff.password),
      totp_secret: sealTotp(key, id, staff.totpSecret),
      totp_last_step: 0,
      created_at: tx.now,
      disabled_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) return { kind: 'exists' };
  for (const teamId of staff.teamIds)
    await db.insertInto('staff_team').values({ staff_id: id, team_id: teamId, since: tx.now }).execute();
  return { kind: 'added', id };
}

/** Teams a member of staff works in. */
export async function teamsOf(tx: Tx, staffId: string): Promise<string[]> {
  const rows = await tx
    .tables<StaffTables>()
    .selectFrom('staff_team')
    .select('team_id')
    .where('staff_id', '=', staffId)
    .execute();
  return rows.map((row) => row.team_id);
}

/** An active member of staff by id. */
export async function findStaff(tx: Tx, id: string): Promise<Staff | undefined> {
  const row = await tx
    .tables<StaffTables>()
    .selectFrom('staff')
    .select(['id', 'login', 'name', 'role'])
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, role: row.role as Role, teamIds: await teamsOf(tx, id) };
}

/** What signing in needs to know of a login. */
export const staffByLogin = (tx: Tx, login: string) =>
  tx
    .tables<StaffTables>()
    .selectFrom('staff')
    .select(['id', 'name', 'password_hash', 'totp_secret', 'totp_last_step'])
    .where('login', '=', login.toLowerCase())
    .where('disabled_at', 'is', null)
    .executeTakeFirst();

/** Active staff, by name: for choosing an assignee. */
export const allStaff = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx
    .tables<StaffTables>()
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .execute();

/** A login as the operator sees it. */
export type StaffLogin = {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly disabledAt: Date | null;
};

/** All logins of the Jobcenter, also those taken out of use: for the operator. */
export const staffLogins = (tx: Tx): Promise<StaffLogin[]> =>
  tx
    .tables<StaffTables>()
    .selectFrom('staff')
    .select(['id', 'login', 'name', 'role', 'disabled_at as disabledAt'])
    .orderBy('login')
    .execute();
