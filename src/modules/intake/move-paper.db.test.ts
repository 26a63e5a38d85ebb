import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared } from '../../../test/support/submit.ts';
import { newId } from '../../kernel/ids.ts';
import { accessLog } from '../audit/index.ts';
import { clientView, closeCase, findCase, openRequiredItems, requireItem, timeline } from '../cases/index.ts';
import {
  arrivalsOfCases,
  arrivalsOfSubmissions,
  caseOfDocument,
  findSubmission,
  movePaper,
  moveSubmission,
  originOfPaper,
  receiptOfSubmission,
  submissionDocuments,
} from './index.ts';

const office = await openTestOffice();
const [tenant, otherTenant] = office.tenants;
assert.ok(tenant !== undefined && otherTenant !== undefined);
const inTenant = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]) =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const reader = { role: 'program', id: 'test', teamIds: [] } as const;
const actor = { kind: 'staff', id: newId(new Date()), name: 'Alex Beispiel' } as const;

/** A submission with two papers; gives its case and the papers. */
async function twoPapers(supplement?: { caseId: string; itemId: string }) {
  const papers = [await prepared(office.services, tenant as never), await prepared(office.services, tenant as never)];
  const documents = papers.map((document) => ({ document, field: 'papers', recorded: false }));
  const received = await office.submit(tenant as never, { documents, ...(supplement && { supplement }) });
  const [stray = '', stays = ''] = papers.map((each) => each.id);
  return { caseId: received.caseId, submissionId: received.receipt.submissionId, stray, stays };
}

const alone = (documentId: string, toCaseId: string) =>
  inTenant((tx) => movePaper(tx, actor, { documentId, toCaseId }));
const placeOf = (documentId: string) => inTenant((tx) => caseOfDocument(tx, documentId));
const lyingIn = async (caseId: string): Promise<string[]> =>
  (await inTenant((tx) => arrivalsOfCases(tx, [caseId], 100))).map((each) => each.documentId).sort();
const kinds = async (caseId: string) => (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind);
const searchedIn = async (id: string): Promise<string | undefined> =>
  (await inTenant((tx) => tx.raw<{ case_id: string }>('select case_id from search_entry where id = $1', [id])))[0]
    ?.case_id;

test('one paper goes to another case and back; submission, receipt and the other paper stay as they are', async () => {
  const first = await twoPapers();
  const target = await office.submit(tenant);
  const facts = () =>
    inTenant(async (tx) => [
      await findSubmission(tx, first.submissionId),
      await receiptOfSubmission(tx, first.submissionId),
      await submissionDocuments(tx, first.submissionId),
    ]);
  const before = await facts();

  assert.equal(await alone(first.stray, target.caseId), 'moved');
  assert.equal(await alone(first.stray, target.caseId), 'unchanged');
  assert.deepEqual(await facts(), before, 'what arrived is a fact');
  assert.deepEqual(await lyingIn(first.caseId), [first.stays]);
  assert.deepEqual(await lyingIn(target.caseId), [first.stray]);
  assert.equal((await inTenant((tx) => originOfPaper(tx, first.stray)))?.caseId, target.caseId, 'the search follows');
  assert.deepEqual(await kinds(first.caseId), ['received', 'paper-left']);
  assert.deepEqual(await kinds(target.caseId), ['received', 'paper-joined']);
  for (const caseId of [first.caseId, target.caseId]) {
    const log = (await inTenant((tx) => accessLog(tx, caseId))).map((entry) => entry.action);
    assert.ok(log.some((action) => action.startsWith('case.paper-')));
    const seen = (await inTenant((tx) => clientView(tx, caseId)))?.events.map((event) => event.kind);
    assert.deepEqual(seen, ['received'], 'how the office sorts is not the history of the person');
  }

  assert.equal(await alone(first.stray, first.caseId), 'moved');
  assert.deepEqual(await lyingIn(first.caseId), [first.stays, first.stray].sort());
  assert.deepEqual(await lyingIn(target.caseId), []);
  const [row] = await inTenant((tx) =>
    tx.raw<{ filed_in: string | null }>('select filed_in from submission_document where document_id = $1', [
      first.stray,
    ]),
  );
  assert.equal(row?.filed_in, null, 'it lies with its submission again');
});

test('what it answered is missing where it left, as long as no other paper answers it', async () => {
  const asked = await office.submit(tenant);
  const act = { actor, reader, caseId: asked.caseId, staffId: actor.id };
  await inTenant((tx) => requireItem(tx, act, { what: 'Mietvertrag', why: 'Wohnung', dueOn: '2027-01-31' }));
  const open = () => inTenant((tx) => openRequiredItems(tx, asked.caseId));
  const [item] = await open();
  assert.ok(item);
  const answer = await twoPapers({ caseId: asked.caseId, itemId: item.id });
  assert.deepEqual(await open(), []);
  const target = await office.submit(tenant);
  await alone(answer.stray, target.caseId);
  assert.deepEqual(await open(), [], 'the other paper answers it too');
  await alone(answer.stays, target.caseId);
  assert.deepEqual(
    (await open()).map((each) => each.what),
    ['Mietvertrag'],
  );
  await alone(answer.stays, asked.caseId);
  assert.deepEqual(await open(), [], 'and is there again when it comes back');
});

test('a paper that was filed alone stays there when its submission moves; its words are found where it lies', async () => {
  const first = await twoPapers();
  const [apart, elsewhere] = [await office.submit(tenant), await office.submit(tenant)];
  await inTenant((tx) =>
    tx.raw(
      `insert into search_entry (jobcenter_id, id, kind, case_id, topic, author, at, method, terms)
       select $1, d.id, 'document', $2, 'unterlagen', 'client', now(), 1, '{}'::bigint[] from document d where d.id = any($3)`,
      [tenant.jobcenter.id, first.caseId, [first.stray, first.stays]],
    ),
  );
  await alone(first.stray, apart.caseId);
  await inTenant((tx) => moveSubmission(tx, actor, { submissionId: first.submissionId, toCaseId: elsewhere.caseId }));
  assert.equal(await placeOf(first.stray), apart.caseId);
  assert.equal(await placeOf(first.stays), elsewhere.caseId);
  assert.equal(await searchedIn(first.stray), apart.caseId);
  assert.equal(await searchedIn(first.stays), elsewhere.caseId);
});

test('a submission that comes to where one of its papers was filed alone, and goes on, leaves that paper there', async () => {
  const first = await twoPapers();
  const [there, further] = [await office.submit(tenant), await office.submit(tenant)];
  const flags = async () =>
    new Map(
      (await inTenant((tx) => arrivalsOfSubmissions(tx, [first.submissionId]))).map((p) => [p.documentId, p.alone]),
    );
  const goTo = (toCaseId: string) =>
    inTenant((tx) => moveSubmission(tx, actor, { submissionId: first.submissionId, toCaseId }));
  await alone(first.stray, there.caseId);
  assert.equal(await goTo(there.caseId), 'moved');
  assert.deepEqual(await lyingIn(there.caseId), [first.stays, first.stray].sort());
  assert.deepEqual(
    await flags(),
    new Map([
      [first.stray, true],
      [first.stays, false],
    ]),
  );
  assert.equal(await goTo(further.caseId), 'moved');
  assert.equal(await placeOf(first.stray), there.caseId);
  assert.deepEqual(await lyingIn(further.caseId), [first.stays]);
  assert.equal(await alone(first.stray, further.caseId), 'moved');
  assert.equal((await flags()).get(first.stray), false, 'it lies with its submission again');
});

test('a case is closed as empty only when no single paper lies in it either; one that is closed opens for a paper', async () => {
  const first = await twoPapers();
  const target = await office.submit(tenant);
  const stateOf = async (caseId: string) => (await inTenant((tx) => findCase(tx, reader, caseId)))?.state;
  await alone(first.stray, target.caseId);
  await inTenant((tx) =>
    moveSubmission(tx, actor, { submissionId: target.receipt.submissionId, toCaseId: first.caseId }),
  );
  assert.equal(await stateOf(target.caseId), 'new', 'a paper lies in it');
  await alone(first.stray, first.caseId);
  assert.equal(await stateOf(target.caseId), 'closed');
  const closed = await office.submit(tenant);
  await inTenant((tx) => closeCase(tx, { actor, reader, caseId: closed.caseId }));
  await alone(first.stray, closed.caseId);
  assert.equal(await stateOf(closed.caseId), 'new');
});

test('a paper of nobody, a case of nobody and one of another Jobcenter look alike; two at once leave one place', async () => {
  const first = await twoPapers();
  const foreign = await office.submit(otherTenant);
  const nobody = newId(new Date());
  assert.equal(await alone(nobody, first.caseId), 'not-found');
  assert.equal(await alone(first.stray, nobody), 'not-found');
  assert.equal(await alone(first.stray, foreign.caseId), 'not-found');
  const [a, b] = [await office.submit(tenant), await office.submit(tenant)];
  const outcomes = await Promise.all([
    alone(first.stray, a.caseId),
    alone(first.stray, b.caseId),
    inTenant((tx) => moveSubmission(tx, actor, { submissionId: first.submissionId, toCaseId: a.caseId })),
  ]);
  assert.ok(outcomes.includes('moved'));
  const place = await placeOf(first.stray);
  const papers = [...(await lyingIn(a.caseId)), ...(await lyingIn(b.caseId)), ...(await lyingIn(first.caseId))];
  assert.equal(papers.filter((id) => id === first.stray).length, 1);
  assert.ok(place === a.caseId || place === b.caseId);
});

test('of a paper that came in nothing but its place can be changed', async () => {
  const { stray } = await twoPapers();
  for (const change of ['position = 7', "field = 'x'", 'required_item_id = null'])
    await assert.rejects(
      inTenant((tx) => tx.raw(`update submission_document set ${change} where document_id = $1`, [stray])),
      /permission denied/,
    );
});
