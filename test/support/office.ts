import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { newId } from '../../src/kernel/ids.ts';
import { compose } from '../../src/main/compose.ts';
import type { JobServices } from '../../src/main/jobs/index.ts';
import { publishForm } from '../../src/modules/forms/index.ts';
import { type Received, receive, type SubmissionInput } from '../../src/modules/intake/index.ts';
import { addTeam, createJobcenter, type Jobcenter, makeJobcenterKeys } from '../../src/modules/settings/index.ts';
import type { Clock } from '../../src/platform/clock/index.ts';
import { type Config, readConfig } from '../../src/platform/env/config.ts';
import type { Services } from '../../src/surfaces/services.ts';
import type { TestTenant } from './app.ts';
import { daytime } from './clock.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { shippedForms, submissionInput } from './submit.ts';

/** Everything behind the pages, without a web server: for tests of jobs and commands. */
export type TestOffice = {
  readonly database: TestDatabase;
  readonly config: Config;
  readonly services: Services;
  readonly jobs: JobServices;
  readonly tenants: readonly TestTenant[];
  /** Takes in a submission as the portal would. */
  readonly submit: (
    tenant: TestTenant,
    extra?: Partial<SubmissionInput>,
  ) => Promise<Extract<Received, { kind: 'received' }>>;
};

export async function openTestOffice(clock: Clock = daytime): Promise<TestOffice> {
  const database = await openTestDatabase(clock);
  const dataFolder = mkdtempSync(join(tmpdir(), 'tandem-office-'));
  chmodSync(dataFolder, 0o711);
  const config = readConfig({ TANDEM_DATA: dataFolder, TANDEM_DEMO: 'off', TANDEM_LOG: 'silent' });
  const { services, master, close } = compose({
    config,
    urls: { app: database.appUrl },
    name: 'test',
    clock,
    poolSize: 6,
  });
  after(async () => {
    await close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const owner = compose({ config, urls: { app: database.ownerUrl }, name: 'test', clock, poolSize: 2 });
  const tenants: TestTenant[] = [];
  for (const [key, isDefault] of [
    ['musterstadt', true],
    ['kleinstadt', false],
  ] as const) {
    const jobcenter: Jobcenter = { id: newId(clock.now()), key, name: `Jobcenter ${key}`, hosts: [], isDefault };
    const teams = await owner.services.database.tenant(jobcenter.id, async (tx) => {
      await createJobcenter({ query: (text, values) => tx.raw(text, values) }, jobcenter, tx.now);
      await makeJobcenterKeys(tx, master);
      for (const form of shippedForms()) await publishForm(tx, form);
      const team = await addTeam(tx, { key: 'leistung', name: 'Leistung', phone: '030 23125 200' });
      return team.kind === 'added' ? { leistung: team.id } : {};
    });
    tenants.push({ jobcenter, teams, staff: [], apiToken: '' });
  }
  await owner.close();
  return {
    database,
    config,
    services,
    jobs: {
      ...services,
      blobFolder: config.blobFolder,
      scanFolder: config.scanFolder,
      derivedFolder: join(dataFolder, 'derived'),
    },
    tenants,
    submit: async (tenant, extra = {}) => {
      const input = await submissionInput(services, tenant, extra);
      const received = await services.database.tenant(tenant.jobcenter.id, (tx) =>
        receive(tx, { kind: 'client' }, input),
      );
      if (received.kind !== 'received') throw new Error(`Not received: ${received.kind}.`);
      return received;
    },
  };
}
