// Runs once before the tests that need a database: one throwaway PostgreSQL and a migrated template to clone from.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Postgres } from '../../src/platform/postgres/index.ts';
import { findBrowser } from './browser.ts';
import { startMigrated } from './migrated.ts';

let server: Postgres | undefined;
let folder: string;

export async function globalSetup(): Promise<void> {
  findBrowser(); // installed here once, not by several tests at the same time
  folder = mkdtempSync(join(tmpdir(), 'tandem-test-'));
  process.once('exit', () => {
    // The run ends before a teardown does; the server may still be writing its last files.
    for (const each of [server?.folder, folder])
      if (each !== undefined) rmSync(each, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass when this runs as root
  server = await startMigrated(folder, true);
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  await client.query('alter database tandem is_template true');
  await client.end();
  process.env.TANDEM_TEST_POSTGRES = JSON.stringify({
    app: server.appUrl,
    owner: server.ownerUrl,
    superuser: server.superuserUrl,
  });
}

export async function globalTeardown(): Promise<void> {
  await server?.stop();
}
