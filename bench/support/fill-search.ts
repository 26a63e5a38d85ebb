import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { SEARCH_METHOD } from '../../src/modules/search/index.ts';
import type { InventedText } from './invented-texts.ts';

const columns = ['jobcenter_id', 'id', 'kind', 'case_id', 'topic', 'author', 'at', 'circle', 'method', 'terms'];
const epoch = Date.UTC(2000, 0, 1);

/**
 * Fills the index of one Jobcenter past the application, in PostgreSQL's binary format, and then builds the GIN index as the
 * migration does; a third of the papers' cases get most of the texts by chance. Gives the seconds of both steps.
 */
export async function fillSearch(
  superuserUrl: string,
  jobcenterId: string,
  texts: Iterable<InventedText>,
): Promise<{ rowsSeconds: number; indexSeconds: number; tableBytes: number; indexBytes: number }> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(
      "set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off",
    );
    const { rows: cases } = await client.query<{ id: string }>(
      'select id from app.office_case where jobcenter_id = $1',
      [jobcenterId],
    );
    const caseIds = cases.map(({ id }) => uuid(id));
    const { rows: defined } = await client.query<{ definition: string }>(
      "select pg_get_indexdef('app.search_entry_terms'::regclass) as definition",
    );
    await client.query('drop index app.search_entry_terms');
    const begun = performance.now();
    const copy = client.query(copyFrom(`copy app.search_entry (${columns.join(', ')}) from stdin (format binary)`));
    await pipeline(Readable.from(tuples(uuid(jobcenterId), caseIds, texts)), copy);
    const loaded = performance.now();
    await client.query(defined[0]?.definition ?? '');
    await client.query('vacuum analyze app.search_entry');
    await client.query('checkpoint');
    const { rows } = await client.query<{ table: string; index: string }>(
      `select pg_table_size('app.search_entry')::text as table, pg_relation_size('app.search_entry_terms')::text as index`,
    );
    return {
      rowsSeconds: (loaded - begun) / 1_000,
      indexSeconds: (performance.now() - loaded) / 1_000,
      tableBytes: Number(rows[0]?.table),
      indexBytes: Number(rows[0]?.index),
    };
  } finally {
    await client.end();
  }
}

const uuid = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** Rows in the binary format of COPY, in pieces of some hundred kilobytes. */
function* tuples(jobcenter: Buffer, caseIds: readonly Buffer[], texts: Iterable<InventedText>): Generator<Buffer> {
  let page = Buffer.allocUnsafe(1 << 19);
  let at = page.write('PGCOPY\n\xff\r\n\0', 'latin1');
  at = page.writeInt32BE(0, at);
  at = page.writeInt32BE(0, at);
  let count = 0;
  for (const text of texts) {
    if (at > page.length - 32_768) {
      yield page.subarray(0, at);
      page = Buffer.allocUnsafe(1 << 19);
      at = 0;
    }
    const bytes = (value: Buffer): void => {
      at = page.writeInt32BE(value.length, at);
      at += value.copy(page, at);
    };
    const words = (value: string): void => {
      at = page.writeInt32BE(Buffer.byteLength(value), at);
      at += page.write(value, at);
    };
    at = page.writeInt16BE(columns.length, at);
    bytes(jobcenter);
    bytes(uuid(text.id));
    words(text.kind);
    bytes(caseIds[(count++ * 7_919) % caseIds.length] ?? jobcenter);
    words(text.topic);
    words(text.author);
    at = page.writeInt32BE(8, at);
    at = page.writeBigInt64BE(BigInt(text.at.getTime() - epoch) * 1_000n, at);
    at = page.writeInt32BE(-1, at);
    at = page.writeInt32BE(4, at);
    at = page.writeInt32BE(SEARCH_METHOD, at);
    at = page.writeInt32BE(20 + text.terms.length * 12, at);
    for (const head of [1, 0, 20, text.terms.length, 1]) at = page.writeInt32BE(head, at);
    for (const term of text.terms) {
      at = page.writeInt32BE(8, at);
      at = page.writeBigInt64BE(term, at);
    }
  }
  at = page.writeInt16BE(-1, at);
  yield page.subarray(0, at);
}
