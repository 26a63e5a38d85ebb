import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alikeText, type ContactSaid, contactFields, mergeSaid } from './employer.ts';
import { keptUntil } from './forget-contacts.ts';

test('the same name at the same place is alike, whatever stands behind it as a form of company', () => {
  const of = (name: string, place = 'Musterstadt') => alikeText({ name, place });
  assert.equal(of('Bäckerei Krume GmbH & Co. KG'), of('BAECKEREI  Krume'));
  assert.equal(of('Krume e. K.'), of('Krume'));
  assert.notEqual(of('Krume'), of('Krume', 'Neustadt'));
  assert.notEqual(of('Krume Nord'), of('Krume Süd'));
  assert.equal(of('AG'), 'ag musterstadt', 'a name of nothing else stays one');
});

test('of two who change one record both stay, and where it is one field, the second sees both', () => {
  const opened: ContactSaid = { name: 'Kim Beispiel', task: '', phone: '1', email: '' };
  const merge = (now: ContactSaid, mine: ContactSaid) => mergeSaid<ContactSaid>(contactFields, { opened, now, mine });
  assert.deepEqual(merge({ ...opened, phone: '2' }, { ...opened, task: 'Lager' }), {
    value: { ...opened, phone: '2', task: 'Lager' },
    conflicts: [],
  });
  assert.deepEqual(merge({ ...opened, phone: '2' }, { ...opened, phone: '3' }).conflicts, ['phone']);
  assert.deepEqual(merge({ ...opened, phone: '2' }, { ...opened, phone: '2' }).conflicts, []);
});

test('whole years are kept, of the 29th of February too', () => {
  assert.equal(keptUntil('2026-11-26', 2), '2028-11-26');
  assert.equal(keptUntil('2028-02-29', 2), '2030-03-01');
});
