import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { certificates } from '../../../test/support/papers.ts';
import { prepared } from '../../../test/support/submit.ts';
import { writtenLines } from '../../../test/support/written-lines.ts';
import { openClearingItems, papersOfDoubt, resolveClearing } from '../../modules/cases/index.ts';
import { languagesOf } from '../../modules/documents/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import type { PageReading } from '../../platform/reading/index.ts';
import { tellLanguages } from './tell-languages.ts';

const office = await openTestOffice();
const { services, jobs } = office;
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(tenant.jobcenter.id, work);
const actor = { kind: 'staff', id: '00000000-0000-7000-8000-000000000001', name: 'Leo Leitung' } as const;

const texts = {
  ...certificates,
  de: [
    'Hiermit wird bescheinigt, dass die genannte Person seit dem ersten März in unserem Betrieb arbeitet und jeden Monat ihren Lohn auf das Konto bekommt, das sie uns genannt hat. Der Vertrag ist nicht befristet, und diese Bescheinigung wurde auf ihren Wunsch ausgestellt.',
  ],
};
type Said = keyof typeof texts;
const pageOf = (page: number, language: Said): Omit<PageReading, 'picture'> => ({
  ...writtenLines(texts[language].join(' ')),
  page,
  turned: 0,
  source: 'text',
  blank: false,
});

/** A case with papers, each of which is read as often as wanted: what stands on its pages, by their numbers. */
async function handIn(count = 1) {
  const documents = await Promise.all(Array.from({ length: count }, () => prepared(services, tenant as never)));
  const { caseId } = await office.submit(tenant as never, {
    documents: documents.map((document) => ({ document, field: 'papers', recorded: false })),
  });
  const ids = documents.map(({ id }) => id);
  const read = (pages: Readonly<Record<number, Said>>, documentId = ids[0] ?? '') =>
    inTenant((tx) =>
      tellLanguages(
        tx,
        jobs,
        { documentId, caseId },
        Object.entries(pages).map(([page, language]) => pageOf(Number(page), language)),
      ),
    );
  const doubts = async () =>
    (await inTenant((tx) => openClearingItems(tx, caseId)))
      .flatMap((item) => papersOfDoubt(item, 'foreign-language'))
      .map(({ documentId, languages }) => [
        ids.indexOf(documentId),
        languages.map(({ language, pages }) => `${language} ${pages.join()}`).join(),
      ]);
  const settle = () => inTenant((tx) => resolveClearing(tx, actor, caseId, ['foreign-language'], 'looked at'));
  const kept = async () => (await inTenant((tx) => languagesOf(tx, ids))).get(ids[0] ?? '') ?? [];
  return { ids, read, doubts, settle, kept };
}

test('a paper that nothing was said of, and that turns out to be foreign when it is read again, is a doubt', async () => {
  const { read, doubts } = await handIn();
  await read({ 1: 'de' });
  assert.deepEqual(await doubts(), []);
  await read({ 1: 'pl' });
  assert.deepEqual(await doubts(), [[0, 'pl 1,1']]);
});

test('an open doubt says what was read last, and lets go of a paper that is German; the others stay', async () => {
  const { ids, read, doubts } = await handIn(2);
  await read({ 1: 'tr', 2: 'de' });
  await read({ 1: 'de', 2: 'pl' });
  assert.deepEqual(await doubts(), [[0, 'pl 2,2']]);
  await read({ 1: 'ro' }, ids[1]);
  await read({ 1: 'de', 2: 'de' });
  assert.deepEqual(await doubts(), [[1, 'ro 1,1']]);
  await read({ 1: 'de' }, ids[1]);
  assert.deepEqual(await doubts(), []);
  await read({ 1: 'ro' }, ids[1]);
  assert.deepEqual(await doubts(), [[1, 'ro 1,1']], 'nobody had looked at it');
});

test('what a person settled does not come back, whatever is read in between', async () => {
  const { read, doubts, settle } = await handIn();
  await read({ 1: 'pl' });
  assert.equal(await settle(), 1);
  await read({ 1: 'pl' });
  assert.deepEqual(await doubts(), []);
  await read({ 1: 'de' });
  await read({ 1: 'pl' });
  assert.deepEqual(await doubts(), []);
});

test('a page that could not be read this time keeps what is known of it', async () => {
  const { read, doubts, kept } = await handIn();
  await read({ 1: 'de', 2: 'pl' });
  await read({ 1: 'de' });
  await read({});
  assert.deepEqual([await doubts(), await kept()], [[[0, 'pl 2,2']], [{ language: 'pl', pages: [2] }]]);
});
