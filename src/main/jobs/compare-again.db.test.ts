import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { readerOf } from '../../modules/cases/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import {
  compareDocument,
  decidePair,
  findPair,
  openPairs,
  pairsOfCase,
  twiceOverview,
} from '../../modules/twice/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { writtenPage } from '../../platform/reading/sample.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
const { services, jobs } = office;
const [tenant] = office.tenants;
assert.ok(tenant);
const jobcenterId = tenant.jobcenter.id;
const teamIds = [tenant.teams['leistung'] ?? ''];
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
const login = { login: 'ada', name: 'Ada', password: 'Ada Ada Ada', totpSecret: 'JBSWY3DP', teamIds };
const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...login, role: 'clerk' }));
assert.ok(added.kind === 'added');
const reader = readerOf({ id: added.id, role: 'clerk', teamIds });
const act = { actor: { kind: 'staff', id: added.id, name: 'Ada' }, reader } as const;

const wage = (month: string, day: string, gross: string, paid: string): string[] => [
  'Lohnabrechnung Backstube Morgenrot GmbH',
  `Abrechnung für ${month}`,
  `Druckdatum ${day}`,
  'Personalnummer 4471902',
  'Steuer-ID 48 221 907 336',
  `Gesamtbrutto ${gross} EUR`,
  `Auszahlungsbetrag ${paid} EUR`,
  'Konto DE12 5001 0517 0648 4898 90',
];
const may = wage('Mai 2026', '28.05.2026', '2.140,00', '1.583,62');
const june = wage('Juni 2026', '29.06.2026', '2.260,00', '1.655,17');

/** Papers of one case, read and compared. */
async function arrived(...papers: readonly (readonly string[])[]): Promise<{ caseId: string; ids: string[] }> {
  const documents = await Promise.all(
    papers.map((lines, at) => {
      const file = { name: `${at}.pdf`, bytes: writtenPage([...lines]), mediaType: 'application/pdf', pages: 1 };
      return services.vault.prepare(jobcenterId, file);
    }),
  );
  const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, {
    teamId: teamIds[0] ?? null,
    documents: documents.map((document) => ({ document, field: 'papers', recorded: false })),
  });
  const ids = documents.map(({ id }) => id);
  for (const documentId of ids) await readOne(jobs)({ jobcenterId, documentId });
  for (const id of ids) await compareDocument(services, jobcenterId, id);
  return { caseId, ids };
}

test('what an older method took for the same and nobody decided about is shown no more, and says why', async () => {
  const { caseId, ids } = await arrived(may, [...may, 'Zweitschrift'], june);
  const [first, copy, next] = ids;
  const shown = async () =>
    (await inTenant((tx) => pairsOfCase(tx, reader, caseId))).map((pair) => ({
      pair,
      of: [pair.earlier.documentId, pair.later.documentId].toSorted().join(),
    }));
  const [right, ...more] = await shown();
  assert.ok(right);
  assert.deepEqual([right.of, more.length], [[first, copy].toSorted().join(), 0], 'the copy, and not the next month');
  // As if an older release had found these two, and the next month's with the first one.
  const wrong = await inTenant(async (tx) => {
    await tx.raw("update app.twice_pair set method = 1, score = 0.55, reason = 'shares-pages'", []);
    const [{ id } = { id: '' }] = await tx.raw<{ id: string }>(
      `insert into app.twice_pair select (jsonb_populate_record(p, jsonb_build_object('id', $1::uuid, 'earlier_document', $2::uuid,
         'later_document', $3::uuid))).* from app.twice_pair p returning id`,
      [tx.newId(), first, next],
    );
    return id;
  });
  assert.equal((await shown()).length, 2);
  assert.equal((await inTenant((tx) => openPairs(tx, reader, undefined))).rows.length, 2);
  await compareDocument(services, jobcenterId, first ?? '');
  const [left, ...others] = await shown();
  assert.deepEqual(
    [left?.pair.id, left?.pair.method, left?.pair.reason, others.length],
    [right.pair.id, 2, 'same-content', 0],
  );
  assert.ok((left?.pair.score ?? 0) > 0.55);
  assert.equal((await inTenant((tx) => openPairs(tx, reader, undefined))).rows.length, 1);
  const opened = await inTenant((tx) => findPair(tx, reader, wrong));
  assert.equal(opened?.withdrawn, true, 'who has its address still reads it');
  assert.deepEqual(await inTenant((tx) => twiceOverview(tx, 30)), [], 'both came in one submission');
});

test('what people decided stays, whatever a newer method says', async () => {
  const { caseId, ids } = await arrived(
    wage('Juli 2026', '28.07.2026', '2.010,00', '1.512,08'),
    wage('August 2026', '28.08.2026', '2.395,00', '1.733,41'),
  );
  const [first, next] = ids;
  assert.ok(first && next);
  const of = (id: string) => inTenant((tx) => pairsOfCase(tx, reader, id));
  assert.deepEqual(await of(caseId), []);
  const pairId = await inTenant(async (tx) => {
    const [{ id } = { id: '' }] = await tx.raw<{ id: string }>(
      `insert into app.twice_pair select (jsonb_populate_record(p, jsonb_build_object('id', $1::uuid, 'earlier_document', $2::uuid,
         'later_document', $3::uuid, 'earlier_submission', s.submission_id, 'later_submission', s.submission_id, 'method', 1, 'withdrawn_at', null))).*
       from app.twice_pair p, (select submission_id from app.submission_document where document_id = $2) s limit 1 returning id`,
      [tx.newId(), first, next],
    );
    return id;
  });
  assert.equal((await inTenant((tx) => decidePair(tx, act, pairId, 'same'))).kind, 'done');
  await compareDocument(services, jobcenterId, next);
  const [kept] = await of(caseId);
  assert.deepEqual([kept?.id, kept?.method, kept?.withdrawn, kept?.decided?.decision], [pairId, 1, false, 'same']);
});

test('what comes later may show that two earlier papers were taken for the same: one of them is compared again', async () => {
  const { caseId, ids } = await arrived(
    wage('September 2026', '28.09.2026', '2.077,00', '1.541,90'),
    wage('Oktober 2026', '28.10.2026', '2.431,00', '1.752,33'),
    [...wage('September 2026', '28.09.2026', '2.077,00', '1.541,90'), 'Kopie'],
  );
  const [first, next, copy] = ids;
  assert.ok(first && next && copy);
  const shown = async () =>
    (await inTenant((tx) => pairsOfCase(tx, reader, caseId)))
      .map(({ earlier, later }) => [earlier.documentId, later.documentId].toSorted().join())
      .toSorted();
  const right = [[first, copy].toSorted().join()];
  assert.deepEqual(await shown(), right);
  await inTenant((tx) =>
    tx.raw(
      `insert into app.twice_pair select (jsonb_populate_record(p, jsonb_build_object('id', $1::uuid, 'earlier_document', $2::uuid,
         'later_document', $3::uuid))).* from app.twice_pair p where $2 in (p.earlier_document, p.later_document) limit 1`,
      [tx.newId(), first, next],
    ),
  );
  assert.equal((await shown()).length, 2);
  await compareDocument(services, jobcenterId, copy);
  const again = await announced();
  assert.deepEqual(
    again.map(({ again }) => again),
    again.map(() => 1),
  );
  assert.ok(again.some(({ documentId }) => documentId === first || documentId === next));
  for (const { documentId } of again) await compareDocument(services, jobcenterId, documentId, true);
  assert.deepEqual(await shown(), right);
  await compareDocument(services, jobcenterId, copy);
  assert.equal((await announced()).length, again.length, 'and it ends there');
});

/** Comparisons that were announced for the second time. */
async function announced(): Promise<{ documentId: string; again: number }[]> {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ payload: { documentId: string; again: number } }>(
    "select payload from queue.outbox where task = 'compare-document' and payload ? 'again'",
  );
  await client.end();
  return rows.map(({ payload }) => payload);
}
