import { recordAudit } from '../../../modules/audit/index.ts';
import {
  beginAttempt,
  clearAttempts,
  confirmSecondFactor,
  endSession,
  findSession,
  passkeysOf,
} from '../../../modules/identity/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { one } from '../../request.ts';
import { totpKey } from '../../totp-key.ts';
import { paths } from '../paths.ts';
import { claimedHome, dropHome, dropSession, rememberedPage } from '../session-cookie.ts';
import { inTenant, type SessionVisit } from '../visit.ts';
import { codePage } from './pages.tsx';
import { passkeyProves } from './passkey.ts';

/** Only who knows the password comes here, so these limits lock nobody out by a stranger's hand. */
const limits = (visit: SessionVisit) => [
  { kind: 'staff-code', subject: `${visit.session.staff.id} ${visit.address}`, most: 8, minutes: 15 },
  { kind: 'staff-code-day', subject: visit.session.staff.id, most: 40, minutes: 24 * 60 },
];

const actorOf = (visit: SessionVisit) =>
  ({ kind: 'staff', id: visit.session.staff.id, name: visit.session.staff.name }) as const;

export async function secondFactorPage(visit: SessionVisit): Promise<Response> {
  return codePage(visit, { hasPasskey: await hasPasskey(visit) });
}

const hasPasskey = (visit: SessionVisit): Promise<boolean> =>
  inTenant(visit, async (tx) => (await passkeysOf(tx, visit.session.staff.id)).length > 0);

/** Second factor by code or passkey. A try is counted before it is looked at. */
export async function checkSecondFactor(visit: SessionVisit): Promise<Response> {
  const { services } = visit;
  const key = services.linkKey;
  const credential = one(visit.input, 'credential');
  if (credential !== '') return checkPasskey(visit, credential);
  const attempt = await inTenant(visit, (tx) => beginAttempt(tx, key, limits(visit)));
  if (attempt === undefined) return codePage(visit, { hasPasskey: await hasPasskey(visit), problem: 'throttled' });
  const confirmed = await inTenant(visit, async (tx) => {
    const proof = { code: one(visit.input, 'code').slice(0, 12) };
    if ((await confirmSecondFactor(tx, totpKey(services), visit.session, proof)) === 'confirmed') {
      for (const { kind, subject } of limits(visit)) await clearAttempts(tx, key, kind, subject);
      return signedIn(tx, visit, 'code');
    }
    return refused(tx, visit, 'code');
  });
  if (!confirmed) return codePage(visit, { hasPasskey: await hasPasskey(visit), problem: 'refused' });
  return onward(visit);
}

/** On to where somebody wanted to go, or was, before the sign-in. */
const onward = ({ c, services }: SessionVisit): Response => c.redirect(rememberedPage(c, services) ?? paths.today, 303);

async function checkPasskey(visit: SessionVisit, credential: string): Promise<Response> {
  const { services } = visit;
  const confirmed = await inTenant(visit, async (tx) => {
    if (!(await passkeyProves(tx, visit, credential))) return refused(tx, visit, 'passkey');
    await confirmSecondFactor(tx, totpKey(services), visit.session, { passkey: true });
    return signedIn(tx, visit, 'passkey');
  });
  return confirmed ? onward(visit) : codePage(visit, { hasPasskey: true, problem: 'passkeyRefused' });
}

async function signedIn(tx: Tx, visit: SessionVisit, factor: string): Promise<true> {
  const { id } = visit.session.staff;
  await recordAudit(tx, actorOf(visit), {
    action: 'staff.signed-in',
    subjectType: 'staff',
    subjectId: id,
    detail: { factor },
  });
  return true;
}

async function refused(tx: Tx, visit: SessionVisit, factor: string): Promise<false> {
  const { id } = visit.session.staff;
  await recordAudit(tx, actorOf(visit), {
    action: 'staff.sign-in-refused',
    subjectType: 'staff',
    subjectId: id,
    detail: { factor },
  });
  return false;
}

/** Whoever signs out while practising is signed out of the real Jobcenter too. */
async function endWaiting({ c, services }: SessionVisit): Promise<void> {
  const waiting = claimedHome(c);
  if (waiting === undefined) return;
  dropHome(c, services);
  if ((await services.directory.byId(waiting.jobcenterId)) === undefined) return;
  await services.database.tenant(waiting.jobcenterId, async (tx) => {
    const session = await findSession(tx, waiting.token, true);
    if (session === undefined) return;
    await endSession(tx, session.id);
    const { id, name } = session.staff;
    await recordAudit(
      tx,
      { kind: 'staff', id, name },
      { action: 'staff.signed-out', subjectType: 'staff', subjectId: id },
    );
  });
  await services.outage.remove(waiting.jobcenterId, waiting.token);
}

/** Ends the session, whichever factor it has reached. */
export async function signOut(visit: SessionVisit): Promise<Response> {
  await inTenant(visit, async (tx) => {
    await endSession(tx, visit.session.id);
    await recordAudit(tx, actorOf(visit), {
      action: 'staff.signed-out',
      subjectType: 'staff',
      subjectId: visit.session.staff.id,
    });
  });
  await visit.services.outage.remove(visit.jobcenter.id, visit.token);
  dropSession(visit.c, visit.services);
  await endWaiting(visit);
  return visit.c.redirect(`${paths.signIn}?ok=abgemeldet`, 303);
}
