import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { readerOf } from '../../modules/cases/index.ts';
import {
  boardCases,
  boardFacts,
  closeFact,
  confirmFact,
  noteFactsRead,
  suggestRunning,
} from '../../modules/facts/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { writtenPage } from '../../platform/reading/sample.ts';
import { announceBehind, describeOne } from './describe-document.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
const { services, jobs, tenants } = office;
const [tenant, other] = tenants;
assert.ok(tenant && other);
const jobcenterId = tenant.jobcenter.id;
const teamIds = [tenant.teams['leistung'] ?? ''];
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => services.database.tenant(jobcenterId, work);
const login = { login: 'ada', name: 'Ada', role: 'clerk', password: 'Ada Ada Ada', totpSecret: 'JBSWY3DP', teamIds };
const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...login, role: 'clerk' }));
assert.ok(added.kind === 'added');
const ada = { id: added.id, name: 'Ada', role: 'clerk', teamIds } as const;
const reader = readerOf(ada);

/** A paper that came and was read, with its case. */
async function paper(lines: readonly string[]) {
  const file = { name: 'a.pdf', bytes: writtenPage([...lines]), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(jobcenterId, file);
  const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, {
    teamId: teamIds[0] ?? null,
    documents: [{ document, field: 'papers', recorded: false }],
  });
  await readOne(jobs)({ jobcenterId, documentId: document.id });
  const at = { caseId, documentId: document.id, page: 1, datedOn: null };
  return { at, act: { actor: { kind: 'staff', id: ada.id, name: ada.name } as const, reader, caseId } };
}
const rent = ['Mietbescheinigung', 'Kaltmiete 480,00 EUR', 'Nebenkosten 90,00 EUR', 'Heizkosten 60,00 EUR'];
const facts = (caseId: string) =>
  inTenant(async (tx) => {
    const cases = await boardCases(tx, reader, caseId);
    return cases === undefined ? [] : boardFacts(tx, cases);
  });
const texts = async (caseId: string) => (await facts(caseId)).map(({ text }) => text);
/** As if an older release had read it. */
const asBefore = (documentId: string) =>
  inTenant((tx) => tx.raw('update app.facts_read set method = 1 where document_id = $1', [documentId]));
const all = 10_000;

async function announced(documentId: string): Promise<number> {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int n from queue.outbox where task = 'describe-document' and payload->>'documentId' = $1",
    [documentId],
  );
  await client.end();
  return rows[0]?.n ?? 0;
}

test('only papers whose facts are behind are asked again, until they were, and twice makes nothing new', async () => {
  const { at } = await paper(rent);
  const said = await texts(at.caseId);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /Kaltmiete 480,00.*Nebenkosten 90,00/);
  assert.equal(await announceBehind(services, jobcenterId, all), 0, 'what was just read is not behind');
  await asBefore(at.documentId);
  assert.equal(await announceBehind(services, jobcenterId, 0), 0);
  assert.equal(await announceBehind(services, jobcenterId, all), 1);
  assert.equal(await announced(at.documentId), 1);
  assert.equal(await announceBehind(services, other.jobcenter.id, all), 0, 'nor in another Jobcenter');
  await describeOne(jobs)({ jobcenterId, documentId: at.documentId });
  await describeOne(jobs)({ jobcenterId, documentId: at.documentId });
  assert.deepEqual(await texts(at.caseId), said);
  assert.equal(await announceBehind(services, jobcenterId, all), 0);
});

test('what an older method read and nobody looked at is withdrawn; confirmed and rejected facts stay as they are', async () => {
  const { at, act } = await paper(rent);
  const [good] = await facts(at.caseId);
  assert.ok(good);
  await inTenant((tx) =>
    suggestRunning(tx, at, { text: 'Kaltmiete 80,00 €', topic: 'housing', from: null, until: null }),
  );
  await inTenant((tx) => suggestRunning(tx, at, { text: 'Miete 48,00 €', topic: 'housing', from: null, until: null }));
  await inTenant((tx) => suggestRunning(tx, at, { text: 'Heizung 6,00 €', topic: 'housing', from: null, until: null }));
  const id = async (text: string) => (await facts(at.caseId)).find((each) => each.text === text)?.id ?? '';
  const [kept, wrong] = [await id('Miete 48,00 €'), await id('Heizung 6,00 €')];
  await inTenant((tx) => confirmFact(tx, act, kept));
  await inTenant((tx) => closeFact(tx, act, wrong, { as: 'wrong', reason: '' }));
  const row = () =>
    inTenant((tx) => tx.raw<object>('select * from app.fact where id = any ($1) order by id', [[kept, wrong]]));
  const before = await row();
  await asBefore(at.documentId);
  await describeOne(jobs)({ jobcenterId, documentId: at.documentId });
  assert.deepEqual((await texts(at.caseId)).toSorted(), [good.text, 'Miete 48,00 €'].toSorted());
  assert.equal((await facts(at.caseId)).find((each) => each.text === good.text)?.id, good.id, 'the same suggestion');
  assert.deepEqual(await row(), before);
});

test('what somebody rejects while the paper is read again is not withdrawn', async () => {
  const { at, act } = await paper(rent);
  const old = { text: 'Heizung 9,00 €', topic: 'housing', from: null, until: null };
  await inTenant((tx) => suggestRunning(tx, at, old));
  const id = (await facts(at.caseId)).find((each) => each.text === old.text)?.id ?? '';
  await asBefore(at.documentId);
  const watch = new pg.Client({ connectionString: office.database.superuserUrl });
  await watch.connect();
  const waits = async () =>
    (
      await watch.query<{ n: number }>(
        "select count(*)::int n from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from %fact%'",
      )
    ).rows[0]?.n;
  let reading: Promise<void> | undefined;
  await inTenant(async (tx) => {
    assert.equal((await closeFact(tx, act, id, { as: 'wrong', reason: 'stimmt nicht' })).kind, 'done');
    reading = inTenant((other) => noteFactsRead(other, at.documentId, []));
    for (let tries = 0; tries < 2_000 && (await waits()) !== 1; tries += 1);
    assert.equal(await waits(), 1, 'the other one has read it as open and waits for this one');
  });
  await reading;
  await watch.end();
  const rows = await inTenant((tx) =>
    tx.raw<{ as: string }>('select closed_as "as" from app.fact where id = $1', [id]),
  );
  assert.deepEqual(rows, [{ as: 'wrong' }]);
});

test('a job that is stopped in the middle leaves the paper behind, and the next one does all of it', async () => {
  const { at } = await paper(['Mietbescheinigung', 'Kaltmiete 510,00 EUR', 'Nebenkosten 70,00 EUR']);
  await asBefore(at.documentId);
  await inTenant((tx) => tx.raw('delete from app.fact where source_id = $1', [at.documentId]));
  const broken = { ...jobs, vault: { ...jobs.vault, readDerived: () => Promise.reject(new Error('stopped')) } };
  await assert.rejects(describeOne(broken as typeof jobs)({ jobcenterId, documentId: at.documentId }));
  assert.deepEqual(await texts(at.caseId), []);
  assert.equal(await announceBehind(services, jobcenterId, all), 1);
  await describeOne(jobs)({ jobcenterId, documentId: at.documentId });
  assert.equal((await texts(at.caseId)).length, 1);
});
