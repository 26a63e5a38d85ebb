import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { submissionInput } from '../../../test/support/submit.ts';
import type { Tx } from '../../platform/database/index.ts';
import { type CaseReader, clientView, countPromises, duePromises, keepPromise, makePromise } from '../cases/index.ts';
import { receive } from './index.ts';

const app = await startTestApp();
const { services, jobcenter } = app;
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenter.id, work);
const staffId = app.staff[0]?.id ?? '';
const actor = { kind: 'staff', id: staffId, name: 'Alex Beispiel' } as const;
const lead: CaseReader = { role: 'lead', id: staffId, teamIds: [] };
const stranger: CaseReader = { role: 'clerk', id: '00000000-0000-7000-8000-000000000000', teamIds: [] };

const newCase = async (): Promise<string> => {
  const input = await submissionInput(services, app, { channel: 'phone' });
  const received = await inTenant((tx) => receive(tx, actor, input));
  assert.ok(received.kind === 'received');
  return received.caseId;
};
const promise = (caseId: string, what: string, dueAt: Date, reader = lead) =>
  inTenant((tx) => makePromise(tx, { actor, reader, caseId, staffId }, { what, dueAt, phone: '030 23125 1' }));
const hours = (count: number): Date => new Date(services.clock.now().getTime() + count * 3_600_000);

test('what was promised is listed by when it is due, seen by the person, and kept once', async () => {
  const [one, two] = [await newCase(), await newCase()];
  assert.equal((await promise(one, 'Rückruf zur Miete', hours(5))).kind, 'done');
  assert.equal((await promise(two, 'Antwort zum Kurs', hours(1))).kind, 'done');
  const list = () => inTenant((tx) => duePromises(tx, lead, 10));
  const due = await list();
  assert.deepEqual(
    due.map((each) => each.what),
    ['Antwort zum Kurs', 'Rückruf zur Miete'],
  );
  assert.equal(await inTenant((tx) => countPromises(tx, lead, hours(2), 10)), 1);
  const keep = (id: string, caseId: string) =>
    inTenant((tx) => keepPromise(tx, { actor, reader: lead, caseId, staffId }, id));
  const [first] = due;
  assert.ok(first);
  assert.equal((await keep(first.id, one)).kind, 'unchanged'); // it is another case's
  const twice = await Promise.all([keep(first.id, two), keep(first.id, two)]);
  assert.deepEqual(twice.map((outcome) => outcome.kind).toSorted(), ['done', 'unchanged']);
  assert.equal((await list()).length, 1);
  const kinds = (await inTenant((tx) => clientView(tx, two)))?.events.map((event) => event.kind);
  assert.deepEqual(kinds?.slice(-2), ['promised', 'promise-kept']);
});

test('who may not see the case sees and makes no promise', async () => {
  const caseId = await newCase();
  assert.equal((await promise(caseId, 'Rückruf', hours(3), stranger)).kind, 'not-found');
  assert.equal((await promise(caseId, 'Rückruf', hours(3))).kind, 'done');
  assert.deepEqual(await inTenant((tx) => duePromises(tx, stranger, 10)), []);
  assert.equal(await inTenant((tx) => countPromises(tx, stranger, hours(99), 10)), 0);
});
