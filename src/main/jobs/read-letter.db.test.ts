import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { followingSheet, letterSheet, scanPdf } from '../../../test/support/scans.ts';
import { documentsWithMarks, eraseDocument, keptPages, keptPicture, readingOf } from '../../modules/documents/index.ts';
import { type FormDefinition, shippedDefinitions } from '../../modules/forms/index.ts';
import { addStaff, newTotpSecret } from '../../modules/identity/index.ts';
import {
  fileLetter,
  letterPdf,
  lettersOfBatch,
  pagesOfLetter,
  readScans,
  takeScan,
  takeUpAgain,
  turnPage,
} from '../../modules/post/index.ts';
import { enqueueCompare } from '../../modules/twice/index.ts';
import { randomSecret } from '../../platform/crypto/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeReading, readingSpent } from '../../platform/reading/index.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
after(closeMedia);
after(closeReading);
const { services, jobs } = office;
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { jobcenter } = tenant;
const teamId = tenant.teams['leistung'] ?? null;
const inOffice = <T>(work: Parameters<typeof services.database.tenant<T>>[1]): Promise<T> =>
  services.database.tenant(jobcenter.id, work);
const staffId = await inOffice(async (tx) => {
  const login = { login: 'post', name: 'Kim Muster', role: 'lead' as const, password: 'a long password' };
  const added = await addStaff(tx, randomSecret(), { ...login, totpSecret: newTotpSecret(), teamIds: [] });
  return added.kind === 'added' ? added.id : '';
});
const actor = { kind: 'staff', id: staffId, name: 'Kim Muster' } as const;
const reader = { role: 'lead', id: staffId, teamIds: [] } as const;
const form = shippedDefinitions().find((each) => each.key === 'unterlagen') as FormDefinition;
const keys = await services.keyring.of(jobcenter.id);

/** A stack of one letter of two pages, read. */
async function stack(mark: string) {
  const bytes = scanPdf(
    [
      letterSheet({
        sender: 'Berg KG',
        subject: 'Mietvertrag',
        text: [`Kaltmiete 480,00 EUR Nummer ${mark}`],
        page: 'Seite 1 von 2',
      }),
      followingSheet([`Kaution 960,00 EUR, fällig am 01.12.2026, Vertrag ${mark}-2`], 'Seite 2 von 2'),
    ],
    mark,
  );
  const file = { name: 'S.pdf', bytes, mediaType: 'application/pdf', pages: 0 };
  const document = await services.vault.prepare(jobcenter.id, file);
  const scan = { name: 'S.pdf', source: 'upload', teamId, createdBy: staffId } as const;
  const taken = await inOffice((tx) => takeScan(tx, actor, document, scan));
  while (await readScans({ ...services, ownName: jobcenter.name }, jobcenter.id));
  const [letter] = await inOffice((tx) => lettersOfBatch(tx, taken.batchId));
  assert.ok(letter !== undefined);
  return { letter, bytes, stackId: document.id };
}

/** Files a letter as the page does; gives the letter's own document. */
async function file({ letter, bytes }: Awaited<ReturnType<typeof stack>>) {
  const pages = await inOffice((tx) => pagesOfLetter(tx, letter.id));
  const pdf = await letterPdf(bytes, 'application/pdf', pages);
  assert.ok(!('failed' in pdf));
  const cut = { name: 'Brief.pdf', bytes: pdf, mediaType: 'application/pdf', pages: pages.length };
  const document = await services.vault.prepare(jobcenter.id, cut);
  const filed = await inOffice((tx) =>
    fileLetter(
      tx,
      { actor, reader, jobcenter, keys },
      {
        letterId: letter.id,
        version: letter.version,
        kind: 'rent-contract',
        form,
        teamId,
        person: { familyName: '', givenName: '' },
        receivedOn: '2026-11-02',
        document,
        frozen: { concern: form.key, version: form.version, language: 'de', title: 'x', sections: [] },
        receiptByLetter: false,
      },
    ),
  );
  assert.equal(filed.kind, 'filed');
  return document.id;
}

const read = (documentId: string) => readOne(jobs)({ jobcenterId: jobcenter.id, documentId });
const kept = (documentId: string) => inOffice((tx) => keptPages(tx, services.vault, documentId));

test('a filed letter has what was read in its stack, and no page of it is read twice', async () => {
  const own = await stack('4711081522');
  const documentId = await file(own);
  const before = readingSpent().pages;
  await read(documentId);
  assert.equal(readingSpent().pages, before);
  assert.equal((await inOffice((tx) => readingOf(tx, documentId)))?.state, 'read');
  const pages = await kept(documentId);
  assert.deepEqual(
    pages?.map(({ page, turned, source }) => [page, turned, source]),
    [
      [1, 0, 'text'],
      [2, 0, 'text'],
    ],
  );
  assert.ok(pages?.[0]?.words.some(({ text, sure }) => text === '4711081522' && sure > 0.9));
  assert.ok((await inOffice((tx) => keptPicture(tx, services.vault, documentId, 2)))?.length);
  assert.equal(await inOffice((tx) => enqueueCompare(tx, documentId)), true);
  // The same paper, uploaded, is found by its marks.
  const upload = await services.vault.prepare(jobcenter.id, {
    name: 'a.pdf',
    bytes: own.bytes,
    mediaType: 'application/pdf',
    pages: 2,
  });
  await office.submit(tenant, { documents: [{ document: upload, field: 'papers', recorded: false }] });
  await read(upload.id);
  assert.equal(readingSpent().pages, before + 2);
  const alike = await inOffice((tx) => documentsWithMarks(tx, upload.id, 2, 10));
  assert.deepEqual(
    alike.map((other) => other.documentId),
    [documentId],
  );
});

test('a page that somebody had to turn is read anew, the others are not', async () => {
  const own = await stack('4711081523');
  const act = { actor, reader, office: { store: services.vault, ownName: '', today: '2026-11-25' } };
  await inOffice((tx) => turnPage(tx, act, own.letter.id, 2));
  const documentId = await file(own);
  const before = readingSpent().pages;
  await read(documentId);
  assert.equal(readingSpent().pages, before + 1);
  assert.deepEqual(
    (await kept(documentId))?.map(({ page }) => page),
    [1, 2],
  );
});

test('a letter taken up again keeps its reading; where the stack is gone its document is read itself', async () => {
  const own = await stack('4711081524');
  const documentId = await file(own);
  const act = { actor, reader, office: { store: services.vault, ownName: '', today: '2026-11-25' } };
  await inOffice((tx) => takeUpAgain(tx, act, own.letter.id));
  const before = readingSpent().pages;
  await read(documentId);
  assert.equal(readingSpent().pages, before);
  const late = await stack('4711081525');
  const lateId = await file(late);
  await inOffice((tx) => eraseDocument(tx, late.stackId));
  const spent = readingSpent().pages;
  await read(lateId);
  assert.equal(readingSpent().pages, spent + 2);
  assert.equal((await inOffice((tx) => readingOf(tx, lateId)))?.state, 'read');
});

test('the file of a stack is no paper of its own: nobody is asked to read it', async () => {
  const { stackId } = await stack('4711081526');
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const asked = await client.query(`select 1 from queue.outbox where payload->>'documentId' = $1`, [stackId]);
  await client.end();
  assert.equal(asked.rowCount, 0);
  const unread = await inOffice((tx) =>
    tx.raw('select raw from app.document where jobcenter_id = $1 and id = $2', [tx.jobcenterId, stackId]),
  );
  assert.deepEqual(unread, [{ raw: true }]);
});
