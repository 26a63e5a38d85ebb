import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** A table with everything that matters for carrying it over. */
export type Table = { readonly name: string; readonly columns: readonly string[]; readonly ofTenant: boolean };

const quoted = (name: string): string => name.split('.').map(pg.escapeIdentifier).join('.');
const columnsOf = (table: Pick<Table, 'columns'>): string => table.columns.map(pg.escapeIdentifier).join(', ');

type ListedTable = { name: string; columns: string[]; needs: string[] };

/** Whoever can ask the database something. */
export type Asking = { query<Row extends pg.QueryResultRow>(text: string): Promise<{ rows: Row[] }> };

/** All tables of the application, those that are referred to first. Columns the database numbers by itself are left out. */
export async function listTables(client: Asking): Promise<Table[]> {
  const { rows } = await client.query<ListedTable>(`
    select format('%s.%s', n.nspname, c.relname) as name,
           (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = '') as columns,
           array(select distinct format('%s.%s', fn.nspname, f.relname) from pg_constraint k
                   join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
                  where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('app', 'queue') and c.relkind in ('r', 'p') and not c.relispartition
     order by 1`);
  const sorted: Table[] = [];
  const place = (name: string): void => {
    const row = rows.find((each) => each.name === name);
    if (row === undefined || sorted.some((each) => each.name === name)) return;
    row.needs.forEach(place);
    sorted.push({ name, columns: row.columns, ofTenant: row.columns.includes('jobcenter_id') });
  };
  for (const row of rows) place(row.name);
  return sorted;
}

/** Jobs that wait in the queue, in the shape of the outbox they came by: after a restore they are announced again. */
const waitingJobs = (columns: readonly string[]): string => {
  const sources: Readonly<Record<string, string>> = {
    task: 't.identifier',
    payload: 'j.payload',
    run_at: 'j.run_at',
    job_key: 'j.key',
    created_at: 'j.created_at',
  };
  const list = columns.map((column) => sources[column] ?? 'null').join(', ');
  return `select ${list} from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts < j.max_attempts`;
};

/**
 * Writes the rows of a table into a compressed file, in the open transaction; gives their number. Row-level security binds
 * the owner too, so the rows of each Jobcenter are read as that Jobcenter.
 */
export async function writeTable(
  client: pg.Client,
  table: Table,
  jobcenterIds: readonly string[],
  file: string,
): Promise<number> {
  const gzip = createGzip({ level: 6 });
  const written = pipeline(gzip, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  written.catch(() => undefined);
  let rows = 0;
  const copy = async (select: string): Promise<void> => {
    const stream = client.query(copyTo(`copy (${select}) to stdout`));
    for await (const chunk of stream)
      if (!gzip.write(chunk)) await new Promise((resolve) => gzip.once('drain', resolve));
    rows += stream.rowCount ?? 0;
  };
  const all = `select ${columnsOf(table)} from ${quoted(table.name)}`;
  if (table.ofTenant) {
    for (const id of jobcenterIds) {
      await client.query('select app.enter($1)', [id]);
      await copy(`${all} where jobcenter_id = ${pg.escapeLiteral(id)}`);
    }
  } else {
    await copy(all);
    if (table.name === 'queue.outbox') await copy(waitingJobs(table.columns));
  }
  gzip.end();
  await written;
  return rows;
}

/** Reads a file of `writeTable` into an empty table, in the open transaction; gives the number of rows. */
export async function readTable(
  client: pg.Client,
  table: Pick<Table, 'name' | 'columns'>,
  file: string,
): Promise<number> {
  const stream = client.query(copyFrom(`copy ${quoted(table.name)} (${columnsOf(table)}) from stdin`));
  await pipeline(createReadStream(file), createGunzip(), stream);
  return stream.rowCount ?? 0;
}

/**
 * Lets the owner write rows of all Jobcenters, until the end of `work`: COPY cannot write under row-level security. Within one
 * transaction on a database nobody else uses yet; it is forced again before the commit.
 */
export async function unforced(client: pg.Client, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  for (const name of tables) await client.query(`alter table ${quoted(name)} no force row level security`);
  await work();
  for (const name of tables) await client.query(`alter table ${quoted(name)} force row level security`);
}
