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
