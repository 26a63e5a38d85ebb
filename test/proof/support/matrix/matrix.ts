import { apiRouteList } from '../../../../src/surfaces/channels/api/index.ts';
import { routes as portalRoutes } from '../../../../src/surfaces/portal/routes.ts';
import { formToken } from '../../../../src/surfaces/request.ts';
import { paths } from '../../../../src/surfaces/workspace/paths.ts';
import { routes as workspaceRoutes } from '../../../../src/surfaces/workspace/routes.ts';
import { closedLink } from '../../../../src/surfaces/workspace/words-in-addresses.ts';
import type { TestApp } from '../../../support/app.ts';
import type { Outcome, Visitor } from '../visitor.ts';
import { gather, type Knocker, proof, type Who, whoAll } from './people.ts';
import { askQueries, unaskedQueries } from './queries.ts';
import { addressOf, type Rule, ruleOf } from './rules.ts';
import { deskDraft, farSubstitution, heldCases, holdPapers, makeWorld, part, type World } from './world.ts';

/** One cell: somebody at one door. */
export type Cell = {
  readonly route: string;
  readonly who: Who;
  readonly open: boolean;
  /** What the declarations say. */
  readonly expected: boolean;
  readonly why: string;
  readonly answer: string;
};

export type Matrix = {
  readonly cells: readonly Cell[];
  readonly leaks: readonly string[];
  readonly changed: readonly string[];
};

type Door = {
  readonly name: string;
  readonly method: string;
  readonly prefix: string;
  readonly path: string;
  readonly access: string;
  readonly rule: Rule;
};

const programs: readonly Who[] = ['program with all scopes'];

/** Every declared route of every surface. */
function doors(): Door[] {
  const of = (prefix: string, list: readonly { method: string; path: string; access: string }[]): Door[] =>
    list.map(({ method, path, access }) => ({
      name: `${method} ${prefix}${path === '/' && prefix !== '' ? '' : path}`,
      method,
      prefix,
      path,
      access,
      rule: ruleOf({ method, path, access }, prefix === '/arbeit'),
    }));
  const api = apiRouteList.map(({ method, path, access }): Door => {
    const others: readonly Who[] = /:/.test(path) ? programs : [...programs, 'program of another Jobcenter'];
    const rule = { path: /./, open: others, why: `a program with the scope ${access.scope}, in its own house` };
    return { name: `${method} /api/v1${path}`, method, prefix: '/api/v1', path, access: 'token', rule };
  });
  return [...of('/arbeit', workspaceRoutes), ...of('', portalRoutes), ...api];
}

/** What an answer says: a page, a way on, or no entry. Asking for a sign-in, a number or a code is no entry. */
function isOpen(door: Door, outcome: Outcome): boolean {
  if (typeof outcome === 'string') return false;
  const { status, headers } = outcome;
  if ([401, 403, 404, 405, 410].includes(status)) return false;
  const to = headers.location ?? '';
  if (status !== 303 || door.access === 'public' || door.access === 'any-session') return true;
  if (door.access === 'first-factor') return to !== paths.today && to !== paths.signIn; // both factors were shown long ago
  return !entrances.some((entrance) => entrance.test(to));
}

const entrances = [/^\/arbeit\/anmelden/, /^\/stand(\?|$)/, /^\/b(\/[^/]+)?$/, /^\/kiosk$/];

async function knock(app: TestApp, door: Door, { visitor, csrf }: Knocker, world: World): Promise<Outcome> {
  const path = `${door.prefix}${door.prefix !== '' && door.path === '/' ? '' : addressOf(door.path, world)}`;
  const asks = door.method === 'GET' ? askings[`${door.prefix}${door.path}`]?.(world) : undefined;
  if (door.method === 'GET') return visitor.send({ method: 'GET', path: closedLink(app, path, asks ?? {}) });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const fields = {
    csrf:
      door.prefix === ''
        ? portalMark(app, visitor)
        : door.access === 'anyone'
          ? formToken(app.services.linkKey, proof)
          : csrf,
    ...fillings.find(([fits]) => fits.test(`${door.prefix}${door.path}`))?.[1](world),
  };
  return visitor.send({ method: door.method, path, headers, body: new URLSearchParams(fields).toString() });
}

/** The mark of the forms that the portal would give this browser now. */
function portalMark(app: TestApp, visitor: Visitor): string {
  const kept = visitor.cookies.get('besuch') ?? proof;
  visitor.cookies.set('besuch', kept);
  return formToken(app.services.linkKey, kept);
}

/** What must be in a form so that the next ones find the world as it was, or so that there is something to find. */
const fillings: readonly (readonly [RegExp, (world: World) => Record<string, string>])[] = [
  [/zuweisung$/, ({ of }) => ({ staff: of['staff'] ?? '' })],
  [/haken$/, () => ({ aufgabe: 'tag-1-1-neues' })],
  [/vorgaenge\/:id\/verlegung$/, ({ of }) => ({ eingang: of['submission'] ?? '', ziel: of['case'] ?? '' })],
  [/drehung$/, () => ({ seite: '1', drehung: '90' })],
  [/markierungen$/, () => ({ seite: '1', vermerk: 'nein' })],
  [/schwaerzung$/, () => ({ seite: '1' })],
  [/doppelt\/:pair\/entscheidung$/, () => ({ entscheidung: 'different' })],
  [/doppelt\/:pair\/zusammenfuehrung$/, () => ({ entscheidung: 'same' })],
  [/kreise\/:id\/vertretung$/, ({ of }) => ({ vertretung: of['substitution'] ?? '' })],
  [/betriebe\/:id\/zusammenfuehrung$/, ({ of }) => ({ andere: of['otherEmployer'] ?? '' })],
  [/felder\/reihenfolge\/:spot$/, ({ of }) => ({ bereich: of['team'] ?? '' })],
  [/weiter$/, () => ({ anliegen: 'unterlagen' })],
];

/** Pages that find things are asked for the things of the world. */
const askings: Readonly<Record<string, (world: World) => Readonly<Record<string, string>>>> = {
  '/arbeit/suche': ({ mark }) => ({ q: part(mark) }),
  '/arbeit/schalter': ({ mark }) => ({ name: part(mark), geburtsdatum: '3.4.1990' }),
  '/arbeit/post/brief/:id': ({ mark }) => ({ suche: part(mark) }),
  '/arbeit/felder/reihenfolge/:spot': ({ of }) => ({ bereich: of['team'] ?? '' }),
  '/arbeit/strom': ({ of }) => ({ vorgang: of['case'] ?? '' }),
};

/** What is wrong with a matrix, a sentence each; nothing when all is as declared. */
export const faultsOf = ({ cells, leaks, changed }: Matrix): string[] => [
  ...unaskedQueries().map((name) => `nobody said how to ask ${name}: add it to the queries of the access matrix`),
  ...cells
    .filter(({ open, expected }) => open !== expected)
    .map(({ route, who, open, answer }) => `${route}: ${who} is ${open ? 'let in' : 'kept out'} (${answer})`),
  ...leaks,
  ...changed.map((table) => `somebody who was kept out changed ${table}`),
];

/** Everybody at every door of a running Jobcenter. First who may look, then who may not act and changes nothing, then who may. */
export async function accessMatrix(app: TestApp, tell: (line: string) => void): Promise<Matrix> {
  const all = await gather(app);
  const worlds: Partial<Record<Who, World>> = {};
  const owners: readonly Who[] = ['stand-in for that clerk', 'lead', 'clerk of the team'];
  const drafts = { current: await deskDraft(all, 'Zugriffsprobe') };
  for (const [i, who] of owners.entries()) {
    const world = await makeWorld(app, all, `Zugriffsprobe${'xyz'[i]}`);
    const staff = all['clerk of the team'].staffId ?? '';
    worlds[who] = {
      ...world,
      of: {
        ...world.of,
        staff,
        team: app.teams['leistung'] ?? '',
        substitution: await farSubstitution(app, all, 10 + i * 10),
      },
    };
  }
  const world = worlds['clerk of the team'] as World;
  await holdPapers(app, all, world, worlds.lead as World);
  const worldOf = (who: Who): World => {
    const of = worlds[who] ?? world;
    return { ...of, of: { ...of.of, draft: drafts.current } };
  };
  const cells: Cell[] = [];
  const leaks: string[] = [];
  const visit = async (door: Door, who: Who): Promise<void> => {
    const outcome = await knock(app, door, all[who], worldOf(who));
    const text = typeof outcome === 'string' ? outcome : String(outcome.status);
    const body = typeof outcome === 'string' ? '' : outcome.body.toString();
    const expected = door.rule.open.includes(who);
    cells.push({
      route: door.name,
      who,
      open: isOpen(door, outcome),
      expected,
      why: door.rule.why,
      answer: `${text} ${typeof outcome === 'string' ? '' : (outcome.headers.location ?? '')}`.trim(),
    });
    if (!mayRead(who) && body.includes('Zugriffsprobe') && !findsPeople(door, who))
      leaks.push(`${door.name}: ${who} reads a name`);
    // Asked with a part of the name, nobody reads it who did not find it; and whoever may find it has to, or the question proves nothing.
    if (asksByPart.includes(door.name) && who === 'clerk of the team' && !body.includes(world.mark))
      leaks.push(`${door.name}: ${who} does not find what they may`);
  };
  const asked = { ...world, of: { ...world.of, ...(await heldCases(app, all, world.mark)) } };
  for (const { query, ...cell } of await askQueries(app, all, asked)) cells.push({ route: `query ${query}`, ...cell });
  const list = doors();
  tell(`${list.length} routes, ${whoAll.length} who knock`);
  const lasting = list.filter((door) => ends(door) < 0);
  for (const door of lasting.filter(({ method }) => method === 'GET')) for (const who of whoAll) await visit(door, who);
  const acts = lasting.filter(({ method }) => method !== 'GET');
  const before = await stateOf(app);
  for (const door of acts) for (const who of whoAll) if (!door.rule.open.includes(who)) await visit(door, who);
  const changed = differences(before, await stateOf(app));
  for (const door of acts) for (const who of door.rule.open) await visit(door, who);
  for (const door of list.filter((each) => ends(each) >= 0).sort((a, b) => ends(a) - ends(b))) {
    if (door.path.includes('entwurf/:id')) drafts.current = await deskDraft(all, 'Zugriffsprobe');
    for (const who of whoAll) await visit(door, who);
  }
  return { cells, leaks, changed };
}

/** What takes something from whoever does it: last. */
const endings = [
  /ruecknahme/,
  /entwurf\/:id\/(schliessen|absenden|vergessen|loeschen)/,
  /\/beenden|kiosk\/(freischalten|ende)|uebung/,
  /abmeldung/,
];
const ends = (door: Door): number => endings.findIndex((fits) => fits.test(door.name));

/** Pages that find people by a part of their name. */
const asksByPart: readonly string[] = ['GET /arbeit/schalter', 'GET /arbeit/suche'];

/** Whoever works in a team finds everybody who may stand at the counter. */
const findsPeople = ({ name }: Door, who: Who): boolean => asksByPart.includes(name) && who === 'clerk of another team';

const mayRead = (who: Who): boolean =>
  !/of another|protection officer|password only|nobody|with another|tablet|without a scope/.test(who);

/** How much there is of what the office keeps, table by table; what only says that somebody tried is left out. */
async function stateOf(app: TestApp): Promise<Map<string, string>> {
  const { services, jobcenter, secondTenant } = app;
  const left = new Set(['audit_entry', 'audit_block', 'attempt', 'staff_session', 'command_key']);
  const state = new Map<string, string>();
  for (const tenant of [jobcenter.id, secondTenant.jobcenter.id])
    await services.database.tenant(tenant, async (tx) => {
      const tables = await tx.raw<{ name: string }>(
        "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'app' and c.relkind = 'r' and c.relrowsecurity order by 1",
        [],
      );
      for (const { name } of tables) {
        if (left.has(name)) continue;
        const [row] = await tx.raw<{ sum: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from app.${name} t where jobcenter_id = $1`,
          [tenant],
        );
        state.set(`${tenant} ${name}`, row?.sum ?? '');
      }
    });
  return state;
}

const differences = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] =>
  [...after].filter(([table, sum]) => before.get(table) !== sum).map(([table]) => table.split(' ')[1] ?? '');
