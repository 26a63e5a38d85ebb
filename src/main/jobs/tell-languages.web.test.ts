import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser } from '../../../test/support/browser.ts';
import { openTestOffice } from '../../../test/support/office.ts';
import {
  certificates,
  germanPapers,
  paragraphs,
  type WrittenPaper,
  writtenPaper,
} from '../../../test/support/papers.ts';
import { newId } from '../../kernel/ids.ts';
import {
  type CaseReader,
  openableCase,
  openClearingItems,
  papersOfDoubt,
  raiseNotAccepted,
  resolveClearing,
} from '../../modules/cases/index.ts';
import { eraseDocument, languagesOf } from '../../modules/documents/index.ts';
import { moveSubmission } from '../../modules/intake/index.ts';
import { lettersOfBatch, readScans, takeScan } from '../../modules/post/index.ts';
import { askedTerms, findTexts, searchKey } from '../../modules/search/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { closeMedia } from '../../platform/media/index.ts';
import { closeReading } from '../../platform/reading/index.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
const browser = await launchBrowser();
after(() => browser.close());
after(closeReading);
after(closeMedia);
const { services, jobs } = office;
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const jobcenterId = tenant.jobcenter.id;
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenterId, work);
const lead: CaseReader = { role: 'lead', id: newId(new Date()), teamIds: [] };
const actor = { kind: 'staff', id: lead.id, name: 'Leo Leitung' } as const;
const read = (documentId: string) => readOne(jobs)({ jobcenterId, documentId });

async function handIn(bytes: Buffer, pages = 1) {
  const file = { name: 'Nachweis.pdf', bytes, mediaType: 'application/pdf', pages };
  const document = await services.vault.prepare(jobcenterId, file);
  const received = await office.submit(tenant as NonNullable<typeof tenant>, {
    documents: [{ document, field: 'papers', recorded: false }],
  });
  await read(document.id);
  return { ...received, documentId: document.id };
}
const paper = (language: string, ...pages: readonly string[]): Promise<Buffer> =>
  writtenPaper(browser, { language, pages } satisfies WrittenPaper);
const doubtsOf = (caseId: string) => inTenant((tx) => openClearingItems(tx, caseId));
const foreignOf = async (caseId: string) =>
  (await doubtsOf(caseId)).flatMap((item) => papersOfDoubt(item, 'foreign-language'));
const find = (words: string) =>
  inTenant(async (tx) => {
    const key = searchKey(await services.keyring.of(jobcenterId));
    const scope = { circles: [], mayOpen: openableCase(tx, lead) };
    return (await findTexts(tx, key, scope, { terms: askedTerms(words) }, 20)).hits.map(({ id }) => id);
  });

test('a paper in another language is named with its pages, stands in the queue once, and is found by its language', async () => {
  const mixed = await paper('pl', germanPapers.letter, paragraphs(...certificates.pl), paragraphs(...certificates.pl));
  const { caseId, documentId, receipt } = await handIn(mixed, 3);
  const said = [{ documentId, languages: [{ language: 'pl', pages: [[2, 3]] }] }];
  assert.deepEqual(await foreignOf(caseId), said);
  assert.deepEqual((await inTenant((tx) => languagesOf(tx, [documentId]))).get(documentId), [
    { language: 'pl', pages: [2, 3] },
  ]);
  assert.deepEqual(await find('polnisch'), [documentId]);
  const other = await handIn(await paper('ar', paragraphs(...certificates.ar)));
  const move = { submissionId: receipt.submissionId, toCaseId: other.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, move)), 'moved');
  assert.deepEqual(
    (await foreignOf(other.caseId)).map(({ documentId: id, languages }) => [id, languages.map((l) => l.language)]),
    [
      [other.documentId, ['ar']],
      [documentId, ['pl']],
    ],
  );
  await inTenant((tx) => resolveClearing(tx, actor, other.caseId, ['foreign-language'], 'looked at'));
  await read(documentId);
  assert.deepEqual(await foreignOf(other.caseId), [], 'what a person settled does not come back');
  await inTenant((tx) => eraseDocument(tx, documentId));
  assert.equal((await inTenant((tx) => languagesOf(tx, [documentId]))).size, 0);
});

test('German papers with foreign names and figures are no matter for anybody', async () => {
  const { caseId, documentId } = await handIn(await paper('de', germanPapers.payslip, germanPapers.statement), 2);
  assert.deepEqual(await foreignOf(caseId), []);
  assert.equal((await inTenant((tx) => languagesOf(tx, [documentId]))).size, 0);
});

test('every paper of a case that nobody can read is named, and beside it what a mail left out', async () => {
  const first = await handIn(Buffer.from('%PDF-1.7\nnothing that anybody could open'));
  const refused = [{ name: 'a.zip', reason: 'unknown-type' }];
  await inTenant((tx) => raiseNotAccepted(tx, first.caseId, { refused, trouble: [] }));
  const second = await handIn(Buffer.from('%PDF-1.7\nnothing else that anybody could open'));
  const move = { submissionId: second.receipt.submissionId, toCaseId: first.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, move)), 'moved');
  const named = async (caseId: string) =>
    (await doubtsOf(caseId)).flatMap((item) => papersOfDoubt(item, 'unreadable')).map(({ documentId }) => documentId);
  assert.deepEqual(await named(first.caseId), [first.documentId, second.documentId]);
  const back = { submissionId: second.receipt.submissionId, toCaseId: second.caseId };
  assert.equal(await inTenant((tx) => moveSubmission(tx, actor, back)), 'moved');
  assert.deepEqual([await named(first.caseId), await named(second.caseId)], [[first.documentId], [second.documentId]]);
  const [left] = await doubtsOf(first.caseId).then((items) => items.filter(({ reason }) => reason === 'unreadable'));
  assert.ok(left !== undefined);
  assert.deepEqual((left.detail as { refused?: unknown }).refused, refused);
});

test('a letter of a stack says its language before it is confirmed; German ones beside it do not', async () => {
  const foot = (page: number, of: number) => `<p style="position:absolute;top:270mm">Seite ${page} von ${of}</p>`;
  const on = (body: string, page: number, of: number) =>
    `<div style="position:relative">${body}${foot(page, of)}</div>`;
  const bytes = await paper(
    'de',
    on(paragraphs(...certificates.pl), 1, 1),
    on(germanPapers.payslip, 1, 1),
    on(paragraphs(...certificates.uk), 1, 2),
    on(germanPapers.letter, 2, 2),
  );
  const file = { name: 'Stapel.pdf', bytes, mediaType: 'application/pdf', pages: 0 };
  const document = await services.vault.prepare(jobcenterId, file);
  const scan = {
    name: 'Stapel.pdf',
    source: 'upload',
    teamId: tenant.teams['leistung'] ?? null,
    createdBy: null,
  } as const;
  const taken = await inTenant((tx) => takeScan(tx, { kind: 'system', name: 'test' }, document, scan));
  while (await readScans({ ...services, ownName: tenant.jobcenter.name }, jobcenterId));
  const letters = await inTenant((tx) => lettersOfBatch(tx, taken.batchId));
  assert.deepEqual(
    letters.map(({ position, doubts, suggestion }) => [position, doubts, suggestion.languages]),
    [
      [1, ['foreign-language'], ['pl']],
      [2, [], undefined],
      [3, ['foreign-language'], ['uk']],
    ],
  );
});
