import { confirmPerson, findCase, relatedCases } from '../../../../src/modules/cases/index.ts';
import { findSubmission, moveSubmission, submissionsOfCase } from '../../../../src/modules/intake/index.ts';
import { lookForPeople, matchPerson } from '../../../../src/modules/people/index.ts';
import { decidePair, mergeCases, pairsOfCase, type SeenPair } from '../../../../src/modules/twice/index.ts';
import type { Tx } from '../../../../src/platform/database/index.ts';
import type { Scene } from '../channels-run.ts';
import type { Move } from './arrivals.ts';

export type Settled = {
  readonly caseId: string | undefined;
  readonly pairs: number;
  readonly decisions: number;
  readonly wrong: readonly string[];
};

/**
 * The work of a clerk with the verbs of the pages: says who it is where the machine suggests one person, puts cases of one concern
 * together, files papers that came alone, and decides what is the same. The machine merges nothing by itself.
 */
export async function settle(scene: Scene, move: Move): Promise<Settled> {
  const { staff } = scene.installation.tenants[0];
  const actor = { kind: 'staff', id: staff.id, name: 'Alex Leitner' } as const;
  const reader = { role: 'lead', id: staff.id, teamIds: [] } as const;
  const act = { actor, reader };
  const inTenant = <T>(work: (tx: Tx) => Promise<T>) => scene.services.database.tenant(move.jobcenterId, work);
  let decisions = 0;
  const wrong: string[] = [];
  const cases = await inTenant((tx) => casesOf(tx, move));
  if (cases.length < 3) wrong.push(`only ${cases.length} cases before anybody decided: a machine has merged`);
  for (const caseId of cases) {
    const done = await inTenant(async (tx) => {
      const found = await findCase(tx, reader, caseId);
      const stated = (await submissionsOfCase(tx, caseId))[0]?.person;
      if (found === undefined || found.personId !== null || stated === undefined) return 'unchanged';
      const [match, ...others] = await matchPerson(tx, stated);
      if (match === undefined || others.length > 0) return 'nobody';
      const { id, householdId, familyName, givenName, birthDate } = match;
      const name = `${familyName}, ${givenName}`;
      return (await confirmPerson(tx, { ...act, caseId }, { id, householdId, name, birthDate })).kind;
    });
    if (done === 'nobody') wrong.push('no single person was suggested');
    if (done === 'done') decisions += 1;
  }
  await scene.work();
  const pairs = () => inTenant((tx) => pairsOfAll(tx, reader, cases));
  for (;;) {
    const open = (await pairs()).find((pair) => pair.decided === undefined && isConcern(pair));
    if (open === undefined) break;
    await inTenant(async (tx) => {
      const merged = await mergeCases(tx, act, open.id);
      if (merged.kind !== 'done') await decidePair(tx, act, open.id, 'same');
    });
    decisions += 1;
    await scene.work();
  }
  const main = await inTenant((tx) => mainCase(tx, move, cases));
  if (main === undefined) return { caseId: undefined, pairs: 0, decisions, wrong: [...wrong, 'no case of the move'] };
  for (const caseId of cases.filter((each) => each !== main))
    for (const { id } of await inTenant((tx) => submissionsOfCase(tx, caseId))) {
      await inTenant((tx) => moveSubmission(tx, actor, { submissionId: id, toCaseId: main }));
      decisions += 1;
    }
  await scene.work();
  for (const pair of (await pairs()).filter((each) => each.decided === undefined)) {
    await inTenant((tx) => decidePair(tx, act, pair.id, 'same'));
    decisions += 1;
  }
  for (const caseId of cases.filter((each) => each !== main)) {
    const left = await inTenant((tx) => findCase(tx, reader, caseId));
    if (left?.state !== 'closed') wrong.push(`a second case is ${left?.state}`);
  }
  return { caseId: main, pairs: (await pairs()).length, decisions, wrong };
}

const isConcern = (pair: SeenPair): boolean => pair.earlier.documentId === null;

async function pairsOfAll(tx: Tx, reader: Parameters<typeof pairsOfCase>[1], cases: readonly string[]) {
  const found = new Map<string, SeenPair>();
  for (const caseId of cases) for (const pair of await pairsOfCase(tx, reader, caseId)) found.set(pair.id, pair);
  return [...found.values()];
}

/** The cases of the person's submissions, by their receipts. */
async function casesOf(tx: Tx, move: Move): Promise<string[]> {
  const cases = new Set<string>();
  for (const id of move.submissions) {
    const submission = await findSubmission(tx, id);
    if (submission !== undefined) cases.add(submission.caseId);
  }
  return [...cases];
}

/** The case of the move that has something in it. */
async function mainCase(tx: Tx, move: Move, cases: readonly string[]): Promise<string | undefined> {
  const [person] = (await lookForPeople(tx, { birthDate: move.person.birthDate }, 'as-typed')).people;
  for (const caseId of cases) {
    const [self] = await relatedCases(tx, caseId, 1);
    if (self?.concern === 'umzug' && self.personId === person?.id && (await submissionsOfCase(tx, caseId)).length > 0)
      return caseId;
  }
  return undefined;
}
