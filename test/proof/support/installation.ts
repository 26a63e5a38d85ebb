import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { dayInGermany } from '../../../src/kernel/dates.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { compose } from '../../../src/main/compose.ts';
import { demoProfile, demoTenants } from '../../../src/main/demo/tenants.ts';
import { publishForm, shippedDefinitions } from '../../../src/modules/forms/index.ts';
import { addStaff, apiScopes, issueApiToken, newTotpSecret, type Role } from '../../../src/modules/identity/index.ts';
import {
  addTeam,
  createJobcenter,
  type Jobcenter,
  makeJobcenterKeys,
  saveProfile,
} from '../../../src/modules/settings/index.ts';
import { systemClock } from '../../../src/platform/clock/index.ts';
import { type Environment, readConfig } from '../../../src/platform/env/config.ts';
import { buildName } from '../../../src/platform/env/project.ts';
import { type Postgres, startPostgres } from '../../../src/platform/postgres/index.ts';
import type { Services } from '../../../src/surfaces/services.ts';
import { totpKey } from '../../../src/surfaces/totp-key.ts';
import { freePort } from '../../support/free-port.ts';
import { fillFromKept } from '../../support/kept-data.ts';
import { clusterFiles, startMigrated, untilAlone } from '../../support/migrated.ts';

const operator = { kind: 'system', name: 'proof' } as const;

export type Staff = {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  readonly totpSecret: string;
};

export type Tenant = {
  readonly jobcenter: Jobcenter;
  readonly apiToken: string;
  /** A lead who sees every team. */
  readonly staff: Staff;
  /** Works in the first team only. */
  readonly clerk: Staff;
  readonly teams: readonly string[];
};

/** A fresh installation in a folder of its own: its PostgreSQL runs, two Jobcenters are there, and no server yet. */
export type Installation = {
  readonly dataFolder: string;
  readonly baseUrl: string;
  readonly postgres: Postgres;
  readonly tenants: readonly [Tenant, Tenant];
  /** For a program that starts its own PostgreSQL, or adopts the one that runs. */
  readonly env: Record<string, string>;
  /** For a program that is given the running database. */
  readonly databaseEnv: Record<string, string>;
  readonly remove: () => Promise<void>;
};

/** Makes an installation on loopback, with durable writes as an operator would have them. */
export async function makeInstallation(): Promise<Installation> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tandem-proof-'));
  chmodSync(dataFolder, 0o711); // so that PostgreSQL's user may pass when this runs as root
  const filled = await fillFromKept(furnished, dataFolder);
  const postgres = filled ? await startPostgres({ dataDir: dataFolder }) : await furnish(dataFolder);
  const tenants = JSON.parse(readFileSync(tenantFile(dataFolder), 'utf8')) as [Tenant, Tenant];
  const port = await freePort();
  const env = { ...environment(dataFolder), PORT: String(port) };
  return {
    dataFolder,
    baseUrl: `http://localhost:${port}`,
    postgres,
    tenants,
    env,
    databaseEnv: {
      ...env,
      DATABASE_URL: postgres.appUrl,
      DATABASE_OWNER_URL: postgres.ownerUrl,
      QUEUE_DATABASE_URL: postgres.ownerUrl,
    },
    remove: async () => {
      await postgres.stop();
      if (!postgres.folder.startsWith(dataFolder)) rmSync(postgres.folder, { recursive: true, force: true });
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A data folder with the two Jobcenters; the code that makes them is part of the build's name. Not older than a day. */
const furnished = {
  name: 'installation',
  words: [buildName(), dayInGermany(systemClock.now())],
  files: [...clusterFiles, 'src/assets/concerns/*.json'],
  make: furnish,
};

const tenantFile = (dataFolder: string): string => join(dataFolder, 'proof-tenants.json');

async function furnish(dataFolder: string): Promise<Postgres> {
  const postgres = await startMigrated(dataFolder);
  const [large, small] = demoTenants;
  if (large === undefined || small === undefined) throw new Error('The demonstration has two Jobcenters.');
  const { services, master, close } = compose({
    config: readConfig(environment(dataFolder)),
    urls: { app: postgres.appUrl },
    name: 'proof',
    poolSize: 2,
  });
  const add = (demo: typeof large): Promise<Tenant> => addTenant({ postgres, services, master }, demo);
  const tenants = [await add(large), await add(small)];
  await close();
  await untilAlone(postgres);
  writeFileSync(tenantFile(dataFolder), JSON.stringify(tenants), { mode: 0o600 });
  return postgres;
}

const environment = (dataFolder: string): Record<string, string> => ({
  ...withoutOurs(process.env),
  TANDEM_DATA: dataFolder,
  TANDEM_DEMO: 'off',
  TANDEM_LOG: 'error',
});

/** The environment of this process without settings that would lead elsewhere. */
function withoutOurs(env: Environment): Record<string, string> {
  const ours = /^(TANDEM_|DATABASE_|QUEUE_DATABASE_URL$|PORT$|NODE_TEST_CONTEXT$|NODE_OPTIONS$)/;
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !ours.test(entry[0])),
  );
}

type House = { readonly postgres: Postgres; readonly services: Services; readonly master: Uint8Array };

async function addTenant({ postgres, services, master }: House, demo: (typeof demoTenants)[number]): Promise<Tenant> {
  const now = services.clock.now();
  const { key, name, hosts, isDefault } = demo;
  const jobcenter: Jobcenter = { id: newId(now), key, name, hosts, isDefault };
  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  await createJobcenter(owner, jobcenter, now);
  await owner.end();
  const made = await services.database.tenant(jobcenter.id, async (tx) => {
    await makeJobcenterKeys(tx, master);
    await saveProfile(tx, operator, demoProfile(demo));
    for (const form of shippedDefinitions()) await publishForm(tx, form);
    const teams: string[] = [];
    for (const team of demo.teams) {
      const added = await addTeam(tx, team);
      if (added.kind === 'added') teams.push(added.id);
    }
    const add = async (login: string, role: Role, teamIds: string[]): Promise<Staff> => {
      const credentials = { login, password: `password of ${login}`, totpSecret: newTotpSecret() };
      const added = await addStaff(tx, totpKey(services), { name: 'Alex Leitner', role, teamIds, ...credentials });
      return { id: added.kind === 'added' ? added.id : '', ...credentials };
    };
    return {
      teams,
      staff: await add('leitung', 'lead', teams),
      clerk: await add('empfang', 'clerk', teams.slice(0, 1)),
      apiToken: await issueApiToken(tx, { name: 'proof', scopes: apiScopes }),
    };
  });
  return { jobcenter, ...made };
}
