import { Agent, type ClientRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '../../src/main/compose.ts';
import { addStaff, newTotpSecret } from '../../src/modules/identity/index.ts';
import { readConfig } from '../../src/platform/env/config.ts';
import { totpKey } from '../../src/surfaces/totp-key.ts';
import { type Installation, makeInstallation, type Staff } from '../../test/proof/support/installation.ts';
import { percentile, round, seededRandom } from '../../test/proof/support/numbers.ts';
import { cpuMs, type Program, startProgram, untilReady } from '../../test/proof/support/programs.ts';
import { type Outcome, type Reply, Visitor } from '../../test/proof/support/visitor.ts';
import { fillCases } from './many-cases.ts';
import { familyNames, submitCases } from './workspace-cases.ts';
import { type Worker, ways } from './workspace-ways.ts';

export type WorkspaceOptions = {
  /** Members of staff who work at once. */
  readonly staff: number;
  readonly minutes: number;
  /** Mean time between two requests of one person, in seconds. */
  readonly think: number;
  /** Cases of the Jobcenter. */
  readonly cases: number;
  readonly seed: number;
};

export type Step = {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** The same step by one person alone, in the same run. */
  readonly aloneP95Ms: number;
  readonly ratio: number;
};
export type WorkspaceResult = {
  readonly staff: number;
  readonly cases: number;
  readonly requestsPerSecond: number;
  readonly steps: Readonly<Record<string, Step>>;
  readonly slowestP95Ms: number;
  /** Processor time of web and worker by request, in milliseconds. */
  readonly cpuMsPerRequest: number;
  readonly failed: number;
  readonly examples: readonly string[];
};

/** Lets so many members of staff work at once on one machine, and measures every step of theirs. */
export async function benchWorkspace(
  options: WorkspaceOptions,
  tell: (line: string) => void,
): Promise<WorkspaceResult> {
  const installation = await makeInstallation();
  const programs: Program[] = [];
  const agent = new Agent({ keepAlive: true });
  try {
    await fillCases(installation, options.cases);
    const staff = await addColleagues(installation, options.staff);
    const web = startProgram('web', { ...installation.databaseEnv, TANDEM_TRUST_PROXY: 'on' });
    programs.push(web, startProgram('worker', installation.databaseEnv));
    if (!(await untilReady(web, installation.baseUrl))) throw new Error(`The web process did not start: ${web.said()}`);
    const cases = await submitCases(installation);
    tell(`${options.cases + cases.length} cases, ${cases.length} of them with papers`);
    const visitors: Visitor[] = [];
    for (const each of staff) {
      const visitor = new Visitor(installation.baseUrl, agent, { 'Accept-Encoding': 'identity', Accept: 'text/html' });
      await visitor.signIn(installation.tenants[0], each);
      visitors.push(visitor);
    }
    tell(`${visitors.length} members of staff are signed in`);
    const alone = new Measured();
    const random = seededRandom(options.seed);
    const [first] = visitors;
    if (first === undefined) throw new Error('Nobody works.');
    for (let turn = 0; turn < aloneTurns; turn += 1)
      for (const way of ways) await go(way, makeWorker(first, alone, { random, cases, think: 0, run: turn }), alone);
    const busy = new Measured();
    const used = () => programs.reduce((sum, program) => sum + cpuMs(program.pid), 0);
    const [cpuBefore, began] = [used(), performance.now()];
    const until = began + options.minutes * 60_000;
    const work = visitors.map((visitor, i) =>
      keepWorking(visitor, busy, {
        random: seededRandom(options.seed + i + 1),
        cases,
        think: options.think,
        until,
        at: i,
      }),
    );
    const telling = setInterval(() => tell(`${busy.requests} requests, ${busy.failed} failed`), 20_000);
    await Promise.all(work).finally(() => clearInterval(telling));
    return {
      staff: options.staff,
      cases: options.cases + cases.length,
      requestsPerSecond: round(busy.requests / ((performance.now() - began) / 1_000)),
      ...figures(alone, busy, tell),
      cpuMsPerRequest: round((used() - cpuBefore) / Math.max(1, busy.requests)),
      failed: alone.failed + busy.failed,
      examples: [...alone.examples, ...busy.examples].slice(0, 5),
    };
  } finally {
    agent.destroy();
    await Promise.all(programs.map((program) => program.stop()));
    await installation.remove();
  }
}

/** How often one person alone goes every way before the others come. The first turn warms up. */
const aloneTurns = 6;

/** Milliseconds of every step, and what was not answered as it should be. */
class Measured {
  readonly times = new Map<string, number[]>();
  readonly examples: string[] = [];
  requests = 0;
  failed = 0;
  note(name: string, ms: number): void {
    this.requests += 1;
    const list = this.times.get(name) ?? [];
    list.push(ms);
    this.times.set(name, list);
  }
  fail(why: string): void {
    this.failed += 1;
    if (this.examples.length < 5) this.examples.push(why);
  }
}

type Settings = {
  readonly random: ReturnType<typeof seededRandom>;
  readonly cases: readonly string[];
  readonly think: number;
  readonly run: number;
};

function makeWorker(visitor: Visitor, measured: Measured, { random, cases, think, run }: Settings): Worker {
  let stream: ClientRequest | undefined;
  return {
    visitor,
    cases,
    names: familyNames,
    run,
    pick: random.pick,
    think: () => (think === 0 ? Promise.resolve() : pause(-Math.log(1 - random.next()) * think * 1_000)),
    watch: (caseId) => {
      stream?.destroy();
      stream = caseId === undefined || think === 0 ? undefined : visitor.stream(`/arbeit/strom?vorgang=${caseId}`);
    },
    step: async (name, ask, fits = () => true): Promise<Reply> => {
      const began = performance.now();
      const outcome: Outcome = await ask();
      measured.note(name, performance.now() - began);
      if (typeof outcome === 'string' || outcome.status !== 200 || !fits(outcome))
        throw new Error(`${name}: ${typeof outcome === 'string' ? outcome : outcome.status}`);
      return outcome;
    },
  };
}

/** One way; what goes wrong in it is counted, and the day goes on. */
async function go(way: (typeof ways)[number], worker: Worker, measured: Measured): Promise<void> {
  try {
    await way.go(worker);
  } catch (error) {
    measured.fail(String(error));
  } finally {
    worker.watch(undefined);
  }
}

async function keepWorking(
  visitor: Visitor,
  measured: Measured,
  settings: Omit<Settings, 'run'> & { readonly until: number; readonly at: number },
): Promise<void> {
  const { random, until, at } = settings;
  const often = ways.flatMap((way) => Array.from({ length: way.weight }, () => way));
  for (let n = 0; performance.now() < until; n += 1) {
    const worker = makeWorker(visitor, measured, { ...settings, run: (at + 1) * 10_000 + n });
    await worker.think();
    if (performance.now() < until) await go(random.pick(often), worker, measured);
  }
}

function figures(
  alone: Measured,
  busy: Measured,
  tell: (line: string) => void,
): Pick<WorkspaceResult, 'steps' | 'slowestP95Ms'> {
  const sorted = (times: readonly number[] = []) => Float64Array.from(times).sort();
  const steps: Record<string, Step> = {};
  for (const [name, times] of [...busy.times].sort()) {
    const all = sorted(times);
    const before = percentile(sorted(alone.times.get(name)?.slice(1)), 0.95);
    const p95 = percentile(all, 0.95);
    steps[name] = {
      count: all.length,
      p50Ms: round(percentile(all, 0.5)),
      p95Ms: round(p95),
      p99Ms: round(percentile(all, 0.99)),
      aloneP95Ms: round(before),
      ratio: before === 0 ? 0 : round(p95 / before, 2),
    };
    tell(`${name.padEnd(34)} ${JSON.stringify(steps[name])}`);
  }
  return { steps, slowestP95Ms: Math.max(0, ...Object.values(steps).map((step) => step.p95Ms)) };
}

/** So many clerks of the first Jobcenter, who work in all of its teams. */
async function addColleagues(installation: Installation, count: number): Promise<Staff[]> {
  const [{ jobcenter, teams }] = installation.tenants;
  const { services, close } = compose({
    config: readConfig(installation.env),
    urls: { app: installation.postgres.appUrl },
    name: 'bench',
    poolSize: 2,
  });
  const staff: Staff[] = [];
  for (let i = 0; i < count; i += 1) {
    const login = { login: `bench-${i}`, password: `password of bench ${i}`, totpSecret: newTotpSecret() };
    const added = await services.database.tenant(jobcenter.id, (tx) =>
      addStaff(tx, totpKey(services), { ...login, name: `Bench ${i}`, role: 'clerk', teamIds: teams }),
    );
    if (added.kind === 'added') staff.push({ id: added.id, ...login });
  }
  await close();
  return staff;
}
