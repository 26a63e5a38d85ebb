import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Config, DatabaseUrls } from '../platform/env/config.ts';
import { startPostgres } from '../platform/postgres/index.ts';
import { OperatorError } from './child.ts';

/** The database of this run: one that the operator brings, or our own. */
export type RunningDatabase = {
  readonly urls: DatabaseUrls;
  /** Role under which the application works; migrations grant to it. */
  readonly appRole: string;
  /** Where our own cluster lies; undefined for a server of the operator. */
  readonly folder: string | undefined;
  stop(): Promise<void>;
};

const OLDEST_SERVER = 150_000;
const WATCH_MS = 1_000;
const SESSION = 'tandem supervisor';

/** Connect to the operator's server, or start our own and keep it alive until `stop`. */
export async function openDatabase(config: Config): Promise<RunningDatabase> {
  if (config.database) {
    await checkServer('DATABASE_URL', config.database.app);
    await checkServer('DATABASE_OWNER_URL', config.database.owner);
    return {
      urls: config.database,
      appRole: roleOf(config.database.app),
      folder: undefined,
      stop: async () => undefined,
    };
  }
  const start = () => startPostgres({ dataDir: config.dataFolder, log: console.log });
  let server = await start();
  let session = await hold(server.ownerUrl);
  const ending = new AbortController();
  const watch = (async () => {
    while (!ending.signal.aborted) {
      await pause(WATCH_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted || server.alive()) continue;
      console.error('The database ended; it is started again.');
      try {
        server = await start();
        session = await hold(server.ownerUrl);
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    }
  })();
  return {
    urls: { app: server.appUrl, owner: server.ownerUrl, queue: server.ownerUrl },
    appRole: server.appRole,
    folder: server.folder,
    stop: async () => {
      ending.abort();
      await watch;
      const others = await othersHold(session);
      await session.end().catch(() => undefined);
      if (others) console.log('The database keeps running: another Tandem uses it.');
      else await server.stop();
    },
  };
}

/** Make sure that the operator's server answers and is recent enough; says which address does not work, never the password. */
async function checkServer(setting: string, connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    const version = rows[0]?.version ?? 0;
    if (version >= OLDEST_SERVER) return;
    throw new OperatorError(
      `${setting} leads to PostgreSQL ${Math.floor(version / 10_000)}; Tandem needs 15 or newer.`,
    );
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new OperatorError(`The PostgreSQL server in ${setting} does not let us in: ${reason}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A session that shows other supervisors of the same data folder that the server is in use; it dies with us. */
async function hold(connectionString: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString, application_name: SESSION });
  session.on('error', () => undefined); // the watch notices that the server is gone
  await session.connect();
  return session;
}

async function othersHold(session: pg.Client): Promise<boolean> {
  const sql = 'select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()';
  return session.query(sql, [SESSION]).then(
    ({ rows }) => rows.length > 0,
    () => false,
  );
}

/** The user in a PostgreSQL address. */
function roleOf(url: string): string {
  return new pg.Client({ connectionString: url }).user ?? '';
}
