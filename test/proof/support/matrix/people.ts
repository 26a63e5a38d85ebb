import { Agent } from 'node:http';
import { addDays, dayInGermany } from '../../../../src/kernel/dates.ts';
import { nameStandIn } from '../../../../src/modules/cases/index.ts';
import {
  addStaff,
  apiScopes,
  confirmSecondFactor,
  findSession,
  issueApiToken,
  makeKioskCode,
  namePrivacyOfficer,
  newTotpSecret,
  type Role,
  signIn,
} from '../../../../src/modules/identity/index.ts';
import type { Tx } from '../../../../src/platform/database/index.ts';
import { formToken } from '../../../../src/surfaces/request.ts';
import { totpKey } from '../../../../src/surfaces/totp-key.ts';
import type { TestApp, TestTenant } from '../../../support/app.ts';
import { Visitor } from '../visitor.ts';

/** Who knocks at every door. The first eight are at the desk, the others come from outside. */
export const whoAll = [
  'clerk of the team',
  'stand-in for that clerk',
  'lead',
  'clerk of another team',
  'data protection officer',
  'clerk with a password only',
  'clerk of another Jobcenter',
  'lead of another Jobcenter',
  'nobody',
  'client with the receipt',
  'client with another receipt',
  'client with the draft',
  'helper with the code of a letter',
  'tablet',
  'program with all scopes',
  'program without a scope',
  'program of another Jobcenter',
] as const;
export type Who = (typeof whoAll)[number];

/** Somebody who knocks: their browser or program, and the mark of forms they could send. */
export type Knocker = {
  readonly visitor: Visitor;
  readonly csrf: string;
  readonly staffId: string | undefined;
};

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
/** The browser cookie that marks of portal forms are bound to. */
export const proof = 'zugriffsmatrix0000000000';

const known: Partial<Record<Who, readonly [teams: readonly string[], Role]>> = {
  'clerk of the team': [['leistung', 'vermittlung'], 'clerk'],
  'stand-in for that clerk': [['wohnen', 'vermittlung'], 'clerk'], // whoever stands in shares a team with the absent person
  lead: [[], 'lead'],
  'clerk of another team': [['wohnen', 'vermittlung'], 'clerk'],
  'data protection officer': [[], 'clerk'],
  'clerk with a password only': [['leistung'], 'clerk'],
  'clerk of another Jobcenter': [['leistung'], 'clerk'],
  'lead of another Jobcenter': [[], 'lead'],
};

const elsewhere = (who: Who): boolean => who.endsWith('of another Jobcenter');

/** Everybody of the matrix, signed in as far as they come. Clients get what they hold by `holdPapers`. */
export async function gather(app: TestApp): Promise<Record<Who, Knocker>> {
  const { services } = app;
  const knockers: Partial<Record<Who, Knocker>> = {};
  const portalCsrf = formToken(services.linkKey, proof);
  for (const who of whoAll) {
    const tenant: TestTenant = elsewhere(who) ? app.secondTenant : app;
    const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(tenant.jobcenter.id, work);
    const place = known[who];
    if (place !== undefined) {
      const { staffId, token } = await at((tx) => atTheDesk(tx, app, tenant, who, place));
      const visitor = new Visitor(app.baseUrl, agent);
      visitor.cookies.set('sitzung', `${tenant.jobcenter.id}.${token}`);
      knockers[who] = { visitor, csrf: formToken(services.linkKey, token), staffId };
    } else if (who.startsWith('program')) {
      const scopes = who === 'program without a scope' ? [] : apiScopes;
      const token = await at((tx) => issueApiToken(tx, { name: who, scopes }));
      const visitor = new Visitor(app.baseUrl, agent, { Authorization: `Bearer ${token}` });
      knockers[who] = { visitor, csrf: '', staffId: undefined };
    } else {
      const visitor = new Visitor(app.baseUrl, agent);
      knockers[who] = { visitor, csrf: portalCsrf, staffId: undefined };
    }
  }
  const all = knockers as Record<Who, Knocker>;
  for (const { visitor } of Object.values(all)) {
    visitor.cookies.set('besuch', proof);
    visitor.cookies.set('vorraum', proof);
  }
  await services.database.tenant(app.jobcenter.id, (tx) => standIn(tx, all));
  return all;
}

async function atTheDesk(
  tx: Tx,
  app: TestApp,
  tenant: TestTenant,
  who: Who,
  [teams, role]: readonly [readonly string[], Role],
): Promise<{ staffId: string; token: string }> {
  const key = totpKey(app.services);
  const login = `matrix-${who.replace(/\W+/g, '-')}`;
  const password = `password of ${login}`;
  const teamIds = teams.map((team) => tenant.teams[team] ?? '');
  const added = await addStaff(tx, key, { login, name: who, role, password, totpSecret: newTotpSecret(), teamIds });
  if (added.kind !== 'added') throw new Error(`${who}: ${added.kind}`);
  const signed = await signIn(tx, { login, password });
  if (signed.kind !== 'first-factor') throw new Error(`${who}: ${signed.kind}`);
  const session = await findSession(tx, signed.token);
  if (session === undefined) throw new Error(`${who}: no session`);
  if (who !== 'clerk with a password only') await confirmSecondFactor(tx, key, session, { passkey: true });
  if (who === 'data protection officer') await namePrivacyOfficer(tx, added.id, 'operator');
  return { staffId: added.id, token: signed.token };
}

async function standIn(tx: Tx, all: Record<Who, Knocker>): Promise<void> {
  const [absent, substitute, lead] = [all['clerk of the team'], all['stand-in for that clerk'], all.lead];
  const today = dayInGermany(tx.now);
  const named = await nameStandIn(
    tx,
    { kind: 'staff', id: lead.staffId ?? '', name: 'lead' },
    {
      absentId: absent.staffId ?? '',
      substituteId: substitute.staffId ?? '',
      fromDay: today,
      untilDay: addDays(today, 3),
    },
  );
  if (named.kind !== 'named') throw new Error(`The substitute was not named: ${JSON.stringify(named)}.`);
}

/** Unlocks the tablet and begins a drop there. */
export async function unlockTablet(app: TestApp, { visitor, csrf }: Knocker): Promise<void> {
  const code = await app.services.database.tenant(app.jobcenter.id, (tx) => makeKioskCode(tx, 'Foyer'));
  await expect303(visitor.post('/kiosk/freischalten', { csrf, code }), 'the tablet');
  await expect303(visitor.post('/kiosk/beginn', { csrf }), 'a drop at the tablet');
}

export async function expect303(reply: Promise<{ status: number; headers: object }>, what: string): Promise<string> {
  const { status, headers } = await reply;
  if (status !== 303) throw new Error(`${what}: ${status}`);
  return (headers as { location?: string }).location ?? '';
}
