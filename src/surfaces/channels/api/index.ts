import { Hono } from 'hono';
import { z } from 'zod';
import { type ApiToken, findApiToken, jobcenterOfToken } from '../../../modules/identity/index.ts';
import type { Jobcenter } from '../../../modules/settings/index.ts';
import { StorageFull } from '../../../platform/blobs/index.ts';
import { isDatabaseLost } from '../../../platform/database/index.ts';
import { problem, rateLimit } from '../../../platform/http/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { ThreadUnavailable } from '../../../platform/media/index.ts';
import { clientAddress, type Env, type HttpContext, isOwnMachine } from '../../request.ts';
import type { Services } from '../../services.ts';
import { describeApi } from './openapi.ts';
import { getCase, getCases, getConcerns, getDocument, getReceipt, getSubmissions, notFound } from './reads.ts';
import type { ApiRoute } from './route.ts';
import {
  caseDetail,
  caseQuery,
  caseRow,
  concernRow,
  receiptAnswer,
  receiptStatus,
  submissionQuery,
  submissionRow,
} from './schemas.ts';
import { submit } from './submit.ts';

const t = translate('en');
const page = (row: z.ZodType) => z.object({ items: z.array(row), next: z.string().nullable() });

/** Every route of the API, with who may and what is recorded. */
export const apiRouteList: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/submissions',
    access: { scope: 'submissions:write' },
    audit: { records: 'submission.received' },
    handle: submit,
    operation: 'submit',
    summary: 'Hand in a submission',
    body: 'submission',
    answer: { status: 201, schema: receiptAnswer },
    problems: [400, 401, 403, 408, 413, 415, 422, 503],
  },
  {
    method: 'GET',
    path: '/receipts/:number',
    access: { scope: 'submissions:read' },
    audit: { records: 'receipt.read' },
    handle: getReceipt,
    operation: 'receipt',
    summary: 'A receipt and the state of everything on it',
    answer: { status: 200, schema: receiptStatus },
    problems: [401, 403, 404],
  },
  {
    method: 'GET',
    path: '/submissions',
    access: { scope: 'submissions:read' },
    audit: { records: 'submissions.listed' },
    handle: getSubmissions,
    operation: 'submissions',
    summary: 'Submissions, newest first',
    query: submissionQuery,
    answer: { status: 200, schema: page(submissionRow) },
    problems: [401, 403, 422],
  },
  {
    method: 'GET',
    path: '/cases',
    access: { scope: 'cases:read' },
    audit: { records: 'cases.listed' },
    handle: getCases,
    operation: 'cases',
    summary: 'Cases, the oldest deadline first',
    query: caseQuery,
    answer: { status: 200, schema: page(caseRow) },
    problems: [401, 403, 422],
  },
  {
    method: 'GET',
    path: '/cases/:id',
    access: { scope: 'cases:read' },
    audit: { records: 'case.read' },
    handle: getCase,
    operation: 'case',
    summary: 'One case',
    answer: { status: 200, schema: caseDetail },
    problems: [401, 403, 404],
  },
  {
    method: 'GET',
    path: '/documents/:id/content',
    access: { scope: 'documents:read' },
    audit: { records: 'document.read' },
    handle: getDocument,
    operation: 'document',
    summary: 'The bytes of a document',
    answer: { status: 200, binary: true },
    problems: [401, 403, 404],
  },
  {
    method: 'GET',
    path: '/concerns',
    access: { scope: 'submissions:write' },
    audit: { nothing: 'forms are public' },
    handle: getConcerns,
    operation: 'concerns',
    summary: 'The concerns that can be handed in',
    answer: { status: 200, schema: z.object({ items: z.array(concernRow) }) },
    problems: [401, 403],
  },
];

/** The REST API: a channel like the others. */
export function apiRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>();
  // One address for all Jobcenters: the token says which one it is, not the host.
  const description = JSON.stringify(describeApi(apiRouteList, services.baseUrl));
  app.get('/openapi.json', (c) =>
    c.body(description, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'public, max-age=300' }),
  );
  const tokens = createTokenCache(services);
  const guesses = countGuesses(services);
  for (const route of apiRouteList)
    app.on(route.method, route.path, (c) => enforce(c, services, route, tokens, guesses));
  app.all('*', () => notFound());
  app.onError((error) => onError(error, services));
  return app;
}

/** Wrong tokens an address may send in a minute before it is not listened to; each would cost a query. */
const wrongTokens = 100;

type Guesses = { readonly exhausted: (address: string) => boolean; readonly count: (address: string) => void };

function countGuesses(services: Services): Guesses {
  const within = rateLimit(wrongTokens, () => services.clock.now().getTime());
  let over = new Map<string, number>();
  return {
    exhausted: (address) => (over.get(address) ?? 0) > services.clock.now().getTime(),
    count: (address) => {
      if (within(address)) return;
      if (over.size > 10_000) over = new Map();
      over.set(address, services.clock.now().getTime() + 60_000);
    },
  };
}

type Holder = { readonly jobcenter: Jobcenter; readonly token: ApiToken };
type TokenCache = (text: string) => Promise<Holder | undefined>;

/** Valid tokens are kept for five seconds: a revoked one dies soon, and a busy program does not ask the database each time. */
function createTokenCache(services: Services): TokenCache {
  const known = new Map<string, { at: number; holder: Holder }>();
  return async (text) => {
    const at = services.clock.now().getTime();
    const entry = known.get(text);
    if (entry !== undefined && at - entry.at < 5_000) return entry.holder;
    known.delete(text);
    const jobcenter = await services.directory.byId(jobcenterOfToken(text) ?? '');
    const token = jobcenter && (await services.database.tenant(jobcenter.id, (tx) => findApiToken(tx, text)));
    if (jobcenter === undefined || token === undefined) return undefined;
    if (known.size > 1_000) known.clear();
    known.set(text, { at, holder: { jobcenter, token } });
    return { jobcenter, token };
  };
}

/** The one place that enforces what the routes declare. */
async function enforce(
  c: HttpContext,
  services: Services,
  route: ApiRoute,
  tokens: TokenCache,
  guesses: Guesses,
): Promise<Response> {
  const bearer = /^Bearer ([\w.-]{1,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
  const address = clientAddress(c, services.trustedProxies);
  if (!isOwnMachine(c, services) && guesses.exhausted(address))
    return problem(429, 'too-many', t('api:tooMany'), { headers: { 'Retry-After': '60' } });
  const holder = bearer === undefined ? undefined : await tokens(bearer);
  if (holder === undefined && bearer !== undefined) guesses.count(address);
  if (holder === undefined)
    return problem(401, 'unauthorized', t('api:unauthorized'), { headers: { 'WWW-Authenticate': 'Bearer' } });
  if (!holder.token.scopes.includes(route.access.scope)) return problem(403, 'forbidden', t('api:forbidden'));
  return route.handle({
    c,
    services,
    jobcenter: holder.jobcenter,
    actor: { kind: 'program', id: holder.token.id, name: holder.token.name },
  });
}

function onError(error: unknown, services: Services): Response {
  if (error instanceof StorageFull)
    return problem(503, 'storage-full', t('api:storageFull'), { headers: { 'Retry-After': '60' } });
  if (isDatabaseLost(error) || error instanceof ThreadUnavailable)
    return problem(503, 'unavailable', t('api:unavailable'), { headers: { 'Retry-After': '2' } });
  services.log.error({ err: error }, 'request failed');
  return problem(500, 'internal', t('api:internal'));
}
