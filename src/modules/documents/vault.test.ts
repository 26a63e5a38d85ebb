import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanName } from './vault.ts';

test('a name keeps what tells people apart and loses what could harm', () => {
  assert.equal(cleanName('../../etc/passwd'), 'passwd');
  assert.equal(cleanName('C:\\Bilder\\Mietvertrag.pdf'), 'Mietvertrag.pdf');
  assert.equal(cleanName('...'), 'Dokument');
  assert.equal(cleanName(`${'ä'.repeat(300)}.jpeg`).length, 120);
  assert.ok(cleanName(`${'ä'.repeat(300)}.jpeg`).endsWith('….jpeg'));
});

test('a name is never cut inside a character', () => {
  for (let length = 100; length < 130; length += 1) {
    const name = cleanName(`${'a'.repeat(length)}😀😀😀${'b'.repeat(20)}`);
    assert.ok(name.isWellFormed(), String(length));
  }
});
