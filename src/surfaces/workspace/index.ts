import { Hono } from 'hono';
import { StorageFull } from '../../platform/blobs/index.ts';
import { isDatabaseLost } from '../../platform/database/index.ts';
import { translate } from '../../platform/i18n/index.ts';
import type { Env, HttpContext } from '../request.ts';
import type { Services } from '../services.ts';
import { enforce, stranger } from './enforce.ts';
import { trouble } from './errors.tsx';
import { languageOf } from './language.ts';
import { routes } from './routes.ts';
import { claimedSession } from './session-cookie.ts';
import { withoutDatabase } from './together/outage.tsx';
import type { Visit } from './visit.ts';

export { saveOutageLists } from './together/save-outage-lists.ts';

/** The workspace of the staff, mounted at `/arbeit`. */
export function workspaceRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  for (const route of routes) app.on(route.method, route.path, enforce(services, route));
  app.all('*', async (c) => trouble(await passerBy(c, services), 'notFound'));
  app.onError(async (error, c) => {
    const visit = await afterTrouble(c, services);
    if (isDatabaseLost(error)) return withoutDatabase(visit);
    if (error instanceof StorageFull) return trouble(visit, 'storageFull');
    services.log.error({ err: error, requestId: c.get('requestId') }, 'a page of the workspace failed');
    return trouble(visit, 'failed');
  });
  return app;
}

/** Somebody on a page of nothing: while they practise, that page says so too. What their cookie claims opens nothing here. */
async function passerBy(c: HttpContext, services: Services): Promise<Visit> {
  const visit = await stranger(c, services);
  const claimed = await services.directory.byId(claimedSession(c)?.jobcenterId ?? '');
  return claimed?.practiceOf == null ? visit : { ...visit, jobcenter: claimed };
}

/** A visit that needs no database, for the page that says so. */
async function afterTrouble(c: HttpContext, services: Services): Promise<Visit> {
  try {
    return await passerBy(c, services);
  } catch {
    const language = languageOf(c);
    const nameless = { id: '', key: '', name: '', hosts: [], isDefault: false };
    const base = { c, services, jobcenter: nameless, language, t: translate(language), path: c.req.path };
    return { ...base, address: '', csrf: '', input: {}, files: [] };
  }
}
