import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openTestOffice } from '../../test/support/office.ts';
import { currentForms, formDefinition, publishForm, shippedDefinitions } from '../modules/forms/index.ts';
import { findApiToken, findSession, signIn } from '../modules/identity/index.ts';
import { announce, openAnnouncements } from '../modules/together/index.ts';
import { childEnvironment } from '../platform/env/config.ts';
import { entryUrl } from '../platform/env/project.ts';
import { publishEverywhere } from './publish-forms.ts';

const { services, database, config, tenants } = await openTestOffice();
const [tenant] = tenants as [(typeof tenants)[number]];
const env = childEnvironment(config, { app: database.appUrl, owner: database.ownerUrl, queue: database.ownerUrl });

/** One command line, as an operator types it. */
function tandem(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [fileURLToPath(entryUrl('cli')), ...args], { env, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const done = (...args: string[]): string => {
  const { code, out, err } = tandem(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  return out;
};
const at = ['--jobcenter', 'neustadt'];
const idOf = async (key: string): Promise<string> =>
  (await services.database.shared<{ id: string }>('select id from app.jobcenter where key = $1', [key]))[0]?.id ?? '';

test('a Jobcenter, a team and staff are made; the new login works until it is reset or taken out of use', async () => {
  const profile = join(config.dataFolder, 'profile.json');
  writeFileSync(profile, done('jobcenter', 'profile-template'));
  done('jobcenter', 'create', '--key', 'neustadt', '--name', 'Jobcenter Neustadt', '--profile', profile);
  const known = JSON.parse(done('jobcenter', 'profile', ...at)) as { state: string };
  assert.equal(known.state, 'NW');
  writeFileSync(profile, JSON.stringify({ ...known, state: 'TH', localHolidays: ['fronleichnam'] }));
  done('jobcenter', 'profile', ...at, '--file', profile);
  assert.match(done('jobcenter', 'profile', ...at), /"state": "TH"/);
  done('team', 'create', ...at, '--key', 'leistung', '--name', 'Leistung', '--phone', '030 23125 100');
  const who = ['--login', 'Alex.Beispiel', '--name', 'Alex Beispiel', '--role', 'clerk', '--team', 'leistung'];
  const { login, password } = JSON.parse(done('staff', 'create', ...at, ...who, '--json')) as Record<string, string>;
  assert.equal(login, 'alex.beispiel');
  const id = await idOf('neustadt');
  const enter = (word = '') =>
    services.database.tenant(id, (tx) => signIn(tx, { login: 'alex.beispiel', password: word }));
  const running = async (token: string) =>
    (await services.database.tenant(id, (tx) => findSession(tx, token))) !== undefined;

  const first = await enter(password);
  assert.ok(first.kind === 'first-factor' && (await running(first.token)));
  const renewed = JSON.parse(done('staff', 'reset', ...at, '--login', 'alex.beispiel', '--json')) as Record<
    string,
    string
  >;
  assert.equal(await running(first.token), false);
  assert.equal((await enter(password)).kind, 'refused');
  const second = await enter(renewed['password']);
  assert.ok(second.kind === 'first-factor');

  done('staff', 'disable', ...at, '--login', 'alex.beispiel');
  assert.equal(await running(second.token), false);
  assert.equal((await enter(renewed['password'])).kind, 'refused');
  assert.match(done('staff', 'list', ...at), /^alex\.beispiel\tAlex Beispiel\tclerk\tout of use since/);
  done('staff', 'enable', ...at, '--login', 'alex.beispiel');
  assert.equal((await enter(renewed['password'])).kind, 'first-factor');
});

test('a token works until it is revoked', async () => {
  const at = ['--jobcenter', tenant.jobcenter.key];
  const token = done('token', 'create', ...at, '--name', 'Fachverfahren', '--scope', 'cases:read').trim();
  const works = async () =>
    (await services.database.tenant(tenant.jobcenter.id, (tx) => findApiToken(tx, token))) !== undefined;
  assert.ok(await works());
  const [listed] = JSON.parse(done('token', 'list', ...at, '--json')) as { id: string; name: string }[];
  assert.equal(listed?.name, 'Fachverfahren');
  done('token', 'revoke', ...at, '--id', listed?.id ?? '');
  assert.equal(await works(), false);
  assert.equal(tandem('token', 'revoke', ...at, '--id', listed?.id ?? '').code, 1);
});

test('what cannot be done is one sentence, and every command explains itself', () => {
  for (const [args, sentence, code] of [
    [['staff', 'reset', ...at, '--login', 'nobody'], /^There is nobody with the login "nobody"/, 1],
    [['staff', 'list', '--jobcenter', 'nowhere'], /^There is no Jobcenter with the key "nowhere"\. There are: /, 1],
    [['staff', 'list'], /^--jobcenter is missing/, 2],
    [['demo-code'], /^There is no demonstration/, 1],
    [['unheard', 'of'], /^There is no command "unheard of"/, 2],
  ] as const) {
    const told = tandem(...args);
    assert.equal(told.code, code, args.join(' '));
    assert.match(told.err, sentence);
    assert.doesNotMatch(told.err, /\n\s+at /);
  }
  assert.match(done('help'), /staff disable/);
  assert.match(done('staff', 'reset', '--help'), /--login/);
});

test('an update is announced to the staff with its time, and taken back', async () => {
  const open = () => services.database.tenant(tenant.jobcenter.id, openAnnouncements);
  const at = ['--jobcenter', tenant.jobcenter.key];
  done('announce', 'Tandem wird erneuert.', '--at', '2098-12-31 20:00', '--minutes', '15', ...at);
  const [announced] = await open();
  assert.equal(announced?.text, 'Tandem wird erneuert.');
  assert.equal(announced?.at.toISOString(), '2098-12-31T19:00:00.000Z');
  assert.equal(announced?.endsAt.toISOString(), '2098-12-31T19:15:00.000Z');
  assert.match(done('announce', 'withdraw', ...at), /1 taken back/);
  assert.deepEqual(await open(), []);
  const byDay = ['announce', 'Mittags.', '--at', '2098-12-30 11:00', ...at] as const; // a Tuesday
  assert.match(tandem(...byDay).err, /^Updates wait for the night/);
  assert.match(
    tandem('announce', 'Bis morgens.', '--at', '2098-12-30 05:00', '--minutes', '90', ...at).err,
    /^Updates/,
  );
  assert.deepEqual(await open(), []);
  done(...byDay, '--urgent');
  assert.equal((await open()).length, 1);
  done('announce', 'withdraw', ...at);
  done('announce', 'Heute Nacht.', ...at);
  const [tonight] = await open();
  assert.match(tonight?.at.toLocaleTimeString('de-DE', { timeZone: 'Europe/Berlin' }) ?? '', /^22:00/);
  done('announce', 'withdraw', ...at);
  assert.match(tandem('announce', 'Zu spät.', '--at', '2020-01-01 08:00').err, /^--at is over already/);
  const none = tandem('announce', 'wait', ...at);
  assert.deepEqual([none.code, /nothing is announced, or it was taken back/.test(none.err)], [1, true]);
  const begins = new Date(Date.now() + 3_000);
  await services.database.tenant(tenant.jobcenter.id, (tx) =>
    announce(tx, { text: 'Gleich.', at: begins, endsAt: new Date(begins.getTime() + 60_000) }),
  );
  assert.match(done('announce', 'wait', ...at), /begins/);
  assert.ok(Date.now() >= begins.getTime(), 'not before its time');
  assert.match(tandem('announce', 'Wann?', '--at', 'bald').err, /^--at is a time such as 20:00/);
});

test('the database is named so that it can be opened', async () => {
  const client = new pg.Client({ connectionString: done('db-url', '--owner').trim() });
  await client.connect();
  assert.equal((await client.query('select 1 as one')).rows[0].one, 1);
  await client.end();
});

test('an update brings new versions of the forms to every Jobcenter, once, and keeps a later one of its own', async () => {
  const [form] = shippedDefinitions();
  assert.ok(form);
  const id = await idOf('kleinstadt');
  const own = formDefinition.parse({ ...form, version: form.version + 5 });
  await services.database.tenant(id, (tx) => publishForm(tx, own));
  const owner = new pg.Client({ connectionString: database.superuserUrl });
  await owner.connect();
  await owner.query('delete from app.form_version where jobcenter_id = $1 and version = 1', [id]); // as before the update
  await Promise.all([publishEverywhere(services), publishEverywhere(services)]);
  const { rows } = await owner.query<{ count: number }>(
    'select count(*)::int as count from app.form_version where jobcenter_id = $1',
    [id],
  );
  await owner.end();
  assert.equal(rows[0]?.count, shippedDefinitions().length + 1);
  const current = await services.database.tenant(id, currentForms);
  assert.equal(current.find((each) => each.key === form.key)?.version, form.version + 5);
});
