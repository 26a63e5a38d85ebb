import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createAdaptorServer } from '@hono/node-server';
import pg from 'pg';
import { newId } from '../../src/kernel/ids.ts';
import { compose } from '../../src/main/compose.ts';
import { createWebApp } from '../../src/main/web-app.ts';
import { publishForm } from '../../src/modules/forms/index.ts';
import { addStaff, apiScopes, issueApiToken, newTotpSecret, type Role } from '../../src/modules/identity/index.ts';
import {
  addTeam,
  createJobcenter,
  type Jobcenter,
  makeJobcenterKeys,
  type Profile,
  saveProfile,
} from '../../src/modules/settings/index.ts';
import type { Clock } from '../../src/platform/clock/index.ts';
import { readConfig } from '../../src/platform/env/config.ts';
import type { Services } from '../../src/surfaces/services.ts';
import { totpKey } from '../../src/surfaces/totp-key.ts';
import { daytime } from './clock.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { shippedForms } from './submit.ts';

const system = { kind: 'system', name: 'test' } as const;
const both = (text: string) => ({ de: text, en: text });

/** A profile with which every page can be shown. */
export const testProfile: Profile = {
  street: 'Rathausplatz 1',
  postcode: '01234',
  town: 'Musterstadt',
  directions: both('Tram 1 bis Rathaus'),
  phone: '030 23125 100',
  email: 'post@example.org',
  openingHours: [
    { days: { de: 'Montag bis Freitag', en: 'Monday to Friday' }, hours: { de: '8 bis 12 Uhr', en: '8 am to noon' } },
  ],
  phoneHours: { de: 'Montag bis Freitag 8 bis 16 Uhr', en: 'Monday to Friday 8 am to 4 pm' },
  imprint: { de: 'Impressum des Jobcenters', en: 'Imprint of the Jobcenter' },
  privacy: { de: 'Hinweise zum Datenschutz', en: 'Privacy notice' },
  accessibility: { de: 'Erklärung zur Barrierefreiheit', en: 'Accessibility statement' },
};

export type TestStaff = {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  readonly totpSecret: string;
  readonly role: Role;
};
export type TestTenant = {
  readonly jobcenter: Jobcenter;
  readonly teams: Readonly<Record<string, string>>;
  readonly staff: readonly TestStaff[];
  readonly apiToken: string;
};
export type TestApp = TestTenant & {
  readonly baseUrl: string;
  readonly services: Services;
  readonly database: TestDatabase;
  readonly dataFolder: string;
  readonly secondTenant: TestTenant;
};

const teamNames = {
  eingangszone: 'Eingangszone',
  leistung: 'Leistung',
  wohnen: 'Wohnen',
  vermittlung: 'Vermittlung',
} as const;

async function addTenant(
  database: TestDatabase,
  services: Services,
  master: Uint8Array,
  input: { key: string; name: string; hosts: string[]; isDefault: boolean },
): Promise<TestTenant> {
  const now = services.clock.now();
  const jobcenter: Jobcenter = { id: newId(now), ...input };
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await createJobcenter(owner, jobcenter, now);
  await owner.end();
  return services.database.tenant(jobcenter.id, async (tx) => {
    await makeJobcenterKeys(tx, master);
    await saveProfile(tx, system, testProfile);
    const teams: Record<string, string> = {};
    for (const [key, name] of Object.entries(teamNames)) {
      const added = await addTeam(tx, { key, name, phone: '030 23125 200' });
      if (added.kind === 'added') teams[key] = added.id;
    }
    for (const form of shippedForms()) await publishForm(tx, form);
    const staff: TestStaff[] = [];
    for (const [login, role] of [
      ['clerk', 'clerk'],
      ['lead', 'lead'],
    ] as const) {
      const totpSecret = newTotpSecret();
      const password = `password of ${login}`;
      const added = await addStaff(tx, totpKey(services), {
        login,
        name: login === 'clerk' ? 'Kim Muster' : 'Alex Beispiel',
        role,
        password,
        totpSecret,
        teamIds: Object.values(teams),
      });
      if (added.kind === 'added') staff.push({ id: added.id, login, password, totpSecret, role });
    }
    const apiToken = await issueApiToken(tx, { name: 'test', scopes: apiScopes });
    return { jobcenter, teams, staff, apiToken };
  });
}

/** The whole web process on a free port of loopback, over a cloned database and a folder of its own, with two Jobcenters. */
export async function startTestApp(options: { readonly clock?: Clock } = {}): Promise<TestApp> {
  const clock = options.clock ?? daytime;
  const database = await openTestDatabase(clock);
  const dataFolder = mkdtempSync(join(tmpdir(), 'tandem-app-'));
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env as never) }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  const config = readConfig({
    TANDEM_DATA: dataFolder,
    TANDEM_BASE_URL: baseUrl,
    TANDEM_DEMO: 'off',
    TANDEM_LOG: process.env.TANDEM_TEST_LOG ?? 'fatal',
  });
  const { services, assets, master, close } = compose({
    config,
    urls: { app: database.appUrl },
    name: 'test',
    clock,
    poolSize: 8,
  });
  const app = createWebApp(services, assets);
  const tenant = await addTenant(database, services, master, {
    key: 'musterstadt',
    name: 'Jobcenter Musterstadt',
    hosts: ['musterstadt.localhost'],
    isDefault: true,
  });
  const secondTenant = await addTenant(database, services, master, {
    key: 'kleinstadt',
    name: 'Jobcenter Kleinstadt',
    hosts: ['kleinstadt.localhost'],
    isDefault: false,
  });
  after(async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    });
    await close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return { ...tenant, baseUrl, services, database, dataFolder, secondTenant };
}
