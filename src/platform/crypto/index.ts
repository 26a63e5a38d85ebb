import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bytes that only this installation knows. */
export type Secret = Uint8Array;

/** Fresh random bytes. */
export const randomSecret = (length = 32): Buffer => randomBytes(length);

/** A random text for tokens: base64url, 32 bytes unless told. */
export const randomToken = (length = 32): string => randomBytes(length).toString('base64url');

export const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
export const hmac = (key: Secret, data: string | Uint8Array): Buffer => createHmac('sha256', key).update(data).digest();

/** Compares without telling by its time where the difference is. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A key for one purpose, derived from the master secret, so that no key serves two purposes. */
export const deriveKey = (master: Secret, purpose: string): Secret =>
  new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), `tandem ${purpose}`, 32));

/** AES-256-GCM: nonce (12 bytes), tag (16 bytes), ciphertext. `context` must be given again to open. */
export const seal = (key: Secret, plain: Uint8Array, context: string): Buffer =>
  Buffer.concat(sealInParts(key, plain, context));

/** What `seal` gives, head and body apart: a large body is not copied once more. */
export function sealInParts(key: Secret, plain: Uint8Array, context: string): readonly [head: Buffer, body: Buffer] {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain);
  cipher.final();
  return [Buffer.concat([nonce, cipher.getAuthTag()]), body];
}

const stride = 1024 * 1024;

/** What `seal` gives, for a body so large that it shall not lie in memory twice: it is overwritten by its own ciphertext. */
export function sealInPlace(
  key: Secret,
  plain: Uint8Array,
  context: string,
): readonly [head: Buffer, body: Uint8Array] {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  for (let at = 0; at < plain.length; at += stride) plain.set(cipher.update(plain.subarray(at, at + stride)), at);
  cipher.final();
  return [Buffer.concat([nonce, cipher.getAuthTag()]), plain];
}

/** Opens what `seal` closed; throws when key, context or a single bit differ. */
export function open(key: Secret, sealed: Uint8Array, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(12, 28));
  const plain = decipher.update(sealed.subarray(28)); // all of it: the last step only checks the tag
  decipher.final();
  return plain;
}

const cost = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 } as const; // OWASP's first choice for argon2id

/** Hashes a password with argon2id; about 50 ms off the main thread. Gives a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await argon2id(password, salt);
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/** True when the password belongs to the hash. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const [, algorithm, , , salt, tag] = hash.split('$');
  if (algorithm !== 'argon2id' || !salt || !tag) return false;
  return sameBytes(await argon2id(password, Buffer.from(salt, 'base64')), Buffer.from(tag, 'base64'));
}

function argon2id(message: string, nonce: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message: message.normalize('NFKC'), nonce, ...cost }, (error, tag) =>
      error ? reject(error) : resolve(tag),
    );
  });
}

/**
 * The master secret: given (32 bytes) or made at random once and kept in the folder, mode 0600. Two first starts at
 * the same time agree on one: the file appears complete by a hard link, which fails for the second.
 */
export function loadMasterSecret(folder: string, given?: Uint8Array): Secret {
  if (given !== undefined) return given;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'master.key');
  return readSecret(file) ?? createSecret(file);
}

function readSecret(file: string): Secret | undefined {
  try {
    return decodeSecret(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function createSecret(file: string): Secret {
  const temp = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(temp, 'wx', 0o600);
  writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    linkSync(temp, file);
    syncFolder(dirname(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(temp);
  }
  return readSecret(file) as Secret;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function decodeSecret(text: string): Secret {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== 32) throw new Error('The master secret must be 32 bytes in base64.');
  return bytes;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford: no I, L, O, U

/** Random characters a person can read aloud and type; 5 bits each. */
export function randomReadable(length: number): string {
  return readable(randomBytes(length), length);
}

/** Maps bytes to readable characters, one a byte. */
export function readable(bytes: Uint8Array, length: number): string {
  return Array.from({ length }, (_, i) => alphabet[(bytes[i] as number) & 31]).join('');
}

/** Ten characters (50 bits) in two groups that only the holder of the secret can make; the same ones for the same purpose. */
export function derivedCode(secret: Secret, purpose: string): string {
  const code = readable(hmac(secret, purpose), 10);
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** True when a typed code is that of the purpose; takes the same time for every wrong one. */
export function isDerivedCode(secret: Secret, purpose: string, typed: string): boolean {
  const right = Buffer.from(normalizeReadable(derivedCode(secret, purpose)));
  const given = Buffer.from(normalizeReadable(typed.slice(0, 60)));
  return sameBytes(right, given);
}

/** What a person typed, as the alphabet has it: case, spaces, hyphens and the usual confusions (O/0, I/L/1) do not matter. */
export function normalizeReadable(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-–.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replaceAll('U', 'V');
}
