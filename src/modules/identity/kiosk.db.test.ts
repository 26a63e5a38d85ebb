import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { findApiToken, findKiosk, issuedTokens, makeKioskCode, revokeApiToken, unlockKiosk } from './index.ts';

const { services, tenants } = await openTestOffice();
const [here, elsewhere] = tenants.map((tenant) => tenant.jobcenter.id);
const inTenant = <T>(work: (tx: Tx) => Promise<T>, now?: Date, jobcenter = here ?? '') =>
  services.database.tenant(jobcenter, work, now);
const later = (hours: number): Date => new Date(services.clock.now().getTime() + hours * 3_600_000);

test('a code unlocks one tablet of its Jobcenter, once, for an hour', async () => {
  const code = await inTenant((tx) => makeKioskCode(tx, 'Eingangshalle'));
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  assert.equal(await inTenant((tx) => unlockKiosk(tx, code), undefined, elsewhere), undefined);
  assert.equal(await inTenant((tx) => unlockKiosk(tx, code), later(1.1)), undefined);
  assert.equal(await inTenant((tx) => unlockKiosk(tx, '0000-0000-0000-0000')), undefined);
  const twice = await Promise.all([1, 2].map(() => inTenant((tx) => unlockKiosk(tx, code.toLowerCase()))));
  const [unlocked, ...others] = twice.filter((each) => each !== undefined);
  assert.ok(unlocked);
  assert.equal(others.length, 0);
  const found = (now?: Date, jobcenter?: string) => inTenant((tx) => findKiosk(tx, unlocked.secret), now, jobcenter);
  assert.equal((await found())?.name, 'Eingangshalle');
  assert.equal(await found(undefined, elsewhere), undefined);
  assert.ok(await found(later(24 * 179)));
  assert.equal(await found(later(24 * 181)), undefined);
});

test('a tablet can be locked, and its secret is no token of the API', async () => {
  const code = await inTenant((tx) => makeKioskCode(tx, 'Flur'));
  const unlocked = await inTenant((tx) => unlockKiosk(tx, code));
  assert.ok(unlocked);
  for (const text of [code, unlocked.secret, `tandem.${here}.${unlocked.secret}`])
    assert.equal(await inTenant((tx) => findApiToken(tx, text)), undefined);
  assert.ok((await inTenant(issuedTokens)).some((each) => each.id === unlocked.id));
  await inTenant((tx) => revokeApiToken(tx, unlocked.id));
  assert.equal(await inTenant((tx) => findKiosk(tx, unlocked.secret)), undefined);
});
