import { Hono } from 'hono';
import { isDatabaseLost } from '../../platform/database/index.ts';
import type { Env } from '../request.ts';
import type { Services } from '../services.ts';
import { browserProof } from './cookies.ts';
import { enforce, openVisit, visitWithoutDatabase } from './enforce.ts';
import { routes } from './routes.ts';
import { troublePage } from './shell.tsx';

/** All pages of the public. The last route is the page for addresses that do not exist. */
export function portalRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  for (const route of routes) app.on(route.method, route.path, enforce(services, route));
  app.all('*', async (c) => {
    if (/^\/(api|arbeit|assets|datei)(\/|$)/.test(c.req.path)) return c.notFound();
    return troublePage(await openVisit(c, services, browserProof({ c, services })), 'notFound');
  });
  app.onError((error, c) => {
    if (isDatabaseLost(error)) return troublePage(visitWithoutDatabase(c, services), 'unavailable');
    services.log.error({ err: error }, 'page of the portal failed');
    return troublePage(visitWithoutDatabase(c, services), 'failed');
  });
  return app;
}
