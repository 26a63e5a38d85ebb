import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { prepared } from '../../../test/support/submit.ts';
import { newId } from '../../kernel/ids.ts';
import { openClearingItems, papersOfDoubt, raisePapers } from '../../modules/cases/index.ts';
import {
  announceGone,
  announceUnread,
  documentsWithMarks,
  eraseDocument,
  keptPages,
  readDocument,
  readingOf,
  whyUnread,
} from '../../modules/documents/index.ts';
import { moveSubmission } from '../../modules/intake/index.ts';
import { compareDocument, enqueueCompare } from '../../modules/twice/index.ts';
import { writtenPage } from '../../platform/reading/sample.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
const { services, jobs, tenants } = office;
const [tenant, other] = tenants;
if (tenant === undefined || other === undefined) throw new Error('Two Jobcenters are needed.');
const jobcenterId = tenant.jobcenter.id;
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenterId, work);
const read = (documentId: string) => readOne(jobs)({ jobcenterId, documentId });
const handIn = async (bytes: Buffer, to = tenant) => {
  const document = await services.vault.prepare(to.jobcenter.id, {
    name: 'a.pdf',
    bytes,
    mediaType: 'application/pdf',
    pages: 1,
  });
  return { document, ...(await office.submit(to, { documents: [{ document, field: 'papers', recorded: false }] })) };
};
const someId = newId(new Date());
const lines = ['Lohnabrechnung November 2026', 'Personalnummer 4711081522', 'Netto 1.845,33 Steuer 211,07'];

test('what arrives is announced for reading; words and picture are kept sealed, and read once', async () => {
  const { document } = await handIn(writtenPage(lines));
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const announced = await client.query(`select task from queue.outbox where payload->>'documentId' = $1`, [
    document.id,
  ]);
  await client.end();
  assert.deepEqual(announced.rows, [{ task: 'read-document' }]);
  const why = (page = 1, later = 0) =>
    services.database.tenant(jobcenterId, (tx) => whyUnread(tx, document.id, page), new Date(Date.now() + later));
  const said = [await why(), await why(1, 3_600_000), await why(1, 30 * 3_600_000)];
  assert.deepEqual(said, ['waiting', 'late', 'night'], 'it says when its words can be found');
  await read(document.id);
  assert.equal(await why(), 'again', 'where its copies are gone');
  const first = await inTenant((tx) => readingOf(tx, document.id));
  assert.equal(first?.state, 'read');
  const pages = await inTenant((tx) => keptPages(tx, services.vault, document.id));
  assert.ok(pages?.[0]?.words.some((word) => word.text === '4711081522'));
  await read(document.id);
  assert.deepEqual((await inTenant((tx) => readingOf(tx, document.id)))?.readAt, first?.readAt);
});

test('papers with the same numbers find each other by marks, within one Jobcenter only', async () => {
  const one = await handIn(writtenPage([...lines, 'Kopie']));
  const foreign = await handIn(writtenPage(lines), other);
  await read(one.document.id);
  await readOne(jobs)({ jobcenterId: other.jobcenter.id, documentId: foreign.document.id });
  const found = await inTenant((tx) => documentsWithMarks(tx, one.document.id, 2, 10));
  assert.equal(found.length, 1);
  assert.ok((found[0]?.shared ?? 0) >= 3);
});

test('a document that nobody can read is a matter for a person; an erased one leaves nothing that was read', async () => {
  const broken = await handIn(Buffer.from('%PDF-1.7\nnothing that anybody could open'));
  await read(broken.document.id);
  assert.equal((await inTenant((tx) => readingOf(tx, broken.document.id)))?.state, 'unreadable');
  assert.equal(await inTenant((tx) => whyUnread(tx, broken.document.id, 1)), 'unreadable');
  const doubts = await inTenant((tx) => openClearingItems(tx, broken.caseId));
  assert.ok(doubts.some((doubt) => doubt.reason === 'unreadable'));
  const erased = await prepared(services, tenant);
  await office.submit(tenant, { documents: [{ document: erased, field: 'papers', recorded: false }] });
  await read(erased.id);
  await inTenant((tx) => eraseDocument(tx, erased.id));
  assert.equal(await inTenant((tx) => readingOf(tx, erased.id)), undefined);
  assert.equal(await inTenant((tx) => keptPages(tx, services.vault, erased.id)), undefined);
  await read(erased.id); // a job that was late
});

test('pages that nobody could read are named where a person settles it, and go with their paper', async () => {
  const file = { name: 'Ordner.pdf', bytes: writtenPage(lines), mediaType: 'application/pdf', pages: 303 };
  const document = await services.vault.prepare(jobcenterId, file);
  const papers = [{ document, field: 'papers', recorded: false }];
  const { caseId, receipt } = await office.submit(tenant, { documents: papers });
  // As from a stack of which two pages could not be read: one within what is read at all, one beyond it.
  const blank = {
    width: 1,
    height: 1,
    turned: 0,
    source: 'none',
    blank: true,
    words: [],
    picture: Buffer.of(1),
  } as const;
  const known = Array.from({ length: 303 }, (_, i) => ({ ...blank, page: i + 1 })).filter(({ page }) => page !== 302);
  const announce = async () => {};
  const state = await readDocument(services, jobcenterId, document.id, { announce, known: async () => known });
  assert.equal(state, 'partly', 'the last page was read, one before it was not');
  const doubtOf = async (id: string) =>
    (await inTenant((tx) => openClearingItems(tx, id))).filter(({ reason }) => reason === 'partly-read');
  assert.deepEqual(await doubtOf(caseId), []);
  await read(document.id); // announced again, as a paper is that lay in a draft when it was read
  await read(document.id);
  const [doubt, ...more] = await doubtOf(caseId);
  assert.equal(more.length, 0);
  assert.deepEqual(doubt && papersOfDoubt(doubt, 'partly-read'), [
    { documentId: document.id, unread: [[302, 302]], pages: 303, why: 'too-many-pages' },
  ]);
  const second = { documentId: someId, unread: [[2, 4]], pages: 4 } as const;
  await inTenant((tx) => raisePapers(tx, caseId, 'partly-read', [second]));
  const target = await office.submit(tenant);
  const actor = { kind: 'staff', id: someId, name: 'Kim Muster' } as const;
  const move = { submissionId: receipt.submissionId, toCaseId: target.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, move)), 'moved');
  const [there] = await doubtOf(target.caseId);
  assert.deepEqual(there && papersOfDoubt(there, 'partly-read').map(({ documentId }) => documentId), [document.id]);
  assert.deepEqual(await doubtOf(caseId), [], 'the case it left is empty');
});

test('what nobody has read is announced again, once for each paper', async () => {
  const { document } = await handIn(writtenPage(['Kontoauszug 11/2026', 'Saldo 12,34']));
  const found = await inTenant((tx) => announceUnread(tx, 'all', 1_000));
  assert.ok(found >= 1);
  await read(document.id);
  assert.equal(await inTenant((tx) => announceUnread(tx, 'all', 1_000)), found - 1);
});

test('a paper is announced for comparing when it was read, and not before', async () => {
  const { document } = await handIn(writtenPage(['Bescheinigung 12.11.2026', 'Nummer 99887766']));
  assert.equal(await inTenant((tx) => enqueueCompare(tx, document.id)), false);
  await read(document.id);
  assert.equal(await inTenant((tx) => enqueueCompare(tx, document.id)), true);
});

/** The folder of what can be made again is deleted, long after everything was read. */
async function forgetCopies(): Promise<void> {
  await inTenant((tx) => tx.raw("update app.document_reading set read_at = read_at - interval '2 hours'", []));
  rmSync(jobs.derivedFolder, { recursive: true });
}
const announced = async (documentId: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const found = await client.query<{ task: string }>(
    `delete from queue.outbox where payload->>'documentId' = $1 returning task`,
    [documentId],
  );
  await client.end();
  return [...new Set(found.rows.map(({ task }) => task))].sort();
};
const looked = async (documentId: string): Promise<boolean> =>
  (await inTenant((tx) => tx.raw('select 1 from app.twice_check where subject_id = $1', [documentId]))).length > 0;
const pairs = (): Promise<unknown[]> => inTenant((tx) => tx.raw('select 1 from app.twice_pair', []));

test('what was read is gone: nothing follows from the paper until it was read again, and then it is compared', async () => {
  const paper = [...lines, 'Steuer-ID 48 221 907 336', 'Gesamtbrutto 2.140,00 EUR'];
  const one = (await handIn(writtenPage(paper))).document.id;
  const { document, caseId } = await handIn(writtenPage([...paper, 'Zweitschrift']));
  const other = document.id;
  await inTenant((tx) =>
    tx.raw('update app.submission_document set filed_in = $1 where document_id = $2', [caseId, one]),
  );
  for (const id of [one, other]) await read(id);
  await forgetCopies();
  for (const id of [one, other]) await announced(id);
  await compareDocument(services, jobcenterId, other);
  assert.deepEqual([await looked(other), (await pairs()).length], [false, 0]);
  assert.deepEqual(await announced(other), ['read-unread'], 'behind what people wait for');
  await read(other);
  assert.deepEqual(await announced(other), ['compare-document']);
  await compareDocument(services, jobcenterId, other);
  assert.deepEqual([await looked(other), (await pairs()).length], [true, 0], 'the first one is still gone');
  assert.deepEqual(await announced(one), ['read-unread']);
  await read(one);
  assert.deepEqual(await announced(one), ['compare-document']);
  await compareDocument(services, jobcenterId, one);
  assert.equal((await pairs()).length, 1);
  await compareDocument(services, jobcenterId, other);
  assert.deepEqual(await announced(other), [], 'and no more of it');
});

test('of a paper that was read in part nothing is left: it is not taken for one without a word; a sweep finds it, once', async () => {
  const file = { name: 'Akte.pdf', bytes: writtenPage(lines), mediaType: 'application/pdf', pages: 2 };
  const document = await services.vault.prepare(jobcenterId, file);
  await office.submit(tenant, { documents: [{ document, field: 'papers', recorded: false }] });
  await read(document.id);
  await inTenant((tx) =>
    tx.raw("update app.document_reading set state = 'partly', pages = 2 where document_id = $1", [document.id]),
  );
  assert.equal((await inTenant((tx) => keptPages(tx, services.vault, document.id)))?.length, 1);
  await forgetCopies();
  await announced(document.id);
  assert.equal(await inTenant((tx) => keptPages(tx, services.vault, document.id)), undefined);
  assert.ok((await announceGone(services, jobcenterId, 'all', 1_000)) > 0);
  assert.deepEqual(await announced(document.id), ['read-unread']);
  await read(document.id);
  assert.equal((await inTenant((tx) => keptPages(tx, services.vault, document.id)))?.length, 1);
  await announced(document.id);
  rmSync(jobs.derivedFolder, { recursive: true });
  await inTenant((tx) => keptPages(tx, services.vault, document.id));
  assert.deepEqual(await announced(document.id), [], 'where nothing can be kept, it is not read over and over');
});
