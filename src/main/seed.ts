// The demonstration: two invented Jobcenters with everything in them. Repeatable: what exists is left alone, so a start that
// was killed half-way goes on where it stopped.
import { existsSync } from 'node:fs';
import pg from 'pg';
import { newId } from '../kernel/ids.ts';
import { openRequiredItems } from '../modules/cases/index.ts';
import {
  addStaff,
  apiScopes,
  issueApiToken,
  namePrivacyOfficer,
  newTotpSecret,
  resetCredentials,
  staffLogins,
} from '../modules/identity/index.ts';
import { accessCode, findReceipt, findSubmission } from '../modules/intake/index.ts';
import {
  addTeam,
  createJobcenter,
  currentProfile,
  type Jobcenter,
  makeJobcenterKeys,
  readJobcenters,
  saveProfile,
} from '../modules/settings/index.ts';
import { randomToken } from '../platform/crypto/index.ts';
import type { Database } from '../platform/database/index.ts';
import type { Config } from '../platform/env/config.ts';
import type { Services } from '../surfaces/services.ts';
import { totpKey } from '../surfaces/totp-key.ts';
import { compose } from './compose.ts';
import { type DemoAccess, writeDemoAccess } from './demo/access.ts';
import { demoReceipts, fillDemo, fillPractice } from './demo/fill.ts';
import { type DemoTenant, demoProfile, demoTenants, privacyLogin } from './demo/tenants.ts';
import { ensurePractice } from './practice/practice.ts';
import { publishShipped } from './publish-forms.ts';

const operator = { kind: 'system', name: 'seed' } as const;
/** So many of the newest submissions are there before the first page; the rest follows while the demo is in use. */
const firstSubmissions = 60;

/** Makes the demonstration ready for its first page and writes `demo-access.json`. */
export async function seedDemo(
  config: Config,
  urls: { readonly ownerUrl: string; readonly appUrl: string },
): Promise<void> {
  if (existsSync(config.demoAccessFile)) return; // written last: everything before it is there
  const { services, master, close } = compose({ config, urls: { app: urls.appUrl }, name: 'seed' });
  try {
    const jobcenters: Jobcenter[] = [];
    for (const tenant of demoTenants) jobcenters.push(await ensureTenant(services, master, urls.ownerUrl, tenant));
    await fillDemo(services, { newest: firstSubmissions });
    const [first] = jobcenters;
    if (first !== undefined) await makePractice(config, urls.ownerUrl, first);
    await writeAccess(services, config, jobcenters);
  } finally {
    await close();
  }
}

/** The practice Jobcenter of the first one, empty; only the owner of the tables makes tenants. */
async function makePractice(config: Config, ownerUrl: string, home: Jobcenter): Promise<void> {
  const owner = compose({ config, urls: { app: ownerUrl }, name: 'seed', poolSize: 2 });
  try {
    await ensurePractice(owner.services, owner.master, home);
  } finally {
    await owner.close();
  }
}

/** So many invented submissions lie in the practice Jobcenter of the demonstration. */
const practiceSubmissions = 40;

/** Adds what to practise with, and the other submissions of the demonstration; runs beside the web process and can be stopped at any time. */
export async function seedRest(config: Config, appUrl: string): Promise<void> {
  const { services, close } = compose({ config, urls: { app: appUrl }, name: 'seed', poolSize: 2 });
  try {
    for (const each of await readJobcenters(services.database))
      if (each.practiceOf != null) await fillPractice(services, each, practiceSubmissions);
    await fillDemo(services, {});
  } finally {
    await close();
  }
}

async function ensureTenant(
  services: Services,
  master: Uint8Array,
  ownerUrl: string,
  tenant: DemoTenant,
): Promise<Jobcenter> {
  const now = services.clock.now();
  // Not by the directory: it would remember that there is none.
  const existing = (await readJobcenters(services.database)).find((each) => each.key === tenant.key);
  const jobcenter: Jobcenter = {
    id: existing?.id ?? newId(now),
    key: tenant.key,
    name: tenant.name,
    hosts: tenant.hosts,
    isDefault: tenant.isDefault,
  };
  if (existing === undefined) {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    await createJobcenter(owner, jobcenter, now);
    await owner.end();
  }
  await services.database.tenant(jobcenter.id, async (tx) => {
    await makeJobcenterKeys(tx, master);
    if ((await currentProfile(tx)) === undefined) await saveProfile(tx, operator, demoProfile(tenant));
    await publishShipped(tx);
    if ((await staffLogins(tx)).length > 0) return;
    const teams = new Map<string, string>();
    for (const team of tenant.teams) {
      const added = await addTeam(tx, team);
      if (added.kind === 'added') teams.set(team.key, added.id);
    }
    for (const person of tenant.staff) {
      const teamIds = person.teams.flatMap((key) => teams.get(key) ?? []);
      // Credentials nobody knows; writeAccess sets the ones that are written down.
      const added = await addStaff(tx, totpKey(services), {
        login: person.login,
        name: person.name,
        role: person.role,
        password: randomToken(),
        totpSecret: newTotpSecret(),
        teamIds,
      });
      if (added.kind === 'added' && person.login === privacyLogin)
        await namePrivacyOfficer(tx, added.id, operator.name);
    }
  });
  return jobcenter;
}

/** Sets new random credentials and writes them down. */
async function writeAccess(services: Services, config: Config, jobcenters: readonly Jobcenter[]): Promise<void> {
  const access: DemoAccess = { baseUrl: config.baseUrl, apiToken: '', staff: [], clients: [] };
  for (const tenant of jobcenters) {
    await services.database.tenant(tenant.id, async (tx) => {
      if (tenant.isDefault) access.apiToken = await issueApiToken(tx, { name: 'demo', scopes: apiScopes });
      for (const person of await staffLogins(tx)) {
        const credentials = { password: randomToken(9), totpSecret: newTotpSecret() };
        await resetCredentials(tx, totpKey(services), person.id, credentials);
        access.staff.push({
          jobcenter: tenant.key,
          role: person.role,
          login: `${person.login}@${tenant.key}`,
          ...credentials,
        });
      }
    });
    if (tenant.isDefault) access.clients.push(...(await clientsOf(services.database, services, tenant.id)));
  }
  writeDemoAccess(config.demoAccessFile, access);
}

/** A few receipts with which one can come back as a client: first those where something is missing. */
async function clientsOf(database: Database, services: Services, jobcenterId: string): Promise<DemoAccess['clients']> {
  const keys = await services.keyring.of(jobcenterId);
  return database.tenant(jobcenterId, async (tx) => {
    const found: { receipt: string; birthDate: string; code: string; missing: boolean }[] = [];
    for (const number of await demoReceipts(tx, 30)) {
      const receipt = await findReceipt(tx, number);
      const submission = receipt && (await findSubmission(tx, receipt.submissionId));
      if (submission?.person.birthDate === undefined) continue;
      const missing = (await openRequiredItems(tx, submission.caseId)).length > 0;
      found.push({
        receipt: number,
        birthDate: submission.person.birthDate,
        code: accessCode(keys.codes, number),
        missing,
      });
    }
    found.sort((a, b) => Number(b.missing) - Number(a.missing));
    return found.slice(0, 5).map(({ receipt, birthDate, code }) => ({ receipt, birthDate, code }));
  });
}
