import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import type { Tx } from '../../platform/database/index.ts';
import { addPerson } from '../people/index.ts';
import { addTeam } from '../settings/index.ts';
import { type CaseReader, confirmPerson, similarStated } from './index.ts';

const office = await openTestOffice();
const tenant = office.tenants[0];
assert.ok(tenant);
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const id = '019ac000-0000-7000-8000-000000000001';
const lead: CaseReader = { role: 'lead', id, teamIds: [] };
const stranger: CaseReader = { role: 'clerk', id, teamIds: ['019ac000-0000-7000-8000-0000000000ff'] };
const found = async (text: string, reader = lead) =>
  (await inTenant((tx) => similarStated(tx, reader, text))).found.map((each) => each.id);

test('a stated name is found by its sound by whoever may see the case, also where the office found it out, and not once somebody confirmed', async () => {
  const said = { familyName: 'Przykładek', givenName: 'Łucja', birthDate: '1990-04-03' };
  const { caseId } = await office.submit(tenant, { person: said });
  const letter = await office.submit(tenant, { person: { familyName: '', givenName: '' } });
  assert.deepEqual(await found('Pschikladek'), [caseId]);
  assert.deepEqual(await found('Pschikladek', stranger), []);
  const personId = await inTenant((tx) => addPerson(tx, said));
  const person = { id: personId, householdId: null, name: 'Przykładek, Łucja', birthDate: '1990-04-03' } as const;
  const confirm = (of: string, who: typeof person | null) =>
    inTenant((tx) =>
      confirmPerson(tx, { actor: { kind: 'staff', id, name: 'Kim Muster' }, reader: lead, caseId: of }, who),
    );
  await confirm(caseId, person);
  await confirm(letter.caseId, person);
  assert.deepEqual(await found('Pschikladek'), [], 'they are found as a person');
  await confirm(letter.caseId, null);
  assert.deepEqual(await found('Lutsja Pschikladek'), [letter.caseId]);
});

test('a stated name is found by one part of its family name, misspelt, by whoever may see the case', async () => {
  const { caseId } = await office.submit(tenant, {
    person: { familyName: 'Müllerin-Çevikoglu', givenName: 'Ayla', birthDate: '1991-05-04' },
  });
  for (const text of ['Tschevikoglu', 'Cevikoğlu, Aila']) assert.deepEqual(await found(text), [caseId], text);
  assert.deepEqual(await found('Tschevikoglu', stranger), []);
});

test('of more than ten cases ten are shown, and that there are more is said of those alone that the reader may see', async () => {
  const { leistung = '' } = tenant.teams;
  const other = await inTenant((tx) => addTeam(tx, { key: 'woanders', name: 'Woanders', phone: '' }));
  assert.ok(other.kind === 'added');
  for (let n = 0; n < 11; n++) {
    const person = { familyName: 'Zwillingsen', givenName: 'Kim', birthDate: `1990-01-${n + 10}` };
    await office.submit(tenant, { person, teamId: n === 0 ? other.id : leistung });
  }
  const clerk: CaseReader = { role: 'clerk', id, teamIds: [leistung] };
  const asked = async (reader: CaseReader, birthDate?: string) => {
    const { found, more } = await inTenant((tx) => similarStated(tx, reader, 'Swilingsen', birthDate));
    return { found: found.length, more };
  };
  assert.deepEqual(await asked(lead), { found: 10, more: true });
  assert.deepEqual(await asked(clerk), { found: 10, more: false });
  assert.deepEqual(await asked(lead, '1990-01-10'), { found: 1, more: false });
  assert.deepEqual(await asked(clerk, '1990-01-10'), { found: 0, more: false });
});
