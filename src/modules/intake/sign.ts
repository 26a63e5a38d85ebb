import { type KeyObject, sign, verify } from 'node:crypto';

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** A compact JWS (RFC 7515, EdDSA over Ed25519, RFC 8037) over a text; synchronous, because it stands inside a transaction. */
export function signReceipt(key: { readonly id: string; readonly privateKey: KeyObject }, payload: string): string {
  const input = `${encode(JSON.stringify({ alg: 'EdDSA', kid: key.id, typ: 'JOSE' }))}.${encode(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`;
}

/** The payload, if the signature is by the key; undefined otherwise. */
export function checkReceiptSignature(jws: string, key: KeyObject): string | undefined {
  const [head, body, signature, ...rest] = jws.split('.');
  if (!head || !body || !signature || rest.length > 0) return undefined;
  if (!verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) return undefined;
  return Buffer.from(body, 'base64url').toString();
}
