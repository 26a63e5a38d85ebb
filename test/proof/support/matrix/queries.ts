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
  casesOfAbsent,
  casesOfFile,
  clearingQueue,
  countDoubts,
  countPromises,
  dueFollowUp,
  dueLines,
  duePromises,
  filesOfPeople,
  findCase,
  followUpLines,
  followUpsOfAbsent,
  inbox,
  lineCases,
  lockCase,
  openableCase,
  ownLoad,
  searchCases,
  similarStated,
  teamLoad,
  unassignedLoad,
  visibleCases,
  waitingLines,
} from '../../../../src/modules/cases/index.ts';
import {
  circleNote,
  circleNotesOf,
  circleStamp,
  circlesOf,
  notesClosedTo,
  notesOf,
} from '../../../../src/modules/contacts/index.ts';
import { boardCases, boardFact, boardFacts, casesOfBoard, factHistory } from '../../../../src/modules/facts/index.ts';
import { findSession } from '../../../../src/modules/identity/index.ts';
import {
  countReturned,
  countToRelease,
  countWaiting,
  findNotice,
  lettersToRelease,
  ownDrafts,
  waitingLetters,
} from '../../../../src/modules/notices/index.ts';
import { countPlansDue, planLines, plansOfTeam, proposalsOfEmployer } from '../../../../src/modules/plans/index.ts';
import {
  endingBatches,
  findBatch,
  findLetter,
  listBatches,
  lockLetter,
  waitingPrints,
} from '../../../../src/modules/post/index.ts';
import { askedTerms, findNewest, findTexts, searchKey } from '../../../../src/modules/search/index.ts';
import { findPair, openPairs, pairsOfCase } from '../../../../src/modules/twice/index.ts';
import type { Tx } from '../../../../src/platform/database/index.ts';
import { lookUpPeople, peopleQuery } from '../../../../src/surfaces/workspace/people/look-up.ts';
import { alikeNames, nobody, peopleAndCases } from '../../../../src/surfaces/workspace/search/people-and-cases.ts';
import { staffReader } from '../../../../src/surfaces/workspace/staff-reader.ts';
import type { TestApp } from '../../../support/app.ts';
import { declaredReaders } from './declared.ts';
import type { Knocker, Who } from './people.ts';
import { part, type World } from './world.ts';

type Query = (tx: Tx, reader: CaseReader, world: World, app: TestApp) => Promise<unknown>;
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

const looker = (reader: CaseReader) => ({ actor: { kind: 'staff', id: reader.id, name: '' } as const, reader });
const notesIn = async (tx: Tx, reader: CaseReader, world: World): Promise<string[]> =>
  (await notesOf(tx, looker(reader), [of(world, 'case')], {}, undefined, 50)).notes.map(({ id }) => id);
const ofCircle = (ask: Query): Asked => ({
  ask,
  open: ['clerk of the team'],
  why: 'who belongs to the circle and may see the case; no lead, no stand-in whom nobody let in',
});
const searcher = async (tx: Tx, reader: CaseReader, { services, jobcenter }: TestApp) => ({
  key: searchKey(await services.keyring.of(jobcenter.id)),
  scope: { circles: (await circlesOf(tx, reader)).map(({ id }) => id), mayOpen: openableCase(tx, reader) },
});
const textsWith =
  (word: (world: World) => string): Query =>
  async (tx, reader, world, app) => {
    const { key, scope } = await searcher(tx, reader, app);
    const terms = askedTerms(word(world));
    return (await findTexts(tx, key, scope, { terms }, 50)).hits.map(({ caseId }) => caseId);
  };
/** Whether the newest notes, asked for without a word, hold one. */
const newestNote =
  (name: string): Query =>
  async (tx, reader, world, app) => {
    const { key, scope } = await searcher(tx, reader, app);
    const { hits } = await findNewest(tx, key, scope, { terms: [], kind: 'note' }, 50);
    return hits.flatMap(({ id }) => (id === of(world, name) ? [id] : []));
  };
const finds = (ask: Query): Asked => ({
  ask,
  open: [...worksOnIt, 'clerk of another team'],
  why: 'whoever works in a team finds everybody who may stand at the counter, by name, birth date and number of the file alone',
});
const held = (name: string, why: string): Asked => ({
  ask: (tx, reader, world) => findCase(tx, reader, of(world, name)),
  open: worksOnIt,
  why,
});
const notHeld = (name: string, why: string): Asked => ({ ...held(name, why), open: ['clerk of the team', 'lead'] });

/**
 * How each query that takes a reader is asked for the world's things. A new one without an entry here fails the proof. What stands in brackets is one
 * more question to the same query; `surface` asks what a page makes of several.
 */
const queries: Readonly<Record<string, Asked>> = {
  'cases findCase': ofCases((tx, reader, world) => findCase(tx, reader, of(world, 'case'))),
  'cases casesOfFile': ofCases((tx, reader, world) => casesOfFile(tx, reader, of(world, 'file'))),
  'cases inbox': ofCases((tx, reader) => inbox(tx, reader, {}, undefined)),
  'cases searchCases': ofCases((tx, reader, { mark }) => searchCases(tx, reader, { name: mark })),
  'cases similarStated': ofCases(
    async (tx, reader, { mark }) => (await similarStated(tx, reader, mark.replace('ff', 'f'))).found,
  ),
  'cases filesOfPeople': ofCases(async (tx, reader, world) => [
    ...(await filesOfPeople(tx, reader, [{ id: of(world, 'client'), householdId: null }])).values(),
  ]),
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
  'contacts circleNotesOf': ofCircle((tx, reader, world) => circleNotesOf(tx, looker(reader), of(world, 'case'))),
  'contacts circleNote': ofCircle((tx, reader, world) => circleNote(tx, looker(reader), of(world, 'circleNote'))),
  'contacts notesOf': ofCases(async (tx, reader, world) =>
    (await notesIn(tx, reader, world)).filter((id) => id === of(world, 'note')),
  ),
  'contacts notesOf (of a circle)': ofCircle(async (tx, reader, world) =>
    (await notesIn(tx, reader, world)).filter((id) => id === of(world, 'circleNote')),
  ),
  'search findTexts': ofCases(textsWith(() => 'Notizwort')),
  'search findTexts (answers of the person)': ofCases(textsWith(({ mark }) => mark)),
  'search findTexts (note of a circle)': ofCircle(textsWith(() => 'Kreiswort')),
  'search findNewest': ofCases(newestNote('note')),
  'search findNewest (note of a circle)': ofCircle(newestNote('circleNote')),
  'surface people: who is looked for at the counter, for a letter and for a case': finds(
    async (tx, reader, { mark }) => (await lookUpPeople(tx, { reader }, peopleQuery(part(mark)))).people,
  ),
  'surface people: the same with those written alike': finds(
    async (tx, reader, { mark }) =>
      (await lookUpPeople(tx, { reader }, peopleQuery(mark.replace('ff', 'f')), 'and-alike')).people,
  ),
  'surface search: people': finds(
    async (tx, reader, { mark }) => (await peopleAndCases(tx, { reader }, part(mark))).people,
  ),
  'surface search: people written alike': finds(
    async (tx, reader, { mark }) => (await alikeNames(tx, { reader }, mark.replace('ff', 'f'), nobody)).people,
  ),
  'surface search: cases': ofCases(
    async (tx, reader, { mark }) => (await peopleAndCases(tx, { reader }, part(mark))).cases,
  ),
  'surface search: files of people': ofCases(async (tx, reader, { mark }) => [
    ...(await peopleAndCases(tx, { reader }, part(mark))).files.values(),
  ]),
  'surface search: cases of people written alike': ofCases(
    async (tx, reader, { mark }) => (await alikeNames(tx, { reader }, mark.replace('ff', 'f'), nobody)).cases,
  ),
  'surface search: a case by the number of its receipt': ofCases(
    async (tx, reader, { receipt }) => (await peopleAndCases(tx, { reader }, receipt.number)).cases,
  ),
  'cases findCase (of an appointment)': held(
    'heldByAppointment',
    'the team, leads, and who stands in for whom an appointment is expected of meanwhile',
  ),
  'cases findCase (of a follow-up)': held(
    'heldByFollowUp',
    'the team, leads, and who stands in for whom wanted to look again meanwhile',
  ),
  'cases findCase (of a promise)': held(
    'heldByPromise',
    'the team, leads, and who stands in for whom promised something meanwhile',
  ),
  'cases findCase (of a follow-up after the substitution)': notHeld(
    'heldLater',
    'the team and leads: what is due when the absent person is back waits for them',
  ),
  'cases findCase (of nobody)': notHeld('notHeld', 'the team and leads: who stands in sees no other case of that team'),
  'cases lockCase': ofCases((tx, reader, world) => lockCase(tx, { ...looker(reader), caseId: of(world, 'case') })),
  'cases dueFollowUp': ofWork((tx, reader, world) =>
    tx
      .tables<{ follow_up: { id: string } }>()
      .selectFrom('follow_up as asked')
      .select('asked.id')
      .where('asked.id', '=', of(world, 'followUp'))
      .where(({ exists, ref }) =>
        exists(dueFollowUp(tx, reader, { until: day(tx, 400), whose: 'mine' })(ref('asked.id')) as never),
      )
      .execute(),
  ),
  'plans planLines': ofWork((tx, reader) => planLines(tx, reader, { whose: 'mine' }, undefined, 50)),
  'plans plansOfTeam': ofCases((tx, reader, world) => plansOfTeam(tx, reader, of(world, 'team'), undefined, 50)),
  'plans countPlansDue': ofCases(async (tx, reader, world) => (await countPlansDue(tx, reader, of(world, 'team'))).due),
  'facts boardFacts': ofCases(async (tx, reader, world) => {
    const cases = await boardCases(tx, reader, of(world, 'case'));
    return cases === undefined ? [] : boardFacts(tx, cases);
  }),
  'facts boardFact': ofCases(async (tx, reader, world) => {
    const cases = await boardCases(tx, reader, of(world, 'case'));
    return cases === undefined ? [] : boardFact(tx, cases, of(world, 'fact'));
  }),
  'facts factHistory': ofCases(async (tx, reader, world) => {
    const cases = await boardCases(tx, reader, of(world, 'case'));
    return cases === undefined ? [] : factHistory(tx, cases, of(world, 'fact'));
  }),
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
  'post endingBatches': ofPost((tx, reader) => endingBatches(tx, reader, 30)),
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
  'notices countWaiting': ofCases((tx, reader) => countWaiting(tx, reader, 'print')),
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

/** What takes a reader and answers nothing about anybody, by why. */
const unasked: Readonly<Record<string, readonly string[]>> = {
  'a condition of other queries, each of which is asked': ['cases visibleTo'],
  'says of a reader what they are themselves, or of a case they have read already for whom they see it': [
    'cases looksForPeople',
    'cases peopleOf',
    'cases standsInFor',
  ],
  'it changes something: that who is kept out changes no table, each route that does it is asked': [
    'appointments closeCaseWithAppointments',
    'appointments endAppointment',
    'appointments makeAppointment',
    'appointments moveAppointment',
    'appointments settleAnswer',
    'cases acceptSentAgain',
    'cases addCheck',
    'cases addNote',
    'cases askAgain',
    'cases assignCase',
    'cases closeCase',
    'cases confirmBankAtCounter',
    'cases confirmPerson',
    'cases decideCase',
    'cases endFollowUp',
    'cases keepPromise',
    'cases makeFollowUp',
    'cases makePromise',
    'cases moveFollowUp',
    'cases moveToTeam',
    'cases noteSpokenAnswer',
    'cases recordFact',
    'cases reopenCase',
    'cases requireItem',
    'cases setPersonEmail',
    'cases withdrawItem',
    'cases writeToClient',
    'contacts linkTalk',
    'contacts writeNote',
    'facts closeFact',
    'facts confirmFact',
    'facts nameFact',
    'facts sayFact',
    'files askForExport',
    'notices beginNotice',
    'notices discardNotice',
    'notices giveBackNotice',
    'notices keepNotice',
    'notices leaveReturned',
    'notices markLetters',
    'notices noteDispute',
    'notices noteReturned',
    'notices releaseNotice',
    'notices sendAgain',
    'notices submitNotice',
    'notices takeBackReturn',
    'notices writeNotice',
    'plans addEntry',
    'plans adjustAgreement',
    'plans endAgreement',
    'plans endEntry',
    'plans goOn',
    'plans hearBack',
    'plans holdReview',
    'plans linkProposal',
    'plans makeAgreement',
    'plans propose',
    'plans refer',
    'plans revokeConsent',
    'post correctFiling',
    'post fileLetter',
    'post joinLetter',
    'post markPrinted',
    'post markReturned',
    'post movePage',
    'post putAside',
    'post splitLetter',
    'post takeUpAgain',
    'post turnPage',
    'twice decidePair',
    'twice mergeCases',
    'views chooseView',
  ],
};

/** What is wrong with the list: a query nobody said how to ask, or a reason for one that is not there. */
export function unaskedQueries(): string[] {
  const declared = declaredReaders();
  const named = [
    ...Object.values(unasked).flat(),
    ...Object.keys(queries).filter((name) => !/[(]|^surface /.test(name)),
  ];
  return [
    ...declared.filter((name) => !named.includes(name)),
    ...named.filter((name, at) => !declared.includes(name) || named.indexOf(name) !== at),
  ];
}
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
        return ask(tx, await staffReader(tx, session.staff), world, app);
      });
      const seen = names(answer, world);
      cells.push({ query, who, open: seen, expected: open.includes(who), why, answer: typeof answer });
    }
  }
  return cells;
}
