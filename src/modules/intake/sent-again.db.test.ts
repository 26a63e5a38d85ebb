import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared, submissionInput } from '../../../test/support/submit.ts';
import { newId } from '../../kernel/ids.ts';
import { accessLog } from '../audit/index.ts';
import {
  acceptSentAgain,
  askAgain,
  clientView,
  findCase,
  requiredItems,
  requireItem,
  timeline,
  writtenEvents,
} from '../cases/index.ts';
import { insertDocuments } from '../documents/index.ts';
import { movePaper, moveSubmission, receive } from './index.ts';

const office = await openTestOffice();
const tenant = office.tenants[0];
assert.ok(tenant !== undefined);
const inTenant = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]) =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const reader = { role: 'program', id: 'test', teamIds: [] } as const;
const actor = { kind: 'staff', id: newId(new Date()), name: 'Alex Beispiel' } as const;
const act = (caseId: string) => ({ actor, reader, caseId, staffId: actor.id });
const asked = { what: 'Mietvertrag', why: 'Wir prüfen die Miete.', dueOn: '2099-01-01' } as const;

const papers = async (names: readonly string[]) => {
  const documents = [];
  for (const name of names)
    documents.push({ document: await prepared(office.services, tenant, name), field: 'papers', recorded: false });
  return documents;
};

/** A case to which a lease came, and that asks for the lease. */
async function askedForLease() {
  const first = await office.submit(tenant as never, { documents: await papers(['Mietvertrag.pdf']) });
  const { caseId } = first;
  await inTenant((tx) => requireItem(tx, act(caseId), asked));
  const itemId = (await inTenant((tx) => requiredItems(tx, caseId)))[0]?.id ?? '';
  const send = async (names: readonly string[]) => {
    const documents = await papers(names);
    const { receipt } = await office.submit(tenant as never, { documents, supplement: { caseId, itemId } });
    return { submissionId: receipt.submissionId, documentId: documents[0]?.document.id ?? '' };
  };
  const item = async () => (await inTenant((tx) => requiredItems(tx, caseId)))[0];
  const kinds = async () => (await inTenant((tx) => timeline(tx, caseId))).map(({ kind }) => kind).slice(2);
  const state = async () => (await inTenant((tx) => findCase(tx, reader, caseId)))?.state;
  return { caseId, itemId, send, item, kinds, state };
}

test('what came for a request and was in the case already leaves it open, says so to both sides, and does when the office says so', async () => {
  const { caseId, itemId, send, item, kinds, state } = await askedForLease();
  const { submissionId } = await send(['Mietvertrag.pdf']);
  assert.equal((await item())?.fulfilledAt, null);
  assert.equal(await state(), 'waiting');
  assert.deepEqual(await kinds(), ['received', 'item-sent-again']);
  const seen = await inTenant((tx) => clientView(tx, caseId));
  assert.equal(seen?.sentAgain.get(itemId)?.submissionId, submissionId);
  assert.equal(seen?.events.at(-1)?.kind, 'item-sent-again');

  assert.equal((await inTenant((tx) => acceptSentAgain(tx, act(caseId), itemId))).kind, 'done');
  assert.equal((await inTenant((tx) => acceptSentAgain(tx, act(caseId), itemId))).kind, 'unchanged');
  assert.ok((await item())?.fulfilledAt);
  assert.equal(await state(), 'working');
  assert.equal((await inTenant((tx) => clientView(tx, caseId)))?.sentAgain.size, 0);
  assert.deepEqual(await kinds(), ['received', 'item-sent-again', 'item-fulfilled']);
});

test('one paper that is new answers a request, and so does what somebody of the office takes for it', async () => {
  const one = await askedForLease();
  await one.send(['Mietvertrag.pdf', 'Mietvertrag Seite 2.pdf']);
  assert.ok((await one.item())?.fulfilledAt);

  const { caseId, itemId, item } = await askedForLease();
  const documents = await papers(['Mietvertrag.pdf']);
  const input = await submissionInput(office.services, tenant, { documents, supplement: { caseId, itemId } });
  await inTenant((tx) => receive(tx, actor, input));
  assert.ok((await item())?.fulfilledAt);
});

test('what lies in this case is known, however many others have the same leaflet', async () => {
  const others = await papers(Array.from({ length: 60 }, () => 'Mietvertrag.pdf'));
  await inTenant((tx) =>
    insertDocuments(
      tx,
      others.map(({ document }) => document),
    ),
  );
  const { send, item, kinds } = await askedForLease();
  await send(['Mietvertrag.pdf']);
  assert.equal((await item())?.fulfilledAt, null);
  assert.deepEqual(await kinds(), ['received', 'item-sent-again']);
});

test('the same file of another case is no known one of this case', async () => {
  const other = await office.submit(tenant, { documents: await papers(['Ausweis.pdf']) });
  const { caseId, send, item } = await askedForLease();
  assert.notEqual(other.caseId, caseId);
  await send(['Ausweis.pdf']);
  assert.ok((await item())?.fulfilledAt);
});

test('the wrong paper: asked for again with a reason and a day, which the person, the log and the search have', async () => {
  const { caseId, itemId, send, item, state } = await askedForLease();
  const again = { why: 'Das ist der Ausweis.', dueOn: '2099-02-02' } as const;
  assert.equal((await inTenant((tx) => askAgain(tx, act(caseId), itemId, again))).kind, 'unchanged', 'it is missing');
  const { submissionId, documentId } = await send(['Ausweis.pdf']);
  assert.equal((await inTenant((tx) => askAgain(tx, act(caseId), itemId, again))).kind, 'done');
  assert.equal((await inTenant((tx) => askAgain(tx, act(caseId), itemId, again))).kind, 'unchanged', 'twice is once');
  assert.deepEqual(
    { ...(await item()), requestedAt: undefined },
    {
      ...{ id: itemId, caseId, what: asked.what, why: asked.why, dueOn: again.dueOn, again: again.why },
      ...{ requestedAt: undefined, fulfilledAt: null, withdrawnAt: null },
    },
  );
  assert.equal(await state(), 'waiting');
  const last = (await inTenant((tx) => clientView(tx, caseId)))?.events.at(-1);
  assert.equal(last?.kind, 'item-reopened');
  assert.deepEqual(last?.detail, { itemId, what: asked.what, ...again, submissionId });
  const found = await inTenant((tx) => writtenEvents(tx, [last?.id ?? '']));
  assert.deepEqual([found[0]?.kind, found[0]?.text], ['request', 'Mietvertrag\nDas ist der Ausweis.']);
  const log = (await inTenant((tx) => accessLog(tx, caseId))).map(({ action }) => action);
  assert.ok(log.includes('case.item-reopened'));

  // Moved away and back, alone or with what it came with: nobody said that it is the right one.
  const target = await office.submit(tenant);
  for (const toCaseId of [target.caseId, caseId])
    await inTenant((tx) => movePaper(tx, actor, { documentId, toCaseId }));
  for (const toCaseId of [target.caseId, caseId])
    await inTenant((tx) => moveSubmission(tx, actor, { submissionId, toCaseId }));
  assert.equal((await item())?.fulfilledAt, null);

  await send(['Mietvertrag alle Seiten.pdf']);
  assert.ok((await item())?.fulfilledAt);
});

test('what was sent again and does not do is asked for again; moved away it waits for nobody', async () => {
  const { caseId, itemId, send, item } = await askedForLease();
  const { documentId } = await send(['Mietvertrag.pdf']);
  const target = await office.submit(tenant);
  await inTenant((tx) => movePaper(tx, actor, { documentId, toCaseId: target.caseId }));
  assert.equal((await inTenant((tx) => clientView(tx, caseId)))?.sentAgain.size, 0);
  assert.equal((await inTenant((tx) => acceptSentAgain(tx, act(caseId), itemId))).kind, 'unchanged');

  await send(['Mietvertrag.pdf']);
  const again = { why: 'Das Bild ist unscharf.', dueOn: '2099-03-03' } as const;
  assert.equal((await inTenant((tx) => askAgain(tx, act(caseId), itemId, again))).kind, 'done');
  assert.deepEqual([(await item())?.again, (await item())?.dueOn], [again.why, again.dueOn]);
  assert.equal((await inTenant((tx) => clientView(tx, caseId)))?.sentAgain.size, 0);
});
