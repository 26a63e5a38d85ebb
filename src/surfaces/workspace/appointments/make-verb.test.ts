import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../platform/i18n/index.ts';
import { whomOptions } from './make-verb.tsx';

test('beside somebody with whom alone an appointment would be is said that they do not see it in the portal', () => {
  const visit = { t: translate('de') };
  const people = [
    { id: 'mika', name: 'Beispiel, Mika' },
    { id: 'robin', name: 'Beispiel, Robin' },
  ];
  const labels = (personId: string | null) =>
    whomOptions(visit, { personId, personName: 'Beispiel, Mika' }, people).map((each) => each.label);
  const unseen = 'sieht ihn nicht im Portal, bitte anrufen oder schreiben';
  assert.deepEqual(labels('mika'), ['Beispiel, Mika', `Beispiel, Robin: ${unseen}`, 'alle im Haushalt']);
  assert.deepEqual(labels(null), ['Beispiel, Mika', 'alle im Haushalt']);
});
