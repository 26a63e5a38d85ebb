import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, openAppointmentOffice } from '../../../test/support/appointment-office.ts';
import { act } from '../../../test/support/case-office.ts';
import { addDays, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { clientView, confirmPerson, timeline } from '../cases/index.ts';
import { moveSubmission, submissionsOfCase } from '../intake/index.ts';
import { addHousehold, addPerson } from '../people/index.ts';
import { fieldStates } from '../together/index.ts';
import {
  type AppointmentChoice,
  appointmentField,
  appointmentsForClient,
  appointmentsOf,
  appointmentsToShow,
  calledOffForClient,
  cannotCome,
  clashesOf,
  closeCaseWithAppointments,
  endAppointment,
  findableAppointments,
  isCalendarStale,
  loadForCalendar,
  makeAppointment,
  moveAppointment,
  type NewAppointment,
  takeAppointmentsAlong,
} from './index.ts';

const {
  office,
  tenant,
  elsewhere,
  now,
  benefits,
  inTenant,
  newCase,
  today,
  housing,
  ada,
  bea,
  eva,
  wanted,
  made,
  acts,
  dayOf,
} = await openAppointmentOffice();

const audits = (caseId: string): Promise<{ action: string }[]> =>
  inTenant((tx) =>
    tx.raw<{ action: string }>(
      "select action from app.audit_entry where case_id = $1 and action like 'case.appointment%' order by id",
      [caseId],
    ),
  );

test('an appointment is made, seen by the person without the note, found by its words, moved with a reason, and ends', async () => {
  const caseId = await newCase();
  const first = await made(caseId, 3, '14:30', { note: 'Bitte ruhig beginnen' });
  assert.equal(first.startsAt.getTime(), instantInGermany(addDays(today, 3), '14:30').getTime());
  assert.deepEqual(await acts(caseId), ['made', 'noted']);
  const seen = await inTenant((tx) => clientView(tx, caseId));
  const theirs = seen?.events.filter((event) => event.kind === 'appointment' || event.kind === 'appointment-office');
  assert.deepEqual(
    theirs?.map((event) => event.kind),
    ['appointment'],
  );
  assert.doesNotMatch(JSON.stringify(theirs), /ruhig/);
  assert.doesNotMatch(
    JSON.stringify(await inTenant((tx) => appointmentsForClient(tx, { id: caseId, personId: null }))),
    /ruhig/,
  );
  const [found] = await inTenant((tx) => findableAppointments(tx, [first.id]));
  assert.deepEqual([found?.topic, found?.kind], ['work', 'appointment']);
  for (const words of ['Lebenslauf', 'Bitte ruhig beginnen']) assert.ok(found?.text.includes(words), words);
  const to = { ...wanted(4, '09:00'), reason: 'Kind ist krank', wish: 'person' as const };
  assert.equal((await inTenant((tx) => moveAppointment(tx, act(ada, caseId), first.id, to))).kind, 'done');
  assert.equal((await inTenant((tx) => moveAppointment(tx, act(ada, caseId), first.id, to))).kind, 'unchanged');
  const state = await inTenant((tx) => fieldStates(tx, [first.id]));
  assert.equal(state(first.id, appointmentField).version, 2);
  const moved = (await inTenant((tx) => timeline(tx, caseId))).findLast((event) => event.kind === 'appointment');
  assert.ok(moved?.kind === 'appointment' && moved.detail.act === 'moved');
  assert.equal(moved.detail.from, first.startsAt.toISOString());
  assert.deepEqual([moved.detail.reason, moved.detail.wish], ['Kind ist krank', 'person']);
  const held = { as: 'held', words: '' } as const;
  assert.equal((await inTenant((tx) => endAppointment(tx, act(ada, caseId), first.id, held))).kind, 'early');
  const missed = { as: 'missed', words: 'Bahn fiel aus' } as const;
  assert.equal((await inTenant((tx) => endAppointment(tx, act(ada, caseId), first.id, missed), 5)).kind, 'done');
  assert.equal((await inTenant((tx) => endAppointment(tx, act(bea, caseId), first.id, held), 5)).kind, 'ended');
  assert.deepEqual(await acts(caseId), ['made', 'noted', 'moved', 'missed']);
  assert.equal((await audits(caseId)).length, 4);
});

test('what cannot be: a time that is over, a closed topic, a stranger, a length of nothing; and a case that is not theirs', async () => {
  const caseId = await newCase();
  const why = async (more: Partial<NewAppointment>) => {
    const outcome = await inTenant((tx) => makeAppointment(tx, act(ada, caseId), wanted(2, '10:00', more)));
    return outcome.kind === 'refused' ? outcome.why : outcome.kind;
  };
  assert.equal(await why({ startsAt: new Date(now.getTime() - 60_000) }), 'past');
  assert.equal(await why({ topic: 'no-such-topic' }), 'topic');
  assert.equal(await why({ staffId: eva.id }), 'staff');
  assert.equal(await why({ minutes: 0 }), 'length');
  assert.equal(await why({ whom: ada.id }), 'whom');
  const outside = await inTenant((tx) =>
    makeAppointment(tx, act(eva, caseId), wanted(2, '10:00', { staffId: eva.id })),
  );
  assert.equal(outside.kind, 'not-found');
  const mine = await made(caseId, 2, '10:00');
  const elsewhereCase = await newCase();
  const to = { ...wanted(3, '10:00'), reason: 'x', wish: 'office' as const };
  assert.equal(
    (await inTenant((tx) => moveAppointment(tx, act(ada, elsewhereCase), mine.id, to))).kind,
    'not-found',
    'it is moved in its own case alone',
  );
  assert.equal((await inTenant((tx) => appointmentsOf(tx, elsewhereCase))).length, 0);
  const abroad = await office.services.database.tenant(elsewhere.jobcenter.id, (tx) => appointmentsOf(tx, caseId));
  assert.equal(abroad.length, 0, 'another Jobcenter has none of it');
});

test('at the same time as another: counted, and never refused', async () => {
  const [one, two] = [await newCase(), await newCase()];
  const first = await made(one, 9, '11:00', { minutes: 60 });
  const beside = await made(two, 9, '11:30');
  const after = await made(two, 9, '12:00');
  const clashes = await inTenant((tx) => clashesOf(tx, [first, beside, after]));
  assert.deepEqual(
    [first, beside, after].map((each) => clashes.get(each.id)),
    [1, 1, 0],
  );
  assert.equal((await inTenant((tx) => clashesOf(tx, []))).size, 0);
});

test('a case shows every open appointment and the newest that ended, and says how many those are', async () => {
  const caseId = await newCase();
  const off = { as: 'called-off', words: 'x', wish: 'office' } as const;
  await inTenant(async (tx) => {
    for (let n = 0; n < 22; n += 1) await makeAppointment(tx, act(ada, caseId), wanted(40 + n, '08:00'));
    for (const { id } of await appointmentsOf(tx, caseId))
      assert.equal((await endAppointment(tx, act(ada, caseId), id, off)).kind, 'done');
  });
  const open = [await made(caseId, 70, '08:00'), await made(caseId, 71, '08:00')];
  const shown = await inTenant((tx) => appointmentsToShow(tx, caseId));
  assert.deepEqual(
    shown.open.map(({ id }) => id),
    open.map(({ id }) => id),
  );
  assert.deepEqual([shown.ended.length, shown.endedInAll], [20, 22]);
  assert.equal(dayInGermany(shown.ended[0]?.startsAt ?? now), addDays(today, 61), 'the newest first');
});

test('German time, on both sides of a change of clocks', async () => {
  const caseId = await newCase();
  const year = Number(today.slice(0, 4)) + 1;
  const lastSunday = (month: number): string => {
    const last = new Date(Date.UTC(year, month, 0));
    return addDays(last.toISOString().slice(0, 10), -last.getUTCDay());
  };
  const at = async (day: string, time: string): Promise<string> =>
    (await made(caseId, 1, '10:00', { startsAt: instantInGermany(day, time) })).startsAt.toISOString().slice(11, 16);
  const [spring, autumn] = [lastSunday(3), lastSunday(10)];
  assert.equal(await at(addDays(spring, -1), '09:00'), '08:00');
  assert.equal(await at(addDays(spring, 1), '09:00'), '07:00');
  assert.equal(await at(addDays(autumn, -1), '09:00'), '07:00');
  assert.equal(await at(addDays(autumn, 1), '09:00'), '08:00');
});

test('an emptied case does not keep an open appointment out of the sight of the person; one of somebody else stays', async () => {
  const come = async () => {
    const { caseId } = await office.submit(tenant, { teamId: benefits });
    const [submission] = await inTenant((tx) => submissionsOfCase(tx, caseId));
    return { caseId, submissionId: submission?.id ?? '' };
  };
  const along = async (from: { caseId: string; submissionId: string }, toCaseId: string) =>
    inTenant(async (tx) => {
      const move = { fromCaseId: from.caseId, toCaseId };
      assert.equal(await takeAppointmentsAlong(tx, act(ada, toCaseId).actor, move), 0, 'not while something is there');
      assert.equal(
        await moveSubmission(tx, act(ada, toCaseId).actor, { submissionId: from.submissionId, toCaseId }),
        'moved',
      );
      return takeAppointmentsAlong(tx, act(ada, toCaseId).actor, move);
    });
  const [first, second, third] = [await come(), await come(), await come()];
  const { id } = await made(first.caseId, 15, '08:00');
  assert.equal(await along(first, second.caseId), 1);
  const seen = await inTenant((tx) => appointmentsForClient(tx, { id: second.caseId, personId: null }));
  assert.deepEqual(
    seen.map((each) => each.id),
    [id],
  );
  assert.deepEqual(await acts(second.caseId), ['made']);
  const own = await made(second.caseId, 15, '09:00');
  await inTenant(async (tx) => {
    const back = { submissionId: first.submissionId, toCaseId: first.caseId };
    assert.equal(await moveSubmission(tx, act(ada, first.caseId).actor, back), 'moved');
    const move = { fromCaseId: second.caseId, toCaseId: first.caseId };
    assert.equal(await takeAppointmentsAlong(tx, act(ada, first.caseId).actor, move), 1);
  });
  const where = async (caseId: string) => (await inTenant((tx) => appointmentsOf(tx, caseId))).map((each) => each.id);
  assert.deepEqual(
    [await where(first.caseId), await where(second.caseId)],
    [[id], [own.id]],
    'each is with its case again',
  );
  const personId = await inTenant(async (tx) => {
    const one = await addPerson(tx, { familyName: 'Anders', givenName: 'Ali', birthDate: '1980-01-02' });
    const members = [{ personId: one, role: 'applicant' as const }];
    const householdId = await addHousehold(tx, { fileNumber: '0815/18', members, fromDay: today });
    await confirmPerson(tx, act(ada, third.caseId), {
      id: one,
      householdId,
      name: 'Anders, Ali',
      birthDate: '1980-01-02',
    });
    return one;
  });
  const theirs = await made(third.caseId, 16, '08:00', { whom: personId });
  assert.equal(await along(third, second.caseId), 0);
  assert.equal((await inTenant((tx) => appointmentsOf(tx, third.caseId)))[0]?.id, theirs.id);
});

test('a case with open appointments is closed only when somebody said of each what becomes of it; one that is kept stays in sight', async () => {
  const caseId = await newCase();
  const [off, keep] = [await made(caseId, 17, '08:00'), await made(caseId, 18, '08:00')];
  const none = { staffId: ada.id, end: [], keep: [], why: '', items: new Map() };
  const close = (of: [string, AppointmentChoice][], words = '') =>
    inTenant(async (tx) => {
      const outcome = await closeCaseWithAppointments(tx, act(ada, caseId), { of: new Map(of), words }, none);
      if (outcome.kind !== 'done' && outcome.kind !== 'unchanged') throw new NotClosed(outcome);
      return outcome;
    }).catch((error: unknown) => {
      if (error instanceof NotClosed) return error.outcome;
      throw error;
    });
  const kept = [keep.id, { as: 'kept' }] satisfies [string, AppointmentChoice];
  const called = [off.id, { as: 'called-off' }] satisfies [string, AppointmentChoice];
  assert.deepEqual(await close([kept]), { kind: 'appointments-open', ids: [off.id] });
  assert.deepEqual(await close([kept, called]), { kind: 'no-reason', ids: [off.id] });
  assert.deepEqual(await close([kept, [off.id, { as: 'held' }]], 'x'), { kind: 'early', ids: [off.id] });
  assert.deepEqual(await close([called, [keep.id, { as: 'missed' }]], 'x'), { kind: 'early', ids: [keep.id] });
  await inTenant((tx) => cannotCome(tx, client, caseId, off.id, { words: 'Bin krank', otherTimes: '' }));
  assert.deepEqual(await close([kept, called], 'Erledigt'), { kind: 'said-meanwhile', ids: [off.id] });
  assert.deepEqual(await acts(caseId), ['made', 'made', 'cannot-come'], 'nothing was changed by any of it');
  const [read] = await inTenant((tx) => appointmentsOf(tx, caseId));
  const seen: [string, AppointmentChoice] = [off.id, { as: 'called-off', seen: read?.answer?.id }];
  assert.deepEqual(await close([kept, seen], 'Erledigt'), { kind: 'done' });
  assert.deepEqual(await close([], ''), { kind: 'unchanged' });
  assert.deepEqual((await acts(caseId)).slice(3), ['called-off', 'kept']);
  const view = await inTenant((tx) => clientView(tx, caseId));
  assert.equal(view?.case.state, 'closed');
  assert.ok(
    view.events.some((event) => event.kind === 'appointment' && event.detail.act === 'called-off'),
    'the person is told',
  );
  const theirs = await inTenant((tx) => appointmentsForClient(tx, { id: caseId, personId: null }));
  assert.deepEqual(
    theirs.map((each) => each.id),
    [keep.id],
  );
  assert.ok((await dayOf(ada, 18)).includes(keep.id));
});

class NotClosed extends Error {
  readonly outcome: Awaited<ReturnType<typeof closeCaseWithAppointments>>;
  constructor(outcome: Awaited<ReturnType<typeof closeCaseWithAppointments>>) {
    super('not closed');
    this.outcome = outcome;
  }
}

test('the entry of a calendar has a version that only grows with what a calendar shows, and what was fetched is known', async () => {
  const caseId = await newCase();
  const { id } = await made(caseId, 19, '08:00');
  const of = { id: caseId, personId: null };
  const fetch = async () => (await inTenant((tx) => loadForCalendar(tx, of, id)))?.calendarRevision;
  const stale = async () => {
    const shown = await inTenant(async (tx) => [
      ...(await appointmentsForClient(tx, of)),
      ...(await calledOffForClient(tx, of)),
    ]);
    return shown.filter((each) => each.id === id).map(isCalendarStale);
  };
  const move = async (more: Partial<NewAppointment>) =>
    inTenant((tx) =>
      moveAppointment(tx, act(ada, caseId), id, { ...wanted(19, '08:00', more), reason: 'Streik', wish: 'office' }),
    );
  await move({ place: 'Zimmer 9' });
  assert.deepEqual(await stale(), [false], 'never fetched');
  assert.equal(await fetch(), 0, 'the room is in no calendar');
  await move({ bring: 'Ausweis' });
  assert.deepEqual(await stale(), [false]);
  await move({ minutes: 45 });
  assert.deepEqual(await stale(), [true]);
  assert.equal(await fetch(), 1);
  assert.deepEqual(await stale(), [false]);
  await inTenant((tx) =>
    endAppointment(tx, act(ada, caseId), id, { as: 'called-off', words: 'Streik', wish: 'office' }),
  );
  assert.deepEqual(await stale(), [true]);
  assert.equal(await fetch(), 2);
  assert.equal(await inTenant((tx) => loadForCalendar(tx, { id: housing, personId: null }, id)), undefined);
  assert.deepEqual(await inTenant((tx) => calledOffForClient(tx, of), 20), [], 'what is over is not shown any more');
});
