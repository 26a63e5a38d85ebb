import type { Tx } from '../../platform/database/index.ts';

export type Passkey = {
  readonly id: string;
  readonly staffId: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly name: string;
  readonly createdAt: Date;
};

type PasskeyTables = {
  passkey: {
    id: string;
    staff_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    name: string;
    created_at: Date;
    removed_at: Date | null;
  };
};

const columns = [
  'id',
  'staff_id as staffId',
  'credential_id as credentialId',
  'public_key as publicKey',
  'counter',
  'name',
  'created_at as createdAt',
] as const;

/** Adds a passkey to a member of staff. */
export async function addPasskey(tx: Tx, passkey: Omit<Passkey, 'id' | 'createdAt'>): Promise<void> {
  const { staffId, credentialId, publicKey, counter, name } = passkey;
  const row = {
    id: tx.newId(),
    staff_id: staffId,
    credential_id: credentialId,
    public_key: publicKey,
    counter,
    name,
    created_at: tx.now,
    removed_at: null,
  };
  await tx.tables<PasskeyTables>().insertInto('passkey').values(row).execute();
}

export const passkeysOf = (tx: Tx, staffId: string): Promise<Passkey[]> =>
  tx
    .tables<PasskeyTables>()
    .selectFrom('passkey')
    .select(columns)
    .where('staff_id', '=', staffId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();

export const findPasskey = (tx: Tx, staffId: string, credentialId: string): Promise<Passkey | undefined> =>
  tx
    .tables<PasskeyTables>()
    .selectFrom('passkey')
    .select(columns)
    .where('staff_id', '=', staffId)
    .where('credential_id', '=', credentialId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();

/** Takes a passkey out of use; false when the person has none of that id. */
export async function removePasskey(tx: Tx, staffId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<PasskeyTables>()
    .updateTable('passkey')
    .set({ removed_at: tx.now })
    .where('id', '=', id)
    .where('staff_id', '=', staffId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Takes all passkeys of a member of staff out of use. */
export async function removePasskeysOf(tx: Tx, staffId: string): Promise<void> {
  await tx
    .tables<PasskeyTables>()
    .updateTable('passkey')
    .set({ removed_at: tx.now })
    .where('staff_id', '=', staffId)
    .where('removed_at', 'is', null)
    .execute();
}

/** Keeps the signature counter, which reveals copies of a key. */
export async function touchPasskey(tx: Tx, id: string, counter: number): Promise<void> {
  await tx.tables<PasskeyTables>().updateTable('passkey').set({ counter }).where('id', '=', id).execute();
}
