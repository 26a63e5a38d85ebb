// The program behind `npm start`: database, migrations, demonstration, then web and worker, kept running until Ctrl-C.

import { loadMasterSecret } from '../platform/crypto/index.ts';
import { type Config, childEnvironment, loadConfig } from '../platform/env/config.ts';
import { entryUrl } from '../platform/env/project.ts';
import { operatorSentence } from './child.ts';
import { readDemoAccess } from './demo/access.ts';
import { migrate } from './migrate.ts';
import { openDatabase, type RunningDatabase } from './own-database.ts';
import { checkPort } from './port.ts';
import { keepRunning, runOnce, type Supervised } from './supervise.ts';

/** What `seed` exports. */
type SeedProgram = { seedDemo(config: Config, urls: { ownerUrl: string; appUrl: string }): Promise<void> };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first wish to stop; further ones change nothing, as stopping is under way. */
const stopWish = new Promise<void>((resolve) => {
  for (const signal of SIGNALS) process.on(signal, () => resolve());
});

async function prepare(config: Config, database: RunningDatabase): Promise<void> {
  const { applied } = await migrate({ ownerUrl: database.urls.owner, appRole: database.appRole });
  if (applied.length > 0) console.log(`Database brought up to date: ${applied.length} steps.`);
  loadMasterSecret(config.secretsFolder, config.secret); // made once, here: web and worker then only read it
  if (!config.demo) return;
  const { seedDemo }: SeedProgram = await import(entryUrl('seed').href); // only where it is needed: it loads every module
  await seedDemo(config, { ownerUrl: database.urls.owner, appUrl: database.urls.app });
}

function summary(config: Config, database: RunningDatabase): string {
  return [
    '',
    `Tandem is running: ${config.baseUrl}`,
    ...(config.demo ? demoLogins(config) : []),
    `  Data:              ${config.dataFolder}`,
    ...(database.folder ? [`  Database:          ${database.folder}`] : []),
    '  To stop:           press Ctrl-C',
    '',
  ].join('\n');
}

/** Where and as whom to look at the demonstration; the file holds all of it. */
function demoLogins(config: Config): string[] {
  const { staff, clients } = readDemoAccess(config.demoAccessFile);
  const [clerk, client] = [staff[0], clients[0]];
  return [
    ...(client ? [`  As a client:       ${config.baseUrl}/stand`] : []),
    ...(client
      ? [`                     receipt ${client.receipt}, born ${client.birthDate}, code ${client.code}`]
      : []),
    ...(clerk ? [`  As staff:          ${config.baseUrl}/arbeit`] : []),
    ...(clerk ? [`                     login ${clerk.login}, password ${clerk.password}`] : []),
    ...(clerk ? ['                     second factor: npm run -s tandem -- demo-code'] : []),
    `  More logins:       ${config.demoAccessFile}`,
  ];
}

async function run(config: Config): Promise<void> {
  await checkPort(config.host, config.port);
  const database = await openDatabase(config);
  const children: Supervised[] = [];
  try {
    await prepare(config, database);
    const env = childEnvironment(config, database.urls);
    children.push(keepRunning('web', env), keepRunning('worker', env));
    const lost = Promise.race(children.map((child) => child.lost));
    const stopped = await Promise.race([children[0]?.ready, lost, stopWish.then(() => true)]);
    if (stopped) return;
    console.log(summary(config, database));
    if (config.demo) children.push(runOnce('seed-rest', env));
    await Promise.race([stopWish, lost]);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await database.stop();
  }
}

try {
  await run(loadConfig());
  process.exit(0);
} catch (error) {
  console.error(operatorSentence(error) ?? error);
  process.exit(1);
}
