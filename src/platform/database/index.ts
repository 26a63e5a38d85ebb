import { createHash } from 'node:crypto';
import {
  type ColumnType,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import { idSequence, isId } from '../../kernel/ids.ts';
import type { Clock } from '../clock/index.ts';
import { databaseError } from './errors.ts';
import { InsertBatch, insertStatement } from './insert-batch.ts';
import { tenantPlugin } from './tenant-plugin.ts';

export { databaseError, isDatabaseLost } from './errors.ts';

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text); // a day stays a day: no time zone
pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts and sizes stay below 2^53

/** A jsonb column: written as text, read as what it holds. */
export type Jsonb<T> = ColumnType<T, string, string>;

/** An open transaction of one Jobcenter. Writers take it, so that nothing is written outside one. */
export type Tx = {
  readonly jobcenterId: string;
  /** The instant of the transaction: whatever it writes happened then. */
  readonly now: Date;
  /** The instant by the clock, also where `now` was given (records taken over from elsewhere): the audit log goes by it. */
  readonly recordedAt: Date;
  /** The next id of this transaction; ids sort in the order they were made. */
  readonly newId: () => string;
  /** The tables of one module, typed by it; the tenant is added to every query. */
  readonly tables: <Tables>() => Kysely<Tables>;
  /**
   * Inserts rows of one shape (the same columns in the same order); the tenant is added. For the rows of the hot path, that of a
   * submission and of the audit log: a query builder's work was a good part of their cost.
   */
  readonly insertInto: <Row extends object>(table: string, rows: readonly Row[]) => Promise<void>;
  /** Announces work: a row in the outbox, committed or rolled back with everything else. Payloads carry ids only. */
  readonly enqueue: (
    task: string,
    payload: Readonly<Record<string, string | number>>,
    options?: { readonly runAt?: Date; readonly jobKey?: string },
  ) => Promise<void>;
  /** Says that something changed which open pages may show: its id is told to all processes after the commit, and nothing else. */
  readonly touch: (topic: string) => void;
  /** Runs a prepared statement with positional parameters, for the few hot or special ones; it must name the tenant itself. */
  readonly raw: <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;
};

export type Database = {
  /** Runs `work` in one transaction of a Jobcenter; repeats it when the database asks for it (deadlock, serialization). */
  readonly tenant: <T>(jobcenterId: string, work: (tx: Tx) => Promise<T>, now?: Date) => Promise<T>;
  /** One statement outside any tenant: shared tables only. */
  readonly shared: <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /**
   * Does something that only one process may do at a time, however long it takes: under a name, on a connection of its own, so that
   * the name is free again when the process dies. Gives undefined, and does nothing, while another one is at it.
   */
  readonly alone: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;
  /** Called after each commit that announced work. */
  onEnqueued: (() => void) | undefined;
  /** Called after each commit that touched something, with what it touched. */
  onTouched: ((topics: readonly string[]) => void) | undefined;
  readonly close: () => Promise<void>;
};

/** Opens a pool of connections as the application role. `url` is a PostgreSQL URL; `size` connections at most. */
export function openDatabase({
  url,
  clock,
  size = 12,
}: {
  readonly url: string;
  readonly clock: Clock;
  readonly size?: number;
}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    options: '-c search_path=app,public -c app.jobcenter=',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    application_name: 'tandem',
  });
  pool.on('error', () => undefined); // an idle connection that dies is replaced at the next use
  // One that dies at work: its query fails. Without a listener of its own the whole process would end.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database: Database = {
    onEnqueued: undefined,
    onTouched: undefined,
    tenant: (jobcenterId, work, now = clock.now()) =>
      repeat(() => transaction(pool, { jobcenterId, now, recordedAt: clock.now() }, work, database)),
    shared: async (text, values = []) => (await pool.query(named(text, values))).rows,
    alone: (name, work) => alone(url, name, work),
    close: () => pool.end(),
  };
  return database;
}

async function alone<T>(url: string, name: string, work: () => Promise<T>): Promise<T | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    application_name: 'tandem lock',
  });
  client.on('error', () => undefined); // a lock that is lost is lost: whoever works under it can bear a second one
  await client.connect();
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as free', [name]);
    return rows[0]?.free === true ? await work() : undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function repeat<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= 4 || databaseError(error).retry !== 'transaction') throw error;
    }
  }
}

type Scope = { readonly jobcenterId: string; readonly now: Date; readonly recordedAt: Date };

async function transaction<T>(
  pool: pg.Pool,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  listeners: Pick<Database, 'onEnqueued' | 'onTouched'>,
): Promise<T> {
  if (!isId(scope.jobcenterId)) throw new Error('A transaction needs the id of a Jobcenter.');
  const client = await begin(pool, scope.jobcenterId);
  let broken: Error | undefined;
  try {
    const state: Told = { announced: false, touched: new Set() };
    const session = new Session(client);
    const result = await work(openTx(session, scope, state));
    await session.settle();
    const { command } = await client.query('commit');
    // PostgreSQL answers "ROLLBACK" when a statement had failed and somebody swallowed the error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back because of an earlier error.');
    if (state.announced) listeners.onEnqueued?.();
    if (state.touched.size > 0) listeners.onTouched?.([...state.touched]);
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => undefined,
      (reason: Error) => reason,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

/** An open transaction on a living connection: idle ones may have died with a restarted server, and nothing is lost by asking again. */
async function begin(pool: pg.Pool, jobcenterId: string): Promise<pg.PoolClient> {
  for (let tries = 1; ; tries += 1) {
    const client = await pool.connect();
    try {
      // One round trip; the id was checked before, because a simple query takes no parameters.
      await client.query(`begin; select app.enter('${jobcenterId}')`);
      return client;
    } catch (error) {
      client.release(error as Error);
      if (tries > pool.options.max || databaseError(error).retry !== 'reconnect') throw error;
    }
  }
}

/** The one connection of an open transaction. */
class Session {
  readonly #client: pg.PoolClient;
  readonly #inserts = new InsertBatch();
  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** Runs a statement after whatever waits. */
  async ask(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    await this.settle();
    return this.#client.query(named(text, values));
  }

  /** An insert that asks nothing back: it goes with the next statement. */
  async tell(text: string, values: readonly unknown[]): Promise<void> {
    if (!this.#inserts.hasRoomFor(text)) await this.settle();
    this.#inserts.add({ text, values });
  }

  async settle(): Promise<void> {
    const waiting = this.#inserts.take();
    if (waiting !== undefined) await this.#client.query(named(waiting.text, waiting.values));
  }
}

/** What is told after the commit. */
type Told = { announced: boolean; readonly touched: Set<string> };

function openTx(session: Session, scope: Scope, state: Told): Tx {
  const kysely = new Kysely<never>({ dialect: new ClientDialect(session), plugins: [tenantPlugin(scope.jobcenterId)] });
  return {
    ...scope,
    newId: idSequence(scope.now),
    tables: <Tables>() => kysely as unknown as Kysely<Tables>,
    insertInto: async (table, rows) => {
      if (rows.length === 0) return;
      const { text, values } = insertStatement(scope.jobcenterId, table, rows);
      await session.tell(text, values);
    },
    touch: (topic) => void state.touched.add(topic),
    raw: async (text, values) => (await session.ask(text, values)).rows,
    enqueue: async (task, payload, options = {}) => {
      state.announced = true;
      const values = [task, JSON.stringify(payload), options.runAt ?? null, options.jobKey ?? null];
      await session.tell('insert into queue.outbox (task, payload, run_at, job_key) values ($1, $2, $3, $4)', values);
    },
  };
}

const names = new Map<string, string>();

/** Prepared once per connection and text: parsing and planning are most of a small statement's cost. */
function named(text: string, values: readonly unknown[]): pg.QueryConfig {
  if (text.length > 8_000) return { text, values: [...values] };
  let name = names.get(text);
  if (name === undefined) {
    if (names.size > 2_000) names.clear();
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    names.set(text, name);
  }
  return { name, text, values: [...values] };
}

/** Kysely over the one connection of an open transaction: it neither begins nor commits. */
class ClientDialect implements Dialect {
  readonly #session: Session;
  constructor(session: Session) {
    this.#session = session;
  }
  createAdapter = () => new PostgresAdapter();
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
  createDriver(): Driver {
    const connection = new ClientConnection(this.#session);
    const refuse = () => Promise.reject(new Error('The transaction is already open.'));
    return {
      init: () => Promise.resolve(),
      acquireConnection: () => Promise.resolve(connection),
      releaseConnection: () => Promise.resolve(),
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      destroy: () => Promise.resolve(),
    };
  }
}

class ClientConnection implements DatabaseConnection {
  readonly #session: Session;
  constructor(session: Session) {
    this.#session = session;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const node = query.query;
    if (node.kind === 'InsertQueryNode' && node.returning === undefined && node.onConflict === undefined) {
      await this.#session.tell(query.sql, query.parameters);
      return { rows: [] };
    }
    const result = await this.#session.ask(query.sql, query.parameters);
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }
  // biome-ignore lint/correctness/useYield: the interface asks for it; lists are read in keyset pages instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not used.');
  }
}
