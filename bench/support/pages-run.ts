import { Agent } from 'node:http';
import pg from 'pg';
import { type Installation, makeInstallation } from '../../test/proof/support/installation.ts';
import { percentile, round } from '../../test/proof/support/numbers.ts';
import { type Program, startProgram, untilReady } from '../../test/proof/support/programs.ts';
import { formsOf, linksOf, Visitor } from '../../test/proof/support/visitor.ts';
import { freePort } from '../../test/support/free-port.ts';
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
  const load = startLoad();
  const agent = new Agent({ keepAlive: true });
  const offices: Office[] = [];
  try {
    const databases = await fillDatabases(installation, options.sizes, tell);
    for (const [i, size] of options.sizes.entries()) {
      offices.push(await openOffice(installation, databases[i] ?? '', size, agent));
    }
    const [first] = offices;
    if (first === undefined) throw new Error('Nothing to measure.');
    const bench: Bench = { load, options, tell, failed: 0 };
    const places = await placesOf(first, installation, agent);
    const bytes: Record<string, Weight> = {};
    const pages: Record<string, Speed> = {};
    for (const [name, place] of Object.entries(places)) {
      bytes[name] = await weigh(place.visitor, place.path);
      await measure(bench, first, place, Math.ceil(options.count / 3));
      pages[name] = speedOf([await measure(bench, first, place, options.count)]);
      tell(`${name}: ${JSON.stringify(pages[name])}, ${JSON.stringify(bytes[name])}`);
    }
    const inbox = await measureInboxes(bench, offices, installation);
    for (const [size, views] of Object.entries(inbox)) tell(`inbox at ${size} cases: ${JSON.stringify(views)}`);
    const [few, many] = [inbox[options.sizes[0] ?? 0] ?? {}, inbox[options.sizes.at(-1) ?? 0] ?? {}];
    const ratio = (name: string): number => round((many[name]?.p50Ms ?? 0) / (few[name]?.p50Ms ?? 1), 2);
    const portal = ['start', 'concern', 'form'].flatMap((name) => bytes[name] ?? []);
    return {
      pages,
      inbox,
      inboxRatio: Object.fromEntries(Object.keys(few).map((name) => [name, ratio(name)])),
      bytes,
      heaviestPortalPage: Math.max(...portal.map((w) => w.page + w.css)),
      heaviestFirstVisit: Math.max(...portal.map((w) => w.page + w.css + w.js + w.fonts + w.other)),
      failed: bench.failed,
    };
  } finally {
    agent.destroy();
    await load.end();
    await Promise.all(offices.map(({ web }) => web.stop()));
    await installation.remove();
  }
}

type Bench = {
  readonly load: Load;
  readonly options: PagesOptions;
  readonly tell: (line: string) => void;
  failed: number;
};

/** A web process over a database with so many cases; a lead and a clerk are signed in. */
type Office = {
  readonly size: number;
  readonly web: Program;
  readonly baseUrl: string;
  readonly lead: Visitor;
  readonly clerk: Visitor;
};

/** One database a size, copies of one that grows, so that all can be measured in turns. Gives their names. */
async function fillDatabases(
  installation: Installation,
  sizes: readonly number[],
  tell: (line: string) => void,
): Promise<string[]> {
  const names: string[] = [];
  for (const size of sizes) {
    await fillCases(installation, size);
    const name = `cases_${size}`;
    const client = new pg.Client({ connectionString: onDatabase(installation.postgres.superuserUrl, 'postgres') });
    await client.connect();
    await client.query(`create database ${name} template tandem owner tandem_owner strategy file_copy`);
    await client.query(`grant connect on database ${name} to ${installation.postgres.appRole}`);
    await client.end();
    names.push(name);
    tell(`${size} cases are there`);
  }
  return names;
}

const onDatabase = (url: string, name: string): string => url.replace('/tandem?', `/${name}?`);

async function openOffice(installation: Installation, database: string, size: number, agent: Agent): Promise<Office> {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const urls = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'QUEUE_DATABASE_URL'].map((name) => [
    name,
    onDatabase(installation.databaseEnv[name] ?? '', database),
  ]);
  const env = {
    ...installation.databaseEnv,
    ...Object.fromEntries(urls),
    PORT: String(port),
    TANDEM_TRUST_PROXY: 'on',
  };
  const web = startProgram('web', env);
  if (!(await untilReady(web, baseUrl))) {
    await web.kill();
    throw new Error(`The web process did not start: ${web.said()}`);
  }
  const [tenant] = installation.tenants;
  const lead = new Visitor(baseUrl, agent);
  await lead.signIn(tenant, tenant.staff);
  const clerk = new Visitor(baseUrl, agent);
  await clerk.signIn(tenant, tenant.clerk);
  return { size, web, baseUrl, lead, clerk };
}

async function measure(
  bench: Bench,
  { baseUrl }: Office,
  { path, visitor }: Place,
  count: number,
): Promise<LoadResult> {
  const headers = { ...spoken, Cookie: visitor.cookieHeader() };
  const result = await bench.load.run({ kind: 'pages', baseUrl, paths: [path], headers, count, atOnce });
  bench.failed += result.failed;
  for (const example of result.examples) bench.tell(`failed: ${example}`);
  return result;
}

/** Every view at every size in turns, so that other work on the machine meets all of them. */
async function measureInboxes(
  bench: Bench,
  offices: readonly Office[],
  installation: Installation,
): Promise<Record<string, Record<string, Speed>>> {
  const results: Record<string, Record<string, LoadResult[]>> = {};
  const views = await Promise.all(offices.map((office) => inboxViews(office, installation)));
  for (let turn = 0; turn <= bench.options.rounds; turn += 1) {
    for (const name of Object.keys(views[0] ?? {})) {
      for (const [i, office] of offices.entries()) {
        const place = views[i]?.[name];
        if (place === undefined) continue;
        const result = await measure(bench, office, place, Math.ceil(bench.options.count / 4));
        const ofSize = results[office.size] ?? {};
        results[office.size] = ofSize;
        if (turn > 0) ofSize[name] = [...(ofSize[name] ?? []), result]; // the first turn warms up
      }
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([size, ofSize]) => [
      size,
      Object.fromEntries(Object.entries(ofSize).map(([name, list]) => [name, speedOf(list)])),
    ]),
  );
}

type Place = { readonly path: string; readonly visitor: Visitor };

/** A client in the middle of a form, a lead at the inbox, and a case with answers and a paper. */
async function placesOf(office: Office, installation: Installation, agent: Agent): Promise<Record<string, Place>> {
  const client = new Visitor(office.baseUrl, agent, spoken);
  const question = await beginForm(client, '/anliegen/weiterbewilligung');
  const caseId = await submitOne(office.baseUrl, installation.tenants[0].apiToken);
  const stranger = new Visitor(office.baseUrl, agent, spoken);
  return {
    start: { path: '/', visitor: stranger },
    concern: { path: '/anliegen/weiterbewilligung', visitor: stranger },
    form: { path: question, visitor: client },
    inbox: { path: '/arbeit', visitor: office.lead },
    case: { path: `/arbeit/vorgaenge/${caseId}`, visitor: office.lead },
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

async function submitOne(baseUrl: string, token: string): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` };
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
async function inboxViews({ lead, clerk }: Office, installation: Installation): Promise<Record<string, Place>> {
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
