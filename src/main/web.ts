// One web process (`npm run web`): as many as wanted may run beside each other.

import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Config, loadConfig } from '../platform/env/config.ts';
import { createOutboxBell } from '../platform/jobs/index.ts';
import { compressAssets } from './assets.ts';
import { announceReady, closeGracefully, OperatorError, runProgram } from './child.ts';
import { compose } from './compose.ts';
import { migrate } from './migrate.ts';
import { keepOutageLists } from './outage-lists.ts';
import { openDatabase } from './own-database.ts';
import { createWebApp } from './web-app.ts';

/** Listens, or says in one sentence why it cannot. */
async function listen(server: Server, config: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new OperatorError(`Port ${config.port} is in use by another program; set PORT to a free one.`)
          : error,
      );
    });
    server.listen(config.port, config.host, resolve);
  });
}

await runProgram(async () => {
  const config = loadConfig();
  const database = await openDatabase(config);
  if (config.database === undefined) await migrate({ ownerUrl: database.urls.owner, appRole: database.appRole });
  const { services, assets, close } = compose({ config, urls: database.urls, name: 'web' });
  compressAssets(assets);
  services.database.onEnqueued = createOutboxBell(services.database);
  const app = createWebApp(services, assets);
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { requestTimeout: 180_000, headersTimeout: 20_000, maxHeaderSize: 16_384, keepAliveTimeout: 65_000 },
  }) as Server;
  await listen(server, config);
  services.log.info({ port: config.port }, 'web is ready');
  announceReady();
  const stopSaving = keepOutageLists(services);
  closeGracefully(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    stopSaving();
    await services.live.close(); // open pages are told, and come back to the next process
    // A connection becomes idle when its answer is out, and would be kept for another minute.
    const hangUp = setInterval(() => server.closeIdleConnections(), 50);
    await closed;
    clearInterval(hangUp);
    await close();
    await database.stop();
  });
});
