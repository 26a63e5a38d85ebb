import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, openCaseOffice } from '../../../test/support/case-office.ts';
import {
  assignCase,
  decideCase,
  type InboxCursor,
  type InboxFilter,
  inbox,
  ownLoad,
  readerOf,
  unassignedLoad,
} from './index.ts';

const { office, benefits, inTenant, hire, newCase, tenant } = await openCaseOffice();
const ada = await hire('Ada', [benefits]);
const decision = { result: 'granted', reasons: 'Alles da.' } as const;

/** All pages of two, one after the other. */
async function listed(filter: InboxFilter): Promise<string[]> {
  const ids: string[] = [];
  for (let after: InboxCursor | undefined, first = true; first || after !== undefined; first = false) {
    const from = after;
    const page = await inTenant((tx) => inbox(tx, readerOf(ada), filter, from, 2));
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next;
  }
  return ids;
}

test('what is decided stands apart from what waits for its answer, over all pages, and is counted apart', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 7; i += 1) ids.push(await newCase());
  for (const id of ids) await inTenant((tx) => assignCase(tx, act(ada, id), ada));
  const [decided, others] = [ids.filter((_, i) => i % 2 === 0), ids.filter((_, i) => i % 2 === 1)];
  for (const id of decided) await inTenant((tx) => decideCase(tx, act(ada, id), decision));
  const mine = { assigneeId: ada.id };
  assert.deepEqual((await listed({ ...mine, undecided: true })).toSorted(), others.toSorted());
  assert.deepEqual((await listed({ ...mine, state: 'decided' })).toSorted(), decided.toSorted());
  assert.deepEqual((await listed(mine)).toSorted(), ids.toSorted(), 'programs that ask for what is open get both');
  const own = await inTenant((tx) => ownLoad(tx, readerOf(ada), '2026-11-26'));
  assert.deepEqual([own.open, own.decided], [3, 4]);
  const free = await newCase();
  const before = await inTenant((tx) => unassignedLoad(tx, readerOf(ada), benefits, '2026-11-26'));
  await inTenant((tx) => decideCase(tx, act(ada, free), decision));
  const after = await inTenant((tx) => unassignedLoad(tx, readerOf(ada), benefits, '2026-11-26'));
  assert.deepEqual([after.open, after.decided], [before.open - 1, before.decided + 1]);
});

test('each list of undecided cases is read in its order from an index, as the role that sees one Jobcenter only', async () => {
  const filters = { '': 'undecided', team_id: 'team', assignee_id: 'assignee', concern: 'concern', channel: 'channel' };
  for (const [column, index] of Object.entries(filters)) {
    const value = column.endsWith('_id') ? `'${ada.id}'` : "'umzug'";
    const plan = await office.services.database.tenant(tenant.jobcenter.id, async (tx) => {
      await tx.raw('set local enable_seqscan = off', []);
      await tx.raw('set local enable_sort = off', []);
      await tx.raw('set local enable_bitmapscan = off', []);
      return tx.raw<{ 'QUERY PLAN': string }>(
        `explain (costs off) select id from app.office_case where closed_at is null and office_case.state <> 'decided'
           ${column === '' ? '' : `and ${column} = ${value}`} order by due_on, id limit 41`,
        [],
      );
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    assert.match(text, new RegExp(`using office_case_undecided${column === '' ? '' : `_${index}`} `), text);
    assert.doesNotMatch(text, /Sort/);
  }
});
