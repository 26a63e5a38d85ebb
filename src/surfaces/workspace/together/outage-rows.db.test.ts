import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../../test/support/office.ts';
import { instantInGermany } from '../../../kernel/dates.ts';
import { appointmentsOf, cannotCome, makeAppointment } from '../../../modules/appointments/index.ts';
import { readerOf } from '../../../modules/cases/index.ts';
import { addStaff } from '../../../modules/identity/index.ts';
import { addTeam } from '../../../modules/settings/index.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { outageRows } from './outage-rows.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
/** The last day of a year, a Thursday: the next day is a holiday, and then comes a weekend. */
const lastDay = '2026-12-31';
const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work, instantInGermany(lastDay, '07:00'));
const other = await at((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
assert.ok(other.kind === 'added');
async function hire(name: string, teamIds: string[]) {
  const login = name.toLowerCase();
  const staff = { login, name, role: 'clerk', password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP' } as const;
  const added = await at((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds }));
  assert.ok(added.kind === 'added');
  return { id: added.id, name, role: 'clerk' as const, teamIds };
}
const ada = await hire('Ada', [tenant.teams['leistung'] ?? '']);
const eva = await hire('Eva', [other.id]);

test('the list for an outage has the appointments until the next working day is over, with time, name, number and place', async () => {
  const { caseId } = await office.submit(tenant, { answers: { phone: '030 555 12' } });
  const act = {
    actor: { kind: 'staff', id: ada.id, name: 'Ada' } as const,
    reader: readerOf(ada),
    caseId,
    staffId: ada.id,
  };
  const make = (day: string, time: string, place: string) =>
    at((tx) =>
      makeAppointment(tx, act, {
        whom: 'stated',
        topic: 'housing',
        staffId: ada.id,
        startsAt: instantInGermany(day, time),
        minutes: 45,
        way: 'office',
        place,
        bring: '',
        note: 'nicht für die Liste',
      }),
    );
  for (const [day, time, place] of [
    [lastDay, '09:15', 'Zimmer 1'],
    ['2027-01-04', '16:30', 'Zimmer 2'],
    ['2027-01-05', '08:00', 'Zimmer 3'],
  ] as const)
    assert.deepEqual(await make(day, time, place), { kind: 'done' });
  const rows = await at((tx) => outageRows(tx, readerOf(ada), (key) => key));
  const meetings = rows.filter((row) => row.kind === 'appointment');
  assert.deepEqual(
    meetings.map((row) => [row.dueAt, row.minutes, row.person, row.phone, row.way, row.place, row.topic]),
    [
      ['2026-12-31T08:15:00.000Z', 45, 'Muster, Mika', '030 555 12', 'office', 'Zimmer 1', 'housing'],
      ['2027-01-04T15:30:00.000Z', 45, 'Muster, Mika', '030 555 12', 'office', 'Zimmer 2', 'housing'],
    ],
  );
  assert.ok(!JSON.stringify(rows).includes('nicht für die Liste'));
  assert.deepEqual(
    meetings.map((row) => row.cannotCome),
    [undefined, undefined],
  );
  const [first] = await at((tx) => appointmentsOf(tx, caseId));
  const said = { words: 'Mein Kind ist krank', otherTimes: '' };
  await at((tx) => cannotCome(tx, { kind: 'client' }, caseId, first?.id ?? '', said));
  const told = await at((tx) => outageRows(tx, readerOf(ada), (key) => key));
  assert.deepEqual(
    told.filter((row) => row.kind === 'appointment').map((row) => [row.place, row.cannotCome]),
    [
      ['Zimmer 1', true],
      ['Zimmer 2', undefined],
    ],
    'nobody waits for who cannot come',
  );
  assert.ok(!JSON.stringify(told).includes('krank'), 'the words stay in the case');
  const theirs = await at((tx) => outageRows(tx, readerOf(eva), (key) => key));
  assert.deepEqual(theirs, [], 'who may not see the case has none of it');
});
