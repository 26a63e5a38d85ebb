import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, openAppointmentOffice } from '../../../test/support/appointment-office.ts';
import { act } from '../../../test/support/case-office.ts';
import { assignCase, clientView, confirmPerson } from '../cases/index.ts';
import { addHousehold, addPerson } from '../people/index.ts';
import {
  appointmentsForClient,
  canCome,
  cannotCome,
  comingAppointments,
  endAppointment,
  moveAppointment,
  settleAnswer,
} from './index.ts';

const { inTenant, newCase, today, ada, eva, made, acts, mattersOf, wanted } = await openAppointmentOffice();

test('somebody cannot come: said once, calls nothing off, waits until it is answered', async () => {
  const caseId = await newCase();
  await inTenant((tx) => assignCase(tx, act(ada, caseId), ada));
  const { id } = await made(caseId, 3, '08:00');
  const say = (days = 0) =>
    inTenant((tx) => cannotCome(tx, client, caseId, id, { words: 'Arzt', otherTimes: 'Montag' }), days);
  assert.equal((await say()).kind, 'done');
  assert.equal((await say()).kind, 'unchanged');
  const [still] = await inTenant((tx) => comingAppointments(tx, [caseId], 5));
  assert.deepEqual([still?.answer?.words, still?.answer?.otherTimes, still?.endedAt], ['Arzt', 'Montag', null]);
  assert.ok((await mattersOf(ada)).includes(id));
  assert.ok(!(await mattersOf(eva)).includes(id));
  const settle = async (who: typeof ada, seen: string | undefined) =>
    (await inTenant((tx) => settleAnswer(tx, act(who, caseId), id, seen))).kind;
  const answer = still?.answer?.id;
  assert.equal(await settle(eva, answer), 'not-found');
  assert.equal(await settle(ada, undefined), 'unchanged', 'nobody has read it');
  assert.ok((await mattersOf(ada)).includes(id));
  assert.equal(await settle(ada, answer), 'done');
  assert.equal(await settle(ada, answer), 'unchanged');
  assert.ok(!(await mattersOf(ada)).includes(id));
  assert.equal((await say()).kind, 'done', 'it may be said again');
  assert.equal(await settle(ada, answer), 'unchanged', 'that was the first one, this one nobody has read');
  assert.ok((await mattersOf(ada)).includes(id));
  const other = { words: 'Doch erst Dienstag', otherTimes: '' };
  const sayOther = async (days = 0) => (await inTenant((tx) => cannotCome(tx, client, caseId, id, other), days)).kind;
  assert.equal(await sayOther(), 'said-before', 'other words are not taken for the same');
  const to = { ...wanted(3, '10:00'), reason: 'Raum belegt', wish: 'office' } as const;
  assert.equal(
    (await inTenant((tx) => moveAppointment(tx, act(ada, caseId), id, { ...to, seen: answer }))).kind,
    'done',
  );
  assert.ok((await mattersOf(ada)).includes(id), 'it was moved by somebody who had not read it');
  const off = { as: 'called-off', words: 'auf Wunsch', wish: 'person' } as const;
  const end = async (seen: string | undefined) =>
    (await inTenant((tx) => endAppointment(tx, act(ada, caseId), id, { ...off, seen }))).kind;
  assert.equal(await end(answer), 'said-meanwhile');
  const [now] = await inTenant((tx) => comingAppointments(tx, [caseId], 5));
  assert.equal(await end(now?.answer?.id), 'done');
  assert.equal((await say()).kind, 'over');
  assert.ok(!(await mattersOf(ada)).includes(id));
  assert.deepEqual(await acts(caseId), ['made', 'cannot-come', 'seen', 'cannot-come', 'moved', 'called-off']);
});

test('who said that they cannot come can come after all: once, read by somebody, and only as long as it holds', async () => {
  const caseId = await newCase();
  await inTenant((tx) => assignCase(tx, act(ada, caseId), ada));
  const { id } = await made(caseId, 4, '08:00');
  const no = async (words: string) =>
    (await inTenant((tx) => cannotCome(tx, client, caseId, id, { words, otherTimes: '' }))).kind;
  const yes = async (days = 0, of = caseId) => (await inTenant((tx) => canCome(tx, client, of, id), days)).kind;
  const answer = async () => (await inTenant((tx) => comingAppointments(tx, [caseId], 5)))[0]?.answer;
  const end = async (seen: string | undefined) => {
    const off = { as: 'called-off', words: 'kann nicht', wish: 'person', seen } as const;
    return (await inTenant((tx) => endAppointment(tx, act(ada, caseId), id, off))).kind;
  };
  assert.equal(await yes(), 'unchanged', 'nothing else is known');
  assert.equal(await no('Arzt'), 'done');
  const before = await answer();
  assert.equal(await yes(0, await newCase()), 'not-found');
  assert.equal(await yes(), 'done');
  assert.equal(await yes(), 'unchanged');
  const after = await answer();
  assert.deepEqual([after?.comes, after?.words, before?.comes], [true, '', false]);
  assert.ok((await mattersOf(ada)).includes(id), 'somebody reads it, as they may have looked for another day');
  assert.equal(await end(before?.id), 'said-meanwhile', 'who read only the first would call off in vain');
  assert.equal(await no('Doch wieder krank'), 'done', 'and it may be said again');
  assert.equal((await answer())?.words, 'Doch wieder krank');
  assert.equal(await yes(), 'done');
  const seen = (await answer())?.id;
  assert.equal((await inTenant((tx) => settleAnswer(tx, act(ada, caseId), id, seen))).kind, 'done');
  assert.deepEqual([await answer(), (await mattersOf(ada)).includes(id)], [null, false]);
  assert.equal(await yes(), 'unchanged');
  assert.equal(await yes(5), 'over');
  const said = ['made', 'cannot-come', 'can-come', 'cannot-come', 'can-come', 'seen'];
  assert.deepEqual(await acts(caseId), said);
});

test('who is late or lost can say so until the appointment ends', async () => {
  const caseId = await newCase();
  const { id } = await made(caseId, 2, '11:50'); // work of other days is done at noon
  const say = async (days: number) =>
    (await inTenant((tx) => cannotCome(tx, client, caseId, id, { words: 'Bus fällt aus', otherTimes: '' }), days)).kind;
  assert.equal(await say(3), 'over');
  assert.equal(await say(2), 'done', 'it has begun ten minutes ago');
});

test('an appointment with the other adult alone is not shown to who holds the receipt of the case', async () => {
  const caseId = await newCase();
  const person = await inTenant(async (tx) => {
    const [personId, partnerId] = [
      await addPerson(tx, { familyName: 'Beispiel', givenName: 'Mika', birthDate: '1990-04-03' }),
      await addPerson(tx, { familyName: 'Beispiel', givenName: 'Robin', birthDate: '1991-04-03' }),
    ];
    const householdId = await addHousehold(tx, {
      fileNumber: '0815/17',
      members: [
        { personId, role: 'applicant' },
        { personId: partnerId, role: 'partner' },
      ],
      fromDay: today,
    });
    const known = { id: personId, householdId, name: 'Beispiel, Mika', birthDate: '1990-04-03' };
    await confirmPerson(tx, act(ada, caseId), known);
    return { personId, partnerId };
  });
  const mine = await made(caseId, 6, '08:00', { whom: person.personId });
  const all = await made(caseId, 6, '09:00', { whom: 'household' });
  const theirs = await made(caseId, 6, '10:00', { whom: person.partnerId });
  const shown = await inTenant((tx) => appointmentsForClient(tx, { id: caseId, personId: person.personId }));
  assert.deepEqual(
    shown.map(({ id }) => id),
    [mine.id, all.id],
  );
  const said = { words: '', otherTimes: '' };
  assert.equal((await inTenant((tx) => cannotCome(tx, client, caseId, theirs.id, said))).kind, 'not-found');
  const seen = (await inTenant((tx) => clientView(tx, caseId)))?.events ?? [];
  const named = seen.flatMap((event) => (event.kind === 'appointment' ? [event.detail.appointmentId] : []));
  assert.deepEqual(named, [mine.id, all.id]);
});
