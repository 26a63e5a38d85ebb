import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostLetters } from '../../../modules/notices/index.ts';
import { translate } from '../../../platform/i18n/index.ts';
import { printWords } from './list.tsx';

test('of more letters than are printed at once no number is said that is not theirs', () => {
  const t = translate('de');
  assert.deepEqual(printWords(t, { receipts: 2, letters: mostLetters, printed: 1 }), {
    way: 'Drucken (202)',
    waits: 'Auf den Druck warten: 200 Briefe, 2 Bestätigungen. 1 gedruckter Brief muss noch zur Post.',
  });
  assert.deepEqual(printWords(t, { receipts: 2, letters: mostLetters + 1, printed: mostLetters + 1 }), {
    way: 'Drucken (mehr als 202)',
    waits:
      'Auf den Druck warten: mehr als 200 Briefe, 2 Bestätigungen. Mehr als 200 gedruckte Briefe müssen noch zur Post.',
  });
  assert.equal(printWords(t, { receipts: 0, letters: 0, printed: 0 }).waits, 'Nichts wartet auf den Druck.');
});
