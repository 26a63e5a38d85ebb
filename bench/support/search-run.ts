import { readFileSync } from 'node:fs';
import { newId } from '../../src/kernel/ids.ts';
import { compose } from '../../src/main/compose.ts';
import { type CaseReader, inbox, openableCase } from '../../src/modules/cases/index.ts';
import { findTexts, searchKey, type TextQuery } from '../../src/modules/search/index.ts';
import { addTeam } from '../../src/modules/settings/index.ts';
import type { Tx } from '../../src/platform/database/index.ts';
import { readConfig } from '../../src/platform/env/config.ts';
import { allPostgresOf } from '../../src/platform/postgres/process.ts';
import { alikeNames, peopleAndCases } from '../../src/surfaces/workspace/search/people-and-cases.ts';
import { makeInstallation } from '../../test/proof/support/installation.ts';
import { percentile, round, seededRandom } from '../../test/proof/support/numbers.ts';
import { fillSearch } from './fill-search.ts';
import { bands, inventTexts, word } from './invented-texts.ts';
import { fillCases } from './many-cases.ts';
import { fillPeople, inventNames, lastParts, misspeltNames } from './many-people.ts';

export type SearchOptions = { readonly documents: number; readonly notes: number; readonly asks: number };
type Figures = { readonly p50Ms: number; readonly p95Ms: number; readonly worstMs: number; readonly hits: number };
/** `cpuP95Ms`: processor time of database and application, which says more than the clock where others use the machine. */
type Asked = Figures & { readonly cpuP50Ms: number; readonly cpuP95Ms: number };
export type SearchResult = {
  readonly documents: number;
  readonly notes: number;
  readonly cases: number;
  readonly people: number;
  readonly fillSeconds: number;
  readonly tableMb: number;
  readonly indexMb: number;
  readonly asks: Readonly<Record<string, Asked>>;
  /** Of all kinds of questions together. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly cpuP50Ms: number;
  readonly cpuP95Ms: number;
  /** The first page of the inbox for the same person, in the same run. */
  readonly reference: Figures;
  readonly ratio: number;
};

const TEAMS = 40;
const PAGE = 20;
/** So many of the names are stated in cases as well. */
const STATED = 50_000;

/** Fills one Jobcenter and asks it all kinds of questions as a member of staff of two of its forty teams. */
export async function benchSearch(options: SearchOptions, tell: (line: string) => void): Promise<SearchResult> {
  const installation = await makeInstallation();
  const config = readConfig(installation.env);
  const { services, close } = compose({
    config,
    urls: { app: installation.postgres.appUrl },
    name: 'bench',
    poolSize: 2,
  });
  try {
    const [tenant, other] = installation.tenants;
    const jobcenterId = tenant.jobcenter.id;
    const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
    const teams = [...tenant.teams];
    for (let n = teams.length; n < TEAMS; n++) {
      const added = await inTenant((tx) => addTeam(tx, { key: `team-${n}`, name: `Team ${n}`, phone: '' }));
      if (added.kind === 'added') teams.push(added.id);
    }
    const cases = Math.max(1_000, Math.floor(options.documents / 4));
    const names = inventNames(Math.max(50, Math.floor(options.documents / 5)));
    await fillCases({ ...installation, tenants: [{ ...tenant, teams }, other] }, cases, names.slice(0, STATED));
    await fillPeople(installation.postgres.superuserUrl, jobcenterId, names);
    const key = searchKey(await services.keyring.of(jobcenterId));
    const invent = inventTexts(key, 11, services.clock.now());
    const begun = performance.now();
    const filled = await fillSearch(installation.postgres.superuserUrl, jobcenterId, mixed(options, invent));
    const fillSeconds = round((performance.now() - begun) / 1_000);
    tell(`${options.documents} documents, ${options.notes} notes: ${JSON.stringify(filled)}`);
    const reader: CaseReader = { role: 'clerk', id: newId(services.clock.now()), teamIds: teams.slice(3, 5) };
    const ask = (query: TextQuery): Promise<number> =>
      inTenant(async (tx) => {
        const who = { circles: [], mayOpen: openableCase(tx, reader) };
        return (await findTexts(tx, key, who, query, PAGE)).hits.length;
      });
    // As the page does: first the name as it was typed, and then, since nobody has it, what is alike.
    const askName = (text: string): Promise<number> =>
      inTenant(async (tx) => {
        const named = await peopleAndCases(tx, { reader }, text);
        const { people, cases: stated } = await alikeNames(tx, { reader }, text, named);
        return people.length + stated.length;
      });
    const kinds: Record<string, (() => Promise<number>)[]> = {};
    for (const [name, queries] of Object.entries(questions(options.asks, services.clock.now())))
      kinds[name] = queries.map((query) => () => ask(query));
    const single = names.filter(([family]) => !family.includes('-'));
    const asked = {
      'a misspelt name': single,
      'a misspelt name of the commonest initial': single.filter(([family]) => family.startsWith('S')),
      'a misspelt part of a name': lastParts(names),
    };
    for (const [name, of] of Object.entries(asked))
      kinds[name] = misspeltNames(options.asks, of).map((text) => () => askName(text));
    const asks: Record<string, Asked> = {};
    const [all, allCpu]: [number[], number[]] = [[], []];
    for (const [name, queries] of Object.entries(kinds)) {
      const [times, cpu]: [number[], number[]] = [[], []];
      const spent = processorTime(`${installation.postgres.folder}/data`);
      let hits = 0;
      for (const query of queries) {
        const [before, from] = [spent(), performance.now()];
        hits += await query();
        times.push(performance.now() - from);
        cpu.push(spent() - before);
      }
      all.push(...times);
      allCpu.push(...cpu);
      asks[name] = { ...figures(times, hits / queries.length), ...cpuFigures(cpu) };
      tell(`${name}: ${JSON.stringify(asks[name])}`);
    }
    const pages: number[] = [];
    for (let n = 0; n < options.asks; n++) {
      const from = performance.now();
      await inTenant((tx) => inbox(tx, reader, {}, undefined));
      pages.push(performance.now() - from);
    }
    const reference = figures(pages, 50);
    const { p50Ms, p95Ms } = figures(all, 0);
    const mb = (bytes: number): number => Math.round(bytes / 1_048_576);
    const sizes = { tableMb: mb(filled.tableBytes), indexMb: mb(filled.indexBytes) };
    const ratio = round(p95Ms / reference.p50Ms, 1);
    return {
      ...options,
      cases,
      people: names.length,
      fillSeconds,
      ...sizes,
      asks,
      p50Ms,
      p95Ms,
      ...cpuFigures(allCpu),
      reference,
      ratio,
    };
  } finally {
    await close();
    await installation.remove();
  }
}

/** Milliseconds of the processor that this thread and the database have used so far, as Linux counts them to the nanosecond. */
function processorTime(dataFolder: string): () => number {
  const of = (pid: string | number): number => {
    try {
      return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
    } catch {
      return 0; // it has ended
    }
  };
  const pids = ['thread-self', ...allPostgresOf(dataFolder)]; // to look for them takes longer than a question
  return () => pids.reduce((sum: number, pid) => sum + of(pid), 0);
}

function cpuFigures(times: readonly number[]): Pick<Asked, 'cpuP50Ms' | 'cpuP95Ms'> {
  const { p50Ms, p95Ms } = figures(times, 0);
  return { cpuP50Ms: p50Ms, cpuP95Ms: p95Ms };
}

/** Papers and notes in turn, as they come. */
function* mixed<T>({ documents, notes }: SearchOptions, invent: (paper: boolean) => T): Generator<T> {
  for (let paper = 0, n = 0; n < documents + notes; n++) {
    const isPaper = paper * (documents + notes) <= n * documents && paper < documents;
    if (isPaper) paper += 1;
    yield invent(isPaper);
  }
}

/** Every kind of question a person asks, each with other words. `now`: whoever pages so far that only what names the words is left begins there. */
function questions(count: number, now: Date): Record<string, TextQuery[]> {
  const behind = { at: now, id: newId(now), fit: 'named' } as const;
  const random = seededRandom(5);
  const between = (from: number, to: number): string => word(from + random.int(to - from));
  const many = (make: () => TextQuery): TextQuery[] => Array.from({ length: count }, make);
  const frequent = () => between(3, 100);
  const middling = () => between(500, 5_000);
  const rare = () => between(50_000, 200_000);
  return {
    frequent: many(() => ({ terms: [frequent()] })),
    middling: many(() => ({ terms: [middling()] })),
    rare: many(() => ({ terms: [rare()] })),
    'part of a compound': many(() => ({ terms: [between(...bands.part)] })),
    compound: many(() => ({ terms: [between(...bands.compound)] })),
    'two frequent': many(() => ({ terms: [frequent(), between(100, 300)] })),
    'two words': many(() => ({ terms: [middling(), frequent()] })),
    'two that never meet': many(() => ({ terms: [rare(), rare()] })),
    'frequent, narrowed': many(() => ({ terms: [frequent()], kind: 'message', topic: 'umzug' })),
    'two, narrowed': many(() => ({ terms: [frequent(), between(100, 300)], kind: 'note', topic: 'umzug' })),
    'frequent, foreign': many(() => ({ terms: [frequent()], kind: 'document', language: 'tr' })),
    'frequent, since a day': many(() => ({
      terms: [frequent()],
      from: new Date(now.getTime() - (1 + random.int(400)) * 86_400_000),
    })),
    'frequent, by time': many(() => ({ terms: [frequent()], order: 'time' })),
    'frequent, behind what fits': many(() => ({ terms: [frequent()], before: behind })),
    'two frequent, behind what fits': many(() => ({ terms: [frequent(), between(100, 300)], before: behind })),
  };
}

function figures(times: readonly number[], hits: number): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => round(percentile(sorted, part));
  return { p50Ms: at(0.5), p95Ms: at(0.95), worstMs: at(1), hits: round(hits) };
}
