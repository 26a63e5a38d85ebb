import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openTestDatabase } from '../../../test/support/database.ts';
import { newId } from '../../kernel/ids.ts';
import { systemClock } from '../clock/index.ts';
import { isDatabaseLost } from './index.ts';

type TeamTables = {
  team: { id: string; key: string; name: string; phone: string; created_at: Date };
  staff_team: { staff_id: string; team_id: string; since: Date };
};

const { database, ownerUrl, superuserUrl, name } = await openTestDatabase();
const [one, two] = [newId(systemClock.now()), newId(systemClock.now())];
const owner = new pg.Client({ connectionString: ownerUrl });
await owner.connect();
for (const [id, key] of [
  [one, 'eins'],
  [two, 'zwei'],
] as const)
  await owner.query('insert into app.jobcenter (id, key, name, created_at) values ($1, $2, $2, now())', [id, key]);
await owner.end();

const addTeam = (jobcenterId: string, key: string) =>
  database.tenant(jobcenterId, (tx) =>
    tx
      .tables<TeamTables>()
      .insertInto('team')
      .values({ id: tx.newId(), key, name: key, phone: '0', created_at: tx.now })
      .execute(),
  );

test('the tenant is added to every kind of query', async () => {
  await addTeam(one, 'a');
  await addTeam(two, 'a');
  await database.tenant(one, async (tx) => {
    const db = tx.tables<TeamTables>();
    const sql = [
      db
        .selectFrom('team as t')
        .leftJoin('staff_team as s', 's.team_id', 't.id')
        .select('t.id')
        .where('t.key', '=', 'x')
        .where((eb) => eb.exists(eb.selectFrom('staff_team as z').select('z.team_id')))
        .compile().sql,
      db.updateTable('team').set({ name: 'b' }).where('key', '=', 'a').compile().sql,
      db.deleteFrom('team').compile().sql,
      db
        .insertInto('team')
        .values([{ id: tx.newId(), key: 'q', name: 'q', phone: '0', created_at: tx.now }])
        .compile().sql,
    ];
    assert.match(
      sql[0] ?? '',
      /on \("s"\."team_id" = "t"\."id"\) and "s"\."jobcenter_id" = \$\d.*"z"\."jobcenter_id" = \$\d.*"t"\."jobcenter_id" = \$\d/s,
    );
    for (const text of sql.slice(1)) assert.match(text, /"jobcenter_id"/);
    assert.throws(
      () =>
        db
          .updateTable('team')
          .set({ jobcenter_id: two } as never)
          .compile(),
      /never changes/,
    );
    await db.updateTable('team').set({ name: 'changed' }).execute();
  });
  const other = await database.tenant(two, (tx) => tx.tables<TeamTables>().selectFrom('team').select('name').execute());
  assert.deepEqual(other, [{ name: 'a' }]);
});

test('without a tenant there is nothing to see and nothing to write', async () => {
  assert.deepEqual(await database.shared('select * from app.team'), []);
  await assert.rejects(
    database.shared("insert into app.team values ($1, $2, 'k', 'n', 'p', now())", [one, newId(systemClock.now())]),
    /row-level security/,
  );
  await assert.rejects(
    database.tenant('not-an-id', () => Promise.resolve()),
    /needs the id/,
  );
});

test('a swallowed error cannot pretend to have been saved', async () => {
  const attempt = database.tenant(one, async (tx) => {
    await tx
      .tables<TeamTables>()
      .insertInto('team')
      .values({ id: tx.newId(), key: 'lost', name: 'x', phone: '0', created_at: tx.now })
      .execute();
    await tx.raw('select 1 / 0', []).catch(() => undefined);
  });
  await assert.rejects(attempt, /rolled back/);
});

/** Asks the server from outside the database that is tried. */
async function outside(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl.replace(`/${name}?`, '/postgres?') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
const endConnections = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and application_name = 'tandem'`;
const ask = () => database.tenant(one, (tx) => tx.raw('select 1', []));

test('connections that died are replaced without anybody noticing', async () => {
  await Promise.all(Array.from({ length: 6 }, ask));
  await outside(endConnections);
  assert.equal((await ask()).length, 1);
});

test('a database that is closed for a while counts as lost, and is there again afterwards', async () => {
  await outside(`alter database ${name} allow_connections false`, endConnections);
  await assert.rejects(ask, (error) => isDatabaseLost(error));
  await outside(`alter database ${name} allow_connections true`);
  assert.equal((await ask()).length, 1);
});
