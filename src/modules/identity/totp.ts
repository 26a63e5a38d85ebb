import { Secret, TOTP } from 'otpauth';
import { randomSecret } from '../../platform/crypto/index.ts';

const totp = (secret: string, label = 'Tandem'): TOTP =>
  new TOTP({ issuer: 'Tandem', label, algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) });

/** A new secret for an authenticator app, base32, 160 bits (RFC 4226). */
export const newTotpSecret = (): string => new Secret({ buffer: new Uint8Array(randomSecret(20)).buffer }).base32;

/** The address that an authenticator app reads from a QR code. */
export const totpUri = (secret: string, login: string): string => totp(secret, login).toString();

/** The time step a code belongs to, one step of tolerance either way (RFC 6238); undefined when it is wrong. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totp(secret).validate({ token, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 30_000) + delta;
}

/** The code of an instant, for tests and the demo. */
export const totpCode = (secret: string, now: Date): string => totp(secret).generate({ timestamp: now.getTime() });
