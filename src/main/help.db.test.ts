import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTestOffice } from '../../test/support/office.ts';
import { hasUnreadNews, markNewsSeen, openLibrary, seenNews, tickedTasks, tickTask } from '../modules/help/index.ts';
import { addStaff, newTotpSecret } from '../modules/identity/index.ts';
import { projectPath } from '../platform/env/project.ts';
import { totpKey } from '../surfaces/totp-key.ts';

const { services, tenants } = await openTestOffice();
const [here, there] = tenants.map((each) => each.jobcenter.id) as [string, string];
const { tenant } = services.database;

const colleague = (jobcenterId: string, login: string): Promise<string> =>
  tenant(jobcenterId, async (tx) => {
    const secrets = { password: 'a long password', totpSecret: newTotpSecret() };
    const who = { login, name: login, role: 'clerk', teamIds: [], ...secrets } as const;
    const added = await addStaff(tx, totpKey(services), who);
    return added.kind === 'added' ? added.id : '';
  });

test('the dot goes away for the person who has seen everything, and only for them', async () => {
  const [kim, alex] = [await colleague(here, 'kim'), await colleague(here, 'alex')];
  const shelf = await openLibrary({
    shipped: projectPath('texts'),
    own: mkdtempSync(join(tmpdir(), 'tandem-none-')),
    now: () => services.clock.now(),
    failed: () => undefined,
  }).of('musterstadt');
  const state = { shelf, language: 'de', today: '2026-11-26' } as const;
  const unread = (id: string, today: string = state.today) =>
    tenant(here, (tx) => hasUnreadNews(tx, id, { ...state, today }));
  assert.ok(await unread(kim));
  const entries = shelf.news('de', state.today).map((entry) => entry.key);
  await tenant(here, (tx) => markNewsSeen(tx, kim, entries.slice(1)));
  assert.ok(await unread(kim), 'one is left');
  await tenant(here, (tx) => markNewsSeen(tx, kim, entries));
  assert.equal(await unread(kim), false);
  assert.ok(await unread(alex));
  assert.equal((await tenant(here, (tx) => seenNews(tx, kim))).size, entries.length);
});

test('ticks are kept per person and Jobcenter, can be repeated and taken back', async () => {
  const [kim, other] = [await colleague(here, 'kim2'), await colleague(there, 'kim2')];
  const tick = (done: boolean) => tenant(here, (tx) => tickTask(tx, kim, 'tag-1-1-neues', done));
  const ticked = async (jobcenterId: string, id: string) => [
    ...(await tenant(jobcenterId, (tx) => tickedTasks(tx, id))).keys(),
  ];
  await tick(true);
  await tick(true);
  assert.deepEqual(await ticked(here, kim), ['tag-1-1-neues']);
  assert.deepEqual(await ticked(there, kim), []);
  assert.deepEqual(await ticked(there, other), []);
  await tick(false);
  await tick(false);
  assert.deepEqual(await ticked(here, kim), []);
});
