import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, openCaseOffice } from '../../../test/support/case-office.ts';
import { addTeam } from '../settings/index.ts';
import { addCheck, caseChecks, decideCase, standingChecks, timeline, writtenEvents } from './index.ts';

const { office, tenant, elsewhere, benefits, inTenant, hire } = await openCaseOffice();
const other = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
assert.ok(other.kind === 'added');
const ada = await hire('Ada', [benefits]);
const eva = await hire('Eva', [other.id]);
const rent = {
  what: 'Miete ist angemessen',
  result: 'open',
  source: 'Mietvertrag, Seite 2',
  documentId: null,
  replaces: null,
} as const;

test('a check is never changed: a later one takes its place once, and both can be read', async () => {
  const { caseId } = await office.submit(tenant, { teamId: benefits });
  const a = act(ada, caseId);
  assert.deepEqual(await inTenant((tx) => addCheck(tx, a, rent)), { kind: 'done' });
  const [first] = await inTenant((tx) => caseChecks(tx, caseId));
  const again = { ...rent, result: 'met', source: 'Richtwert der Stadt', replaces: first?.id ?? '' } as const;
  assert.deepEqual(await inTenant((tx) => addCheck(tx, a, again)), { kind: 'done' });
  assert.deepEqual(await inTenant((tx) => addCheck(tx, a, again)), { kind: 'ended' });
  const all = await inTenant((tx) => caseChecks(tx, caseId));
  assert.deepEqual(
    all.map(({ result, source, madeByName }) => [result, source, madeByName]),
    [
      ['open', 'Mietvertrag, Seite 2', 'Ada'],
      ['met', 'Richtwert der Stadt', 'Ada'],
    ],
  );
  assert.deepEqual(
    standingChecks(all).map((each) => each.result),
    ['met'],
  );
  const events = (await inTenant((tx) => timeline(tx, caseId))).filter((event) => event.kind === 'checked');
  assert.equal(events.length, 2);
  const words = await inTenant((tx) =>
    writtenEvents(
      tx,
      events.map((event) => event.id),
    ),
  );
  assert.ok(words.every((each) => each.text.startsWith('Miete ist angemessen\n')));
});

test('who may not see the case checks nothing in it, and a check of another case is not replaced', async () => {
  const { caseId: one } = await office.submit(tenant, { teamId: benefits });
  const { caseId: two } = await office.submit(tenant, { teamId: benefits });
  assert.deepEqual(await inTenant((tx) => addCheck(tx, act(eva, one), rent)), { kind: 'not-found' });
  await inTenant((tx) => addCheck(tx, act(ada, one), rent));
  const [check] = await inTenant((tx) => caseChecks(tx, one));
  const foreign = { ...rent, replaces: check?.id ?? '' };
  assert.deepEqual(await inTenant((tx) => addCheck(tx, act(ada, two), foreign)), { kind: 'not-found' });
  const there = await office.services.database.tenant(elsewhere.jobcenter.id, (tx) => caseChecks(tx, one));
  assert.deepEqual(there, []);
});

test('what was weighed stands beside the reasons, and is found by its words', async () => {
  const { caseId } = await office.submit(tenant, { teamId: benefits });
  const decision = {
    result: 'granted',
    reasons: 'Der Bedarf ist belegt.',
    discretion: 'Das Kind wäre ohne Bett.',
  } as const;
  await inTenant((tx) => decideCase(tx, act(ada, caseId), decision));
  const last = (await inTenant((tx) => timeline(tx, caseId))).at(-1);
  assert.ok(last?.kind === 'decided');
  assert.deepEqual(last.detail, decision);
  const [found] = await inTenant((tx) => writtenEvents(tx, [last.id]));
  assert.equal(found?.text, 'Der Bedarf ist belegt.\nDas Kind wäre ohne Bett.');
});
