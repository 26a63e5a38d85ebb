import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../test/support/office.ts';
import { smallPdf } from '../../test/support/submit.ts';
import { instantInGermany } from '../kernel/dates.ts';
import { appointmentsOf, endAppointment, makeAppointment, moveAppointment } from '../modules/appointments/index.ts';
import { findCase, readerOf } from '../modules/cases/index.ts';
import { addStaff } from '../modules/identity/index.ts';
import {
  allTemplates,
  beginNotice,
  findNotice,
  invitation,
  releaseNotice,
  saveTemplate,
  submitNotice,
  writeNotice,
} from '../modules/notices/index.ts';
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
  assert.deepEqual(unfilled((await read()).problems).toSorted(), [
    'appointment.topic',
    'appointment.when',
    'appointment.where',
  ]);
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
  assert.equal(source.values['appointment.where'], 'Wir rufen Sie an: 030\u00a0555\u00a012');
  assert.equal(source.values['appointment.topic'], 'Arbeit');
  const paper = JSON.stringify(source.paper);
  assert.ok(paper.includes('Dienstag, 1. Dezember 2026') && !paper.includes('Nur für uns'));
});

test('a letter invites to the appointment that was chosen, and to no other one when that is called off; moved since, it is not released', async () => {
  const { caseId } = await office.submit(tenant, {});
  const { caseId: elsewhere } = await office.submit(tenant, {});
  const hire = async (login: string) => {
    const teamIds = [tenant.teams['leistung'] ?? ''];
    const staff = { login, name: login, role: 'clerk', password: 'Bea Bea Bea Bea', totpSecret: 'JBSWY3DP' } as const;
    const added = await at((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...staff, teamIds }));
    assert.ok(added.kind === 'added');
    return {
      id: added.id,
      actor: { kind: 'staff', id: added.id, name: login } as const,
      reader: readerOf({ id: added.id, role: 'clerk', teamIds }),
    };
  };
  const [bea, eva] = [await hire('bea'), await hire('eva')];
  const act = { actor: bea.actor, reader: bea.reader, caseId, staffId: bea.id };
  const talk = {
    whom: 'stated',
    topic: 'work',
    staffId: bea.id,
    minutes: 45,
    bring: '',
    note: '',
    way: 'office',
    place: '',
  } as const;
  for (const day of ['2026-12-08', '2026-12-01', '2026-12-15'])
    await at((tx) => makeAppointment(tx, act, { ...talk, startsAt: instantInGermany(day, '08:00') }));
  await at((tx) =>
    makeAppointment(tx, { ...act, caseId: elsewhere }, { ...talk, startsAt: instantInGermany('2026-12-02', '08:00') }),
  );
  const [first, second, third] = await at((tx) => appointmentsOf(tx, caseId));
  const [strange] = await at((tx) => appointmentsOf(tx, elsewhere));
  assert.ok(first && second && third && strange);
  const begin = (appointmentId?: string) =>
    at((tx) =>
      beginNotice(tx, act, {
        template: invitation,
        recipient: 'Mika Muster\nWeg 1\n01234 Musterstadt',
        ...(appointmentId === undefined ? {} : { appointmentId }),
      }),
    );
  assert.equal((await begin(strange.id)).kind, 'no-appointment');
  const begun = await begin(second.id);
  assert.ok(begun.kind === 'begun');
  const noticeId = begun.id;
  const read = () =>
    at(async (tx) => {
      const [found, notice] = [await findCase(tx, bea.reader, caseId), await findNotice(tx, bea.reader, noticeId)];
      assert.ok(found && notice);
      return letterSource(tx, office.services, tenant.jobcenter, found, notice);
    });
  assert.match((await read()).values['appointment.when'] ?? '', /8\. Dezember/);
  const choose = (value: string | null, opened: number) =>
    at((tx) => writeNotice(tx, { ...act, noticeId }, { appointmentId: { value, opened } }));
  assert.equal((await choose(strange.id, 0)).kind, 'no-appointment');
  assert.equal((await choose(third.id, 0)).kind, 'written');
  const other = await choose(first.id, 0);
  assert.ok(other.kind === 'conflicts', 'two who choose: the second one is asked');
  assert.match((await read()).values['appointment.when'] ?? '', /15\. Dezember/);
  const off = { as: 'called-off', words: 'Streik', wish: 'office' } as const;
  await at((tx) => endAppointment(tx, act, third.id, off));
  const gone = await read();
  assert.equal(gone.values['appointment.when'], '', 'nobody is invited to another one instead');
  assert.ok(gone.problems.some((each) => 'name' in each && each.name === 'appointment.when'));
  assert.equal((await choose(null, 1)).kind, 'written');
  const source = await read();
  assert.equal(source.appointmentId, first.id);
  const bytes = smallPdf('Einladung');
  const document = await office.services.vault.prepare(tenant.jobcenter.id, {
    name: 'Einladung.pdf',
    bytes,
    mediaType: 'application/pdf',
    pages: 1,
  });
  await at(async (tx) => {
    const [template] = (await allTemplates(tx)).filter((each) => each.key === invitation);
    assert.ok(template);
    const opened = template.origin.version;
    const saved = await saveTemplate(tx, bea.actor, { ...template, release: 'always', opened, reason: 'vier Augen' });
    assert.equal(saved.kind, 'saved');
  });
  const submitted = await at((tx) =>
    submitNotice(
      tx,
      { ...act, noticeId },
      {
        content: source.notice.content,
        document,
        values: source.values,
        appointmentId: source.appointmentId,
        way: 'post',
        sender: 'Jobcenter',
      },
    ),
  );
  assert.equal(submitted.kind, 'submitted');
  const release = (days = 0) =>
    office.services.database.tenant(
      tenant.jobcenter.id,
      (tx) =>
        releaseNotice(
          tx,
          { actor: eva.actor, reader: eva.reader, noticeId },
          { sha256: document.sha256, way: 'post', sender: 'Jobcenter' },
        ),
      instantInGermany('2026-11-26', `1${days}:30`),
    );
  await office.services.database.tenant(
    tenant.jobcenter.id,
    (tx) =>
      moveAppointment(tx, act, first.id, {
        ...first,
        startsAt: instantInGermany('2026-12-03', '08:00'),
        reason: 'Streik',
        wish: 'office',
      }),
    instantInGermany('2026-11-26', '11:00'),
  );
  assert.equal((await release(2)).kind, 'appointment-changed');
});
