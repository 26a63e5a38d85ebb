import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { submissionInput } from '../../../test/support/submit.ts';
import { accessLog } from '../audit/index.ts';
import { clearingQueue, countDoubts, moveToTeam, raiseClearing, resolveClearing, searchCases } from '../cases/index.ts';
import { allTeams } from '../settings/index.ts';
import { receive } from './index.ts';

const app = await startTestApp();
const { services, jobcenter } = app;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenter.id, work);
const lead = { role: 'lead', id: app.staff[1]?.id ?? '', teamIds: [] } as const;
const actor = { kind: 'staff', id: lead.id, name: 'Alex Beispiel' } as const;
const [first, second] = await inTenant(allTeams);
assert.ok(first !== undefined && second !== undefined);
const clerkOf = (team: string) => ({ role: 'clerk', id: app.staff[0]?.id ?? '', teamIds: [team] }) as const;

const doubtful = async (teamId: string | null, familyName = 'Muster'): Promise<string> => {
  const person = { familyName, givenName: 'Mika', birthDate: '1990-04-03' };
  const input = await submissionInput(services, app, { teamId, person });
  return inTenant(async (tx) => {
    const outcome = await receive(tx, { kind: 'client' }, input);
    assert.equal(outcome.kind, 'received');
    const { caseId } = outcome as Extract<typeof outcome, { kind: 'received' }>;
    await raiseClearing(tx, caseId, 'person-unknown', {});
    return caseId;
  });
};
const queue = async (team: string): Promise<string[]> =>
  (await inTenant((tx) => clearingQueue(tx, clerkOf(team), undefined))).map((item) => item.caseId);

test("a team's queue holds its own doubts and those without a team, page by page, and a moved case takes its doubts along", async () => {
  const cases = [await doubtful(first.id), await doubtful(second.id), await doubtful(null), await doubtful(first.id)];
  const [a, b, none, c] = cases as [string, string, string, string];
  assert.deepEqual(await queue(first.id), [a, none, c]);
  assert.deepEqual(await queue(second.id), [b, none]);
  const [one] = await inTenant((tx) => clearingQueue(tx, clerkOf(first.id), undefined, 1));
  const rest = await inTenant((tx) => clearingQueue(tx, clerkOf(first.id), one, 5));
  assert.deepEqual([one?.caseId, ...rest.map((item) => item.caseId)], [a, none, c]);
  assert.equal(await inTenant((tx) => countDoubts(tx, clerkOf(first.id), 99)), 3);
  assert.equal(await inTenant((tx) => countDoubts(tx, clerkOf(first.id), 2)), 2);
  assert.equal(await inTenant((tx) => countDoubts(tx, lead, 99)), 4);
  await inTenant((tx) => moveToTeam(tx, { actor, reader: lead, caseId: a }, second));
  assert.deepEqual(await queue(first.id), [none, c]);
  assert.deepEqual(await queue(second.id), [a, b, none]);
});

test('a settled doubt stands in the audit log once', async () => {
  const caseId = await doubtful(first.id);
  const settle = () => inTenant((tx) => resolveClearing(tx, actor, caseId, ['person-unknown'], 'looked at'));
  assert.equal(await settle(), 1);
  assert.equal(await settle(), 0);
  const logged = (await inTenant((tx) => accessLog(tx, caseId))).filter(
    (entry) => entry.action === 'case.doubt-settled',
  );
  assert.equal(logged.length, 1);
});

test('a case is found by the stated name, however it is typed', async () => {
  const caseId = await doubtful(first.id, 'von der Heide');
  for (const name of ['von der heide', 'VON', 'von der Heide, M', 'Von-der Heide'])
    assert.deepEqual(
      (await inTenant((tx) => searchCases(tx, lead, { name }))).map((row) => row.id),
      [caseId],
      name,
    );
  assert.deepEqual(await inTenant((tx) => searchCases(tx, lead, { name: '%' })), []);
});
