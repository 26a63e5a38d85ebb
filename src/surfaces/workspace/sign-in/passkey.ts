import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import {
  addPasskey,
  findPasskey,
  keepChallenge,
  passkeysOf,
  takeChallenge,
  touchPasskey,
} from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { inTenant, type SessionVisit, type StaffVisit } from '../visit.ts';

/** The name a passkey is bound to, and the origin the browser must report: those of the request (WebAuthn, section 5.1.4). */
function site(visit: SessionVisit): { rpID: string; origin: string } {
  const host = visit.c.req.header('host') ?? 'localhost';
  return { rpID: host.replace(/:\d+$/, ''), origin: `${visit.services.secureCookies ? 'https' : 'http'}://${host}` };
}

/** What the browser needs to ask for a known passkey; the challenge serves once and belongs to this session. */
export async function authenticationOptions(visit: SessionVisit): Promise<Response> {
  const options = await inTenant(visit, async (tx) => {
    const known = await passkeysOf(tx, visit.session.staff.id);
    const made = await generateAuthenticationOptions({
      rpID: site(visit).rpID,
      allowCredentials: known.map((key) => ({ id: key.credentialId })),
      userVerification: 'preferred',
    });
    await keepChallenge(tx, visit.session.id, made.challenge);
    return made;
  });
  return visit.c.json(options);
}

/** True when the browser proved a passkey of this member of staff for the challenge of this session. */
export async function passkeyProves(tx: Tx, visit: SessionVisit, credential: string): Promise<boolean> {
  const response = parsed<AuthenticationResponseJSON>(credential);
  const challenge = await takeChallenge(tx, visit.session.id);
  if (response === undefined || challenge === undefined) return false;
  const passkey = await findPasskey(tx, visit.session.staff.id, response.id);
  if (passkey === undefined) return false;
  const { rpID, origin } = site(visit);
  try {
    const result = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: Number(passkey.counter),
      },
    });
    if (result.verified) await touchPasskey(tx, passkey.id, result.authenticationInfo.newCounter);
    return result.verified;
  } catch {
    return false;
  }
}

/** What the browser needs to make a new passkey. */
export async function registrationOptions(visit: StaffVisit): Promise<Response> {
  const options = await inTenant(visit, async (tx) => {
    const known = await passkeysOf(tx, visit.staff.id);
    const made = await generateRegistrationOptions({
      rpName: visit.t('ui:product'),
      rpID: site(visit).rpID,
      userID: new TextEncoder().encode(visit.staff.id),
      userName: visit.staff.login,
      userDisplayName: visit.staff.name,
      attestationType: 'none',
      excludeCredentials: known.map((key) => ({ id: key.credentialId })),
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
    });
    await keepChallenge(tx, visit.session.id, made.challenge);
    return made;
  });
  return visit.c.json(options);
}

/** Keeps a new passkey when the browser's answer belongs to this session's challenge. */
export async function registerPasskey(tx: Tx, visit: StaffVisit, credential: string, name: string): Promise<boolean> {
  const response = parsed<RegistrationResponseJSON>(credential);
  const challenge = await takeChallenge(tx, visit.session.id);
  if (response === undefined || challenge === undefined) return false;
  const { rpID, origin } = site(visit);
  try {
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
    });
    if (!result.verified) return false;
    const made = result.registrationInfo.credential;
    await addPasskey(tx, {
      staffId: visit.staff.id,
      credentialId: made.id,
      publicKey: Buffer.from(made.publicKey),
      counter: made.counter,
      name,
    });
    return true;
  } catch {
    return false;
  }
}

/** What the browser said, when it is an object with an id that a database can take; the rest is the library's to judge. */
function parsed<T extends { readonly id: string }>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
    return typeof value.id === 'string' && /^[\w-]{1,1000}$/.test(value.id) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}
