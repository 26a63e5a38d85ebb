// Adds the rest of the demonstration beside the running web process; started by `npm start`.
import { loadConfig } from '../platform/env/config.ts';
import { closeGracefully, runProgram } from './child.ts';
import { seedRest } from './seed.ts';

await runProgram(async () => {
  const config = loadConfig();
  if (config.database === undefined) throw new Error('The database must be given.');
  closeGracefully(() => Promise.resolve());
  await seedRest(config, config.database.app);
  process.exit(0);
});
