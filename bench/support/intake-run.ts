import pg from 'pg';
import { dayInGermany } from '../../src/kernel/dates.ts';
import { demoAnswers } from '../../src/main/demo/answers.ts';
import { generateHouseholds } from '../../src/main/demo/households.ts';
import { shippedDefinitions } from '../../src/modules/forms/index.ts';
import { allPostgresOf } from '../../src/platform/postgres/process.ts';
import { type Installation, makeInstallation } from '../../test/proof/support/installation.ts';
import { percentile, round } from '../../test/proof/support/numbers.ts';
import { cpuMs, memoryMb, startProgram, untilReady } from '../../test/proof/support/programs.ts';
import { type Load, type LoadResult, startLoad } from './load.ts';

export type IntakeOptions = {
  /** Submissions, and reference transactions, of one round. */
  readonly count: number;
  /** Rounds of each, one after the other, so that other work on the machine meets both. */
  readonly rounds: number;
  /** Flags for the Node of the web process, such as a profiler. */
  readonly flags?: readonly string[];
};

export type IntakeFigures = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerSubmission: number;
  readonly cpuMs: { readonly application: number; readonly database: number };
};
export type KindFigures = IntakeFigures & {
  readonly ratio: number;
  readonly roundRatios: readonly number[];
  readonly failed: number;
  readonly reference: IntakeFigures;
};
export type IntakeResult = KindFigures & {
  readonly document: 'jpeg';
  readonly answersBytes: number;
  readonly documentBytes: number;
  readonly webMemoryMb: number;
  readonly pdf: KindFigures;
};

const documentBytes = 200_000;
const answersBytes = 2_048;
const atOnce = 8;

/** Measures submissions through the real HTTP API beside plain inserts on the same PostgreSQL. */
export async function benchIntake(options: IntakeOptions, tell: (line: string) => void): Promise<IntakeResult> {
  const installation = await makeInstallation();
  const web = startProgram('web', installation.databaseEnv, [], options.flags);
  const load = startLoad();
  try {
    if (!(await untilReady(web, installation.baseUrl))) throw new Error(`The web process did not start: ${web.said()}`);
    const scene: Scene = {
      installation,
      load,
      webPid: web.pid,
      referenceUrl: await makeReference(installation),
      submission: submissionText(),
      options,
      tell,
    };
    const jpeg = await measureKind(scene, 'jpeg');
    const pdf = await measureKind(scene, 'pdf');
    return { ...jpeg, document: 'jpeg', answersBytes, documentBytes, webMemoryMb: memoryMb(web.pid).peak, pdf };
  } finally {
    await load.end();
    await web.stop();
    await installation.remove();
  }
}

type Scene = {
  readonly installation: Installation;
  readonly load: Load;
  readonly webPid: number;
  readonly referenceUrl: string;
  readonly submission: string;
  readonly options: IntakeOptions;
  readonly tell: (line: string) => void;
};

/** Answers as a person would give them, filled up to the size with a further statement. */
function submissionText(): string {
  const today = dayInGermany(new Date());
  const form = shippedDefinitions().find((each) => each.key === 'weiterbewilligung');
  const household = generateHouseholds('bench', 1, today)[0];
  const person = household?.members[0];
  if (form === undefined || household === undefined || person === undefined)
    throw new Error('The form or the household is missing.');
  const answers: Record<string, unknown> = { ...demoAnswers(form, 'bench', person, household, today) };
  const missing = answersBytes - Buffer.byteLength(JSON.stringify(answers)) - 16;
  if (missing > 0) answers['remark'] = 'Bitte sehen Sie die Anlage. '.repeat(100).slice(0, missing);
  return JSON.stringify({
    concern: form.key,
    channel: 'api',
    person: { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-04-03' },
    answers,
  });
}

async function query(connectionString: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** A database of its own on the same server, with the two plainest tables. */
async function makeReference({ postgres }: Installation): Promise<string> {
  await query(postgres.superuserUrl, 'create database reference owner tandem_owner');
  const url = postgres.ownerUrl.replace('/tandem?', '/reference?');
  await query(
    url,
    'create table submission (id uuid primary key, answers jsonb not null)',
    'create table document (id uuid primary key, submission_id uuid not null, bytes bytea not null)',
  );
  return url;
}

type Round = { readonly result: LoadResult; readonly applicationMs: number; readonly databaseMs: number };

async function measureKind(scene: Scene, paper: 'jpeg' | 'pdf'): Promise<KindFigures> {
  const { installation, load, options, tell } = scene;
  const token = installation.tenants[0].apiToken;
  const common = { paper, paperBytes: documentBytes, atOnce } as const;
  const row = JSON.stringify((JSON.parse(scene.submission) as { answers: unknown }).answers);
  const reference = (count: number) => load.run({ kind: 'insert', url: scene.referenceUrl, row, count, ...common });
  const submissions = (run: string, count: number) =>
    load.run({
      kind: 'submit',
      baseUrl: installation.baseUrl,
      token,
      submission: scene.submission,
      run,
      count,
      ...common,
    });
  await reference(Math.ceil(options.count / 3));
  await submissions(`${paper}-warm`, Math.ceil(options.count / 2));
  const plain: Round[] = [];
  const ours: Round[] = [];
  for (let i = 1; i <= options.rounds; i += 1) {
    plain.push(await timed(scene, () => reference(options.count)));
    ours.push(await timed(scene, () => submissions(`${paper}-${i}`, options.count)));
    tell(
      `${paper}, round ${i} of ${options.rounds}: reference ${perSecond(plain.slice(-1))}/s, submissions ${perSecond(ours.slice(-1))}/s`,
    );
  }
  const failed = ours.reduce((sum, { result }) => sum + result.failed, 0);
  for (const example of ours.flatMap(({ result }) => result.examples)) tell(`failed: ${example}`);
  const figures = figuresOf(ours);
  const base = figuresOf(plain);
  const roundRatios = ours.map((each, i) => round(perSecond([each]) / perSecond(plain.slice(i, i + 1)), 2));
  return { ratio: round(figures.perSecond / base.perSecond, 2), ...figures, roundRatios, failed, reference: base };
}

/** One round by itself: pages that the round before left dirty are written first, so that neither pays for the other. */
async function timed({ installation, webPid }: Scene, work: () => Promise<LoadResult>): Promise<Round> {
  await query(installation.postgres.superuserUrl, 'checkpoint');
  const databaseNow = () =>
    new Map(allPostgresOf(`${installation.postgres.folder}/data`).map((pid) => [pid, cpuMs(pid)]));
  const [application, database] = [cpuMs(webPid), databaseNow()];
  const result = await work();
  return { result, applicationMs: cpuMs(webPid) - application, databaseMs: spentSince(database, databaseNow()) };
}

/** What the living processes have used since; one that has ended meanwhile (a worker of the database) takes nothing back. */
const spentSince = (before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>): number =>
  [...now].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);

const total = (rounds: readonly Round[], of: (each: Round) => number): number =>
  rounds.reduce((sum, each) => sum + of(each), 0);
const perSecond = (rounds: readonly Round[]): number =>
  round(total(rounds, (r) => r.result.latencies.length) / (total(rounds, (r) => r.result.totalMs) / 1_000));

function figuresOf(rounds: readonly Round[]): IntakeFigures {
  const sorted = Float64Array.from(rounds.flatMap((each) => [...each.result.latencies])).sort();
  const application = total(rounds, (r) => r.applicationMs) / sorted.length;
  const database = total(rounds, (r) => r.databaseMs) / sorted.length;
  return {
    perSecond: perSecond(rounds),
    p50Ms: round(percentile(sorted, 0.5)),
    p95Ms: round(percentile(sorted, 0.95)),
    p99Ms: round(percentile(sorted, 0.99)),
    cpuMsPerSubmission: round(application + database, 2),
    cpuMs: { application: round(application, 2), database: round(database, 2) },
  };
}
