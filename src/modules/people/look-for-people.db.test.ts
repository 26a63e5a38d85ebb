import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { addHousehold, addPerson, lookForPeople, type PeopleQuery, type Spelling } from './index.ts';

const office = await openTestOffice();
const jobcenterId = office.tenants[0]?.jobcenter.id ?? '';
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenterId, work);

const add = (name: string, birthDate = '1984-05-06'): Promise<string> => {
  const [familyName = '', givenName = ''] = name.split(', ');
  return inTenant((tx) => addPerson(tx, { familyName, givenName, birthDate }));
};
/** Names as they come, those written alike with a wave before them. */
async function found(query: PeopleQuery, spelling?: Spelling): Promise<string[]> {
  const { people } = await inTenant((tx) => lookForPeople(tx, query, spelling));
  return people.map((each) => `${each.alike === true ? '~' : ''}${each.familyName}, ${each.givenName}`);
}

test('who has the name as it was typed comes alone; only where nobody has it, or when asked for, come those written alike, marked', async () => {
  for (const name of ['Tannenbergk, Uwe', 'Tannenberck, Ida']) await add(name);
  assert.deepEqual(await found({ name: 'Tannenbergk' }), ['Tannenbergk, Uwe']);
  assert.deepEqual(await found({ name: 'Tannenbergk' }, 'and-alike'), ['Tannenbergk, Uwe', '~Tannenberck, Ida']);
  assert.deepEqual((await found({ name: 'Tanenbergg' })).toSorted(), ['~Tannenberck, Ida', '~Tannenbergk, Uwe']);
  assert.deepEqual(await found({ name: 'Tanenbergg' }, 'as-typed'), []);
  assert.deepEqual(await found({}), [], 'without a question nobody leafs through the register');
});

test('a day of birth and a file number narrow those written alike too', async () => {
  const ida = await add('Wackerbarthen, Ida', '1991-02-03');
  await add('Wackerbartens, Uwe', '1992-02-03');
  await inTenant((tx) =>
    addHousehold(tx, {
      fileNumber: 'A-ALIKE-1',
      members: [{ personId: ida, role: 'applicant' }],
      fromDay: '2026-01-01',
    }),
  );
  assert.equal((await found({ name: 'Wakkerbart' })).length, 2);
  assert.deepEqual(await found({ name: 'Wakkerbart', birthDate: '1992-02-03' }), ['~Wackerbartens, Uwe']);
  assert.deepEqual(await found({ name: 'Wakkerbart', fileNumber: 'A-ALIKE-1' }), ['~Wackerbarthen, Ida']);
  assert.deepEqual(await found({ name: 'Wakkerbart', fileNumber: 'A-ALIKE-2' }), []);
});

test('more who fit than are shown is said, and many of the very same name hide nobody who is written alike', async () => {
  for (let day = 1; day <= 21; day++) await add('Rosskamper, Kim', `1990-01-${String(day).padStart(2, '0')}`);
  await add('Roskammper, Ali');
  const many = await inTenant((tx) => lookForPeople(tx, { name: 'Rosskamper' }));
  assert.deepEqual([many.people.length, many.more], [20, true]);
  const alike = await inTenant((tx) => lookForPeople(tx, { name: 'Rosskampr' }));
  assert.deepEqual([alike.people.length, alike.more], [10, true]);
  const both = await found({ name: 'Rosskamper' }, 'and-alike');
  assert.deepEqual(both.slice(19), ['Rosskamper, Kim', '~Roskammper, Ali']);
  const one = await inTenant((tx) => lookForPeople(tx, { name: 'Rosskamper', birthDate: '1990-01-21' }));
  assert.deepEqual([one.people.length, one.more], [1, false]);
});
