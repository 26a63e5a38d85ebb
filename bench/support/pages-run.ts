import { Agent } from 'node:http';
import { type Installation, makeInstallation } from '../../test/proof/support/installation.ts';
import { percentile, round } from '../../test/proof/support/numbers.ts';
import { startProgram, untilReady } from '../../test/proof/support/programs.ts';
import { formsOf, linksOf, Visitor } from '../../test/proof/support/visitor.ts';
import { smallPdf } from '../../test/support/submit.ts';
import { type Load, type LoadResult, startLoad } from './load.ts';
import { fillCases } from './many-cases.ts';

export type PagesOptions = {
  /** Requests of one measurement. */
  readonly count: number;
  /** Measurements of each inbox, one after the other. */
  readonly rounds: number;
  /** Numbers of cases at which the inbox is measured. */
  readonly sizes: readonly number[];
};

export type Speed = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number };
export type Weight = {
  readonly page: number;
  readonly css: number;
  readonly js: number;
  readonly fonts: number;
  readonly other: number;
};
export type PagesResult = {
  readonly pages: Readonly<Record<string, Speed>>;
  /** Of each view of the inbox, by the number of cases. */
  readonly inbox: Readonly<Record<string, Readonly<Record<string, Speed>>>>;
  /** Median time of each view at the most cases, by that at the fewest. */
  readonly inboxRatio: Readonly<Record<string, number>>;
  /** Compressed bytes of a first visit, by page. */
  readonly bytes: Readonly<Record<string, Weight>>;
  readonly heaviestPortalPage: number;
  readonly heaviestFirstVisit: number;
  readonly failed: number;
};

const atOnce = 4;
const spoken = { 'Accept-Encoding': 'br, gzip', 'Accept-Language': 'de' };

/** Measures the pages people look at most, and the inbox as the number of cases grows. */
export async function benchPages(options: PagesOptions, tell: (line: string) => void): Promise<PagesResult> {
  const installation = await makeInstallation();
  const web = startProgram('web', { ...installation.databaseEnv, TANDEM_TRUST_PROXY: 'on' });
  const load = startLoad();
  const agent = new Agent({ keepAlive: true });
  try {
    if (!(await untilReady(web, installation.baseUrl))) throw new Error(`The web process did not start: ${web.said()}`);
    const scene = await openScene(installation, load, agent);
    const bytes: Record<string, Weight> = {};
    for (const [name, { path, visitor }] of Object.entries(scene.pages)) bytes[name] = await weigh(visitor, path);
    const pages: Record<string, Speed> = {};
    let failed = 0;
    const measure = async (path: string, visitor: Visitor, count: number): Promise<LoadResult> => {
      const result = await load.run({
        kind: 'pages',
        baseUrl: installation.baseUrl,
        paths: [path],
        headers: { ...spoken, Cookie: visitor.cookieHeader() },
        count,
        atOnce,
      });
      failed += result.failed;
      for (const example of result.examples) tell(`failed: ${example}`);
      return result;
    };
    for (const [name, { path, visitor }] of Object.entries(scene.pages)) {
      await measure(path, visitor, Math.ceil(options.count / 3));
      pages[name] = speedOf([await measure(path, visitor, options.count)]);
      tell(`${name}: ${JSON.stringify(pages[name])}, ${JSON.stringify(bytes[name])}`);
    }
    const inbox: Record<string, Record<string, Speed>> = {};
    for (const size of options.sizes) {
      await fillCases(installation, size);
      const views = await inboxViews(scene);
      const results: Record<string, LoadResult[]> = {};
      for (let round_ = 0; round_ <= options.rounds; round_ += 1) {
        for (const [name, { path, visitor }] of Object.entries(views)) {
          const result = await measure(path, visitor, Math.ceil(options.count / 2));
          if (round_ > 0) results[name] = [...(results[name] ?? []), result]; // the first round warms up
        }
      }
      inbox[size] = Object.fromEntries(Object.entries(results).map(([name, list]) => [name, speedOf(list)]));
      tell(`inbox at ${size} cases: ${JSON.stringify(inbox[size])}`);
    }
    const [first, last] = [inbox[options.sizes[0] ?? 0] ?? {}, inbox[options.sizes.at(-1) ?? 0] ?? {}];
    const inboxRatio = Object.fromEntries(
      Object.keys(first).map((name) => [name, round((last[name]?.p50Ms ?? 0) / (first[name]?.p50Ms ?? 1), 2)]),
    );
    const portal = ['start', 'concern', 'form'].flatMap((name) => bytes[name] ?? []);
    return {
      pages,
      inbox,
      inboxRatio,
      bytes,
      heaviestPortalPage: Math.max(...portal.map((w) => w.page + w.css)),
      heaviestFirstVisit: Math.max(...portal.map((w) => w.page + w.css + w.js + w.fonts + w.other)),
      failed,
    };
  } finally {
    agent.destroy();
    await load.end();
    await web.stop();
    await installation.remove();
  }
}

type Place = { readonly path: string; readonly visitor: Visitor };
type Scene = {
  readonly installation: Installation;
  readonly lead: Visitor;
  readonly clerk: Visitor;
  readonly pages: Readonly<Record<string, Place>>;
};

/** A client in the middle of a form, a lead and a clerk who are signed in, and a case with answers and a paper. */
async function openScene(installation: Installation, _load: Load, agent: Agent): Promise<Scene> {
  const [tenant] = installation.tenants;
  const client = new Visitor(installation.baseUrl, agent, spoken);
  const question = await beginForm(client, '/anliegen/weiterbewilligung');
  const lead = new Visitor(installation.baseUrl, agent);
  await lead.signIn(tenant, tenant.staff);
  const clerk = new Visitor(installation.baseUrl, agent);
  await clerk.signIn(tenant, tenant.clerk);
  const caseId = await submitOne(installation);
  const stranger = new Visitor(installation.baseUrl, agent, spoken);
  return {
    installation,
    lead,
    clerk,
    pages: {
      start: { path: '/', visitor: stranger },
      concern: { path: '/anliegen/weiterbewilligung', visitor: stranger },
      form: { path: question, visitor: client },
      inbox: { path: '/arbeit', visitor: lead },
      case: { path: `/arbeit/vorgaenge/${caseId}`, visitor: lead },
    },
  };
}

/** Starts a form as a person does, and gives the address of its first question. */
async function beginForm(client: Visitor, concern: string): Promise<string> {
  const plain = { 'Accept-Encoding': 'identity' };
  const page = await client.send({ method: 'GET', path: concern, headers: plain });
  if (typeof page === 'string') throw new Error(`${concern}: ${page}`);
  const form = formsOf(page.body.toString(), concern).find((each) => /entwurf/.test(each.action));
  if (form === undefined) throw new Error(`${concern} has no button to start.`);
  let at =
    (await client.post(form.action, Object.fromEntries(form.fields.map(({ name, value }) => [name, value])))).headers
      .location ?? '';
  for (let hops = 0; hops < 5; hops += 1) {
    const next = await client.page(at);
    if (next.status === 200) return at;
    at = next.headers.location ?? '';
  }
  throw new Error('The form does not begin.');
}

async function submitOne({ baseUrl, tenants }: Installation): Promise<string> {
  const headers = { Authorization: `Bearer ${tenants[0].apiToken}` };
  const form = new FormData();
  const person = { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' };
  const answers = {
    remark: 'Bitte sehen Sie die Anlage. '.repeat(20),
    since: '2026-11-01',
    reason: 'Wegen der Heizung.',
  };
  form.set('submission', JSON.stringify({ concern: 'unterlagen', channel: 'portal', person, answers }));
  form.append('document', new Blob([smallPdf('Lohn') as BlobPart]), 'Lohn.pdf');
  const sent = await fetch(`${baseUrl}/api/v1/submissions`, {
    method: 'POST',
    headers: { ...headers, 'Idempotency-Key': 'bench' },
    body: form,
  });
  const { number } = (await sent.json()) as { number: string };
  const status = (await (await fetch(`${baseUrl}/api/v1/receipts/${number}`, { headers })).json()) as {
    case: { id: string };
  };
  return status.case.id;
}

/** The inbox as it is looked at: all, a team, mine, somewhere in the middle, what is closed; by a lead and by a clerk. */
async function inboxViews({ lead, clerk, installation }: Scene): Promise<Record<string, Place>> {
  const [{ teams }] = installation.tenants;
  const middle = await pageAhead(lead, 8);
  return {
    all: { path: '/arbeit', visitor: lead },
    clerk: { path: '/arbeit', visitor: clerk },
    team: { path: `/arbeit?team=${teams[1]}`, visitor: lead },
    mine: { path: '/arbeit?zustaendig=ich', visitor: lead },
    waiting: { path: '/arbeit?stand=waiting', visitor: lead },
    closed: { path: '/arbeit?stand=closed', visitor: lead },
    old: { path: '/arbeit?alter=60&anliegen=umzug&weg=post', visitor: lead },
    ahead: { path: middle, visitor: lead },
  };
}

/** The address some pages further on, by its own links. */
async function pageAhead(visitor: Visitor, pages: number): Promise<string> {
  let path = '/arbeit';
  for (let i = 0; i < pages; i += 1) {
    const html = (await visitor.page(path)).body.toString();
    const next = linksOf(html).findLast((link) => /[?&]nach=/.test(link) && !link.includes('sprache='));
    if (next === undefined) return path;
    path = next;
  }
  return path;
}

/** Bytes on the wire of a page and of everything it loads. */
async function weigh(visitor: Visitor, path: string): Promise<Weight> {
  const get = async (address: string, encoding: string) => {
    const reply = await visitor.send({ method: 'GET', path: address, headers: { 'Accept-Encoding': encoding } });
    if (typeof reply === 'string' || reply.status !== 200)
      throw new Error(`${address}: ${typeof reply === 'string' ? reply : reply.status}`);
    return reply.body;
  };
  const weight = { page: (await get(path, 'br, gzip')).length, css: 0, js: 0, fonts: 0, other: 0 };
  const html = (await get(path, 'identity')).toString();
  const waiting = [...html.matchAll(/\b(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
  const seen = new Set<string>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const size = (await get(next, 'br, gzip')).length;
    const kind = /\.(css|js|woff2)(\?|$)/.exec(next)?.[1];
    if (kind === 'css') weight.css += size;
    else if (kind === 'js') weight.js += size;
    else if (kind === 'woff2') weight.fonts += size;
    else weight.other += size;
    if (kind !== 'css' && kind !== 'js') continue;
    const text = (await get(next, 'identity')).toString();
    const base = new URL(next, 'http://site');
    const named = kind === 'css' ? /url\(["']?([^"')]+)["']?\)/g : /^import\s[^;]*?["']([^"']+)["']/gm;
    for (const match of text.matchAll(named)) {
      if ((match[1] ?? '').startsWith('data:')) continue;
      const url = new URL(match[1] ?? '', base);
      waiting.push(`${url.pathname}${url.search}`);
    }
  }
  return weight;
}

function speedOf(results: readonly LoadResult[]): Speed {
  const sorted = Float64Array.from(results.flatMap((each) => [...each.latencies])).sort();
  const seconds = results.reduce((sum, each) => sum + each.totalMs, 0) / 1_000;
  return {
    perSecond: round(sorted.length / seconds),
    p50Ms: round(percentile(sorted, 0.5), 2),
    p99Ms: round(percentile(sorted, 0.99)),
  };
}
