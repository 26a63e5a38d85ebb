import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { sha256 } from '../../../src/platform/crypto/index.ts';
import { allPostgresOf } from '../../../src/platform/postgres/process.ts';
import { type Installation, makeInstallation } from './installation.ts';
import { seededRandom } from './numbers.ts';
import { type Paper, photoOf, scanOf } from './papers.ts';
import { type Program, startProgram, untilReady } from './programs.ts';

export type CrashOptions = { readonly kills: number; readonly seed: number };

export type CrashResult = {
  readonly kills: number;
  readonly killedBeforeReady: number;
  readonly acknowledged: number;
  readonly documents: number;
  /** Requests that had to be sent again, and what they had got: a status, or `connection`. */
  readonly retries: number;
  readonly answers: Readonly<Record<string, number>>;
  /** Acknowledged and not there, or with other bytes. */
  readonly lost: readonly string[];
  /** Keys that made two submissions, or got two receipts. */
  readonly doubled: readonly string[];
  readonly unacknowledged: number;
  readonly verifyProblems: number;
  readonly slowestRecoveryMs: number;
  readonly stoppedCleanly: boolean;
};

const writers = 8;
/** A writer gives up that much later than the last kill. */
const giveUpMs = 120_000;

type Acknowledged = { readonly key: string; readonly number: string; readonly hashes: readonly string[] };
type Scene = {
  readonly installation: Installation;
  readonly papers: readonly Paper[];
  readonly acknowledged: Acknowledged[];
  readonly answers: Record<string, number>;
  readonly doubled: string[];
  retries: number;
  /** Since when nothing is killed any more. */
  quietSince: number | undefined;
  stopping: boolean;
};

/** Kills the whole server and its PostgreSQL again and again while writers submit, and then looks for every promise it gave. */
export async function proveCrashes(options: CrashOptions, tell: (line: string) => void): Promise<CrashResult> {
  const installation = await makeInstallation();
  const sizes = [20_000, 60_000, 120_000, 200_000];
  const papers = (await Promise.all(sizes.flatMap((size) => [photoOf(size), scanOf(size)]))) as Paper[];
  const scene: Scene = {
    installation,
    papers,
    acknowledged: [],
    answers: {},
    doubled: [],
    retries: 0,
    quietSince: undefined,
    stopping: false,
  };
  const random = seededRandom(options.seed);
  let server: Program = startProgram('start', installation.env);
  try {
    const work = Promise.all(Array.from({ length: writers }, (_, i) => write(scene, i, options.seed)));
    work.catch(() => undefined);
    let [early, slowest] = [0, 0];
    for (let kill = 1; kill <= options.kills; kill += 1) {
      const began = performance.now();
      if (random.next() < 0.2) await Promise.race([pause(random.int(2_500)), untilReady(server, installation.baseUrl)]);
      else {
        if (!(await untilReady(server, installation.baseUrl)))
          throw new Error(`The server does not start again: ${server.said()}`);
        slowest = Math.max(slowest, performance.now() - began);
        await pause(100 + random.int(2_400));
      }
      if (
        !(await fetch(`${installation.baseUrl}/readyz`).then(
          (r) => r.ok,
          () => false,
        ))
      )
        early += 1;
      await killEverything(server, installation);
      if (kill % 10 === 0 || kill === options.kills)
        tell(`${kill} kills, ${scene.acknowledged.length} receipts, ${scene.retries} retries`);
      server = startProgram('start', installation.env);
    }
    scene.quietSince = performance.now();
    if (!(await untilReady(server, installation.baseUrl)))
      throw new Error(`The server does not start again: ${server.said()}`);
    await pause(500);
    scene.stopping = true;
    const unfinished = (await work).reduce((sum, each) => sum + each, 0);
    tell('looking for every receipt and every byte');
    const lost = await findLost(scene);
    const doubled = [...scene.doubled, ...(await findDoubled(installation))];
    const verifyProblems = await verify(installation, tell);
    const stoppedCleanly = (await server.stop()) === 0;
    return {
      kills: options.kills,
      killedBeforeReady: early,
      acknowledged: scene.acknowledged.length,
      documents: scene.acknowledged.reduce((sum, each) => sum + each.hashes.length, 0),
      retries: scene.retries,
      answers: scene.answers,
      lost,
      doubled,
      unacknowledged: unfinished,
      verifyProblems,
      slowestRecoveryMs: Math.round(slowest),
      stoppedCleanly,
    };
  } finally {
    scene.stopping = true;
    scene.quietSince ??= performance.now();
    await server.kill();
    await installation.remove();
  }
}

/** Supervisor, web and worker are one group of processes; every PostgreSQL process that works in our folder dies with them. */
async function killEverything(server: Program, { postgres }: Installation): Promise<void> {
  const cluster = `${postgres.folder}/data`;
  const killDatabase = (): void => {
    for (const pid of allPostgresOf(cluster)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  };
  killDatabase();
  await server.kill();
  while (allPostgresOf(cluster).length > 0) {
    killDatabase();
    await pause(5);
  }
}

type Sent = { readonly key: string; readonly body: () => FormData; readonly hashes: readonly string[] };

/** One writer: submits until it is stopped, each submission until it has its receipt. Gives the number it had to give up. */
async function write(scene: Scene, writer: number, seed: number): Promise<number> {
  const random = seededRandom(seed * 1_000 + writer);
  let givenUp = 0;
  for (let i = 0; !scene.stopping; i += 1) {
    const sent = submission(scene, `w${writer}-${i}`, random);
    const number = await untilAcknowledged(scene, sent);
    if (number === undefined) {
      givenUp += 1;
      continue;
    }
    scene.acknowledged.push({ key: sent.key, number, hashes: sent.hashes });
    // Some programs ask once more although they have their answer.
    if (random.next() < 0.05) {
      const again = await untilAcknowledged(scene, sent);
      if (again !== undefined && again !== number) scene.doubled.push(`${sent.key} got ${number} and ${again}`);
    }
    await pause(random.int(120));
  }
  return givenUp;
}

function submission({ papers }: Scene, key: string, random: ReturnType<typeof seededRandom>): Sent {
  const documents = Array.from({ length: 1 + random.int(3) }, () => {
    const paper = random.pick(papers);
    return { name: paper.name, bytes: paper.variant(random.bytes(16)) };
  });
  const person = { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' };
  const json = JSON.stringify({ concern: 'unterlagen', channel: 'post', person, answers: { note: key } });
  return {
    key,
    hashes: documents.map(({ bytes }) => sha256(bytes).toString('hex')),
    body: () => {
      const form = new FormData();
      form.set('submission', json);
      for (const { name, bytes } of documents) form.append('document', new Blob([bytes as BlobPart]), name);
      return form;
    },
  };
}

/** Sends the same request under the same key until it is answered by a receipt. */
async function untilAcknowledged(scene: Scene, sent: Sent): Promise<string | undefined> {
  const { baseUrl, tenants } = scene.installation;
  const quietFor = (): number => performance.now() - (scene.quietSince ?? performance.now());
  const headers = { Authorization: `Bearer ${tenants[0].apiToken}`, 'Idempotency-Key': sent.key };
  while (quietFor() < giveUpMs) {
    const outcome = await fetch(`${baseUrl}/api/v1/submissions`, {
      method: 'POST',
      headers,
      body: sent.body(),
      signal: AbortSignal.timeout(15_000),
    })
      .then(async (response) => ({
        status: response.status,
        receipt: (await response.json()) as { number?: string; documents?: { sha256: string }[] },
      }))
      .catch(() => undefined);
    const word = String(outcome?.status ?? 'connection');
    scene.answers[word] = (scene.answers[word] ?? 0) + 1;
    if (outcome?.status === 201 && outcome.receipt.number !== undefined) {
      const named = (outcome.receipt.documents ?? []).map((each) => each.sha256);
      if (named.join() !== sent.hashes.join())
        throw new Error(`The receipt of ${sent.key} names other documents than were sent.`);
      return outcome.receipt.number;
    }
    if (outcome !== undefined && outcome.status < 500)
      throw new Error(`A good submission was refused: ${outcome.status} ${JSON.stringify(outcome.receipt)}`);
    scene.retries += 1;
    await pause(150);
  }
  return undefined;
}

/** Every receipt, its case, its documents, byte for byte, as another program would fetch them. */
async function findLost(scene: Scene): Promise<string[]> {
  const lost: string[] = [];
  const waiting = [...scene.acknowledged];
  const look = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const problem = await missing(scene, next).catch((error: unknown) => String(error));
      if (problem !== undefined) lost.push(`${next.key} ${next.number}: ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, look));
  return lost;
}

type Status = { readonly case: { readonly id: string } };
type Case = {
  readonly submissions: readonly {
    readonly number: string;
    readonly answers: { readonly note?: string };
    readonly documents: readonly { readonly id: string }[];
  }[];
};

async function missing({ installation }: Scene, { key, number, hashes }: Acknowledged): Promise<string | undefined> {
  const headers = { Authorization: `Bearer ${installation.tenants[0].apiToken}` };
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(`${installation.baseUrl}/api/v1${path}`, {
      headers,
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    return response;
  };
  const status = (await (await get(`/receipts/${number}`)).json()) as Status;
  const found = (await (await get(`/cases/${status.case.id}`)).json()) as Case;
  const submission = found.submissions.find((each) => each.number === number);
  if (submission?.answers.note !== key) return 'the case does not hold the submission';
  const stored: string[] = [];
  for (const { id } of submission.documents)
    stored.push(sha256(new Uint8Array(await (await get(`/documents/${id}/content`)).arrayBuffer())).toString('hex'));
  return stored.join() === hashes.join() ? undefined : 'the documents are other ones';
}

/** Looks past the application: two submissions of one key, and submissions that nobody sent. */
async function findDoubled({ postgres }: Installation): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ key: string; count: number }>(
    "select answers->>'note' as key, count(*)::int as count from app.submission group by 1 having count(*) > 1",
  );
  await client.end();
  return rows.map(({ key, count }) => `${key}: ${count} submissions`);
}

/** The operator's own examination, as a command beside the running server. */
async function verify(installation: Installation, tell: (line: string) => void): Promise<number> {
  const command = startProgram('cli', installation.env, ['verify']);
  const code = await command.ended;
  // Progress and result come by two pipes, in either order.
  const last = /\{"documents".*\}/.exec(command.said())?.[0] ?? '';
  tell(`verify: ${last}`);
  const { problems } = JSON.parse(last) as { problems: number };
  return code === 0 ? problems : Math.max(1, problems);
}
