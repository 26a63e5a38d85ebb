import { Agent } from 'node:http';
import pg from 'pg';
import { compose } from '../../../src/main/compose.ts';
import { allTasks, type JobServices } from '../../../src/main/jobs/index.ts';
import { verifyAll } from '../../../src/main/verify.ts';
import { addMailbox, allMailboxes, type Mailbox } from '../../../src/modules/settings/index.ts';
import { type CaseItem, itemsOfCase } from '../../../src/modules/twice/index.ts';
import { readConfig } from '../../../src/platform/env/config.ts';
import type { Services } from '../../../src/surfaces/services.ts';
import { type Installation, makeInstallation, type Tenant } from './installation.ts';
import { arriveBy, isPicture, movedPerson, type Way, ways } from './move/arrivals.ts';
import { settle } from './move/settle.ts';
import { seededRandom } from './numbers.ts';
import { type Program, startProgram, untilReady } from './programs.ts';
import { Visitor } from './visitor.ts';

export type ChannelsResult = {
  readonly orders: number;
  readonly submissions: number;
  readonly repeats: number;
  readonly pairs: number;
  readonly decisions: number;
  /** Orders in which the letters came as pictures, and had to be recognised. */
  readonly pictured: number;
  /** What was not as it must be, each with its order. */
  readonly wrong: readonly string[];
  readonly verifyProblems: number;
  readonly receipts: number;
};

type OfficeServices = Services & JobServices;

/** What runs the proof: the pages over HTTP, and the jobs and verbs of the office in this process. */
export type Scene = {
  readonly installation: Installation;
  readonly services: OfficeServices;
  readonly agent: Agent;
  readonly desk: Visitor;
  /** The mailbox of the first team, and how many messages it gave. */
  readonly mails: { readonly box: Mailbox; count: number };
  /** Runs every job that was announced, and what those announce. */
  readonly work: () => Promise<void>;
};

/** All orders of some things; of five there are 120. */
export function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, at) =>
    permutations([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [first, ...rest]),
  );
}

/**
 * One person's move in five ways at once, in every order, each with repeats: in the end one case, every item once with all the ways
 * it came, and no receipt without its bytes. What has to be decided is decided by the verbs that people use.
 */
export async function proveChannels(
  options: { readonly orders: number; readonly seed: number },
  tell: (line: string) => void,
): Promise<ChannelsResult> {
  const installation = await makeInstallation();
  const web = startProgram('web', { ...installation.databaseEnv, TANDEM_TRUST_PROXY: 'on' });
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const opened = openServices(installation);
  try {
    const scene = await openScene(installation, web, agent, opened.services);
    const random = seededRandom(options.seed);
    const all = permutations(ways);
    const chosen = options.orders >= all.length ? all : Array.from({ length: options.orders }, () => random.pick(all));
    const totals = { submissions: 0, repeats: 0, pairs: 0, decisions: 0 };
    const wrong: string[] = [];
    for (const [index, order] of chosen.entries()) {
      const seen = await oneMove(scene, index, order, random.pick(ways));
      totals.submissions += seen.submissions;
      totals.repeats += seen.repeats;
      totals.pairs += seen.pairs;
      totals.decisions += seen.decisions;
      wrong.push(...seen.wrong.map((each) => `${order.join(' ')}: ${each}`));
      if ((index + 1) % 10 === 0) tell(`${index + 1} orders, ${wrong.length} wrong`);
    }
    const verdict = await verifyAll(opened.services, { onProblem: (problem) => tell(problem) });
    return {
      orders: chosen.length,
      ...totals,
      pictured: chosen.filter((_, index) => isPicture({ index })).length,
      wrong,
      verifyProblems: verdict.problems,
      receipts: verdict.receipts,
    };
  } finally {
    agent.destroy();
    await web.kill();
    await opened.close();
    await installation.remove();
  }
}

function openServices(installation: Installation) {
  const config = readConfig(installation.env);
  const { services, close } = compose({
    config,
    urls: { app: installation.postgres.appUrl },
    name: 'proof',
    poolSize: 4,
  });
  const jobs: OfficeServices = {
    ...services,
    blobFolder: config.blobFolder,
    derivedFolder: `${installation.dataFolder}/derived`,
  };
  return { services: jobs, close };
}

async function openScene(
  installation: Installation,
  web: Program,
  agent: Agent,
  services: OfficeServices,
): Promise<Scene> {
  if (!(await untilReady(web, installation.baseUrl))) throw new Error(`The web process did not start: ${web.said()}`);
  const [tenant] = installation.tenants;
  const desk = new Visitor(installation.baseUrl, agent, { Host: new URL(installation.baseUrl).host });
  await desk.signIn(tenant, tenant.staff);
  const tasks = new Map(allTasks(services).map((task) => [task.name, task]));
  const work = async (): Promise<void> => {
    const owner = new pg.Client({ connectionString: installation.postgres.ownerUrl });
    await owner.connect();
    try {
      for (;;) {
        const { rows } = await owner.query<{ task: string; payload: unknown }>(
          'with taken as (delete from queue.outbox returning id, task, payload) select task, payload from taken order by id',
        );
        if (rows.length === 0) return;
        for (const row of rows) if (row.task !== 'answer-mail') await tasks.get(row.task)?.run(row.payload);
      }
    } finally {
      await owner.end();
    }
  };
  const box = await addBox(services, tenant);
  return { installation, services, agent, desk, work, mails: { box, count: 0 } };
}

/** A mailbox whose server nobody calls: messages are handed over as they were fetched. */
async function addBox(services: JobServices, tenant: Tenant): Promise<Mailbox> {
  const server = { host: '127.0.0.1', port: 1, security: 'none' } as const;
  const keys = await services.keyring.of(tenant.jobcenter.id);
  return services.database.tenant(tenant.jobcenter.id, async (tx) => {
    const login = { login: 'team', password: 'secret', smtpLogin: true, imap: server, smtp: server };
    const place = {
      teamId: tenant.teams[0] ?? '',
      address: 'team@jobcenter.example',
      folder: 'INBOX',
      doneFolder: 'Done',
    };
    await addMailbox(tx, keys, { ...place, ...login });
    const [box] = await allMailboxes(tx);
    if (box === undefined) throw new Error('The mailbox was not added.');
    return box;
  });
}

type Seen = { submissions: number; repeats: number; pairs: number; decisions: number; wrong: string[] };

async function oneMove(scene: Scene, index: number, order: readonly Way[], again: Way): Promise<Seen> {
  const move = await movedPerson(scene, index);
  const wrong: string[] = [];
  let repeats = 0;
  for (const way of order) {
    const first = await arriveBy[way](scene, move, 'first');
    const repeated = await arriveBy[way](scene, move, 'repeat');
    repeats += 1;
    if (first !== repeated) wrong.push(`a repeat by ${way} gave another receipt`);
    await scene.work();
  }
  await arriveBy[again](scene, move, 'again');
  await scene.work();
  const settled = await settle(scene, move);
  wrong.push(...settled.wrong);
  if (settled.caseId !== undefined) {
    const { caseId } = settled;
    const items = await scene.services.database.tenant(move.jobcenterId, (tx) => itemsOfCase(tx, caseId));
    wrong.push(...compare(items, move.papers, expected(again)));
  }
  return { submissions: order.length + 1, repeats, pairs: settled.pairs, decisions: settled.decisions, wrong };
}

/** What each way brings; see `move/arrivals.ts`. */
export const brings: Readonly<Record<Way, readonly string[]>> = {
  portal: ['umzug', 'Mietangebot', 'Kontoauszug'],
  post: ['Mietangebot', 'Umzugsangebot'],
  email: ['unterlagen', 'Kontoauszug', 'Kündigung'],
  phone: ['umzug'],
  counter: ['umzug', 'Mietangebot', 'Umzugsangebot'],
};

/** Every item with all the ways it came; the way that was used again twice. */
function expected(again: Way): Map<string, string> {
  const all = new Map<string, Way[]>();
  for (const way of [...ways, again]) for (const item of brings[way]) all.set(item, [...(all.get(item) ?? []), way]);
  return new Map([...all].map(([item, by]) => [item, by.sort().join(' ')]));
}

/** What an item is: the papers that its documents are, by what was handed in; more than one would be a mistake. */
const nameOf = (item: CaseItem, papers: ReadonlyMap<string, string>): string =>
  item.document === undefined
    ? item.concern
    : [...new Set(item.ways.map((way) => papers.get(way.documentId ?? '') ?? '?'))].sort().join(' and ');

function compare(
  items: readonly CaseItem[],
  papers: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): string[] {
  const found = items
    .map(
      (item) =>
        `${nameOf(item, papers)}: ${item.ways
          .map((way) => way.channel)
          .sort()
          .join(' ')}`,
    )
    .sort();
  const right = [...wanted].map(([name, by]) => `${name}: ${by}`).sort();
  return [
    ...right.filter((each) => !found.includes(each)).map((each) => `not listed once: ${each}`),
    ...found.filter((each) => !right.includes(each)).map((each) => `listed instead: ${each}`),
    ...(found.length === right.length ? [] : [`${found.length} items instead of ${right.length}`]),
  ];
}
