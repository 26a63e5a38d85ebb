import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  hashPassword,
  loadMasterSecret,
  normalizeReadable,
  open,
  randomSecret,
  seal,
  verifyPassword,
} from './index.ts';

test('what is sealed opens only with its key, its context and all its bits', () => {
  const key = randomSecret();
  const sealed = seal(key, Buffer.from('Kontoauszug'), 'document 1');
  assert.equal(open(key, sealed, 'document 1').toString(), 'Kontoauszug');
  assert.ok(!sealed.includes('Kontoauszug'));
  assert.throws(() => open(key, sealed, 'document 2'));
  assert.throws(() => open(randomSecret(), sealed, 'document 1'));
  sealed[30] = (sealed[30] as number) ^ 1;
  assert.throws(() => open(key, sealed, 'document 1'));
});

test('passwords are argon2id with a salt of their own', async () => {
  const [one, two] = await Promise.all([hashPassword('richtig'), hashPassword('richtig')]);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(one, two);
  assert.equal(await verifyPassword(one, 'richtig'), true);
  assert.equal(await verifyPassword(one, 'falsch'), false);
  assert.equal(await verifyPassword('plain', 'plain'), false);
});

test('the master secret is made once, mode 0600, and read again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-secret-'));
  try {
    const first = loadMasterSecret(folder);
    assert.deepEqual(loadMasterSecret(folder), first);
    assert.equal(statSync(join(folder, 'master.key')).mode & 0o777, 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('typed codes are read as meant', () => {
  assert.equal(normalizeReadable(' o1li-abcd u'), '0111ABCDV');
});
