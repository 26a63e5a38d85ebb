import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApp } from '../../../test/support/app.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { claimCommand } from './index.ts';

const { services, jobcenter } = await startTestApp();
const actor = { kind: 'staff', id: 'somebody', name: 'Alex Beispiel' } as const;
const claim = (key: string, request: string, who: typeof actor | { kind: 'client' } = actor) =>
  services.database.tenant(jobcenter.id, (tx) => claimCommand(tx, who, key, sha256(request)));

test('a command is claimed once, also when eight come at once; another request under its key is told apart', async () => {
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => claim('k', 'one')));
  assert.deepEqual(outcomes.toSorted(), ['claimed', ...Array(7).fill('repeated')]);
  assert.equal(await claim('k', 'two'), 'key-reused');
  assert.equal(await claim('k', 'one', { kind: 'client' }), 'claimed');
});

test('a command whose work failed is free again', async () => {
  const failing = services.database.tenant(jobcenter.id, async (tx) => {
    await claimCommand(tx, actor, 'again', sha256('one'));
    throw new Error('crash');
  });
  await assert.rejects(failing, /crash/);
  assert.equal(await claim('again', 'one'), 'claimed');
});
