import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { accessLog } from '../audit/index.ts';
import {
  addNote,
  assignCase,
  type CaseReader,
  caseStamp,
  confirmPerson,
  findCase,
  moveToTeam,
  nameStandIn,
  readerOf,
  relatedCases,
  timeline,
  writtenEvents,
} from '../cases/index.ts';
import { addEmployer, notesOfEmployer } from '../employers/index.ts';
import { addStaff, disableStaff, endSubstitution, standInsOf } from '../identity/index.ts';
import { addHousehold, addPerson } from '../people/index.ts';
import { addTeam } from '../settings/index.ts';
import {
  addTopic,
  circleMembers,
  circleNote,
  circleStamp,
  circlesOf,
  circleTopic,
  closeCircle,
  closeTopic,
  findableNotes,
  foundCircle,
  knownCircles,
  leaveCircle,
  linkTalk,
  type NewNote,
  nameEmployers,
  notesClosedTo,
  notesOf,
  noteTopics,
  openToStandIn,
  peopleOfCase,
  renameTopic,
  shippedTopics,
  standInsOfCircle,
  takeIntoCircle,
  topicChanges,
  withNotes,
  writeNote,
} from './index.ts';

const office = await openTestOffice();
const [tenant, elsewhere] = office.tenants;
assert.ok(tenant && elsewhere);
const today = dayInGermany(office.services.clock.now());
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  office.services.database.tenant(tenant.jobcenter.id, work);

const benefits = tenant.teams['leistung'] ?? '';
const added = await inTenant((tx) => addTeam(tx, { key: 'fall', name: 'Fallmanagement', phone: '1' }));
const guidance = added.kind === 'added' ? added.id : '';

type Person = {
  readonly id: string;
  readonly name: string;
  readonly role: 'clerk' | 'lead';
  readonly teamIds: string[];
};
async function hire(name: string, role: Person['role'], teamIds: string[]): Promise<Person> {
  const login = name.toLowerCase();
  const hired = await inTenant((tx) =>
    addStaff(tx, Buffer.alloc(32, 1), {
      login,
      name,
      role,
      password: `${name} ${name} ${name}`,
      totpSecret: 'JBSWY3DP',
      teamIds,
    }),
  );
  assert.ok(hired.kind === 'added');
  return { id: hired.id, name, role, teamIds };
}
const ada = await hire('Ada', 'clerk', [benefits, guidance]);
const ben = await hire('Ben', 'clerk', [benefits, guidance]);
const eva = await hire('Eva', 'clerk', [benefits]);
const lou = await hire('Lou', 'lead', [benefits]);

const actorOf = (who: Person) => ({ kind: 'staff', id: who.id, name: who.name }) as const;
const house = (who: Person) => ({ actor: actorOf(who), role: who.role });
const readerAs = (who: Person): Promise<CaseReader> =>
  inTenant(async (tx) => readerOf({ ...who, standsFor: await standInsOf(tx, who.id) }));
const looker = async (who: Person) => ({ actor: actorOf(who), reader: await readerAs(who) });

const note = (more: Partial<NewNote> = {}): NewNote => ({
  text: 'Hat von der Kündigung erzählt.',
  topic: 'housing',
  whom: 'stated',
  way: 'phone',
  day: today,
  circleId: null,
  corrects: null,
  ...more,
});
const write = async (who: Person, caseId: string, more: Partial<NewNote> = {}) => {
  const act = { ...(await looker(who)), caseId };
  return inTenant((tx) => writeNote(tx, act, note(more)));
};
const read = async (who: Person, caseId: string, filter = {}) => {
  const as = await looker(who);
  return (await inTenant((tx) => notesOf(tx, as, [caseId], filter, undefined, 50))).notes;
};
const newCase = async (): Promise<string> => (await office.submit(tenant, { teamId: benefits })).caseId;
const circleNamed = async (name: string, members: readonly Person[]): Promise<string> => {
  const outcome = await inTenant((tx) =>
    foundCircle(
      tx,
      house(lou),
      name,
      members.map((each) => each.id),
    ),
  );
  assert.equal(outcome.kind, 'done');
  const [first] = members;
  assert.ok(first);
  const as = await readerAs(first);
  const circle = (await inTenant((tx) => circlesOf(tx, as))).find((each) => each.name === name);
  return circle?.id ?? '';
};
const audited = (action: string) =>
  inTenant((tx) =>
    tx.raw<{ subject_id: string; case_id: string | null }>(
      'select subject_id, case_id from app.audit_entry where jobcenter_id = $1 and action = $2 order by id',
      [tenant.jobcenter.id, action],
    ),
  );

test('a note is found again by topic, person, author and time; notes of before stay readable', async () => {
  const caseId = await newCase();
  const [mika, ole] = await inTenant(async (tx) => {
    const mother = await addPerson(tx, { familyName: 'Muster', givenName: 'Mika', birthDate: '1990-05-17' });
    const child = await addPerson(tx, { familyName: 'Muster', givenName: 'Ole', birthDate: '2015-05-17' });
    const householdId = await addHousehold(tx, {
      fileNumber: 'A-1',
      members: [
        { personId: child, role: 'child' },
        { personId: mother, role: 'applicant' },
      ],
      fromDay: today,
    });
    const person = { id: mother, householdId, name: 'Muster, Mika', birthDate: '1990-05-17' };
    await confirmPerson(tx, { actor: actorOf(lou), reader: readerOf(lou), caseId }, person);
    return [mother, child];
  });
  const found = await inTenant((tx) => findCase(tx, readerOf(ada), caseId));
  assert.ok(found);
  assert.deepEqual(
    (await inTenant((tx) => peopleOfCase(tx, found))).map((each) => each.id),
    [mika, ole],
    'the person of the case first',
  );
  await inTenant((tx) => addNote(tx, { actor: actorOf(eva), reader: readerOf(eva), caseId }, 'Eine alte Notiz.'));
  assert.equal((await write(ada, caseId, { whom: ole, topic: 'family' })).kind, 'done');
  assert.equal((await write(ben, caseId, { whom: 'household', way: null, day: null })).kind, 'done');
  assert.deepEqual(await write(ada, caseId, { whom: ada.id }), { kind: 'refused', why: 'whom' });
  assert.deepEqual(await write(ada, caseId, { whom: mika, topic: 'nichts' }), { kind: 'refused', why: 'topic' });
  assert.deepEqual(await write(ada, caseId, { whom: mika, day: addDays(today, 1) }), { kind: 'refused', why: 'day' });
  assert.deepEqual(await write(ada, caseId, { whom: mika, text: ' ' }), { kind: 'refused', why: 'no-text' });
  assert.deepEqual(
    (await read(ada, caseId)).map((each) => each.about.topic),
    ['housing', 'family', undefined],
  );
  const by = async (filter: object) => (await read(ada, caseId, filter)).map((each) => each.authorName);
  assert.deepEqual(await by({ topic: 'family' }), ['Ada']);
  assert.deepEqual(await by({ personId: ole }), ['Ada']);
  assert.deepEqual(await by({ authorId: eva.id }), ['Eva']);
  assert.deepEqual(await by({ from: new Date(office.services.clock.now().getTime() + 60_000) }), []);
  assert.equal((await write(eva, caseId, { whom: 'stated', topic: 'work' })).kind, 'done');
  assert.equal(
    (await read(eva, caseId, { topic: 'work' }))[0]?.about.personId,
    mika,
    'confirmed while the form was open',
  );
  const [first] = await read(ada, caseId, { topic: 'family' });
  const [written] = await inTenant((tx) => writtenEvents(tx, [first?.id ?? '']));
  assert.deepEqual([written?.topic, written?.concern], ['family', found.concern], 'the search finds it by both');
  const page = await inTenant(async (tx) => notesOf(tx, await looker(ada), [caseId], {}, undefined, 3));
  const rest = await inTenant(async (tx) => notesOf(tx, await looker(ada), [caseId], {}, page.next, 2));
  assert.deepEqual([page.notes.length, rest.notes.map((each) => each.text)], [3, ['Eine alte Notiz.']]);
});

test('a correction is a note of its own, and what stood there stays', async () => {
  const caseId = await newCase();
  await write(ada, caseId);
  const [first] = await read(ada, caseId);
  assert.ok(first);
  assert.equal((await write(ben, caseId, { corrects: first.id, text: 'Es war eine Abmahnung.' })).kind, 'done');
  const notes = await read(eva, caseId);
  assert.deepEqual(
    notes.map((each) => [each.text, each.about.corrects]),
    [
      ['Es war eine Abmahnung.', first.id],
      ['Hat von der Kündigung erzählt.', undefined],
    ],
  );
  const other = await newCase();
  assert.deepEqual(await write(ben, other, { corrects: first.id }), { kind: 'refused', why: 'corrects' });
});

test('who may not see a case neither reads nor writes its notes; another Jobcenter has none', async () => {
  const caseId = await newCase();
  await write(ada, caseId);
  const secret = await circleNamed('Zu zweit', [ada, eva]);
  await write(ada, caseId, { circleId: secret, text: 'Nur wir.' });
  await inTenant((tx) =>
    moveToTeam(tx, { actor: actorOf(lou), reader: readerOf(lou), caseId }, { id: guidance, name: 'Fallmanagement' }),
  );
  assert.deepEqual(await read(eva, caseId), [], 'a circle opens no case');
  assert.equal((await write(eva, caseId)).kind, 'not-found');
  assert.equal((await read(ada, caseId)).length, 2);
  const as = await looker(ada);
  const abroad = await office.services.database.tenant(elsewhere.jobcenter.id, (tx) =>
    notesOf(tx, as, [caseId], {}, undefined, 50),
  );
  assert.deepEqual(abroad.notes, []);
  const topics = await office.services.database.tenant(elsewhere.jobcenter.id, (tx) => noteTopics(tx));
  assert.equal(topics.length, shippedTopics.length);
});

test('a note of a circle is read by its members alone, and nothing of the case tells of it', async () => {
  const caseId = await newCase();
  const circleId = await circleNamed('Fallmanagement Team 3', [ada, ben]);
  const told: string[] = [];
  office.services.database.onTouched = (topics) => void told.push(...topics);
  const before = {
    events: (await inTenant((tx) => timeline(tx, caseId))).length,
    stamp: await inTenant((tx) => caseStamp(tx, caseId)),
    changed: (await inTenant((tx) => relatedCases(tx, caseId)))[0]?.changedAt,
    log: (await inTenant((tx) => accessLog(tx, caseId))).length,
  };
  const text = 'Spricht zum ersten Mal über die Schulden.';
  assert.equal((await write(ada, caseId, { circleId, topic: 'debts', text })).kind, 'done');
  const [seen] = await read(ben, caseId);
  assert.deepEqual([seen?.text, seen?.about.circle], [text, 'Fallmanagement Team 3']);
  for (const who of [eva, lou]) {
    assert.deepEqual(await read(who, caseId), [], who.name);
    assert.equal(await inTenant(async (tx) => circleNote(tx, await looker(who), seen?.id ?? '')), undefined);
    assert.deepEqual(await write(who, caseId, { circleId }), { kind: 'refused', why: 'circle' });
    assert.deepEqual(await write(who, caseId, { corrects: seen?.id ?? '' }), { kind: 'refused', why: 'corrects' });
    assert.equal(await inTenant((tx) => circleMembers(tx, who.id, circleId)), undefined, 'nor who belongs to it');
  }
  assert.deepEqual(await read(eva, caseId, { topic: 'debts' }), [], 'no filter tells of it either');
  const after = {
    events: (await inTenant((tx) => timeline(tx, caseId))).length,
    stamp: await inTenant((tx) => caseStamp(tx, caseId)),
    changed: (await inTenant((tx) => relatedCases(tx, caseId)))[0]?.changedAt,
    log: (await inTenant((tx) => accessLog(tx, caseId))).length,
  };
  assert.deepEqual([after, told], [before, [circleTopic(caseId)]]);
  const heard = async (who: typeof ada) => inTenant(async (tx) => circleStamp(tx, (await looker(who)).reader, caseId));
  assert.equal(await heard(ben), seen?.id, 'windows of the circle renew themselves');
  assert.deepEqual(
    [await heard(eva), await heard(lou)],
    ['', ''],
    'those of others are told what they were told before',
  );
  office.services.database.onTouched = undefined;
  const written = await audited('note.written');
  assert.ok(written.some((each) => each.subject_id === circleId && each.case_id === null));
  const looks = (await audited('note.read')).filter((each) => each.subject_id === circleId);
  assert.deepEqual(
    [looks.length, looks[0]?.case_id],
    [1, null],
    'Ben looked once, nobody else saw anything to look at',
  );
  const [findable] = await inTenant((tx) => findableNotes(tx, [seen?.id ?? '']));
  assert.deepEqual(findable?.circle, [circleId]);
  assert.equal((await write(ben, caseId, { corrects: seen?.id ?? '', text: 'Es geht um das Konto.' })).kind, 'done');
  assert.equal((await read(ada, caseId)).length, 2);
  assert.deepEqual(await read(eva, caseId), [], 'the correction stays in the circle');
  const events = await inTenant((tx) => timeline(tx, caseId));
  const both = withNotes(events, await read(ada, caseId));
  assert.deepEqual(
    both.map((each) => each.id),
    both.map((each) => each.id).toSorted(),
  );
  assert.equal(both.length, events.length + 2);
});

test('the absent person opens their circles to the substitute; otherwise standing in opens none', async () => {
  const circleId = await circleNamed('Vertretene', [ada]);
  const caseId = await newCase();
  await inTenant((tx) =>
    assignCase(tx, { actor: actorOf(lou), reader: readerOf(lou), caseId }, { id: ada.id, name: ada.name }),
  );
  await write(ada, caseId, { circleId });
  const named = (by: Person, substitute: Person, circles: boolean) =>
    inTenant((tx) =>
      nameStandIn(tx, actorOf(by), {
        absentId: ada.id,
        substituteId: substitute.id,
        fromDay: today,
        untilDay: today,
        circles,
      }),
    );
  assert.equal((await named(lou, eva, true)).kind, 'named');
  assert.deepEqual(await read(eva, caseId), [], 'a lead opens no circle');
  assert.equal((await named(ada, ben, true)).kind, 'named');
  assert.equal((await read(ben, caseId)).length, 1);
  const as = await readerAs(ben);
  const opened = (await inTenant((tx) => circlesOf(tx, as))).find((each) => each.id === circleId);
  assert.equal(opened?.own, false);
  assert.equal(await inTenant((tx) => circleMembers(tx, ben.id, circleId)), undefined);
  assert.equal((await inTenant((tx) => takeIntoCircle(tx, house(ben), circleId, eva.id))).kind, 'not-found');
});

test('any member lets a substitute read along until the substitution ends; until then they learn only how many notes there are', async () => {
  const [ill, member, sub, stranger] = [
    await hire('Ina', 'clerk', [guidance]),
    await hire('Mio', 'clerk', [guidance]),
    await hire('Sam', 'clerk', [guidance]),
    await hire('Uli', 'clerk', [guidance]),
  ];
  const circleId = await circleNamed('Ohne Ansage', [ill, member]);
  const { caseId } = await office.submit(tenant, { teamId: guidance });
  await write(ill, caseId, { circleId, text: 'Vertraulich eins' });
  await write(ill, caseId, { circleId, text: 'Vertraulich zwei' });
  const closed = async (who: Person) => {
    const reader = await readerAs(who);
    return inTenant((tx) => notesClosedTo(tx, reader));
  };
  assert.equal(await closed(sub), undefined, 'who stands in for nobody is told nothing');
  const dates = { fromDay: today, untilDay: today };
  await inTenant((tx) => nameStandIn(tx, actorOf(lou), { absentId: ill.id, substituteId: sub.id, ...dates }));
  const told = await closed(sub);
  assert.ok(told !== undefined && told.count === 2);
  assert.deepEqual(told.ask, ['Mio'], 'not the absent person, who is away');
  assert.ok(!JSON.stringify(told).includes('Vertraulich') && !JSON.stringify(told).includes(circleId));
  assert.equal(await closed(stranger), undefined);
  assert.deepEqual(await read(sub, caseId), []);
  const [standIn] = await inTenant((tx) => standInsOfCircle(tx, circleId));
  assert.deepEqual([standIn?.substituteName, standIn?.open], ['Sam', false]);
  const open = (who: Person, id = standIn?.id ?? '') => inTenant((tx) => openToStandIn(tx, house(who), circleId, id));
  for (const who of [lou, sub, stranger]) assert.equal((await open(who)).kind, 'not-found', who.name);
  assert.equal((await open(member, member.id)).kind, 'not-found', 'no such substitution');
  assert.equal((await open(member)).kind, 'done');
  assert.equal((await open(member)).kind, 'unchanged');
  assert.equal((await inTenant((tx) => standInsOfCircle(tx, circleId)))[0]?.open, true);
  assert.ok((await read(sub, caseId)).length === 2);
  assert.equal(await closed(sub), undefined);
  assert.equal(await inTenant((tx) => circleMembers(tx, sub.id, circleId)), undefined, 'they do not become a member');
  await assert.rejects(
    inTenant((tx) => tx.raw('delete from circle_opening where jobcenter_id = $1', [tenant.jobcenter.id])),
    /permission denied/,
  );
  const circlesNow = async () => {
    const reader = await readerAs(sub);
    return inTenant((tx) => circlesOf(tx, reader));
  };
  assert.equal((await inTenant((tx) => endSubstitution(tx, lou.id, standIn?.id ?? ''))).kind, 'ended');
  assert.deepEqual(await circlesNow(), [], 'when it ended, so does this');
  await inTenant((tx) => nameStandIn(tx, actorOf(lou), { absentId: ill.id, substituteId: sub.id, ...dates }));
  assert.deepEqual(
    await circlesNow(),
    [],
    'it was opened for the first substitution alone, not for another of the same days',
  );
  const [second] = await inTenant((tx) => standInsOfCircle(tx, circleId));
  assert.equal(second?.open, false);
  assert.equal((await open(member, second?.id)).kind, 'done');
  assert.equal((await circlesNow()).length, 1);
  await inTenant((tx) => leaveCircle(tx, house(member), circleId, ill.id));
  const reader = await readerAs(sub);
  assert.deepEqual(
    await inTenant((tx) => circlesOf(tx, reader)),
    [],
    'nor for somebody who does not belong to it any more',
  );
});

test('a lead founds a circle, its members alone take others in, and who leaves reads no more', async () => {
  const found = (who: Person, name: string, ids: string[]) => inTenant((tx) => foundCircle(tx, house(who), name, ids));
  assert.equal((await found(ada, 'Nein', [ada.id])).kind, 'not-found');
  assert.deepEqual(await found(lou, ' ', [ada.id]), { kind: 'refused', why: 'no-name' });
  assert.deepEqual(await found(lou, 'Leer', []), { kind: 'refused', why: 'nobody' });
  const circleId = await circleNamed('Sucht', [ada]);
  assert.deepEqual(await found(lou, 'sucht', [lou.id]), { kind: 'refused', why: 'exists' });
  const caseId = await newCase();
  await write(ada, caseId, { circleId });
  const take = (by: Person, who: Person) => inTenant((tx) => takeIntoCircle(tx, house(by), circleId, who.id));
  assert.equal((await take(lou, lou)).kind, 'not-found', 'a lead does not let themselves in');
  assert.equal((await take(ada, eva)).kind, 'done');
  assert.equal((await take(ada, eva)).kind, 'unchanged');
  assert.equal((await read(eva, caseId)).length, 1);
  assert.equal((await inTenant((tx) => leaveCircle(tx, house(ada), circleId, eva.id))).kind, 'done');
  assert.deepEqual(await read(eva, caseId), []);
  assert.deepEqual(await inTenant((tx) => leaveCircle(tx, house(ada), circleId, ada.id)), {
    kind: 'refused',
    why: 'last',
  });
  const members = await inTenant((tx) => circleMembers(tx, ada.id, circleId));
  assert.deepEqual(
    members?.map((each) => [each.name, each.joinedBy, each.leftBy]),
    [
      ['Ada', 'Lou', null],
      ['Eva', 'Ada', 'Ada'],
    ],
  );
  const zoe = await hire('Zoe', 'clerk', [benefits]);
  const lonely = await circleNamed('Verlassen', [zoe]);
  const known = async () =>
    (await inTenant((tx) => knownCircles(tx, house(lou)))).find((each) => each.id === lonely)?.deserted;
  assert.equal(await known(), false);
  await inTenant((tx) => disableStaff(tx, zoe.id));
  assert.equal(await known(), true);
  assert.equal((await inTenant((tx) => takeIntoCircle(tx, house(lou), lonely, ben.id))).kind, 'done');
  assert.deepEqual(await inTenant((tx) => knownCircles(tx, house(ada))), []);
  assert.equal((await inTenant((tx) => closeCircle(tx, house(lou), circleId))).kind, 'done');
  assert.deepEqual(await write(ada, caseId, { circleId }), { kind: 'refused', why: 'circle' });
  assert.equal((await read(ada, caseId)).length, 1, 'what stands there is still read');
});

test('topics are the Jobcenter’s: leads change them, with history, and never take the last one away', async () => {
  assert.equal((await inTenant((tx) => addTopic(tx, house(ada), 'Sucht'))).kind, 'not-found');
  assert.deepEqual(await inTenant((tx) => addTopic(tx, house(lou), '  ')), { kind: 'refused', why: 'no-name' });
  assert.equal((await inTenant((tx) => addTopic(tx, house(lou), 'Ehrenamt'))).kind, 'done');
  assert.deepEqual(await inTenant((tx) => addTopic(tx, house(lou), 'ehrenamt')), { kind: 'refused', why: 'exists' });
  const key = (await inTenant(noteTopics)).find((each) => each.name === 'Ehrenamt')?.key ?? '';
  const caseId = await newCase();
  await write(ada, caseId, { topic: key });
  assert.equal((await inTenant((tx) => renameTopic(tx, house(lou), key, 'Engagement'))).kind, 'done');
  assert.equal((await read(ada, caseId, { topic: key }))[0]?.about.topicName, 'Ehrenamt', 'the word of that day');
  assert.equal((await inTenant((tx) => renameTopic(tx, house(lou), 'money', 'Geldsachen'))).kind, 'done');
  assert.equal((await inTenant((tx) => closeTopic(tx, house(lou), key, true))).kind, 'done');
  assert.equal((await inTenant((tx) => closeTopic(tx, house(lou), key, true))).kind, 'unchanged');
  assert.deepEqual(await write(ada, caseId, { topic: key }), { kind: 'refused', why: 'topic' });
  const [first] = await read(ada, caseId);
  assert.equal((await write(ada, caseId, { topic: key, corrects: first?.id ?? '' })).kind, 'done');
  assert.deepEqual(
    (await inTenant(topicChanges)).map((each) => [each.name, each.closed, each.by]),
    [
      ['Engagement', true, 'Lou'],
      ['Geldsachen', false, 'Lou'],
      ['Engagement', false, 'Lou'],
      ['Ehrenamt', false, 'Lou'],
    ],
  );
  const open = (await inTenant(noteTopics)).filter((each) => !each.closed);
  for (const each of open.slice(1)) await inTenant((tx) => closeTopic(tx, house(lou), each.key, true));
  assert.deepEqual(await inTenant((tx) => closeTopic(tx, house(lou), open[0]?.key ?? '', true)), {
    kind: 'refused',
    why: 'last',
  });
});

test('a talk is with an employer, said then or later: who may not read the note is told nothing, and the timeline keeps quiet', async () => {
  const caseId = await newCase();
  const said = { kind: 'employer', name: 'Bäckerei', place: 'Markt', sector: '', wants: '', carerId: '' } as const;
  const kept = await inTenant((tx) => addEmployer(tx, { actor: actorOf(ada) }, said));
  assert.ok(kept.kind === 'done');
  const employerId = kept.id;
  const topic = (await inTenant(noteTopics)).find((each) => !each.closed)?.key ?? '';
  const talk = await write(ada, caseId, { employer: 'die Bäckerei am Markt', topic });
  assert.equal(talk.kind, 'done');
  const secret = await circleNamed('Nur Ada und Ben', [ada, ben]);
  const quiet = { topic, circleId: secret, text: 'Geheim', employer: 'Bäckerei, Markt', employerId };
  assert.equal((await write(ada, caseId, quiet)).kind, 'done');
  const [hidden, open] = await read(ada, caseId);
  assert.deepEqual([hidden?.about.employer, open?.about.employer], ['Bäckerei, Markt', 'die Bäckerei am Markt']);
  const events = async () => (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind);
  const before = await events();
  const link = (who: typeof ada, noteId: string) =>
    inTenant((tx) => linkTalk(tx, { actor: actorOf(who), reader: readerOf(who), caseId }, { noteId, employerId }));
  assert.deepEqual(await link(eva, hidden?.id ?? ''), { kind: 'not-found' }, 'not of the circle');
  assert.deepEqual(await link(eva, open?.id ?? ''), { kind: 'done' });
  assert.deepEqual(await link(eva, open?.id ?? ''), { kind: 'unchanged' });
  assert.deepEqual(await events(), before);
  const shown = async (who: typeof ada) => {
    const links = await inTenant((tx) => notesOfEmployer(tx, [employerId], undefined, 10));
    const ids = links.map((each) => each.noteId);
    return (await read(who, caseId, { ids })).map((each) => each.text);
  };
  assert.deepEqual(await shown(eva), ['Hat von der Kündigung erzählt.']);
  assert.deepEqual(await shown(ben), ['Geheim', 'Hat von der Kündigung erzählt.']);
  const told = await inTenant(async (tx) => nameEmployers(tx, await timeline(tx, caseId)));
  assert.ok(told.some((event) => event.kind === 'note' && event.detail.employer === 'Bäckerei, Markt'));
  assert.match(
    (await inTenant((tx) => writtenEvents(tx, [open?.id ?? ''])))[0]?.text ?? '',
    /am Markt$/,
    'found by it',
  );
});
