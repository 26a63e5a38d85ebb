import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { type findCase, setPersonEmail, timeline } from '../cases/index.ts';
import { addPerson, emailOf, matchPerson } from '../people/index.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant !== undefined);
const inOffice = <T>(work: Parameters<typeof office.services.database.tenant<T>>[1]): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);
const actor = { kind: 'staff', id: '01890000-0000-7000-8000-000000000001', name: 'Kim Muster' } as const;
const lead = { role: 'lead', id: actor.id, teamIds: [] } as const;

test('an address is kept with the confirmed person, is a hint and no proof, and the history keeps what stood there', async () => {
  const personId = await inOffice((tx) =>
    addPerson(tx, { familyName: 'Yılmaz', givenName: 'Elif', birthDate: '1991-02-03' }),
  );
  const { caseId } = await office.submit(tenant, { identified: { personId, householdId: null } });
  const set = (email: string | null, reader: Parameters<typeof findCase>[1] = lead) =>
    inOffice(async (tx) => (await setPersonEmail(tx, { actor, reader, caseId }, email)).kind);
  assert.equal(await set('Elif@Beispiel.example'), 'done');
  assert.equal(await set('elif@beispiel.EXAMPLE'), 'unchanged');
  assert.equal(await inOffice((tx) => emailOf(tx, personId)), 'elif@beispiel.example');
  const [match] = await inOffice((tx) =>
    matchPerson(tx, { familyName: '', givenName: '', email: 'elif@beispiel.example' }),
  );
  assert.deepEqual([match?.id, match?.reasons], [personId, ['email']]);
  assert.equal(await set(null), 'done');
  assert.equal(await inOffice((tx) => emailOf(tx, personId)), null);
  const changes = (await inOffice((tx) => timeline(tx, caseId))).filter((event) => event.kind === 'email-changed');
  assert.deepEqual(
    changes.map((event) => event.detail).sort((a, b) => String(a.before).localeCompare(String(b.before))),
    [
      { before: 'elif@beispiel.example', after: null },
      { before: null, after: 'elif@beispiel.example' },
    ],
  );
  assert.equal(await set('x@beispiel.example', { role: 'clerk', id: actor.id, teamIds: [] }), 'not-found');
});

test('a case whose person nobody has confirmed keeps no address', async () => {
  const { caseId } = await office.submit(tenant);
  const tried = await inOffice((tx) => setPersonEmail(tx, { actor, reader: lead, caseId }, 'a@beispiel.example'));
  assert.equal(tried.kind, 'not-found');
});
