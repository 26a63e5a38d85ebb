import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../test/support/office.ts';
import { instantInGermany } from '../kernel/dates.ts';
import { makeAppointment } from '../modules/appointments/index.ts';
import { findCase, readerOf } from '../modules/cases/index.ts';
import { addStaff } from '../modules/identity/index.ts';
import { beginNotice, findNotice } from '../modules/notices/index.ts';
import type { Tx } from '../platform/database/index.ts';
import { letterSource } from './notice-paper.ts';

const office = await openTestOffice();
const [tenant] = office.tenants;
assert.ok(tenant);
const at = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work, instantInGermany('2026-11-26', '10:00'));

test('a letter invites to the next appointment of its case, and says what is missing while there is none', async () => {
  const teamIds = [tenant.teams['leistung'] ?? ''];
  const staff = { login: 'ada', name: 'Ada', role: 'clerk', password: 'Ada Ada Ada', totpSecret: 'JBSWY3DP' } as const;
  const added = await at((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds }));
  assert.ok(added.kind === 'added');
  const { caseId } = await office.submit(tenant, {});
  const actor = { kind: 'staff', id: added.id, name: 'Ada' } as const;
  const reader = readerOf({ id: added.id, role: 'clerk', teamIds });
  const act = { actor, reader, caseId, staffId: added.id };
  const begun = await at((tx) =>
    beginNotice(tx, act, { template: 'einladung-termin', recipient: 'Mika Muster\nWeg 1\n01234 Musterstadt' }),
  );
  assert.ok(begun.kind === 'begun');
  const read = () =>
    at(async (tx) => {
      const [found, notice] = [await findCase(tx, reader, caseId), await findNotice(tx, reader, begun.id)];
      assert.ok(found && notice);
      return letterSource(tx, office.services, tenant.jobcenter, found, notice);
    });
  const unfilled = (problems: readonly unknown[]) => JSON.stringify(problems).match(/appointment\.\w+/g) ?? [];
  assert.deepEqual(unfilled((await read()).problems).toSorted(), ['appointment.when', 'appointment.where']);
  const talk = {
    whom: 'stated',
    topic: 'work',
    staffId: added.id,
    minutes: 45,
    bring: '',
    note: 'Nur für uns',
  } as const;
  for (const [day, time, way, place] of [
    ['2026-12-08', '08:00', 'office', 'Zimmer 2'],
    ['2026-12-01', '14:30', 'phone', '030 555 12'],
  ] as const)
    await at((tx) => makeAppointment(tx, act, { ...talk, startsAt: instantInGermany(day, time), way, place }));
  const source = await read();
  assert.deepEqual(unfilled(source.problems), []);
  assert.equal(source.values['appointment.when'], 'Dienstag, 1. Dezember 2026, 14:30 bis 15:15 Uhr');
  assert.equal(source.values['appointment.where'], 'Wir rufen Sie an: 030 555 12');
  const paper = JSON.stringify(source.paper);
  assert.ok(paper.includes('Dienstag, 1. Dezember 2026') && !paper.includes('Nur für uns'));
});
