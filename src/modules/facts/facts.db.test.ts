import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import pg from 'pg';
import { openTestOffice } from '../../../test/support/office.ts';
import { smallPdf } from '../../../test/support/submit.ts';
import { addDays, dayInGermany } from '../../kernel/dates.ts';
import type { Tx } from '../../platform/database/index.ts';
import { confirmPerson, moveToTeam, readerOf, timeline, writtenEvents } from '../cases/index.ts';
import { circlesOf, foundCircle, notesOf, writeNote } from '../contacts/index.ts';
import { eraseDocument } from '../documents/index.ts';
import { addStaff } from '../identity/index.ts';
import { addHousehold, addPerson } from '../people/index.ts';
import { addTeam } from '../settings/index.ts';
import {
  boardCases,
  boardFact,
  boardFacts,
  casesOfBoard,
  closeFact,
  confirmFact,
  factHistory,
  forgetSuggestions,
  type NewFact,
  placesOfFact,
  sayFact,
  standingOf,
  suggestRunning,
} from './index.ts';

const office = await openTestOffice();
const [tenant, elsewhere] = office.tenants;
assert.ok(tenant && elsewhere);
const { jobcenter } = tenant;
const today = dayInGermany(office.services.clock.now());
const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => office.services.database.tenant(jobcenter.id, work);
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
  const login = { login: name.toLowerCase(), name, role, teamIds };
  const secrets = { password: `${name} ${name} ${name}`, totpSecret: 'JBSWY3DP' };
  const hired = await inTenant((tx) => addStaff(tx, Buffer.alloc(32, 1), { ...login, ...secrets }));
  assert.ok(hired.kind === 'added');
  return { id: hired.id, name, role, teamIds };
}
const ada = await hire('Ada', 'clerk', [benefits]);
const ben = await hire('Ben', 'clerk', [guidance]);
const lou = await hire('Lou', 'lead', [benefits]);
const act = (who: Person, caseId: string) => ({
  actor: { kind: 'staff', id: who.id, name: who.name } as const,
  reader: readerOf(who),
  caseId,
});

/** A household of two with a case of benefits and one of guidance. */
async function household(mark: string) {
  const first = (await office.submit(tenant as NonNullable<typeof tenant>, { teamId: benefits })).caseId;
  const second = (await office.submit(tenant as NonNullable<typeof tenant>, { teamId: guidance })).caseId;
  const made = await inTenant(async (tx) => {
    const mother = await addPerson(tx, { familyName: mark, givenName: 'Mika', birthDate: '1990-05-17' });
    const child = await addPerson(tx, { familyName: mark, givenName: 'Ole', birthDate: '2015-05-17' });
    const householdId = await addHousehold(tx, {
      fileNumber: `A-${mark}`,
      members: [
        { personId: mother, role: 'applicant' },
        { personId: child, role: 'child' },
      ],
      fromDay: today,
    });
    const person = { id: mother, householdId, name: `${mark}, Mika`, birthDate: '1990-05-17' };
    for (const caseId of [first, second]) await confirmPerson(tx, act(lou, caseId), person);
    return { mother, child };
  });
  return { first, second, ...made };
}

const fact = (more: Partial<NewFact> = {}): NewFact => ({
  kind: 'language',
  whom: 'household',
  text: 'Ukrainisch',
  detail: { interpreter: true },
  validFrom: null,
  validUntil: null,
  source: { kind: 'person', id: null, page: null, day: today },
  ...more,
});
const say = (who: Person, caseId: string, more: Partial<NewFact> = {}, replaces: string | null = null) =>
  inTenant((tx) => sayFact(tx, act(who, caseId), fact(more), replaces));
const board = (who: Person, caseId: string) =>
  inTenant(async (tx) => {
    const cases = await boardCases(tx, readerOf(who), caseId);
    return cases === undefined ? undefined : boardFacts(tx, cases);
  });
const texts = async (who: Person, caseId: string) => (await board(who, caseId))?.map((each) => each.text);
const kinds = async (caseId: string) => (await inTenant((tx) => timeline(tx, caseId))).map((event) => event.kind);

test('a fact is said with its source, replaced by a newer one, and the old one stays in its history', async () => {
  const { first, mother } = await household('Eins');
  assert.equal((await say(ada, first, { whom: mother })).kind, 'done');
  const [old] = (await board(ada, first)) ?? [];
  assert.ok(old);
  assert.deepEqual([old.personName, old.source.kind, old.source.day], ['Eins, Mika', 'person', today]);
  assert.equal((await say(ada, first, { whom: mother, text: 'Deutsch' }, old.id)).kind, 'done');
  assert.deepEqual(await texts(ada, first), ['Deutsch']);
  const [now] = (await board(ada, first)) ?? [];
  const cases = await inTenant((tx) => boardCases(tx, readerOf(ada), first));
  assert.ok(cases && now);
  const history = await inTenant((tx) => factHistory(tx, cases, now.id));
  assert.deepEqual(
    history.map((each) => [each.text, each.closedAs, each.closedByName]),
    [['Ukrainisch', 'replaced', 'Ada']],
  );
  const late = await say(lou, first, { whom: mother, text: 'Russisch' }, old.id);
  assert.equal(late.kind, 'overtaken');
  assert.equal(late.kind === 'overtaken' ? late.now?.text : '', 'Deutsch', 'the second one sees what stands there now');
  assert.deepEqual(await texts(ada, first), ['Deutsch']);
  assert.equal((await say(lou, first, { whom: mother, text: 'Russisch' }, now.id)).kind, 'done');
  assert.equal(
    (await say(ada, first, { kind: 'address', text: 'Am Hang 1' }, now.id)).kind,
    'not-found',
    'another kind',
  );
  assert.equal((await kinds(first)).filter((kind) => kind === 'fact-said').length, 3);
  const said = (await inTenant((tx) => timeline(tx, first))).findLast((event) => event.kind === 'fact-said');
  const [written] = await inTenant((tx) => writtenEvents(tx, [said?.id ?? '']));
  assert.deepEqual([written?.kind, written?.text], ['fact', 'Russisch\nEins, Mika'], 'the search finds it');
});

test('what is missing or cannot be is refused by name', async () => {
  const { first } = await household('Zwei');
  const why = async (more: Partial<NewFact>) => {
    const outcome = await say(ada, first, more);
    return outcome.kind === 'refused' ? outcome.why : outcome.kind;
  };
  assert.equal(await why({ text: ' ' }), 'no-text');
  assert.equal(await why({ whom: ada.id }), 'whom');
  assert.equal(await why({ kind: 'reach', text: '', detail: {} }), 'way');
  assert.equal(await why({ kind: 'helper', text: 'Frau Akin', detail: { scopes: [] } }), 'scope');
  assert.equal(await why({ kind: 'until', text: 'Bewilligung', detail: {} }), 'no-day');
  assert.equal(await why({ kind: 'free', text: 'Spielt Trompete', detail: { topic: 'gibtsnicht' } }), 'topic');
  assert.equal(await why({ validFrom: today, validUntil: addDays(today, -1) }), 'days');
  assert.equal(await why({ source: { kind: 'person', id: null, page: null, day: addDays(today, 1) } }), 'source-day');
  assert.equal(await why({ source: { kind: 'document', id: null, page: 1, day: today } }), 'source');
  assert.equal(await why({ source: { kind: 'document', id: ada.id, page: 1, day: today } }), 'source');
  assert.deepEqual(await board(ada, first), []);
});

test('a mandate has a scope and an end and is revoked with a reason; wrong facts say why they were wrong', async () => {
  const { first, mother } = await household('Drei');
  const mandate = { kind: 'helper' as const, whom: mother, text: 'Frau Akin, Schwester' };
  const until = { validFrom: today, validUntil: addDays(today, 90) };
  await say(ada, first, { ...mandate, ...until, detail: { scopes: ['inform', 'accompany'] } });
  const [helper] = (await board(ada, first)) ?? [];
  assert.ok(helper);
  assert.deepEqual(
    ['now', 'over', 'later'].map((_, i) => standingOf(helper, addDays(today, [0, 91, -1][i] ?? 0))),
    ['now', 'over', 'later'],
  );
  const close = (as: 'ended' | 'wrong', reason: string, id = helper.id) =>
    inTenant((tx) => closeFact(tx, act(ada, first), id, { as, reason }));
  assert.deepEqual(await close('ended', ' '), { kind: 'refused', why: 'reason' });
  assert.equal((await close('ended', 'Vollmacht widerrufen')).kind, 'done');
  assert.equal((await close('wrong', 'doch nicht')).kind, 'unchanged');
  assert.deepEqual(await board(ada, first), []);
  const cases = await inTenant((tx) => boardCases(tx, readerOf(ada), first));
  assert.ok(cases);
  const kept = await inTenant((tx) => boardFact(tx, cases, helper.id));
  assert.deepEqual([kept?.closedAs, kept?.closedReason, kept?.closedByName], ['ended', 'Vollmacht widerrufen', 'Ada']);
  assert.ok((await kinds(first)).includes('fact-ended'));
});

test('what was read on a page is a suggestion until a person confirms it, and is suggested once', async () => {
  const { first } = await household('Vier');
  const file = { name: 'au.pdf', bytes: smallPdf('au'), mediaType: 'application/pdf', pages: 1 };
  const document = await office.services.vault.prepare(jobcenter.id, file);
  const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, {
    teamId: benefits,
    documents: [{ document, field: 'papers', recorded: false }],
  });
  const read = { text: 'Krankschreibung', from: today, until: addDays(today, 4), places: ['27. November'] };
  const at = { caseId, documentId: document.id, page: 1, datedOn: today };
  assert.equal(await inTenant((tx) => suggestRunning(tx, at, read)), true);
  assert.equal(await inTenant((tx) => suggestRunning(tx, at, read)), false);
  const [suggested] = (await board(ada, caseId)) ?? [];
  assert.ok(suggested);
  assert.deepEqual([suggested.confirmedAt, suggested.source.page, suggested.source.id], [null, 1, document.id]);
  assert.ok(!(await kinds(caseId)).some((kind) => kind.startsWith('fact-')), 'a suggestion is no entry of the history');
  assert.equal((await inTenant((tx) => confirmFact(tx, act(ben, caseId), suggested.id))).kind, 'not-found');
  assert.equal(
    (await inTenant((tx) => confirmFact(tx, act(ada, first), suggested.id))).kind,
    'not-found',
    'another file',
  );
  assert.equal((await inTenant((tx) => confirmFact(tx, act(ada, caseId), suggested.id))).kind, 'done');
  assert.equal((await inTenant((tx) => confirmFact(tx, act(ada, caseId), suggested.id))).kind, 'unchanged');
  assert.equal((await board(ada, caseId))?.[0]?.confirmedByName, 'Ada');
  await inTenant((tx) => suggestRunning(tx, at, { ...read, text: 'Bewilligung' }));
  const other = (await board(ada, caseId))?.find((each) => each.confirmedAt === null);
  const reject = { as: 'wrong', reason: '' } as const;
  assert.equal((await inTenant((tx) => closeFact(tx, act(ada, caseId), other?.id ?? '', reject))).kind, 'done');
  assert.equal(await inTenant((tx) => suggestRunning(tx, at, { ...read, text: 'Bewilligung' })), false);
  const places = () => inTenant((tx) => placesOfFact(tx, document.id, suggested.id));
  assert.deepEqual(await places(), ['27. November']);
  await inTenant((tx) => forgetSuggestions(tx, document.id));
  assert.deepEqual(await texts(ada, caseId), ['Krankschreibung'], 'what a person took over outlives the paper');
  assert.deepEqual(await places(), [], 'and the words of the page do not');
  assert.equal(
    await inTenant((tx) => suggestRunning(tx, at, { ...read, text: 'Bewilligung' })),
    true,
    'the rest is gone',
  );
});

test('an update takes whole account numbers and the words of erased papers out of what was read before', async () => {
  const paper = async (name: string) => {
    const file = { name, bytes: smallPdf(name), mediaType: 'application/pdf', pages: 1 };
    const document = await office.services.vault.prepare(jobcenter.id, file);
    const documents = [{ document, field: 'papers', recorded: false as const }];
    const { caseId } = await office.submit(tenant as NonNullable<typeof tenant>, { teamId: benefits, documents });
    return { caseId, documentId: document.id, page: 1, datedOn: today };
  };
  const [kept, gone] = [await paper('Auszug'), await paper('Weg')];
  const read = { text: 'Konto, IBAN endet auf 2051', topic: 'money', from: null, until: null };
  const places = ['DE02 1203 0000 0000 2020 51', 'DE02120300000000202051', '480,00'];
  for (const at of [kept, gone]) await inTenant((tx) => suggestRunning(tx, at, read));
  await inTenant((tx) => eraseDocument(tx, gone.documentId));
  const run = async (connectionString: string, text: string, values: unknown[] = []): Promise<void> => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query(text, values).finally(() => client.end());
  };
  const before = 'update app.fact set detail = detail || $1 where source_id = any ($2)';
  await run(office.database.superuserUrl, before, [JSON.stringify({ places }), [kept.documentId, gone.documentId]]);
  const update = readFileSync('db/migrations/0042_account_number_stays_on_its_paper.sql', 'utf8');
  await run(office.database.ownerUrl, update);
  const after = async (at: typeof kept) => {
    const [fact] = (await board(ada, at.caseId)) ?? [];
    const kept = await inTenant((tx) => placesOfFact(tx, at.documentId, fact?.id ?? ''));
    return [fact?.detail, kept];
  };
  assert.deepEqual(await after(kept), [{ topic: 'money' }, ['20 51', '2051', '480,00']]);
  assert.deepEqual(await after(gone), [{ topic: 'money' }, []]);
});

test('everybody who works with the household sees how to reach it; what runs and what is free, who sees the case', async () => {
  const { first, second, mother } = await household('Fünf');
  await say(ada, first, { kind: 'reach', whom: mother, text: '0170 1', detail: { way: 'phone' } });
  await say(ada, first, { kind: 'until', text: 'Bewilligung', detail: {}, validUntil: addDays(today, 60) });
  await say(ada, first, { kind: 'free', text: 'Hat Schulden beim Versorger', detail: { topic: 'debts' } });
  assert.deepEqual(await texts(ada, first), ['0170 1', 'Bewilligung', 'Hat Schulden beim Versorger']);
  assert.deepEqual(await texts(ben, second), ['0170 1']);
  assert.equal(await board(ben, first), undefined);
  assert.deepEqual(await texts(lou, second), ['0170 1', 'Bewilligung', 'Hat Schulden beim Versorger']);
  const [reach] = (await board(ben, second)) ?? [];
  assert.equal(
    (await say(ben, second, { kind: 'reach', text: '0170 2', detail: { way: 'phone' } }, reach?.id)).kind,
    'done',
  );
  assert.ok((await texts(ada, first))?.includes('0170 2'), 'and either side keeps it right');
  const hidden = (await board(ada, first))?.find((each) => each.kind === 'free');
  const close = { as: 'wrong', reason: 'nein' } as const;
  assert.equal((await inTenant((tx) => closeFact(tx, act(ben, second), hidden?.id ?? '', close))).kind, 'not-found');
  await inTenant((tx) => moveToTeam(tx, act(lou, second), { id: benefits, name: 'Leistung' }));
  assert.equal(await board(ben, second), undefined, 'nothing is left of the file');
  const abroad = await office.services.database.tenant(elsewhere.jobcenter.id, (tx) =>
    boardCases(tx, readerOf(lou), first),
  );
  assert.equal(abroad, undefined);
  assert.equal(await inTenant((tx) => casesOfBoard(tx, readerOf(ben), first)), undefined);
});

test('the source lies in the file and is no note of a circle', async () => {
  const { first, second } = await household('Sechs');
  const stranger = await household('Sieben');
  await inTenant((tx) => foundCircle(tx, { actor: act(lou, first).actor, role: 'lead' }, 'Zu dritt', [ada.id]));
  const circle = (await inTenant((tx) => circlesOf(tx, readerOf(ada))))[0]?.id ?? '';
  const write = (who: Person, caseId: string, circleId: string | null) =>
    inTenant(async (tx) => {
      const note = { text: 'Gespräch', topic: 'other', whom: 'household', way: null, day: null, corrects: null };
      assert.equal((await writeNote(tx, act(who, caseId), { ...note, circleId })).kind, 'done');
      return (await notesOf(tx, act(who, caseId), [caseId], {}, undefined, 1)).notes[0]?.id ?? '';
    });
  const from = async (id: string) =>
    (await say(ada, first, { source: { kind: 'note', id, page: null, day: today } })).kind;
  assert.equal(await from(await write(ada, first, null)), 'done');
  assert.equal(await from(await write(ada, first, circle)), 'refused');
  assert.equal(await from(await write(ada, stranger.first, null)), 'refused');
  assert.equal(await from(await write(ben, second, null)), 'refused', 'a case of the file that the reader may not see');
});
