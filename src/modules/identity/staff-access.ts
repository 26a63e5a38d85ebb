import { hashPassword, type Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { removePasskeysOf } from './passkeys.ts';
import { endSessionsOf } from './session.ts';
import { type StaffTables, sealTotp } from './staff.ts';

/** Gives a member of staff a new password and second factor. Sessions end, and passkeys go: a lost phone may hold one. */
export async function resetCredentials(
  tx: Tx,
  key: Secret,
  staffId: string,
  credentials: { readonly password: string; readonly totpSecret: string },
): Promise<void> {
  const set = {
    password_hash: await hashPassword(credentials.password),
    totp_secret: sealTotp(key, staffId, credentials.totpSecret),
    totp_last_step: 0,
  };
  await tx.tables<StaffTables>().updateTable('staff').set(set).where('id', '=', staffId).execute();
  await removePasskeysOf(tx, staffId);
  await endSessionsOf(tx, staffId);
}

/** Takes a login out of use at once, open windows included. What the person did stays theirs; their cases keep their name. */
export async function disableStaff(tx: Tx, staffId: string): Promise<void> {
  await setDisabled(tx, staffId, tx.now);
  await endSessionsOf(tx, staffId);
}

/** Lets a login work again, with the credentials it had. */
export const enableStaff = (tx: Tx, staffId: string): Promise<void> => setDisabled(tx, staffId, null);

async function setDisabled(tx: Tx, staffId: string, at: Date | null): Promise<void> {
  await tx.tables<StaffTables>().updateTable('staff').set({ disabled_at: at }).where('id', '=', staffId).execute();
}
