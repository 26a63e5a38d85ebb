import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../platform/i18n/index.ts';
import { lookReason } from './look-reasons.ts';

test('the reasons of the office stand in words and in the language of the person; what somebody wrote stays as it is', () => {
  const [de, en] = [translate('de'), translate('en')];
  assert.equal(lookReason(de, 'Textstelle in der Suche'), 'Suche nach einem Namen oder Wort');
  assert.equal(lookReason(en, 'Textstelle in der Suche'), 'searched for a name or a word');
  assert.equal(lookReason(de, 'Passage in the search'), 'Suche nach einem Namen oder Wort');
  assert.equal(lookReason(de, 'Das Gericht hat die Akte verlangt.'), 'Das Gericht hat die Akte verlangt');
});
