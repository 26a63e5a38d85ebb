import { readFileSync } from 'node:fs';
import { addDays, dayInGermany, instantInGermany } from '../../../../src/kernel/dates.ts';
import {
  appointmentLines,
  appointmentMatters,
  appointmentsOfAbsent,
  countAppointments,
  withHeldCases,
} from '../../../../src/modules/appointments/index.ts';
import {
  arrivedLines,
  type CaseReader,
  casesByIds,
  casesOfAbsent,
  casesOfFile,
  clearingQueue,
  countDoubts,
  countPromises,
  dueLines,
  duePromises,
  filesOfPeople,
  findCase,
  followUpLines,
  followUpsOfAbsent,
  inbox,
  lineCases,
  openableCase,
  ownLoad,
  readerOf,
  searchCases,
  teamLoad,
  unassignedLoad,
  visibleCases,
  waitingLines,
} from '../../../../src/modules/cases/index.ts';
import { circleNotesOf, circleStamp, circlesOf, notesClosedTo } from '../../../../src/modules/contacts/index.ts';
import { boardCases, casesOfBoard } from '../../../../src/modules/facts/index.ts';
import { findSession } from '../../../../src/modules/identity/index.ts';
import {
  countReturned,
  countToRelease,
  findNotice,
  lettersToRelease,
  ownDrafts,
  waitingLetters,
} from '../../../../src/modules/notices/index.ts';
import { proposalsOfEmployer } from '../../../../src/modules/plans/index.ts';
import { findBatch, findLetter, listBatches, lockLetter, waitingPrints } from '../../../../src/modules/post/index.ts';
import { findPair, openPairs, pairsOfCase } from '../../../../src/modules/twice/index.ts';
import type { Tx } from '../../../../src/platform/database/index.ts';
import { projectPath } from '../../../../src/platform/env/project.ts';
import { readSources } from '../../../architecture/source.ts';
import type { TestApp } from '../../../support/app.ts';
import type { Knocker, Who } from './people.ts';
import type { World } from './world.ts';

type Query = (tx: Tx, reader: CaseReader, world: World) => Promise<unknown>;
type Asked = { readonly ask: Query; readonly open: readonly Who[]; readonly why: string };

const worksOnIt: readonly Who[] = ['clerk of the team', 'stand-in for that clerk', 'lead'];
const ofCases = (ask: Query): Asked => ({
  ask,
  open: worksOnIt,
  why: 'the team of the case, who stands in for its assignee, and leads',
});
const ofPost = (ask: Query): Asked => ({
  ask,
  open: ['clerk of the team', 'lead'],
  why: 'the team that scanned the stack, and leads',
});
const ofTeam = (ask: Query): Asked => ({
  ask,
  open: ['clerk of the team', 'lead'],
  why: 'what lies with the own team, for leads with each',
});
const ofWork = (ask: Query): Asked => ({
  ask,
  open: ['clerk of the team', 'stand-in for that clerk'],
  why: 'the own work, and that of whom one stands in for',
});
const day = (tx: Tx, n = 0) => addDays(dayInGermany(tx.now), n);
const of = (world: World, name: string): string => world.of[name] ?? '';

/** How each query that takes a reader is asked for the world's things. A new one without an entry here fails the proof. */
const queries: Readonly<Record<string, Asked>> = {
  'cases findCase': ofCases((tx, reader, world) => findCase(tx, reader, of(world, 'case'))),
  'cases casesOfFile': ofCases((tx, reader, world) => casesOfFile(tx, reader, of(world, 'file'))),
  'cases inbox': ofCases((tx, reader) => inbox(tx, reader, {}, undefined)),
  'cases searchCases': ofCases((tx, reader, { mark }) => searchCases(tx, reader, { name: mark })),
  'cases filesOfPeople': ofCases(async (tx, reader, world) => {
    const [filed] = await casesByIds(tx, [of(world, 'case')]);
    return [
      ...(await filesOfPeople(tx, reader, [{ id: filed?.personId ?? of(world, 'case'), householdId: null }])).values(),
    ];
  }),
  'cases visibleCases': ofCases(async (tx, reader, world) => [
    ...(await visibleCases(tx, reader, [of(world, 'case')])),
  ]),
  'cases lineCases': ofCases(async (tx, reader, world) => [
    ...(await lineCases(tx, reader, [of(world, 'case')])).keys(),
  ]),
  'appointments appointmentLines': ofWork((tx, reader) => {
    const span = { from: tx.now, until: instantInGermany(day(tx, 400), '00:00') };
    return appointmentLines(tx, reader, span, undefined, 50);
  }),
  'appointments appointmentsOfAbsent': ofCases((tx, reader, world) =>
    appointmentsOfAbsent(tx, reader, { staffIds: [of(world, 'staff')] }, undefined, 50),
  ),
  'appointments countAppointments': ofCases((tx, reader, world) =>
    countAppointments(tx, reader, of(world, 'team'), {
      from: tx.now,
      until: instantInGermany(day(tx, 400), '00:00'),
    }),
  ),
  'appointments appointmentMatters': ofWork((tx, reader) => appointmentMatters(tx, reader, undefined, 50)),
  'appointments withHeldCases': {
    ask: async (tx, reader, world) =>
      ((await withHeldCases(tx, reader)).standsFor ?? [])
        .flatMap((each) => each.heldCases ?? [])
        .filter((id) => id === of(world, 'case')),
    open: ['stand-in for that clerk'],
    why: 'cases in which the absent person holds an appointment while one stands in',
  },
  'cases openableCase': ofCases((tx, reader, world) =>
    tx
      .tables<{ office_case: { id: string } }>()
      .selectFrom('office_case as asked')
      .select('asked.id')
      .where('asked.id', '=', of(world, 'case'))
      .where(({ exists, ref }) => exists(openableCase(tx, reader)(ref('asked.id')) as never))
      .execute(),
  ),
  'cases clearingQueue': ofTeam((tx, reader) => clearingQueue(tx, reader, undefined)),
  'cases duePromises': ofCases((tx, reader) => duePromises(tx, reader, 50)),
  'cases countPromises': ofCases((tx, reader) => countPromises(tx, reader, new Date(tx.now.getTime() + 9e9), 50)),
  'cases arrivedLines': {
    ask: (tx, reader) => arrivedLines(tx, reader, 'others', undefined, 50),
    open: ['clerk of the team'],
    why: 'what came in and lies with the own team untouched',
  },
  'cases dueLines': ofWork((tx, reader) => dueLines(tx, reader, { whose: 'mine', applications: [] }, undefined, 50)),
  'cases followUpLines': ofWork((tx, reader) =>
    followUpLines(tx, reader, { until: day(tx, 400), whose: 'mine' }, undefined, 50),
  ),
  'cases waitingLines': ofWork((tx, reader) => waitingLines(tx, reader, undefined, 50)),
  'cases casesOfAbsent': ofCases((tx, reader, world) => casesOfAbsent(tx, reader, [of(world, 'staff')], undefined, 50)),
  'cases followUpsOfAbsent': ofCases((tx, reader, world) =>
    followUpsOfAbsent(tx, reader, [of(world, 'staff')], undefined, 50),
  ),
  'cases countDoubts': ofTeam((tx, reader) => countDoubts(tx, reader, 50)),
  'cases teamLoad': ofTeam(
    async (tx, reader, world) => (await teamLoad(tx, reader, of(world, 'team'), day(tx))).length,
  ),
  'cases unassignedLoad': ofTeam(
    async (tx, reader, world) => (await unassignedLoad(tx, reader, of(world, 'team'), day(tx))).open,
  ),
  'cases ownLoad': {
    ask: async (tx, reader) => (await ownLoad(tx, reader, day(tx))).open,
    open: ['clerk of the team'],
    why: 'everybody is told of their own load alone',
  },
  'contacts circlesOf': {
    ask: (tx, reader) => circlesOf(tx, reader),
    open: ['clerk of the team'],
    why: 'the own circles, and those that an absent person opened',
  },
  'contacts circleNotesOf': {
    ask: (tx, reader, world) =>
      circleNotesOf(tx, { actor: { kind: 'staff', id: reader.id, name: '' }, reader }, of(world, 'case')),
    open: ['clerk of the team'],
    why: 'who belongs to the circle and may see the case; no lead, no stand-in whom nobody let in',
  },
  'contacts circleStamp': {
    ask: async (tx, reader, world) => (await circleStamp(tx, reader, of(world, 'case'))).length,
    open: ['clerk of the team'],
    why: 'who belongs to the circle: windows of the others are told nothing',
  },
  'contacts notesClosedTo': {
    ask: async (tx, reader) => (await notesClosedTo(tx, reader))?.count ?? 0,
    open: ['stand-in for that clerk'],
    why: 'how many notes of circles stay closed to who stands in',
  },
  'facts boardCases': ofCases((tx, reader, world) => boardCases(tx, reader, of(world, 'case'))),
  'facts casesOfBoard': ofCases((tx, reader, world) => casesOfBoard(tx, reader, of(world, 'file'))),
  'plans proposalsOfEmployer': ofCases((tx, reader, world) =>
    proposalsOfEmployer(tx, reader, [of(world, 'employer')], undefined, 50),
  ),
  'twice findPair': ofCases((tx, reader, world) => findPair(tx, reader, of(world, 'pair'))),
  'twice pairsOfCase': ofCases((tx, reader, world) => pairsOfCase(tx, reader, of(world, 'case'))),
  'twice openPairs': ofCases((tx, reader) => openPairs(tx, reader, undefined)),
  'post listBatches': ofPost((tx, reader) => listBatches(tx, reader)),
  'post findBatch': ofPost((tx, reader, world) => findBatch(tx, reader, of(world, 'batch'))),
  'post findLetter': ofPost((tx, reader, world) => findLetter(tx, reader, of(world, 'letter'))),
  'post lockLetter': ofPost((tx, reader, world) => lockLetter(tx, reader, of(world, 'letter'))),
  'notices findNotice': ofCases((tx, reader, world) => findNotice(tx, reader, of(world, 'notice'))),
  'notices ownDrafts': {
    ask: (tx, reader) => ownDrafts(tx, reader),
    open: ['clerk of the team'],
    why: 'what one began oneself',
  },
  'notices countReturned': ofCases((tx, reader) => countReturned(tx, reader)),
  'notices countToRelease': {
    ask: (tx, reader) => countToRelease(tx, reader),
    open: ['stand-in for that clerk', 'lead'],
    why: 'who sees the case and wrote nothing in the letter',
  },
  'notices lettersToRelease': ofCases((tx, reader) => lettersToRelease(tx, reader)),
  'notices waitingLetters': ofCases((tx, reader) => waitingLetters(tx, reader, 'print')),
  'post waitingPrints': {
    ask: (tx, reader) => waitingPrints(tx, reader),
    open: ['clerk of the team', 'lead'],
    why: 'receipts of the own teams, and those one asked for; for leads each',
  },
};

const declared =
  /export (?:async )?(?:function |const )(\w+)(?:<[^>]*>)?\s*(?:= (?:async )?)?\(\s*tx: Tx,\s*reader: \w+/g;

/** Every query on a module's face that says who reads, as `module name`. */
export function declaredQueries(): string[] {
  return readSources('src/modules')
    .filter(({ path }) => !path.includes('.test.'))
    .flatMap(({ path, text }) => {
      const module = path.split('/')[2] ?? '';
      const face = readFileSync(projectPath(`src/modules/${module}/index.ts`), 'utf8');
      return [...text.matchAll(declared)]
        .map(([, name = '']) => name)
        .filter((name) => new RegExp(`\\b${name}\\b`).test(face))
        .map((name) => `${module} ${name}`);
    })
    .sort();
}

/** Queries nobody said how to ask. */
export const unaskedQueries = (): string[] => declaredQueries().filter((name) => queries[name] === undefined);

const names = (answer: unknown, world: World): boolean => {
  const text = JSON.stringify(answer) ?? '';
  return typeof answer === 'number'
    ? answer > 0
    : [world.mark, ...Object.values(world.of)].some((id) => id !== '' && text.includes(id));
};

/** Each query asked by each member of staff, and whether something of the world is in its answer. */
export async function askQueries(
  app: TestApp,
  all: Record<Who, Knocker>,
  world: World,
): Promise<{ query: string; who: Who; open: boolean; expected: boolean; why: string; answer: string }[]> {
  const cells = [];
  for (const [who, knocker] of Object.entries(all) as [Who, Knocker][]) {
    const [jobcenterId = '', token = ''] = (knocker.visitor.cookies.get('sitzung') ?? '').split('.');
    if (token === '' || who === 'clerk with a password only') continue;
    for (const [query, { ask, open, why }] of Object.entries(queries)) {
      const answer = await app.services.database.tenant(jobcenterId, async (tx) => {
        const session = await findSession(tx, token);
        if (session === undefined) throw new Error(`${who} has no session any more.`);
        return ask(tx, readerOf(session.staff), world);
      });
      const seen = names(answer, world);
      cells.push({ query, who, open: seen, expected: open.includes(who), why, answer: typeof answer });
    }
  }
  return cells;
}
