import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { newId } from '../../src/kernel/ids.ts';
import { openTestDatabase } from '../support/database.ts';
import { brokenRules } from './schema-rules.ts';

const { ownerUrl, appUrl, superuserUrl } = await openTestDatabase();

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  after(() => client.end());
  return client;
}

const owner = await connect(ownerUrl);
const app = await connect(appUrl);
const superuser = await connect(superuserUrl);

test('the migrated schema keeps every rule', async () => {
  assert.deepEqual(await brokenRules(owner), []);
});

/** What somebody might add one day, and what must then be said. */
const planted: readonly { readonly sql: string; readonly said: readonly string[]; readonly bySuperuser?: true }[] = [
  {
    sql: "create table app.bad (jobcenter_id uuid not null, id uuid primary key); select app.protect('app.bad')",
    said: ['R01: app.bad app.bad_pkey'],
  },
  {
    sql: "create table app.bad (jobcenter_id uuid not null, id uuid); select app.protect('app.bad')",
    said: ['R01: app.bad'],
  },
  {
    sql: 'alter table app.team drop constraint team_jobcenter_id_key_key; create unique index bad on app.team (key) where closed_at is null',
    said: ['R01: app.team app.bad'],
  },
  {
    sql: "create table app.bad (id uuid, jobcenter_id uuid not null, primary key (id, jobcenter_id)); select app.protect('app.bad')",
    said: ['R01: app.bad app.bad_pkey'],
  },
  {
    sql: 'alter table app.draft_document drop constraint draft_document_pkey; alter table app.draft_document alter jobcenter_id drop not null, add unique (jobcenter_id, draft_id, document_id)',
    said: ['R01: app.draft_document', 'R02: app.draft_document'],
  },
  {
    sql: 'create table app.bad (jobcenter_id text primary key); alter table app.bad enable row level security; alter table app.bad force row level security; create policy tenant on app.bad using (true) with check (true)',
    said: ['R03: app.bad'],
  },
  {
    sql: 'alter table app.person add constraint person_id_key unique (jobcenter_id, id, birth_date); alter table app.office_case add constraint bad foreign key (person_id, jobcenter_id) references app.person (jobcenter_id, id)',
    said: ['R04: app.office_case bad'],
  },
  {
    sql: 'alter table app.jobcenter add team_id uuid, add constraint bad foreign key (id, team_id) references app.team (jobcenter_id, id)',
    said: ['R05: app.jobcenter bad'],
  },
  {
    sql: 'alter table app.team add outbox_id bigint constraint bad references queue.outbox (id)',
    said: ['R05: app.team bad'],
  },
  {
    sql: 'alter table app.office_case add constraint bad foreign key (jobcenter_id, household_id) references app.household (jobcenter_id, id) on delete set null',
    said: ['R06: app.office_case bad'],
  },
  {
    sql: 'create trigger bad before update on app.team for each row execute function suppress_redundant_updates_trigger()',
    said: ['R07: app.team bad'],
  },
  { sql: 'create rule bad as on delete to app.team do instead nothing', said: ['R08: app.team bad'] },
  { sql: 'alter table app.team add n integer generated always as identity', said: ['R09: app.team.n'] },
  { sql: 'alter table app.team add n serial', said: ['R09: app.team.n'] },
  {
    sql: 'create policy bad on app.team using (jobcenter_id = (select id from app.jobcenter limit 1))',
    said: ['R10: app.team bad'],
  },
  { sql: 'alter table app.team owner to postgres', said: ['R11: app.team postgres'], bySuperuser: true },
  {
    sql: "create table app.bad (primary key (jobcenter_id, id)) inherits (app.team); select app.protect('app.bad')",
    said: ['R12: app.bad'],
  },
  {
    sql: "create table app.bad (jobcenter_id uuid not null, kind text, primary key (jobcenter_id, kind)) partition by list (kind); select app.protect('app.bad')",
    said: ['R13: app.bad'],
  },
  { sql: 'alter extension pg_trgm set schema app', said: ['R14: pg_trgm'], bySuperuser: true },
  { sql: 'create table app.bad (name text)', said: ['R15: app.bad'] },
  { sql: 'alter table app.team disable row level security', said: ['R16: app.team'] },
  { sql: 'alter table app.team no force row level security', said: ['R16: app.team'] },
  { sql: 'drop policy tenant on app.team', said: ['R16: app.team'] },
  {
    sql: 'create table app.bad (jobcenter_id uuid not null, id uuid, primary key (jobcenter_id, id))',
    said: ['R16: app.bad'],
  },
  { sql: 'drop index app.follow_up_of_case', said: ['R17: app.follow_up follow_up_jobcenter_id_case_id_fkey'] },
];

test('each violation that is planted is found, and nothing else', async () => {
  for (const { sql, said, bySuperuser } of planted) {
    await superuser.query('begin');
    await superuser.query(bySuperuser ? sql : `set local role tandem_owner; ${sql}; reset role`);
    const found = await brokenRules(superuser);
    await superuser.query('rollback');
    assert.deepEqual(found, said, sql);
  }
  assert.deepEqual(await brokenRules(owner), []);
});

test('the application owns nothing and cannot step around row-level security', async () => {
  const { rows: role } = await app.query(
    'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user',
  );
  assert.deepEqual(role, [
    { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
  ]);
  const { rows: owned } = await app.query(`
    select relname as name from pg_class where relowner = current_user::regrole
    union all select proname from pg_proc where proowner = current_user::regrole
    union all select nspname from pg_namespace where nspowner = current_user::regrole
    union all select datname from pg_database where datdba = current_user::regrole`);
  assert.deepEqual(owned, []);
  const { rows: powers } = await app.query(
    "select r.rolname from pg_roles r where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')",
  );
  assert.deepEqual(powers, [], 'and is a member of no other role');
  for (const sql of [
    'create table app.mine (id int)',
    'create table public.mine (id int)',
    'alter table app.team no force row level security',
    "select app.protect('app.team')",
    'set role tandem_owner',
    'truncate app.team',
  ]) {
    await assert.rejects(app.query(sql), /permission denied|must be owner/, sql);
  }
});

test('what is append-only stays as it is, and tenants are made by the owner alone', async () => {
  for (const table of [
    'audit_entry',
    'audit_block',
    'submission',
    'receipt',
    'submission_document',
    'case_event',
    'jobcenter_profile',
    'twice_decision',
    'receipt_kept',
    'work_view_rule',
  ]) {
    await assert.rejects(app.query(`update app.${table} set jobcenter_id = jobcenter_id`), /permission denied/, table);
    await assert.rejects(app.query(`delete from app.${table}`), /permission denied/, table);
  }
  for (const sql of [
    "insert into app.jobcenter (id, key, name, created_at) values (gen_random_uuid(), 'x1', 'x', now())",
    'update app.jobcenter set name = name',
    'delete from app.jobcenter',
    'select * from queue.outbox',
    'delete from public.migration',
  ]) {
    await assert.rejects(app.query(sql), /permission denied/, sql);
  }
});

test('what is left of a deleted case is neither changed nor taken away, and nobody says that one is deleted but the function that does it', async () => {
  const [id, waits, gone] = [newId(new Date()), newId(new Date()), newId(new Date())];
  await owner.query("insert into app.jobcenter (id, key, name, created_at) values ($1, 'three', 'x', now())", [id]);
  const line = (caseId: string) =>
    `insert into app.case_deletion (jobcenter_id, case_id, number, closed_on, due_on, years, source, listed_at, confirmed_at, confirmed_by)
     values ('${id}', '${caseId}', 'V-1', '2000-01-01', '2011-01-01', 10, 'x', now(), now(), 'x')`;
  await superuser.query(`${line(gone)}`);
  await superuser.query('update app.case_deletion set deleted_at = now() where case_id = $1', [gone]);
  await app.query(`begin; select app.enter('${id}'); ${line(waits)}`);
  const counts = async (sql: string) => (await app.query(sql)).rowCount;
  assert.equal(await counts("update app.case_deletion set confirmed_by = 'y'"), 1, 'the one that waits');
  assert.equal(await counts('delete from app.case_deletion'), 1);
  assert.deepEqual((await app.query('select case_id from app.case_deletion')).rows, [{ case_id: gone }]);
  for (const sql of [
    'update app.case_deletion set deleted_at = now()',
    "update app.case_deletion set number = 'V-2'",
    `insert into app.case_deletion (jobcenter_id, case_id, deleted_at) values ('${id}', '${waits}', now())`,
    `select app.must_be_confirmed('${waits}')`,
    'create or replace function app.today() returns date language sql as $$ select current_date $$',
  ]) {
    await app.query('savepoint before');
    await assert.rejects(app.query(sql), /permission denied|must be owner/, sql);
    await app.query('rollback to before');
  }
  await app.query('rollback');
});

test('outside a tenant, and inside another, no row is seen or written, by the owner neither', async () => {
  const [one, other] = [newId(new Date()), newId(new Date())];
  for (const [id, key] of [
    [one, 'one'],
    [other, 'other'],
  ])
    await owner.query("insert into app.jobcenter (id, key, name, created_at) values ($1, $2, 'x', now())", [id, key]);
  const add = (id: string) =>
    `insert into app.team (jobcenter_id, id, key, name, phone, created_at) values ('${id}', gen_random_uuid(), 'k', 'n', '0', now())`;
  for (const client of [app, owner]) {
    await client.query(`begin; select app.enter('${one}'); ${add(one)}`);
    assert.equal((await client.query('select 1 from app.team')).rowCount, 1);
    await client.query(`select app.enter('${other}')`);
    assert.equal((await client.query('select 1 from app.team')).rowCount, 0);
    assert.equal((await client.query("update app.team set name = 'taken'")).rowCount, 0);
    await assert.rejects(client.query(add(one)), /row-level security/);
    await client.query('rollback');
    assert.equal((await client.query('select 1 from app.team')).rowCount, 0);
    await assert.rejects(client.query(add(one)), /row-level security/);
  }
});
