import { globSync } from 'node:fs';
import pg from 'pg';
import type { Actor } from '../../kernel/actor.ts';
import type { Jobcenter } from '../../modules/settings/index.ts';
import { type Config, loadConfig } from '../../platform/env/config.ts';
import { projectPath } from '../../platform/env/project.ts';
import type { Services } from '../../surfaces/services.ts';
import { OperatorError } from '../child.ts';
import { compose } from '../compose.ts';
import { migrate } from '../migrate.ts';
import { openDatabase, type RunningDatabase } from '../own-database.ts';

/** Who acts when an operator gives a command; the audit log shows it. */
export const operator: Actor = { kind: 'system', name: 'operator command' };

/** Opens the database (starting our own where there is no other), does the work, and closes everything again. */
export async function withDatabase<T>(work: (database: RunningDatabase, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const database = await openDatabase(config);
  try {
    return await work(database, config);
  } finally {
    await database.stop();
  }
}

/**
 * The parts of the application, working as the owner of the tables: without the time limits of web requests, but bound by
 * row-level security all the same.
 */
export async function withServices<T>(work: (services: Services, master: Uint8Array) => Promise<T>): Promise<T> {
  return withDatabase(async (database, config) => {
    if (config.database === undefined) await migrate({ ownerUrl: database.urls.owner, appRole: database.appRole });
    else await requireSchema(database.urls.owner);
    const { services, master, close } = compose({
      config,
      urls: { app: database.urls.owner },
      name: 'command',
      poolSize: 4,
    });
    try {
      return await work(services, master);
    } finally {
      await close();
    }
  });
}

async function requireSchema(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: known } = await client.query<{ found: boolean }>(
      "select to_regclass('public.migration') is not null as found",
    );
    const applied = known[0]?.found
      ? (await client.query<{ name: string }>('select name from public.migration')).rows.map((row) => row.name)
      : [];
    const missing = globSync('*.sql', { cwd: projectPath('db/migrations') }).filter((name) => !applied.includes(name));
    if (missing.length > 0)
      throw new OperatorError('The database is not up to date; run "npm run tandem -- migrate" first.');
  } finally {
    await client.end();
  }
}

/** The Jobcenter with a key, or a sentence that names those that exist. */
export async function jobcenterOf(services: Services, key: string): Promise<Jobcenter> {
  const found = await services.directory.byKey(key);
  if (found !== undefined) return found;
  const keys = (await services.directory.all()).map((jobcenter) => jobcenter.key);
  const hint =
    keys.length === 0 ? 'There is none yet; "tandem jobcenter create" makes one.' : `There are: ${keys.join(', ')}.`;
  throw new OperatorError(`There is no Jobcenter with the key "${key}". ${hint}`);
}

/** The same for what opens a way in or out: a practice Jobcenter has none. */
export async function realJobcenterOf(services: Services, key: string): Promise<Jobcenter> {
  const found = await jobcenterOf(services, key);
  if (found.practiceOf != null)
    throw new OperatorError(`"${key}" is for practice: nothing comes in from outside, and nothing goes out.`);
  return found;
}
