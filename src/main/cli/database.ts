import { loadConfig } from '../../platform/env/config.ts';
import { startPostgres } from '../../platform/postgres/index.ts';
import { migrate as migrateDatabase } from '../migrate.ts';
import type { Command } from './command.ts';
import { withDatabase } from './connect.ts';

export const dbUrl: Command = {
  name: 'db-url',
  summary: 'Prints the address of the database, for psql: psql "$(npm run -s tandem -- db-url)".',
  options: { owner: { help: 'As the owner of the tables; the application role otherwise.' } },
  run: async (values) => {
    const config = loadConfig();
    const urls = config.database ?? (await ownUrls(config.dataFolder));
    console.log(values.on('owner') ? urls.owner : urls.app);
    return 0;
  },
};

/** Our own server, started where it does not run; it is left running, because somebody is about to use it. */
async function ownUrls(dataDir: string): Promise<{ app: string; owner: string }> {
  const server = await startPostgres({ dataDir, log: console.error });
  if (!server.adopted)
    console.error('PostgreSQL was started and keeps running; npm start takes it over and stops it at its end.');
  return { app: server.appUrl, owner: server.ownerUrl };
}

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Brings the schema of the database up to date; npm start does it by itself.',
  options: {},
  run: async () => {
    const { applied } = await withDatabase((database) =>
      migrateDatabase({ ownerUrl: database.urls.owner, appRole: database.appRole }),
    );
    console.log(applied.length === 0 ? 'The database was up to date.' : `Applied: ${applied.join(', ')}.`);
    return 0;
  },
};
