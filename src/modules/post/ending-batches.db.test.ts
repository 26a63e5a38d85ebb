import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import { fixedClock } from '../../platform/clock/index.ts';
import { insertRaw } from '../documents/index.ts';
import { askEnding } from './ending-batches.ts';
import { asideDays } from './erase-batch.ts';
import { endingBatches } from './index.ts';

const clock = fixedClock('2026-11-02T09:00:00Z');
const office = await openTestOffice(clock);
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const { services } = office;
const { id: jobcenterId } = tenant.jobcenter;
const inOffice = <T>(work: Parameters<typeof services.database.tenant<T>>[1]): Promise<T> =>
  services.database.tenant(jobcenterId, work);
const reader = { role: 'lead', id: randomUUID(), teamIds: [] } as const;
const ago = (days: number): Date => new Date(clock.now().getTime() - days * 86_400_000);

/** A scan that is still there, as every stack of this test has it. */
const documentId = await inOffice(async (tx) => {
  const cut = { name: 'scan.pdf', bytes: Buffer.from('%PDF-1.7'), mediaType: 'application/pdf', pages: 2 };
  const prepared = await services.vault.prepare(jobcenterId, cut);
  await insertRaw(tx, prepared);
  return prepared.id;
});

/** Since how many days a letter lies aside, and when it was filed before that; or an open one. */
type Letter = { readonly aside: number; readonly filed?: number } | 'open';

/** A stack of so many days ago, with a page for each letter. */
const stack = (name: string, days: number, letters: readonly Letter[]): Promise<void> =>
  inOffice(async (tx) => {
    const id = tx.newId();
    await tx.raw(
      `insert into app.scan_batch (jobcenter_id, id, document_id, name, source, sha256, received_on, created_at, pages, state)
       values ($1, $2, $3, $4, 'folder', $5, '2025-01-01', $6, $7, 'ready')`,
      [jobcenterId, id, documentId, name, randomBytes(32), ago(days), letters.length],
    );
    for (const [at, letter] of letters.entries()) {
      const letterId = tx.newId();
      const [aside, filed] = letter === 'open' ? [] : [letter.aside, letter.filed].map((each) => each && ago(each));
      await tx.raw(
        `insert into app.scan_letter (jobcenter_id, id, batch_id, position, begins, state, suggestion, aside_at, filed_at)
         values ($1, $2, $3, $4, 'first', $5, '{}', $6, $7)`,
        [jobcenterId, letterId, id, at + 1, letter === 'open' ? 'open' : 'aside', aside, filed],
      );
      await tx.raw(
        `insert into app.scan_page (jobcenter_id, batch_id, page, state, letter_id, place) values ($1, $2, $3, 'read', $4, 0)`,
        [jobcenterId, id, at + 1, letterId],
      );
    }
  });

test('a hundred stacks that do not end hide none that does', async () => {
  for (let at = 0; at < 40; at += 1) {
    await stack('held by an open letter', 800, [{ aside: 750 }, 'open']);
    await stack('held by a letter put aside since', 800, [{ aside: 750 }, { aside: 20 }]);
    await stack('held for two years', 800, [{ aside: 400, filed: 410 }]);
  }
  await stack('second', 705, [{ aside: 700 }, { aside: 340 }]);
  await stack('first', 710, [{ aside: 700 }]);
  const named = async (keepDays: number) => {
    const ending = await inOffice((tx) => endingBatches(tx, reader, keepDays));
    return ending.map(({ name, aside, day }) => [name, aside, day]);
  };
  const today = dayInGermany(clock.now());
  assert.deepEqual(await named(720), [
    ['first', 1, addDays(today, 10)],
    ['second', 2, addDays(today, asideDays - 340)],
  ]);
  assert.equal((await named(30)).length, 42, 'where scans are not held for so long, these go as well');
});

test('of the stacks of many years only those are read whose scan is still there', async () => {
  const owner = new pg.Client({ connectionString: office.database.ownerUrl });
  await owner.connect();
  await owner.query(`begin; select app.enter('${jobcenterId}')`);
  await owner.query(
    `with gone as (
       insert into app.scan_batch (jobcenter_id, id, name, source, sha256, received_on, created_at, pages, state)
       select $1, gen_random_uuid(), 'gone', 'folder', sha256(n::text::bytea), '2024-01-01', $2, 1, 'ready' from generate_series(1, 5000) n
       returning id
     ), letter as (
       insert into app.scan_letter (jobcenter_id, id, batch_id, position, begins, state, suggestion, aside_at)
       select $1, gen_random_uuid(), id, n, 'first', 'aside', '{}', $2 from gone, generate_series(1, 4) n
       returning id, batch_id, position
     )
     insert into app.scan_page (jobcenter_id, batch_id, page, state, letter_id, place)
     select $1, batch_id, position, 'read', id, 0 from letter`,
    [jobcenterId, ago(500)],
  );
  await owner.query('commit; analyze app.scan_batch, app.scan_letter, app.scan_page').finally(() => owner.end());
  const plan = await inOffice((tx) => askEnding(tx, reader, 30).explain('text'));
  assert.match(JSON.stringify(plan), /scan_batch_document/);
  assert.doesNotMatch(JSON.stringify(plan), /Seq Scan/);
});
