import { normalizeReadable, randomReadable, randomToken, sha256 } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/database/index.ts';

/** What a tablet in the house may do: take in papers from whoever stands before it. It reads nothing and is no program of the API. */
const scope = 'kiosk';
/** The code that unlocks a tablet works once, and so many hours. */
const codeHours = 1;
/** An unlocked tablet is unlocked anew twice a year. */
const tabletDays = 180;

export type Kiosk = { readonly id: string; readonly name: string };

type KioskTables = {
  api_token: {
    id: string;
    name: string;
    token_hash: Buffer;
    scopes: string[];
    created_at: Date;
    expires_at: Date | null;
    revoked_at: Date | null;
  };
};

const codeHash = (code: string): Buffer => sha256(`kiosk code ${normalizeReadable(code)}`);
const tabletHash = (secret: string): Buffer => sha256(`kiosk tablet ${secret}`);
const later = (tx: Tx, hours: number): Date => new Date(tx.now.getTime() + hours * 3_600_000);

/** Makes the code that unlocks one tablet: sixteen characters (80 bits), shown once, kept as a hash. `name` says where it stands. */
export async function makeKioskCode(tx: Tx, name: string): Promise<string> {
  const code = randomReadable(16);
  const row = {
    id: tx.newId(),
    name,
    token_hash: codeHash(code),
    scopes: [scope],
    created_at: tx.now,
    expires_at: later(tx, codeHours),
    revoked_at: null,
  };
  await tx.tables<KioskTables>().insertInto('api_token').values(row).execute();
  return (code.match(/.{4}/g) ?? []).join('-');
}

/** Unlocks a tablet with its code, which is then used up; gives the secret that stays on the tablet. Undefined for a wrong or old code. */
export async function unlockKiosk(tx: Tx, code: string): Promise<(Kiosk & { readonly secret: string }) | undefined> {
  const secret = randomToken();
  const row = await tx
    .tables<KioskTables>()
    .updateTable('api_token')
    .set({ token_hash: tabletHash(secret), expires_at: later(tx, tabletDays * 24) })
    .where('token_hash', '=', codeHash(code))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.now)
    .returning(['id', 'name'])
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, secret };
}

/** The tablet that holds the secret, while nobody took it out of use. */
export const findKiosk = (tx: Tx, secret: string): Promise<Kiosk | undefined> =>
  tx
    .tables<KioskTables>()
    .selectFrom('api_token')
    .select(['id', 'name'])
    .where('token_hash', '=', tabletHash(secret))
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.now)
    .executeTakeFirst();
