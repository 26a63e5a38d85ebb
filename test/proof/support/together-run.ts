import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { compose } from '../../../src/main/compose.ts';
import { addField, type OwnDefinition } from '../../../src/modules/fields/index.ts';
import { addStaff, newTotpSecret } from '../../../src/modules/identity/index.ts';
import { readConfig } from '../../../src/platform/env/config.ts';
import { totpKey } from '../../../src/surfaces/totp-key.ts';
import { freePort } from '../../support/free-port.ts';
import { type Installation, makeInstallation, type Staff } from './installation.ts';
import { seededRandom } from './numbers.ts';
import { type Program, startProgram, untilReady } from './programs.ts';
import { type Edit, hasHalf, keepHalf, makeEdit, type Verb } from './together/edit.ts';
import { editOwnField } from './together/own-field-edit.ts';
import { shownIn, Window } from './together/window.ts';

export type TogetherOptions = { readonly minutes: number; readonly people: number; readonly seed: number };

export type TogetherResult = {
  readonly minutes: number;
  readonly people: number;
  readonly edits: number;
  readonly written: number;
  readonly leftTheirs: number;
  readonly conflictsShown: number;
  readonly retries: number;
  readonly lostLines: number;
  readonly refreshes: number;
  readonly drafts: number;
  /** How long the last window took to show what the first one showed, after the last edit. */
  readonly settledMs: number;
  readonly stoppedCleanly: boolean;
  /** Edits that are nowhere, twice or unseen; drafts that are gone; windows that differ. */
  readonly wrong: readonly string[];
};

type Server = { readonly baseUrl: string; readonly env: Record<string, string>; program: Program };

/** Several people in one case, over two web processes, while lines break, one server restarts and one is killed. */
export async function proveTogether(options: TogetherOptions, tell: (line: string) => void): Promise<TogetherResult> {
  const installation = await makeInstallation();
  const servers: Server[] = [];
  const windows: Window[] = [];
  try {
    for (let i = 0; i < 2; i += 1) servers.push(await startServer(installation));
    const { staff, fields } = await addPeople(installation, options.people);
    const casePath = await openCase(installation, servers[0] as Server);
    for (const [i, each] of staff.entries()) {
      const { baseUrl } = servers[i % 2] as Server;
      windows.push(
        await Window.open({ tenant: installation.tenants[0], staff: each, name: `person ${i + 1}` }, baseUrl, casePath),
      );
    }
    await confirmThePerson(windows[0] as Window, casePath);
    tell(`${windows.length} windows are open`);
    const edits: Edit[] = [];
    const wrong: string[] = [];
    const until = performance.now() + options.minutes * 60_000;
    const work = windows.map((window, i) =>
      edit(window, { casePath, staff, fields }, options.seed * 100 + i, until, edits, wrong),
    );
    const stoppedCleanly = await trouble(servers, windows, casePath, options, wrong, tell);
    await Promise.all(work);
    const settledMs = await untilAlike(windows, casePath, wrong);
    await findWrong(installation, edits, wrong);
    const sum = (of: (each: Edit) => number): number => edits.reduce((total, each) => total + of(each), 0);
    return {
      minutes: options.minutes,
      people: options.people,
      edits: edits.length,
      written: edits.filter((each) => each.outcome === 'written').length,
      leftTheirs: edits.filter((each) => each.outcome === 'left-theirs').length,
      conflictsShown: sum((each) => each.conflicts),
      retries: sum((each) => each.retries),
      lostLines: windows.reduce((total, window) => total + window.reconnections, 0),
      refreshes: windows.reduce((total, window) => total + window.refreshes, 0),
      drafts: windows.length,
      settledMs,
      stoppedCleanly,
      wrong,
    };
  } finally {
    for (const window of windows) window.close();
    for (const { program } of servers) await program.kill();
    await installation.remove();
  }
}

async function startServer({ databaseEnv }: Installation): Promise<Server> {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const env = { ...databaseEnv, PORT: String(port), TANDEM_BASE_URL: baseUrl };
  const program = startProgram('web', env);
  if (!(await untilReady(program, baseUrl))) throw new Error(`The server does not start: ${program.said()}`);
  return { baseUrl, env, program };
}

const plainField: OwnDefinition = {
  label: { de: '' },
  help: { de: '' },
  target: 'case',
  kind: 'text',
  choices: [],
  concerns: [],
  team: null,
  purpose: 'Teilhabe',
  legalBasis: '§ 28 SGB II',
  category: 'social',
  writeHere: 'Name',
  notHere: 'alles andere',
  years: 1,
};

/** The people, and the own fields of the case that they fill in beside each other. */
async function addPeople(
  { env, postgres, tenants }: Installation,
  count: number,
): Promise<{ readonly staff: Staff[]; readonly fields: string[] }> {
  const { services, close } = compose({
    config: readConfig(env),
    urls: { app: postgres.appUrl },
    name: 'proof',
    poolSize: 2,
  });
  const added = await services.database.tenant(tenants[0].jobcenter.id, async (tx) => {
    const people: Staff[] = [];
    for (let i = 1; i <= count; i += 1) {
      const person = { login: `mensch${i}`, password: `password of mensch${i}`, totpSecret: newTotpSecret() };
      const name = `Mensch Nummer ${i}`;
      const made = await addStaff(tx, totpKey(services), { name, role: 'clerk', teamIds: tenants[0].teams, ...person });
      if (made.kind === 'added') people.push({ id: made.id, ...person });
    }
    const lead = { actor: { kind: 'staff', id: people[0]?.id ?? '', name: 'Mensch Nummer 1' }, role: 'lead' } as const;
    const fields: string[] = [];
    for (const label of ['Schule', 'Verein', 'Lieblingsort']) {
      const definition = { ...plainField, label: { de: label } };
      const saved = await addField(tx, lead, { definition, why: 'Probe' }, { concerns: [], teams: [] });
      if (saved.kind === 'saved') fields.push(saved.id);
    }
    return { staff: people, fields };
  });
  await close();
  return added;
}

/** One submission by the API makes the case; gives its address. */
async function openCase({ tenants, postgres }: Installation, { baseUrl }: Server): Promise<string> {
  const form = new FormData();
  const person = { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' };
  form.set('submission', JSON.stringify({ concern: 'unterlagen', channel: 'post', person, answers: {} }));
  const headers = { Authorization: `Bearer ${tenants[0].apiToken}`, 'Idempotency-Key': 'together' };
  const answer = await fetch(`${baseUrl}/api/v1/submissions`, { method: 'POST', headers, body: form });
  if (answer.status !== 201) throw new Error(`The case was not opened: ${answer.status}.`);
  const rows = await asOwner<{ id: string }>(
    postgres.ownerUrl,
    tenants[0].jobcenter.id,
    'select id from app.office_case',
  );
  return `/arbeit/vorgaenge/${rows[0]?.id}`;
}

async function asOwner<Row>(url: string, jobcenterId: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`begin; select app.enter('${jobcenterId}')`);
  const { rows } = await client.query(sql);
  await client.end();
  return rows as Row[];
}

/** Only a confirmed person has an address to write. */
async function confirmThePerson(window: Window, casePath: string): Promise<void> {
  const html = (await window.visitor.page(`${casePath}?tun=person`)).body.toString();
  const csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? '';
  const reply = await window.visitor.post(`${casePath}/person`, { csrf, person: 'neu' });
  if (reply.status !== 303) throw new Error(`The person was not confirmed: ${reply.status}.`);
}

/** One person edits until the time is over. */
async function edit(
  window: Window,
  { casePath, staff, fields }: { casePath: string; staff: readonly Staff[]; fields: readonly string[] },
  seed: number,
  until: number,
  edits: Edit[],
  wrong: string[],
): Promise<void> {
  const random = seededRandom(seed);
  const verbs: readonly Verb[] = ['notizen', 'email', 'email', 'entscheidung', 'zuweisung', 'felder', 'felder'];
  for (let i = 0; performance.now() < until; i += 1) {
    const verb = random.pick(verbs);
    const text = `${window.name.replace(' ', '')}-${i}-${seed}`;
    const typed: Record<Exclude<Verb, 'felder'>, Record<string, string>> = {
      notizen: { text, topic: 'other', whom: 'household' },
      email: { email: `${text}@example.org` },
      entscheidung: { result: random.pick(['granted', 'refused']), reasons: text },
      zuweisung: { staff: random.pick(staff).id },
    };
    try {
      if (verb === 'felder') edits.push(await editOwnField(window, casePath, random, random.pick(fields), text));
      else {
        const known = verb === 'zuweisung' ? '' : text;
        edits.push(await makeEdit(window, casePath, random, verb, known, typed[verb]));
      }
    } catch (error) {
      wrong.push((error as Error).message);
    }
    if (random.next() < 0.2) window.loseLine();
    await pause(random.int(800));
  }
}

/** In the first third one server is stopped as for an update, in the second the other one is killed; drafts outlive both. */
async function trouble(
  servers: readonly Server[],
  windows: readonly Window[],
  casePath: string,
  options: TogetherOptions,
  wrong: string[],
  tell: (line: string) => void,
): Promise<boolean> {
  const random = seededRandom(options.seed);
  const third = (options.minutes * 60_000) / 3;
  const half = (i: number): string => `half written by ${i} in run ${options.seed}`;
  await Promise.all(windows.map((window, i) => keepHalf(window, casePath, random, half(i))));
  await pause(third / 2);
  const [first, second] = servers as [Server, Server];
  const code = await first.program.stop();
  tell(`one server was stopped: ${code === 0 ? 'cleanly' : `code ${code}`}`);
  await restart(first);
  await pause(third);
  await second.program.kill();
  tell('the other one was killed');
  await restart(second);
  for (const [i, window] of windows.entries())
    if (!(await hasHalf(window, casePath, half(i)))) wrong.push(`${window.name}: a draft is gone`);
  return code === 0;
}

async function restart(server: Server): Promise<void> {
  server.program = startProgram('web', server.env);
  if (!(await untilReady(server.program, server.baseUrl)))
    throw new Error(`The server does not start again: ${server.program.said()}`);
}

/** Waits until all windows show the same by themselves; after 30 seconds those that differ are named. */
async function untilAlike(windows: readonly Window[], casePath: string, wrong: string[]): Promise<number> {
  const began = performance.now();
  const truth = shownIn((await (windows[0] as Window).visitor.page(casePath)).body.toString());
  const alike = (): boolean => windows.every((window) => window.shown === truth);
  while (!alike() && performance.now() - began < 30_000) await pause(50);
  for (const window of windows)
    if (window.shown !== truth) wrong.push(`${window.name} shows something else than the case`);
  return Math.round(performance.now() - began);
}

type Row = { readonly kind: string; readonly detail: Record<string, string | null> };

/** Every written edit is kept once; none that was left is; what had a value before replaced the one its writer had seen. */
async function findWrong({ postgres, tenants }: Installation, edits: readonly Edit[], wrong: string[]): Promise<void> {
  const ask = <T>(sql: string): Promise<T[]> => asOwner<T>(postgres.ownerUrl, tenants[0].jobcenter.id, sql);
  const rows = await ask<Row>('select kind, detail from app.case_event order by id');
  const past = await ask<{ field: string; after: string; before: string | null }>(
    `select v.field_id field, p.value #>> '{}' after, lag(p.value #>> '{}') over (partition by v.id order by p.version) before
     from app.own_field_past p join app.own_field_value v on v.id = p.value_id`,
  );
  /** What stood there before each time it was written. */
  const found = (each: Edit): string[] => {
    const before = (row: Row): string => row.detail['before'] ?? '';
    if (each.verb === 'felder')
      return past.filter((row) => row.field === each.field && row.after === each.text).map((row) => row.before ?? '');
    if (each.verb === 'notizen')
      return rows.filter((row) => row.kind === 'note' && row.detail['text'] === each.text).map(before);
    if (each.verb === 'email')
      return rows
        .filter((row) => row.kind === 'email-changed' && row.detail['after'] === `${each.text}@example.org`)
        .map(before);
    return rows.filter((row) => row.kind === 'decided' && row.detail['reasons'] === each.text).map(before);
  };
  for (const each of edits) {
    if (each.verb === 'zuweisung') continue; // the same person may be wanted by several: there is nothing to tell apart
    const there = found(each);
    const wanted = each.outcome === 'written' ? 1 : 0;
    if (there.length !== wanted) wrong.push(`${each.by}: ${each.verb} "${each.text}" is there ${there.length} times`);
    const [before = ''] = there;
    const nothing = each.conflicts > 0 && before === '';
    if (['email', 'felder'].includes(each.verb) && wanted === 1 && !nothing && before !== each.seen)
      wrong.push(`${each.by}: "${each.text}" replaced "${before}", which was not seen ("${each.seen}")`);
  }
}
