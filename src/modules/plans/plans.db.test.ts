import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, openCaseOffice } from '../../../test/support/case-office.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import {
  assignCase,
  closeCase,
  dueLines,
  endFollowUp,
  moveFollowUp,
  openFollowUps,
  readerOf,
  timeline,
  writtenEvents,
} from '../cases/index.ts';
import { addEmployer, idsOfEmployer, mergeEmployers } from '../employers/index.ts';
import { addTeam } from '../settings/index.ts';
import {
  addEntry,
  adjustAgreement,
  agreements,
  countPlansDue,
  endAgreement,
  endEntry,
  goOn,
  hearBack,
  holdReview,
  latestReview,
  linkProposal,
  makeAgreement,
  planEntries,
  planLines,
  planReviews,
  plansOfTeam,
  proposals,
  proposalsOfEmployer,
  propose,
  refer,
  referrals,
  revokeConsent,
} from './index.ts';

const { office, tenant, elsewhere, now, benefits, inTenant, hire, newCase } = await openCaseOffice();
const today = dayInGermany(now);
const other = await inTenant((tx) => addTeam(tx, { key: 'wohnen', name: 'Wohnen', phone: '1' }));
assert.ok(other.kind === 'added');
const ada = await hire('Ada', [benefits]);
const eva = await hire('Eva', [other.id]);
const agreed = (what: string, days: number, side: 'person' | 'office' = 'person') => ({
  side,
  what,
  who: '',
  dueOn: addDays(today, days),
  goalId: null,
  reminder: `Vereinbarung: ${what}`,
  begins: { summary: 'Begonnen', reminder: 'Plan ansehen' },
});
const due = async (days: number): Promise<string[]> => {
  const page = await inTenant(
    (tx) => dueLines(tx, readerOf(ada), { whose: 'mine', applications: [] }, undefined, 100),
    days,
  );
  return page.lines.flatMap((line) => (line.kind === 'follow-up' && line.text !== null ? [line.text] : []));
};
const acts = async (caseId: string): Promise<string[]> =>
  (await inTenant((tx) => timeline(tx, caseId))).flatMap((event) => (event.kind === 'plan' ? [event.detail.act] : []));

test('an agreement of either side comes back on its day, and stops when it is done', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  assert.deepEqual(await inTenant((tx) => makeAgreement(tx, a, agreed('Zeugnisse sortieren', 10))), { kind: 'done' });
  await inTenant((tx) => makeAgreement(tx, a, agreed('Kurs suchen', 12, 'office')));
  assert.deepEqual(await due(9), []);
  assert.deepEqual(await due(12), ['Vereinbarung: Zeugnisse sortieren', 'Vereinbarung: Kurs suchen']);
  const [first] = await inTenant((tx) => agreements(tx, caseId));
  const end = () => inTenant((tx) => endAgreement(tx, a, first?.id ?? '', { as: 'done', reason: '' }));
  assert.deepEqual(await end(), { kind: 'done' });
  assert.deepEqual(await end(), { kind: 'ended' });
  assert.deepEqual(await due(12), ['Vereinbarung: Kurs suchen']);
  assert.deepEqual(await acts(caseId), ['agreed-person', 'agreed-office', 'agreement-done']);
  const waits = (await inTenant((tx) => openFollowUps(tx, caseId))).map((each) => [each.waitsFor, each.reason]);
  assert.deepEqual(waits, [
    ['us', 'Vereinbarung: Kurs suchen'],
    ['us', 'Plan ansehen'],
  ]);
});

test('what both change is a further agreement with the reason; the old one stays and reminds no more', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  await inTenant((tx) => makeAgreement(tx, a, agreed('Drei Bewerbungen', 5)));
  const [first] = await inTenant((tx) => agreements(tx, caseId));
  const to = { what: 'Eine Bewerbung', dueOn: addDays(today, 20), reason: 'Das Kind war krank', reminder: 'neu' };
  assert.deepEqual(await inTenant((tx) => adjustAgreement(tx, a, first?.id ?? '', to)), { kind: 'done' });
  const list = await inTenant((tx) => agreements(tx, caseId));
  assert.deepEqual(
    list.map(({ what, endedAs, endedReason }) => [what, endedAs, endedReason]),
    [
      ['Drei Bewerbungen', 'adjusted', 'Das Kind war krank'],
      ['Eine Bewerbung', null, null],
    ],
  );
  assert.equal((await due(20)).includes('neu'), true);
  assert.equal((await due(20)).includes('Vereinbarung: Drei Bewerbungen'), false);
  assert.deepEqual(await inTenant((tx) => adjustAgreement(tx, a, first?.id ?? '', to)), { kind: 'ended' });
  const second = list[1]?.id ?? '';
  assert.deepEqual(await inTenant((tx) => adjustAgreement(tx, a, second, to)), { kind: 'unchanged' });
});

test('another team, another Jobcenter and another case reach none of it', async () => {
  const [mine, second] = [await newCase(), await newCase()];
  await inTenant((tx) => makeAgreement(tx, act(ada, mine), agreed('Eigenes', 3)));
  await inTenant((tx) => addEntry(tx, act(ada, mine), { kind: 'goal', words: 'Koch' }));
  const [agreement] = await inTenant((tx) => agreements(tx, mine));
  const [goal] = await inTenant((tx) => planEntries(tx, mine));
  const id = agreement?.id ?? '';
  const no = { kind: 'not-found' };
  const done = { as: 'done', reason: '' } as const;
  const consent = null;
  const help = {
    service: 'debts',
    organisation: 'Caritas',
    reason: 'Miete',
    consent,
    askOn: today,
    reminder: '',
  } as const;
  assert.deepEqual(await inTenant((tx) => makeAgreement(tx, act(eva, mine), agreed('x', 1))), no);
  assert.deepEqual(await inTenant((tx) => endAgreement(tx, act(eva, mine), id, done)), no);
  assert.deepEqual(await inTenant((tx) => endAgreement(tx, act(ada, second), id, done)), no);
  const foreign = { ...agreed('x', 1), goalId: goal?.id ?? '' };
  assert.deepEqual(await inTenant((tx) => makeAgreement(tx, act(ada, second), foreign)), no);
  assert.deepEqual(await inTenant((tx) => addEntry(tx, act(eva, mine), { kind: 'goal', words: 'x' })), no);
  assert.deepEqual(await inTenant((tx) => refer(tx, act(eva, mine), help)), no);
  const { database } = office.services;
  const there = await database.tenant(elsewhere.jobcenter.id, (tx) => agreements(tx, mine));
  assert.deepEqual(there, []);
  const lead = { ...act(ada, mine), reader: { role: 'lead', id: ada.id, teamIds: [] } as const };
  assert.deepEqual(await database.tenant(elsewhere.jobcenter.id, (tx) => endAgreement(tx, lead, id, done)), no);
  assert.deepEqual(await acts(mine), ['agreed-person', 'goal']);
});

test('a plan is looked at again within six months, and comes back on that day', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  const review = { heldOn: today, nextOn: latestReview(today), summary: 'Alles gesehen', reminder: 'Plan ansehen' };
  const held = (more: Partial<typeof review>) =>
    inTenant(async (tx) => (await holdReview(tx, a, { ...review, ...more })).kind);
  assert.equal(await held({ nextOn: addDays(latestReview(today), 1) }), 'too-late');
  assert.equal(await held({ nextOn: today }), 'too-late');
  assert.equal(await held({ heldOn: addDays(today, 1) }), 'future');
  assert.equal(await held({ nextOn: addDays(today, 30) }), 'done');
  assert.equal(await held({}), 'done');
  assert.deepEqual(
    (await inTenant((tx) => planReviews(tx, caseId))).map((each) => each.nextOn).toSorted(),
    [addDays(today, 30), latestReview(today)].toSorted(),
  );
  const open = await inTenant((tx) => openFollowUps(tx, caseId));
  assert.deepEqual(
    open.map((each) => each.dueOn),
    [latestReview(today)],
  );
});

test('a plan begins with its first agreement: it comes back after six months although nobody noted a talk', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  await inTenant((tx) => makeAgreement(tx, a, agreed('Zeugnisse sortieren', 10)));
  await inTenant((tx) => makeAgreement(tx, a, agreed('Kurs suchen', 12)));
  const reviews = await inTenant((tx) => planReviews(tx, caseId));
  assert.deepEqual(
    reviews.map(({ heldOn, nextOn, summary }) => [heldOn, nextOn, summary]),
    [[today, latestReview(today), 'Begonnen']],
  );
  assert.deepEqual(
    (await inTenant((tx) => openFollowUps(tx, caseId))).filter((each) => each.dueOn === latestReview(today)).length,
    1,
  );
});

test('words about burdens stand in their row alone, and go for good when they are taken back', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  const words = 'Ich schlafe seit Wochen schlecht';
  await inTenant((tx) => addEntry(tx, a, { kind: 'burden', words }));
  await inTenant((tx) => addEntry(tx, a, { kind: 'strength', words: 'Ich koche gern' }));
  const [burden, strength] = await inTenant((tx) => planEntries(tx, caseId));
  const events = await inTenant((tx) => timeline(tx, caseId));
  assert.equal(JSON.stringify(events).includes(words), false);
  assert.equal(JSON.stringify(events).includes('Ich koche gern'), true);
  const found = await inTenant((tx) =>
    writtenEvents(
      tx,
      events.map((event) => event.id),
    ),
  );
  assert.deepEqual(
    found.map((each) => each.text),
    ['Ich koche gern'],
  );
  const takeBack = (id: string | undefined) =>
    inTenant(async (tx) => (await endEntry(tx, a, id ?? '', { as: 'taken-back', reason: 'geheim' })).kind);
  assert.equal(await takeBack(strength?.id), 'unchanged');
  assert.equal(await takeBack(burden?.id), 'done');
  assert.equal(await takeBack(burden?.id), 'ended');
  const after = await inTenant((tx) => planEntries(tx, caseId));
  assert.deepEqual(
    after.map((each) => [each.words, each.endedAs, each.endedReason]),
    [
      [null, 'taken-back', null],
      ['Ich koche gern', null, null],
    ],
  );
  assert.equal(JSON.stringify(await inTenant((tx) => timeline(tx, caseId))).includes('geheim'), false);
});

test('a proposal goes on by steps; a refusal says whose it is and why', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  const job = { kind: 'job', title: 'Küchenhilfe', provider: 'Kantine', onDay: today, words: 'kocht gern' } as const;
  await inTenant((tx) => propose(tx, a, job));
  const [proposal] = await inTenant((tx) => proposals(tx, caseId));
  const step = (more: Partial<Parameters<typeof goOn>[3]>) =>
    inTenant(
      async (tx) =>
        (await goOn(tx, a, proposal?.id ?? '', { step: 'contact', onDay: today, side: null, words: 'Ruf an', ...more }))
          .kind,
    );
  assert.equal(await step({}), 'done');
  assert.equal(await step({ step: 'refused' }), 'wrong');
  assert.equal(await step({ step: 'refused', side: 'person', words: 'Schicht geht nicht mit der Kita' }), 'done');
  const [after] = await inTenant((tx) => proposals(tx, caseId));
  assert.deepEqual(
    after?.course.map((each) => [each.step, each.side, each.words]),
    [
      ['proposed', null, 'kocht gern'],
      ['contact', null, 'Ruf an'],
      ['refused', 'person', 'Schicht geht nicht mit der Kita'],
    ],
  );
  assert.equal(
    await inTenant(
      async (tx) =>
        (await goOn(tx, act(eva, caseId), after?.id ?? '', { step: 'ended', onDay: today, side: null, words: '' }))
          .kind,
    ),
    'not-found',
  );
});

test('a referral says what may be told; the consent can be revoked, and the way back ends it', async () => {
  const caseId = await newCase();
  const a = act(ada, caseId);
  const consent = { mayTell: 'Name und Telefon', until: addDays(today, 90) };
  const help = { service: 'debts', organisation: 'Schuldnerberatung', reason: 'Mietschulden', consent } as const;
  await inTenant((tx) => refer(tx, a, { ...help, askOn: addDays(today, 28), reminder: 'Was wurde daraus?' }));
  const [referral] = await inTenant((tx) => referrals(tx, caseId));
  const id = referral?.id ?? '';
  assert.deepEqual(await inTenant((tx) => revokeConsent(tx, a, id)), { kind: 'done' });
  assert.deepEqual(await inTenant((tx) => revokeConsent(tx, a, id)), { kind: 'unchanged' });
  await inTenant((tx) => hearBack(tx, a, id, { kind: 'appointment', words: 'am Montag' }));
  assert.equal((await inTenant((tx) => openFollowUps(tx, caseId))).length, 1);
  await inTenant((tx) => hearBack(tx, a, id, { kind: 'helped', words: '' }));
  assert.equal((await inTenant((tx) => openFollowUps(tx, caseId))).length, 0);
  assert.deepEqual(await inTenant((tx) => hearBack(tx, a, id, { kind: 'other', words: 'x' })), { kind: 'ended' });
  const [after] = await inTenant((tx) => referrals(tx, caseId));
  assert.ok(after?.revokedAt && after.endedAt);
  assert.deepEqual(
    after.news.map((each) => [each.kind, each.words]),
    [
      ['appointment', 'am Montag'],
      ['helped', ''],
    ],
  );
  assert.deepEqual(await acts(caseId), ['referred', 'consent-revoked', 'heard-back', 'heard-back']);
});

test('a proposal is put beside an employer, then or later; the employer shows it to who may open the case, also merged', async () => {
  const said = { kind: 'employer', place: '', sector: '', wants: '', carerId: '' } as const;
  const listed = async (name: string) => {
    const kept = await inTenant((tx) => addEmployer(tx, act(ada, ''), { ...said, name }));
    assert.ok(kept.kind === 'done');
    return kept.id;
  };
  const [bakery, other] = [await listed('Bäckerei'), await listed('Bäckerei Krume')];
  const caseId = await newCase();
  const a = act(ada, caseId);
  const wanted = { kind: 'job', onDay: today, words: '' } as const;
  await inTenant((tx) => propose(tx, a, { ...wanted, title: 'Verkauf', provider: 'Bäckerei', employerId: bakery }));
  await inTenant((tx) => propose(tx, a, { ...wanted, title: 'Backstube', provider: 'die am Markt' }));
  const later = (await inTenant((tx) => proposals(tx, caseId))).find((each) => each.title === 'Backstube')?.id ?? '';
  const link = (who: typeof ada, employerId: string | null) =>
    inTenant((tx) => linkProposal(tx, act(who, caseId), { proposalId: later, employerId }));
  assert.deepEqual(await link(eva, other), { kind: 'not-found' });
  assert.deepEqual(await link(ada, other), { kind: 'done' });
  assert.deepEqual(await link(ada, other), { kind: 'unchanged' });
  const seen = async (who: typeof ada, id: string) =>
    (
      await inTenant(async (tx) => proposalsOfEmployer(tx, readerOf(who), await idsOfEmployer(tx, id), undefined, 10))
    ).map(({ title, provider }) => `${title}, ${provider}`);
  assert.deepEqual(await seen(ada, other), ['Backstube, die am Markt']);
  assert.deepEqual(await seen(eva, other), [], 'who may not open the case is told nothing');
  await inTenant((tx) => mergeEmployers(tx, a, { keep: bakery, drop: other }));
  assert.deepEqual(await seen(ada, bakery), ['Backstube, die am Markt', 'Verkauf, Bäckerei']);
  assert.deepEqual(await link(ada, null), { kind: 'done' });
  assert.deepEqual(await acts(caseId), ['proposed', 'proposed', 'employer-linked', 'employer-unlinked']);
  const foreign = { ...wanted, title: 'x', provider: '', employerId: caseId };
  assert.deepEqual(await inTenant((tx) => propose(tx, a, foreign)), { kind: 'not-found' });
});

test('a plan stands in the day of whoever works on it until it was looked at, whatever becomes of the follow-up', async () => {
  const team = await inTenant((tx) => addTeam(tx, { key: 'plan', name: 'Plan', phone: '1' }));
  assert.ok(team.kind === 'added');
  const [ina, gil] = [await hire('Ina', [team.id]), await hire('Gil', [team.id])];
  const { caseId } = await office.submit(tenant, { teamId: team.id });
  const a = act(ina, caseId);
  const reader = readerOf(ina);
  const words = { summary: 'Gesehen', reminder: 'Plan ansehen' };
  const hold = (days: number, next: number) => {
    const review = { ...words, heldOn: addDays(today, days), nextOn: addDays(today, next) };
    return inTenant((tx) => holdReview(tx, a, review), Math.max(days, 0));
  };
  assert.deepEqual(await hold(-30, 60), { kind: 'done' });
  const inDay = async (days: number, whose: 'mine' | 'team' = 'mine', who = reader): Promise<string[]> =>
    (await inTenant((tx) => planLines(tx, who, { whose }, undefined, 100), days)).lines.flatMap((line) =>
      line.caseId === caseId ? [line.nextOn] : [],
    );
  const listed = async (days: number, who = reader): Promise<string[]> =>
    (await inTenant((tx) => plansOfTeam(tx, who, team.id, undefined, 40), days)).lines.map((line) => line.caseId);
  const onBoard = async (days: number) => {
    const counted = await inTenant((tx) => countPlansDue(tx, reader, team.id), days);
    assert.equal((await listed(days)).length, counted.due, 'the list has what the board counts');
    return counted;
  };
  assert.deepEqual(await onBoard(45), { due: 0, past: 0 });
  assert.deepEqual(await inDay(45, 'team'), [], 'more than two weeks before nothing is due');
  assert.deepEqual(
    await inDay(46, 'team'),
    [addDays(today, 60)],
    'two weeks before, with the team, as nobody works on it',
  );
  assert.deepEqual(await inDay(46), []);
  assert.deepEqual(await inDay(46, 'team', readerOf(eva)), [], 'another team is told nothing');
  assert.deepEqual(await onBoard(46), { due: 1, past: 0 });
  assert.deepEqual([await listed(46), await listed(46, readerOf(eva))], [[caseId], []], 'and only for who may open it');

  await inTenant((tx) => assignCase(tx, a, { id: eva.id, name: eva.name }), 46);
  assert.deepEqual(await inDay(46, 'mine', readerOf(eva)), [addDays(today, 60)], 'who works on it, from another team');
  assert.deepEqual(await onBoard(46), { due: 1, past: 0 });
  const there = await inTenant((tx) => plansOfTeam(tx, readerOf(eva), other.id, undefined, 40), 46);
  assert.ok(!there.lines.some((line) => line.caseId === caseId), 'the team of the case answers for it, and no other');

  await inTenant((tx) => assignCase(tx, a, { id: ina.id, name: ina.name }), 47);
  assert.deepEqual(await inDay(50), [addDays(today, 60)]);
  assert.deepEqual(await inDay(50, 'team'), []);
  assert.deepEqual(await inDay(50, 'mine', readerOf(gil)), [], 'who does not work on it has it not in their day');
  const standIn = { ...readerOf(gil), standsFor: [{ staffId: ina.id, teamIds: [team.id] }] };
  assert.deepEqual(await inDay(50, 'mine', standIn), [addDays(today, 60)], 'who stands in has it');
  assert.deepEqual(await inDay(60), [], 'on its day the reminder says it in the same list');
  const [reminder] = await inTenant((tx) => openFollowUps(tx, caseId));

  await inTenant((tx) => endFollowUp(tx, a, reminder?.id ?? ''), 61);
  assert.deepEqual(await inDay(61), [addDays(today, 60)], 'who ends the reminder has not looked at the plan');
  assert.deepEqual(await inDay(200), [addDays(today, 60)], 'however long it lies');
  assert.deepEqual(await onBoard(200), { due: 1, past: 1 });

  assert.deepEqual(await hold(200, 300), { kind: 'done' });
  assert.deepEqual(await inDay(200), [], 'a look ends it');
  assert.deepEqual(await onBoard(200), { due: 0, past: 0 });
  const [next] = await inTenant((tx) => openFollowUps(tx, caseId));
  await inTenant((tx) => moveFollowUp(tx, a, next?.id ?? '', { dueOn: addDays(today, 400), why: 'später' }), 201);
  assert.deepEqual(await inDay(310), [addDays(today, 300)], 'who moves the reminder has not moved the plan');

  const close = { items: new Map(), end: [], keep: [next?.id ?? ''], why: 'kommt wieder', staffId: ina.id };
  assert.deepEqual(await inTenant((tx) => closeCase(tx, a, close), 310), { kind: 'done' });
  assert.deepEqual(await inDay(311), [], 'a closed case does not count');
  assert.deepEqual(await onBoard(311), { due: 0, past: 0 });
});
