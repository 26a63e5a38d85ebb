import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared } from '../../../test/support/submit.ts';
import { newId } from '../../kernel/ids.ts';
import { accessLog } from '../audit/index.ts';
import { clientView, closeCase, findCase, openClearingItems, raiseClearing, timeline } from '../cases/index.ts';
import { findSubmission, moveSubmission, submissionsOfCase } from './index.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const inTenant = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]) =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const reader = { role: 'program', id: 'test', teamIds: [] } as const;
const actor = { kind: 'staff', id: newId(new Date()), name: 'Alex Beispiel' } as const;

const place = async (submissionId: string, toCaseId: string) =>
  inTenant((tx) => moveSubmission(tx, actor, { submissionId, toCaseId }));
const stateOf = async (caseId: string) => (await inTenant((tx) => findCase(tx, reader, caseId)))?.state;
const kinds = async (caseId: string) => (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind);

test('a submission goes to another case and back; both say so, the empty one is closed with its doubts', async () => {
  const first = await office.submit(tenant);
  const stray = await office.submit(tenant, { channel: 'email' });
  const { submissionId } = stray.receipt;
  await inTenant((tx) => raiseClearing(tx, stray.caseId, 'person-unknown', {}));
  const before = await inTenant((tx) => findSubmission(tx, submissionId));

  assert.equal(await place(submissionId, first.caseId), 'moved');
  assert.equal(await place(submissionId, first.caseId), 'unchanged');
  const after = await inTenant((tx) => findSubmission(tx, submissionId));
  assert.deepEqual(after, { ...before, caseId: first.caseId }, 'nothing but its place changed');
  assert.equal((await inTenant((tx) => submissionsOfCase(tx, first.caseId))).length, 2);
  assert.equal(await stateOf(stray.caseId), 'closed');
  assert.deepEqual(await inTenant((tx) => openClearingItems(tx, stray.caseId)), []);
  assert.deepEqual(await kinds(first.caseId), ['received', 'submission-joined']);
  assert.deepEqual(await kinds(stray.caseId), ['received', 'submission-left']);
  const logged = (await inTenant((tx) => accessLog(tx, first.caseId))).map((entry) => entry.action);
  assert.ok(logged.includes('case.submission-joined'));
  const seen = (await inTenant((tx) => clientView(tx, first.caseId)))?.events.map((event) => event.kind);
  assert.deepEqual(seen, ['received'], 'how the office sorts is not the history of the person');

  assert.equal(await place(submissionId, stray.caseId), 'moved');
  assert.equal(await stateOf(stray.caseId), 'new', 'the case that was closed because it was empty is open again');
  assert.equal(await stateOf(first.caseId), 'new', 'the other one kept what it had');
});

test('the doubt about a paper that nobody can read goes with the paper, and back', async () => {
  const document = await prepared(office.services, tenant);
  const first = await office.submit(tenant);
  const stray = await office.submit(tenant, { documents: [{ document, field: 'papers', recorded: false }] });
  await inTenant((tx) => raiseClearing(tx, stray.caseId, 'unreadable', { documentId: document.id }));
  const doubts = async (caseId: string) =>
    (await inTenant((tx) => openClearingItems(tx, caseId))).map((doubt) => doubt.reason);
  await place(stray.receipt.submissionId, first.caseId);
  assert.deepEqual([await doubts(stray.caseId), await doubts(first.caseId)], [[], ['unreadable']]);
  await place(stray.receipt.submissionId, stray.caseId);
  assert.deepEqual([await doubts(stray.caseId), await doubts(first.caseId)], [['unreadable'], []]);
});

test('a closed case opens when something joins it; what is not there is not found', async () => {
  const target = await office.submit(tenant);
  const stray = await office.submit(tenant);
  await inTenant((tx) => closeCase(tx, { actor, reader, caseId: target.caseId }));
  assert.equal(await place(stray.receipt.submissionId, target.caseId), 'moved');
  assert.equal(await stateOf(target.caseId), 'new');
  const nobody = newId(new Date());
  assert.equal(await place(nobody, target.caseId), 'not-found');
  assert.equal(await place(stray.receipt.submissionId, nobody), 'not-found');
  const [, other] = office.tenants;
  const foreign = await office.submit(other ?? tenant);
  assert.equal(await place(stray.receipt.submissionId, foreign.caseId), 'not-found');
  assert.equal(await place(foreign.receipt.submissionId, target.caseId), 'not-found');
});

test('moves that cross each other wait for each other and leave one place to each submission', async () => {
  const a = await office.submit(tenant);
  const b = await office.submit(tenant);
  const outcomes = await Promise.all([
    place(a.receipt.submissionId, b.caseId),
    place(b.receipt.submissionId, a.caseId),
    place(a.receipt.submissionId, b.caseId),
  ]);
  assert.equal(outcomes.filter((outcome) => outcome === 'moved').length, 2);
});

test('what came in cannot be changed by the application, only moved', async () => {
  const { receipt } = await office.submit(tenant);
  for (const change of ["frozen = '{}'", "person = '{}'", 'received_at = now()'])
    await assert.rejects(
      inTenant((tx) => tx.raw(`update submission set ${change} where jobcenter_id = $1`, [tenant.jobcenter.id])),
      /permission denied/,
    );
  assert.equal((await inTenant((tx) => findSubmission(tx, receipt.submissionId)))?.id, receipt.submissionId);
});
