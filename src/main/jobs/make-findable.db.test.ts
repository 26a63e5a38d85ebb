import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import type { TestTenant } from '../../../test/support/app.ts';
import { openTestOffice } from '../../../test/support/office.ts';
import { dayInGermany } from '../../kernel/dates.ts';
import { newId } from '../../kernel/ids.ts';
import {
  addNote,
  type CaseReader,
  moveToTeam,
  openableCase,
  openRequiredItems,
  requireItem,
} from '../../modules/cases/index.ts';
import { eraseDocument } from '../../modules/documents/index.ts';
import { addMark, describeDocument, noFacts, removeMark } from '../../modules/files/index.ts';
import { movePaper, moveSubmission, submissionOfDocument } from '../../modules/intake/index.ts';
import { askedTerms, findTexts, searchKey, type TextQuery } from '../../modules/search/index.ts';
import { addTeam } from '../../modules/settings/index.ts';
import type { Tx } from '../../platform/database/index.ts';
import { writtenPage } from '../../platform/reading/sample.ts';
import { searchAgainIn } from '../cli/search-again.ts';
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

async function announced(): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: office.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query(`delete from queue.outbox where task = 'make-findable' returning payload`);
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
