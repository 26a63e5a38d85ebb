import { after } from 'node:test';
import pg from 'pg';
import type { Clock } from '../../src/platform/clock/index.ts';
import { type Database, openDatabase } from '../../src/platform/database/index.ts';
import { daytime } from './clock.ts';

export type TestDatabase = {
  readonly name: string;
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  readonly database: Database;
};

const server = (): { app: string; owner: string; superuser: string } => {
  const text = process.env.TANDEM_TEST_POSTGRES;
  if (text === undefined) throw new Error('Run the tests by "npm test": it starts the database they need.');
  return JSON.parse(text) as { app: string; owner: string; superuser: string };
};

const onDatabase = (url: string, name: string): string => url.replace(/\/tandem\?/, `/${name}?`);

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: onDatabase(server().superuser, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Sets the day by which functions of the schema look whether something is due; the clock of a test does not reach them. */
export async function setDayOfDatabase({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>, day: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(
    `create or replace function app.today() returns date language sql stable as $$ select date '${day}' $$`,
  );
  await owner.end();
}

let count = 0;

/** A database of its own, cloned from the migrated template, opened as the application role; gone after the test file. */
export async function openTestDatabase(clock: Clock = daytime): Promise<TestDatabase> {
  count += 1;
  const name = `test_${process.pid}_${count}`;
  await admin(`create database ${name} template tandem owner tandem_owner`);
  const { app, owner, superuser } = server();
  const database = openDatabase({ url: onDatabase(app, name), clock, size: 8 });
  after(async () => {
    await database.close();
    await admin(`drop database ${name} with (force)`);
  });
  return {
    name,
    appUrl: onDatabase(app, name),
    ownerUrl: onDatabase(owner, name),
    superuserUrl: onDatabase(superuser, name),
    database,
  };
}
