import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InsertBatch, insertStatement } from './insert-batch.ts';

const insert = (table: string, ...values: unknown[]) => ({
  text: `insert into ${table} values (${values.map((_, i) => `$${i + 1}`).join(', ')})`,
  values,
});

test('inserts that wait become one statement with all their parameters', () => {
  const batch = new InsertBatch();
  assert.equal(batch.take(), undefined);
  batch.add(insert('a', 1));
  assert.deepEqual(batch.take(), { text: 'insert into a values ($1)', values: [1] });
  for (const [table, ...values] of [
    ['a', 1, 2],
    ['b', 3],
    ['c', 4, 5],
  ] as const)
    batch.add(insert(table, ...values));
  assert.deepEqual(batch.take(), {
    text: 'with part_0 as (insert into a values ($1, $2)), part_1 as (insert into b values ($3)) insert into c values ($4, $5)',
    values: [1, 2, 3, 4, 5],
  });
  assert.equal(batch.take(), undefined);
});

test('there is room for sixteen different inserts, and for each once', () => {
  const batch = new InsertBatch();
  assert.equal(batch.hasRoomFor('insert into a'), true);
  batch.add({ text: 'insert into a', values: [] });
  assert.equal(batch.hasRoomFor('insert into a'), false);
  for (let i = 1; i < 16; i += 1) batch.add({ text: `insert into t${i}`, values: [] });
  assert.equal(batch.hasRoomFor('insert into b'), false);
});

test('an insert of rows names the tenant in each', () => {
  assert.deepEqual(
    insertStatement('j', 'paper', [
      { id: 1, name: 'a' },
      { id: 2, name: null },
    ]),
    {
      text: 'insert into "paper" ("id", "name", "jobcenter_id") values ($1, $2, $3), ($4, $5, $6)',
      values: [1, 'a', 'j', 2, null, 'j'],
    },
  );
});
