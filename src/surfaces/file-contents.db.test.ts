import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../test/support/office.ts';
import { prepared } from '../../test/support/submit.ts';
import { type CaseReader, confirmPerson, findCase } from '../modules/cases/index.ts';
import { insertDocuments } from '../modules/documents/index.ts';
import { holdFile, holdsOfFile, noteCopy, putIntoPart } from '../modules/files/index.ts';
import { movePaper } from '../modules/intake/index.ts';
import { addPerson } from '../modules/people/index.ts';
import { decidePair, noticeSubmission, pairsOfCase } from '../modules/twice/index.ts';
import type { Tx } from '../platform/database/index.ts';
import { confirmWithHolds } from './confirm-person.ts';
import { contentsOfFile, everyDocument, type FileContents, teamOfConcern } from './file-contents.ts';

let now = new Date('2026-11-26T09:00:00Z');
const office = await openTestOffice({ now: () => now });
const tenant = office.tenants[0];
assert.ok(tenant);
const jobcenterId = tenant.jobcenter.id;
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenterId, work);
const id = '019ac000-0000-7000-8000-000000000001';
const reader: CaseReader = { role: 'lead', id, teamIds: [] };
const act = { actor: { kind: 'staff', id, name: 'Kim Muster' } as const, reader };
const teamOf = await teamOfConcern(office.services, jobcenterId);

/** A case of this person with papers of the given names. */
async function arrive(
  personId: string,
  ...names: string[]
): Promise<{ caseId: string; submissionId: string; ids: string[] }> {
  now = new Date(now.getTime() + 60_000);
  const documents = [];
  for (const name of names)
    documents.push({
      document: await prepared(office.services, tenant as NonNullable<typeof tenant>, name),
      field: 'documents',
      recorded: false,
    });
  const received = await office.submit(tenant as NonNullable<typeof tenant>, { documents });
  const { caseId } = received;
  await inTenant((tx) =>
    confirmPerson(tx, { ...act, caseId }, { id: personId, householdId: null, name: 'M, M', birthDate: '1990-04-03' }),
  );
  return { caseId, submissionId: received.receipt.submissionId, ids: documents.map(({ document }) => document.id) };
}

const newPerson = (birthDate: string): Promise<string> =>
  inTenant((tx) => addPerson(tx, { familyName: 'Muster', givenName: 'Mika', birthDate }));

async function contents(caseId: string): Promise<FileContents> {
  const found = await inTenant(async (tx) => {
    const own = await findCase(tx, reader, caseId);
    return contentsOfFile(tx, reader, own?.fileId ?? '', teamOf);
  });
  assert.ok(found);
  return found;
}

test('versions of a document lie together, over the cases of a file; a copy lies below its original', async () => {
  const person = await newPerson('1990-04-03');
  const first = await arrive(person, 'Mietvertrag.pdf', 'Lohn.pdf');
  const second = await arrive(person, 'Mietvertrag.pdf');
  await inTenant((tx) => noticeSubmission(tx, second.submissionId));
  const names = async (): Promise<string[]> =>
    (await contents(first.caseId)).documents.map(
      (each) =>
        `${each.document.name} ${each.ways.length} way, ${each.versions.length} older, ${each.copies.length} copy`,
    );
  assert.deepEqual((await names()).toSorted(), [
    'Lohn.pdf 1 way, 0 older, 0 copy',
    'Mietvertrag.pdf 2 way, 0 older, 0 copy',
  ]);
  const [pair] = await inTenant((tx) => pairsOfCase(tx, reader, second.caseId));
  assert.ok(pair);
  await inTenant((tx) => decidePair(tx, act, pair.id, 'newer'));
  const copy = await prepared(office.services, tenant as NonNullable<typeof tenant>, 'Kopie.pdf');
  await inTenant(async (tx) => {
    await insertDocuments(tx, [copy]);
    await noteCopy(tx, copy.id, first.ids[1] ?? '', 'Kim Muster');
    await putIntoPart(tx, first.ids[1] ?? '', 'Kim Muster', 'integration');
  });
  assert.deepEqual((await names()).toSorted(), [
    'Lohn.pdf 1 way, 0 older, 1 copy',
    'Mietvertrag.pdf 1 way, 1 older, 0 copy',
  ]);
  const { documents } = await contents(first.caseId);
  assert.equal(documents.find((each) => each.document.name === 'Lohn.pdf')?.part, 'integration');
  assert.equal(documents.find((each) => each.versions.length > 0)?.document.id, second.ids[0], 'the newest is shown');
  assert.equal(everyDocument(documents).length, 4);
});

test('a paper filed with the wrong person alone is in the other file, and in this one no more', async () => {
  const [mine, theirs] = [await newPerson('1992-06-05'), await newPerson('1993-07-06')];
  const first = await arrive(mine, 'Ausweis.pdf', 'Fremd.pdf');
  const other = await arrive(theirs, 'Kündigung.pdf');
  const move = { documentId: first.ids[1] ?? '', toCaseId: other.caseId };
  assert.equal(await inTenant((tx) => movePaper(tx, act.actor, move)), 'moved');
  const names = async (caseId: string): Promise<string[]> =>
    (await contents(caseId)).documents.map((each) => `${each.document.name} in ${each.case.id}`).toSorted();
  assert.deepEqual(await names(first.caseId), [`Ausweis.pdf in ${first.caseId}`]);
  assert.deepEqual(await names(other.caseId), [`Fremd.pdf in ${other.caseId}`, `Kündigung.pdf in ${other.caseId}`]);
  const [{ ways } = { ways: [] }] = (await contents(other.caseId)).documents.filter(
    (each) => each.ways.length > 0 && each.document.name === 'Fremd.pdf',
  );
  assert.equal(ways[0]?.submissionId, first.submissionId, 'how it came stays known');
});

test('a paper filed alone is one with the same paper there; its pairs are seen by who sees where the two lie', async () => {
  const [mine, theirs] = [await newPerson('1994-08-07'), await newPerson('1995-09-08')];
  const first = await arrive(mine, 'Eigenes.pdf', 'Zweimal da.pdf');
  const other = await arrive(theirs, 'Zweimal da.pdf');
  await inTenant((tx) => noticeSubmission(tx, other.submissionId));
  const pairs = async (caseId: string): Promise<string[]> =>
    (await inTenant((tx) => pairsOfCase(tx, reader, caseId))).map((each) => [each.earlierCase, each.laterCase].join());
  assert.deepEqual(await pairs(first.caseId), [[first.caseId, other.caseId].join()]);
  await inTenant((tx) => movePaper(tx, act.actor, { documentId: first.ids[1] ?? '', toCaseId: other.caseId }));
  assert.deepEqual(await pairs(first.caseId), [], 'nothing of it is told where it left');
  assert.deepEqual(await pairs(other.caseId), [[other.caseId, other.caseId].join()]);
  const there = (await contents(other.caseId)).documents.map((each) => [each.document.name, each.ways.length]);
  assert.deepEqual(there, [['Zweimal da.pdf', 2]]);
  assert.deepEqual(
    (await contents(first.caseId)).documents.map((each) => each.document.name),
    ['Eigenes.pdf'],
  );
});

test('a household with 40 cases and 120 papers is read quickly', async (t) => {
  const person = await newPerson('1991-05-04');
  let last = '';
  for (let i = 0; i < 40; i += 1) last = (await arrive(person, `A ${i}.pdf`, `B ${i}.pdf`, `C ${i}.pdf`)).caseId;
  await contents(last);
  const began = performance.now();
  const found = await contents(last);
  const took = Math.round(performance.now() - began);
  t.diagnostic(`a file of 40 cases and 120 papers: ${took} ms`);
  assert.equal(found.documents.length, 120);
  assert.equal(found.cases.length, 40);
  assert.ok(took < 10_000, `${took} ms`);
});

test('a case that turns out to be of somebody else goes into their file, and what must be kept stays kept there', async () => {
  const [wrong, right] = [await newPerson('1994-08-07'), await newPerson('1995-09-08')];
  const first = await arrive(wrong, 'Klage.pdf', 'Bescheid.pdf');
  await arrive(wrong, 'Bleibt.pdf');
  const fileOf = async (): Promise<string> =>
    (await inTenant((tx) => findCase(tx, reader, first.caseId)))?.fileId ?? '';
  const [fileId, documentId = ''] = [await fileOf(), first.ids[0]];
  await inTenant(async (tx) => {
    await holdFile(tx, 'Kim Muster', { fileId, documentId, reason: 'Prüfung' });
    await holdFile(tx, 'Kim Muster', { fileId, documentId: null, reason: 'Klage' });
  });
  const person = { id: right, householdId: null, name: 'M, M', birthDate: '1995-09-08' };
  await inTenant((tx) => confirmWithHolds(tx, { ...act, caseId: first.caseId }, person));
  assert.notEqual(await fileOf(), fileId);
  const holds = async (id: string, papers: readonly string[] = []) =>
    new Map((await inTenant((tx) => holdsOfFile(tx, id, papers))).map((each) => [each.documentId, each.reason]));
  const along = new Map([
    [documentId, 'Prüfung'],
    [first.ids[1], ''],
  ]);
  assert.deepEqual(await holds(await fileOf(), first.ids), along);
  assert.deepEqual(await holds(fileId), new Map([[null, 'Klage']]), 'the file that was held is held');
});
