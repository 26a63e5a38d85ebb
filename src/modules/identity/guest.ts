import { randomToken, type Secret } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { newSession } from './session.ts';
import { addStaff, type Role, type StaffTables, staffByLogin } from './staff.ts';
import { newTotpSecret } from './totp.ts';

/**
 * Lets somebody in who has just shown both factors in another Jobcenter of this installation: for practice, where everything is invented.
 * Their login is made on the first visit, with a password and a second factor that nobody knows, so there is no other way to use it;
 * name and role follow the real ones. Gives the token of the session.
 */
export async function openGuestSession(
  tx: Tx,
  key: Secret,
  guest: { readonly login: string; readonly name: string; readonly role: Role; readonly teamIds: readonly string[] },
): Promise<{ readonly token: string; readonly staffId: string }> {
  const known = await staffByLogin(tx, guest.login);
  if (known === undefined) await addStaff(tx, key, { ...guest, password: randomToken(), totpSecret: newTotpSecret() });
  const { id } = await tx
    .tables<StaffTables>()
    .updateTable('staff')
    .set({ name: guest.name, role: guest.role, disabled_at: null })
    .where('login', '=', guest.login.toLowerCase())
    .returning('id')
    .executeTakeFirstOrThrow();
  return { token: await newSession(tx, id, tx.now), staffId: id };
}
