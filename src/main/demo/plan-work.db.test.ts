import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { dayInGermany } from '../../kernel/dates.ts';
import { caseChecks, openFollowUps } from '../../modules/cases/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import { addEntry, agreements, endEntry, planEntries, planReviews } from '../../modules/plans/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { translate } from '../../platform/i18n/index.ts';
import { saidIn, saidRows } from '../file-export/said-lines.ts';
import { planWork } from './plan-work.ts';
import { createRandom } from './random.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
const today = dayInGermany(office.services.clock.now());
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const staff = { login: 'ada', name: 'Ada', role: 'lead', password: 'Ada Ada Ada Ada', totpSecret: 'JBSWY3DP' } as const;
const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds: [] }));
assert.ok(added.kind === 'added');
const act = (caseId: string) => ({
  actor: { kind: 'staff', id: added.id, name: 'Ada' } as const,
  reader: { role: 'lead', id: added.id, teamIds: [] } as const,
  caseId,
  staffId: added.id,
  staffName: 'Ada',
});

test('the demonstration shows a plan of both sides, whatever the dice say', async () => {
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const { caseId } = await office.submit(tenant, {});
    await inTenant((tx) => planWork(tx, act(caseId), { random: createRandom(seed), today }));
    const agreed = await inTenant((tx) => agreements(tx, caseId));
    assert.deepEqual(new Set(agreed.map((each) => each.side)), new Set(['person', 'office']));
    assert.equal((await inTenant((tx) => planReviews(tx, caseId))).length, 1);
    assert.equal((await inTenant((tx) => caseChecks(tx, caseId))).length, 1);
    assert.ok((await inTenant((tx) => openFollowUps(tx, caseId))).length >= 3);
  }
});

test('an export of the file holds what the timeline does not say, and nothing that was taken back', async () => {
  const { caseId } = await office.submit(tenant, {});
  await inTenant((tx) => addEntry(tx, act(caseId), { kind: 'burden', words: 'Die Briefe machen mir Angst' }));
  await inTenant((tx) => addEntry(tx, act(caseId), { kind: 'surroundings', words: 'Meine Schwester hilft' }));
  const words = { t: translate('de'), language: 'de' } as const;
  const rows = async () => saidRows(words, await inTenant((tx) => saidIn(tx, caseId))).map((row) => row.answer);
  assert.deepEqual((await rows()).toSorted(), ['Die Briefe machen mir Angst', 'Meine Schwester hilft']);
  const burden = (await inTenant((tx) => planEntries(tx, caseId))).find((each) => each.kind === 'burden');
  await inTenant((tx) => endEntry(tx, act(caseId), burden?.id ?? '', { as: 'taken-back', reason: '' }));
  assert.deepEqual(await rows(), ['Meine Schwester hilft']);
});
