import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { isId, newId } from '../kernel/ids.ts';
import { findDocument } from '../modules/documents/index.ts';
import { publicKeys } from '../modules/settings/index.ts';
import { StorageFull } from '../platform/blobs/index.ts';
import { isDatabaseLost } from '../platform/database/index.ts';
import { problem, rateLimit, securityHeaders } from '../platform/http/index.ts';
import { isLanguage, translate } from '../platform/i18n/index.ts';
import { ThreadUnavailable } from '../platform/media/index.ts';
import { apiRoutes } from '../surfaces/channels/api/index.ts';
import { portalRoutes } from '../surfaces/portal/index.ts';
import { checkFileLink, clientAddress, type Env, type HttpContext, isOwnMachine } from '../surfaces/request.ts';
import type { Services } from '../surfaces/services.ts';
import { workspaceRoutes } from '../surfaces/workspace/index.ts';
import { type loadAssets, serveAssets } from './assets.ts';

/** Pages one address may ask for in a minute; the API counts by itself. */
const pagesPerMinute = 1_200;

/**
 * What open pages of an office ask for by themselves in a minute: drafts while somebody types, renewed pages. Several hundred people stand
 * behind one address, and their typing must not close the door to them.
 */
const signsPerMinute = 12_000;

/** The whole web process: the only place that mounts surfaces. */
export function createWebApp(services: Services, assets: ReturnType<typeof loadAssets>): Hono<Env> {
  const app = new Hono<Env>();
  app.use(measure(services));
  app.use(securityHeaders(services.secureCookies));
  serveAssets(app, assets);
  operatorRoutes(app, services);
  app.use(floodGate(services));
  // No address of ours holds a zero byte, and PostgreSQL takes none.
  app.use((c, next) => (/%00/i.test(c.req.url) ? Promise.resolve(plainPage(c, 404, 'notFound')) : next()));
  app.use(compress());
  app.get('/.well-known/jwks.json', async (c) => {
    const keys = [];
    for (const jobcenter of await services.directory.all())
      keys.push(...(await services.database.tenant(jobcenter.id, publicKeys)));
    return c.json({ keys }, 200, { 'Cache-Control': 'public, max-age=300' });
  });
  app.get('/datei/:jobcenter/:document/:until/:mac', (c) => serveOriginal(c, services));
  app.route('/api/v1', apiRoutes(services));
  app.route('/arbeit', workspaceRoutes(services));
  app.route('/', portalRoutes(services));
  app.notFound((c) => plainPage(c, 404, 'notFound'));
  app.onError((error, c) => {
    if (isDatabaseLost(error) || error instanceof ThreadUnavailable) return plainPage(c, 503, 'unavailable');
    if (error instanceof StorageFull) return plainPage(c, 503, 'storageFull');
    services.log.error({ err: error }, 'request failed');
    return plainPage(c, 500, 'failed');
  });
  return app;
}

const measure =
  (services: Services) =>
  async (c: HttpContext, next: () => Promise<void>): Promise<void> => {
    const end = services.metrics.requests.startTimer();
    c.set('requestId', newId(services.clock.now()));
    await next();
    end({ method: c.req.method, route: c.req.routePath, status: String(c.res.status) });
  };

/** Slows one address that asks without end; the limit is far above what a person or an office behind one address needs. */
function floodGate(services: Services) {
  const now = (): number => services.clock.now().getTime();
  const [page, sign] = [rateLimit(pagesPerMinute, now), rateLimit(signsPerMinute, now)];
  return async (c: HttpContext, next: () => Promise<void>): Promise<Response | undefined> => {
    const counted = !c.req.path.startsWith('/api/') && !isOwnMachine(c, services);
    const allowed = isSign(c) ? sign : page;
    if (counted && !allowed(clientAddress(c, services.trustedProxies)))
      return plainPage(c, 429, 'tooMany', { 'Retry-After': '60' });
    await next();
    return undefined;
  };
}

const isSign = (c: HttpContext): boolean =>
  /^\/arbeit\/(strom|lebt|entwuerfe)$/.test(c.req.path) || c.req.header('x-tandem-refresh') !== undefined;

/** For the operator's own machine: life, readiness, figures. Whatever came through a proxy is a stranger. */
function operatorRoutes(app: Hono<Env>, services: Services): void {
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    const ready = await services.database.shared('select 1').then(
      () => true,
      () => false,
    );
    return ready ? c.text('ready\n') : c.text('the database cannot be reached\n', 503);
  });
  app.get('/metrics', async (c) => {
    const local = isOwnMachine(c, services) && c.req.header('x-forwarded-for') === undefined;
    if (!local) return c.notFound();
    return c.body(await services.metrics.registry.metrics(), 200, {
      'Content-Type': services.metrics.registry.contentType,
    });
  });
}

/** An original, as attachment and without any cookie; the link was made, checked and logged where it was asked for. */
async function serveOriginal(c: HttpContext, services: Services): Promise<Response> {
  const jobcenterId = c.req.param('jobcenter') ?? '';
  const documentId = c.req.param('document') ?? '';
  const valid =
    isId(jobcenterId) &&
    isId(documentId) &&
    checkFileLink(
      services.linkKey,
      jobcenterId,
      documentId,
      Number(c.req.param('until')),
      c.req.param('mac') ?? '',
      services.clock.now(),
    );
  if (!valid || (await services.directory.byId(jobcenterId)) === undefined) return plainPage(c, 404, 'notFound');
  const found = await services.database.tenant(jobcenterId, async (tx) => ({
    document: await findDocument(tx, documentId),
    bytes: await services.vault.read(tx, documentId),
  }));
  if (found.document === undefined || found.bytes === undefined) return plainPage(c, 404, 'notFound');
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'Content-Type': found.document.mediaType,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.document.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}

/** The last resort: a page that needs neither database nor surface, and says what to do now. */
function plainPage(
  c: HttpContext,
  status: 404 | 429 | 500 | 503,
  key: string,
  headers: Record<string, string> = {},
): Response {
  if (c.req.path.startsWith('/api/')) return problem(status, key, translate('en')(`plain:${key}.title`), { headers });
  const language = /sprache=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1];
  const t = translate(isLanguage(language) ? language : 'de');
  const html = `<!doctype html><html lang="${isLanguage(language) ? language : 'de'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t(`plain:${key}.title`)}</title></head><body><main><h1>${t(`plain:${key}.title`)}</h1><p>${t(`plain:${key}.text`)}</p><p><a href="/">${t('plain:home')}</a></p></main></body></html>`;
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      ...(status === 503 ? { 'Retry-After': '5' } : {}),
      ...headers,
    },
  });
}
