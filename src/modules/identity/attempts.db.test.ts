import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { beginAttempt, clearAttempts, takeBack } from './index.ts';

const { services, jobcenter } = await startTestApp();
const inTenant = <T>(work: Parameters<typeof services.database.tenant<T>>[1]) =>
  services.database.tenant(jobcenter.id, work);
const login = { kind: 'login', subject: 'alex here', most: 5, minutes: 15 } as const;
const address = { kind: 'address', subject: 'here', most: 20, minutes: 15 } as const;
const begin = (...limits: Parameters<typeof beginAttempt>[2]) =>
  inTenant((tx) => beginAttempt(tx, services.linkKey, limits));

test('twenty guesses at once are five, and none of the refused counts for anything else', async () => {
  const begun = await Promise.all(
    Array.from({ length: 20 }, (_, i) => begin(...(i % 2 === 0 ? [login, address] : [address, login]))),
  );
  assert.equal(begun.filter((attempt) => attempt !== undefined).length, 5);
  const left = await Promise.all(Array.from({ length: 20 }, () => begin(address)));
  assert.equal(left.filter((attempt) => attempt !== undefined).length, 15);
});

test('a right proof is no failed one; somebody else is not slowed', async () => {
  const other = { ...login, subject: 'kim there' };
  for (let i = 0; i < 12; i += 1) {
    const attempt = await begin(other);
    assert.ok(attempt);
    await inTenant((tx) => takeBack(tx, attempt));
  }
  assert.equal(await begin(login), undefined);
  await inTenant((tx) => clearAttempts(tx, services.linkKey, login.kind, login.subject));
  assert.ok(await begin(login));
});
