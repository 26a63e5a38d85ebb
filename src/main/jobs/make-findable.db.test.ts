import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import type { TestTenant } from '../../../test/support/app.ts';
import { openTestOffice } from '../../../test/support/office.ts';
import { addDays, dayInGermany, instantInGermany } from '../../kernel/dates.ts';
import { newId } from '../../kernel/ids.ts';
import { appointmentsOf, makeAppointment, moveAppointment } from '../../modules/appointments/index.ts';
import {
  addNote,
  type CaseReader,
  confirmPerson,
  moveToTeam,
  openableCase,
  openRequiredItems,
  requireItem,
  timeline,
} from '../../modules/cases/index.ts';
import { addTopic, noteTopics, renameTopic, writeNote } from '../../modules/contacts/index.ts';
import { eraseDocument } from '../../modules/documents/index.ts';

import { addMark, describeDocument, noFacts, removeMark } from '../../modules/files/index.ts';
import { addStaff } from '../../modules/identity/index.ts';
import { movePaper, moveSubmission, submissionOfDocument } from '../../modules/intake/index.ts';
import { addPerson } from '../../modules/people/index.ts';
import {
  askedTerms,
  findNewest,
  findTexts,
  forgetFindable,
  keepFindable,
  searchKey,
  type TextQuery,
} from '../../modules/search/index.ts';
import { addTeam } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { writtenPage } from '../../platform/reading/sample.ts';
import { searchAgainIn } from '../cli/search-again.ts';
import { findAgain } from './find-again.ts';
import { makeEventFindable } from './make-findable.ts';
import { readOne } from './read-document.ts';

const office = await openTestOffice();
const { services, jobs, tenants } = office;
const [tenant, other] = tenants;
if (tenant === undefined || other === undefined) throw new Error('Two Jobcenters are needed.');
const jobcenterId = tenant.jobcenter.id;
const inTenant = <T>(work: (tx: Tx) => Promise<T>) => services.database.tenant(jobcenterId, work);
const lead: CaseReader = { role: 'lead', id: newId(new Date()), teamIds: [] };
const actor = { kind: 'staff', id: lead.id, name: 'Leo Leitung' } as const;

const find = (words: string, reader = lead, more: Partial<TextQuery> = {}, jobcenter = jobcenterId) =>
  services.database.tenant(jobcenter, async (tx) => {
    const key = searchKey(await services.keyring.of(jobcenter));
    const query = { ...more, terms: askedTerms(words) };
    return findTexts(tx, key, { circles: [], mayOpen: openableCase(tx, reader) }, query, 20);
  });
const foundIds = async (...asked: Parameters<typeof find>) => (await find(...asked)).hits.map((hit) => hit.id);

async function handIn(lines: readonly string[], to: TestTenant = office.tenants[0] as TestTenant) {
  const file = { name: 'a.pdf', bytes: writtenPage(lines), mediaType: 'application/pdf', pages: 1 };
  const document = await services.vault.prepare(to.jobcenter.id, file);
  const received = await office.submit(to, { documents: [{ document, field: 'papers', recorded: false }] });
  await readOne(jobs)({ jobcenterId: to.jobcenter.id, documentId: document.id });
  return { ...received, documentId: document.id };
}

const germanDay = (at: Date): string => dayInGermany(at).split('-').reverse().join('.');

async function note(caseId: string, text: string): Promise<void> {
  await inTenant((tx) => addNote(tx, { actor, reader: lead, caseId }, text));
  for (const payload of await announced()) await makeEventFindable(services)(payload);
}

async function announced(task = 'make-findable'): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query('delete from queue.outbox where task = $1 returning payload', [task]);
  await client.end();
  return rows.map((row) => row.payload);
}

test('a paper is found by the words on it: in another form, in a compound, by dates and amounts', async () => {
  const { documentId } = await handIn([
    'Nebenkostenabrechnungen der Hausverwaltung',
    'vom 3. März 2026 über 1.234,50 EUR',
  ]);
  for (const words of [
    'Nebenkostenabrechnung',
    'abrechnung',
    'nebenkosten',
    'Hausverwaltungen',
    '03.03.2026',
    '1234,50',
    'MÄRZ 2026',
    'Abrechnung maerz',
  ])
    assert.deepEqual(await foundIds(words), [documentId], words);
  assert.deepEqual(await foundIds('Mietvertrag'), []);
  const some = await find('Nebenkostenabrechnung Segelschein');
  assert.deepEqual([some.hits.map((hit) => hit.id), some.words], [[documentId], 1], 'where no text has all words');
});

test('answers and notes are found as well, and the filters narrow', async () => {
  const paper = await handIn(['Kündigung des Arbeitsvertrages']);
  await note(paper.caseId, 'Der Arbeitgeber hat die Kündigung zurückgenommen.');
  const all = await find('kuendigung');
  assert.deepEqual(
    all.hits.map((hit) => hit.kind),
    ['note', 'document'],
  );
  assert.equal((await find('kuendigung', lead, { kind: 'document' })).hits[0]?.id, paper.documentId);
  assert.equal((await find('kuendigung', lead, { author: lead.id })).hits[0]?.kind, 'note');
  assert.deepEqual(await foundIds('kuendigung', lead, { topic: 'umzug' }), []);
  assert.ok((await find('Mika Muster', lead, { kind: 'answers' })).hits.length > 0);
});

test('a paper is found by its name and its person beside its words, a note by its person; what is about the words comes first', async () => {
  const person = { familyName: 'Wanderfalke', givenName: 'Ines', birthDate: '1980-01-01' };
  const filler = Array.from({ length: 12 }, (_, n) => `Absatz ${n} handelt von vielen anderen Dingen`);
  const kept = async (name: string, lines: readonly string[]) => {
    const file = { name, bytes: writtenPage(lines), mediaType: 'application/pdf', pages: 1 };
    const document = await services.vault.prepare(jobcenterId, file);
    const { caseId } = await office.submit(tenant, {
      person,
      documents: [{ document, field: 'papers', recorded: false }],
    });
    await readOne(jobs)({ jobcenterId, documentId: document.id });
    return { caseId, id: document.id };
  };
  const titled = await kept('Ratenplan Stromwerk.pdf', filler);
  const mentioned = await kept('Scan.pdf', [...filler, 'zuletzt der Ratenplan', 'und ganz am Ende das Stromwerk']);
  await note(titled.caseId, 'Bittet um Geduld mit dem Zahlungsplan.');
  assert.deepEqual(
    (await find('Ratenplan Stromwerk')).hits.map(({ id, fit }) => [id, fit]),
    [
      [titled.id, 'about'],
      [mentioned.id, 'named'],
    ],
  );
  assert.deepEqual(await foundIds('Wanderfalke Ratenplan'), [titled.id, mentioned.id]);
  assert.deepEqual(
    (await find('Wanderfalke Geduld')).hits.map(({ kind, fit }) => [kind, fit]),
    [['note', 'about']],
  );
});

test('nobody finds what they may not open: other teams, other Jobcenters', async () => {
  const { caseId, documentId } = await handIn(['Zahnersatz Kostenvoranschlag']);
  const foreign = await handIn(['Zahnersatz Kostenvoranschlag'], other);
  const team = await inTenant((tx) => addTeam(tx, { key: 'zweites', name: 'Zweites Team', phone: '' }));
  assert.equal(team.kind, 'added');
  const own: CaseReader = { role: 'clerk', id: newId(new Date()), teamIds: [tenant.teams['leistung'] ?? ''] };
  assert.deepEqual(await foundIds('Zahnersatz', own), [documentId]);
  const teamId = team.kind === 'added' ? team.id : '';
  await inTenant((tx) => moveToTeam(tx, { actor, reader: lead, caseId }, { id: teamId, name: 'Zweites Team' }));
  assert.deepEqual(await foundIds('Zahnersatz', own), []);
  assert.deepEqual(await foundIds('Zahnersatz', { ...own, teamIds: [teamId] }), [documentId]);
  assert.deepEqual(await foundIds('Zahnersatz', lead, {}, other.jobcenter.id), [foreign.documentId]);
});

test('a paper that nobody can read is found by what is known of it, by those who may open it', async () => {
  const document = await services.vault.prepare(jobcenterId, {
    name: 'Heizkostenabrechnung 2025.pdf',
    bytes: Buffer.from('%PDF-1.7\nnothing that anybody could open'),
    mediaType: 'application/pdf',
    pages: 1,
  });
  const person = { familyName: 'Unleserlich', givenName: 'Berta', birthDate: '1980-01-01' };
  const first = await office.submit(tenant, { person });
  await inTenant((tx) => {
    const item = { what: 'Schornsteinfegerbescheinigung', why: '', dueOn: '2030-01-01' };
    return requireItem(tx, { actor, reader: lead, caseId: first.caseId, staffId: lead.id }, item);
  });
  const [item] = await inTenant((tx) => openRequiredItems(tx, first.caseId));
  const supplement = { caseId: first.caseId, ...(item && { itemId: item.id }) };
  const papers = [{ document, field: 'documents', recorded: false }];
  const { caseId } = await office.submit(tenant, { person, supplement, documents: papers });
  assert.equal(caseId, first.caseId);
  await readOne(jobs)({ jobcenterId, documentId: document.id });
  const papersOf = (words: string, reader = lead) => foundIds(words, reader, { kind: 'document' });
  for (const words of [
    'Heizkostenabrechnung',
    'Unleserlich Berta',
    'Schornsteinfegerbescheinigung',
    germanDay(new Date()),
  ])
    assert.ok((await papersOf(words)).includes(document.id), words);
  assert.deepEqual(await papersOf('Erdgaswerke'), []);
  await inTenant((tx) =>
    describeDocument(tx, document.id, actor.name, { ...noFacts, kind: 'utility-bill', sender: 'Erdgaswerke Nord' }),
  );
  await makeEventFindable(services)({ jobcenterId, documentId: document.id });
  assert.deepEqual(await papersOf('Erdgaswerke'), [document.id]);

  // What somebody noted at a place of it finds it, as long as the mark is there.
  const note = 'Zählernummer passt nicht zur Wohnung';
  const mark = await inTenant((tx) => addMark(tx, actor, { documentId: document.id, page: 1, places: [], note }));
  await makeEventFindable(services)({ jobcenterId, documentId: document.id });
  assert.deepEqual(await papersOf('Zählernummer'), [document.id]);
  await inTenant((tx) => removeMark(tx, document.id, mark, actor.name));
  await makeEventFindable(services)({ jobcenterId, documentId: document.id });
  assert.deepEqual(await papersOf('Zählernummer'), []);

  const own: CaseReader = { role: 'clerk', id: newId(new Date()), teamIds: [tenant.teams['leistung'] ?? ''] };
  assert.deepEqual(await papersOf('Heizkostenabrechnung', own), [document.id]);
  assert.deepEqual(await papersOf('Heizkostenabrechnung', { ...own, teamIds: [newId(new Date())] }), []);
  assert.deepEqual(await foundIds('Heizkostenabrechnung', lead, {}, other.jobcenter.id), []);

  // Filed alone in another case it says nothing of the one it came with.
  const target = await office.submit(tenant, { person: { ...person, familyName: 'Anderswo' } });
  await inTenant((tx) => movePaper(tx, actor, { documentId: document.id, toCaseId: target.caseId }));
  const payloads = (await announced()) as { documentId?: string }[];
  for (const payload of payloads) await makeEventFindable(services)(payload);
  assert.ok(payloads.some((payload) => payload.documentId === document.id));
  assert.deepEqual(await papersOf('Erdgaswerke'), [document.id]);
  assert.deepEqual(await papersOf('Unleserlich'), []);
  await inTenant((tx) => eraseDocument(tx, document.id));
  await makeEventFindable(services)({ jobcenterId, documentId: document.id });
  assert.deepEqual(await papersOf('Erdgaswerke'), [], 'a job that was late finds nothing');
});

test('what is moved is found in its new case, what is erased is not found at all', async () => {
  const { documentId } = await handIn(['Schornsteinfeger Rechnung']);
  const target = await office.submit(tenant);
  const submissionId = (await inTenant((tx) => submissionOfDocument(tx, documentId))) ?? '';
  await inTenant((tx) => moveSubmission(tx, actor, { submissionId, toCaseId: target.caseId }));
  assert.equal((await find('Schornsteinfeger')).hits[0]?.caseId, target.caseId);
  await inTenant((tx) => eraseDocument(tx, documentId));
  assert.deepEqual(await foundIds('Schornsteinfeger'), []);
  const client = new pg.Client({ connectionString: office.database.superuserUrl });
  await client.connect();
  const { rows } = await client.query('select 1 from app.search_entry where id = $1', [documentId]);
  await client.end();
  assert.deepEqual(rows, []);
});

test('the index is made again from what is kept, and nothing but keyed numbers stands in it', async () => {
  const { documentId, caseId } = await handIn(['Rundfunkbeitrag Befreiung']);
  await note(caseId, 'Befreiung vom Rundfunkbeitrag besprochen');
  const client = new pg.Client({ connectionString: office.database.superuserUrl });
  await client.connect();
  const { rows } = await client.query('select terms::text from app.search_entry where id = $1', [documentId]);
  assert.match(rows[0]?.terms, /^\{[-\d,]+\}$/);
  await client.query('delete from app.search_entry where jobcenter_id = $1', [jobcenterId]);
  assert.deepEqual(await foundIds('Rundfunkbeitrag'), []);
  assert.ok((await searchAgainIn(services, jobcenterId)) >= 4);
  assert.equal((await foundIds('Rundfunkbeitrag')).length, 2);
  assert.equal(await searchAgainIn(services, jobcenterId), 0);
  const again = await client.query('select terms::text from app.search_entry where id = $1', [documentId]);
  await client.end();
  assert.deepEqual(
    new Set(again.rows[0]?.terms.slice(1, -1).split(',')),
    new Set(rows[0]?.terms.slice(1, -1).split(',')),
  );
});

test('a paper that is moved after what was read of it is gone keeps its words', async () => {
  const paper = await handIn(['Mietvertrag Seerosenweg 12', 'Personalnummer 8812345', 'Kaution 1.200,00 EUR']);
  const target = await office.submit(office.tenants[0] as TestTenant);
  rmSync(jobs.derivedFolder, { recursive: true });
  await announced();
  const move = { documentId: paper.documentId, toCaseId: target.caseId };
  assert.equal(await inTenant((tx) => movePaper(tx, actor, move)), 'moved');
  await makeEventFindable(services)({ jobcenterId, documentId: paper.documentId });
  const [hit] = (await find('Seerosenweg')).hits;
  assert.deepEqual([hit?.id, hit?.caseId], [paper.documentId, target.caseId]);
});

async function hire(login: string): Promise<string> {
  const secrets = { password: 'x y z x y z', totpSecret: 'JBSWY3DP' };
  const staff = { login, name: 'Ria Raum', role: 'lead', teamIds: [], ...secrets } as const;
  const added = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), staff));
  assert.ok(added.kind === 'added');
  return added.id;
}

/** Runs what was announced for this job, and what that announces, until nothing is left. */
async function findAgainAll(): Promise<number> {
  let ran = 0;
  for (let payloads = await announced('find-again'); payloads.length > 0; payloads = await announced('find-again'))
    for (const payload of payloads) {
      await findAgain(services)(payload);
      ran += 1;
    }
  return ran;
}

test('an appointment is found as one, once, by its day and by what was said of it, and as an older index had it no more', async () => {
  const { caseId } = await office.submit(tenant, {
    person: { familyName: 'Wiedehopf', givenName: 'Ada', birthDate: '1980-01-01' },
  });
  const staffId = await hire('ria');
  const reader: CaseReader = { ...lead, id: staffId };
  const act = { actor: { kind: 'staff', id: staffId, name: 'Ria Raum' }, reader, caseId, staffId } as const;
  const day = addDays(dayInGermany(new Date()), 20);
  const arranged = { staffId, minutes: 30, way: 'office', place: 'Zimmer Eichhorn', bring: '' } as const;
  const wanted = { ...arranged, startsAt: instantInGermany(day, '10:00'), whom: 'stated', topic: 'work', note: '' };
  assert.deepEqual(await inTenant((tx) => makeAppointment(tx, act, wanted)), { kind: 'done' });
  const [made] = await inTenant((tx) => appointmentsOf(tx, caseId));
  assert.ok(made);
  const later = addDays(day, 3);
  const to = { ...arranged, place: 'Zimmer Specht', startsAt: instantInGermany(later, '11:00') };
  await inTenant((tx) => moveAppointment(tx, act, made.id, { ...to, reason: 'Handwerker im Haus', wish: 'office' }));
  for (const payload of await announced()) await makeEventFindable(services)(payload);
  const german = later.split('-').reverse().join('.');
  for (const words of ['Wiedehopf Termin', 'Specht', 'Handwerker', german, `Wiedehopf ${german}`])
    assert.deepEqual(
      (await find(words, lead, { kind: 'appointment' })).hits.map(({ id, kind }) => [id, kind]),
      [[made.id, 'appointment']],
      words,
    );
  assert.deepEqual(await foundIds('Eichhorn'), [], 'where it is no more');
  assert.deepEqual(await foundIds('Specht', lead, { kind: 'note' }), []);
  const own: CaseReader = { role: 'clerk', id: newId(new Date()), teamIds: [newId(new Date())] };
  await inTenant((tx) =>
    moveToTeam(tx, { actor, reader: lead, caseId }, { id: tenant.teams['leistung'] ?? '', name: 'Leistung' }),
  );
  assert.deepEqual(await foundIds('Specht', own), []);

  // As it was kept before: each entry of the timeline for itself, as a note.
  const entries = (await inTenant((tx) => timeline(tx, caseId))).filter(({ kind }) => kind === 'appointment');
  assert.equal(entries.length, 2);
  await inTenant(async (tx) => {
    await forgetFindable(tx, made.id);
    for (const { id } of entries)
      await keepFindable(tx, await services.keyring.of(jobcenterId), {
        ...{ id, kind: 'note', caseId, topic: 'work', author: staffId, at: tx.now, text: 'Zimmer Specht' },
      });
  });
  assert.equal((await foundIds('Specht', lead, { kind: 'note' })).length, 2);
  await searchAgainIn(services, jobcenterId);
  assert.deepEqual(await foundIds('Specht'), [made.id]);
  assert.equal(await searchAgainIn(services, jobcenterId), 0);
});

test('a topic with another word, and a case that was nameless, are found by what they are called now', async () => {
  const { caseId } = await office.submit(tenant, { person: { familyName: '', givenName: '' } });
  const by = { kind: 'staff', id: await hire('rolf'), name: 'Rolf' } as const;
  const act = { actor: by, role: 'lead' } as const;
  assert.deepEqual(await inTenant((tx) => addTopic(tx, act, 'Ruderverein')), { kind: 'done' });
  const topic = (await inTenant(noteTopics)).find(({ name }) => name === 'Ruderverein');
  assert.ok(topic);
  const paper = await handIn(['Jahresbeitrag Uferstraße']);
  const marked = { documentId: paper.documentId, page: 1, places: [], note: 'Ab Mai billiger' };
  await inTenant((tx) => addMark(tx, { id: by.id, name: 'Rolf' }, { ...marked, topic: topic.key }));
  await makeEventFindable(services)({ jobcenterId, documentId: paper.documentId });
  assert.deepEqual(
    await foundIds('Ruderverein billiger'),
    [paper.documentId],
    'a marked place, by its topic and its note',
  );
  const underTopic = { kind: 'document', topic: topic.key } as const;
  assert.deepEqual(await foundIds('Uferstraße', lead, underTopic), [paper.documentId]);
  const note = { topic: topic.key, whom: 'household', way: null, day: null, corrects: null, circleId: null } as const;
  const written = await inTenant((tx) =>
    writeNote(tx, { actor, reader: lead, caseId }, { ...note, text: 'Will im Frühling anfangen.' }),
  );
  assert.equal(written.kind, 'done');
  for (const payload of await announced()) await makeEventFindable(services)(payload);
  assert.equal((await foundIds('Ruderverein Frühling')).length, 1);
  assert.equal(await findAgainAll(), 0, 'a new word has nothing behind it');
  await inTenant((tx) => renameTopic(tx, act, topic.key, 'Kanuklub'));
  assert.equal(await findAgainAll(), 2, 'what has the topic, and then these things');
  assert.deepEqual(await foundIds('Kanuklub billiger'), [paper.documentId]);
  const both = await find('Kanuklub Frühling');
  assert.deepEqual([both.hits.length, both.words], [1, 2]);
  assert.deepEqual(await foundIds('Ruderverein'), []);
  assert.equal((await foundIds('Frühling', lead, { topic: topic.key })).length, 1);

  const person = { familyName: 'Rohrdommel', givenName: 'Ede', birthDate: '1971-02-03' };
  const personId = await inTenant((tx) => addPerson(tx, person));
  assert.deepEqual(await foundIds('Rohrdommel'), []);
  const who = { id: personId, householdId: null, name: 'Rohrdommel, Ede', birthDate: '1971-02-03' } as const;
  await inTenant((tx) => confirmPerson(tx, { actor, reader: lead, caseId }, who));
  assert.ok((await findAgainAll()) >= 2);
  const named = await find('Rohrdommel Frühling');
  assert.deepEqual([named.hits.length, named.words], [1, 2]);
});

test('without a word the newest come that fit the filters, and nothing where nothing is asked', async () => {
  const newest = (query: Partial<TextQuery>, reader = lead) =>
    inTenant(async (tx) => {
      const key = searchKey(await services.keyring.of(jobcenterId));
      return findNewest(tx, key, { circles: [], mayOpen: openableCase(tx, reader) }, { ...query, terms: [] }, 3);
    });
  assert.deepEqual(await newest({}), { hits: [], words: 0, more: false });
  const first = await newest({ kind: 'document' });
  assert.deepEqual([first.hits.length, first.more], [3, true]);
  assert.ok(first.hits.every(({ kind }) => kind === 'document'));
  const last = first.hits.at(-1);
  assert.ok(last);
  const next = await newest({ kind: 'document', before: last });
  assert.ok(next.hits.length > 0 && next.hits.every(({ id, at }) => at <= last.at && id !== last.id));
  assert.ok((await newest({ from: new Date(Date.now() - 86_400_000) })).hits.length > 0);
  const stranger: CaseReader = { role: 'clerk', id: newId(new Date()), teamIds: [] };
  assert.deepEqual((await newest({ kind: 'document' }, stranger)).hits, []);
});
