import { createPublicKey, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto';
import { type JobcenterKeys, publicKeys } from '../modules/settings/index.ts';
import type { Tx } from '../platform/database/index.ts';

/** Signs the hash of an audit block with the Jobcenter's Ed25519 key; the key's id stands before, so that keys can change. */
export const sealWith =
  ({ receipts }: Pick<JobcenterKeys, 'receipts'>) =>
  (hash: Buffer): string =>
    `${receipts.id}.${sign(null, hash, receipts.privateKey).toString('base64url')}`;

/** True when the signature of a block is by one of the Jobcenter's keys. */
export const sealIsBy =
  (keys: ReadonlyMap<string, KeyObject>) =>
  (hash: Buffer, signature: string): boolean => {
    const [id = '', text = ''] = signature.split('.');
    const key = keys.get(id);
    return key !== undefined && verify(null, hash, key, Buffer.from(text, 'base64url'));
  };

/** The public keys of a Jobcenter by their id, retired ones too. */
export async function publicKeysById(tx: Tx): Promise<Map<string, KeyObject>> {
  const keys: (JsonWebKey & { kid?: unknown })[] = await publicKeys(tx);
  return new Map(keys.map((key) => [String(key.kid), createPublicKey({ key, format: 'jwk' })]));
}
