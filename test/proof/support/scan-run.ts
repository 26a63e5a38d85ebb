import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { closeMedia } from '../../../src/platform/media/index.ts';
import { type Installation, makeInstallation } from './installation.ts';
import { percentile, round } from './numbers.ts';
import { cpuMs, type Program, startProgram, untilReady } from './programs.ts';
import { makeStack, type Stack } from './scan-stack.ts';
import { formsOf, Visitor } from './visitor.ts';

export type ScanOptions = {
  readonly pages: number;
  readonly seed: number;
  /** Looks at the inbox to measure it at rest; while pages are read it is looked at all the time. */
  readonly looks: number;
};

export type ScanResult = {
  readonly pages: number;
  readonly pictures: number;
  readonly read: number;
  readonly failed: number;
  readonly letters: number;
  readonly lettersExpected: number;
  readonly blank: number;
  readonly blankExpected: number;
  /** Pages that were read when the worker was killed, and the least that was seen afterwards. */
  readonly killedAt: number;
  readonly afterKill: number;
  readonly seconds: number;
  readonly secondsPerPage: number;
  readonly idleP95Ms: number;
  readonly busyP95Ms: number;
  readonly ratio: number;
};

const giveUpMs = 90 * 60_000;
const between = 100;

type Standing = { readonly state: string; readonly read: number };

/**
 * Lets a mixed stack be read by a worker, kills the worker in the middle, starts another one, and measures the inbox before and
 * meanwhile.
 */
export async function proveScans(options: ScanOptions, tell: (line: string) => void): Promise<ScanResult> {
  const stack = await makeStack(options.pages, options.seed);
  await closeMedia();
  tell(`a stack of ${stack.pages} pages, ${stack.bytes.length} bytes, ${stack.pictures} of them pictures`);
  const installation = await makeInstallation();
  const agent = new Agent({ keepAlive: true });
  const web = startProgram('web', installation.databaseEnv);
  let worker = startProgram('worker', installation.databaseEnv);
  try {
    if (!(await untilReady(web, installation.baseUrl))) throw new Error(`The server does not start: ${web.said()}`);
    const visitor = new Visitor(installation.baseUrl, agent, { 'Accept-Language': 'de' });
    const [tenant] = installation.tenants;
    await visitor.signIn(tenant, tenant.staff);
    await look(visitor, options.looks); // warm
    const idle = await look(visitor, options.looks);
    const place = await upload(visitor, stack);
    const began = performance.now();
    const busy: number[] = [];
    let [killedAt, afterKill] = [-1, -1];
    for (;;) {
      if (killedAt >= 0) busy.push(...(await look(visitor, 5))); // until then it may be read within a few looks
      const standing = await standingOf(visitor, place);
      if (standing.state === 'ready') break;
      if (standing.state === 'problem') throw new Error('The stack could not be read.');
      if (performance.now() - began > giveUpMs) throw new Error(`Not read in time. ${worker.said()}`);
      if (killedAt >= 0 && afterKill < 0) {
        afterKill = standing.read;
        worker = startProgram('worker', installation.databaseEnv);
      }
      if (killedAt < 0 && standing.read >= stack.pages * 0.4) {
        killedAt = standing.read;
        await worker.kill();
        tell(`the worker was killed after ${killedAt} pages, ${Math.round(cpuMs(web.pid))} ms of the server's time`);
      }
      await pause(between);
    }
    const seconds = (performance.now() - began) / 1_000;
    return {
      ...(await countsOf(installation, stack)),
      ...timesOf(idle, busy, seconds, stack.pages),
      killedAt,
      afterKill,
    };
  } finally {
    agent.destroy();
    await stopAll([worker, web]);
    await installation.remove();
  }
}

async function stopAll(programs: readonly Program[]): Promise<void> {
  for (const program of programs) await program.kill();
}

/** Times of the inbox in milliseconds, one request after the other. */
async function look(visitor: Visitor, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const began = performance.now();
    const reply = await visitor.page('/arbeit');
    if (reply.status !== 200) throw new Error(`The inbox answers ${reply.status}.`);
    took.push(performance.now() - began);
  }
  return took;
}

const p95 = (times: readonly number[]): number =>
  percentile(
    [...times].sort((a, b) => a - b),
    0.95,
  );

function timesOf(idle: readonly number[], busy: readonly number[], seconds: number, pages: number) {
  const [idleP95, busyP95] = [p95(idle), p95(busy)];
  return {
    seconds: round(seconds),
    secondsPerPage: round(seconds / pages, 2),
    idleP95Ms: round(idleP95),
    busyP95Ms: round(busyP95),
    ratio: round(busyP95 / idleP95, 2),
  };
}

/** Brings the stack in by the upload page, as a member of staff does; gives the address of the stack. */
async function upload(visitor: Visitor, stack: Stack): Promise<string> {
  const form = formsOf((await visitor.page('/arbeit/post')).body.toString(), '/arbeit/post').find(
    (each) => each.multipart,
  );
  const boundary = 'scan-proof-boundary';
  const fields = (form?.fields ?? [])
    .filter((field) => field.type !== 'file' && field.name !== 'team')
    .map((field) => `--${boundary}\r\nContent-Disposition: form-data; name="${field.name}"\r\n\r\n${field.value}\r\n`);
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="Stapel.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(fields.join('') + head),
    stack.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = {
    'Content-Type': `multipart/form-data; boundary=${boundary}`,
    'Content-Length': String(body.length),
  };
  const reply = await visitor.send({ method: 'POST', path: '/arbeit/post', headers, body }, 120_000);
  if (typeof reply === 'string' || reply.status !== 303) throw new Error('The stack was not taken.');
  return String(reply.headers.location).replace(/\?.*/, '');
}

async function standingOf(visitor: Visitor, place: string): Promise<Standing> {
  const html = (await visitor.page(`${place}/stand`)).body.toString();
  const read = Number(/<progress value="(\d+)"/.exec(html)?.[1] ?? 0);
  return { state: /data-state="(\w+)"/.exec(html)?.[1] ?? '', read };
}

async function countsOf(installation: Installation, stack: Stack) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: installation.postgres.superuserUrl });
  await client.connect();
  const one = async (sql: string): Promise<number> => Number((await client.query<{ n: string }>(sql)).rows[0]?.n);
  const counts = {
    pages: stack.pages,
    pictures: stack.pictures,
    read: await one("select count(*) n from app.scan_page where state = 'read'"),
    failed: await one("select count(*) n from app.scan_page where state = 'failed'"),
    letters: await one('select count(*) n from app.scan_letter'),
    lettersExpected: stack.letters,
    blank: await one('select count(*) n from app.scan_page where blank'),
    blankExpected: stack.blank,
  };
  await client.end();
  return counts;
}
