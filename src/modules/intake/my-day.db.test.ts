import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import type { HolidayPlace } from '../../kernel/holidays.ts';
import type { Tx } from '../../platform/database/index.ts';
import {
  arrivedLines,
  assignCase,
  attachSubmission,
  type CaseReader,
  casesExpecting,
  casesOfAbsent,
  closeCase,
  type DayCursor,
  decideCase,
  dueLines,
  duePromises,
  endFollowUp,
  endStandIn,
  findCase,
  followUpsOfAbsent,
  type ItemAtClosing,
  makeFollowUp,
  makePromise,
  moveFollowUp,
  moveToTeam,
  nameStandIn,
  openFollowUps,
  openPromises,
  openRequiredItems,
  ownLoad,
  type PromiseAtClosing,
  readerOf,
  requireItem,
  suitDay,
  teamLoad,
  timeline,
  unassignedLoad,
  waitingLines,
} from '../cases/index.ts';
import { absentToday, addStaff, standInsOf, substitutions } from '../identity/index.ts';
import { addTeam } from '../settings/index.ts';

const office = await openTestOffice();
const [tenant, elsewhere] = office.tenants;
assert.ok(tenant && elsewhere);
const now = office.services.clock.now();
const today = dayInGermany(now);
/** Work at this moment, or `days` from now. */
const inTenant = <T>(work: (tx: Tx) => Promise<T>, days?: number): Promise<T> =>
  office.services.database.tenant(
    tenant.jobcenter.id,
    work,
    days === undefined ? office.services.clock.now() : instantInGermany(addDays(today, days), '12:00'),
  );

const teamOf = async (key: string): Promise<string> => {
  const added = await inTenant((tx) => addTeam(tx, { key, name: key, phone: '1' }));
  return added.kind === 'added' ? added.id : '';
};
const benefits = tenant.teams['leistung'] ?? '';
const housing = await teamOf('wohnen');

type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: 'clerk' | 'lead';
  readonly teamIds: string[];
};
async function hire(name: string, role: Person['role'], teamIds: string[]): Promise<Person> {
  const key = Buffer.alloc(32, 1);
  const login = name.toLowerCase();
  const added = await inTenant((tx) =>
    addStaff(tx, key, { login, name, role, password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP', teamIds }),
  );
  assert.ok(added.kind === 'added');
  return { id: added.id, name, role, teamIds };
}
const ada = await hire('Ada', 'clerk', [benefits, housing]);
const ben = await hire('Ben', 'clerk', [benefits]);
const eva = await hire('Eva', 'clerk', [housing]);
const lou = await hire('Lou', 'lead', [benefits]);

const newCase = async (team: string | null, assignee?: Person): Promise<string> => {
  const { caseId } = await office.submit(tenant, { teamId: team });
  if (assignee !== undefined) await inTenant((tx) => assignCase(tx, act(lou, caseId), assignee));
  return caseId;
};
const act = (who: Person, caseId: string) => ({
  actor: { kind: 'staff', id: who.id, name: who.name } as const,
  reader: readerOf(who) as CaseReader,
  caseId,
  staffId: who.id,
});
const actorOf = (who: Person) => ({ kind: 'staff', id: who.id, name: who.name }) as const;
/** The person as a reader on a day from now, with whom they stand in for then. */
const readerAt = (who: Person, days: number): Promise<CaseReader> =>
  inTenant(async (tx) => readerOf({ ...who, standsFor: await standInsOf(tx, who.id) }), days);
const follow = (who: Person, caseId: string, forStaffId: string | null, days = 0, reason = 'Vermieterin fragen') =>
  inTenant((tx) =>
    makeFollowUp(tx, act(who, caseId), {
      dueOn: addDays(today, days),
      reason,
      topic: 'housing',
      waitsFor: 'us',
      forStaffId,
    }),
  );
const dueOf = async (who: Person, days = 0) => {
  const reader = await readerAt(who, days);
  return inTenant(async (tx) => {
    const mine = await dueLines(tx, reader, { whose: 'mine', applications: [] }, undefined, 100);
    const team = await dueLines(tx, reader, { whose: 'team', applications: [] }, undefined, 100);
    return [...mine.lines, ...team.lines];
  }, days);
};
const kinds = async (caseId: string) => (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind);

test('a follow-up is on the list of whom it is for, on its day, moves with a reason and ends once', async () => {
  const caseId = await newCase(benefits);
  assert.equal((await follow(ada, caseId, ben.id, 2)).kind, 'done');
  assert.equal((await follow(ada, caseId, eva.id)).kind, 'nobody'); // eva may not see the case
  assert.equal((await follow(eva, caseId, eva.id)).kind, 'not-found');
  const inCase = async (who: Person, days = 0) => (await dueOf(who, days)).filter((line) => line.caseId === caseId);
  const followUps = async (who: Person, days = 0) =>
    (await inCase(who, days)).filter((line) => line.kind === 'follow-up').map((line) => line.text);
  assert.deepEqual(await followUps(ben), []);
  assert.deepEqual(await followUps(ben, 2), ['Vermieterin fragen']);
  assert.deepEqual(await followUps(ada, 2), []);
  assert.deepEqual(await followUps(eva, 2), []);
  const [open] = await inTenant((tx) => openFollowUps(tx, caseId));
  assert.ok(open);
  const to = { dueOn: addDays(today, 5), why: 'Sie ist im Urlaub' };
  assert.equal((await inTenant((tx) => moveFollowUp(tx, act(ben, caseId), open.id, to))).kind, 'done');
  assert.equal((await inTenant((tx) => moveFollowUp(tx, act(ben, caseId), open.id, to))).kind, 'unchanged');
  assert.deepEqual(await followUps(ben, 2), []);
  assert.deepEqual(await followUps(ben, 5), ['Vermieterin fragen']);
  const waiting = await inTenant(async (tx) => (await waitingLines(tx, readerOf(ada), undefined, 50)).lines);
  const given = waiting.find((line) => line.caseId === caseId && line.id === open.id);
  assert.deepEqual([given?.waitsFor, given?.staffId], ['colleague', ben.id]);
  const twice = await Promise.all([1, 2].map(() => inTenant((tx) => endFollowUp(tx, act(ben, caseId), open.id))));
  assert.deepEqual(twice.map((outcome) => outcome.kind).toSorted(), ['done', 'unchanged']);
  assert.deepEqual((await kinds(caseId)).slice(-3), ['follow-up', 'follow-up-moved', 'follow-up-ended']);
  const moved = (await inTenant((tx) => timeline(tx, caseId))).find((event) => event.kind === 'follow-up-moved');
  assert.deepEqual(moved?.detail, {
    followUpId: open.id,
    reason: 'Vermieterin fragen',
    why: to.why,
    from: addDays(today, 2),
    to: to.dueOn,
  });
});

test('a case that goes to another team takes its follow-ups along; who may not see it any more loses theirs to the team', async () => {
  const caseId = await newCase(benefits);
  await follow(ben, caseId, ben.id, 0, 'für Ben');
  await follow(ben, caseId, ada.id, 0, 'für Ada');
  await follow(ben, caseId, null, 0, 'fürs Team');
  await inTenant((tx) => moveToTeam(tx, act(ben, caseId), { id: housing, name: 'wohnen' }));
  const texts = async (who: Person) =>
    (await dueOf(who)).filter((line) => line.caseId === caseId && line.kind === 'follow-up').map((line) => line.text);
  assert.deepEqual(await texts(ben), []);
  assert.deepEqual((await texts(eva)).toSorted(), ['für Ben', 'fürs Team']);
  assert.deepEqual((await texts(ada)).toSorted(), ['für Ada', 'für Ben', 'fürs Team']);
  assert.equal((await kinds(caseId)).filter((kind) => kind === 'follow-up-handed').length, 1);
});

test('closing a case asks about each open follow-up, and changes nothing before it is answered', async () => {
  const caseId = await newCase(benefits);
  await follow(ada, caseId, ada.id, 1, 'eins');
  await follow(ada, caseId, null, 1, 'zwei');
  const [one, two] = await inTenant((tx) => openFollowUps(tx, caseId));
  assert.ok(one && two);
  const close = (end: string[], keep: string[], why: string) =>
    inTenant((tx) => closeCase(tx, act(ada, caseId), { staffId: ada.id, end, keep, why, items: new Map() }));
  assert.equal((await inTenant((tx) => closeCase(tx, act(ada, caseId)))).kind, 'still-open');
  assert.equal((await close([one.id], [], '')).kind, 'still-open');
  assert.equal((await close([one.id], [two.id], '')).kind, 'still-open');
  assert.equal((await inTenant((tx) => openFollowUps(tx, caseId))).length, 2);
  assert.equal((await close([one.id], [two.id], 'Widerspruch kann noch kommen')).kind, 'done');
  assert.deepEqual(
    (await inTenant((tx) => openFollowUps(tx, caseId))).map((each) => each.id),
    [two.id],
  );
  assert.deepEqual((await kinds(caseId)).slice(-3), ['follow-up-ended', 'follow-up-kept', 'closed']);
  assert.ok((await dueOf(ada, 1)).some((line) => line.id === two.id && line.state === 'closed'));
});

test('closing a case asks about each paper still asked for; one that stays opens it again when it comes', async () => {
  const caseId = await newCase(benefits);
  const dueOn = addDays(dayInGermany(office.services.clock.now()), 14);
  for (const what of ['Mietvertrag', 'Lohnzettel'])
    await inTenant((tx) => requireItem(tx, act(ada, caseId), { what, why: 'Für die Miete.', dueOn }));
  const [lease, payslip] = await inTenant((tx) => openRequiredItems(tx, caseId));
  assert.ok(lease && payslip);
  const close = (items: ReadonlyMap<string, ItemAtClosing>) =>
    inTenant((tx) => closeCase(tx, act(ada, caseId), { staffId: ada.id, end: [], keep: [], why: '', items }));
  assert.deepEqual(await inTenant((tx) => closeCase(tx, act(ada, caseId))), {
    kind: 'still-open',
    items: [lease.id, payslip.id],
    promises: [],
    followUps: [],
  });
  assert.deepEqual(await close(new Map([[lease.id, 'withdrawn']])), {
    kind: 'still-open',
    items: [payslip.id],
    promises: [],
    followUps: [],
  });
  assert.equal((await inTenant((tx) => openRequiredItems(tx, caseId))).length, 2, 'nothing was changed');
  const both = new Map<string, ItemAtClosing>([
    [lease.id, 'withdrawn'],
    [payslip.id, 'kept'],
  ]);
  assert.equal((await close(both)).kind, 'done');
  assert.deepEqual((await kinds(caseId)).slice(-2), ['item-withdrawn', 'closed']);
  const still = await inTenant((tx) => openRequiredItems(tx, caseId));
  assert.deepEqual(
    still.map(({ id }) => id),
    [payslip.id],
  );
  const { receipt } = await office.submit(tenant, { teamId: benefits });
  const answer = { caseId, submissionId: receipt.submissionId, channel: 'portal', documents: 1, itemId: payslip.id };
  assert.equal(await inTenant((tx) => attachSubmission(tx, { kind: 'system', name: 'portal' }, answer)), 'attached');
  const found = await inTenant((tx) => findCase(tx, readerOf(ada), caseId));
  assert.deepEqual([found?.state, found?.closedAt], ['new', null]);
});

test('closing a case asks about each open promise; one that stays open stays among those that are due', async () => {
  const caseId = await newCase(benefits);
  const dueAt = new Date(office.services.clock.now().getTime() + 3_600_000);
  for (const what of ['Rückruf zur Miete', 'Antwort zum Kurs'])
    await inTenant((tx) => makePromise(tx, act(ada, caseId), { what, dueAt }));
  const [call, answer] = await inTenant((tx) => openPromises(tx, caseId));
  assert.ok(call && answer);
  const close = (promises: ReadonlyMap<string, PromiseAtClosing>) =>
    inTenant((tx) =>
      closeCase(tx, act(ada, caseId), { staffId: ada.id, end: [], keep: [], why: '', items: new Map(), promises }),
    );
  const open = (...promises: string[]) => ({ kind: 'still-open', items: [], promises, followUps: [] });
  assert.deepEqual(await inTenant((tx) => closeCase(tx, act(ada, caseId))), open(call.id, answer.id));
  assert.deepEqual(await close(new Map([[call.id, 'fulfilled']])), open(answer.id));
  assert.equal((await inTenant((tx) => openPromises(tx, caseId))).length, 2, 'nothing was changed');
  const both = new Map<string, PromiseAtClosing>([
    [call.id, 'fulfilled'],
    [answer.id, 'open'],
  ]);
  assert.equal((await close(both)).kind, 'done');
  assert.deepEqual((await kinds(caseId)).slice(-2), ['promise-kept', 'closed']);
  const due = await inTenant((tx) => duePromises(tx, readerOf(ada), 50));
  assert.deepEqual(
    due.filter((each) => each.caseId === caseId).map(({ id }) => id),
    [answer.id],
  );
});

test('standing in begins and ends by its days, opens assigned work in the teams of the absent, and nothing else', async () => {
  const inHousing = await newCase(housing, ada);
  const othersInHousing = await newCase(housing);
  const inBenefits = await newCase(benefits, ada);
  const beyond = await newCase(housing, ben); // ben sees it only because it was given to him
  const named = await inTenant((tx) =>
    nameStandIn(tx, actorOf(ada), {
      absentId: ada.id,
      substituteId: ben.id,
      fromDay: addDays(today, 1),
      untilDay: addDays(today, 3),
    }),
  );
  assert.equal(named.kind, 'named');
  const sees = async (who: Person, caseId: string, days: number) => {
    const reader = await readerAt(who, days);
    return (await inTenant((tx) => findCase(tx, reader, caseId), days)) !== undefined;
  };
  for (const [days, open] of [
    [0, false],
    [1, true],
    [3, true],
    [4, false],
  ] as const) {
    assert.equal(await sees(ben, inHousing, days), open, `day ${days}`);
    assert.equal(await sees(ben, othersInHousing, days), false);
    assert.equal(await sees(eva, inBenefits, days), false);
  }
  // What somebody saw beyond their teams is not handed on, and neither is standing in itself.
  await inTenant((tx) =>
    nameStandIn(tx, actorOf(lou), {
      absentId: ben.id,
      substituteId: lou.id,
      fromDay: addDays(today, 1),
      untilDay: addDays(today, 2),
    }),
  );
  const clerkOfBen = readerOf({ ...eva, standsFor: [{ staffId: ben.id, teamIds: ben.teamIds }] });
  assert.equal((await inTenant((tx) => findCase(tx, clerkOfBen, inBenefits), 1)) === undefined, true);
  assert.equal(
    (await inTenant(
      (tx) =>
        findCase(tx, readerOf({ ...ada, teamIds: [], standsFor: [{ staffId: ben.id, teamIds: ben.teamIds }] }), beyond),
      1,
    )) === undefined,
    true,
  );
  // The day of the substitute shows the lines of the absent person, marked by whose they are.
  await inTenant((tx) =>
    requireItem(tx, act(ada, inHousing), { what: 'Mietvertrag', why: 'Miete', dueOn: addDays(today, -8) }),
  );
  await inTenant((tx) =>
    makePromise(tx, act(ada, inHousing), { what: 'Rückruf', dueAt: new Date(now.getTime() + 86_400_000 + 1000) }),
  );
  await follow(ada, inHousing, ada.id, 1, 'Ada wollte fragen');
  const lines = (await dueOf(ben, 2)).filter((line) => line.caseId === inHousing);
  assert.deepEqual(lines.map((line) => line.kind).toSorted(), ['follow-up', 'item', 'promise']);
  assert.ok(lines.every((line) => line.staffId === ada.id));
  assert.deepEqual(
    (await dueOf(ben, 4)).filter((line) => line.caseId === inHousing),
    [],
  );
  const reader = await readerAt(ben, 2);
  const forSelf = await inTenant(
    (tx) =>
      makeFollowUp(
        tx,
        { ...act(ben, inHousing), reader },
        {
          dueOn: addDays(today, 9),
          reason: 'später',
          topic: 'other',
          waitsFor: 'us',
          forStaffId: ben.id,
        },
      ),
    2,
  );
  assert.equal(forSelf.kind, 'nobody'); // it would come back when he may not look any more
});

test('who names whom: oneself inside a team, or a lead, for days to come; it ends early and is in the log', async () => {
  const name = (by: Person, absentId: string, substituteId: string, from = 0, until = 1) =>
    inTenant((tx) =>
      nameStandIn(tx, actorOf(by), {
        absentId,
        substituteId,
        fromDay: addDays(today, from),
        untilDay: addDays(today, until),
      }),
    );
  const why = async (outcome: ReturnType<typeof name>) => {
    const said = await outcome;
    return said.kind === 'refused' ? said.why : said.kind;
  };
  assert.equal(await why(name(ben, eva.id, ada.id)), 'not-allowed');
  assert.equal(await why(name(eva, eva.id, ben.id)), 'no-common-team');
  assert.equal(await why(name(lou, eva.id, eva.id)), 'same');
  assert.equal(await why(name(lou, eva.id, ada.id, -1)), 'days');
  assert.equal(await why(name(lou, eva.id, ada.id, 0, 400)), 'days');
  assert.equal(await why(name(lou, eva.id, ada.id)), 'named');
  assert.equal(await why(name(lou, eva.id, ada.id)), 'unchanged');
  const circles = await inTenant((tx) =>
    nameStandIn(tx, actorOf(lou), {
      absentId: eva.id,
      substituteId: ada.id,
      fromDay: today,
      untilDay: addDays(today, 2),
      circles: true,
    }),
  );
  assert.equal(circles.kind, 'named');
  const standing = await inTenant((tx) => standInsOf(tx, ada.id));
  const { rows } = await inTenant((tx) => substitutions(tx, { staffId: eva.id }, undefined, 10));
  assert.deepEqual(
    standing.map(({ substitutions: running, ...each }) => ({ ...each, running: running.toSorted() })),
    [
      {
        staffId: eva.id,
        teamIds: [housing],
        circles: false,
        untilDay: rows
          .map(({ untilDay }) => untilDay)
          .toSorted()
          .at(-1),
        running: rows.map(({ id }) => id).toSorted(),
      },
    ],
  ); // a lead opens no circle
  assert.ok((await inTenant(absentToday)).some((each) => each.id === eva.id));
  assert.equal(rows.length, 2);
  for (const row of rows) {
    assert.equal(await inTenant((tx) => endStandIn(tx, actorOf(ben), row.id)), 'not-found');
    assert.equal(await inTenant((tx) => endStandIn(tx, actorOf(eva), row.id)), 'ended');
    assert.equal(await inTenant((tx) => endStandIn(tx, actorOf(eva), row.id)), 'unchanged');
  }
  assert.deepEqual(await inTenant((tx) => standInsOf(tx, ada.id)), []);
  const logged = await inTenant((tx) =>
    tx.raw<{ action: string }>(
      "select action from app.audit_entry where jobcenter_id = $1 and subject_id = $2 and action like 'staff.subst%' order by id",
      [tenant.jobcenter.id, eva.id],
    ),
  );
  const [named, ended] = ['staff.substitute-named', 'staff.substitution-ended'];
  assert.deepEqual(
    logged.map((row) => row.action),
    [named, named, ended, ended],
  );
});

test('what came in stands there until somebody does something; the board counts teams and never people', async () => {
  const caseId = await newCase(benefits);
  const arrived = async (who: Person) =>
    (await inTenant((tx) => arrivedLines(tx, readerOf(who), 'others', undefined, 100))).lines.some(
      (line) => line.caseId === caseId,
    );
  assert.deepEqual([await arrived(ben), await arrived(eva)], [true, false]);
  const free = await inTenant((tx) => unassignedLoad(tx, readerOf(ben), benefits, today));
  assert.ok(free.open > 0 && free.oldest !== null);
  await inTenant((tx) => assignCase(tx, act(ben, caseId), ben));
  assert.equal(await arrived(ben), false);
  const load = await inTenant((tx) => teamLoad(tx, readerOf(ben), benefits, today));
  assert.ok(load.length > 0);
  assert.deepEqual([...new Set(load.flatMap((row) => Object.keys(row)))].toSorted(), [
    'concern',
    'oldest',
    'open',
    'overdue',
    'state',
  ]);
  assert.deepEqual(await inTenant((tx) => teamLoad(tx, readerOf(ben), housing, today)), []);
  assert.equal((await inTenant((tx) => unassignedLoad(tx, readerOf(ben), housing, today))).open, 0);
  assert.ok((await inTenant((tx) => ownLoad(tx, readerOf(ben), today))).open > 0);
});

test('who called stands under calls and nowhere else, for the team, until somebody writes or acts in the case', async () => {
  const called = await office.submit(tenant, { teamId: benefits, channel: 'phone' });
  const wrote = await newCase(benefits);
  const has = async (who: Person, which: 'calls' | 'others', caseId: string) =>
    (await inTenant((tx) => arrivedLines(tx, readerOf(who), which, undefined, 200))).lines.some(
      (line) => line.caseId === caseId,
    );
  assert.deepEqual([await has(ben, 'calls', called.caseId), await has(ben, 'others', called.caseId)], [true, false]);
  assert.deepEqual([await has(ben, 'calls', wrote), await has(ben, 'others', wrote)], [false, true]);
  assert.equal(await has(eva, 'calls', called.caseId), false, 'another team');
  await inTenant((tx) => assignCase(tx, act(ben, called.caseId), ben));
  assert.equal(await has(ben, 'calls', called.caseId), false, 'somebody has it in hand');
});

test('what belongs to people who are away is listed for a lead, with pages', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 3; i += 1) ids.push(await newCase(housing, eva));
  await follow(eva, ids[0] ?? '', eva.id, 3, 'Eva wollte fragen');
  const first = await inTenant((tx) => casesOfAbsent(tx, readerOf(lou), [eva.id], undefined, 2));
  assert.ok(first.next);
  const second = await inTenant((tx) => casesOfAbsent(tx, readerOf(lou), [eva.id], first.next, 2));
  assert.deepEqual([...first.rows, ...second.rows].map((row) => row.id).toSorted(), ids.toSorted());
  assert.deepEqual((await inTenant((tx) => casesOfAbsent(tx, readerOf(ben), [eva.id], undefined, 9))).rows, []);
  const reminders = await inTenant((tx) => followUpsOfAbsent(tx, readerOf(lou), [eva.id], undefined, 9));
  assert.deepEqual(
    reminders.lines.map((line) => line.text),
    ['Eva wollte fragen'],
  );
});

test('pages of a day follow each other without a gap, whatever the lines are', async () => {
  const gil = await hire('Gil', 'clerk', [await teamOf('neu')]);
  for (let i = 0; i < 3; i += 1) {
    const caseId = await newCase(gil.teamIds[0] ?? null, gil);
    await follow(gil, caseId, gil.id, i, `f${i}`);
    await inTenant((tx) =>
      requireItem(tx, act(gil, caseId), { what: `i${i}`, why: 'x', dueOn: addDays(today, i - 8) }),
    );
    const dueAt = new Date(now.getTime() + i * 86_400_000 + 1000);
    await inTenant((tx) => makePromise(tx, act(gil, caseId), { what: `p${i}`, dueAt }));
  }
  const whole = { whose: 'mine', applications: [] } as const;
  const pages: string[][] = [];
  for (let after: DayCursor | undefined; ; ) {
    const page = await inTenant((tx) => dueLines(tx, readerOf(gil), whole, after, 2), 6);
    pages.push(page.lines.map((line) => line.text ?? ''));
    if (page.next === undefined) break;
    after = page.next;
  }
  const all = await inTenant((tx) => dueLines(tx, readerOf(gil), whole, undefined, 100), 6);
  assert.deepEqual(
    pages.flat(),
    all.lines.map((line) => line.text ?? ''),
  );
  assert.equal(new Set(pages.flat()).size, 9);
});

test('a paper that is set for a Saturday or a holiday is late when the next working day is over, for staff as for the person', async () => {
  const ivo = await hire('Ivo', 'clerk', [await teamOf('frist')]);
  const caseId = await newCase(ivo.teamIds[0] ?? null, ivo);
  for (const dueOn of ['2099-10-31', '2099-11-06', '2100-01-06'])
    await inTenant((tx) => requireItem(tx, act(ivo, caseId), { what: dueOn, why: 'x', dueOn }));
  const seen = (day: string, place?: HolidayPlace) =>
    office.services.database.tenant(
      tenant.jobcenter.id,
      async (tx) => {
        const options = { whose: 'mine', applications: [], ...(place && { place }) } as const;
        const { lines } = await dueLines(tx, readerOf(ivo), options, undefined, 10);
        const late = lines.filter(({ kind }) => kind === 'item').map(({ text, until }) => `${text} ${until}`);
        const waits = await waitingLines(tx, readerOf(ivo), undefined, 10, place);
        return [late, waits.lines.map(({ text, until }) => `${text} ${until}`)];
      },
      instantInGermany(day, '12:00'),
    );
  const [saturday, friday, epiphany] = ['2099-10-31 2099-11-02', '2099-11-06 2099-11-06', '2100-01-06 2100-01-06'];
  assert.deepEqual(await seen('2099-11-01'), [[], [saturday, friday, epiphany]]);
  assert.deepEqual(await seen('2099-11-02'), [[], [saturday, friday, epiphany]], 'the Monday is the last day');
  assert.deepEqual(await seen('2099-11-03'), [[saturday], [friday, epiphany]]);
  assert.deepEqual(await seen('2099-11-07'), [[saturday, friday], [epiphany]]);
  assert.deepEqual(await seen('2100-01-07'), [[saturday, friday, epiphany], []]);
  const bavaria = await seen('2100-01-07', { state: 'BY' });
  assert.deepEqual(bavaria, [[saturday, friday], ['2100-01-06 2100-01-07']], 'a holiday there');
});

test('the day on which a suit for inaction is possible is the day after six months', () => {
  assert.equal(suitDay(new Date('2026-03-15T10:00:00Z')), '2026-09-16');
  assert.equal(suitDay(new Date('2026-08-31T10:00:00Z')), '2027-03-01'); // the sixth month has no 31st
});

test('another Jobcenter has none of it', async () => {
  const rows = await office.services.database.tenant(elsewhere.jobcenter.id, (tx) =>
    dueLines(tx, { role: 'lead', id: lou.id, teamIds: [benefits] }, { whose: 'team', applications: [] }, undefined, 10),
  );
  assert.deepEqual(rows.lines, []);
});

test('who stands in sees the cases in which a follow-up or a promise of the absent person falls due, whoever they are assigned to', async () => {
  const [asked, later, promised, others] = [
    await newCase(housing, eva),
    await newCase(housing, eva),
    await newCase(housing),
    await newCase(housing, eva),
  ];
  await follow(ada, asked, ada.id, 1, 'Ada wollte fragen');
  await follow(ada, later, ada.id, 9, 'erst nach der Vertretung');
  await inTenant((tx) =>
    makePromise(tx, act(ada, promised), { what: 'Rückruf', dueAt: new Date(now.getTime() + 3_600_000) }),
  );
  const heldCases = await inTenant((tx) => casesExpecting(tx, ada.id, addDays(today, 3)));
  const reader = readerOf({ ...ben, standsFor: [{ staffId: ada.id, teamIds: ada.teamIds, heldCases }] });
  const sees = async (caseId: string) => (await inTenant((tx) => findCase(tx, reader, caseId))) !== undefined;
  assert.deepEqual(
    [await sees(asked), await sees(promised), await sees(later), await sees(others)],
    [true, true, false, false],
  );
  const strangers = readerOf({ ...ben, standsFor: [{ staffId: ada.id, teamIds: [benefits], heldCases }] });
  assert.equal(
    await inTenant((tx) => findCase(tx, strangers, asked)),
    undefined,
    'not outside the teams of the absent',
  );
});

test('a team of one has nobody else: a lead names somebody of another team, who sees what is the absent person’s and no more', async () => {
  const given = { absentId: eva.id, substituteId: ben.id, fromDay: today, untilDay: addDays(today, 1) };
  const [mine, others] = [await newCase(housing, eva), await newCase(housing)];
  assert.equal((await inTenant((tx) => nameStandIn(tx, actorOf(lou), given))).kind, 'named');
  const reader = await readerAt(ben, 0);
  assert.ok(await inTenant((tx) => findCase(tx, reader, mine)));
  assert.equal(await inTenant((tx) => findCase(tx, reader, others)), undefined);
});

test('what is decided has its answer and is late no more, although it is not closed yet', async () => {
  const caseId = await newCase(benefits, ada);
  const late = async () => {
    const own = await inTenant((tx) => ownLoad(tx, readerOf(ada), addDays(today, 200)));
    const team = await inTenant((tx) => teamLoad(tx, readerOf(ada), benefits, addDays(today, 200)));
    return [own.overdue, team.reduce((sum, each) => sum + each.overdue, 0)];
  };
  const [own = 0, team = 0] = await late();
  await inTenant((tx) => decideCase(tx, act(ada, caseId), { result: 'granted', reasons: 'Alles da.' }));
  assert.deepEqual(await late(), [own - 1, team - 1]);
});
