import pg from 'pg';
import { migrate } from '../../src/main/migrate.ts';
import { type Postgres, startPostgres } from '../../src/platform/postgres/index.ts';
import { fillFromKept } from './kept-data.ts';

/** What a cluster is made from: its schema, how it is set up, and which PostgreSQL and queue the lock file names. */
export const clusterFiles = ['db/**/*.sql', 'src/platform/postgres/*.ts', 'src/main/migrate.ts', 'package-lock.json'];

const cluster = {
  name: 'cluster',
  words: [],
  files: clusterFiles,
  make: async (dataDir: string): Promise<Postgres> => {
    const postgres = await startPostgres({ dataDir });
    await migrate({ ownerUrl: postgres.ownerUrl, appRole: postgres.appRole });
    await untilAlone(postgres);
    return postgres;
  },
};

/** Starts a PostgreSQL of its own with today's schema in a fresh data folder. */
export async function startMigrated(dataDir: string, throwaway = false): Promise<Postgres> {
  const filled = await fillFromKept(cluster, dataDir);
  const postgres = await startPostgres({ dataDir, throwaway });
  if (!filled) await migrate({ ownerUrl: postgres.ownerUrl, appRole: postgres.appRole });
  return postgres;
}

/** Connections end a little after whoever used them is told: to cut one off is an error in its program. */
export async function untilAlone({ superuserUrl }: Postgres): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const others =
    "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
  while ((await client.query<{ n: number }>(others)).rows[0]?.n !== 0);
  await client.end();
}
