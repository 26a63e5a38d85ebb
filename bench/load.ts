// The load generator: works off one task at a time that the bench sends it. Not started by hand.
import { Agent, request } from 'node:http';
import pg from 'pg';
import { newId } from '../src/kernel/ids.ts';
import { seededRandom } from '../test/proof/support/numbers.ts';
import { type Paper, photoOf, scanOf } from '../test/proof/support/papers.ts';
import type { LoadResult, LoadTask } from './support/load.ts';

const random = seededRandom(Date.now());
const papers = new Map<string, Promise<Paper>>();
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function paperOf(kind: 'jpeg' | 'pdf', bytes: number): Promise<Paper> {
  const key = `${kind} ${bytes}`;
  const made = papers.get(key) ?? (kind === 'jpeg' ? photoOf(bytes) : scanOf(bytes));
  papers.set(key, made);
  return made;
}

type Answer = { readonly status: number; readonly body: Buffer };

function send(method: string, url: URL, headers: Record<string, string>, body?: readonly Buffer[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }));
    });
    outgoing.on('error', reject);
    for (const part of body ?? []) outgoing.write(part);
    outgoing.end();
  });
}

type Work = (i: number) => Promise<{ readonly failure?: string; readonly bytes: number }>;

/** Does the work `count` times, `atOnce` at a time. */
async function repeat(count: number, atOnce: number, work: Work): Promise<LoadResult> {
  const latencies: number[] = [];
  const examples: string[] = [];
  let next = 0;
  let failed = 0;
  let bytes = 0;
  const began = performance.now();
  const one = async (): Promise<void> => {
    while (next < count) {
      const i = next;
      next += 1;
      const start = performance.now();
      const done = await work(i);
      latencies.push(performance.now() - start);
      bytes += done.bytes;
      if (done.failure === undefined) continue;
      failed += 1;
      if (examples.length < 3) examples.push(done.failure);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const totalMs = performance.now() - began;
  return { totalMs, latencies: latencies.sort((a, b) => a - b), failed, examples, bytes };
}

async function submit(task: LoadTask & { kind: 'submit' }): Promise<LoadResult> {
  const paper = await paperOf(task.paper, task.paperBytes);
  const boundary = '----tandem-bench-0123456789abcdef';
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="submission"\r\nContent-Type: application/json\r\n\r\n${task.submission}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="document"; filename="${paper.name}"\r\nContent-Type: ${paper.mediaType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const url = new URL('/api/v1/submissions', task.baseUrl);
  return repeat(task.count, task.atOnce, async (i) => {
    const bytes = paper.variant(random.bytes(16));
    const body = [head, bytes, tail];
    const length = body.reduce((sum, part) => sum + part.length, 0);
    const headers = {
      Authorization: `Bearer ${task.token}`,
      'Idempotency-Key': `${task.run}-${i}`,
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': String(length),
    };
    const answer = await send('POST', url, headers, body);
    return {
      bytes: length,
      ...(answer.status === 201 ? {} : { failure: `${answer.status} ${answer.body.toString().slice(0, 300)}` }),
    };
  });
}

/** The reference: the strictest form of one transaction, a single statement without any round trip more. */
async function insert(task: LoadTask & { kind: 'insert' }): Promise<LoadResult> {
  const paper = await paperOf(task.paper, task.paperBytes);
  const pool = new pg.Pool({ connectionString: task.url, max: task.atOnce });
  const clients = await Promise.all(Array.from({ length: task.atOnce }, () => pool.connect()));
  const free = [...clients];
  const result = await repeat(task.count, task.atOnce, async () => {
    const client = free.pop();
    if (client === undefined) throw new Error('More at a time than connections.');
    const bytes = paper.variant(random.bytes(16));
    const text =
      'with s as (insert into submission (id, answers) values ($1, $2)) insert into document (id, submission_id, bytes) values ($3, $1, $4)';
    await client.query({ name: 'reference', text, values: [newId(new Date()), task.row, newId(new Date()), bytes] });
    free.push(client);
    return { bytes: bytes.length };
  });
  for (const client of clients) client.release();
  await pool.end();
  return result;
}

function pages(task: LoadTask & { kind: 'pages' }): Promise<LoadResult> {
  const urls = task.paths.map((path) => new URL(path, task.baseUrl));
  return repeat(task.count, task.atOnce, async (i) => {
    const url = urls[i % urls.length] as URL;
    // Each from an address of its own, as many people are: one address that asks without end is slowed.
    const answer = await send('GET', url, { 'X-Forwarded-For': `10.0.${i % 200}.1`, ...task.headers });
    return {
      bytes: answer.body.length,
      ...(answer.status === 200 ? {} : { failure: `${answer.status} ${url.pathname}` }),
    };
  });
}

const run = (task: LoadTask): Promise<LoadResult> =>
  task.kind === 'submit' ? submit(task) : task.kind === 'insert' ? insert(task) : pages(task);

process.on('message', (task: LoadTask) => {
  run(task).then(
    (result) => process.send?.(result),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
