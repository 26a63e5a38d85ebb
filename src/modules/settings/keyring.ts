import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { deriveKey, open, randomSecret, type Secret, seal } from '../../platform/crypto/index.ts';
import type { Database, Tx } from '../../platform/database/index.ts';

/** The secret keys of one Jobcenter, open in memory. */
export type JobcenterKeys = {
  /** Wraps the key of each document; older ones stay to read with. */
  readonly documents: { readonly id: string; readonly key: Secret };
  readonly oldDocuments: ReadonlyMap<string, Secret>;
  /** Makes and checks access codes and lookup hashes. */
  readonly codes: Secret;
  /** Signs receipts and audit blocks (Ed25519). */
  readonly receipts: { readonly id: string; readonly privateKey: KeyObject };
};

export type Keyring = { readonly of: (jobcenterId: string) => Promise<JobcenterKeys> };

type KeyTables = {
  jobcenter_key: {
    id: string;
    purpose: 'documents' | 'codes' | 'receipts';
    wrapped: Buffer;
    public_jwk: string | null;
    created_at: Date;
    retired_at: Date | null;
  };
};
type PublicKeyRow = { readonly id: string; readonly public_jwk: JsonWebKey };

const context = (jobcenterId: string, id: string): string => `jobcenter key ${jobcenterId} ${id}`;
const wrapper = (master: Secret): Secret => deriveKey(master, 'wrap jobcenter keys');

/** Makes the three keys of a new Jobcenter at random and stores them wrapped by the master secret; does nothing if they exist. */
export async function makeJobcenterKeys(tx: Tx, master: Secret): Promise<void> {
  const existing = await tx.tables<KeyTables>().selectFrom('jobcenter_key').select('id').limit(1).executeTakeFirst();
  if (existing !== undefined) return;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const secrets = [
    { purpose: 'documents', bytes: randomSecret(), publicJwk: null },
    { purpose: 'codes', bytes: randomSecret(), publicJwk: null },
    {
      purpose: 'receipts',
      bytes: privateKey.export({ format: 'der', type: 'pkcs8' }),
      publicJwk: publicKey.export({ format: 'jwk' }),
    },
  ] as const;
  for (const { purpose, bytes, publicJwk } of secrets) {
    const id = tx.newId();
    const wrapped = seal(wrapper(master), bytes, context(tx.jobcenterId, id));
    const row = {
      id,
      purpose,
      wrapped,
      public_jwk: publicJwk === null ? null : JSON.stringify(publicJwk),
      created_at: tx.now,
      retired_at: null,
    };
    await tx.tables<KeyTables>().insertInto('jobcenter_key').values(row).execute();
  }
}

/** Reads and opens the keys of a Jobcenter. Throws when the master secret is not the one they were wrapped with. */
export async function unwrapKeys(tx: Tx, master: Secret): Promise<JobcenterKeys> {
  const rows = await tx.tables<KeyTables>().selectFrom('jobcenter_key').selectAll().orderBy('id').execute();
  const opened = rows.map((row) => ({ ...row, bytes: unwrap(master, tx.jobcenterId, row) }));
  const current = (purpose: string) => {
    const key = opened.findLast((row) => row.purpose === purpose && row.retired_at === null);
    if (key === undefined) throw new Error(`The Jobcenter has no key for ${purpose}.`);
    return key;
  };
  const documents = current('documents');
  const receipts = current('receipts');
  return {
    documents: { id: documents.id, key: documents.bytes },
    oldDocuments: new Map(opened.filter((row) => row.purpose === 'documents').map((row) => [row.id, row.bytes])),
    codes: current('codes').bytes,
    receipts: { id: receipts.id, privateKey: createPrivateKey({ key: receipts.bytes, format: 'der', type: 'pkcs8' }) },
  };
}

function unwrap(master: Secret, jobcenterId: string, row: { id: string; wrapped: Buffer }): Buffer {
  try {
    return open(wrapper(master), row.wrapped, context(jobcenterId, row.id));
  } catch (error) {
    throw new Error('The master secret does not fit this database: it belongs to another installation.', {
      cause: error,
    });
  }
}

/** Keys of all Jobcenters, opened once per process. */
export function createKeyring(database: Database, master: Secret): Keyring {
  const known = new Map<string, Promise<JobcenterKeys>>();
  return {
    of: (jobcenterId) => {
      const keys = known.get(jobcenterId) ?? database.tenant(jobcenterId, (tx) => unwrapKeys(tx, master));
      known.set(jobcenterId, keys);
      keys.catch(() => known.delete(jobcenterId));
      return keys;
    },
  };
}

/** The public halves, for `/.well-known/jwks.json`: retired ones too, old receipts stay checkable. */
export async function publicKeys(tx: Tx): Promise<JsonWebKey[]> {
  const rows = await tx
    .tables<KeyTables>()
    .selectFrom('jobcenter_key')
    .select(['id', 'public_jwk'])
    .where('purpose', '=', 'receipts')
    .orderBy('id')
    .execute();
  return (rows as unknown as PublicKeyRow[]).map((row) => ({
    ...row.public_jwk,
    kid: row.id,
    use: 'sig',
    alg: 'EdDSA',
  }));
}
