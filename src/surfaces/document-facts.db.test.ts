import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../test/support/office.ts';
import { prepared } from '../../test/support/submit.ts';
import { insertDocuments } from '../modules/documents/index.ts';
import { describeDocument, factsOfDocuments, suggestFacts } from '../modules/files/index.ts';
import type { Tx } from '../platform/database/index.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const read = { kind: 'payslip', sender: 'gelesen', datedOn: null };

async function newPaper(): Promise<string> {
  const document = await prepared(office.services, tenant as NonNullable<typeof tenant>);
  await inTenant((tx) => insertDocuments(tx, [document]));
  return document.id;
}

const factsOf = (id: string) => inTenant(async (tx) => (await factsOfDocuments(tx, [id])).get(id));

/** Whether somebody waits for a row that an open transaction holds; asked from outside, each time anew. */
const waits = (): Promise<boolean> =>
  inTenant(async (tx) => {
    const sql = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    return (await tx.raw(sql, [])).length > 0;
  });

/** Lets the second begin while the first is not committed, and the first end once the second waits for it. */
async function overlapping(first: (tx: Tx) => Promise<void>, second: (tx: Tx) => Promise<void>): Promise<void> {
  let later: Promise<void> | undefined;
  await inTenant(async (tx) => {
    await first(tx);
    later = inTenant(second);
    let waiting = false;
    for (let tries = 0; tries < 1_000 && !waiting; tries += 1) waiting = await waits();
    assert.ok(waiting, 'the second one waits for the first one');
  });
  await later;
}

test('what a person says is kept although the machine is about to write the first suggestion', async () => {
  const id = await newPaper();
  await overlapping(
    (tx) => suggestFacts(tx, id, read),
    (tx) => describeDocument(tx, id, 'Kim Muster', { sender: 'gesagt', kind: 'rent-contract' }),
  );
  const facts = await factsOf(id);
  assert.deepEqual([facts?.sender, facts?.kind, facts?.byPerson], ['gesagt', 'rent-contract', true]);
});

test('a suggestion that comes while a person is saying what it is leaves their word alone', async () => {
  for (const known of [false, true]) {
    const id = await newPaper();
    if (known) await inTenant((tx) => suggestFacts(tx, id, { ...read, sender: 'vorher gelesen' }));
    await overlapping(
      (tx) => describeDocument(tx, id, 'Kim Muster', { sender: 'gesagt' }),
      (tx) => suggestFacts(tx, id, read),
    );
    const facts = await factsOf(id);
    assert.deepEqual([facts?.sender, facts?.byPerson], ['gesagt', true]);
  }
});

test('two people who say different things of a paper both stay; what nobody touched is not written', async () => {
  const id = await newPaper();
  await overlapping(
    (tx) => describeDocument(tx, id, 'Kim Muster', { validUntil: '2027-10-31' }),
    (tx) => describeDocument(tx, id, 'Alex Beispiel', { kind: 'rent-contract' }),
  );
  const facts = await factsOf(id);
  assert.deepEqual([facts?.validUntil, facts?.kind], ['2027-10-31', 'rent-contract']);
});
