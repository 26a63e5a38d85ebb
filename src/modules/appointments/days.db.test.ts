import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAppointmentOffice } from '../../../test/support/appointment-office.ts';
import { act } from '../../../test/support/case-office.ts';
import { addDays, instantInGermany } from '../../kernel/dates.ts';
import { assignCase, findCase, moveToTeam, readerOf, standsInFor } from '../cases/index.ts';
import { addTeam } from '../settings/index.ts';
import {
  appointmentLines,
  appointmentsOf,
  appointmentsOfAbsent,
  countAppointments,
  endAppointment,
  makeAppointment,
  moveAppointment,
  type StaffAct,
  withHeldCases,
} from './index.ts';

const { benefits, inTenant, newCase, today, housing, ada, bea, eva, made, dayOf, mattersOf, wanted } =
  await openAppointmentOffice();

test('a day has the own appointments, those of the own cases, and those nobody else would see', async () => {
  const caseId = await newCase();
  const { id } = await made(caseId, 12, '08:00');
  assert.deepEqual(await dayOf(ada, 12), [id]);
  assert.deepEqual(await dayOf(bea, 12), [], 'a colleague of the team has it on their own list');
  await inTenant((tx) => assignCase(tx, act(ada, caseId), bea));
  assert.deepEqual(await dayOf(bea, 12), [id], 'who works on the case');
  await inTenant((tx) => moveToTeam(tx, act(ada, caseId), { id: housing, name: 'Wohnen' }));
  assert.deepEqual(await dayOf(ada, 12), [], 'who may not see the case any more');
  assert.deepEqual(await dayOf(eva, 12), [id], 'the team that has it now');
  assert.ok(!(await mattersOf(eva)).includes(id));
  assert.ok((await mattersOf(eva, 14)).includes(id), 'afterwards somebody says how it went');
});

test('a day has pages, in the order of the hours', async () => {
  const caseId = await newCase();
  for (const time of ['11:00', '08:00', '09:30', '10:00', '14:00']) await made(caseId, 30, time);
  const span = {
    from: instantInGermany(addDays(today, 30), '00:00'),
    until: instantInGermany(addDays(today, 31), '00:00'),
  };
  const first = await inTenant((tx) => appointmentLines(tx, readerOf(ada), span, undefined, 3));
  const rest = await inTenant((tx) => appointmentLines(tx, readerOf(ada), span, first.next, 3));
  assert.deepEqual([first.lines.length, rest.lines.length, rest.next], [3, 2, undefined]);
  const hours = [...first.lines, ...rest.lines].map((line) => line.at.getTime());
  assert.deepEqual(
    hours,
    hours.toSorted((a, b) => a - b),
  );
});

test('who stands in for somebody has the appointments of that person in the cases assigned to them, and no more', async () => {
  const [caseId, free] = [await newCase(), await newCase()];
  await inTenant((tx) => assignCase(tx, act(ada, caseId), ada));
  const { id } = await made(caseId, 20, '08:00');
  await made(free, 20, '09:00');
  const span = {
    from: instantInGermany(addDays(today, 20), '00:00'),
    until: instantInGermany(addDays(today, 21), '00:00'),
  };
  const standing = { ...readerOf(eva), standsFor: [{ staffId: ada.id, teamIds: [benefits] }] };
  const seen = await inTenant((tx) => appointmentLines(tx, standing, span, undefined, 50));
  assert.deepEqual(
    seen.lines.map((line) => [line.id, line.appointment.staffId]),
    [[id, ada.id]],
  );
  assert.deepEqual(await dayOf(eva, 20), []);
  const absent = async (who: typeof ada): Promise<number> => {
    const of = { staffIds: [ada.id] };
    const { lines } = await inTenant((tx) => appointmentsOfAbsent(tx, readerOf(who), of, undefined, 90));
    return lines.filter((line) => [caseId, free].includes(line.caseId)).length;
  };
  const past = async () =>
    (await inTenant((tx) => appointmentsOfAbsent(tx, readerOf(bea), { staffIds: [ada.id] }, undefined, 90), 21)).lines;
  assert.ok(
    (await past()).some((line) => line.caseId === free),
    'nor is one lost whose day has passed',
  );
  assert.deepEqual([await absent(bea), await absent(eva)], [2, 0], 'only in cases one may see');
  const count = (who: typeof ada) => inTenant((tx) => countAppointments(tx, readerOf(who), benefits, span));
  assert.deepEqual([await count(bea), await count(eva)], [2, 0]);
});

test('who stands in sees the cases in which the absent person holds an appointment in this time, in the teams of that person, and no others', async () => {
  const [held, later, elsewhere, ended] = [await newCase(), await newCase(), await newCase(), await newCase()];
  const soon = await made(held, 40, '08:00');
  await made(later, 43, '08:00');
  await made(elsewhere, 40, '09:00');
  const over = await made(ended, 40, '10:00');
  for (const caseId of [held, later, ended]) await inTenant((tx) => assignCase(tx, act(bea, caseId), bea));
  const third = await inTenant((tx) => addTeam(tx, { key: 'unterhalt', name: 'Unterhalt', phone: '1' }));
  assert.ok(third.kind === 'added');
  await inTenant((tx) => moveToTeam(tx, act(ada, elsewhere), { id: third.id, name: 'Unterhalt' }));
  const off = { as: 'called-off', words: 'Streik', wish: 'office' } as const;
  await inTenant((tx) => endAppointment(tx, act(ada, ended), over.id, off));
  const standsFor = [{ staffId: ada.id, teamIds: [benefits], untilDay: addDays(today, 42) }];
  const seenBy = async (standing: readonly (typeof standsFor)[number][]) => {
    const reader = await inTenant((tx) => withHeldCases(tx, { ...readerOf(eva), standsFor: standing }));
    const seen = [];
    for (const caseId of [held, later, elsewhere, ended])
      seen.push((await inTenant((tx) => findCase(tx, reader, caseId))) !== undefined);
    return { reader, seen };
  };
  const { reader, seen } = await seenBy(standsFor);
  assert.deepEqual(seen, [true, false, false, false]);
  assert.deepEqual((await seenBy([])).seen, [false, false, false, false]);
  const [found] = [await inTenant((tx) => findCase(tx, reader, held))];
  assert.equal(found && standsInFor(reader, found), ada.id, 'the log says that somebody stood in');
  const span = {
    from: instantInGermany(addDays(today, 40), '00:00'),
    until: instantInGermany(addDays(today, 44), '00:00'),
  };
  const { lines } = await inTenant((tx) => appointmentLines(tx, reader, span, undefined, 50));
  assert.deepEqual(
    lines.map((line) => line.id),
    [soon.id],
  );
  const standing = { ...act(eva, held), reader };
  const move = (staffId: string) =>
    inTenant((tx) =>
      moveAppointment(tx, standing, soon.id, { ...wanted(41, '08:00', { staffId }), reason: 'krank', wish: 'office' }),
    );
  assert.deepEqual(await move(ada.id), { kind: 'done' });
});

test('who stands in takes an appointment over, and sees its case by that until the substitution ends; nobody else does', async () => {
  const [caseId, other_] = [await newCase(), await newCase()];
  const { id } = await made(caseId, 50, '08:00');
  const theirs = await made(other_, 50, '10:00', { staffId: bea.id });
  for (const each of [caseId, other_]) await inTenant((tx) => assignCase(tx, act(bea, each), bea));
  const [teamIds, untilDay] = [[benefits], addDays(today, 52)];
  const readAs = (standing: readonly { staffId: string; teamIds: string[]; untilDay: typeof untilDay }[], days = 0) =>
    inTenant((tx) => withHeldCases(tx, { ...readerOf(eva), standsFor: standing }), days);
  const standing = [{ staffId: ada.id, teamIds, untilDay }];
  const reader = await readAs(standing);
  const move = async (to: number, staffId: string, as: StaffAct = { ...act(eva, caseId), reader }, of = id) => {
    const arranged = { ...wanted(to, '08:00', { staffId }), reason: 'krank', wish: 'office' } as const;
    const outcome = await inTenant((tx) => moveAppointment(tx, as, of, arranged));
    return outcome.kind === 'refused' ? outcome.why : outcome.kind;
  };
  assert.equal(await move(51, eva.id, act(eva, caseId)), 'not-found', 'without a substitution there is no case');
  assert.equal(await move(53, eva.id), 'staff', 'she would not see it on that day');
  const wider = {
    ...reader,
    standsFor: [...(reader.standsFor ?? [])].map((each) => ({ ...each, heldCases: [other_] })),
  };
  const of = { ...act(eva, other_), reader: wider };
  assert.equal(await move(51, eva.id, of, theirs.id), 'staff', 'that one is held by somebody who is there');
  const fresh = await inTenant((tx) =>
    makeAppointment(tx, { ...act(eva, caseId), reader }, { ...wanted(51, '11:00'), staffId: eva.id }),
  );
  assert.deepEqual(fresh, { kind: 'refused', why: 'staff' }, 'a new one in the case is no matter of the substitution');
  assert.equal(await move(51, eva.id), 'done');
  const held = (await inTenant((tx) => appointmentsOf(tx, caseId)))[0];
  assert.deepEqual([held?.staffId, held?.takenFrom], [eva.id, ada.id]);
  const sees = async (as: Awaited<ReturnType<typeof readAs>>) =>
    (await inTenant((tx) => findCase(tx, as, caseId))) !== undefined;
  const now_ = await readAs(standing);
  assert.deepEqual([await sees(now_), await sees(await readAs([]))], [true, false]);
  assert.deepEqual(await sees(await readAs([{ staffId: bea.id, teamIds, untilDay }])), true, 'Bea works on the case');
  const again = { ...act(eva, caseId), reader: now_ };
  assert.equal(await move(52, eva.id, again), 'done', 'she moves what she took over');
  assert.equal(await move(53, eva.id, again), 'staff');
  assert.equal(await move(52, ada.id, again), 'done', 'and gives it back');
  assert.equal((await inTenant((tx) => appointmentsOf(tx, caseId)))[0]?.takenFrom, null);
  assert.equal(await move(51, eva.id, { ...act(eva, caseId), reader: await readAs(standing) }), 'done');
  const done = { ...act(eva, caseId), reader: await readAs(standing) };
  const ends = await inTenant((tx) => endAppointment(tx, done, id, { as: 'held', words: 'war gut' }), 52);
  assert.equal(ends.kind, 'done');
  assert.equal(await sees(await readAs(standing)), false, 'with it her way into the case ends');
});
