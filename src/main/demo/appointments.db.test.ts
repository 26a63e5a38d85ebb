import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { appointmentsOf } from '../../modules/appointments/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { demoAppointments } from './appointments.ts';
import { createRandom } from './random.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
/** A Thursday morning, before offices open; the cases came a week before. */
const now = new Date('2026-11-26T05:00:00Z');
const inTenant = <T>(work: (tx: Tx) => Promise<T>, at = now): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work, at);
const staff = { login: 'ada', name: 'Ada', role: 'lead', password: 'Ada Ada Ada Ada', totpSecret: 'JBSWY3DP' } as const;
const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds: [] }));
assert.ok(added.kind === 'added');

test('the demonstration shows an appointment to come in each case it is asked for, and over many cases every course', async () => {
  const ends = new Set<string | null>();
  let [answers, moves] = [0, 0];
  for (let i = 0; i < 16; i += 1) {
    const { caseId } = await office.submit(tenant, {});
    const act = {
      actor: { kind: 'staff', id: added.id, name: 'Ada' } as const,
      reader: { role: 'lead', id: added.id, teamIds: [] } as const,
      caseId,
      staffId: added.id,
    };
    await inTenant(
      (tx) =>
        demoAppointments(tx, act, {
          random: createRandom(`probe/${i}`),
          now,
          later: (at) => ({ ...tx, now: at }),
        }),
      new Date('2026-11-19T05:00:00Z'),
    );
    const all = await inTenant((tx) => appointmentsOf(tx, caseId));
    const open = all.filter((each) => each.endedAt === null);
    assert.equal(open.length, 1);
    assert.ok(open.every((each) => each.startsAt > now));
    for (const each of all) ends.add(each.endedAs);
    answers += open.filter((each) => each.answer !== null).length;
    moves += open.filter((each) => each.moves > 0).length;
  }
  assert.ok(ends.has('held') && ends.has('missed') && answers > 0 && moves > 0);
});
