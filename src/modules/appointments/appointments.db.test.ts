import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, openCaseOffice } from '../../../test/support/case-office.ts';
import { addDays, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import {
  assignCase,
  clientView,
  confirmPerson,
  findCase,
  moveToTeam,
  readerOf,
  standsInFor,
  timeline,
} from '../cases/index.ts';
import { moveSubmission, submissionsOfCase } from '../intake/index.ts';
import { addHousehold, addPerson } from '../people/index.ts';
import { addTeam } from '../settings/index.ts';
import { fieldStates } from '../together/index.ts';
import {
  type AppointmentChoice,
  appointmentField,
  appointmentLines,
  appointmentMatters,
  appointmentsForClient,
  appointmentsOf,
  appointmentsOfAbsent,
  appointmentsToShow,
  calledOffForClient,
  canCome,
  cannotCome,
  clashesOf,
  closeCaseWithAppointments,
  comingAppointments,
  countAppointments,
  endAppointment,
  findableAppointments,
  isCalendarStale,
  loadForCalendar,
  makeAppointment,
  moveAppointment,
  type NewAppointment,
  type StaffAct,
  settleAnswer,
  takeAppointmentsAlong,
  withHeldCases,
} from './index.ts';

const { office, tenant, elsewhere, now, benefits, inTenant, hire, newCase } = await openCaseOffice();
const today = dayInGermany(now);
const other = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
assert.ok(other.kind === 'added');
const ada = await hire('Ada', [benefits]);
const bea = await hire('Bea', [benefits]);
const eva = await hire('Eva', [other.id]);
const client = { kind: 'client', receiptId: 'R' } as const;
const wanted = (days: number, time: string, more: Partial<NewAppointment> = {}): NewAppointment => ({
  whom: 'stated',
  topic: 'work',
  staffId: ada.id,
  startsAt: instantInGermany(addDays(today, days), time),
  minutes: 30,
  way: 'office',
  place: 'Zimmer 204',
  bring: 'Lebenslauf',
  note: '',
  ...more,
});
const made = async (caseId: string, days: number, time: string, more: Partial<NewAppointment> = {}) => {
  assert.deepEqual(await inTenant((tx) => makeAppointment(tx, act(ada, caseId), wanted(days, time, more))), {
    kind: 'done',
  });
  const found = (await inTenant((tx) => appointmentsOf(tx, caseId))).toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  assert.ok(found);
  return found;
};
const acts = async (caseId: string): Promise<string[]> =>
  (await inTenant((tx) => timeline(tx, caseId))).flatMap((event) =>
    event.kind === 'appointment' || event.kind === 'appointment-office' ? [event.detail.act] : [],
  );
const audits = (caseId: string): Promise<{ action: string }[]> =>
  inTenant((tx) =>
    tx.raw<{ action: string }>(
      "select action from app.audit_entry where case_id = $1 and action like 'case.appointment%' order by id",
      [caseId],
    ),
  );
/** Appointments of somebody's day, `days` from now. */
const dayOf = async (who: typeof ada, days: number): Promise<string[]> => {
  const span = {
    from: instantInGermany(addDays(today, days), '00:00'),
    until: instantInGermany(addDays(today, days + 1), '00:00'),
  };
  return (await inTenant((tx) => appointmentLines(tx, readerOf(who), span, undefined, 50))).lines.map(({ id }) => id);
};
const mattersOf = async (who: typeof ada, days = 0): Promise<string[]> =>
  (await inTenant((tx) => appointmentMatters(tx, readerOf(who), undefined, 50), days)).lines.map(({ id }) => id);

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
  for (let n = 0; n < 22; n += 1) {
    const { id } = await made(caseId, 40 + n, '08:00');
    assert.equal((await inTenant((tx) => endAppointment(tx, act(ada, caseId), id, off))).kind, 'done');
  }
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
  const startsAt = new Date(now.getTime() + 2 * 86_400_000 - 600_000);
  const { id } = await made(caseId, 0, '00:00', { startsAt });
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

test('a day has the own appointments, those of the own cases, and those nobody else would see', async () => {
  const caseId = await newCase();
  const { id } = await made(caseId, 12, '08:00');
  assert.deepEqual(await dayOf(ada, 12), [id]);
  assert.deepEqual(await dayOf(bea, 12), [], 'a colleague of the team has it on their own list');
  await inTenant((tx) => assignCase(tx, act(ada, caseId), bea));
  assert.deepEqual(await dayOf(bea, 12), [id], 'who works on the case');
  await inTenant((tx) => moveToTeam(tx, act(ada, caseId), { id: other.id, name: 'Wohnen' }));
  assert.deepEqual(await dayOf(ada, 12), [], 'who may not see the case any more');
  assert.deepEqual(await dayOf(eva, 12), [id], 'the team that has it now');
  assert.ok(!(await mattersOf(eva)).includes(id));
  assert.ok((await mattersOf(eva, 14)).includes(id), 'afterwards somebody says how it went');
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
  assert.equal(await inTenant((tx) => loadForCalendar(tx, { id: other.id, personId: null }, id)), undefined);
  assert.deepEqual(await inTenant((tx) => calledOffForClient(tx, of), 20), [], 'what is over is not shown any more');
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
