import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import { openTestDatabase } from '../../test/support/database.ts';
import { projectPath } from '../platform/env/project.ts';
import { migrate } from './migrate.ts';

const { appUrl, ownerUrl, superuserUrl } = await openTestDatabase();
const appRole = /^postgresql:..([^:]+):/.exec(appUrl)?.[1] ?? '';

async function asked<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = (await client.query<Row>(text).finally(() => client.end())) as
    | pg.QueryResult<Row>
    | pg.QueryResult<Row>[];
  return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
}

/** An empty database with the schema as it was after a migration, and then these rows. */
async function asOf(last: string, rows: string): Promise<void> {
  await asked(superuserUrl, 'drop schema app cascade; drop schema queue cascade; drop table public.migration');
  const files = globSync('*.sql', { cwd: projectPath('db/migrations') });
  const only = new Set(files.filter((file) => file <= last));
  assert.ok(only.has(last) && only.size < files.length);
  await migrate({ ownerUrl, appRole, only });
  await asked(superuserUrl, rows);
}

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const quoted = (value: string | null): string => (value === null ? 'null' : `'${value}'`);
const insert = (table: string, rows: readonly Readonly<Record<string, string | null>>[]): string =>
  `insert into app.${table} (${Object.keys(rows[0] ?? {}).join(', ')}) values ${rows
    .map((row) => `(${Object.values(row).map(quoted).join(', ')})`)
    .join(', ')};`;

test('a circle that was opened before there were names for it belongs to the substitution that ran then, or is closed', async () => {
  const [house, other] = [id(1), id(2)];
  const [absent, standIn, third] = [id(10), id(11), id(12)];
  const circle = id(20);
  const jobcenters = [house, other].map((each, n) => ({
    id: each,
    key: `haus-${n + 1}`,
    name: 'Haus',
    created_at: '2026-01-01',
  }));
  const staff = [house, other].flatMap((jobcenter_id) =>
    [absent, standIn, third].map((each) => ({
      jobcenter_id,
      id: each,
      login: each,
      name: 'N',
      role: 'clerk',
      password_hash: 'x',
      created_at: '2026-01-01',
    })),
  );
  const circles = [house, other].map((jobcenter_id) => ({
    jobcenter_id,
    id: circle,
    name: 'Kreis',
    made_at: '2026-01-01',
    made_by: absent,
  }));
  type Pair = {
    readonly to?: string;
    readonly until?: string;
    readonly at: string;
    readonly ended?: string;
    readonly of?: string;
  };
  const substitution = (n: number, { to = standIn, until = '2026-05-31', at, ended, of = house }: Pair) => ({
    jobcenter_id: of,
    id: id(n),
    absent_id: absent,
    substitute_id: to,
    from_day: '2026-05-01',
    until_day: until,
    opens_circles: 'false',
    named_at: at,
    named_by: absent,
    ended_at: ended ?? null,
    ended_by: ended === undefined ? null : absent,
  });
  const opening = (n: number, { to = standIn, until = '2026-05-31', at, of = house }: Pair) => ({
    jobcenter_id: of,
    id: id(n),
    circle_id: circle,
    absent_id: absent,
    substitute_id: to,
    until_day: until,
    opened_at: at,
    opened_by: absent,
  });
  await asOf(
    '0050_circle_opened_to_a_substitute.sql',
    [
      insert('jobcenter', jobcenters),
      insert('staff', staff),
      insert('circle', circles),
      insert('substitution', [
        // Ended early, named again for the same days, and that one running: an opening belongs to the one of its moment.
        substitution(31, { at: '2026-05-01T08:00Z', ended: '2026-05-04T08:00Z' }),
        substitution(32, { at: '2026-05-05T08:00Z', ended: '2026-05-09T08:00Z' }),
        substitution(33, { at: '2026-05-10T08:00Z' }),
        substitution(34, { at: '2026-05-01T08:00Z', to: third, until: '2026-05-20' }),
        substitution(35, { at: '2026-05-01T08:00Z', of: other }),
      ]),
      insert('circle_opening', [
        opening(41, { at: '2026-05-06T08:00Z' }),
        opening(42, { at: '2026-05-02T08:00Z', to: third, until: '2026-05-20' }),
        // Until another day than the substitution, and before it was named: nothing ran that it could belong to.
        opening(43, { at: '2026-05-02T08:00Z', to: third, until: '2026-05-25' }),
        opening(44, { at: '2026-04-30T08:00Z', to: third, until: '2026-05-31' }),
        opening(45, { at: '2026-05-07T08:00Z', of: other }),
      ]),
    ].join('\n'),
  );
  const { applied } = await migrate({ ownerUrl, appRole });
  assert.equal(applied[0], '0051_circle_opened_for_one_substitution.sql');
  assert.deepEqual(
    await asked(superuserUrl, 'select jobcenter_id, id, substitution_id from app.circle_opening order by id'),
    [
      { jobcenter_id: house, id: id(41), substitution_id: id(32) },
      { jobcenter_id: house, id: id(42), substitution_id: id(34) },
      { jobcenter_id: other, id: id(45), substitution_id: id(35) },
    ],
  );
  const forced = await asked<{ n: number }>(
    superuserUrl,
    `select count(*)::int as n from pg_class where oid in ('app.circle_opening'::regclass, 'app.substitution'::regclass) and relforcerowsecurity`,
  );
  assert.equal(forced[0]?.n, 2, 'the tables are bound by their policies again');
});
