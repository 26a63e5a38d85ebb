import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spellingsOf } from './spellings.ts';

test('a name has the spellings of German and of international passports', () => {
  assert.ok(spellingsOf('Schewtschenko, Olena').includes('shevchenko, olena'));
  assert.ok(spellingsOf('Shevchenko').includes('schewtschenko, '));
  assert.ok(spellingsOf('Karl Zander').includes('sander, carl'));
  assert.ok(spellingsOf('Yusuf').includes('jusuf, '));
  assert.deepEqual(spellingsOf('  '), []);
});
