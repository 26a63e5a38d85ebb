import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, openCaseOffice } from '../../../test/support/case-office.ts';
import { addPerson } from '../people/index.ts';
import { asFound, confirmPerson, decideCase, readerOf, searchCases } from './index.ts';

const { benefits, inTenant, hire, newCase } = await openCaseOffice();
const ada = await hire('Ada', [benefits]);

test('the cases of somebody: what waits for its answer stands before what is decided, the newest first', async () => {
  const born = '1980-04-03';
  const personId = await inTenant((tx) =>
    addPerson(tx, { familyName: 'Türschwellner', givenName: 'Frieda', birthDate: born }),
  );
  const person = { id: personId, householdId: null, name: 'Türschwellner, Frieda', birthDate: born };
  const ids = [await newCase(), await newCase(), await newCase(), await newCase()];
  for (const [day, id] of ids.entries())
    await inTenant(async (tx) => {
      await confirmPerson(tx, act(ada, id), person);
      await tx.raw("update app.office_case set opened_at = opened_at + $2 * interval '1 day' where id = $1", [id, day]);
    });
  const [first = '', second = '', third = '', last = ''] = ids;
  for (const id of [second, last])
    await inTenant((tx) => decideCase(tx, act(ada, id), { result: 'granted', reasons: 'Alles da.' }));
  const found = await inTenant((tx) => searchCases(tx, readerOf(ada), { personIds: [personId] }));
  assert.deepEqual(
    found.map((row) => row.id),
    [third, first, last, second],
  );
  assert.deepEqual(found.toSorted(asFound), found, 'lists that are put together keep that order');
  const two = await inTenant((tx) => searchCases(tx, readerOf(ada), { personIds: [personId] }, 2));
  assert.deepEqual(
    two.map((row) => row.id),
    [third, first],
    'a list that is cut has the open ones',
  );
});
